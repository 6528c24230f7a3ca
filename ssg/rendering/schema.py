"""The things that structured data tells of, in the words of schema.org, and the block of a page that tells of one."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from markupsafe import Markup


class Thing(msgspec.Struct, frozen=True, omit_defaults=True, tag=True, tag_field="@type", rename="camel"):
    """Something that schema.org has a type for: that of the record's name. What is empty is left out."""


class ImageObject(Thing, frozen=True):
    """A picture: its whole web address, its size in pixels, what it shows, who made it."""

    url: str
    width: int = 0
    height: int = 0
    caption: str = ""
    credit_text: str = ""


class Organization(Thing, frozen=True):
    """The newsroom."""

    name: str
    url: str
    logo: ImageObject | None = None


class Person(Thing, frozen=True):
    """Who edited or wrote something; `url` is the person's page, or ""."""

    name: str
    url: str = ""


class CreativeWork(Thing, frozen=True):
    """Whom or what an article is based on."""

    name: str
    url: str = ""


class WebPage(Thing, frozen=True):
    """A page, known by its whole web address."""

    id: str = msgspec.field(name="@id")


class CorrectionComment(Thing, frozen=True):
    """A published correction; its moment as RFC 3339 writes it."""

    text: str
    date_published: str


class NewsArticle(Thing, frozen=True, kw_only=True):
    """An article. Moments are written as in RFC 3339, with their offset."""

    headline: str
    url: str
    main_entity_of_page: WebPage
    identifier: str
    date_published: str
    date_modified: str
    author: tuple[Person | Organization, ...]
    editor: tuple[Person, ...] = ()
    publisher: Organization
    description: str = ""
    dateline: str = ""
    image: tuple[ImageObject, ...] = ()
    article_section: str = ""
    keywords: tuple[str, ...] = ()
    in_language: str
    word_count: int = 0
    is_accessible_for_free: bool
    is_based_on: CreativeWork | None = None
    correction: tuple[CorrectionComment, ...] = ()


class ListItem(Thing, frozen=True):
    """One of a list, counted from 1: an article by its `url`, or a step of a way by its `name` and the `item` it leads to."""

    position: int
    name: str = ""
    item: str = ""
    url: str = ""


class BreadcrumbList(Thing, frozen=True):
    """The way from the front page to a page; the last step is the page itself, without an address."""

    item_list_element: tuple[ListItem, ...]


class ItemList(Thing, frozen=True):
    """A list of articles, in the order in which its page shows them."""

    item_list_element: tuple[ListItem, ...]


class WebSite(Thing, frozen=True, kw_only=True):
    """The site in one language."""

    name: str
    url: str
    description: str = ""
    in_language: str


class ProfilePage(Thing, frozen=True):
    """The page of a person."""

    main_entity: Person
    in_language: str


_encoder = msgspec.json.Encoder()

_OPENING = b'<script type="application/ld+json">{"@context":"https://schema.org",'
_CLOSING = b"</script>\n"

# No text can end the script or begin a comment in it, and the whole is sound JavaScript for whoever reads it as such.
_ESCAPED = (
    (b"<", rb"\u003c"),
    (b">", rb"\u003e"),
    (b"&", rb"\u0026"),
    ("\u2028".encode(), rb"\u2028"),
    ("\u2029".encode(), rb"\u2029"),
)


def blocks(things: Iterable[Thing]) -> Markup:
    """Each thing as a block of JSON-LD for a page (JSON-LD 1.1, section 7), on a line of its own; "" for none."""
    data = _encoder.encode_lines(things)
    if not data:
        return Markup()
    for sign, escaped in _ESCAPED:
        data = data.replace(sign, escaped)
    inside = data[1:-1].replace(b"\n{", _CLOSING + _OPENING)  # no text has a bare line break in JSON
    return Markup((_OPENING + inside + _CLOSING).decode())
