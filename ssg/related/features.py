"""The features of an article, by which it may be like others: words and pairs of words, tags, people, places and links.

A feature is known by 32 bits of its own: that two of an archive have the same ones is rare, and does no harm.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from html import unescape
from itertools import pairwise
from zlib import crc32

import msgspec

from ssg.model import Article, Body
from ssg.related.scores import MOST_TOLD, ROOTS, Entry
from ssg.slugs import slug_of
from ssg.words import STOP_WORDS, words

_MARKUP = re.compile(r"<[^>]*>")
_ALL = 0xFFFFFFFF
NAMES = "I" if array("I").itemsize == 4 else "L"  # the type of arrays of 32 bits
_LINKED = 4  # so many times a word a link between two articles tells
_MANY = 200_000  # words that a process remembers


class Features(msgspec.Struct, frozen=True, gc=False):
    """The features of one article, no two alike: `roots` has one byte for each, four times the root of its count.

    `length` is the sum of the counts.
    """

    names: array[int]  # of 32 bits
    roots: bytes
    length: int


class Joined(msgspec.Struct, frozen=True, gc=False):
    """The features of several articles, one behind the other: how many each has, and their `Features.length`."""

    counts: array[int]
    lengths: array[int]
    names: bytes
    roots: bytes

    @classmethod
    def of(cls, features: Sequence[Features]) -> Joined:
        """Those of some articles."""
        return cls(
            array("q", [len(one.roots) for one in features]),
            array("q", [one.length for one in features]),
            b"".join([one.names for one in features]),
            b"".join([one.roots for one in features]),
        )


class _Words(dict[bytes, int]):
    """What each word is known by; 0 for one that tells nothing."""

    def __missing__(self, word: bytes) -> int:
        if len(self) > _MANY:
            self.clear()
        text = word.decode()
        known = self[word] = named(text) if len(text) > 1 and text not in STOP_WORDS else 0
        return known


_known = _Words()


def named(feature: str) -> int:
    """What a feature is known by: never 0."""
    return crc32(feature.encode()) or 1


def plain_text(body: Body) -> str:
    """The text of a body without its markup; what its holes will show is left out."""
    text = _MARKUP.sub(" ", " ".join([part for part in body if isinstance(part, str)]))
    return unescape(text) if "&" in text else text


def features(entry: Entry, text: str) -> Features:
    """Those of an article whose body has this plain text."""
    article = entry.article
    told: list[int] = []
    for part in (text, article.title, article.summary if article.standfirst else ""):
        if part:
            known = [_known[word] for word in words(part)]
            told += known
            # The middle of a product is as good as any digest, and knows not which word comes first.
            told += [one * other >> 16 & _ALL for one, other in pairwise(known) if one and other]
    counts = Counter(told)
    del counts[0]
    counts.update(_of_front_matter(article))
    for path in (article.path, *entry.linked):
        counts[named(f"link:{path}")] += _LINKED
    roots = bytes([ROOTS[count] if count < MOST_TOLD else ROOTS[MOST_TOLD] for count in counts.values()])
    return Features(array(NAMES, counts), roots, counts.total())


def _of_front_matter(article: Article) -> Iterable[int]:
    named_by: tuple[tuple[str, Sequence[str]], ...] = (
        ("tag", article.tags),
        ("author", article.authors),
        ("region", article.regions),
        ("section", (article.section,)),
        ("story", (article.story,)),
    )
    return {named(f"{kind}:{slug_of(name)}") for kind, names in named_by for name in names if name}
