"""The lists of many articles: what they share with others is summed over long columns of numbers, block after block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

import msgspec

from ssg.related.columns import Flags, Halves, Ints, Longs, np, ranges
from ssg.related.index import Asking, Index, Told
from ssg.related.lists import row
from ssg.related.postings import parted
from ssg.related.scores import CANDIDATES, CLOSE, FAINT, REACH, SAME, SKETCHED, Chosen, Entry, chosen

BLOCK = 1 << 17  # shared features that are counted at once: what the processor's own memory holds
CELLS = 1 << 22  # sums that are made at once: one for each of all articles, for each that is asked for
ROWS = 1 << 11  # at once, even if they share nothing
NEVER = np.iinfo(np.int64).max  # no score comes to this
_SPARSE = 4  # where less than this part of all sums is anything, those are looked for alone


class Pairs(msgspec.Struct, frozen=True):
    """Pairs of articles that share rare features, in order of the asking one: its number among those that were given, the row
    of the other, and the sum of the weights of what they share."""

    asking: Longs
    rows: Longs
    shared: Longs


class _Same:
    """Which texts are nearly the same, by their sketches: the first few are compared all at once."""

    def __init__(self, sketches: Halves) -> None:
        self._sketches = sketches
        self._known: list[list[bool]] = _alike(sketches[:REACH, None], sketches[:REACH]).tolist()

    def __call__(self, one: int, other: int) -> bool:
        if max(one, other) < REACH:
            return self._known[one][other]
        return bool(_alike(self._sketches[one], self._sketches[other]))


def _never(one: int, other: int) -> bool:
    return False


def _likely(scores: Longs, floor: int) -> tuple[Longs, int]:
    """Which of those that share rare features with an entry score best by these, and what the last of them scores, or any of
    them, the `floor`, if there are few."""
    bound = max(floor, int(np.partition(scores, -CANDIDATES)[-CANDIDATES])) if len(scores) >= CANDIDATES else floor
    return np.flatnonzero(scores >= bound), bound


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
        self._last = np.zeros(0, np.int32)  # which of some entries was the last to come upon a cell
        self._out = np.zeros(max(CELLS, len(index.alive)), np.bool_)  # by cell
        self._shortness = index.shortness.astype(np.float64)
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

    def pairs(self, asking: Asking, least: Longs) -> Iterator[tuple[range, Pairs]]:
        """What articles share with others by rare features, if it is their `least` or more: part by part of them."""
        rare, sizes, count = asking.rare, asking.sizes, len(least)
        costs = np.cumsum(np.bincount(rare.owner, sizes, minlength=count)).astype(np.int64)
        width = len(self._entry_of)
        first = 0
        while first < count:
            done = int(costs[first - 1]) if first else 0
            behind = max(first + 1, int(np.searchsorted(costs, done + BLOCK, "right")))
            behind = min(behind, first + max(1, CELLS // width))
            part = slice(*np.searchsorted(rare.owner, [first, behind]))
            size = sizes[part]
            holders, roots = parted(asking.holders[ranges(asking.begins[part], size)])
            cells = np.repeat((rare.owner[part] - first) * width, size)
            cells += holders
            gains = np.repeat(rare.gains[part].astype(np.float64), size)  # far below 2 ** 53: every sum is exact
            gains *= roots
            sums = np.bincount(cells, gains, minlength=(behind - first) * width)
            if len(cells) * _SPARSE > len(sums):
                cells = np.flatnonzero(sums.reshape(-1, width) * self._shortness >= least[first:behind, None])
            else:
                cells = self._distinct(cells)
            owner = cells // width
            rows: Longs = cells - owner * width
            owner += first
            shared = sums[cells]
            keep = shared * self._shortness[rows] >= least[owner]
            if not self._all_offered:
                keep &= self._index.offered[rows]
            yield range(first, behind), Pairs(owner[keep], rows[keep], shared[keep].astype(np.int64))
            first = behind

    def _distinct(self, cells: Longs) -> Longs:
        """Each of these cells once."""
        if len(self._last) < CELLS:
            self._last = np.zeros(max(CELLS, len(self._entry_of)), np.int32)
        number = np.arange(len(cells), dtype=np.int32)
        self._last[cells] = number
        distinct: Longs = cells[self._last[cells] == number]
        return distinct

    def _lists(self, numbers: Longs, asking: Asking, lists: Ints, bounds: Longs) -> None:
        own = self._rows[numbers]
        common = asking.common
        least = self._index.least(own, asking.wholes, FAINT)
        floors = self._index.least_scores(least).tolist()
        starts = np.searchsorted(common.owner, np.arange(len(numbers) + 1))
        for part, pairs in self.pairs(asking, least):
            first = self._index.scores(own[pairs.asking], pairs.rows, pairs.shared)
            first[self._out_of_question(numbers, pairs, part)] = 0
            ends = np.searchsorted(pairs.asking, np.arange(part.start, part.stop + 1)).tolist()
            likely = []
            for n in part:
                entry = self._entries[numbers[n]]
                if entry.most + entry.ahead:
                    here = slice(ends[n - part.start], ends[n - part.start + 1])
                    some, bounds[n] = _likely(first[here], floors[n])
                    likely.append(some + here.start)
            at = np.concatenate(likely) if likely else np.zeros(0, np.int64)
            asked, rows = pairs.asking[at], pairs.rows[at]
            its = slice(starts[part.start], starts[part.stop])
            told = Told(common.owner[its] - part.start, common.features[its], common.gains[its])
            shared = pairs.shared[at] + self._shared(told, asked - part.start, rows)
            width = lists.shape[1]
            for n, listed in self._chosen(numbers, asked, rows, shared, asking.wholes, width):
                lists[n] = row(listed, width)

    def _out_of_question(self, numbers: Longs, pairs: Pairs, part: range) -> Flags:
        """Which of the pairs of a part are an article and itself, or what its list must not have."""
        asking, gone = [*part], numbers[part.start : part.stop].tolist()
        for n, number in zip(part, gone[:], strict=True):
            without = [self._numbers[path] for path in self._entries[number].without if path in self._numbers]
            asking += [n] * len(without)
            gone += without
        width = len(self._entry_of)
        cells = (np.array(asking) - part.start) * width + self._rows[gone]
        self._out[cells] = True
        found: Flags = self._out[(pairs.asking - part.start) * width + pairs.rows]
        self._out[cells] = False
        return found

    def _chosen(
        self, numbers: Longs, asked: Longs, rows: Longs, shared: Longs, wholes: Longs, width: int
    ) -> Iterator[tuple[int, Chosen]]:
        """What is chosen for each that is `asked` for, of others (`rows`) by all that they share with it: parallel columns."""
        own, whole = self._rows[numbers[asked]], wholes[asked]
        likely = self._index.alike(own, rows, shared, whole)
        asked, own, rows, shared, whole = asked[likely], own[likely], rows[likely], shared[likely], whole[likely]
        scores = self._index.scores(own, rows, shared)
        order = np.lexsort((rows, -scores, asked))
        asked, own, rows, shared, scores, whole = (one[order] for one in (asked, own, rows, shared, scores, whole))
        close = self._index.alike(own, rows, shared, whole, CLOSE) & (self._index.days[rows] < self._index.days[own])
        heads = np.flatnonzero(np.diff(asked, prepend=-1, append=-1))
        simple = self._simple(own, rows, scores, heads, width)
        days, others, closes = self._index.days[rows].tolist(), self._entry_of[rows].tolist(), close.tolist()
        for (first, behind), is_simple in zip(pairwise(heads.tolist()), simple, strict=True):
            n = int(asked[first])
            entry = self._entries[numbers[n]]
            best: Sequence[int] = range(first, behind)
            same: Callable[[int, int], bool] = _never
            if not is_simple:
                best = sorted(best, key=lambda n: (-scores[n], *self._tie(others[n])))
                sketches = self._index.sketches(rows[best])
                others_too = np.flatnonzero(~_alike(sketches, self._index.sketches(own[first : first + 1])))
                best, same = [best[n] for n in others_too.tolist()], _Same(sketches[others_too])
            its_days, its_closes = [days[n] for n in best], [closes[n] for n in best]
            ahead, listed = chosen(range(len(best)), entry, its_days, same, its_closes.__getitem__)
            yield n, ([others[best[n]] for n in ahead], [others[best[n]] for n in listed])

    def _simple(self, own: Longs, rows: Longs, scores: Longs, heads: Longs, width: int) -> list[bool]:
        """Of which lists no two articles score the same, and of those from which it is chosen none is nearly the same as
        another, or as the one that asks. From each of `heads` to before the next stand those of one list, best first; a list
        has at most `width`."""
        count = np.diff(heads)
        tied = np.append(0, np.cumsum((scores[1:] == scores[:-1]) & (own[1:] == own[:-1])))
        reach = np.arange(max(REACH, width))
        at = np.minimum(heads[:-1, None] + reach, heads[1:, None] - 1)
        sketches = self._index.sketches(np.concatenate([rows[at], own[heads[:-1], None]], axis=1).ravel())
        sketches = sketches.reshape(len(count), len(reach) + 1, SKETCHED)
        there = np.append(reach < count[:, None], np.ones((len(count), 1), np.bool_), axis=1)
        alike = _alike(sketches[:, :, None], sketches[:, None]) & there[:, :, None] & there[:, None]
        alike[:, np.arange(len(reach) + 1), np.arange(len(reach) + 1)] = False
        simple: list[bool] = (~alike.any(axis=(1, 2)) & (tied[heads[:-1]] == tied[heads[1:] - 1])).tolist()
        return simple

    def _tie(self, number: int) -> tuple[float, str, str]:
        """Of two with the same score the newer comes first, then the one with the lesser id."""
        article = self._entries[number].article
        moment = self._moments.get(number)
        if moment is None:
            moment = self._moments[number] = article.date.timestamp()
        return -moment, article.id, article.path

    def _shared(self, told: Told, asking: Longs, rows: Longs) -> Longs:
        """What those that are `asking`, by their numbers in `told`, share of it with the `rows`: parallel columns."""
        asked = self._index.asked(told.features)
        count = 1 + max(told.owner.max(initial=-1), asking.max(initial=-1))
        gains = np.zeros((count, len(asked) + 1))  # the last: of what nobody asks for
        gains[told.owner, self._index.places(asked, told.features)] = told.gains
        theirs, roots, counts = self._index.columns(rows)
        cells = np.repeat(asking * gains.shape[1], counts)
        cells += self._index.places(asked, theirs)
        added = gains.ravel()[cells]
        added *= roots  # far below 2 ** 53: every sum is exact
        return np.bincount(np.repeat(np.arange(len(rows)), counts), added, minlength=len(rows)).astype(np.int64)

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
