"""What an address in a link means, and how it stands in a page."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssg.model import Target
from ssg.reading.links import RefusedLinkError, settle
from tests.conftest import Made


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("https://a.example/b?c=d#e", "https://a.example/b?c=d#e"),
        ("https://a.example/b c/{d}", "https://a.example/b%20c/%7Bd%7D"),
        ("https://a.example/##11", "https://a.example/#%2311"),
        ("https://a.example/%23?q#a#b", "https://a.example/%23?q#a%23b"),
        ("//a.example/#", "https://a.example/#"),
        (" https://a.example/\n", "https://a.example/"),
    ],
)
def test_an_address_of_the_web_holds_only_what_an_address_may(written: str, expected: str) -> None:
    """Signs that RFC 3986 does not allow are percent-encoded, so that the page is valid and the link leads where it did."""
    assert settle(written, "2021", 1) == expected


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("b%20c.md#a%20b", Target("path", "2021/b c.md", "a b", 1)),
        ("/tag/caf%C3%A9/", Target("site", "/tag/café/", "", 1)),
        ("/cari/?q=a%20b", Target("site", "/cari/?q=a%20b", "", 1)),
        ("#satu", Target("page", "", "satu", 1)),
    ],
)
def test_an_address_of_the_site_is_a_target(written: str, expected: Target) -> None:
    """What only the archive knows is left to it, decoded, but for a query, which is as it was written."""
    assert settle(written, "2021", 1) == expected


def test_a_script_is_no_address() -> None:
    """An address that would run something is refused, whatever signs hide it."""
    with pytest.raises(RefusedLinkError, match="javascript"):
        settle(" java\nscript:alert(1)", "2021", 1)


_CARELESS = """\
-- content/a.md --
---
title: A
date: 2021-12-30
---

[satu](</tag/nato/#a b{c}>) [dua](</berkas.png?a b|c>) [tiga](/tag/caf%C3%A9%20a%23/) [empat](<#bagian é>)
[lima](<b.md#a b>) <a href="http://%20http//salah.example/" rel="nofollow">enam</a>

## Bagian pertama

##

<h3>&nbsp;</h3>

## Bagian kedua
-- content/b.md --
---
title: B
date: 2021-12-29
---

B.
"""


def test_a_careless_link_is_a_valid_one_on_the_page(site: Callable[[str], Made]) -> None:
    """Paths, queries and fragments of the site's own links are encoded as RFC 3986 asks, and what is right stays as it is."""
    page = site(_CARELESS).build().page("/2021/12/30/a/")
    assert [href for text, href in page.links() if text in ("satu", "dua", "tiga", "empat", "lima")] == [
        "/tag/nato/#a%20b%7Bc%7D",
        "/berkas.png?a%20b%7Cc",
        "/tag/caf%C3%A9%20a%23/",
        "#bagian%20%C3%A9",
        "/2021/12/29/b/#a%20b",
    ]


def test_what_leads_nowhere_says_nothing_of_where_it_leads(site: Callable[[str], Made]) -> None:
    """An author's `<a>` whose address is none keeps its words, without the `rel` that asks for an address (HTML, 4.6.2)."""
    link = next(e for e in site(_CARELESS).build().page("/2021/12/30/a/").find("a") if e.text == "enam")
    assert link.attributes == {}


def test_a_heading_without_words_is_not_there(site: Callable[[str], Made]) -> None:
    """Nobody is led to an empty heading (WCAG 2.2, 2.4.6), whether Markdown or HTML has it."""
    page = site(_CARELESS).build().page("/2021/12/30/a/")
    assert [e.text for tag in ("h2", "h3") for e in page.find(tag) if "article" in e.above] == [
        "Bagian pertama",
        "Bagian kedua",
    ]
