"""The ranking of few articles, one list after the other: done before numpy would be there.

What it answers is what `batch` answers; it is also the rule, in the fewest words.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from operator import eq

from ssg.related.features import Features
from ssg.related.lists import Lists
from ssg.related.scores import (
    CANDIDATES,
    CLOSE,
    FAINT,
    FAR,
    SAME,
    Chosen,
    Entry,
    alike,
    chosen,
    enough_by,
    nearness,
    score,
    until,
    weight,
    widest,
)
from ssg.settings import Related


def ranked(entries: Sequence[Entry], features: Sequence[Features], related: Related) -> Lists:
    """The list of each entry, as numbers of entries. `features` are those of the entries."""
    near = nearness(related)
    numbers = {entry.article.path: n for n, entry in enumerate(entries)}
    days = [entry.article.date.toordinal() for entry in entries]
    years = [entry.article.date.year for entry in entries]
    in_order = sorted(years)
    enough = enough_by(in_order)
    most_held = widest(len(entries))
    holders: dict[int, list[tuple[int, int]]] = defaultdict(list)  # for each feature who has it, and its root there
    for n, one in enumerate(features):
        for name, root in zip(one.names, one.roots, strict=True):
            holders[name].append((n, root))
    held = {name: sorted(years[n] for n, _ in some) for name, some in holders.items()}

    @cache
    def weighed(name: int, last: int) -> int:
        """What sharing a feature weighs for an article to which the years up to `last` count."""
        return weight(bisect_right(in_order, last), max(1, bisect_right(held[name], last)))

    def same(one: int, other: int) -> bool:
        return list(map(eq, features[one].sketch, features[other].sketch)).count(True) >= SAME

    def listed(asking: int) -> Chosen:
        rare: dict[int, int] = defaultdict(int)
        shared: dict[int, int] = defaultdict(int)
        own = features[asking]
        last = until(years[asking], enough)
        for name, root in zip(own.names, own.roots, strict=True):
            if gain := root * weighed(name, last):
                for n, other in holders[name]:
                    shared[n] += gain * other
                    if len(holders[name]) <= most_held:
                        rare[n] += gain * other
        whole = shared.get(asking, 0)
        barred = {numbers.get(path, -1) for path in (entries[asking].article.path, *entries[asking].without)}

        def scored(sums: dict[int, int]) -> dict[int, int]:
            offered = {n: sum_ for n, sum_ in sums.items() if entries[n].offered and n not in barred}
            return {
                n: score(sum_, features[n].length, near[min(abs(days[asking] - days[n]), FAR)]) for n, sum_ in offered.items()
            }

        first = scored({n: sum_ for n, sum_ in rare.items() if alike(sum_, features[n].length, whole, own.length, FAINT)})
        highest = heapq.nlargest(CANDIDATES, first.values())
        bound = max(1, highest[-1]) if len(highest) == CANDIDATES else 1
        likely = {n for n, found in first.items() if found >= bound and alike(shared[n], features[n].length, whole, own.length)}
        scores = {n: found for n, found in scored(shared).items() if n in likely and not same(n, asking)}
        best = sorted(scores, key=lambda n: (-scores[n], *_tie(entries[n])))

        def leading(n: int) -> bool:
            return days[n] < days[asking] and alike(shared[n], features[n].length, whole, own.length, CLOSE)

        return chosen(best, entries[asking], days, same, leading)

    return Lists.of([listed(n) if entry.most + entry.ahead else ((), ()) for n, entry in enumerate(entries)])


def _tie(entry: Entry) -> tuple[float, str, str]:
    """Of two with the same score the newer comes first, then the one with the lesser id."""
    return -entry.article.date.timestamp(), entry.article.id, entry.article.path
