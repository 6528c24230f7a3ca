// Lets a reader read again without a connection what was read last. Each page loads this, and it registers itself as the site's
// service worker. All that is shown comes from the network as long as it answers; the theme's files are kept for this version.
(() => {
  "use strict";
  const SITE = /* filled in */ {};
  const MOST = 30; // articles
  const page = self.document;
  const own = page ? page.currentScript.src : location.href;
  const root = new URL(".", own).href;
  const ARTICLES = `${root} articles`; // they outlive a version
  const LIST = `${own}?list`; // kept among them: which they are, what was read last first

  const listed = async () => (await (await caches.open(ARTICLES)).match(LIST))?.json() ?? [];

  // -- in a page

  const show = (shelf, articles) => {
    for (const { address, title, lang, dir } of articles) {
      const link = page.createElement("a");
      Object.assign(link, { href: address, lang, dir, textContent: title });
      const entry = page.createElement("li");
      entry.append(link);
      shelf.append(entry);
    }
    if (!articles.length) return;
    shelf.hidden = false;
    shelf.nextElementSibling?.remove(); // which says that there are none
  };
  const register = async ({ dataset }) => {
    const shelf = page.querySelector("[data-kept]");
    if (shelf) show(shelf, await listed());
    const { serviceWorker } = navigator;
    await serviceWorker.register(own);
    const { active } = await serviceWorker.ready;
    if (!("keep" in dataset)) return;
    const { lang, dir } = page.documentElement;
    const images = [...page.querySelectorAll("article img")];
    for (const image of images) image.loading = "eager"; // which of its files a picture shows is known once it is loaded
    await Promise.allSettled(images.map((image) => image.decode()));
    active.postMessage({
      address: location.origin + location.pathname,
      title: page.querySelector("h1").textContent.trim(),
      lang,
      dir,
      photos: images.map((image) => image.currentSrc || image.src),
    });
  };
  if (page) {
    // Where a browser keeps nothing, the page is whole all the same.
    if ("serviceWorker" in navigator) register(page.currentScript).catch(() => {});
    return;
  }

  // -- as the worker

  const VERSION = `${root} ${SITE.version}`;
  const theme = new URL(SITE.assets, root).href;
  let wanted; // whether the site still has this file, once it was asked

  const older = async () =>
    (await caches.keys()).filter((name) => name.startsWith(`${root} `) && name !== ARTICLES && name !== VERSION);

  // What the last version had of the theme is there in this one too, so that the articles look as they did.
  const begin = async () => {
    const cache = await caches.open(VERSION);
    const add = (address) => cache.add(new Request(address, { cache: "no-cache" }));
    await Promise.all([own, ...SITE.files].map(add));
    for (const name of await older()) {
      const known = await (await caches.open(name)).keys();
      await Promise.allSettled(known.map(({ url }) => add(url)));
    }
    await skipWaiting();
  };
  const takeOver = async () => {
    for (const name of await older()) await caches.delete(name);
    await clients.claim();
  };

  const keep = async ({ address, title, lang, dir, photos }) => {
    const cache = await caches.open(ARTICLES);
    await cache.add(address);
    await Promise.allSettled(photos.map((photo) => cache.add(photo)));
    const others = (await listed()).filter((one) => one.address !== address);
    const articles = [{ address, title, lang, dir, photos }, ...others].slice(0, MOST);
    await cache.put(LIST, new Response(JSON.stringify(articles)));
    const wanted = new Set([LIST, ...articles.flatMap((one) => [one.address, ...one.photos])]);
    for (const { url } of await cache.keys()) if (!wanted.has(url)) await cache.delete(url);
  };

  const kept = async (address) => {
    for (const name of [ARTICLES, VERSION]) {
      const found = await (await caches.open(name)).match(address, { ignoreSearch: true, ignoreVary: true });
      if (found) return found;
    }
  };
  const fromNetwork = async (request, instead) => {
    try {
      return await fetch(request);
    } catch (error) {
      const found = (await kept(request.url)) ?? (instead && (await kept(instead)));
      if (found) return found;
      throw error;
    }
  };
  const ofTheme = async (request) => {
    if (wanted === false) return fetch(request); // to open a cache would make it anew
    const cache = await caches.open(VERSION);
    const found = await cache.match(request, { ignoreVary: true });
    try {
      const answer = await fetch(request, { cache: "no-cache" }); // else a new page would be shown in the style of the last one
      if (answer.status === 200 && !found) await cache.put(request, answer.clone());
      return answer;
    } catch (error) {
      if (found) return found;
      throw error;
    }
  };

  // A site that no longer has this file wants no worker: then it goes, with all that it kept. Browsers leave it where it is.
  const goIfUnwanted = async () => {
    if (wanted !== undefined) return;
    const { status } = await fetch(own, { cache: "no-store" });
    wanted = status !== 404 && status !== 410;
    if (wanted) return;
    for (const name of [...(await older()), ARTICLES, VERSION]) await caches.delete(name);
    await registration.unregister();
  };

  let turn = Promise.resolve(); // one article after the other, so that none is lost from the list
  addEventListener("install", (event) => event.waitUntil(begin()));
  addEventListener("activate", (event) => event.waitUntil(takeOver()));
  addEventListener("message", (event) => {
    turn = turn.then(() => keep(event.data)).catch(() => {}); // without a connection what is kept stays as it is
    event.waitUntil(turn);
  });
  addEventListener("fetch", (event) => {
    const { request } = event;
    const { url, mode, destination } = request;
    if (request.method !== "GET" || request.headers.has("range")) return;
    if (url === own || url.startsWith(theme)) {
      event.respondWith(ofTheme(request));
    } else if (mode === "navigate") {
      const [, instead] = SITE.pages.find(([front]) => url.startsWith(new URL(front, root).href));
      const answer = fromNetwork(request, instead);
      event.respondWith(answer);
      event.waitUntil(answer.then(goIfUnwanted).catch(() => {})); // without a connection nobody can say
    } else if (destination === "image" && url.startsWith(root)) {
      event.respondWith(fromNetwork(request));
    }
  });
})();
