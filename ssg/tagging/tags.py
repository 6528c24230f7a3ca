"""The tags of an archive, those of all its languages together, as a table of merged tags sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import msgspec

from ssg.archive import Edition
from ssg.model import Article, Body
from ssg.related.features import plain_text

Texts = Callable[[Article], str]  # the plain text of an article's body

_REMEMBERED = 4000  # texts: those of one tag's articles are looked into again and again


class BodyTexts:
    """The plain texts of articles, out of their `bodies`."""

    def __init__(self, bodies: Callable[[Article], Body]) -> None:
        self._bodies = bodies
        self._texts: dict[str, str] = {}

    def __reduce__(self) -> tuple[type[BodyTexts], tuple[Callable[[Article], Body]]]:
        return BodyTexts, (self._bodies,)  # a worker remembers texts of its own

    def __call__(self, article: Article) -> str:
        """The text of the article's body."""
        text = self._texts.get(article.path)
        if text is None:
            if len(self._texts) >= _REMEMBERED:
                self._texts.clear()
            text = self._texts[article.path] = plain_text(self._bodies(article))
        return text


class Tag(msgspec.Struct, frozen=True):
    """A tag: what it is called, the words of its slug, its articles in all languages, oldest first in each."""

    name: str
    slug: str
    words: tuple[str, ...]
    articles: tuple[Article, ...]
    languages: frozenset[str]

    @property
    def count(self) -> int:
        """How many articles have it."""
        return len(self.articles)


def tags_of(editions: Iterable[Edition]) -> list[Tag]:
    """The tags that any article has, the most used first, and by name where two are used as much.

    A tag that several languages have is called as the first of them calls it.
    """
    names: dict[str, str] = {}
    articles: dict[str, list[Article]] = {}
    languages: dict[str, set[str]] = {}
    for edition in editions:
        for slug, group in edition.groups["tag"].items():
            if group.articles:
                names.setdefault(slug, group.name)
                articles.setdefault(slug, []).extend(group.articles)
                languages.setdefault(slug, set()).add(edition.language)
    found = [
        Tag(name, slug, tuple(slug.split("-")), tuple(articles[slug]), frozenset(languages[slug]))
        for slug, name in names.items()
    ]
    return sorted(found, key=lambda tag: (-tag.count, tag.name.casefold(), tag.slug))
