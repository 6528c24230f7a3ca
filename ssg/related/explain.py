"""Why articles are related: what each shares with the one that asks, and how much of its score each part of that makes."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import msgspec

from ssg.related.features import Feature, Features
from ssg.related.scores import FAR, SCALE, Entry, enough_by, nearness, shortness, until, weight
from ssg.related.teller import Teller

Weights = Callable[[Sequence[int]], Sequence[int]]  # what sharing each of some features weighs for the asking one


class Part(msgspec.Struct, frozen=True):
    """Something that two articles share, and which part of what they share it makes."""

    feature: Feature
    part: float  # of 1


class Explanation(msgspec.Struct, frozen=True):
    """Why one article is related to another: how much it is `alike`, and what their nearness in time makes of that."""

    number: int  # of the entry
    alike: float  # what is shared, of what the asking one shares with itself: 1 for a text of the same words
    days: int  # how much later it is than the asking one
    near: float  # by this `alike` is multiplied
    parts: tuple[Part, ...]  # all that is shared, what makes most first

    @property
    def score(self) -> float:
        """By what it was ranked."""
        return self.alike * self.near


def explained(
    entries: Sequence[Entry], told: Teller, asking: int, others: Sequence[int], file: Path | None, kept: bytes | None
) -> list[Explanation]:
    """Why `others` are related to the `asking` entry, by their numbers, in their order.

    `kept` and `file` are what ranking these very entries left (see `related.ranked`); without them all texts are read again.
    """
    own, *theirs = told.features([entries[n] for n in (asking, *others)])
    weights = _weights(entries, told, asking, file, kept)(own.names)
    gains = {name: root * weight for name, root, weight in zip(own.names, own.roots, weights, strict=True)}
    whole = sum(gains[name] * root for name, root in zip(own.names, own.roots, strict=True))
    names = told.names(entries[asking])
    return [
        _explanation(entries, told, (asking, number), own, other, gains, whole, names)
        for number, other in zip(others, theirs, strict=True)
    ]


def _explanation(
    entries: Sequence[Entry],
    told: Teller,
    pair: tuple[int, int],
    own: Features,
    other: Features,
    gains: Mapping[int, int],
    whole: int,
    names: Mapping[int, Feature],
) -> Explanation:
    asking, number = pair
    added = {name: gains[name] * root for name, root in zip(other.names, other.roots, strict=True) if gains.get(name)}
    shared = sum(added.values())
    most_first = sorted(added.items(), key=lambda one: (-one[1], names[one[0]]))
    days = entries[number].article.date.toordinal() - entries[asking].article.date.toordinal()
    return Explanation(
        number,
        shared * shortness(other.length) / max(1, whole * shortness(own.length)),
        days,
        nearness(told.related)[min(abs(days), FAR)] / SCALE,
        tuple(Part(names[name], gain / shared) for name, gain in most_first),
    )


def _weights(entries: Sequence[Entry], told: Teller, asking: int, file: Path | None, kept: bytes | None) -> Weights:
    if file and kept:
        from ssg.related import increment  # imports numpy

        if (found := increment.weights(told, file, kept, asking)) is not None:
            return found
    return _counted(entries, told, asking)


def _counted(entries: Sequence[Entry], told: Teller, asking: int) -> Weights:
    """What features weigh, from the texts of all entries."""
    years = [entry.article.date.year for entry in entries]
    in_order = sorted(years)
    last = until(years[asking], enough_by(in_order))
    known = [entry for entry, year in zip(entries, years, strict=True) if year <= last]
    held = Counter(name for one in told.features(known) for name in one.names)
    articles = bisect_right(in_order, last)
    return lambda names: [weight(articles, max(1, held[name])) for name in names]
