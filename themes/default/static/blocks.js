// Puts today's blocks in the place of those that a page was published with, each when it comes into view.
// Whatever fails, what stands there stays.
(() => {
  "use strict";
  const fill = async (block) => {
    const answer = await fetch(block.dataset.block);
    if (!answer.ok) return;
    const fragment = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Some hosts answer with a whole page (a sign-in, the front page) where a file is not there.
    if (fragment.title || !fragment.body.firstElementChild) return;
    for (const link of fragment.links) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    }
    block.querySelector(".content").replaceChildren(...fragment.body.childNodes);
    const heading = block.querySelector("[data-label]");
    if (heading) heading.textContent = heading.dataset.label;
  };
  if (!("IntersectionObserver" in window)) return;
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue;
      watcher.unobserve(entry.target);
      fill(entry.target).catch(() => {});
    }
  });
  for (const block of document.querySelectorAll("[data-block]")) watcher.observe(block);
})();
