// A link to a video becomes the video, in its place, once a reader asks for it; nothing is fetched from its host before.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-embed]");
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.className = "video";
  frame.title = link.textContent.trim();
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin"; // YouTube refuses to play without
  frame.src = `${link.dataset.embed}?autoplay=1`;
  link.replaceWith(frame);
  frame.focus();
});
