// Marks the day that it is where the reader is, and leads to it from the top.
(() => {
  "use strict";
  const now = new Date();
  const month = document.getElementById(`_${now.getMonth() + 1}`).nextElementSibling;
  const today = month.children[now.getDate() - 1].firstElementChild;
  today.setAttribute("aria-current", "date");
  if (!today.href) return;
  const link = document.createElement("a");
  link.href = today.getAttribute("href");
  link.textContent = today.getAttribute("aria-label");
  const line = document.getElementById("_today");
  line.append(link);
  line.hidden = false;
})();
