"""The site as somebody reads it: on a telephone, a tablet and a desk, by keyboard alone, without scripts, by night."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.newsrooms import ARTICLE, ENGLISH_ARTICLE
from tests.browser.published import extremes, published
from tests.browser.serving import served
from tests.browser.unbroken import ARTICLE as UNBROKEN_ARTICLE
from tests.browser.visits import WATCH
from tests.conftest import Made

WIDTHS = (320, 768, 1440)  # pixels
NEXT = "/2021/12/29/sebelum/"
CANONICAL = f"https://kabar.example{ARTICLE}"

# What has the focus: whether a ring of two pixels or more is drawn around it, and whether it is seen, or covered by something.
_FOCUS = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const before = window.before?.isConnected ? window.before : null;
  window.before = element;
  window.first ??= element;
  const style = getComputedStyle(element);
  const [box] = element.getClientRects();
  const x = box.left + box.width / 2;
  const y = box.top + box.height / 2;
  const top = document.elementFromPoint(x, y);
  return {
    name: element.outerHTML.slice(0, 160),
    again: before && element === window.first,
    after: !before || Boolean(before.compareDocumentPosition(element) & Node.DOCUMENT_POSITION_FOLLOWING),
    ringed: !["none", "hidden"].includes(style.outlineStyle) && parseFloat(style.outlineWidth) >= 2,
    inside: box.left >= -1 && box.right <= innerWidth + 1 && y >= 0 && y <= innerHeight,
    covered: !top || !(top === element || element.contains(top) || top.contains(element)),
  };
}"""
_WIDER = "() => document.documentElement.scrollWidth - innerWidth"
_SIZE = "() => parseFloat(getComputedStyle(document.querySelector('.body')).fontSize)"
# From 0 (black) to 1, of the first colour that is not transparent, going up from an element.
_BRIGHTNESS = """(element, property) => {
  for (let one = element; one; one = one.parentElement) {
    const [red, green, blue, alpha = 1] = getComputedStyle(one)[property].match(/[\\d.]+/g).map(Number);
    if (alpha) return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / 255;
  }
  return 1;
}"""

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def page(chromium: Browser, origin: str) -> Iterator[Page]:
    """An empty page of a reader who lets the site write to the clipboard."""
    with chromium.new_context(viewport={"width": WIDTHS[0], "height": 800}) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=origin)
        context.add_init_script(WATCH)
        yield context.new_page()


def go_by_tab(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until the first element of a selector has the focus; fail if it never comes."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{selector} is not reached by {most} keys")


# -- at any width -------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_no_page_is_wider_than_the_window_whatever_its_words(
    chromium: Browser, unbroken: Made, unbroken_plain: Made, theme: str
) -> None:
    """Words of 60 letters, a table of 16 columns and a line of code of 320 letters widen no kind of page."""
    made = unbroken if theme == "default" else unbroken_plain
    addresses = [one.address for one in extremes(published(made.output)) if one.kind not in ("fragment", "onward")]
    assert UNBROKEN_ARTICLE in addresses
    wider = {}
    with served(made.output) as origin, chromium.new_context() as context:
        page = context.new_page()
        for address in addresses:
            page.goto(origin + address)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                wider[address, width] = page.evaluate(_WIDER)
    assert {where: by for where, by in wider.items() if by > 0} == {}


def test_a_wide_table_can_be_moved_sideways_by_keyboard(page: Page, unbroken: Made) -> None:
    """What is wider than a telephone is reached all the same, in its own place (WCAG 2.2, 2.1.1)."""
    with served(unbroken.output) as origin:
        page.goto(origin + UNBROKEN_ARTICLE)
        table = page.locator(".body table").first
        assert table.evaluate("(table) => table.scrollWidth > table.clientWidth")
        go_by_tab(page, "table")
        page.keyboard.press("ArrowRight")
        page.wait_for_function("() => document.querySelector('.body table').scrollLeft > 0")


# -- by keyboard alone --------------------------------------------------------------------------------


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("address", ["/", ARTICLE, "/tag/nato/"])
def test_the_keyboard_comes_everywhere_and_is_always_seen(page: Page, origin: str, address: str, width: int) -> None:
    """From the first link to the last: each has a ring, stands in the window, lies under nothing, and lets go again."""
    page.set_viewport_size({"width": width, "height": 700})
    page.goto(origin + address)
    stops: list[dict[str, Any]] = []
    lost = 0
    for _ in range(200):
        page.keyboard.press("Tab")
        stop = page.evaluate(_FOCUS)
        if stop is None:
            lost += 1
        elif stop["again"]:
            break
        else:
            stops.append(stop)
    else:
        pytest.fail("the keyboard never comes to an end")
    assert len(stops) > 15
    assert lost <= 1  # once, between the last link and the first
    assert [stop["name"] for stop in stops if not stop["after"]] == []  # in the order of the page
    assert [stop["name"] for stop in stops if not stop["ringed"]] == []
    assert [stop["name"] for stop in stops if not stop["inside"]] == []
    assert [stop["name"] for stop in stops if stop["covered"]] == []


def test_the_menu_opens_and_closes_on_a_telephone(page: Page, origin: str) -> None:
    """Enter opens the menu, Tab goes on inside it, Escape closes it and gives the focus back."""
    page.goto(origin + ARTICLE)
    menu = page.locator(".site-menu")
    expect(menu).to_be_hidden()
    go_by_tab(page, ".reach .menu-button")
    page.keyboard.press("Enter")
    expect(menu).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.querySelector('.site-menu').contains(document.activeElement)")
    seen = page.evaluate(_FOCUS)
    assert (seen["ringed"], seen["inside"], seen["covered"]) == (True, True, False)
    page.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(page.locator(".reach .menu-button")).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS[1:])
def test_the_menu_stands_open_where_there_is_room(page: Page, origin: str, width: int) -> None:
    """On a tablet and a desk nobody has to open anything."""
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(origin + ARTICLE)
    expect(page.locator(".reach .menu-button")).to_be_hidden()
    for link in page.locator(".site-menu a").all():
        expect(link).to_be_in_viewport(ratio=1)


def test_who_stands_in_a_block_is_not_thrown_out_of_it(page: Page, origin: str) -> None:
    """Today's entries never take the place of a link that has the focus."""
    held: list[Route] = []
    page.route("**/blok/terkini.html", lambda route: held.append(route))
    page.set_viewport_size({"width": 1440, "height": 900})
    with page.expect_request("**/blok/terkini.html"):
        page.goto(origin + NEXT)
    link = page.locator(".block.latest a").first
    link.focus()
    with page.expect_response("**/blok/terkini.html"):
        held[0].continue_()
    page.wait_for_timeout(200)
    expect(link).to_be_focused()


@pytest.mark.parametrize("width", WIDTHS)
def test_the_link_of_an_article_is_copied_by_keyboard(page: Page, origin: str, width: int) -> None:
    """The panel opens inside the window; the clipboard gets the article's own address; pressing twice does no harm."""
    page.set_viewport_size({"width": width, "height": 800})
    page.clock.install()
    page.goto(origin + ARTICLE)
    go_by_tab(page, ".share summary")
    page.keyboard.press("Enter")
    panel = page.locator(".share ul")
    expect(panel).to_be_visible()
    box = panel.bounding_box()
    assert box
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= width
    assert page.evaluate(_WIDER) <= 0
    go_by_tab(page, "[data-do=copy]", most=3)
    button = page.locator("[data-do=copy]")
    words = button.inner_text()
    for _ in range(2):
        page.keyboard.press("Enter")
        expect(button).to_have_text("Tautan tersalin")
        page.clock.run_for(500)
    assert page.evaluate("() => navigator.clipboard.readText()") == CANONICAL
    page.clock.run_for(7000)
    expect(button).to_have_text(words)
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    expect(page.locator(".share summary")).to_be_focused()


def test_the_device_shares_an_article_where_it_can(page: Page, origin: str) -> None:
    """A device with a share sheet gets the headline and the article's own address; the other devices do not see the button."""
    page.goto(origin + ARTICLE)
    shares = page.evaluate("() => 'share' in navigator")
    page.locator(".share summary").click()
    assert page.locator("[data-do=share]").is_visible() is shares
    page.add_init_script("navigator.share = async (what) => { window.given = what; };")
    page.goto(origin + ARTICLE)
    page.locator(".share summary").click()
    page.locator("[data-do=share]").click()
    given = page.evaluate("() => given")
    assert given["url"] == CANONICAL
    assert given["title"].startswith("Putin & Biden")


def test_the_plain_links_carry_the_address_and_the_headline(page: Page, origin: str) -> None:
    """Who shares by a link sends the article, with its marks intact."""
    page.goto(origin + ARTICLE)
    links = page.locator(".share a").all()
    assert len(links) >= 4
    for link in links:
        address = page.evaluate("(link) => decodeURIComponent(link.href)", link.element_handle())
        assert CANONICAL in address
        assert "facebook" in address or 'Putin & Biden "bertelepon"' in address


def test_the_size_of_the_text_is_chosen_and_kept(page: Page, origin: str) -> None:
    """It grows and shrinks to an end, by keyboard, and the next article has it too, without anything jumping."""
    page.goto(origin + ARTICLE)
    usual = page.evaluate(_SIZE)
    go_by_tab(page, "[data-do=larger]")
    sizes = [usual]
    while page.locator("[data-do=larger]").is_enabled():
        page.keyboard.press("Enter")
        sizes.append(page.evaluate(_SIZE))
        assert len(sizes) < 10
    assert sizes == sorted(set(sizes))
    assert sizes[-1] >= 1.3 * usual
    assert page.evaluate(_WIDER) <= 0
    page.goto(origin + NEXT)
    assert page.evaluate(_SIZE) == sizes[-1]
    for _ in sizes:
        if page.locator("[data-do=smaller]").is_enabled():
            page.locator("[data-do=smaller]").press("Enter")
    assert page.evaluate(_SIZE) < usual
    expect(page.locator("[data-do=smaller]")).to_be_disabled()


def test_the_tools_break_no_policy(page: Page, origin: str) -> None:
    """Every tool of an article, used, keeps to the Content-Security-Policy that the site is published with."""
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.add_init_script("window.print = () => { window.printed = true; };")
    page.goto(origin + ARTICLE)
    page.locator("[data-do=print]").click()
    assert page.evaluate("() => printed")
    page.locator("[data-do=larger]").click()
    page.locator("[data-do=smaller]").click()
    page.locator(".share summary").click()
    page.locator("[data-do=copy]").click()
    expect(page.locator("[data-do=copy]")).to_have_text("Tautan tersalin")
    page.locator("h1").click()
    expect(page.locator(".share ul")).to_be_hidden()
    assert page.evaluate("() => breaches") == []
    assert complaints == []


# -- without scripts ----------------------------------------------------------------------------------


def test_without_scripts_all_that_is_shown_works(chromium: Browser, origin: str) -> None:
    """Buttons that need a script are not there; the menu, the share links and every word are."""
    texts = []
    for scripts in (True, False):
        with chromium.new_context(java_script_enabled=scripts, viewport={"width": 320, "height": 800}) as context:
            page = context.new_page()
            page.goto(origin + ARTICLE)
            texts.append([part.inner_text() for part in page.locator("article .body > *, article > footer").all()])
            if scripts:
                continue
            buttons = page.locator("button:not([popovertargetaction=hide])").all()
            assert len(buttons) > 3
            for button in buttons:
                assert button.is_visible() is (button.get_attribute("data-do") is None), button
            page.locator(".reach .menu-button").press("Enter")
            expect(page.locator(".site-menu a").first).to_be_visible()
            page.locator(".site-menu .menu-button").press("Enter")
            expect(page.locator(".site-menu")).to_be_hidden()
            page.locator(".share summary").press("Enter")
            shown = [part for part in page.locator(".share li > *").all() if part.is_visible()]
            assert len(shown) >= 4
            assert all(part.get_attribute("href") for part in shown)
            expect(page.locator(".age")).to_have_text("")
    with_scripts, without = texts
    assert any("Penutup di satu baris" in part for part in without)
    assert without == with_scripts


# -- by night -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("address", ["/", ARTICLE, "/tag/nato/", "/redaksi/", "/404.html", "/2021/12/"])
def test_by_night_light_words_stand_on_a_dark_ground(chromium: Browser, origin: str, address: str) -> None:
    """Every headline, paragraph and link is lighter than what it stands on, and photos are shown as they are."""
    with chromium.new_context(viewport={"width": 768, "height": 800}, color_scheme="dark") as context:
        page = context.new_page()
        page.goto(origin + address)
        words = page.locator("h1, h2, main p, main a:not(.video), header a, footer a").all()
        assert len(words) > 5
        for one in words:
            ground, text = (one.evaluate(_BRIGHTNESS, name) for name in ("backgroundColor", "color"))
            assert ground < 0.3, one
            assert text > ground + 0.3, one
        for photo in page.locator("main img").all():
            photo.scroll_into_view_if_needed()
            expect(photo).to_be_visible()
            assert photo.evaluate("(img) => img.decode().then(() => img.naturalWidth > 0)")
            assert photo.evaluate("(img) => getComputedStyle(img).filter + getComputedStyle(img).opacity") == "none1"


# -- how old an article is ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "moment", "words"),
    [
        (ARTICLE, "2023-12-30T19:28:00+07:00", ""),
        (ARTICLE, "2023-12-30T19:30:00+07:00", "Lebih dari 2 tahun lalu"),
        (ARTICLE, "2024-12-30T19:28:00+07:00", "Lebih dari 2 tahun lalu"),
        (ARTICLE, "2031-12-31T00:00:00+07:00", "Lebih dari 10 tahun lalu"),
        (ENGLISH_ARTICLE, "2025-01-01T00:00:00+07:00", "More than 3 years old"),
    ],
)
def test_an_old_article_says_so_by_the_readers_clock(page: Page, origin: str, address: str, moment: str, words: str) -> None:
    """From the second birthday on, to the minute, and never from the day on which the site was built."""
    page.clock.install(time=moment)
    page.goto(origin + address)
    expect(page.locator(".age")).to_have_text(words)


@pytest.mark.parametrize("address", [ARTICLE, NEXT, ENGLISH_ARTICLE])
def test_nothing_moves_when_the_age_comes(page: Page, origin: str, address: str) -> None:
    """At no width does the text below stand elsewhere with the note than without it."""
    page.clock.install(time="2022-06-01T00:00:00+07:00")
    page.goto(origin + address)
    moved = {}
    for width in range(320, 1480, 20):
        page.set_viewport_size({"width": width, "height": 800})
        moved[width] = page.evaluate(
            """() => {
              const [age, text] = [document.querySelector(".age"), document.querySelector(".body")];
              const before = text.getBoundingClientRect().top;
              age.textContent = age.dataset.label.replace("{n}", 12);
              const after = text.getBoundingClientRect().top;
              age.textContent = "";
              return after - before;
            }"""
        )
    assert {width: by for width, by in moved.items() if abs(by) > 0.1} == {}  # less is rounding


def test_a_site_may_leave_the_age_out(site: Callable[[str], Made], chromium: Browser) -> None:
    """With `old_after = 0` no article says how old it is."""
    made = site("-- content/a.md --\n---\ntitle: A\ndate: 2001-12-30\n---\nIsi.\n")
    settings = (made.root / "site.toml").read_text(encoding="utf-8")
    made.put("site.toml", f"old_after = 0\n{settings}".encode()).build()
    with served(made.output) as origin, chromium.new_context() as context:
        page = context.new_page()
        page.goto(f"{origin}/2001/12/30/a/")
        expect(page.locator(".reading-time")).to_be_visible()
        expect(page.locator(".age")).to_have_count(0)
        assert "tahun lalu" not in page.locator("main").inner_text()
