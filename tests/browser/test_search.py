"""Searching the fullest newsroom in a browser: words, narrowing, an address to share, the keyboard, and a way for everybody."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.newsrooms import ARTICLE
from tests.browser.visits import WATCH

LARGE = re.compile(r'"bytes":\d+')

pytestmark = pytest.mark.timeout(120)


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A reader who breaks no policy and hears no complaint of the browser."""
    with chromium.new_context(viewport={"width": 1280, "height": 800}) as context:
        context.add_init_script(WATCH)
        page = context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        yield page
        assert page.evaluate("() => breaches") == []
        assert complaints == []


def with_large_parts(route: Route) -> None:
    """Tells of each part that it is so large that no two are read at first."""
    route.fulfill(body=LARGE.sub('"bytes":300000', route.fetch().text()))


def results(page: Page) -> list[str | None]:
    """The addresses of the results that are shown, in order."""
    return [link.get_attribute("href") for link in page.locator("#_results .headline a").all()]


def test_words_are_found_and_marked_while_they_are_typed(page: Page, origin: str) -> None:
    """In headline and summary; how many were found is told, and Enter puts the words into the address."""
    page.goto(f"{origin}/cari/")
    page.keyboard.press("/")
    expect(page.locator("#_q")).to_be_focused()
    page.keyboard.type("tentang perundingan keam")
    expect(page.get_by_role("status")).to_contain_text("Artikel ditemukan: 1")
    assert results(page)[0] == "/2021/12/28/perundingan/"
    assert page.locator("#_results .headline").first.locator("mark").all_text_contents() == ["Perundingan", "keamanan"]
    assert page.url == f"{origin}/cari/"
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{origin}/cari/?q=tentang+perundingan+keam")


def test_a_word_is_found_by_its_beginning_until_it_is_typed(page: Page, origin: str) -> None:
    """Who asks for "satu" means no word that begins so; one that no article has is still taken for a beginning."""
    page.goto(f"{origin}/cari/")
    begun = page.locator("#_results mark", has_text=re.compile("^satu.", re.IGNORECASE))
    page.locator("#_q").press_sequentially("satu")
    expect(begun.first).to_be_visible()
    page.keyboard.press("Enter")
    expect(begun).to_have_count(0)
    page.goto(f"{origin}/cari/?q=subjud")
    expect(page.locator("#_results mark", has_text="subjudul").first).to_be_visible()


def test_markup_in_a_headline_is_text(page: Page, origin: str) -> None:
    """What a newsroom or a reader writes runs nowhere."""
    page.goto(f"{origin}/cari/?q=bertelepon+<img+src=x+onerror=alert>")
    expect(page.locator("#_results .headline a").first).to_contain_text('Putin & Biden "bertelepon": <jaminan> keamanan')
    assert page.locator("#_results img").count() == 0


def test_a_search_that_is_shared_shows_the_same_and_goes_back(page: Page, origin: str) -> None:
    """With what it is narrowed to; a choice makes an address of its own, and Back undoes it."""
    page.goto(f"{origin}/cari/?q=berita&section=internasional&year=2021")
    expect(page.locator("#_results .headline a").first).to_be_visible()
    assert page.locator("[name=section]").input_value() == "internasional"
    assert page.locator("[name=year]").input_value() == "2021"
    narrowed = results(page)
    assert "/2021/12/29/sebelum/" in narrowed
    page.locator("[name=section]").select_option("")
    page.locator("[name=year]").select_option("2022")
    expect(page).to_have_url(f"{origin}/cari/?q=berita&year=2022")
    expect(page.locator("#_results .headline a").first).to_have_attribute("href", re.compile("^/2022/"))
    page.go_back()
    page.go_back()
    expect(page).to_have_url(f"{origin}/cari/?q=berita&section=internasional&year=2021")
    expect(page.locator("#_results .headline a").first).to_have_attribute("href", str(narrowed[0]))


def test_results_come_ten_by_ten_and_the_keyboard_follows(page: Page, origin: str) -> None:
    """After More the focus stands on the first that is new."""
    page.goto(f"{origin}/cari/?q=berita+telepon+keamanan")
    expect(page.locator("#_results > li")).to_have_count(10)
    page.locator("#_more").press("Enter")
    expect(page.locator("#_results > li:nth-child(11) a")).to_be_focused()
    assert len(set(results(page))) == len(results(page)) > 10


def test_where_nothing_is_found_help_stands(page: Page, origin: str) -> None:
    """With ways to go on; and nothing is left of what was found before."""
    page.goto(f"{origin}/cari/?q=perundingan")
    expect(page.locator("#_results > li").first).to_be_visible()
    page.locator("#_q").fill("tidakadakataini")
    expect(page.get_by_role("status")).to_contain_text("Tidak ada yang ditemukan")
    expect(page.locator("#_help")).to_be_visible()
    assert results(page) == []
    expect(page.get_by_role("link", name="Semua tag")).to_be_visible()


def test_a_search_that_fails_says_so_and_can_be_tried_again(chromium: Browser, origin: str) -> None:
    """Without a connection there is a word about it, and with one the next search finds."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.route("**/*.gz?*", lambda route: route.abort())
        page.goto(f"{origin}/cari/")
        page.locator("#_q").fill("perundingan")
        expect(page.get_by_role("status")).to_contain_text("Pencarian gagal")
        page.unroute("**/*.gz?*")
        page.locator("#_q").press("Enter")
        expect(page.locator("#_results > li").first).to_be_visible()
        assert "gagal" not in page.get_by_role("status").inner_text()


def test_what_was_found_stays_while_older_articles_are_searched(chromium: Browser, origin: str) -> None:
    """And when that fails; what is found then stands behind it, and has the focus."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.route("**/parts.json", with_large_parts)
        page.goto(f"{origin}/cari/?q=perundingan+berita")
        older = page.locator("#_older")
        expect(older).to_be_visible()
        expect(page.get_by_role("status")).to_contain_text("dicari mundur sampai")
        before = results(page)
        page.route("**/*.gz?*", lambda route: route.abort())
        older.click()
        expect(page.get_by_role("status")).to_contain_text("Pencarian gagal")
        assert results(page) == before
        page.unroute("**/*.gz?*")
        older.click()
        expect(older).to_be_hidden()
        assert "gagal" not in page.get_by_role("status").inner_text()
        whole = [one for one in results(page) if one not in before]
        assert whole
        assert page.evaluate("() => document.activeElement.getAttribute('href')") in results(page)


@pytest.fixture
def large(page: Page) -> Page:
    """The same, of an archive whose parts are so large that only the newest is read before anybody asks for older ones."""
    page.route("**/parts.json", with_large_parts)
    return page


def test_who_comes_back_from_an_article_stands_where_they_stood(large: Page, origin: str) -> None:
    """Among as many results, older ones too."""
    large.goto(f"{origin}/cari/?q=berita+telepon+keamanan")
    expect(large.locator("#_results > li").first).to_be_visible()
    first = results(large)
    for button in ("#_older", "#_more"):
        while large.locator(button).is_visible():
            large.locator(button).click()
            expect(large.locator("#_results")).not_to_have_attribute("aria-busy", "true")
    before = results(large)
    assert len(before) > max(10, len(first))
    large.locator("#_results .headline a").nth(-2).click()
    expect(large.locator("#_q")).to_have_count(0)
    large.go_back()
    expect(large.locator("#_results > li")).to_have_count(len(before))
    assert results(large) == before
    expect(large.locator("#_results .headline a").nth(-2)).to_be_in_viewport()


def test_a_search_that_finds_nothing_yet_says_since_when(large: Page, origin: str) -> None:
    """And once all is searched that there is nothing; the keyboard stands there, where the button was."""
    large.goto(f"{origin}/cari/?q=tidakadakataini")
    status = large.get_by_role("status")
    expect(status).to_have_text(re.compile(r"^Tidak ada yang ditemukan sejak \d+ \w+ \d{4}$"))
    expect(large.locator("#_older")).to_have_text(re.compile(r"^Cari juga artikel sebelum \d+ \w+ \d{4}$"))
    while large.locator("#_older").is_visible():
        large.locator("#_older").press("Enter")
        expect(large.locator("#_results")).not_to_have_attribute("aria-busy", "true")
    expect(status).to_have_text("Tidak ada yang ditemukan")
    expect(status).to_be_focused()


def test_going_through_a_choice_by_keys_leaves_one_address(page: Page, origin: str) -> None:
    """Back undoes it as one."""
    page.goto(f"{origin}/cari/?q=berita")
    expect(page.locator("#_results > li").first).to_be_visible()
    years = [option.get_attribute("value") for option in page.locator("[name=year] option").all()]
    for year in years[1:4]:
        page.locator("[name=year]").press("ArrowDown")
        expect(page).to_have_url(f"{origin}/cari/?q=berita&year={year}")
    page.go_back()
    expect(page).to_have_url(f"{origin}/cari/?q=berita")


def test_a_choice_alone_lists_what_is_in_it_and_can_be_taken_back(page: Page, origin: str) -> None:
    """The choices stand there before anything is typed; one that is none any more is as if it had not been made."""
    page.goto(f"{origin}/cari/")
    expect(page.locator("[name=section] option").nth(1)).to_be_attached()
    page.locator("[name=section]").select_option("internasional")
    expect(page.locator("#_results > li").first).to_be_visible()
    page.locator("#_q").fill("tidakadakataini")
    expect(page.locator("#_widen")).to_be_visible()
    page.locator("#_q").fill("berita")
    expect(page.locator("#_results > li").first).to_be_visible()
    page.goto(f"{origin}/cari/?q=berita&section=lama")
    expect(page).to_have_url(f"{origin}/cari/?q=berita")
    assert page.locator("[name=section]").input_value() == ""


def test_every_page_leads_to_the_search_and_english_has_its_own(page: Page, origin: str) -> None:
    """By the link in its header; an English search finds English articles."""
    page.goto(origin + ARTICLE)
    page.locator(".search-link").click()
    expect(page).to_have_url(f"{origin}/cari/")
    page.goto(f"{origin}/en/search/?q=telephone+speak")
    expect(page.locator("#_results .headline a").first).to_have_attribute("href", "/en/2021/12/30/call/")


def test_without_a_script_the_lists_lead_on(chromium: Browser, origin: str) -> None:
    """No form that does nothing is shown."""
    with chromium.new_context(java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{origin}/cari/")
        expect(page.locator("#_search")).to_be_hidden()
        expect(page.locator("main .notice")).to_be_visible()
        page.get_by_role("link", name="Semua tag").click()
        expect(page).to_have_url(f"{origin}/tag/")
