"""What a feed is made of, in whatever format it is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from html import escape

import msgspec

MOST = 2_000_000  # bytes; a longer feed is refused by readers, or read in part

HISTORY = "http://purl.org/syndication/history/1.0"  # the namespace of RFC 5005

# What XML 1.0 (fifth edition, 2.2) does not count among characters; feedgen refuses a text that holds one.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


class Enclosure(msgspec.Struct, frozen=True, kw_only=True):
    """The photo that goes with an item: its absolute address, its true size in bytes and in pixels, its media type.

    `description` says what it shows, `credit` who made it; both are plain text, or "".
    """

    url: str
    length: int
    type: str
    width: int
    height: int
    description: str = ""
    credit: str = ""


class Item(msgspec.Struct, frozen=True, kw_only=True):
    """One article in a feed. `link` is absolute, as are the addresses in `html`; `summary` is plain text; dates are aware.

    `updated` is the latest change that the newsroom names (RFC 4287, 4.2.15), a correction too.
    """

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

    `id` is permanent, as those of items are. `publisher` is the name of the paper, whatever the channel is of. `language` is a
    BCP 47 code. `hub` is the address of a WebSub hub that tells of changes, or "". `earlier` is the address of the document
    with the items before these, or "". `current` is set in such a document, and is the address of the feed to subscribe to
    (RFC 5005, 4). As many of the newest items as `lasting` stay however long the feed is. `sheet` is the link of a style sheet
    for browsers, or "". `explained` says to whoever reads the bare file what it is, or nothing.
    `minted` is when a feed in which nothing stands yet, or any more, was changed (RFC 4287 asks each for a moment).
    """

    id: str
    title: str
    link: str
    self_link: str
    publisher: str
    language: str
    minted: datetime
    description: str = ""
    hub: str = ""
    earlier: str = ""
    current: str = ""
    lasting: int = 1
    sheet: str = ""
    explained: str = ""
    items: tuple[Item, ...] = ()


def styled(written: bytes, feed: Feed) -> bytes:
    """A feed in XML, with its style sheet named behind the declaration (W3C, Associating Style Sheets with XML documents)."""
    if not feed.sheet:
        return written
    declaration, _, rest = written.partition(b"?>\n")
    return b'%b?>\n<?xml-stylesheet type="text/css" href="%b"?>\n%b' % (declaration, escape(feed.sheet).encode(), rest)


def cleared(text: str) -> str:
    """A text without what no feed can hold: control characters, and halves of characters."""
    return _UNWRITABLE.sub("", text)


def fitting(feed: Feed, write: Callable[[Feed], bytes]) -> bytes:
    """A feed as it is written, without the oldest items where these would make it longer than `MOST`; one item always stays,
    and what is `lasting`. From a document of the archive nothing is left out."""
    written = write(feed)
    least = len(feed.items) if feed.current else max(1, feed.lasting)
    while len(written) > MOST and len(feed.items) > least:
        some = min(len(feed.items) - 1, max(least, len(feed.items) * MOST // len(written)))
        feed = msgspec.structs.replace(feed, items=feed.items[:some])
        written = write(feed)
    return written
