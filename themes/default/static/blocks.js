// Puts today's blocks in the place of those that a page was published with, a screen before they are seen.
// Whatever fails, what stands there stays, and so does what has the focus; nothing in view jumps.
(() => {
  "use strict";
  const fill = async (block) => {
    const answer = await fetch(block.dataset.block);
    if (!answer.ok) return;
    const { body, links, title } = new DOMParser().parseFromString(await answer.text(), "text/html");
    // Some hosts answer with a whole page (a sign-in) where a file is not there.
    if (title || !body.firstElementChild || block.matches(":focus-within")) return;
    for (const link of links) {
      if (link.pathname === location.pathname) link.setAttribute("aria-current", "page");
    }
    const { height, top } = block.getBoundingClientRect();
    const below = top >= innerHeight;
    const heading = block.querySelector("h2");
    heading.style.minHeight = below ? "" : `${heading.offsetHeight}px`;
    heading.textContent = heading.dataset.label ?? heading.textContent;
    block.querySelector(".content").replaceChildren(...body.childNodes);
    block.style.minHeight = below ? "0" : `${height}px`;
    if (below) return;
    // In view it gets no higher: the last entries without room go before any paint.
    for (const item of [...block.querySelectorAll("li")].reverse()) {
      if (block.offsetHeight <= height + 1) return;
      const list = item.parentElement;
      item.remove();
      if (!list.firstElementChild) (list.closest(".areas > div") ?? list).remove();
    }
  };
  const watcher = new IntersectionObserver(
    (entries) => {
      for (const { isIntersecting, target } of entries) {
        if (!isIntersecting) continue;
        watcher.unobserve(target);
        fill(target).catch(() => {});
      }
    },
    { rootMargin: "100% 0px" },
  );
  for (const block of document.querySelectorAll("[data-block]")) watcher.observe(block);
})();
