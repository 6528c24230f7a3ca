"""The lists of many articles: what they share with others is summed over long columns of numbers, block after block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ssg.related.columns import Flags, Halves, Ints, Longs, Names, np, ranges
from ssg.related.index import Asking, Index
from ssg.related.lists import row
from ssg.related.postings import parted
from ssg.related.scores import CANDIDATES, CLOSE, SAME, WEIGHT_BITS, Chosen, Entry, chosen

BLOCK = 1 << 17  # shared features that are counted at once: what the processor's own memory holds
ROWS = 1 << 11  # at once, even if they share nothing
NEVER = np.iinfo(np.int64).max  # no score comes to this
_FIRST = 10  # of those that score best
_KINDS = 0xFFFF  # by so many bits most features that are not shared are told apart at once


class Pairs(msgspec.Struct, frozen=True):
    """Pairs of articles that share rare features, in order: the number of the asking one among those that were given, the row
    of the other, and the sum of the weights of what they share."""

    asking: Longs
    rows: Longs
    shared: Longs


class _Same:
    """Which texts are nearly the same, by their sketches; `as_the_last`: which are as the last one.

    Two are compared when it is asked for, with all of the first few at once: of most lists no others are.
    """

    def __init__(self, sketches: Halves) -> None:
        self.as_the_last: list[bool] = _alike(sketches, sketches[-1]).tolist()
        self._sketches = sketches
        self._known: list[list[bool]] = []

    def __call__(self, one: int, other: int) -> bool:
        if max(one, other) >= len(self._known):
            some = self._sketches[: _FIRST if max(one, other) < _FIRST else None]
            self._known = _alike(some[:, None], some).tolist()
        return self._known[one][other]


def _alike(some: Halves, others: Halves) -> Flags:
    found: Flags = np.count_nonzero(some == others, axis=-1) >= SAME
    return found


class Batch:
    """Makes the lists of entries. `rows` are theirs in the index, `numbers` those of entries by path."""

    def __init__(self, entries: Sequence[Entry], numbers: Mapping[str, int], index: Index, rows: Longs) -> None:
        self._entries, self._numbers, self._index, self._rows = entries, numbers, index, rows
        self._entry_of = np.full(len(index.alive), -1)
        self._entry_of[rows] = np.arange(len(rows))
        self._all_offered = bool(index.offered.all())
        self._kinds = np.zeros(_KINDS + 1, np.bool_)
        self._moments: dict[int, float] = {}

    def lists(self, numbers: Longs, width: int) -> tuple[Ints, Longs]:
        """The lists of some entries as rows of `width` numbers, and for each what a newcomer has to score by rare features."""
        lists = np.full((len(numbers), width), -1, np.int32)
        bounds = np.full(len(numbers), NEVER)
        for first in range(0, len(numbers), ROWS):
            part = range(first, min(first + ROWS, len(numbers)))
            asking = self._index.asking(self._rows[numbers[part.start : part.stop]])
            self._lists(numbers[part.start : part.stop], asking, lists[part.start : part.stop], bounds[part.start : part.stop])
        return lists, bounds

    def pairs(self, asking: Asking, count: int) -> Iterator[tuple[range, Pairs]]:
        """What `count` articles share with each that lists may have, by rare features: part by part of them."""
        rare, sizes = asking.rare, asking.sizes
        costs = np.cumsum(np.bincount(rare.owner, sizes, minlength=count)).astype(np.int64)
        bits = len(self._entry_of).bit_length()
        first = 0
        while first < count:
            done = int(costs[first - 1]) if first else 0
            behind = max(first + 1, int(np.searchsorted(costs, done + BLOCK, "right")))
            part = slice(*np.searchsorted(rare.owner, [first, behind]))
            size = sizes[part]
            at = ranges(asking.begins[part], size)
            # The gain rides in the lowest bits, so that one sort brings together what belongs together.
            cells = np.repeat(rare.owner[part] - first << bits, size)
            rows, roots = parted(asking.holders[at])
            cells |= rows
            cells <<= WEIGHT_BITS
            cells |= np.repeat(rare.gains[part], size) * roots
            cells.sort()
            added = cells & ((1 << WEIGHT_BITS) - 1)
            cells >>= WEIGHT_BITS
            heads = np.flatnonzero(np.diff(cells, prepend=-1))
            shared = np.add.reduceat(added, heads) if len(heads) else added
            cells = cells[heads]
            if not self._all_offered:
                offered = self._index.offered[cells & ((1 << bits) - 1)]
                cells, shared = cells[offered], shared[offered]
            yield range(first, behind), Pairs((cells >> bits) + first, cells & ((1 << bits) - 1), shared)
            first = behind

    def _lists(self, numbers: Longs, asking: Asking, lists: Ints, bounds: Longs) -> None:
        own = self._rows[numbers]
        common = asking.common
        starts = np.searchsorted(common.owner, np.arange(len(numbers) + 1)).tolist()
        for part, pairs in self.pairs(asking, len(numbers)):
            first = self._index.scores(own[pairs.asking], pairs.rows, pairs.shared)
            ends = np.searchsorted(pairs.asking, np.arange(part.start, part.stop + 1)).tolist()
            for n in part:
                number = int(numbers[n])
                if self._entries[number].most + self._entries[number].ahead:
                    here = slice(ends[n - part.start], ends[n - part.start + 1])
                    likely, bounds[n] = self._likely(number, pairs.rows[here], first[here])
                    if len(likely):
                        rows, shared = pairs.rows[here][likely], pairs.shared[here][likely]
                        its = slice(starts[n], starts[n + 1])
                        shared = shared + self._shared(common.features[its], common.gains[its], rows)
                        lists[n] = row(self._listed(number, rows, shared, int(asking.wholes[n])), lists.shape[1])

    def _likely(self, number: int, rows: Longs, first: Longs) -> tuple[Longs, int]:
        """Which of those that share rare features with an entry score best by these, and what the last of them scores."""
        keep = rows != self._rows[number]
        for path in self._entries[number].without:
            if path in self._numbers:
                keep &= rows != self._rows[self._numbers[path]]
        likely = np.flatnonzero(keep)
        first = first[likely]
        bound = max(1, int(np.partition(first, -CANDIDATES)[-CANDIDATES])) if len(first) >= CANDIDATES else 1
        return likely[first >= bound], bound

    def _listed(self, number: int, rows: Longs, shared: Longs, whole: int) -> Chosen:
        """What is chosen for one entry, of others by all that they share with it."""
        own = int(self._rows[number])
        likely = self._index.alike(own, rows, shared, whole)
        rows, shared = rows[likely], shared[likely]
        scores = self._index.scores(own, rows, shared)
        best = np.argsort(-scores, kind="stable")
        rows, shared, scores = rows[best], shared[best], scores[best]
        others = self._entry_of[rows].tolist()
        order = np.arange(len(rows)).tolist()
        if (scores[1:] == scores[:-1]).any():
            order.sort(key=lambda n: (-scores[n], *self._tie(others[n])))
        same = _Same(self._index.sketches(np.append(rows, own)))
        best_first = (n for n in order if not same.as_the_last[n])
        days = self._index.days[rows].tolist()
        close = self._index.alike(own, rows, shared, whole, CLOSE) & (self._index.days[rows] < self._index.days[own])
        entry, leading = self._entries[number], close.tolist()
        ahead, listed = chosen(best_first, entry, days, same, leading.__getitem__)
        return [others[n] for n in ahead], [others[n] for n in listed]

    def _tie(self, number: int) -> tuple[float, str, str]:
        """Of two with the same score the newer comes first, then the one with the lesser id."""
        article = self._entries[number].article
        moment = self._moments.get(number)
        if moment is None:
            moment = self._moments[number] = article.date.timestamp()
        return -moment, article.id, article.path

    def _shared(self, features: Names, gains: Longs, rows: Longs) -> Longs:
        """What an article with these features, each of which adds so much, shares with each of some rows."""
        if not len(features):
            return np.zeros(len(rows), np.int64)
        theirs, roots, ends = self._index.columns(rows)
        kinds = features & _KINDS
        self._kinds[kinds] = True
        at = np.flatnonzero(self._kinds[theirs & _KINDS])
        self._kinds[kinds] = False
        found = theirs[at]
        place = np.searchsorted(features, found)
        place[place == len(features)] = 0
        same = features[place] == found
        at = at[same]
        added = (gains[place[same]] * roots[at]).astype(np.float64)  # far below 2 ** 53: every sum is exact
        return np.bincount(np.searchsorted(ends, at, "right"), added, minlength=len(rows)).astype(np.int64)

    def entering(self, rows: Longs, bounds: Longs) -> Longs:
        """The rows of articles among whose candidates one of `rows` may come or have been: it scores their bound or more.

        `bounds` has one for each row of the index, `NEVER` where none is asked for.
        """
        owner, names, roots = self._index.features(rows)
        found: list[Longs] = []
        for first in range(0, len(rows), ROWS):
            part = slice(*np.searchsorted(owner, [first, first + ROWS]))
            known, back = np.unique(names[part], return_inverse=True)
            rare = np.flatnonzero(self._index.held(known) <= self._index.widest)
            feature, holder, theirs = self._index.of_features(known[rare])
            asked = bounds[holder] != NEVER
            feature, holder, theirs = rare[feature[asked]], holder[asked], theirs[asked]
            weights = self._index.weights(known[feature], self._index.years[holder]) * theirs
            sizes = np.bincount(feature, minlength=len(known))
            begins = np.cumsum(sizes) - sizes
            at = ranges(begins[back], sizes[back])
            newcomer = np.repeat(owner[part], sizes[back])
            gains = np.repeat(roots[part].astype(np.int64), sizes[back]) * weights[at]
            cells, again = np.unique(newcomer * len(bounds) + holder[at], return_inverse=True)
            shared = np.bincount(again, gains.astype(np.float64), minlength=len(cells)).astype(np.int64)
            newcomer, its = np.divmod(cells, len(bounds))
            scores = self._index.scores(its, rows[newcomer], shared)
            found.append(np.unique(its[scores >= bounds[its]]))
        return np.unique(np.concatenate(found)) if found else np.zeros(0, np.int64)
