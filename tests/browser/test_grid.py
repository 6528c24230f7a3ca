"""The grid of the demonstration: what stands in a row lines up, and no row, column or line of it looks torn."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from ssg import dates
from tests.browser.serving import served
from tests.browser.visits import scroll_through
from tests.conftest import Made

ARTICLE = "/2020/01/01/banjir-jakarta/"
TABLET, DESK, WIDE = 768, 1280, 1440  # pixels

# Rectangles (left, right, top, bottom, in whole pixels) of the elements of a selector; of each line of a text with `lines`.
_BOXES = """([selector, lines]) => [...document.querySelectorAll(selector)].map((element) => {
  const boxes = lines ? [...element.getClientRects()] : [element.getBoundingClientRect()];
  return boxes.map(({ left, right, top, bottom }) => [left, right, top + scrollY, bottom + scrollY].map(Math.round));
})"""

Look = Callable[[str, int], Page]

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def look(chromium: Browser, demonstration: Made) -> Iterator[Look]:
    """Opens a page of the demonstration at a width, read to its end."""
    with served(demonstration.output) as origin, chromium.new_context() as context:
        page = context.new_page()

        def opened(address: str, width: int) -> Page:
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(origin + address)
            scroll_through(page)
            page.evaluate("() => scrollTo(0, 0)")
            return page

        yield opened


def boxes(page: Page, selector: str) -> list[list[int]]:
    """Where the elements of a selector stand: left, right, top, bottom."""
    found: list[list[list[int]]] = page.evaluate(_BOXES, [selector, False])
    assert found, selector
    return [box for (box,) in found]


def lines(page: Page, selector: str) -> list[list[list[int]]]:
    """Where each line of each element of a selector stands."""
    found: list[list[list[int]]] = page.evaluate(_BOXES, [selector, True])
    assert found, selector
    return found


def by_row(found: list[Any], top: Callable[[Any], int]) -> list[list[Any]]:
    """What is seen, put together by the height at which it begins."""
    rows: dict[int, list[Any]] = {}
    for one in found:
        rows.setdefault(top(one), []).append(one)
    return list(rows.values())


@pytest.mark.parametrize("width", [TABLET, DESK, WIDE])
@pytest.mark.parametrize("address", ["/", "/kabar-daerah/"])
def test_in_a_row_of_sections_pictures_are_of_one_size_and_headlines_of_one_height(
    look: Look, address: str, width: int
) -> None:
    """However long the words are that stand below."""
    page = look(address, width)
    blocks = page.locator(".sections > .block:has(.pictured)")
    together = blocks.evaluate_all(
        """(blocks) => blocks.map((block) => ["h2", "img", ".headline"].map((part) => {
          const { top, width, height } = block.querySelector(part).getBoundingClientRect();
          return [top, width, part === "img" ? height : 0].map(Math.round);
        }))"""
    )
    assert together
    for row in by_row(together, lambda block: block[0][0]):
        for block in row:
            for part, first in zip(block, row[0], strict=True):
                assert part == pytest.approx(first, abs=1), row  # less is rounding


@pytest.mark.parametrize("width", [320, 360])
def test_no_word_of_the_site_s_name_or_of_a_calendar_s_days_is_broken(look: Look, width: int) -> None:
    """However narrow the screen is."""
    lines_of_words = look("/2022/11/", width).evaluate(
        """(texts) => Object.entries(texts).map(([selector, text]) => {
          const shown = document.querySelector(selector);
          shown.textContent = text;
          const range = document.createRange();
          return text.split(" ").map((word) => {
            range.setStart(shown.firstChild, text.indexOf(word));
            range.setEnd(shown.firstChild, text.indexOf(word) + word.length);
            return range.getClientRects().length;
          });
        })""",
        {".masthead .site-name a": "Digital.gov News", ".calendar th": "Minggu"},
    )
    assert lines_of_words == [[1, 1], [1]]


@pytest.mark.parametrize("address", ["/", "/kabar-daerah/"])
def test_no_article_is_told_twice(look: Look, address: str) -> None:
    """Not even one of two regions, or one that leads and is among the newest; the most read alone are what they are."""
    links = look(address, DESK).locator("main .block:not(.popular) li a, main .headline a")
    addresses = links.evaluate_all("(links) => links.map((link) => link.getAttribute('href'))")
    assert len(addresses) > 15
    assert sorted(set(addresses)) == sorted(addresses)


@pytest.mark.parametrize("address", ["/pilihan/", "/terpopuler/", "/terkini/", "/tag/joko-widodo/"])
def test_a_list_leaves_no_cell_empty(look: Look, address: str) -> None:
    """Its last article stands in the second column, or has a row to itself; and no headline crosses the gutter."""
    page = look(address, DESK)
    [(left, right, *_)] = boxes(page, ".listed")
    middle = (left + right) / 2
    assert boxes(page, ".listed > li:last-child")[0][1] == right
    headlines = boxes(page, ".listed > li:not(:has([fetchpriority])) .headline")
    assert all(end <= middle or begin >= middle for begin, end, *_ in headlines)


@pytest.mark.parametrize("width", [390, DESK])
def test_ranks_hang_before_their_headlines(look: Look, width: int) -> None:
    """No line of a headline runs below the number."""
    for headline in lines(look("/terpopuler/", width), ".ranked .headline a"):
        assert len({left for left, *_ in headline}) == 1


@pytest.mark.parametrize("width", [DESK, WIDE])
def test_where_the_side_column_ends_all_that_follows_is_as_wide_as_the_page(look: Look, width: int) -> None:
    """Below an article no half of the page is empty, and nothing lies over anything."""
    page = look(ARTICLE, width)
    ((left, right, *_),) = boxes(page, ".columns")
    ((*_, end),) = boxes(page, ".beside")
    for part in (".related", "main > .pager", ".below"):
        ((part_left, part_right, top, _),) = boxes(page, part)
        assert (part_left, part_right) == (left, right), part
        assert top >= end, part


def test_beside_an_article_every_entry_has_the_same_space(look: Look) -> None:
    """A block that is kept as high as it was does not stretch what stands in it."""
    spaces = (
        look(ARTICLE, DESK)
        .locator(".beside li")
        .evaluate_all(
            """(entries) => entries.map((entry) => {
          const day = entry.querySelector("time").getBoundingClientRect();
          return Math.round(entry.getBoundingClientRect().bottom - day.bottom);
        })"""
        )
    )
    assert len(spaces) > 10
    assert len(set(spaces)) == 1


@pytest.mark.parametrize("address", ["/tentang/", "/redaksi/", "/koreksi/"])
def test_a_page_without_a_date_stands_in_the_middle(look: Look, address: str) -> None:
    """Its text below its heading, with the same room on both sides."""
    page = look(address, DESK)
    ((heading, *_),) = boxes(page, "h1")
    ((left, right, *_),) = boxes(page, ".body")
    assert heading == left
    assert abs(left - (DESK - right)) <= 1


@pytest.mark.parametrize("width", [320, 390, DESK])
def test_the_years_fill_their_rows(look: Look, width: int) -> None:
    """No year stands alone in the last row, and the months fill theirs."""
    page = look("/2022/", width)
    for entries in (".year-row li", ".months li"):
        rows = by_row(boxes(page, entries), lambda box: box[2])
        assert len({len(row) for row in rows}) == 1, entries


@pytest.mark.parametrize("address", [ARTICLE, "/pilihan/", "/2022/11/", "/kabar-daerah/"])
def test_no_line_ends_inside_a_day(look: Look, address: str) -> None:
    """A day stands with its month and year wherever a reader sees it."""
    words = look(address, DESK).evaluate("() => document.body.textContent")
    months = [dates.month_name(month, "id") for month in range(1, 13)]
    assert any(f"\u00a0{month}\u00a0" in words for month in months) or address == "/2022/11/"
    assert [month for month in months for digit in range(10) if f"{digit} {month}" in words] == []


@pytest.mark.parametrize("width", [320, TABLET, DESK, WIDE])
def test_a_running_story_stands_along_one_line(look: Look, width: int) -> None:
    """Days and headlines begin at one edge, photos of one size end at the other; years stand left where there is room."""
    page = look("/kisah/pandemi-covid-19/", width)
    dates, headlines, photos = (boxes(page, f".timeline {part}") for part in ("time", ".headline", "img"))
    assert {left for left, *_ in dates} == {left for left, *_ in headlines} == {headlines[0][0]}
    assert len({(left, right) for left, right, *_ in photos}) == 1
    assert len({bottom - top for *_, top, bottom in photos}) <= 2  # which are neighbours, by rounding
    assert width == 320 or max(right for _, right, *_ in headlines) < photos[0][0]
    assert photos[0][1] == boxes(page, ".term")[0][1]
    (_, year, *_), line = boxes(page, ".steps h2")[0], boxes(page, ".timeline")[0][0]
    assert (year < line) == (width != 320)


@pytest.mark.parametrize("width", [320, TABLET, DESK, WIDE])
def test_the_steps_of_a_story_below_an_article_stand_along_one_line(look: Look, width: int) -> None:
    """Which runs down where the page is narrow, and across where it is wide; the article that is read is named as such."""
    page = look("/2023/05/05/who-darurat-berakhir/", width)
    dates = boxes(page, ".story .timeline time")
    assert len(dates) == 5
    across = width not in (320, TABLET)
    assert len({top if across else left for left, _, top, _ in dates}) == 1
    assert page.locator(".story [aria-current] .here").inner_text() == "Sedang dibaca"
