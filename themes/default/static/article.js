// What a reader may do with an article: share, copy its address, enlarge, print, play a video. The page is whole without it.
(() => {
  "use strict";
  const root = document.documentElement;
  const address = document.querySelector("link[rel=canonical]")?.href ?? location.href;

  // -- how old it is, on the day on which it is read: in a line that has room for it
  for (const note of document.querySelectorAll(".age")) {
    const then = new Date(note.dataset.published);
    const now = new Date();
    const birthday = new Date(then).setFullYear(now.getFullYear());
    const years = now.getFullYear() - then.getFullYear() - (now < birthday ? 1 : 0);
    if (years >= Math.max(1, Number(note.dataset.from))) note.textContent = note.dataset.label.replace("{n}", years);
  }

  // -- the size of the text, kept on this device from article to article
  const sizes = ["small", "", "large", "larger"];
  const usual = sizes.indexOf("");
  const kept = () => {
    try {
      return sizes.indexOf(localStorage.getItem("text") ?? "");
    } catch {
      return usual; // where nothing may be kept, the size lasts as long as the page
    }
  };
  let size = kept();
  if (size < 0) size = usual;
  const resize = (step) => {
    size = Math.min(sizes.length - 1, Math.max(0, size + step));
    root.dataset.text = sizes[size];
    for (const [name, end] of [["smaller", 0], ["larger", sizes.length - 1]]) {
      document.querySelector(`[data-do=${name}]`)?.toggleAttribute("disabled", size === end);
    }
    if (!step) return;
    try {
      localStorage.setItem("text", sizes[size]);
    } catch {
      // as above
    }
  };
  resize(0);

  const copy = async (button) => {
    const words = (button.dataset.words ??= button.textContent); // its own, also where it is pressed twice
    try {
      await navigator.clipboard.writeText(address);
    } catch {
      prompt(words, address); // a browser that does not let a page copy lets its reader
      return;
    }
    button.textContent = button.dataset.done;
    setTimeout(() => (button.textContent = words), 3000);
  };
  const share = async () => {
    try {
      await navigator.share({ title: document.querySelector("h1")?.textContent, url: address });
    } catch (error) {
      if (error.name !== "AbortError") throw error; // the reader thought better of it
    }
  };
  const acts = {
    smaller: () => resize(-1),
    larger: () => resize(1),
    print: () => print(),
    copy,
    share,
  };
  if (navigator.share) document.querySelector("[data-do=share]")?.removeAttribute("hidden");
  if (!navigator.clipboard) document.querySelector("[data-do=copy]")?.parentElement.remove();

  // A link to a video becomes the video, in its place; nothing is fetched from its host before.
  const play = (link) => {
    const frame = document.createElement("iframe");
    frame.className = "video";
    frame.title = link.textContent.trim();
    frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
    frame.referrerPolicy = "strict-origin-when-cross-origin"; // YouTube refuses to play without
    frame.src = `${link.dataset.embed}?autoplay=1`;
    link.replaceWith(frame);
    frame.focus();
  };

  const shared = document.querySelector(".share");
  addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-do]");
    if (button) acts[button.dataset.do](button);
    if (shared?.open && !event.target.closest?.(".share")) shared.open = false;
    const plain = !(event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
    const link = plain && event.target.closest?.("a[data-embed]");
    if (link) {
      event.preventDefault();
      play(link);
    }
  });
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !shared?.open) return;
    shared.open = false;
    shared.querySelector("summary").focus();
  });
})();
