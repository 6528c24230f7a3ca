"""What a feed is made of, in whatever format it is written."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

import msgspec

MOST = 2_000_000  # bytes; a longer feed is refused by readers, or read in part

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

    `id` is permanent, as those of items are. `language` is a BCP 47 code. `hub` is the address of a WebSub hub that tells of
    changes, or "".
    """

    id: str
    title: str
    link: str
    self_link: str
    language: str
    description: str = ""
    hub: str = ""
    items: tuple[Item, ...] = ()


def cleared(text: str) -> str:
    """A text without what no feed can hold: control characters, and halves of characters."""
    return _UNWRITABLE.sub("", text)


def fitting(feed: Feed, write: Callable[[Feed], bytes]) -> bytes:
    """A feed as it is written, without the oldest items where these would make it longer than `MOST`; one item always stays."""
    written = write(feed)
    while len(written) > MOST and len(feed.items) > 1:
        some = min(len(feed.items) - 1, max(1, len(feed.items) * MOST // len(written)))
        feed = msgspec.structs.replace(feed, items=feed.items[:some])
        written = write(feed)
    return written
