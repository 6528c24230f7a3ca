"""The index by which a site is searched: its parts, their list, and what browsers are told of the search page.

A part is, packed by gzip, a line of JSON and bytes behind it. The line has what is shown of the articles, a column for each
thing, oldest article first, and the words of them all: on a line of its own those of one stem, parted by blanks. The stem
comes first, whether an article holds it or not, unless it is a form of another word. The bytes are three columns, of the words
in that order: how many articles hold each; which these are, the number of the first, then how far each is from the one before
it; and how often each of them has the word.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from functools import cache
from operator import sub
from xml.sax.saxutils import escape, quoteattr

import msgspec

from ssg.asking import Findable, SearchPart
from ssg.model import CountedTerm, Term
from ssg.pages.showing import SearchDescription
from ssg.rendering.feeds.items import cleared
from ssg.rendering.packing import gzipped
from ssg.words import bare_words, stemmer

_OFTEN = 8  # times; a word that is there more often says no more of an article
_COMMON = 20  # articles; a word of more, and of more than half of a part, says nothing by how often it is there
_SHORT_NAME = 16  # signs (OpenSearch 1.1, draft 6, "ShortName")
_DESCRIPTION = 1024  # signs (the same, "Description")
_MANY = 200_000  # words that a process remembers
_LEVEL = 4  # of zlib: at 6 a part is a sixtieth smaller, and is packed in more than twice the time
_encode = msgspec.json.Encoder().encode


class _Stems(dict[bytes, bytes]):
    """The stem of each word of a language."""

    def __init__(self, language: str) -> None:
        self._stem = stemmer(language)

    def __missing__(self, word: bytes) -> bytes:
        if len(self) > _MANY:
            self.clear()
        stem = self[word] = self._stem(word.decode()).encode()
        return stem


_stems_of = cache(_Stems)


class _Names:
    """Names that several articles have, each with its place among them."""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str]] = []  # the slug, by which addresses know it, and the name
        self._places: dict[str, int] = {}

    def place(self, term: Term) -> int:
        """The place of a name, a new one behind all others."""
        if term.slug not in self._places:
            self._places[term.slug] = len(self.pairs)
            self.pairs.append((term.slug, cleared(term.name)))
        return self._places[term.slug]


def part(articles: Sequence[Findable], language: str, shown: Callable[[datetime], str]) -> bytes:
    """A part of the index: at most 255 articles of one language, oldest first. `shown` writes a day as readers see it."""
    sections, people = _Names(), _Names()
    words, columns = _words(articles, language)
    head = {
        "titles": [cleared(article.title) for article in articles],
        "addresses": [article.address for article in articles],
        "days": [article.date.date().isoformat() for article in articles],
        "dates": [shown(article.date) for article in articles],
        "sections": [sections.place(article.section) if article.section else -1 for article in articles],
        "people": [[people.place(person) for person in article.people] for article in articles],
        "lengths": [article.words for article in articles],
        "summaries": [cleared(article.summary) for article in articles],
        "names": {"sections": sections.pairs, "people": people.pairs},
        "words": words,
    }
    return gzipped(_encode(head) + b"\n" + columns, _LEVEL)


def _words(articles: Sequence[Findable], language: str) -> tuple[str, bytes]:
    """The words of some articles, and the columns that tell which of them hold each."""
    holders: dict[bytes, bytearray] = defaultdict(bytearray)  # for each article that has a word its number, and how often
    for number, article in enumerate(articles):
        pairs = [bytes((number, times)) for times in range(_OFTEN + 1)]
        for word, count in Counter(bare_words(_told(article))).items():
            holders[word].extend(pairs[count] if count < _OFTEN else pairs[_OFTEN])
    lines = _lines(sorted(holders), language)
    common = 2 * max(_COMMON, len(articles) // 2)
    held = [holders[word] for forms in lines for word in forms]  # nothing for a stem that no article holds
    for some in held:
        if len(some) > common:
            some[1::2] = b"\1" * (len(some) // 2)
    every = b"".join(held)
    before = b"".join([b"\0" + some[:-2:2] for some in held if some])
    columns = (bytes([len(some) // 2 for some in held]), bytes(map(sub, every[::2], before)), every[1::2])
    return b"\n".join([b" ".join(forms) for forms in lines]).decode(), b"".join(columns)


def _lines(words: Sequence[bytes], language: str) -> list[list[bytes]]:
    """The words of each stem, behind it; one that is itself a form of another word stands on the line of that alone."""
    stem_of = _stems_of(language)
    stems = list(map(stem_of.__getitem__, words))
    lines = {stem: [stem] for stem in stems}
    for word, stem in zip(words, stems, strict=True):
        if word != stem:
            lines[stem].append(word)
    for stem in lines.keys() & set(words):
        if stem_of[stem] != stem:
            del lines[stem][0]
    return list(lines.values())


def _told(article: Findable) -> str:
    """All by which an article is found."""
    named = [article.section.name] if article.section else []
    return " ".join((article.title, article.text, *named, *(person.name for person in article.people), *article.others))


def parts(found: Iterable[SearchPart], sections: Iterable[CountedTerm], people: Iterable[CountedTerm], language: str) -> bytes:
    """The list of the parts of a language, newest first, and of what a search can be narrowed to: slugs, with names.

    A part's digest changes with its bytes: behind its address it lets no browser take an earlier one for it.
    """
    listed = [
        {"address": one.address, "year": one.year, "articles": one.articles, "bytes": one.size, "digest": one.sha256[:8]}
        for one in found
    ]
    told = {"language": language, "sections": _named(sections), "people": _named(people), "parts": listed}
    return _encode(told) + b"\n"


def _named(terms: Iterable[CountedTerm]) -> list[tuple[str, str]]:
    return [(term.slug, cleared(term.name)) for term in terms if term.count]


def description(shown: SearchDescription, absolute: Callable[[str], str]) -> bytes:
    """How a site is searched, for browsers (OpenSearch 1.1, draft 6). `absolute` makes a link a whole web address."""
    title, about = cleared(shown.title), cleared(shown.description or shown.title)
    return "\n".join(
        (
            '<?xml version="1.0" encoding="UTF-8"?>',
            '<OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/">',
            f"<ShortName>{escape(title[:_SHORT_NAME].strip())}</ShortName>",
            f"<Description>{escape(about[:_DESCRIPTION])}</Description>",
            f"<Language>{shown.language}</Language>",
            "<InputEncoding>UTF-8</InputEncoding>",
            f'<Url type="text/html" template={quoteattr(absolute(shown.links.page) + "?q={searchTerms}")}/>',
            "</OpenSearchDescription>\n",
        )
    ).encode()
