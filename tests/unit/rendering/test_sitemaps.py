"""The sitemap, the news sitemap and robots.txt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree

import pytest

from ssg.asking import NewsEntry
from ssg.rendering.sitemaps import news_sitemap, robots, sitemap

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
WIB = timezone(timedelta(hours=7))


def test_a_sitemap_holds_its_addresses_in_order_under_the_right_namespace() -> None:
    """Every address comes back, in the order given, with the moment it changed where one is known."""
    root = ElementTree.fromstring(
        sitemap([("https://a.example/b/", datetime(2021, 12, 30, 19, 29, tzinfo=WIB)), ("https://a.example/a/", None)])
    )
    assert root.tag == f"{NS}urlset"
    assert [[(child.tag, child.text) for child in url] for url in root] == [
        [(f"{NS}loc", "https://a.example/b/"), (f"{NS}lastmod", "2021-12-30T19:29:00+07:00")],
        [(f"{NS}loc", "https://a.example/a/")],
    ]


def test_a_sitemap_escapes_what_the_protocol_names() -> None:
    """The five characters of the protocol are escaped, and come back as they were."""
    address = "https://a.example/?a=1&b='<\">é"
    written = sitemap([(address, None)])
    assert "<loc>https://a.example/?a=1&amp;b=&apos;&lt;&quot;&gt;é</loc>".encode() in written
    assert ElementTree.fromstring(written).findtext(f"{NS}url/{NS}loc") == address


def test_a_moment_is_written_as_w3c_wants_it() -> None:
    """No fractions of a second, UTC with its offset, and no seconds in an offset."""
    jakarta = timezone(timedelta(hours=7, minutes=7, seconds=12))
    written = sitemap(
        [
            ("https://a.example/", datetime(2021, 1, 2, 3, 4, 5, 678, UTC)),
            ("https://b.example/", datetime(1920, 1, 1, tzinfo=jakarta)),
        ]
    )
    assert [found.text for found in ElementTree.fromstring(written).iter(f"{NS}lastmod")] == [
        "2021-01-02T03:04:05+00:00",
        "1919-12-31T16:52:48+00:00",
    ]


def test_an_empty_sitemap_is_well_formed() -> None:
    """A site without a page has a sitemap without an address."""
    assert len(ElementTree.fromstring(sitemap(iter(())))) == 0


def test_robots_lets_crawlers_in_and_names_the_sitemaps() -> None:
    """Any crawler may read any page, and learns where the sitemaps are."""
    rules = RobotFileParser()
    named = ["https://a.example/sitemap.xml", "https://a.example/sitemap-news.xml"]
    rules.parse(robots(named, ()).decode().splitlines())
    assert rules.can_fetch("anybot", "https://a.example/2021/12/30/a/")
    assert rules.site_maps() == named


def test_robots_keeps_out_whom_it_names() -> None:
    """All of them, and nobody else."""
    rules = RobotFileParser()
    rules.parse(robots(["https://a.example/sitemap.xml"], ["GPTBot", "Fox"]).decode().splitlines())
    readers = [name for name in ("GPTBot", "Fox", "Googlebot") if rules.can_fetch(name, "https://a.example/a/")]
    assert readers == ["Googlebot"]


def test_robots_of_a_preview_lets_crawlers_read_that_they_shall_not_index() -> None:
    """A preview names no sitemap, and shuts nobody out from reading the `noindex` on its pages."""
    rules = RobotFileParser()
    rules.parse(robots((), ()).decode().splitlines())
    assert rules.site_maps() is None
    assert rules.can_fetch("anybot", "https://a.example/2021/12/30/a/")


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("id", "id"),
        ("jv-Java", "jv"),
        ("en-GB", "en"),
        ("zh", "zh-cn"),
        ("zh-Hans-CN", "zh-cn"),
        ("zh-Hant", "zh-tw"),
        ("zh-HK", "zh-tw"),
    ],
)
def test_a_news_sitemap_names_languages_as_google_does(code: str, written: str) -> None:
    """Of two or three letters, but for Chinese."""
    entry = NewsEntry("/a/", "A & <B>", code, datetime(2021, 12, 30, 19, 29, tzinfo=WIB), "C & <D>")
    root = ElementTree.fromstring(news_sitemap([("https://a.example/a/", entry)]))
    assert root.findtext(f".//{NEWS}language") == written
    assert (root.findtext(f".//{NEWS}name"), root.findtext(f".//{NEWS}title")) == ("A & <B>", "C & <D>")
