// Puts today's blocks in the place of those that a page was published with, a screen before they come into view.
// Whatever fails, what stands there stays; and nothing jumps that a reader looks at.
(() => {
  "use strict";

  const todays = async (address) => {
    const answer = await fetch(address);
    if (!answer.ok) return [];
    const fragment = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Some hosts answer with a whole page (a sign-in, the front page) where a file is not there.
    if (fragment.title || !fragment.body.firstElementChild) return [];
    for (const link of fragment.links) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    }
    return [...fragment.body.childNodes];
  };

  // Takes the last entries out until the block has its `height` again; all of it is one step, before anything is painted.
  const trim = (block, content, height) => {
    for (const item of [...content.querySelectorAll("li")].reverse()) {
      if (block.offsetHeight <= height) return;
      const list = item.parentElement;
      item.remove();
      if (list.childElementCount) continue;
      if (list.previousElementSibling?.matches("h3")) list.previousElementSibling.remove();
      list.remove();
    }
  };

  const fill = async (block) => {
    const nodes = await todays(block.dataset.block);
    if (!nodes.length) return;
    const height = block.offsetHeight;
    const below = block.getBoundingClientRect().top >= innerHeight;
    const content = block.querySelector(".content");
    const heading = block.querySelector("[data-label]");
    content.replaceChildren(...nodes);
    if (heading) {
      heading.style.minHeight = below ? "0" : `${heading.offsetHeight}px`;
      heading.textContent = heading.dataset.label;
    }
    block.style.minHeight = below ? "0" : `${height}px`;
    if (!below) trim(block, content, height);
  };

  if (!("IntersectionObserver" in window)) return;
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const entry of entries) {
        if (!entry.isIntersecting) continue;
        watcher.unobserve(entry.target);
        fill(entry.target).catch(() => {});
      }
    },
    { rootMargin: "100% 0px" },
  );
  for (const block of document.querySelectorAll("[data-block]")) watcher.observe(block);
})();
