"""The archive as data: an article as JSON, the articles of a month as packed lines of it, the schema and the list of months."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from ssg.asking import FileSum, MonthFile, Record
from ssg.model import Photo, Term
from ssg.rendering.feeds.items import cleared
from ssg.rendering.moments import w3c
from ssg.rendering.packing import gzipped

Absolute = Callable[[str], str]  # the whole web address of a link
Told = dict[str, object]

_encode = msgspec.json.Encoder().encode


def told(record: Record, html: str, absolute: Absolute) -> Told:
    """An article as data, with its text as `html` in which every address is whole; what is empty is left out.

    Of a withdrawn article nothing is told but its headline, since when and why.
    """
    article = record.article
    if article.withdrawn:
        withdrawn: Told = {"date": w3c(article.withdrawn.date), "reason": cleared(article.withdrawn.reason)}
        return _head(record, absolute) | {"withdrawn": _filled(withdrawn)}
    source = article.source
    more: Told = {
        "canonical": article.canonical or absolute(article.address),
        "date_modified": w3c(article.updated) if article.updated else "",
        "editors": [_named(person, absolute) for person in article.people("editor")],
        "authors": [_named(person, absolute) for person in article.people("author")],
        "section": _named(article.section, absolute) if article.section else "",
        "regions": [_named(region, absolute) for region in article.regions],
        "tags": [_named(tag, absolute) for tag in article.tags],
        "story": _named(record.story, absolute) if record.story else "",
        "source": _filled({"name": cleared(source.name), "url": source.url}) if source else "",
        "photo": _photo(article.photo, absolute) if article.photo else "",
        "summary": cleared(article.summary),
        "corrections": [{"date": w3c(one.date), "text": cleared(one.text)} for one in article.corrections],
        "translations": [
            {"language": language, "title": cleared(link.title), "url": absolute(link.address)}
            for language, link in record.translations
        ],
    }
    return _head(record, absolute) | _filled(more) | {"words": article.words, "content_html": cleared(html)}


def _head(record: Record, absolute: Absolute) -> Told:
    article = record.article
    return {
        "id": cleared(article.id),
        "url": absolute(article.address),
        "language": article.language,
        "title": cleared(article.title),
        "date_published": w3c(article.date),
    }


def _named(term: Term, absolute: Absolute) -> Told:
    return _filled({"name": cleared(term.name), "url": absolute(term.address)})


def _photo(photo: Photo, absolute: Absolute) -> Told:
    measures: Told = {"width": photo.width, "height": photo.height, "size_in_bytes": photo.size, "mime_type": photo.type}
    words: Told = {name: cleared(getattr(photo, name)) for name in ("alt", "caption", "credit")}
    return {"url": absolute(photo.address)} | measures | _filled(words)


def _filled(values: Told) -> Told:
    return {name: value for name, value in values.items() if value}


def as_json(article: Told) -> bytes:
    """An article as a file of its own, or as a line: JSON (RFC 8259) in UTF-8 that ends with a line feed and has no other."""
    return _encode(article) + b"\n"


def packed(articles: Iterable[Told]) -> bytes:
    """Articles as lines of JSON, packed by gzip, so that the bytes lie in the articles alone."""
    return gzipped(b"".join(map(as_json, articles)))


def index(title: str, front: str, schema: str, months: Iterable[MonthFile], absolute: Absolute) -> bytes:
    """The list of the files that `packed` made: for each its month, its address, and what its bytes are proved by."""
    listed = [
        {
            "month": f"{one.year:04}-{one.month:02}",
            "url": absolute(one.address),
            "articles": one.articles,
            "withdrawn": one.withdrawn,
            "size_in_bytes": one.size,
            "sha256": one.sha256,
        }
        for one in months
    ]
    whole = {"title": cleared(title), "home_page_url": absolute(front), "schema": absolute(schema), "months": listed}
    return msgspec.json.format(_encode(whole), indent=1) + b"\n"


def sums(files: Iterable[FileSum]) -> bytes:
    """Files with their SHA-256, as `sha256sum --check` of GNU coreutils reads them in the folder in which the paths begin."""
    return "".join([f"{file.sha256}  {file.path}\n" for file in files]).encode()
