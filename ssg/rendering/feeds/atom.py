"""Atom 1.0 feeds, written by feedgen, with what feedgen gets wrong put right by its own extension mechanism."""

from __future__ import annotations

from typing import Any

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from ssg.rendering.feeds.items import HISTORY, Enclosure, Feed, Item, cleared, fitting, styled
from ssg.rendering.moments import writable

_LINK = "{http://www.w3.org/2005/Atom}link"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def atom(feed: Feed) -> bytes:
    """The feed as Atom 1.0 (RFC 4287) in UTF-8, with full texts; `updated` is the latest date in it, or when its id was minted.

    Of items that would make it too long the oldest are left out (see `items.fitting`). So are characters that XML 1.0 cannot
    hold. Nothing is asked of the clock, the zone or the locale.
    """
    return fitting(feed, _atom)


def _atom(feed: Feed) -> bytes:
    generator = FeedGenerator()
    generator.register_extension("ours", _Feed, _Entry, rss=False)
    generator.ours.archive = bool(feed.current)
    generator.id(cleared(feed.id))
    generator.title(cleared(feed.title) or feed.link)
    if subtitle := cleared(feed.description):
        generator.subtitle(subtitle)
    generator.link(href=cleared(feed.link), rel="alternate", type="text/html")
    generator.link(href=cleared(feed.self_link), rel="self", type="application/atom+xml")
    for rel, address in (("hub", feed.hub), ("prev-archive", feed.earlier), ("current", feed.current)):
        if address:
            generator.link(href=cleared(address), rel=rel)
    generator.author(name=cleared(feed.publisher) or feed.link)  # whose the items are that name nobody
    generator.language(feed.language)
    generator.generator("ssg")
    generator.updated(writable(max((item.updated or item.date for item in feed.items), default=feed.minted)))
    for item in feed.items:
        _add(generator.add_entry(order="append"), item)
    return styled(generator.atom_str(pretty=False), feed)


def _add(entry: FeedEntry, item: Item) -> None:
    entry.id(cleared(item.guid))
    entry.title(cleared(item.title) or cleared(item.link))
    entry.published(writable(item.date))
    entry.updated(writable(item.updated or item.date))
    if summary := cleared(item.summary):
        entry.summary(summary)
    entry.content(cleared(item.html), type="html")  # also where it is empty: feedgen does not know of the link below
    entry.author([{"name": name} for author in item.authors if (name := cleared(author))])
    entry.category([{"term": term} for category in item.categories if (term := cleared(category))])
    entry.ours.link, entry.ours.photo = cleared(item.link), item.enclosure


class _Feed(BaseExtension):  # type: ignore[misc]  # feedgen has no types
    """Says of a document of the archive that it is one."""

    archive: bool = False

    def extend_ns(self) -> dict[str, str]:
        return {"fh": HISTORY} if self.archive else {}

    def extend_atom(self, feed: Any) -> Any:
        if self.archive:
            feed.insert(0, xml_elem(f"{{{HISTORY}}}archive"))
        return feed


class _Entry(BaseEntryExtension):  # type: ignore[misc]  # feedgen has no types
    """Writes the links of an entry: feedgen leaves out their `rel`, `type` and `length`, and a photo would be the article."""

    link: str
    photo: Enclosure | None

    def extend_atom(self, entry: Any) -> Any:
        xml_elem(_LINK, entry, href=self.link, rel="alternate", type="text/html")
        if self.photo:
            size = str(self.photo.length)
            xml_elem(_LINK, entry, href=cleared(self.photo.url), rel="enclosure", type=self.photo.type, length=size)
        return entry
