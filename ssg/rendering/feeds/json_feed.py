"""JSON Feed 1.1, of which feedgen knows nothing."""

from __future__ import annotations

import msgspec

from ssg.rendering.feeds.items import Enclosure, Feed, Item, cleared, fitting
from ssg.rendering.moments import w3c

VERSION = "https://jsonfeed.org/version/1.1"

_encode = msgspec.json.Encoder().encode


def json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1 (jsonfeed.org) in UTF-8, with full texts.

    Of items that would make it too long the oldest are left out (see `items.fitting`). So are control characters.
    """
    return fitting(feed, _json_feed)


def _json_feed(feed: Feed) -> bytes:
    told: dict[str, object] = {
        "version": VERSION,
        "user_comment": cleared(feed.explained),
        "title": cleared(feed.title) or feed.link,
        "home_page_url": feed.link,
        "feed_url": feed.self_link,
        "next_url": feed.earlier,
        "description": cleared(feed.description),
        "language": feed.language,
        "hubs": [{"type": "WebSub", "url": feed.hub}] if feed.hub else [],
    }
    return (
        _encode({key: value for key, value in told.items() if value} | {"items": [_item(item) for item in feed.items]}) + b"\n"
    )


def _item(item: Item) -> dict[str, object]:
    told: dict[str, object] = {
        "id": cleared(item.guid),
        "url": item.link,
        "title": cleared(item.title),
        "summary": cleared(item.summary),
        "image": item.enclosure.url if item.enclosure else "",
        "date_published": w3c(item.date),
        "date_modified": w3c(item.updated) if item.updated else "",
        "authors": [{"name": name} for author in item.authors if (name := cleared(author))],
        "tags": [tag for category in item.categories if (tag := cleared(category))],
        "attachments": [_attachment(item.enclosure)] if item.enclosure else [],
    }
    return {key: value for key, value in told.items() if value} | {"content_html": cleared(item.html)}


def _attachment(photo: Enclosure) -> dict[str, object]:
    title = {"title": cleared(photo.description)} if photo.description else {}
    return {"url": photo.url, "mime_type": photo.type, "size_in_bytes": photo.length, **title}
