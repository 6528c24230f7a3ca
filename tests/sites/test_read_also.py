"""`Baca Juga` by itself: where its writer put none, a long text leads on to earlier articles that Terkait does not have."""

from __future__ import annotations

import re
from collections.abc import Callable
from zlib import crc32

import pytest

from tests.conftest import SITE_TOML, Made

Site = Callable[[str], Made]

FLOODED = [f"luapan{n}" for n in range(160)]
FILLER = "Rapat berjalan sampai sore dan semua pihak menandatangani berita acara di kantor kecamatan tanpa catatan khusus. " * 3
READ_ALSO = re.compile(r'<p class="read-also"><span class="label">([^<]+):</span> <a href="([^"]+)">([^<]+)</a></p>')


def moment(day: int) -> str:
    """2026/02/17: so many days after the first of January, in months of 28 days."""
    return f"2026/{1 + day // 28:02}/{1 + day % 28:02}"


def article(day: int, *, text: str = "", also: str = "") -> str:
    """An article on one flood, with four in ten of its words in an order of its own, so that none is a copy."""
    some = sorted(FLOODED, key=lambda word: crc32(f"{day} {word}".encode()))[:63]
    parts = [f"Alinea {part}. {FILLER} {' '.join(some[part * 7 : part * 7 + 7])}." for part in range(9)]
    head = f"title: Banjir hari {day}\ndate: {moment(day).replace('/', '-')}"
    return f"-- content/b{day}.md --\n---\n{head}\n---\n{text or (chr(10) * 2).join(parts)}{also}\n"


OTHERS = "".join(
    f"-- content/p{day}.md --\n---\ntitle: Panen {day}\ndate: {moment(day).replace('/', '-')}\n---\nHarga gabah naik{day}.\n"
    for day in range(0, 48, 2)
)
FLOOD = "".join(article(day) for day in range(0, 48, 4)) + OTHERS


def html(made: Made, address: str) -> str:
    return (made.output / address.lstrip("/")).read_text(encoding="utf-8")


def page_of(made: Made, day: int) -> str:
    return html(made, f"/{moment(day)}/b{day}/index.html")


def lines(made: Made, day: int) -> list[str]:
    """Where the lines of an article lead."""
    found = READ_ALSO.findall(page_of(made, day))
    assert all(label == "Baca juga" for label, _, _ in found)
    return [address for _, address, _ in found]


def related(made: Made, day: int) -> list[str]:
    """Where its Terkait leads."""
    return [address for _, address in made.page(f"/{moment(day)}/b{day}/").block("related")]


@pytest.fixture
def flood(site: Site) -> Made:
    """Twelve articles on one flood."""
    return site(f"-- site.toml --\n{SITE_TOML}\n{FLOOD}").build()


def test_a_long_text_leads_on_twice_to_earlier_articles(flood: Made) -> None:
    """Two lines between paragraphs, by title and address, and none of them in Terkait as well; the first articles have none."""
    found = lines(flood, 44)
    assert len(found) == 2
    assert not set(found) & set(related(flood, 44))
    assert len(related(flood, 44)) >= 3
    for day in range(0, 48, 4):
        assert all(address < f"/{moment(day)}/" for address in lines(flood, day))
    assert lines(flood, 0) == []
    page = page_of(flood, 44)
    assert [behind[:3] for behind in READ_ALSO.sub("\0", page).replace("\n", "").split("\0")[1:]] == ["<p>", "<p>"]


def test_the_setting_gives_one_or_none(flood: Made) -> None:
    """`read_also` says how many; with 0 the text has none, and Terkait begins with those that stood there."""
    both, terkait = lines(flood, 44), related(flood, 44)
    flood.write(f"-- site.toml --\n{SITE_TOML}\n[blocks]\nread_also = 1\n").build()
    assert lines(flood, 44) == both[:1]
    flood.write(f"-- site.toml --\n{SITE_TOML}\n[blocks]\nread_also = 0\n").build()
    assert lines(flood, 44) == []
    assert related(flood, 44) == [*both, *terkait[:3]]
    flood.write(f"-- site.toml --\n{SITE_TOML}\n[blocks]\nrelated = 0\n").build()
    assert len(lines(flood, 44)) == 2
    assert related(flood, 44) == []


def test_a_writers_own_line_is_the_only_one(flood: Made) -> None:
    """Where the desk leads on, the program adds nothing; a short text stays whole."""
    flood.write(article(44, also="\n\nBaca juga: [[b0]]")).build()
    assert lines(flood, 44) == ["/2026/01/01/b0/"]
    flood.write(article(44, text=f"{' '.join(FLOODED[:40])}. {FILLER}")).build()
    assert lines(flood, 44) == []


def test_feeds_have_the_writers_lines_alone(flood: Made) -> None:
    """What a subscriber holds must not change with the archive."""
    flood.write(article(40, also="\n\nBaca juga: [[b0]]")).build()
    assert html(flood, "feed.xml").count("read-also") == 1


def test_what_came_later_changes_no_line(flood: Made) -> None:
    """A newcomer comes into no earlier text; the pages are those of a build from scratch."""
    flood.write(article(47)).build("--verify")
    after = {day: lines(flood, day) for day in range(0, 40, 4)}
    assert all("b47" not in address for found in after.values() for address in found)
