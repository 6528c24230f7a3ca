"""Feeds: what a reader gets back, and the faults of feedgen that must not reach it."""

from __future__ import annotations

import json
import locale
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import pytest

from ssg.rendering.feeds import MOST, Enclosure, Feed, Item, atom, json_feed, rss

WIB = timezone(timedelta(hours=7))
ATOM = "{http://www.w3.org/2005/Atom}link"
ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
MEDIA = "{http://search.yahoo.com/mrss/}"
CREATOR = "{http://purl.org/dc/elements/1.1/}creator"


def item(**fields: Any) -> Item:
    given: dict[str, Any] = {
        "guid": "tag:kabar.example,2026:2021/12/a",
        "title": "Panggilan Biden & Putin",
        "link": "https://kabar.example/2021/12/30/a/",
        "date": datetime(2021, 12, 30, 19, 29, tzinfo=WIB),
        "html": "<p>Kedua presiden <em>berbicara</em>.</p>",
        "summary": "Dua presiden, 5 < 6 & seterusnya.",
    }
    return Item(**given | fields)


def photo(**fields: Any) -> Enclosure:
    given: dict[str, Any] = {
        "url": "https://kabar.example/2021/12/30/a/foto.jpg",
        "length": 48_211,
        "type": "image/jpeg",
        "width": 1200,
        "height": 800,
    }
    return Enclosure(**given | fields)


def full(**fields: Any) -> Item:
    """An item with a value in every field."""
    given: dict[str, Any] = {
        "updated": datetime(2022, 1, 2, 8, 0, tzinfo=WIB),
        "authors": ("M. Haidar", "Sri Wahyuni"),
        "categories": ("nato", "amerika & rusia"),
        "enclosure": photo(),
    }
    return item(**given | fields)


def feed(*items: Item, **fields: Any) -> Feed:
    given: dict[str, Any] = {
        "id": "tag:kabar.example,2026:feed:/feed.xml",
        "title": "Kabar",
        "link": "https://kabar.example/",
        "self_link": "https://kabar.example/feed.xml",
        "publisher": "Kabar",
        "description": "Berita dari daerah",
        "language": "id",
        "minted": datetime(2026, 11, 1, tzinfo=UTC),
    }
    return Feed(items=items, **given | fields)


def channel(written: bytes) -> ElementTree.Element:
    found = ElementTree.fromstring(written).find("channel")
    assert found is not None
    return found


def parsed(written: bytes) -> Any:
    found = feedparser.parse(written)
    assert found.bozo == 0, found.get("bozo_exception")
    return found


def test_every_field_comes_back_to_a_reader() -> None:
    """A feed reader gets every field of channel and item as it was given."""
    whole = full()
    found = parsed(rss(feed(whole)))
    assert found.version == "rss20"
    assert found.feed.title == "Kabar"
    assert found.feed.link == "https://kabar.example/"
    assert found.feed.description == "Berita dari daerah"
    assert found.feed.language == "id"
    assert found.feed.generator == "ssg"
    [entry] = found.entries
    assert entry.id == whole.guid
    assert entry.guidislink is False
    assert entry.title == whole.title
    assert entry.link == whole.link
    assert entry.published == "Thu, 30 Dec 2021 19:29:00 +0700"
    assert [author["name"] for author in entry.authors] == ["M. Haidar", "Sri Wahyuni"]
    assert [tag.term for tag in entry.tags] == ["nato", "amerika & rusia"]
    assert [dict(entry.enclosures[0])[key] for key in ("href", "length", "type")] == [
        "https://kabar.example/2021/12/30/a/foto.jpg",
        "48211",
        "image/jpeg",
    ]
    assert entry.content[0].value == whole.html
    description = channel(rss(feed(whole))).findtext("item/description")
    assert description == "Dua presiden, 5 &lt; 6 &amp; seterusnya.", "it is HTML"


def test_the_bytes_of_a_feed_stay_as_they_are() -> None:
    """The whole of a small feed, byte for byte, on one line of UTF-8."""
    small = feed(item(title="Café", summary="Ringkas", html="<p>é</p>", authors=("Ida",)))
    assert rss(small).decode() == (
        "<?xml version='1.0' encoding='UTF-8'?>\n"
        '<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:media="http://search.yahoo.com/mrss/"'
        ' xmlns:atom="http://www.w3.org/2005/Atom"'
        ' xmlns:content="http://purl.org/rss/1.0/modules/content/" version="2.0"><channel><title>Kabar</title>'
        "<link>https://kabar.example/</link><description>Berita dari daerah</description>"
        '<atom:link href="https://kabar.example/feed.xml" rel="self" type="application/rss+xml"/>'
        "<generator>ssg</generator><language>id</language>"
        "<lastBuildDate>Thu, 30 Dec 2021 19:29:00 +0700</lastBuildDate>"
        "<item><title>Café</title><link>https://kabar.example/2021/12/30/a/</link>"
        "<description>Ringkas</description><content:encoded><![CDATA[<p>é</p>]]></content:encoded>"
        '<guid isPermaLink="false">tag:kabar.example,2026:2021/12/a</guid>'
        "<dc:creator>Ida</dc:creator><pubDate>Thu, 30 Dec 2021 19:29:00 +0700</pubDate></item></channel></rss>"
    )


def test_feedgen_1_2_3_self_and_page_links_keep_their_places() -> None:
    """feedgen makes the last link of any rel the channel's; here the page stays the link, the feed is `self`."""
    found = channel(rss(feed()))
    assert [link.text for link in found.findall("link")] == ["https://kabar.example/"]
    assert [link.attrib for link in found.findall(ATOM)] == [
        {"href": "https://kabar.example/feed.xml", "rel": "self", "type": "application/rss+xml"}
    ]


def test_feedgen_3_the_hub_reaches_rss() -> None:
    """feedgen writes the first `self` link alone into RSS; here a WebSub hub stands beside it (W3C WebSub, 4: discovery)."""
    found = channel(rss(feed(hub="https://hub.example/")))
    assert [(link.attrib["rel"], link.attrib["href"]) for link in found.findall(ATOM)] == [
        ("self", "https://kabar.example/feed.xml"),
        ("hub", "https://hub.example/"),
    ]


def test_feedgen_7_a_photo_comes_with_its_words_and_its_maker() -> None:
    """feedgen's Media RSS knows neither description nor credit, and wraps all in a group that readers pass over."""
    whole = photo(description="Kedua <presiden>", credit="Ida & Co")
    [content] = channel(rss(feed(item(enclosure=whole)))).findall(f"item/{MEDIA}content")
    assert content.attrib == {
        "url": "https://kabar.example/2021/12/30/a/foto.jpg",
        "type": "image/jpeg",
        "medium": "image",
        "fileSize": "48211",
        "width": "1200",
        "height": "800",
    }
    assert [(child.tag, child.text) for child in content] == [
        (f"{MEDIA}description", "Kedua <presiden>"),
        (f"{MEDIA}credit", "Ida & Co"),
    ]
    [entry] = parsed(rss(feed(item(enclosure=whole)))).entries
    assert entry.media_content[0]["url"] == "https://kabar.example/2021/12/30/a/foto.jpg"
    assert entry.media_credit[0]["content"] == "Ida & Co"
    assert list(channel(rss(feed(item(enclosure=photo())))).find(f"item/{MEDIA}content") or []) == []


def test_feedgen_5_authors_without_an_address_stay() -> None:
    """feedgen drops an author without an e-mail address; here each is a dc:creator, in order, and none is an <author>."""
    found = channel(rss(feed(item(authors=("B", "A")))))
    assert [creator.text for creator in found.iter(CREATOR)] == ["B", "A"]
    assert found.find("item/author") is None
    assert channel(rss(feed(item()))).find(f"item/{CREATOR}") is None


def test_feedgen_8_items_keep_their_order() -> None:
    """feedgen puts each entry before the last one; here the newest, given first, stays first."""
    found = parsed(rss(feed(*(item(guid=f"tag:a,2026:{n}") for n in (3, 2, 1)))))
    assert [entry.id for entry in found.entries] == ["tag:a,2026:3", "tag:a,2026:2", "tag:a,2026:1"]


def test_feedgen_9_the_build_date_is_the_latest_moment_in_the_feed() -> None:
    """feedgen dates a feed by the clock; here it is the latest of all dates and updates, compared as moments."""
    old_but_mended = item(date=datetime(2020, 1, 1, tzinfo=WIB), updated=datetime(2022, 1, 1, 23, 0, tzinfo=WIB))
    newest = item(date=datetime(2022, 1, 1, 15, 59, tzinfo=UTC))
    assert channel(rss(feed(newest, old_but_mended))).findtext("lastBuildDate") == "Sat, 01 Jan 2022 23:00:00 +0700"
    assert channel(rss(feed(newest))).findtext("lastBuildDate") == "Sat, 01 Jan 2022 15:59:00 +0000"


def test_feedgen_9_a_feed_without_items_has_no_build_date() -> None:
    """A feed with no items is valid and says nothing of a date that nobody knows."""
    written = rss(feed())
    assert parsed(written).entries == []
    assert channel(written).find("lastBuildDate") is None
    assert b"pubDate" not in written


def test_feedgen_10_control_characters_are_left_out() -> None:
    """feedgen raises ValueError at a character that XML cannot hold; here it goes and the rest stays."""
    bad = "a\x00b\x0bc\x1fd\ufffee\uffff\ud800f\x7f\tg"
    written = rss(
        feed(item(title=bad, summary=bad, html=f"<p>{bad}</p>", authors=(bad,), categories=(bad,)), title=bad, description=bad)
    )
    [entry] = parsed(written).entries
    assert entry.title == "abcdef\x7f\tg"
    assert entry.content[0].value == "<p>abcdef\x7f\tg</p>"
    assert channel(written).findtext("title") == "abcdef\x7f\tg"


def test_texts_of_control_characters_alone_do_not_break_a_feed() -> None:
    """What is empty once the unwritable characters are gone is left out, title and description fall back to the address."""
    written = rss(feed(item(title="\x01", summary="\x02", html="\x03"), title="\x04", description="\x05"))
    found = channel(written)
    assert found.findtext("title") == "https://kabar.example/"
    assert found.findtext("item/title") == "https://kabar.example/2021/12/30/a/"
    assert found.findtext("item/description") == "https://kabar.example/2021/12/30/a/"
    assert found.find(f"item/{ENCODED}") is None


def test_feedgen_11_the_process_keeps_its_locale(monkeypatch: pytest.MonkeyPatch) -> None:
    """feedgen sets the locale of the process for every date; here nobody asks for it, with items or without."""

    def touched(*_: object) -> str:
        raise AssertionError("somebody touched the locale")

    monkeypatch.setattr(locale, "setlocale", touched)
    assert b"Thu, 30 Dec 2021" in rss(feed(item(updated=datetime(2021, 12, 30, 20, tzinfo=WIB))))
    assert parsed(rss(feed())).entries == []


def test_locale_zone_and_hash_seed_change_no_byte() -> None:
    """Processes in differing locales, zones and hash seeds write the same feed."""
    program = (
        "import locale, sys; locale.setlocale(locale.LC_ALL, '')\n"
        "from test_feeds import feed, item, rss\n"
        "sys.stdout.buffer.write(rss(feed(item(authors=('Ida',), categories=('a', 'b', 'c')))))"
    )
    folders = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    written = set()
    for number, (words, zone) in enumerate([("C", "America/New_York"), ("C.UTF-8", "Asia/Jayapura")]):
        environment = {"LC_ALL": words, "TZ": zone, "PYTHONHASHSEED": str(number), "PYTHONPATH": folders}
        written.add(subprocess.run([sys.executable, "-c", program], env=environment, check=True, capture_output=True).stdout)
    assert written == {rss(feed(item(authors=("Ida",), categories=("a", "b", "c"))))}


def test_the_description_stands_before_the_full_text() -> None:
    """The W3C validator wants description before content:encoded, since readers take the first for a teaser."""
    tags = [element.tag for element in channel(rss(feed(item())))[-1]]
    assert tags.index("description") < tags.index(ENCODED)


def test_an_item_without_summary_keeps_its_full_text_apart() -> None:
    """feedgen calls a full text without summary the description; here the headline is that, and the text stands behind it."""
    [entry] = parsed(rss(feed(item(summary="")))).entries
    assert entry.content[0].value == "<p>Kedua presiden <em>berbicara</em>.</p>"
    assert channel(rss(feed(item(summary="")))).findtext("item/description") == "Panggilan Biden &amp; Putin"


@pytest.mark.parametrize("text", ["a]]>b", "]]>", "<![CDATA[x]]>", "]]]]>>", "&amp;]]&gt;<br/>"])
def test_the_end_of_cdata_inside_a_text_is_safe(text: str) -> None:
    """A text that holds the end of a CDATA section comes back as it was."""
    assert channel(rss(feed(item(html=text)))).findtext(f"item/{ENCODED}") == text


def test_a_channel_is_never_without_description() -> None:
    """RSS asks for a description: a site that has none shows its title there."""
    assert channel(rss(feed(description=""))).findtext("description") == "Kabar"


@pytest.mark.parametrize(
    ("offset", "written"),
    [
        (timedelta(hours=7), "Thu, 30 Dec 2021 19:29:00 +0700"),
        (timedelta(hours=-5, minutes=-30), "Thu, 30 Dec 2021 19:29:00 -0530"),
        (timedelta(0), "Thu, 30 Dec 2021 19:29:00 +0000"),
        (timedelta(hours=7, minutes=7, seconds=12), "Thu, 30 Dec 2021 12:21:48 +0000"),
    ],
)
def test_a_date_stands_in_its_own_offset(offset: timedelta, written: str) -> None:
    """RFC 822 in the date's own offset; one with seconds, which RFC 822 cannot write, becomes the same moment in UTC."""
    moment = datetime(2021, 12, 30, 19, 29, tzinfo=timezone(offset))
    found = channel(rss(feed(item(date=moment)))).findtext("item/pubDate")
    assert found == written
    assert parsedate_to_datetime(found) == moment


def test_no_version_and_no_docs_stand_in_a_feed() -> None:
    """A new release of the program changes no feed."""
    found = channel(rss(feed(item())))
    assert found.findtext("generator") == "ssg"
    assert found.find("docs") is None


# -- Atom


def in_atom(written: bytes, path: str) -> list[ElementTree.Element]:
    return ElementTree.fromstring(written).findall(path, {"": "http://www.w3.org/2005/Atom"})


def test_every_field_comes_back_to_a_reader_of_atom() -> None:
    """As from RSS, and when an article was changed as well."""
    whole = full()
    found = parsed(atom(feed(whole, self_link="https://kabar.example/atom.xml", hub="https://hub.example/")))
    assert found.version == "atom10"
    assert (found.feed.id, found.feed.title, found.feed.link) == (feed().id, "Kabar", "https://kabar.example/")
    assert (found.feed.subtitle, found.feed.generator) == ("Berita dari daerah", "ssg")
    assert found.feed.updated == "2022-01-02T08:00:00+07:00"
    assert {link.rel: link.href for link in found.feed.links} == {
        "alternate": "https://kabar.example/",
        "self": "https://kabar.example/atom.xml",
        "hub": "https://hub.example/",
    }
    [entry] = found.entries
    assert (entry.id, entry.title, entry.link, entry.summary) == (whole.guid, whole.title, whole.link, whole.summary)
    assert (entry.published, entry.updated) == ("2021-12-30T19:29:00+07:00", "2022-01-02T08:00:00+07:00")
    assert [author["name"] for author in entry.authors] == ["M. Haidar", "Sri Wahyuni"]
    assert [tag.term for tag in entry.tags] == ["nato", "amerika & rusia"]
    assert (entry.content[0].type, entry.content[0].value) == ("text/html", whole.html)


def test_feedgen_1_links_of_an_atom_entry_say_what_they_are() -> None:
    """feedgen drops rel, type and length, and a reader takes the photo for the article; here each link has all of its own."""
    links = in_atom(atom(feed(item(enclosure=photo()))), "entry/link")
    assert [link.attrib for link in links] == [
        {"href": "https://kabar.example/2021/12/30/a/", "rel": "alternate", "type": "text/html"},
        {"href": photo().url, "rel": "enclosure", "type": "image/jpeg", "length": "48211"},
    ]


def test_feedgen_4_the_text_of_an_atom_entry_is_html() -> None:
    """feedgen writes `type="CDATA"`, which Atom does not know; here the type is html, and the text comes back as it was."""
    for text in ("<p>a]]>b &amp; c</p>", "<p>Kedua <em>presiden</em></p>"):
        [content] = in_atom(atom(feed(item(html=text))), "entry/content")
        assert (content.attrib, content.text) == ({"type": "html"}, text)


def test_feedgen_9_an_atom_feed_is_never_dated_by_the_clock() -> None:
    """One without items tells when its id was minted, so that it never changes of itself."""
    assert [found.text for found in in_atom(atom(feed()), "updated")] == ["2026-11-01T00:00:00+00:00"]
    assert [found.text for found in in_atom(atom(feed(item())), "entry/updated")] == ["2021-12-30T19:29:00+07:00"]


def test_feedgen_10_and_11_hold_for_atom_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control characters go, and nobody asks for the locale."""

    def touched(*_: object) -> str:
        raise AssertionError("somebody touched the locale")

    monkeypatch.setattr(locale, "setlocale", touched)
    bad = "a\x00b\ufffe"
    written = atom(feed(item(title=bad, summary=bad, html=bad, authors=(bad, "\x01"), categories=(bad, "\x01")), title=bad))
    [entry] = parsed(written).entries
    assert (entry.title, entry.summary, entry.content[0].value, entry.author) == ("ab",) * 4
    assert [tag.term for tag in entry.tags] == ["ab"]


# -- JSON Feed


def test_every_field_comes_back_to_a_reader_of_json() -> None:
    """What JSON Feed 1.1 has a place for."""
    whole = full(enclosure=photo(description="Kedua presiden"))
    written = json_feed(feed(whole, self_link="https://kabar.example/feed.json", hub="https://hub.example/"))
    assert json.loads(written) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Kabar",
        "home_page_url": "https://kabar.example/",
        "feed_url": "https://kabar.example/feed.json",
        "description": "Berita dari daerah",
        "language": "id",
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "items": [
            {
                "id": whole.guid,
                "url": whole.link,
                "title": whole.title,
                "content_html": whole.html,
                "summary": whole.summary,
                "image": photo().url,
                "date_published": "2021-12-30T19:29:00+07:00",
                "date_modified": "2022-01-02T08:00:00+07:00",
                "authors": [{"name": "M. Haidar"}, {"name": "Sri Wahyuni"}],
                "tags": ["nato", "amerika & rusia"],
                "attachments": [
                    {
                        "url": photo().url,
                        "mime_type": "image/jpeg",
                        "size_in_bytes": 48_211,
                        "title": "Kedua presiden",
                    }
                ],
            }
        ],
    }


def test_what_is_empty_is_left_out_of_json_but_items_and_texts() -> None:
    """Their keys must be there (JSON Feed 1.1, "items" and "content_html")."""
    assert json.loads(json_feed(feed(description="")))["items"] == []
    [bare] = json.loads(json_feed(feed(item(summary="", html="\ud800"))))["items"]
    assert bare == {
        "id": item().guid,
        "url": item().link,
        "title": item().title,
        "date_published": "2021-12-30T19:29:00+07:00",
        "content_html": "",
    }


LONG = [item(guid=f"tag:a,2026:{n}", html=f"<p>{'kata ' * 60_000}</p>") for n in range(12)]


@pytest.mark.parametrize("write", [rss, atom, json_feed])
def test_no_format_is_longer_than_two_megabytes(write: Callable[[Feed], bytes]) -> None:
    """As many of the newest items as fit stay, whole."""
    written = write(feed(*LONG))
    assert MOST - 300_000 < len(written) <= MOST


def test_of_a_feed_that_is_too_long_the_oldest_items_go() -> None:
    """Never the newest; a single text that is longer stays alone."""
    kept = [entry.id for entry in parsed(rss(feed(*LONG))).entries]
    assert kept == [f"tag:a,2026:{n}" for n in range(6)]
    alone = parsed(rss(feed(item(html="<p>" + "kata " * 500_000 + "</p>"), item(guid="tag:a,2026:b"))))
    assert [entry.id for entry in alone.entries] == [item().guid]
