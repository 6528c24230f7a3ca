"""`ssg serve` in a browser: somebody writes, breaks and mends, and the open page follows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.serving import PROJECT
from tests.browser.visits import WATCH
from tests.conftest import Made
from tests.serve.running import PATIENCE, Serving, serving

Site = Callable[[str], Made]

ARTICLE = "content/a.md"
OTHER = "content/pages/redaksi.md"
TEMPLATE = "themes/default/templates/slots/foot.html"
STYLE = "themes/default/static/own.css"
PAGE = "/2021/12/30/a/"

HEAD = "---\ntitle: Satu\ndate: 2021-12-30\n---\n"
LONG = "\n\n".join(f"Alinea {number}." for number in range(120))

pytestmark = pytest.mark.timeout(240)

_AXE = PROJECT / "tests/tools/node_modules/axe-core/axe.min.js"
_RUN = "async () => (await axe.run('ssg-live')).violations.map((one) => `${one.id}: ${one.nodes[0].html}`)"
_USUAL = 5000  # milliseconds that Playwright waits for what is expected


@pytest.fixture(autouse=True, scope="module")
def patience() -> Iterator[None]:
    """What is expected here waits for a build."""
    expect.set_options(timeout=PATIENCE * 1000)
    yield
    expect.set_options(timeout=_USUAL)


def article(first: str) -> bytes:
    """The article's file, with its first paragraph."""
    return f"{HEAD}{first}\n\n{LONG}\n".encode()


@pytest.fixture
def made(site: Site) -> Made:
    """A site with the strict headers of the project, and a style sheet and a template of its own."""
    made = site("").put(ARTICLE, article("Isi pertama.")).put(OTHER, b"---\ntitle: Redaksi\n---\nKami.\n")
    made.put("netlify.toml", (PROJECT / "netlify.toml").read_bytes())
    made.put(STYLE, b"h1 { color: rgb(1, 2, 3); }\n").put(TEMPLATE, b'<p class="foot">Kaki lama</p>\n')
    made.put("themes/default/templates/slots/head.html", b'<link rel="stylesheet" href="{{ ask.asset("own.css") }}">\n')
    return made


@pytest.fixture
def running(made: Made) -> Iterator[Serving]:
    """That site, served and built."""
    with serving(made.root) as running:
        running.built()
        yield running


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A writer's browser, which notes breaches of the policy."""
    with chromium.new_context(viewport={"width": 1000, "height": 700}) as context:
        context.add_init_script(WATCH)
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """An empty page of it. At the end nothing may have been refused or failed."""
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    assert page.evaluate("() => window.breaches") == []
    assert complaints == []


def opened(page: Page, running: Serving, address: str = PAGE) -> Page:
    """Open an address and leave a mark that any reload takes away."""
    with page.expect_response("**/_ssg/events"):
        page.goto(running.origin + address)
    page.evaluate("() => { window.mark = true; }")
    return page


def reloaded(page: Page) -> None:
    """Wait until the page was loaded anew."""
    page.wait_for_function("() => !window.mark", timeout=PATIENCE * 1000)


def overlay(page: Page) -> Locator:
    """What is shown over the page when something has to be mended."""
    return page.get_by_role("alertdialog")


def colour(page: Page) -> str:
    """The colour of the headline."""
    found: str = page.evaluate("() => getComputedStyle(document.querySelector('h1')).color")
    return found


def test_an_edited_article_shows_itself_where_the_reader_was(made: Made, running: Serving, page: Page) -> None:
    """The page reloads and stands where it stood."""
    opened(page, running)
    page.evaluate("() => scrollTo({ top: 1500, behavior: 'instant' })")
    made.put(ARTICLE, article("Isi kedua."))
    reloaded(page)
    expect(page.get_by_text("Isi kedua.")).to_have_count(1)
    page.wait_for_function("() => Math.abs(scrollY - 1500) < 2")


def test_a_page_that_did_not_change_is_left_alone(made: Made, running: Serving, page: Page) -> None:
    """Another one did."""
    opened(page, running, "/redaksi/")
    made.put(ARTICLE, article("Isi kedua."))
    running.built()
    made.put(OTHER, b"---\ntitle: Redaksi\n---\nKami semua.\n")
    running.built()
    reloaded(page)
    made.put(ARTICLE, article("Isi ketiga."))
    page.evaluate("() => { window.mark = true; }")
    with page.expect_response("**/_ssg/changes") as asked:
        running.built()
    assert asked.value.json() == {"build": 4, "page": False, "assets": []}
    assert page.evaluate("() => window.mark") is True


def test_a_broken_article_is_told_over_the_last_good_page_and_mended(made: Made, running: Serving, page: Page) -> None:
    """With file, line, what is wrong and its cure; Escape closes it, the badge opens it; it goes when it is mended."""
    opened(page, running)
    made.put(ARTICLE, b"---\ntitle: Satu\ndate: kemarin\n---\nIsi.\n")
    expect(overlay(page)).to_be_visible()
    expect(overlay(page)).to_contain_text("content/a.md:3")
    expect(overlay(page)).to_contain_text("kemarin")
    expect(overlay(page)).to_contain_text("2021-12-30")
    expect(overlay(page)).to_contain_text("ssg explain date.bad")
    expect(overlay(page)).to_have_accessible_name("1 error")
    expect(page.get_by_text("Isi pertama.")).to_have_count(1)
    page.keyboard.press("Escape")
    expect(overlay(page)).to_be_hidden()
    page.get_by_role("button", name="1 error").click()
    expect(overlay(page)).to_be_visible()
    made.put(ARTICLE, article("Isi pertama."))
    expect(page.locator("ssg-live")).to_have_count(0)
    assert page.evaluate("() => window.mark") is True  # the page is as it was: nothing to load
    made.put(ARTICLE, article("Isi kedua."))
    reloaded(page)


def test_a_template_is_edited_broken_and_mended(made: Made, running: Serving, page: Page) -> None:
    """A fault of its syntax and one that shows while rendering, each with its line."""
    opened(page, running)
    expect(page.locator(".foot")).to_have_text("Kaki lama")
    made.put(TEMPLATE, b'<p class="foot">Kaki baru</p>\n')
    reloaded(page)
    expect(page.locator(".foot")).to_have_text("Kaki baru")
    made.put(TEMPLATE, b'<p class="foot">\n{% if %}</p>\n')
    expect(overlay(page)).to_contain_text(f"{TEMPLATE}:2")
    made.put(TEMPLATE, b'<p class="foot">\n\n{{ tidak.ada }}</p>\n')
    expect(overlay(page)).to_contain_text(f"{TEMPLATE}:3")
    expect(page.locator(".foot")).to_have_text("Kaki baru")
    made.put(TEMPLATE, b'<p class="foot">Kaki terakhir</p>\n')
    expect(page.locator(".foot")).to_have_text("Kaki terakhir")
    expect(page.locator("ssg-live")).to_have_count(0)


def test_a_style_sheet_is_swapped_without_a_reload(made: Made, running: Serving, page: Page) -> None:
    """Edited, broken and mended: the page stays where and as it is, with one sheet, and only its looks change."""
    opened(page, running)
    page.evaluate("() => scrollTo({ top: 1500, behavior: 'instant' })")
    sheets = page.evaluate("() => document.styleSheets.length")
    before = colour(page)
    assert before == "rgb(1, 2, 3)"
    for style, after in (
        (b"h1 { color: rgb(4, 5, 6); }\n", "rgb(4, 5, 6)"),
        (b"h1 { color rgb(7, 8, 9) }\n", None),
        (b"h1 { color: rgb(10, 11, 12); }\n", "rgb(10, 11, 12)"),
    ):
        last = colour(page)
        made.put(STYLE, style)
        page.wait_for_function(
            "(last) => getComputedStyle(document.querySelector('h1')).color !== last", arg=last, timeout=PATIENCE * 1000
        )
        page.wait_for_function("(sheets) => document.styleSheets.length === sheets", arg=sheets)
        assert after is None or colour(page) == after
    assert page.evaluate("() => [window.mark, scrollY]") == [True, 1500]


def test_before_there_is_a_site_the_problems_are_shown(made: Made, page: Page) -> None:
    """And the site as soon as there is one, at the address that was asked for."""
    made.put(ARTICLE, b"---\ntitle: Satu\n---\n")
    with serving(made.root) as running:
        running.built()
        page.goto(running.origin + PAGE)
        expect(overlay(page)).to_contain_text("content/a.md")
        expect(page.get_by_role("heading", name="There is no site yet", include_hidden=True)).to_have_count(1)
        made.put(ARTICLE, article("Isi pertama."))
        expect(page.get_by_role("heading", name="Satu", level=1)).to_be_visible()
        expect(page.locator("ssg-live")).to_have_count(0)


def test_warnings_are_told_discreetly(made: Made, running: Serving, page: Page) -> None:
    """A badge beside the page, and the list for whoever asks."""
    opened(page, running)
    made.put(ARTICLE, article("[Entah](tidak-ada/)."))
    settings = (made.root / "site.toml").read_text() + '\n[problems]\n"link.missing" = "warning"\n'
    made.put("site.toml", settings.encode())
    badge = page.get_by_role("button", name="1 warning")
    expect(badge).to_be_visible()
    expect(page.get_by_role("dialog")).to_be_hidden()
    badge.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_contain_text("content/a.md:5")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_an_address_that_begins_to_exist_is_shown(made: Made, running: Serving, page: Page) -> None:
    """A page for what is not there gives way to the page that came."""
    opened(page, running, "/2021/12/30/b/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Halaman tidak ditemukan")
    made.put("content/b.md", b"---\ntitle: Dua\ndate: 2021-12-30\n---\nIsi.\n")
    expect(page.get_by_role("heading", level=1)).to_have_text("Dua")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_overlay_can_be_read_by_all(made: Made, running: Serving, page: Page, scheme: Literal["light", "dark"]) -> None:
    """No violation that axe-core knows, light and dark, at 320 pixels."""
    if not _AXE.is_file():
        pytest.skip("needs axe-core: npm ci --prefix tests/tools")
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": 320, "height": 600})
    opened(page, running)
    made.put(ARTICLE, b"---\ntitle: Satu\ndate: kemarin\ntag: a\n---\nIsi.\n")
    expect(overlay(page)).to_be_visible()
    assert page.evaluate("() => window.breaches") == []
    page.evaluate(_AXE.read_text(encoding="utf-8"))
    assert page.evaluate(_RUN) == []
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    page.keyboard.press("Escape")
    expect(overlay(page)).to_be_hidden()
    assert page.evaluate(_RUN) == []
    page.evaluate("() => { window.breaches = []; }")  # the checker's own style was refused


def test_a_serve_that_begins_again_takes_its_pages_over(made: Made, page: Page) -> None:
    """At the same port; the open page finds it, and learns what changed meanwhile."""
    with serving(made.root) as first:
        first.built()
        port = int(first.address.rpartition(":")[2])
        opened(page, first)
        assert first.stop() == 0
    made.put(ARTICLE, article("Isi kedua."))
    with serving(made.root, port=port) as second:
        second.built()
        expect(page.get_by_text("Isi kedua.")).to_have_count(1)
