"""Telling others what has changed since they were told, once it is published: a WebSub hub of feeds, IndexNow of pages.

A hub is told as PubSubHubbub 0.3, 7.1 has it, which later versions leave to the hubs and which hubs still take: a form with
`hub.mode=publish` and a `hub.url` for each feed. Search engines are told as indexnow.org, "Documentation", has it.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode, urlsplit

import msgspec

from ssg import __version__, memory
from ssg.addresses import Addresses, address_of
from ssg.changes import Owed
from ssg.model import Place
from ssg.problems import stop
from ssg.publishing import notes_of
from ssg.settings import Site

MOST_PAGES = 10_000  # addresses in one call (indexnow.org)
_MOST_FEEDS = 100  # addresses in one call; no rule says how many, and a form should stay short


class Message(msgspec.Struct, frozen=True):
    """What is posted to one address: a body of a media type, about some addresses of the site. `what` are those: `feed`."""

    to: str
    what: str
    type: str
    body: bytes
    about: tuple[str, ...]


def messages(site: Site, owed: Owed, output: Path) -> list[Message]:
    """What there is to tell of the site that was published from the folder `output`; nothing for what is not set."""
    addresses = Addresses(site.settings)
    feeds = memory.feeds_of(notes_of(output))
    written = [address_of(file) for file in sorted(owed.written)]
    removed = [address_of(file) for file in sorted(owed.removed)]
    told_feeds = [addresses.absolute(addresses.link(address)) for address in written if address in feeds]
    told_pages = [addresses.absolute(addresses.link(one)) for one in (*written, *removed) if one.endswith("/")]
    return [*_to_hub(site, told_feeds), *_to_indexnow(site, addresses, told_pages)]


def _to_hub(site: Site, feeds: Sequence[str]) -> Iterator[Message]:
    hub = site.settings.feeds.hub
    for some in _parts(feeds, _MOST_FEEDS) if hub else ():
        body = urlencode([("hub.mode", "publish"), *(("hub.url", feed) for feed in some)]).encode()
        yield Message(hub, "feed", "application/x-www-form-urlencoded", body, some)


def _to_indexnow(site: Site, addresses: Addresses, pages: Sequence[str]) -> Iterator[Message]:
    wanted = site.settings.notify
    if not wanted.indexnow_key or site.settings.noindex:
        return
    where = addresses.absolute(addresses.link(addresses.indexnow_key()))
    for some in _parts(pages, MOST_PAGES):
        told = {"host": urlsplit(where).netloc, "key": wanted.indexnow_key, "keyLocation": where, "urlList": some}
        yield Message(wanted.indexnow, "page", "application/json; charset=utf-8", msgspec.json.encode(told), some)


def _parts(addresses: Sequence[str], most: int) -> Iterator[tuple[str, ...]]:
    for first in range(0, len(addresses), most):
        yield tuple(addresses[first : first + most])


def send(message: Message, patience: float) -> None:
    """Post a message, and wait at most `patience` seconds for each answer. Raises BuildStopped (`notify.failed`)."""
    headers = {"Content-Type": message.type, "User-Agent": f"newsarchive/{__version__}"}
    request = urllib.request.Request(message.to, data=message.body, headers=headers, method="POST")
    try:
        urllib.request.urlopen(request, timeout=patience).close()
    except urllib.error.HTTPError as refused:
        refused.close()
        raise stop(Place(message.to), "notify.failed", f"it answered {refused.code} {refused.reason}") from None
    except TimeoutError:
        raise stop(Place(message.to), "notify.failed", f"it has not answered within {patience:g} s") from None
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", error)
        raise stop(Place(message.to), "notify.failed", f"it cannot be reached: {reason}") from None
