"""The features of an article, by which it may be like others: words and pairs of words, tags, authors, regions and links.

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

from ssg.addresses import slug_of
from ssg.model import Body
from ssg.related.scores import MOST_TOLD, ROOTS, SKETCHED, Entry
from ssg.settings import Related
from ssg.words import STOP_WORDS, words

_MARKUP = re.compile(r"<[^>]*>")
_ALL = 0xFFFFFFFF
NAMES = "I" if array("I").itemsize == 4 else "L"  # the type of arrays of 32 bits
_HALF = 16  # bits of a feature that a sketch knows
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


class Joined(msgspec.Struct, frozen=True, gc=False):
    """The features of several articles, one behind the other: how many each has, and their `Features.length` and `sketch`."""

    counts: array[int]
    lengths: array[int]
    names: bytes
    roots: bytes
    sketches: bytes

    @classmethod
    def of(cls, features: Sequence[Features]) -> Joined:
        """Those of some articles."""
        return cls(
            array("q", [len(one.roots) for one in features]),
            array("q", [one.length for one in features]),
            b"".join([one.names for one in features]),
            b"".join([one.roots for one in features]),
            b"".join([one.sketch for one in features]),
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


def features(entry: Entry, text: str, related: Related) -> Features:
    """Those of an article whose body has this plain text, weighed as the settings say."""
    article = entry.article
    told: list[int] = []
    standfirst = article.summary if article.standfirst else ""
    for part, times in ((text, 1), (article.title, related.title), (standfirst, related.standfirst)):
        if part and times:
            known = [_known[word] for word in words(part)]
            # The middle of a product is as good as any digest, and knows not which word comes first.
            known += [one * other >> 16 & _ALL for one, other in pairwise(known) if one and other]
            told += known * times
    counts = Counter(told)
    del counts[0]
    counts.update(_beside_text(entry, related))
    roots = bytes([ROOTS[count] if count < MOST_TOLD else ROOTS[MOST_TOLD] for count in counts.values()])
    return Features(array(NAMES, counts), roots, counts.total(), _sketch(counts, article.path))


def _beside_text(entry: Entry, related: Related) -> dict[int, int]:
    article = entry.article
    named_by: tuple[tuple[str, int, Iterable[str]], ...] = (
        ("tag", related.tags, map(slug_of, article.tags)),
        ("author", related.authors, map(slug_of, article.authors)),
        ("region", related.regions, map(slug_of, article.regions)),
        ("section", related.section, (slug_of(article.section),) if article.section else ()),
        ("story", related.story, (slug_of(article.story),) if article.story else ()),
        ("link", related.links, (article.path, *entry.linked)),
    )
    return {named(f"{kind}:{name}"): times for kind, times, names in named_by if times for name in names}


def _sketch(names: Iterable[int], path: str) -> array[int]:
    nobody = named(path)  # in a part where a text has no feature, it has none in common with any other
    least = [_ALL + 1 + (nobody * (2 * part + 1) & _ALL) for part in range(SKETCHED)]
    for name in names:
        part = name % SKETCHED
        if name < least[part]:
            least[part] = name
    return array("H", [one >> _HALF & 0xFFFF for one in least])
