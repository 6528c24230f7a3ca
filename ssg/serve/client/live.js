// Keeps a page that `ssg serve` shows up to date, and shows what there is to mend. No part of the site that is published.
(() => {
  "use strict";
  const { run, build: first, name } = document.currentScript.dataset;
  const PLACE = "ssg-scroll";
  let build = Number(first);

  // -- coming back to where the reader was

  const back = (() => {
    try {
      const kept = JSON.parse(sessionStorage.getItem(PLACE));
      sessionStorage.removeItem(PLACE);
      return kept?.page === location.href ? kept : null;
    } catch {
      return null; // no storage in this browser: the page begins at its top
    }
  })();
  if (back) {
    const go = () => scrollTo({ left: back.x, top: back.y, behavior: "instant" });
    const moved = new AbortController();
    for (const kind of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      addEventListener(kind, () => moved.abort(), { once: true, passive: true, signal: moved.signal });
    }
    go();
    addEventListener("load", () => requestAnimationFrame(() => moved.signal.aborted || go()), { signal: moved.signal });
  }

  const reload = () => {
    try {
      sessionStorage.setItem(PLACE, JSON.stringify({ page: location.href, x: scrollX, y: scrollY }));
    } catch {
      // as above
    }
    location.reload();
  };

  // -- what changed

  const loaded = () => {
    const sheets = [...document.querySelectorAll('link[rel~="stylesheet"]')].map((link) => link.href);
    const every = [...sheets, ...performance.getEntriesByType("resource").map((entry) => entry.name)];
    const ours = every.map((address) => new URL(address)).filter((address) => address.origin === location.origin);
    return [...new Set(ours.map((address) => address.pathname))].filter((path) => !path.startsWith("/_ssg/"));
  };

  const superseded = new WeakSet();
  // The new sheet is there before the old one goes, so that the page is never without.
  const swap = (link) => {
    superseded.add(link);
    const next = link.cloneNode();
    const address = new URL(link.href);
    address.searchParams.set("_ssg", build);
    next.href = address.href;
    next.addEventListener("load", () => link.remove(), { once: true });
    next.addEventListener(
      "error",
      () => {
        superseded.delete(link);
        next.remove();
      },
      { once: true },
    );
    link.after(next);
  };

  const restyle = (paths) => {
    const links = [...document.querySelectorAll('link[rel~="stylesheet"]')].filter(
      (link) => new URL(link.href).origin === location.origin && !superseded.has(link),
    );
    const own = links.filter((link) => paths.includes(new URL(link.href).pathname));
    // A sheet that another one imports comes anew with that one.
    const every = own.length < paths.length ? links : own;
    for (const link of every) swap(link);
  };

  let asking = false;
  let newest = build;
  const catchUp = async () => {
    if (asking) return;
    asking = true;
    try {
      while (newest > build) {
        const asked = { since: build, page: location.pathname + location.search, name, assets: loaded() };
        const answer = await fetch("/_ssg/changes", { method: "POST", body: JSON.stringify(asked) });
        if (!answer.ok) return;
        const now = await answer.json();
        build = now.build;
        const styles = now.assets.filter((path) => path.endsWith(".css"));
        if (now.page || styles.length < now.assets.length) return reload();
        if (styles.length) restyle(styles);
      }
    } catch {
      // the server is gone; it is asked again when it is back
    } finally {
      asking = false;
    }
  };

  // -- what there is to mend

  const element = (tag, properties, ...inside) => {
    const made = Object.assign(document.createElement(tag), properties);
    made.append(...inside);
    return made;
  };
  const counted = (number, word) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const summed = (problems) => {
    const errors = problems.filter((problem) => problem.level === "error").length;
    const warnings = problems.length - errors;
    return [errors && counted(errors, "error"), warnings && counted(warnings, "warning")].filter(Boolean).join(", ");
  };

  const host = document.createElement("ssg-live");
  host.lang = "en";
  host.dir = "ltr";
  const shadow = host.attachShadow({ mode: "open" });
  const badge = element("button", { type: "button", className: "badge", hidden: true });
  const status = element("div", { role: "status" }, badge);
  const heading = element("h2", { id: "heading" });
  const note = element("p", { id: "note" });
  const list = element("ol", {});
  const close = element("button", { type: "button", textContent: "Close", className: "close" });
  const dialog = element("dialog", {}, element("div", { className: "top" }, heading, close), note, list);
  dialog.setAttribute("aria-labelledby", "heading");
  dialog.setAttribute("aria-describedby", "note");
  shadow.append(element("link", { rel: "stylesheet", href: "/_ssg/live.css" }), status, dialog);
  close.addEventListener("click", () => dialog.close());
  badge.addEventListener("click", () => dialog.showModal());

  let shown = "";
  let wasBroken = false;
  const show = (problems) => {
    const said = JSON.stringify(problems);
    if (said === shown) return;
    shown = said;
    const broken = problems.some((problem) => problem.level === "error");
    if (!problems.length) {
      wasBroken = false;
      dialog.close();
      host.remove();
      return;
    }
    heading.textContent = summed(problems);
    note.textContent = broken
      ? "Nothing new is shown until the errors are mended: this page is as it was before."
      : "The site is published as it stands; these are worth mending.";
    list.replaceChildren(
      ...[...problems]
        .sort((one, other) => (one.level === "warning") - (other.level === "warning"))
        .map((problem) =>
          element(
            "li",
            { className: problem.level },
            element("p", { className: "place" }, element("code", {}, problem.place)),
            element("p", { className: "what" }, element("strong", {}, `${problem.level}: `), problem.what),
            element("p", { className: "mend" }, problem.mend),
            element("p", { className: "code" }, element("code", {}, `ssg explain ${problem.code}`)),
          ),
        ),
    );
    badge.textContent = summed(problems);
    badge.className = broken ? "badge error" : "badge warning";
    badge.hidden = false;
    dialog.setAttribute("role", broken ? "alertdialog" : "dialog");
    if (!host.isConnected) document.documentElement.append(host);
    if (broken && !dialog.open) dialog.showModal();
    if (wasBroken && !broken) dialog.close();
    wasBroken = broken;
  };

  // -- the stream; a page that nobody sees has none, since a browser has only six connections to one host

  let stream = null;
  const heard = (event) => {
    const state = JSON.parse(event.data);
    if (state.run !== run) return reload(); // another serve has taken over the address
    show(state.problems);
    newest = state.build;
    catchUp();
  };
  const listen = () => {
    const seen = document.visibilityState === "visible";
    if (seen && !stream) {
      stream = new EventSource("/_ssg/events");
      stream.addEventListener("message", heard);
    } else if (!seen && stream) {
      stream.close();
      stream = null;
    }
  };
  document.addEventListener("visibilitychange", listen);
  addEventListener("pagehide", () => {
    stream?.close();
    stream = null;
  });
  addEventListener("pageshow", listen);
  listen();
})();
