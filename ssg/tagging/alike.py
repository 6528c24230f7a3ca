"""Tags that may be one: found by keys that they share, so that not every tag is compared with every other.

Few and right is better than many: a group that is wrong costs an editor more than one that is not seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import Literal

import msgspec

from ssg.tagging.initials import by_initials
from ssg.tagging.tags import Tag, Texts
from ssg.words import words

Why = Literal["joined or parted", "other order", "plural or doubled", "other spelling", "slip of a letter", "initials"]

_FEW = 2  # uses, up to which a name may be a slip
_LATEST = 20  # articles of a tag whose texts are looked into
_LONG = 7  # letters of a word in which one letter may be a slip
_SPELT = 5  # letters of a word that may be spelt otherwise
_PLURAL = 5  # letters of a word that may be a plural
_ROMAN = re.compile(r"[ivxlcdm]+")
_DIGITS = re.compile(r"[0-9]+")

# The spelling of Indonesian before 1972, and of foreign names, as they are written side by side: Soekarno, Djakarta, Zelenskyy.
_SOUNDS = tuple(
    (re.compile(old), new)
    for old, new in (
        (r"([bcdf-hj-np-tv-z])\1(?<!ngg)", r"\1"),
        ("oe", "u"),
        ("dj", "j"),
        ("tj", "c"),
        ("sj|sy", "s"),
        ("kh|ck|q", "k"),
        ("th", "t"),
        ("ph|v", "f"),
        ("x", "ks"),
        ("(?:ie|iy|y)$|ie", "i"),
        ("(?<=[bcdfgjkpst])er(?=[aiou])", "r"),  # Sumatera, isteri
    )
)

# Words that mean something else when they are doubled: ash and grey, eye and spy.
_OTHERWISE = frozenset(
    ("abu", "agar", "alun", "api", "hati", "jalan", "kuda", "langit", "laba", "mata", "oleh", "paru", "undang")
)


class Alike(msgspec.Struct, frozen=True):
    """Tags that may be one: the most used, whose name stays, and the others, each with why it is taken for the same."""

    stays: Tag
    others: tuple[tuple[Tag, Why], ...]


def alike(tags: Sequence[Tag], text: Texts) -> list[Alike]:
    """The groups of `tags` that may be one, in their order: the first of each stays (`tags_of` puts the most used first).

    Only tags that some language has both of can be one: `internasional` is no slip of `international`.
    """
    rank = {tag.slug: n for n, tag in enumerate(tags)}
    groups = {tag.slug: [tag] for tag in tags}
    why: dict[frozenset[str], Why] = {}
    for one, other, reason in _pairs(tags, text):
        if one.languages & other.languages:
            why.setdefault(frozenset((one.slug, other.slug)), reason)
            first, second = groups[one.slug], groups[other.slug]
            if first is not second:
                first += second
                groups.update((tag.slug, first) for tag in second)
    found = []
    for tag in tags:
        stays, *others = sorted(groups[tag.slug], key=lambda one: rank[one.slug])
        if others and stays is tag:
            found.append(Alike(stays, tuple((other, _reason(other, stays, why)) for other in others)))
    return found


def _reason(tag: Tag, stays: Tag, why: Mapping[frozenset[str], Why]) -> Why:
    """Why a tag is taken for the one that stays, or else for another of its group."""
    pair = frozenset((tag.slug, stays.slug))
    return why[pair] if pair in why else next(reason for other, reason in why.items() if tag.slug in other)


def _pairs(tags: Sequence[Tag], text: Texts) -> Iterator[tuple[Tag, Tag, Why]]:
    """Two tags each time, and why they may be one; the surest reasons first."""
    yield from _sharing(tags, _joined, "joined or parted")
    yield from _sharing(tags, _reordered, "other order")
    yield from _sharing(tags, _singular, "plural or doubled")
    yield from _sharing(tags, _sounded, "other spelling")
    for acronym, long in by_initials(tags, text):
        yield acronym, long, "initials"
    for slip, meant in _slips(tags, text):
        yield slip, meant, "slip of a letter"


# -- names that are the same but for how they are written


def _sharing(tags: Iterable[Tag], key: Callable[[Tag], Hashable], why: Why) -> Iterator[tuple[Tag, Tag, Why]]:
    """Every two tags with the same key. Their digits are the same in the same order: Pemilu 2019 is not Pemilu 2024."""
    blocks: dict[Hashable, list[Tag]] = defaultdict(list)
    for tag in tags:
        if (found := key(tag)) is not None:
            blocks[found, tuple(_DIGITS.findall(tag.slug))].append(tag)
    for block in blocks.values():
        for one, other in combinations(block, 2):
            yield one, other, why


def _joined(tag: Tag) -> str:
    return "".join(tag.words)


def _reordered(tag: Tag) -> tuple[str, ...]:
    return tuple(sorted(tag.words))


def _singular(tag: Tag) -> tuple[str, ...] | None:
    if tag.name.isupper():  # HTTPS is no plural
        return None
    once: list[str] = []
    for word in tag.words:
        if word in _OTHERWISE or once[-1:] != [word]:  # anak-anak
            once.append(word)
    return tuple(sorted(map(_without_plural, once)))


def _without_plural(word: str) -> str:
    """The word without the plural of English, which Indonesian newsrooms write too (`startups`)."""
    if len(word) < _PLURAL or word.endswith(("ss", "us", "is")) or not word.endswith("s"):
        return word
    if word.endswith("ies"):
        return f"{word[:-3]}y"
    return word[:-2] if word.endswith(("ches", "shes", "sses", "xes")) else word[:-1]


def _sounded(tag: Tag) -> str | None:
    sound = "-".join(map(_sound_of, tag.words))
    return sound if len(sound) > _SPELT else None


def _sound_of(word: str) -> str:
    if len(word) < _SPELT or not word.isalpha() or _ROMAN.fullmatch(word):
        return word
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


# -- slips


def _slips(tags: Sequence[Tag], text: Texts) -> Iterator[tuple[Tag, Tag]]:
    """A name that is hardly used, and the more used one that it is but for one letter of one long word.

    A word that stands in the texts of its own articles is no slip, but another word: pemulihan, pemilihan.
    """
    known = {tag.words: tag for tag in tags}
    near = _near_words({word for tag in tags for word in tag.words if len(word) >= _LONG and word.isalpha()})
    for tag in tags:
        if tag.count > _FEW:
            continue
        for place, word in enumerate(tag.words):
            for other in near.get(word, ()):
                meant = known.get((*tag.words[:place], other, *tag.words[place + 1 :]))
                if meant and meant.count > tag.count and not _tells(tag, word, text):
                    yield tag, meant


def _near_words(long: Iterable[str]) -> dict[str, list[str]]:
    """For each word those that differ by one letter, or by the order of two: not by the first, and not by an ending."""
    blocks: dict[str, set[str]] = defaultdict(set)
    for word in sorted(long):
        if not _ROMAN.fullmatch(word):
            blocks[word].add(word)
            for at in range(1, len(word)):
                blocks[word[:at] + word[at + 1 :]].add(word)
    near: dict[str, set[str]] = defaultdict(set)
    for block in blocks.values():
        for one, other in combinations(sorted(block), 2):
            if not (one.startswith(other) or other.startswith(one)) and _one_slip(one, other):
                near[one].add(other)
                near[other].add(one)
    return {word: sorted(others) for word, others in near.items()}


def _one_slip(one: str, other: str) -> bool:
    """Whether two words that both lose a letter to be alike, or one of them, differ in one place."""
    start = next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    a, b = one[start:], other[start:]
    return a[1:] == b[1:] or a[1:] == b or a == b[1:] or (a[1::-1] == b[:2] and a[2:] == b[2:])


def _tells(tag: Tag, word: str, text: Texts) -> bool:
    """Whether a word stands in the headline or the text of one of the tag's newest articles."""
    written = word.encode()
    return any(written in words(f"{article.title} {text(article)}") for article in tag.articles[-_LATEST:])
