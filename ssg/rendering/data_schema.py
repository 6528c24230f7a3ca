"""What an article as data holds, as a JSON Schema (json-schema.org, draft 2020-12)."""

from __future__ import annotations

from typing import Any

import msgspec

_Schema = dict[str, Any]

_DATE = "A date-time of RFC 3339 with the site's own offset."


def schema(address: str) -> bytes:
    """The schema of an article as data; `address` is its own whole address."""
    return msgspec.json.format(msgspec.json.encode({"$schema": _DRAFT, "$id": address} | _ARTICLE), indent=1) + b"\n"


def _text(says: str, **more: object) -> _Schema:
    return {"type": "string", "description": says, **more}


def _address(says: str) -> _Schema:
    return _text(says, format="uri")


def _moment(says: str) -> _Schema:
    return _text(f"{says} {_DATE}", format="date-time")


def _number(says: str, least: int = 0) -> _Schema:
    return {"type": "integer", "minimum": least, "description": says}


def _record(says: str, required: tuple[str, ...], **properties: _Schema) -> _Schema:
    return {"type": "object", "description": says, "required": list(required), "properties": properties}


def _list(says: str, of: _Schema) -> _Schema:
    return {"type": "array", "description": says, "items": of, "minItems": 1}


def _named(says: str) -> _Schema:
    return _record(says, ("name",), name=_text("The name."), url=_address("Its page; left out where it has none."))


_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_PHOTO = _record(
    "The lead photo.",
    ("url", "width", "height", "size_in_bytes", "mime_type"),
    url=_address("Its whole address."),
    width=_number("Pixels.", 1),
    height=_number("Pixels.", 1),
    size_in_bytes=_number("Bytes.", 1),
    mime_type=_text("Its media type."),
    alt=_text("What it shows, in words."),
    caption=_text("Its caption, as plain text."),
    credit=_text("Who made it."),
)
_CORRECTION = _record("One correction.", ("date", "text"), date=_moment("When it was published."), text=_text("As plain text."))
_TRANSLATION = _record(
    "One other language.",
    ("language", "title", "url"),
    language=_text("Its BCP 47 code."),
    title=_text("The headline there."),
    url=_address("Its page."),
)
_WITHDRAWN = _record(
    "The newsroom took the article back; nothing else of it is told.",
    ("date",),
    date=_moment("Since when."),
    reason=_text("Why, as plain text; left out where none was given."),
)
_ARTICLE = _record(
    "One article of the archive. What is empty is left out.",
    ("id", "url", "language", "title", "date_published"),
    id=_text("Permanent: it outlives a new address.", minLength=1),
    url=_address("The article's page."),
    language=_text("A BCP 47 code."),
    title=_text("The headline, as plain text."),
    date_published=_moment("When it was published."),
    canonical=_address("The address of its true page, which may be elsewhere."),
    date_modified=_moment("Its last change that the newsroom names."),
    editors=_list("Who edited it, in the order in which they are written.", _named("One person.")),
    authors=_list("Who wrote it, in the order in which they are written.", _named("One person.")),
    section=_named("Its section."),
    regions=_list("The regions that it is about.", _named("One region.")),
    tags=_list("Its tags, as they are called now.", _named("One tag.")),
    story=_named("The running story of which it is a step."),
    source=_record(
        "Who the news came from.",
        ("name",),
        name=_text("The name, as plain text."),
        url=_address("A web address; left out where it has none."),
    ),
    photo=_PHOTO,
    summary=_text("One or two sentences, as plain text."),
    corrections=_list("What was corrected.", _CORRECTION),
    translations=_list("The same article in other languages.", _TRANSLATION),
    words=_number("How many words its text has."),
    content_html=_text("Its text as HTML; every address in it is whole."),
    withdrawn=_WITHDRAWN,
) | {"oneOf": [{"required": ["content_html", "canonical", "words"]}, {"required": ["withdrawn"]}]}
