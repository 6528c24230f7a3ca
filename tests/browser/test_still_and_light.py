"""Nothing jumps, on a fast network and on a slow one; and what a page weighs and asks for keeps to its limits."""

from __future__ import annotations

import gzip
from pathlib import Path
from time import sleep

import pytest
from playwright.sync_api import Browser, Page, Request, Route

from tests.browser.newsrooms import ARTICLE
from tests.browser.visits import WATCH, scroll_through
from tests.conftest import Made

OLD = "/2021/12/29/sebelum/"
OLDEST = "/2020/01/01/jawa/"  # there was no other article yet

STYLE = 20_000  # bytes of an article's style sheets, compressed
SCRIPTS = 6_000  # bytes of its scripts, compressed
BLOCKS = 2_000  # bytes of blocks.js as it stands
REQUESTS = 12  # files of an article with a photo, without those in its text

# Lighthouse calls it slow 4G: https://github.com/GoogleChrome/lighthouse/blob/main/docs/throttling.md
_SLOW = {"offline": False, "latency": 150, "downloadThroughput": 200_000, "uploadThroughput": 90_000}

pytestmark = pytest.mark.timeout(180)


def shifts(page: Page, address: str, pause: int) -> list[float]:
    """Every layout shift (a part of the window, from 0 to 1) while somebody reads a page from its top to its end."""
    page.goto(address)
    scroll_through(page, pause)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(100)
    found: list[float] = page.evaluate("() => shifts")
    return found


@pytest.mark.parametrize("network", ["fast", "slow"])
@pytest.mark.parametrize("width", [360, 1280])
def test_nothing_jumps(chromium: Browser, origin: str, width: int, network: str) -> None:
    """What comes late, pictures and today's blocks, comes into space that was kept for it, even if a reader flies past."""
    jumped = {}
    for address in ("/", ARTICLE, OLD, OLDEST, "/tag/nato/"):
        with chromium.new_context(viewport={"width": width, "height": 800}) as context:
            context.add_init_script(WATCH)
            page = context.new_page()
            if network == "slow":
                context.new_cdp_session(page).send("Network.emulateNetworkConditions", _SLOW)
            jumped[address] = shifts(page, origin + address, pause=30)
    assert {address: by for address, by in jumped.items() if by} == {}


def late(route: Route) -> None:
    """Let a request wait for so long that the page could have been painted without it."""
    sleep(0.7)
    route.continue_()


@pytest.mark.parametrize("size", ["small", "larger"])
def test_nothing_jumps_for_who_has_chosen_a_size_of_text(chromium: Browser, origin: str, size: str) -> None:
    """The kept size is there before the text is seen, even where the script comes late."""
    with chromium.new_context(viewport={"width": 360, "height": 800}) as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        page.goto(origin + ARTICLE)
        page.evaluate("(size) => localStorage.setItem('text', size)", size)
        page.route("**/article.js", late)
        assert shifts(page, origin + OLD, pause=30) == []
        assert page.evaluate("() => document.documentElement.dataset.text") == size


def test_the_watch_sees_a_jump_where_there_is_one(chromium: Browser, origin: str) -> None:
    """A clean answer of the other tests is not that of a watch that looked at nothing."""
    with chromium.new_context(viewport={"width": 360, "height": 800}) as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        assert shifts(page, origin + "/tag/nato/", pause=0) == []
        page.evaluate("() => { scrollTo(0, 0); document.querySelector('h1').style.marginTop = '300px'; }")
        page.wait_for_function("() => shifts.length > 0")


def test_an_article_asks_for_few_files_and_only_of_its_own_host(chromium: Browser, origin: str) -> None:
    """The page, its style, its scripts, its photo, its icon, today's blocks: no more, and nothing from strangers."""
    with chromium.new_context(viewport={"width": 360, "height": 800}) as context:
        page = context.new_page()
        asked: list[Request] = []
        page.on("request", lambda request: asked.append(request))
        page.goto(origin + ARTICLE)
        scroll_through(page)
        page.wait_for_load_state("networkidle")
        assert {request.url for request in asked if not request.url.startswith(f"{origin}/")} == set()
        late = page.locator("img[loading=lazy]").evaluate_all("(images) => images.map((image) => image.currentSrc)")
        files = {request.url for request in asked} - set(late)
        assert len(files) <= REQUESTS, sorted(files)
        kinds = [request.resource_type for request in asked if request.url in files]
        assert kinds.count("stylesheet") == 1
        assert kinds.count("script") == 2


def test_style_and_scripts_keep_to_their_limits(rich: Made) -> None:
    """Whoever reads on a telephone pays for words and photos, not for the machinery."""
    page = rich.page(ARTICLE)
    styles = [link["href"] for link in page.find("link", rel="stylesheet")]
    scripts = page.scripts
    assert styles
    assert scripts
    assert sum(compressed(rich.output, address) for address in styles) < STYLE
    assert sum(compressed(rich.output, address) for address in scripts) < SCRIPTS
    (blocks,) = [address for address in scripts if "blocks" in address]
    assert (rich.output / blocks.lstrip("/")).stat().st_size < BLOCKS


def compressed(output: Path, address: str) -> int:
    """The size of a published file after `gzip -9`, in bytes."""
    return len(gzip.compress((output / address.lstrip("/")).read_bytes(), 9, mtime=0))
