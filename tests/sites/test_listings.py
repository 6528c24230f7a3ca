"""Lists of articles: numbered from the oldest, so that an address in a list stays true."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssg.archive.edition import last_numbered
from tests.conftest import Html, Made
from tests.sites.rich import PAGE_SIZE, published

Site = Callable[[str], Made]


def articles(count: int, first: int = 0) -> str:
    """Articles 0, 1, 2 ... of one tag, each an hour younger than the one before; four a day."""
    return "".join(
        f"-- content/a{n:02}.md --\n---\ntitle: A{n:02}\ndate: 2026-01-{n // 4 + 1:02} 1{n % 4}:00\ntags: NATO\n---\n.\n"
        for n in range(first, first + count)
    )


def titles(page: Html) -> list[str]:
    return [element.text for element in page.find("h2", class_="headline")]


def number(address: str) -> str:
    return f"/tag/nato/hal/{address}/" if address else "/tag/nato/"


@pytest.mark.parametrize(
    ("count", "pages"),
    [
        (1, [[0]]),
        (3, [[2, 1, 0]]),
        (5, [[4, 3, 2, 1, 0]]),
        (6, [[5, 4, 3], [2, 1, 0]]),
        (10, [[9, 8, 7, 6], [2, 1, 0], [5, 4, 3]]),
    ],
)
def test_a_list_is_numbered_from_the_oldest(site: Site, count: int, pages: list[list[int]]) -> None:
    """Page 1 holds the first articles; the front what stands on no numbered page yet, from P to 2P-1."""
    made = site(articles(count)).build()
    for place, members in enumerate(pages):
        assert titles(made.page(number(str(place or "")))) == [f"A{n:02}" for n in members]


def test_the_oldest_articles_are_one_step_away(site: Site) -> None:
    """From every page that the next older one does not lead there from."""
    made = site(articles(13)).build()
    oldest = {page: dict(made.page(number(page)).links()).get("Terlama") for page in ("", "3", "2", "1")}
    assert oldest == {"": "/tag/nato/hal/1/", "3": "/tag/nato/hal/1/", "2": None, "1": None}


def test_a_full_page_never_changes_while_articles_come_in(site: Site) -> None:
    """Byte for byte, while the list grows from six articles to fifteen."""
    made = site(articles(6))
    kept: dict[str, str] = {}
    for count in range(6, 16):
        files = made.write(articles(count)).build().files()
        assert {file: files[file] for file in kept} == kept
        assert "has moved" not in made.said
        full = (file for file in files if "/hal/" in file and not made.page(f"/{file}").find("meta", http_equiv="refresh"))
        kept = {file: files[file] for file in full}
    assert len(kept) == 8


def test_the_page_after_the_last_leads_on_to_the_front(site: Site) -> None:
    """So that a numbered page can name the next one before it is there."""
    made = site(articles(7)).build()
    assert ("Lebih baru", "/tag/nato/hal/2/") in made.page(number("1")).links("nav")
    after = made.page(number("2"))
    assert after.one("meta", http_equiv="refresh")["content"] == "0; url=/tag/nato/"
    assert not (made.output / "tag/nato/hal/3/index.html").exists()


def test_the_links_from_page_to_page_lead_through_the_whole_list(site: Site) -> None:
    """From the front by `older` one meets every article once, newest first; `newer` leads back."""
    made = site(articles(14)).build()
    for front in ("/tag/nato/", "/terkini/"):
        address, met, way = front, list[str](), list[str]()
        while address:
            page = made.page(address)
            way.append(address)
            met += titles(page)
            older = [href for text, href in page.links("nav") if text == "Lebih lama"]
            address = older[0] if older else ""
        assert met == [f"A{n:02}" for n in reversed(range(14))]
        back = [way[-1]]
        while len(back) < len(way):
            newer = [href for text, href in made.page(back[-1]).links("nav") if text == "Lebih baru"]
            target = made.page(newer[0])
            leads = target.find("meta", http_equiv="refresh")
            back.append(leads[0]["content"].partition("url=")[2] if leads else newer[0])
        assert back == way[::-1]


@settings(deadline=None)
@given(st.integers(0, 5000), st.integers(1, 100))
def test_the_front_holds_between_one_page_and_two(count: int, size: int) -> None:
    """For any number of articles and any size: numbered pages are full, and the front shows at least one page's worth."""
    last = last_numbered(count, size)
    rest = count - last * size
    assert rest == count if count < size else size <= rest <= 2 * size - 1
    assert last >= 0


@settings(deadline=None)
@given(st.integers(0, 5000), st.integers(1, 100))
def test_one_more_article_never_takes_a_page_away(count: int, size: int) -> None:
    """A numbered page that is there stays, and at most one comes with an article."""
    assert last_numbered(count + 1, size) - last_numbered(count, size) in (0, 1)


def test_backdating_and_deletion_are_told(site: Site) -> None:
    """What moves articles on pages that ought to hold for ever is said, with the pages' addresses."""
    made = site(articles(7, first=1)).build()
    made.write(articles(1)).build()
    assert (
        "Backdating, withdrawal or deletion has moved articles on 2 numbered pages: /tag/nato/hal/1/, /terkini/hal/1/"
        in made.said
    )
    made.build()
    assert "Backdating" not in made.said
    made.remove("content/a01.md").build()
    assert "Backdating, withdrawal or deletion" in made.said


def test_a_day_with_many_articles_is_numbered_too(site: Site) -> None:
    """As any other list."""
    day = "".join(f"-- content/d{n}.md --\n---\ntitle: D{n}\ndate: 2026-01-01 0{n}:00\n---\n.\n" for n in range(7))
    made = site(day).build()
    assert titles(made.page("/2026/01/01/")) == ["D6", "D5", "D4", "D3"]
    assert titles(made.page("/2026/01/01/hal/1/")) == ["D2", "D1", "D0"]


def test_of_two_articles_of_one_moment_the_id_decides(site: Site) -> None:
    """The order of articles is total, whatever the order of files."""
    text = "-- content/{0}.md --\n---\ntitle: {0}\ndate: 2026-01-01\nid: {1}\n---\n.\n"
    made = site(text.format("x", "b") + text.format("y", "a") + text.format("z", "c")).build()
    assert titles(made.page("/terkini/")) == ["z", "x", "y"]


def test_no_page_counts_how_many_there_are(rich: Made) -> None:
    """A number that grows would change every page of a list."""
    assert "1 dari" not in rich.page("/terkini/hal/1/").main
    assert rich.page("/terkini/hal/1/").one("p", class_="part").text.startswith("Bagian 1: 3 Februari 2026")


def test_each_list_holds_what_belongs_to_it(rich: Made) -> None:
    """Expired articles stay in lists; withdrawn ones, drafts and the future do not stand in any."""
    pieces = published()
    assert sum(len(titles(rich.page(f"/terkini/{at}"))) for at in ("", "hal/1/", "hal/2/")) == len(pieces)
    assert len(pieces) // PAGE_SIZE - 1 == 2
    assert titles(rich.page("/rubrik/ekonomi/")) == ["Panen Raya", "Kedaluwarsa", "Harga Beras & Gula"]
    assert titles(rich.page("/editor/siti-aminah/")) == [
        "Gempa Terasa sampai Karawang",
        "Harga Beras & Gula",
        "Jadwal Pemilu: Awal",
    ]
    assert rich.page("/editor/siti-aminah/").one("p", class_="taxonomy").text == "Editor, Penulis"
    assert not (rich.output / "tag/masa-depan").exists()


@pytest.mark.parametrize(
    ("address", "links"),
    [
        ("/tag/", {"/tag/banjir/", "/tag/cuaca/", "/tag/gempa/", "/tag/harga/", "/tag/nato/", "/tag/pemilu/"}),
        ("/rubrik/", {"/rubrik/daerah/", "/rubrik/ekonomi/", "/rubrik/nasional/", "/rubrik/olahraga/"}),
        ("/editor/", {"/editor/budi/", "/editor/m-haidar/", "/editor/siti-aminah/"}),
        ("/daerah/", {"/daerah/bekasi/", "/daerah/karawang/"}),
        ("/2026/", {"/2026/02/", "/2026/03/"}),
        ("/2026/03/", {"/2026/03/01/", "/2026/03/02/", "/2026/03/03/", "/2026/03/04/"}),
    ],
)
def test_each_overview_links_to_all_that_it_is_about(rich: Made, address: str, links: set[str]) -> None:
    """All tags, sections, people and regions; the months of a year, the days of a month."""
    assert links <= {href for _, href in rich.page(address).links()}
