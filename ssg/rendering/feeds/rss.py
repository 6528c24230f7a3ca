"""RSS 2.0 feeds, written by feedgen, with what feedgen gets wrong put right by its own extension mechanism."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from html import escape
from types import MappingProxyType
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.ext.dc import DcEntryExtension, DcExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from ssg.rendering.feeds.items import HISTORY, Enclosure, Feed, Item, cleared, fitting, styled
from ssg.rendering.moments import rfc822


def rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0 (rssboard.org, 2.0.11, and its best practices profile) in UTF-8, with full texts, with photos as
    Media RSS too (rssboard.org, 1.5.1), and with the latest date in it as `lastBuildDate`.

    Of items that would make it longer than `MOST` the oldest are left out, but never all. So are characters that XML 1.0 cannot
    hold. Nothing is asked of the clock, the zone or the locale.
    """
    return fitting(feed, _rss)


def _rss(feed: Feed) -> bytes:
    generator = FeedGenerator()
    generator.register_extension("dc", DcExtension, DcEntryExtension, atom=False)
    generator.register_extension("ours", _Channel, _Entry, atom=False)
    generator.title(cleared(feed.title) or feed.link)
    # the channel's <link> becomes the last link of any kind, so the page comes last
    generator.link(href=cleared(feed.self_link), rel="self", type="application/rss+xml")
    generator.link(href=cleared(feed.link), rel="alternate")
    generator.description(cleared(feed.description) or cleared(feed.title) or feed.link)
    generator.language(feed.language)
    generator.generator("ssg")
    generator.docs("")
    generator.lastBuildDate(_NEVER)
    moments = [moment for item in feed.items for moment in (item.date, item.updated) if moment]
    generator.ours.built = max(moments, default=None)
    links = {"hub": feed.hub, "prev-archive": feed.earlier, "current": feed.current}
    generator.ours.links = {rel: cleared(address) for rel, address in links.items() if address}
    generator.ours.archive = bool(feed.current)
    for item in feed.items:
        _add(generator.add_entry(order="append"), item)  # by default feedgen puts each item before the last
    return styled(generator.rss_str(pretty=False), feed)


def _add(entry: FeedEntry, item: Item) -> None:
    entry.title(cleared(item.title) or cleared(item.link))
    entry.link(href=cleared(item.link))
    entry.guid(cleared(item.guid), permalink=False)
    # A description is HTML (RSS Advisory Board, best practices profile), and has to stand before the full text.
    entry.description(escape(cleared(item.summary) or cleared(item.title) or cleared(item.link), quote=False))
    if html := cleared(item.html):
        entry.content(html, type="CDATA")  # lxml cuts a `]]>` in two
    entry.category([{"term": cleared(category)} for category in item.categories])
    if item.enclosure:
        entry.enclosure(cleared(item.enclosure.url), item.enclosure.length, item.enclosure.type)
    entry.dc.dc_creator([cleared(author) for author in item.authors])  # an <author> must be an e-mail address
    entry.ours.date, entry.ours.photo = item.date, item.enclosure


class _Never(datetime):
    """A moment that is false: feedgen writes none instead of "now", and sets no locale to write it in."""

    def __bool__(self) -> bool:
        return False


_NEVER = _Never(1970, 1, 1, tzinfo=UTC)
_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
_MEDIA = "http://search.yahoo.com/mrss/"


class _Channel(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Writes `lastBuildDate`, which feedgen would write by setting the process's locale, and the links that it leaves out: to a
    hub, and through the archive, of which each document says that it is one."""

    built: datetime | None = None
    links: Mapping[str, str] = MappingProxyType({})
    archive: bool = False

    def extend_ns(self) -> dict[str, str]:
        return {"media": _MEDIA} | ({"fh": HISTORY} if self.archive else {})

    def extend_rss(self, feed: Any) -> Any:
        channel = feed[0]
        if self.archive:
            channel.find(_ATOM_LINK).addnext(xml_elem(f"{{{HISTORY}}}archive"))
        for rel, address in reversed(list(self.links.items())):
            channel.find(_ATOM_LINK).addnext(xml_elem(_ATOM_LINK, href=address, rel=rel))
        if self.built:
            xml_elem("lastBuildDate", channel).text = rfc822(self.built)
        return feed


class _Entry(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """Writes `pubDate`, for the same reason, and the photo as `media:content` with its description and credit, for which
    feedgen has no place."""

    date: datetime
    photo: Enclosure | None

    def extend_rss(self, item: Any) -> Any:
        xml_elem("pubDate", item).text = rfc822(self.date)
        if self.photo:
            _add_media(item, self.photo)
        return item


def _add_media(item: Any, photo: Enclosure) -> None:
    sizes = {"fileSize": str(photo.length), "width": str(photo.width), "height": str(photo.height)}
    content = xml_elem(f"{{{_MEDIA}}}content", item, url=cleared(photo.url), type=photo.type, medium="image", **sizes)
    if description := cleared(photo.description):
        xml_elem(f"{{{_MEDIA}}}description", content, type="plain").text = description
    if credit := cleared(photo.credit):
        xml_elem(f"{{{_MEDIA}}}credit", content).text = credit
