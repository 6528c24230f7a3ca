"""What readers get in a browser, under the headers that the project's netlify.toml sends."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import PIL.Image
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Request, Route, expect

from tests.browser.newsrooms import ARTICLE, ENGLISH_ARTICLE, TODAY
from tests.browser.published import extremes, published
from tests.browser.serving import served
from tests.browser.visits import WATCH, Visit, scroll_through, visit
from tests.conftest import Made

OLD = {"id": "/2021/12/29/sebelum/", "en": "/en/2021/12/29/before/"}

_SIGN_IN = "<!doctype html><title>Sign in</title><p>Who are you?</p>"

pytestmark = pytest.mark.timeout(240)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    """A reader who has never been here."""
    with chromium.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.add_init_script(WATCH)
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """An empty page of that reader."""
    return context.new_page()


@pytest.fixture(scope="module")
def visits(chromium: Browser, origin: str, rich: Made, bare: Made) -> list[Visit]:
    """The fullest and the emptiest page of each kind in each language, and the empty site's, each looked at once.

    What leads on to another page at once, and what is only a part of one, has tests of its own.
    """
    chosen = [page.address for page in extremes(published(rich.output)) if page.kind not in ("fragment", "onward")]
    with chromium.new_context() as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        seen = [visit(page, origin, address) for address in chosen]
        with served(bare.output) as empty:
            seen += [visit(page, empty, one.address) for one in published(bare.output)]
    return seen


# -- every kind of page -----------------------------------------------------------------------------


def test_every_kind_of_page_is_visited(visits: list[Visit]) -> None:
    """The tests below look at pages, and at enough of them."""
    assert len(visits) > 40
    assert {one.status for one in visits} == {200}
    assert {ARTICLE, ENGLISH_ARTICLE, "/404.html", "/", "/en/", "/tag/nato/"} <= {one.address for one in visits}


def test_no_page_breaks_the_content_security_policy(visits: list[Visit]) -> None:
    """No script, style, picture or frame is refused by the policy that the site is published with."""
    assert {one.address: one.breaches for one in visits if one.breaches} == {}


def test_no_page_makes_the_console_complain(visits: list[Visit]) -> None:
    """No exception, no file that is not there, no word of warning from the browser."""
    assert {one.address: one.complaints for one in visits if one.complaints} == {}


def test_no_page_asks_another_host_for_anything(visits: list[Visit]) -> None:
    """Nobody but the site learns what is read here."""
    assert all(one.requests for one in visits)
    assert {url for one in visits for url in one.requests if not url.startswith("http://127.0.0.1:")} == set()


def test_no_page_is_wider_than_the_window(visits: list[Visit]) -> None:
    """Nobody scrolls sideways, from the smallest telephone to a desk (WCAG 2.2, 1.4.10)."""
    wider = {(one.address, width): by for one in visits for width, by in one.overflow.items() if by > 0}
    assert wider == {}


def test_every_picture_has_its_true_width_and_height(visits: list[Visit]) -> None:
    """The browser keeps the right space before a picture comes; and every picture has words, or is marked as ornament."""
    images = [image for one in visits for image in one.images]
    assert len(images) > 20
    for image in images:
        assert image.width, image
        assert image.height, image
        assert image.alt is not None, image
        assert image.natural == pytest.approx(int(image.width) / int(image.height), rel=0.01), image


def test_the_lead_photo_is_loaded_at_once_and_the_others_late(visits: list[Visit]) -> None:
    """The picture that is seen first waits for nothing, and takes the line from nobody: it alone is not lazy."""
    leads = [image for one in visits for image in one.images if image.lead]
    assert leads
    assert "lazy" not in {image.loading for image in leads}
    hasty = [(one.address, i.src) for one in visits for i in one.images if i.loading != "lazy" and not i.lead and not i.first]
    assert hasty == []


# -- an article, and what its scripts add -------------------------------------------------------------


def test_an_article_is_whole_without_scripts(chromium: Browser, origin: str) -> None:
    """Every part of a news page is there for a reader whose browser runs no script."""
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(origin + ARTICLE)
        for selector, words in {
            "article h1": "Putin & Biden",
            "article .details .meta time": "Kamis, 30 Desember 2021, 19.29 WIB",
            "article .details .updated": "31 Desember 2021, 08.10 WIB",
            "figure.lead figcaption .caption": 'Keterangan <foto> & "kutipan".',
            "figure.lead figcaption .credit": "Kabar Uji/Youtube/A&B",
            ".body .dateline": "KARAWANG",
            ".body .read-also": "Berita sebelumnya",
            ".body .end-mark": "***",
            "article > footer .editor": "M Haidar",
            "article > footer .source": "Kantor Berita <A&B>",
            "article > footer .regions": "Karawang",
            "article > footer .tags": "Rusia & Ukraina",
            "#_corrections": "Ejaan nama.",
            ".story": "Berita sebelumnya",
            ".block.picks": "Semua",
            "section.related": "Perundingan keamanan",
            ".block.latest": "Berita sebelumnya",
            ".block.popular": "Semua",
            ".block.regional": "Semua",
        }.items():
            part = page.locator(selector).first
            expect(part).to_be_visible()
            expect(part).to_contain_text(words)
        expect(page.locator("figure.lead img")).to_be_visible()
        expect(page.locator("a.video").first).to_have_attribute("href", "https://www.youtube.com/watch?v=dQw4w9WgXcQ")


def test_an_old_address_leads_on(page: Page, origin: str) -> None:
    """A link from elsewhere to where an article once stood ends at the article."""
    page.goto(origin + "/lama/panggilan/")
    page.wait_for_url(origin + ARTICLE)
    expect(page.locator("article h1")).to_be_visible()
    assert page.evaluate("() => breaches") == []


def test_in_view_a_block_takes_no_more_room_than_it_has(page: Page, origin: str, rich: Made) -> None:
    """On a wide screen, where blocks stand beside the headline, today's show as many entries as fit, in their order."""
    held: list[Route] = []
    page.route("**/blok/terkini.html", lambda route: held.append(route))
    page.set_viewport_size({"width": 1280, "height": 1200})
    with page.expect_request("**/blok/terkini.html"):
        page.goto(origin + OLD["id"])
    latest = page.locator(".block.latest")
    before = latest.bounding_box()
    for route in held:
        route.continue_()
    expect(latest).to_contain_text(f"ke-{TODAY}")
    after = latest.bounding_box()
    assert before
    assert after
    assert after["height"] == pytest.approx(before["height"], abs=1)
    shown = [link.get_attribute("href") for link in latest.locator("li a").all()]
    address = latest.get_attribute("data-block")
    assert address
    wanted = [href for _, href in rich.page(address).links(inside="ul")]
    assert 3 <= len(shown) < len(wanted)
    assert shown == wanted[: len(shown)]
    expect(latest.locator(".more a")).to_be_visible()


@pytest.mark.parametrize("name", ["latest", "picks"])
def test_a_block_stays_where_todays_is_not_to_be_had(page: Page, origin: str, name: str) -> None:
    """A fragment that is not there, or an answer that is a whole other page, leaves the block as it was published."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.route("**/blok/*", lambda route: route.fulfill(status=200, content_type="text/html", body=_SIGN_IN))
    page.goto(origin + OLD["id"])
    block = page.locator(f".block.{name}")
    before = block.inner_html()
    with page.expect_response("**/blok/*"):
        page.reload()
    scroll_through(page)
    assert block.inner_html() == before
    assert complaints == []


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_blocks_become_todays(page: Page, origin: str, rich: Made, language: str) -> None:
    """Below an old article stand the newest, the picks, the most read and the regions of today, as the fragments have them."""
    page.set_viewport_size({"width": 360, "height": 800})
    published_as = rich.page(OLD[language]).one("section", class_="latest")
    assert "2022" not in published_as.text
    page.goto(origin + OLD[language])
    latest = page.locator(".block.latest")
    scroll_through(page, pause=250)
    for name in ("latest", "picks", "popular", "regional"):
        block = page.locator(f".block.{name}")
        address = block.get_attribute("data-block")
        assert address
        wanted = [href for _, href in rich.page(address).links(inside="ul" if name != "popular" else "ol")]
        assert wanted
        expect(block.locator("li a")).to_have_count(len(wanted))
        assert [link.get_attribute("href") for link in block.locator("li a").all()] == wanted
    expect(latest).to_contain_text(f"{TODAY} 16 Nov")
    expect(latest.locator("h2")).to_have_text("Terkini" if language == "id" else "Latest")
    here = page.locator('.block [aria-current="page"]')
    assert {link.get_attribute("href") for link in here.all()} <= {OLD[language]}


def test_a_video_is_fetched_only_when_it_is_asked_for(page: Page, origin: str) -> None:
    """No host of videos hears of a reader who does not click; a click puts the frame in the place of the link."""
    asked: list[str] = []

    def refuse(route: Route, request: Request) -> None:
        asked.append(request.url)
        route.abort()

    page.route(lambda url: not url.startswith(origin), refuse)
    page.goto(origin + ARTICLE)
    scroll_through(page)
    links = page.locator("a.video[data-embed]")
    expect(links).to_have_count(2)
    expect(page.locator("iframe")).to_have_count(0)
    assert asked == []
    for number, host in enumerate(("www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "player.vimeo.com/video/76979871"), 1):
        links.first.click()
        expect(page.locator("iframe")).to_have_count(number)
        expect(page.locator("iframe").nth(number - 1)).to_have_attribute("src", f"https://{host}?autoplay=1")
    page.wait_for_timeout(100)
    assert [url.split("?")[0].removeprefix("https://") for url in asked] == [
        "www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
        "player.vimeo.com/video/76979871",
    ]
    assert page.evaluate("() => breaches") == []
    assert page.url == origin + ARTICLE


@pytest.mark.parametrize(("day", "leads"), [("2026-12-30", "/hari-ini/12-30/"), ("2026-07-01", None)])
def test_the_days_of_the_calendar_know_today(page: Page, origin: str, day: str, leads: str | None) -> None:
    """It is marked, and where something was published on it the page leads there from its top."""
    page.clock.set_fixed_time(f"{day}T12:00:00")
    page.goto(f"{origin}/hari-ini/")
    expect(page.locator("[aria-current=date]")).to_have_text(str(int(day[-2:])))
    today = page.locator("#_today a")
    assert [link.get_attribute("href") for link in today.all()] == ([leads] if leads else [])


# -- by keyboard, by day and by night -----------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", ARTICLE, "/tag/nato/"])
def test_the_first_key_leads_past_the_menu(page: Page, origin: str, address: str) -> None:
    """A reader without a mouse meets the skip link first, sees it, and goes on inside the text."""
    page.goto(origin + address)
    page.keyboard.press("Tab")
    skip = page.locator(".skip")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport(ratio=1)
    page.keyboard.press("Enter")
    page.wait_for_url("**#_main")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('main').contains(document.activeElement)")


def test_every_link_shows_that_it_has_the_focus(page: Page, origin: str) -> None:
    """Whoever goes through a page by keyboard sees where they are (WCAG 2.2, 2.4.7)."""
    page.goto(origin + ARTICLE)
    for _ in range(15):
        page.keyboard.press("Tab")
        style = page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle")
        assert style not in ("none", ""), page.evaluate("() => document.activeElement.outerHTML")


@pytest.mark.parametrize("address", ["/", ARTICLE, "/tag/nato/", "/2021/12/", "/404.html"])
def test_a_page_is_light_by_day_and_dark_by_night(chromium: Browser, origin: str, address: str, tmp_path: Path) -> None:
    """The page follows the reader's own choice, and its text stands out on either ground."""
    for scheme in ("light", "dark"):
        with chromium.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme) as context:
            page = context.new_page()
            page.goto(origin + address)
            data = page.screenshot(path=tmp_path / f"{scheme}.png")
            picture = PIL.Image.open(BytesIO(data)).convert("L")
            ground = picture.getpixel((2, 400))
            darkest, lightest = picture.getextrema()
            assert isinstance(ground, int)
            assert isinstance(darkest, int)
            assert isinstance(lightest, int)
            assert ground > 200 if scheme == "light" else ground < 60
            assert lightest - darkest > 150  # something is written there
