"""RSS 2.0 feeds, written by feedgen, with what feedgen gets wrong put right by its own extension mechanism."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import msgspec
from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.ext.dc import DcEntryExtension, DcExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from ssg.rendering.moments import rfc822


class Enclosure(msgspec.Struct, frozen=True):
    """The photo that goes with an item: its absolute address, its true size in bytes, its media type."""

    url: str
    length: int
    type: str


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One article in a feed. `link` is absolute, as are the addresses in `html`; `summary` is plain text; dates are aware."""

    guid: str
    title: str
    link: str
    date: datetime
    html: str
    updated: datetime | None = None
    summary: str = ""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    enclosure: Enclosure | None = None


class Feed(msgspec.Struct, frozen=True, kw_only=True):
    """A channel: `link` is the page that it follows, `self_link` its own address (both absolute), `items` newest first.

    `language` is a BCP 47 code.
    """

    title: str
    link: str
    self_link: str
    language: str
    description: str = ""
    items: tuple[Item, ...] = ()


def rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0 (rssboard.org, 2.0.11) in UTF-8, with full texts, and with the latest date in it as `lastBuildDate`.

    Characters that XML 1.0 cannot hold are left out. Nothing is asked of the clock, the zone or the locale.
    """
    generator = FeedGenerator()
    generator.register_extension("dc", DcExtension, DcEntryExtension, atom=False)
    generator.register_extension("ours", _Channel, _Entry, atom=False)
    generator.title(_text(feed.title) or feed.link)
    # the channel's <link> becomes the last link of any kind, so the page comes last
    generator.link(href=_text(feed.self_link), rel="self", type="application/rss+xml")
    generator.link(href=_text(feed.link), rel="alternate")
    generator.description(_text(feed.description) or _text(feed.title) or feed.link)
    generator.language(feed.language)
    generator.generator("ssg")
    generator.docs("")
    generator.lastBuildDate(_NEVER)
    moments = [moment for item in feed.items for moment in (item.date, item.updated) if moment]
    generator.ours.built = max(moments, default=None)
    for item in feed.items:
        _add(generator.add_entry(order="append"), item)  # by default feedgen puts each item before the last
    written: bytes = generator.rss_str(pretty=False)
    return written


def _add(entry: FeedEntry, item: Item) -> None:
    entry.title(_text(item.title) or _text(item.link))
    entry.link(href=_text(item.link))
    entry.guid(_text(item.guid), permalink=False)
    if summary := _text(item.summary):
        entry.description(summary)
    if html := _text(item.html):
        entry.content(html, type="CDATA")  # lxml cuts a `]]>` in two
    entry.category([{"term": _text(category)} for category in item.categories])
    if item.enclosure:
        entry.enclosure(_text(item.enclosure.url), item.enclosure.length, item.enclosure.type)
    entry.dc.dc_creator([_text(author) for author in item.authors])  # an <author> must be an e-mail address
    entry.ours.date, entry.ours.misnamed = item.date, bool(html and not summary)


# What XML 1.0 (fifth edition, 2.2) does not count among characters; feedgen refuses a text that holds one.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def _text(text: str) -> str:
    return _UNWRITABLE.sub("", text)


class _Never(datetime):
    """A moment that is false: feedgen writes none instead of "now", and sets no locale to write it in."""

    def __bool__(self) -> bool:
        return False


_NEVER = _Never(1970, 1, 1, tzinfo=UTC)
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"


class _Channel(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Writes `lastBuildDate`, which feedgen would write by setting the process's locale."""

    built: datetime | None = None

    def extend_rss(self, feed: Any) -> Any:
        if self.built:
            xml_elem("lastBuildDate", feed[0]).text = rfc822(self.built)
        return feed


class _Entry(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """Writes `pubDate`, for the same reason, and mends the name of the full text.

    `misnamed`: the item has no summary, and then feedgen calls the full text its description.
    """

    date: datetime
    misnamed: bool

    def extend_rss(self, item: Any) -> Any:
        xml_elem("pubDate", item).text = rfc822(self.date)
        if self.misnamed:
            item.find("description").tag = _ENCODED
        return item
