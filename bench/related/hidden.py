"""The articles of a site as rankings see them here: without their links to each other, which say what is related."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from html import unescape
from pathlib import Path

import msgspec

from ssg import reading, site_toml
from ssg.archive import Archive, Moment, Sources
from ssg.cache import Cache
from ssg.model import Address, Article, Body, Headline, Href, ReadAlso, Target
from ssg.reading.bodies import Stock

LEAST = 40  # words; what is shorter says too little
_END_OF_LINK = "</a>"
_TAG = re.compile(r"<[^>]*>")
_BLOCK = re.compile(r"</(?:p|li|h[1-6]|td|th|figcaption|blockquote)>")
_WORD = re.compile(r"\w+")
_LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>.*?</a>', re.DOTALL)
_DAY = re.compile(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-")
_DATED = re.compile(r"/([0-9]{4})/([0-9]{2})/(?:[0-9]{2}/)?([^/?#]+)/?(?:[?#].*)?$")

# For an archive that has no site.toml: what other generators call things.
_SETTINGS = """\
title = "Archive"
base_url = "https://archive.example/"
language = "{language}"
dateline = ""

[identity]
authority = "archive.example"
date = "2000"

[fields]
title = ["title", "deck"]
summary = ["summary", "deck", "description"]
tags = ["tags", "topics", "tag", "categories"]

[shortcodes]
ref = "link"
relref = "link"
link = "link"
"""


@dataclass(frozen=True)
class Hidden:
    """One article: itself, its text without what it links with, and the places in the archive of those it is linked with.

    A link counts for both of its ends. `article` has no links left.
    """

    article: Article
    text: str
    linked: frozenset[int]


def articles(folder: Path, work: Path, *, site: Path | None = None, language: str = "en") -> dict[str, list[Hidden]]:
    """The articles of the site in `folder`, by language, with at least `LEAST` words each.

    `site` is its site.toml if it stands elsewhere; a folder that has none at all is taken for content in a `language`. Nothing
    is written but below `work`. Raises BuildStopped for settings that cannot be read.
    """
    root = _laid_out(folder, work, site, language)
    found_settings = site_toml.load(root)
    cache = Cache(work / "cache")
    here = reading.look(root, found_settings, cache)
    found = reading.read(here, found_settings, cache, 1, lambda phase, done, of: None)
    sources = Sources(articles=found.articles, pages=found.pages, notes=found.notes, files=found.files)
    archive = Archive(found_settings.settings, sources, Moment(datetime.now(UTC), drafts=False, future=True))
    stock = Stock(root, cache.folder, found_settings.settings, found)
    return {
        code: _hidden(archive, stock, [a for a in archive.articles if a.language == code and not a.withdrawn])
        for code in archive.languages
    }


def _laid_out(folder: Path, work: Path, site: Path | None, language: str) -> Path:
    if site is None and (folder / "site.toml").is_file():
        return folder
    root = work / "site"
    root.mkdir(parents=True)
    shutil.copytree(folder / "content" if (folder / "content").is_dir() else folder, root / "content")
    text = site.read_text(encoding="utf-8") if site else _SETTINGS.format(language=language)
    (root / "site.toml").write_text(text, encoding="utf-8")
    return root


def _hidden(archive: Archive, stock: Stock, every: list[Article]) -> list[Hidden]:
    dated = _by_address(every)
    by_address: dict[str, set[str]] = {}
    texts = {
        article.path: _text(archive, article, stock(article), dated, by_address.setdefault(article.path, set()))
        for article in every
    }
    kept = [article for article in every if len(_WORD.findall(texts[article.path])) >= LEAST]
    places = {article.path: place for place, article in enumerate(kept)}
    linked: list[set[int]] = [set() for _ in kept]
    for place, article in enumerate(kept):
        for path in archive.linked(article) | by_address[article.path]:
            if (other := places.get(path, place)) != place:
                linked[place].add(other)
                linked[other].add(place)
    return [
        Hidden(msgspec.structs.replace(article, links=()), texts[article.path], frozenset(others))
        for article, others in zip(kept, linked, strict=True)
    ]


def _by_address(articles: list[Article]) -> dict[tuple[int, int, str], str]:
    """The articles by what an address tells of them, on whatever host they once stood: year, month, and name."""
    return {
        (article.date.year, article.date.month, name): article.path
        for article in articles
        for name in (article.slug, _DAY.sub("", article.key.rpartition("/")[2]))
    }


def _text(archive: Archive, article: Article, body: Body, dated: dict[tuple[int, int, str], str], by_address: set[str]) -> str:
    """The plain text of a body, without the words of its links to other articles; those by a whole address are noted."""

    def hidden(link: re.Match[str]) -> str:
        told = _DATED.search(unescape(link[1]))
        path = dated.get((int(told[1]), int(told[2]), told[3])) if told else None
        if path is None:
            return link[0]
        by_address.add(path)
        return " "

    shown = _LINK.sub(hidden, "".join(_shown(archive, article, body)))
    return unescape(_TAG.sub("", _BLOCK.sub("\n", shown)))


def _shown(archive: Archive, article: Article, body: Body) -> Iterator[str]:
    inside = False  # of a link to another article
    for part in body:
        if isinstance(part, str):
            if inside and _END_OF_LINK not in part:
                continue
            yield part[part.find(_END_OF_LINK) :] if inside else part
            inside = False
        elif isinstance(part, Href) and _is_article(archive, part.target, article):
            yield ">"  # the hole is inside the tag
            inside = True
        elif isinstance(part, Address | Headline | ReadAlso):
            yield " "


def _is_article(archive: Archive, target: Target, source: Article) -> bool:
    return isinstance(archive.links.document(target, source), Article)
