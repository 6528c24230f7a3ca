"""The features of an article, by which it may be like others: words and pairs of words, tags, authors, regions and links.

A feature is known by 32 bits of its own: that two of an archive have the same ones is rare, and does no harm.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from itertools import pairwise
from zlib import crc32

import msgspec

from ssg.model import Body
from ssg.related.scores import MOST_TOLD, ROOTS, SKETCHED, Entry
from ssg.settings import Related
from ssg.slugs import slug_of
from ssg.words import STOP_WORDS, stemmer, words

_MARKUP = re.compile(r"<[^>]*>")
NAME_BITS = 32
ALL = (1 << NAME_BITS) - 1
NAMES = "I" if array("I").itemsize == 4 else "L"  # the type of arrays of 32 bits
HALF = 16  # bits of a feature that a sketch knows
_MANY = 200_000  # words that a process remembers


class Features(msgspec.Struct, frozen=True, gc=False):
    """The features of one article, no two alike: `roots` has one byte for each, four times the root of its count.

    `length` is the sum of the counts. The `sketch` has the least of the features in each of `SKETCHED` parts of all that there
    could be: two texts have as many of them in common, of all, as of their features (Li, Owen and Zhang, "One Permutation
    Hashing", 2012).
    """

    names: array[int]  # of 32 bits
    roots: bytes
    length: int
    sketch: array[int]  # of 16 bits


class Feature(msgspec.Struct, frozen=True, order=True):
    """A feature in words: `word` and `words` (a pair of neighbours), `tag`, `author`, `region`, `section`, `story`, `link`."""

    kind: str
    name: str  # of a link the path of the article


class Joined(msgspec.Struct, frozen=True, gc=False):
    """The features of several articles, one behind the other: how many each has, and their `Features.length` and `sketch`."""

    counts: array[int]
    lengths: array[int]
    names: bytes
    roots: bytes
    sketches: bytes


class _Words(dict[bytes, int]):
    """What each word of a language is known by, by its stem; 0 for one that tells nothing."""

    def __init__(self, language: str) -> None:
        self._stem = stemmer(language)

    def __missing__(self, word: bytes) -> int:
        if len(self) > _MANY:
            self.clear()
        text = word.decode()
        known = self[word] = named(self._stem(text)) if len(text) > 1 and text not in STOP_WORDS else 0
        return known


_words_of = cache(_Words)


def named(feature: str) -> int:
    """What a feature is known by: never 0."""
    return crc32(feature.encode()) or 1


def plain_text(body: Body) -> str:
    """The text of a body without its markup; what its holes will show is left out."""
    text = _MARKUP.sub(" ", " ".join([part for part in body if isinstance(part, str)]))
    return unescape(text) if "&" in text else text


def features(entry: Entry, text: str, related: Related) -> Features:
    """Those of an article whose body has this plain text, weighed as the settings say."""
    told: list[int] = []
    for known, times in known_words(entry, text, related):
        # The middle of a product is as good as any digest, and knows not which word comes first.
        pairs = [one * other >> 16 & ALL for one, other in pairwise(known) if one and other]
        told += (known + pairs) * times
    counts = Counter(told)
    del counts[0]
    counts.update(beside_text(entry, related))
    roots = bytes([ROOTS[count] if count < MOST_TOLD else ROOTS[MOST_TOLD] for count in counts.values()])
    return Features(array(NAMES, counts), roots, counts.total(), _sketch(counts, entry.article.path))


def known_words(entry: Entry, text: str, related: Related) -> Iterator[tuple[list[int], int]]:
    """What the words of text, headline and standfirst are known by, in order, and how many times each of them counts."""
    known = _words_of(entry.article.language).__getitem__
    for part, times in _parts(entry, text, related):
        yield list(map(known, words(part))), times


def _parts(entry: Entry, text: str, related: Related) -> Iterator[tuple[str, int]]:
    """What of an article is read, and how many times a word of it counts."""
    article = entry.article
    standfirst = article.summary if article.standfirst else ""
    for part, times in ((text, 1), (article.title, related.title), (standfirst, related.standfirst)):
        if part and times:
            yield part, times


def beside_text(entry: Entry, related: Related) -> dict[int, int]:
    """The features that front matter and links tell, and how many times each counts."""
    return {id: times for _, id, times in _beside_text(entry, related)}


def names(entry: Entry, text: str, related: Related) -> dict[int, Feature]:
    """What the features of an article are in words (see `features`)."""
    by_word = _words_of(entry.article.language)
    found: dict[int, Feature] = {}
    for part, _ in _parts(entry, text, related):
        known = [(word.decode(), by_word[word]) for word in words(part)]
        for word, id in known:
            found.setdefault(id, Feature("word", word))
        for (word, one), (behind, other) in pairwise(known):
            if one and other:
                found.setdefault(one * other >> 16 & ALL, Feature("words", f"{word} {behind}"))
    return found | {id: told for told, id, _ in _beside_text(entry, related)}


def _beside_text(entry: Entry, related: Related) -> Iterator[tuple[Feature, int, int]]:
    """What front matter and links tell: in words, what it is known by, and how many times it counts."""
    article = entry.article
    named_by: tuple[tuple[str, int, Iterable[str]], ...] = (
        ("tag", related.tags, article.tags),
        ("author", related.authors, article.authors),
        ("region", related.regions, article.regions),
        ("section", related.section, (article.section,)),
        ("story", related.story, (article.story,)),
    )
    for kind, times, some in named_by:
        for name in some if times else ():
            if name:
                yield Feature(kind, name), named(f"{kind}:{slug_of(name)}"), times
    if related.links:
        for path in (article.path, *entry.linked):
            yield Feature("link", path), named(f"link:{path}"), related.links


def empty_parts(path: str) -> list[int]:
    """The sketch of a text that has no feature in any part: it has none in common with any other."""
    own = named(path)
    return [ALL + 1 + (own * (2 * part + 1) & ALL) for part in range(SKETCHED)]


def _sketch(names: Iterable[int], path: str) -> array[int]:
    least = empty_parts(path)
    for name in names:
        part = name % SKETCHED
        if name < least[part]:
            least[part] = name
    return array("H", [one >> HALF & 0xFFFF for one in least])
