"""The ranking of few articles, one list after the other: done before numpy would be there.

What it answers is what `batch` answers; it is also the rule, in the fewest words.
"""

from __future__ import annotations

import heapq
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from ssg.related.lists import Lists
from ssg.related.scores import FAR, LEAST, NEARNESS, WIDEST, Entry, enough_by, features, until, weight


def ranked(entries: Sequence[Entry]) -> Lists:
    """The list of each entry, as numbers of entries."""
    numbers = {entry.article.path: n for n, entry in enumerate(entries)}
    days = [entry.article.date.toordinal() for entry in entries]
    has = [features(entry.article) for entry in entries]
    holders: dict[str, list[int]] = defaultdict(list)
    for n, entry in enumerate(entries):
        if entry.offered:
            for feature in has[n]:
                holders[feature].append(n)
    years = [entry.article.date.year for entry in entries]
    offered = sorted(years[n] for n, entry in enumerate(entries) if entry.offered)
    enough = enough_by(offered)
    held = {f: sorted(years[n] for n in some) for f, some in holders.items() if len(some) <= WIDEST}

    @cache
    def weighed(feature: str, last: int) -> int:
        """What sharing a feature weighs for an article to which the years up to `last` count."""
        if feature not in held:
            return 0
        return weight(bisect_right(offered, last), max(1, bisect_right(held[feature], last)))

    def listed(asking: int) -> list[int]:
        shared: dict[int, int] = defaultdict(int)
        whole = 0
        last = until(years[asking], enough)
        for feature in has[asking]:
            if gain := weighed(feature, last):
                whole += gain
                for n in holders[feature]:
                    shared[n] += gain
        for path in (entries[asking].article.path, *entries[asking].without):
            shared.pop(numbers.get(path, -1), None)
        # Nearness at most doubles a score: what is under half of the best few cannot come among them.
        most = entries[asking].most
        best = heapq.nlargest(most, shared.values())
        half = best[-1] if most and len(best) == most else 0
        scores = {
            n: sum_ * NEARNESS[min(abs(days[asking] - days[n]), FAR)]
            for n, sum_ in shared.items()
            if sum_ * LEAST >= whole and 2 * sum_ >= half
        }
        return sorted(scores, key=lambda n: (-scores[n], *_tie(entries[n])))[:most]

    return Lists.of([listed(n) if entry.most else [] for n, entry in enumerate(entries)])


def _tie(entry: Entry) -> tuple[float, str, str]:
    """Of two with the same score the newer comes first, then the one with the lesser id."""
    return -entry.article.date.timestamp(), entry.article.id, entry.article.path
