"""What a browser sees on a page: one visit, written down, that many tests look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from playwright.sync_api import ConsoleMessage, Error, Page, Request

WIDTHS = (320, 360, 768, 1280, 1440)  # pixels; 320 is what WCAG 2.2 (1.4.10, Reflow) asks for

# Before any script of the page: its breaches of the policy, and how far what it shows has jumped.
WATCH = """
window.breaches = [];
document.addEventListener("securitypolicyviolation", (event) => {
  breaches.push(`${event.violatedDirective}: ${event.blockedURI || event.sample}`);
});
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) shifts.push(entry.value);
}).observe({ type: "layout-shift", buffered: true });
"""

_SCROLL = """async (pause) => {
  const step = innerHeight / 2;
  for (let y = 0; y <= document.documentElement.scrollHeight; y += step) {
    scrollTo(0, y);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done, pause)));
  }
  await Promise.allSettled([...document.images].map((image) => image.decode()));
  if (document.querySelector("[data-block]")) await new Promise((done) => setTimeout(done, 400));
}"""

_IMAGES = """() => [...document.images].map((image) => ({
  src: image.getAttribute("src"), width: image.getAttribute("width"), height: image.getAttribute("height"),
  loading: image.loading, alt: image.getAttribute("alt"), lead: Boolean(image.closest("figure.lead")),
  natural: image.naturalWidth / image.naturalHeight, first: Boolean(image.closest(".cards > :first-child")),
}))"""

_WIDER = "() => document.documentElement.scrollWidth - innerWidth"

_MOMENT, _PATIENCE = 50, 400  # milliseconds, and how many of such moments

# Whether the browser has kept the article that is open, for when there is no connection.
IS_KEPT = """async () => {
  const cache = await caches.open(`${location.origin}/ articles`);
  const list = await cache.match(`${location.origin}/sw.js?list`);
  return list ? (await list.json())[0].address === location.href : false;
}"""


@dataclass(frozen=True)
class Image:
    """An `<img>`: its attributes ("" or None as written), and the true ratio of its sides."""

    src: str
    width: str | None
    height: str | None
    loading: str
    alt: str | None
    lead: bool
    first: bool
    natural: float


@dataclass(frozen=True)
class Visit:
    """What came of looking at one page from top to end, at each of WIDTHS.

    `overflow`: by how many pixels the page is wider than the window, by width.
    """

    address: str
    status: int
    requests: tuple[str, ...]
    complaints: tuple[str, ...]  # errors and warnings of the console, and uncaught exceptions
    breaches: tuple[str, ...]
    images: tuple[Image, ...]
    overflow: dict[int, int]


def scroll_through(page: Page, pause: int = 30) -> None:
    """Go down a page by halves of the window, with a pause (milliseconds) at each, and wait for what is on its way.

    With a short pause this is somebody in a hurry, who arrives before what is fetched.
    """
    page.evaluate(_SCROLL, pause)


def visit(page: Page, origin: str, address: str) -> Visit:
    """Go to an address with a browser's page, whose context has WATCH as its init script."""
    requests: list[str] = []
    complaints: list[str] = []

    def asked(request: Request) -> None:
        requests.append(request.url)

    def failed(error: Error) -> None:
        complaints.append(str(error))

    def said(message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            complaints.append(message.text)

    page.set_viewport_size({"width": WIDTHS[-1], "height": 800})
    page.on("request", asked)
    page.on("pageerror", failed)
    page.on("console", said)
    answer = page.goto(origin + address)
    assert answer is not None
    scroll_through(page)
    images: list[dict[str, Any]] = page.evaluate(_IMAGES)
    overflow = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        overflow[width] = page.evaluate(_WIDER)
    breaches = page.evaluate("() => window.breaches")
    page.remove_listener("request", asked)
    page.remove_listener("pageerror", failed)
    page.remove_listener("console", said)
    return Visit(
        address,
        answer.status,
        tuple(requests),
        tuple(complaints),
        tuple(breaches),
        tuple(Image(**image) for image in images),
        overflow,
    )


def until(page: Page, condition: str) -> None:
    """Wait until what a page answers holds; `wait_for_function` takes a promise for an answer."""
    for _ in range(_PATIENCE):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(_MOMENT)
    raise AssertionError(f"it never held: {condition}")
