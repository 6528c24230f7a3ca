"""Reading without a connection, in a browser whose network is cut off, under the project's own headers."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser import newsrooms
from tests.browser.newsrooms import KEPT
from tests.browser.serving import served
from tests.browser.visits import IS_KEPT, WATCH, until
from tests.conftest import SITE_TOML, Made

MOST = 30  # articles that a browser keeps

_WORKERS = "async () => (await navigator.serviceWorker.getRegistrations()).length"
_CACHES = "async () => (await caches.keys()).length"
_HAS_SCRIPT = "async () => Boolean(await caches.match('/aset/article.js'))"
_IS_NEW = "async () => (await (await caches.match('/aset/style.css')).text()).includes('#0a6b4f')"
_ACCENT = "() => getComputedStyle(document.body).getPropertyValue('--accent')"
_LISTED = """async () => {
  const cache = await caches.open(`${location.origin}/ articles`);
  const [list, keys] = [await (await cache.match(`${location.origin}/sw.js?list`)).json(), await cache.keys()];
  return [list.length, list[0].address.split("?")[1] ?? "", keys.length];
}"""
# As if so many articles had been read, each without a photo: to the host they are all the same file.
_READ_MORE = """(count) => {
  const { origin, pathname } = location;
  for (let n = 1; n <= count; n += 1) {
    const address = `${origin}${pathname}?${n}`;
    navigator.serviceWorker.controller.postMessage({ address, title: `${n}`, lang: "id", dir: "ltr", photos: [] });
  }
}"""

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A reader who has never been here."""
    with chromium.new_context(viewport={"width": 360, "height": 800}) as context:
        context.add_init_script(WATCH)
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page of that reader."""
    return context.new_page()


def read(page: Page, address: str) -> None:
    """Read an article until the browser has kept it."""
    page.goto(address)
    until(page, IS_KEPT)


def test_what_was_read_can_be_read_again_without_a_connection(context: BrowserContext, page: Page, keeping: Made) -> None:
    """With its style and its photos; in the place of any other page stands the list of what there is, in its language."""
    with served(keeping.output) as origin:
        read(page, origin + "/en/2021/12/30/a/")
        read(page, origin + KEPT)
        assert page.evaluate("() => breaches") == []
        context.set_offline(True)
        page.goto(origin + KEPT + "?from=mail")
        expect(page.locator("h1")).to_have_text("Dibaca di jalan")
        assert page.evaluate("() => getComputedStyle(document.body).overflowWrap") == "anywhere"
        for photo in page.locator("article img").all():
            photo.scroll_into_view_if_needed()
            assert photo.evaluate("async (image) => (await image.decode(), image.naturalWidth)") > 0
        page.goto(origin + "/tag/jalan/")
        expect(page.locator("h1")).to_have_text("Tanpa koneksi")
        expect(page.locator("[data-kept] a")).to_have_text(["Dibaca di jalan", "A"])
        expect(page.get_by_text("Belum ada")).to_have_count(0)
        page.locator("[data-kept] a").first.click()
        expect(page.locator("h1")).to_have_text("Dibaca di jalan")
        page.goto(origin + "/en/latest/")
        expect(page.locator("h1")).to_have_text("No connection")
        assert page.evaluate("() => breaches") == []


def test_a_browser_keeps_thirty_articles(page: Page, keeping: Made) -> None:
    """Those that were read last; the others go with their photos."""
    with served(keeping.output) as origin:
        read(page, origin + KEPT)
        assert page.evaluate(_LISTED) == [1, "", 4]  # the page, its two photos, the list
        until(page, "() => Boolean(navigator.serviceWorker.controller)")
        page.evaluate(_READ_MORE, MOST + 1)
        until(page, f"async () => String(await ({_LISTED})()) === '{MOST},{MOST + 1},{MOST + 1}'")


def test_a_new_version_of_the_theme_takes_the_place_of_the_old_one(context: BrowserContext, page: Page, tmp_path: Path) -> None:
    """At once, and with all files that the browser had of it, so that what was read before looks as the site does now."""
    made = newsrooms.keeping(Made(tmp_path / "site")).build()
    with served(made.output) as origin:
        read(page, origin + KEPT)
        page.reload()  # from now on the worker sees what the page asks for
        until(page, _HAS_SCRIPT)
        made.write('-- themes/default/theme.toml --\n[properties]\naccent = "#0a6b4f"\n').build()
        page.goto(origin + "/en/")
        assert page.evaluate(_ACCENT) == "#0a6b4f"
        until(page, f"async () => await ({_CACHES})() === 2 && await ({_IS_NEW})()")
        assert page.evaluate(_HAS_SCRIPT)
        context.set_offline(True)
        page.goto(origin + KEPT)
        expect(page.locator("h1")).to_have_text("Dibaca di jalan")
        assert page.evaluate(_ACCENT) == "#0a6b4f"


def test_a_site_that_keeps_nothing_any_more_takes_back_what_it_left(page: Page, tmp_path: Path) -> None:
    """At the next visit the worker goes, with all that it has kept."""
    made = newsrooms.keeping(Made(tmp_path / "site")).build()
    with served(made.output) as origin:
        read(page, origin + KEPT)
        made.put("site.toml", SITE_TOML.encode()).build()
        page.goto(origin + "/")
        expect(page.locator("h1")).to_be_visible()
        until(page, f"async () => await ({_WORKERS})() + await ({_CACHES})() === 0")
