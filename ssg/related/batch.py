"""The lists of many articles at once: the same few steps over long columns of numbers, block after block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from ssg.related.columns import Flags, Floats, Ints, Longs, np, ranges
from ssg.related.scores import LEAST, NEARNESS, WEIGHT_BITS, Entry
from ssg.related.table import Table

BLOCK = 1 << 16  # shared features that are counted at once: what the processor's own memory holds
ROWS = 1 << 16  # at once, even if they share nothing: more would not fit above a score in 63 bits
NEVER = np.iinfo(np.int64).max  # no score comes to this
_SCORE_BITS = 45  # the score of four million shared features has as many


class Pairs(msgspec.Struct, frozen=True):
    """All pairs of some rows with articles that share something with them, in order.

    `rows` are numbers in the rows asked for, one behind the other. Each of `cells` is a pair: the place in `rows` above, the
    number of the other entry below. `shared` is the sum of the weights of what the two share.
    """

    rows: range
    cells: Longs
    shared: Longs


class Batch:
    """Ranks entries of a table. `numbers` are theirs by path; `weights` says what sharing each feature weighs, by year."""

    def __init__(self, entries: Sequence[Entry], numbers: Mapping[str, int], table: Table, weights: Longs) -> None:
        self._entries = entries
        self._numbers = numbers
        self._table = table
        self.weights = weights
        self._years = table.year_of_rows()
        self._near = np.array(NEARNESS, np.int64)
        self._bits = len(table.heads).bit_length()
        self._known_moments = np.full(len(table.heads), np.nan)

    def pairs(self, rows: Longs, among: Flags, *, weighed_by_others: bool = False) -> Iterator[Pairs]:
        """What the entries `rows` share with each of those in `among`, themselves too if they are in it.

        It is weighed as to the entries `rows`, or as to the others.
        """
        owner, has = self._table.of_rows(rows)
        years = self._years[rows]
        tells = np.any(self.weights, axis=0)[has] if weighed_by_others else self.weights[years[owner], has] > 0
        owner, has = owner[tells], has[tells]
        begins, counts, holders = self._holders(has, among)
        sizes = counts[has]
        costs = np.cumsum(np.bincount(owner, sizes, minlength=len(rows)).astype(np.int64))
        first = 0
        while first < len(rows):
            done = int(costs[first - 1]) if first else 0
            behind = max(first + 1, int(np.searchsorted(costs, done + BLOCK, "right")))
            behind = min(behind, first + ROWS)
            part = slice(*np.searchsorted(owner, [first, behind]))
            size, feature = sizes[part], has[part]
            cells = np.repeat((owner[part] - first) << self._bits, size)
            others = holders[ranges(begins[feature], size)]
            cells |= others
            # The weight rides in the lowest bits, so that one sort brings together what belongs together.
            cells <<= WEIGHT_BITS
            if weighed_by_others:
                cells |= self.weights[self._years[others], np.repeat(feature, size)]
            else:
                cells |= np.repeat(self.weights[years[owner[part]], feature], size)
            cells.sort()
            gains = cells & ((1 << WEIGHT_BITS) - 1)
            cells >>= WEIGHT_BITS
            heads = np.flatnonzero(np.diff(cells, prepend=-1))
            shared = np.add.reduceat(gains, heads) if len(heads) else gains
            yield Pairs(range(first, behind), cells[heads], shared)
            first = behind

    def parted(self, cells: Longs) -> tuple[Longs, Longs]:
        """The places in their rows, and the numbers of the others, of some pairs."""
        return cells >> self._bits, cells & ((1 << self._bits) - 1)

    def _holders(self, wanted: Ints, among: Flags) -> tuple[Longs, Longs, Ints]:
        """For each feature that is wanted where its holders begin, how many there are, and all holders by feature."""
        table = self._table
        asked = np.zeros(len(table.vocabulary), np.bool_)
        asked[wanted] = True
        at = np.flatnonzero(asked[table.features])
        rows = table.rows_at(at)
        keep = among[rows]
        features = table.features[at[keep]]
        both = features.astype(np.int64) << 32 | rows[keep]
        both.sort()
        counts = np.bincount(features, minlength=len(asked))
        return np.cumsum(counts) - counts, counts, (both & 0xFFFFFFFF).astype(np.int32)

    def wholes(self, rows: Longs) -> Longs:
        """What each of the entries `rows` shares with itself."""
        owner, has = self._table.of_rows(rows)
        return np.bincount(owner, self.weights[self._years[rows][owner], has], minlength=len(rows)).astype(np.int64)

    def scores(self, one: Longs, other: Longs, shared: Longs) -> Longs:
        """What entries score with each other, by the sums of the weights that they share."""
        days = self._table.heads.days
        near: Longs = self._near[np.minimum(np.abs(days[one] - days[other]), len(self._near) - 1)]
        return shared * near

    def lists(self, rows: Longs, width: int) -> tuple[Ints, Longs]:
        """The lists of the entries `rows` as rows of `width` numbers, and what a newcomer has to score to come into each."""
        lists = np.full((len(rows), width), -1, np.int32)
        last = np.full(len(rows), NEVER)
        wanted = np.flatnonzero(self._table.heads.most[rows] > 0)
        last[wanted] = 0
        asked = rows[wanted]
        most = self._table.heads.most[asked].astype(np.int64)
        wholes, without = self.wholes(asked), self._without(asked)
        for pairs in self.pairs(asked, self._table.heads.offered):
            part = slice(pairs.rows.start, pairs.rows.stop)
            here, mosts = wanted[part], most[part]
            cells, shared = self._likely(pairs, wholes[part], without, mosts)
            row, other, scores = self._ranked(cells, shared, asked[part], mosts)
            place = np.arange(len(row)) - np.searchsorted(row, row)
            fits = place < mosts[row]
            row, place = row[fits], place[fits]
            lists[here[row], place] = other[fits]
            full = place == mosts[row] - 1
            last[here[row[full]]] = scores[fits][full]
        return lists, last

    def _without(self, rows: Longs) -> Longs:
        """What each list must not have, the entry itself first of all: the row's number above, the other's below, in order."""
        numbers = self._numbers
        barred: list[int] = []
        for row, n in enumerate(rows.tolist()):
            above = row << self._bits
            barred.append(above | n)
            barred += [above | numbers[path] for path in self._entries[n].without if path in numbers]
        return np.sort(np.array(barred, np.int64))

    def _likely(self, pairs: Pairs, wholes: Longs, without: Longs, most: Longs) -> tuple[Longs, Longs]:
        """Of some pairs those that can come on a list: few of many."""
        cells, shared = pairs.cells, pairs.shared
        good = shared * LEAST >= wholes[cells >> self._bits]
        offset = pairs.rows.start << self._bits
        barred = without[slice(*np.searchsorted(without, [offset, pairs.rows.stop << self._bits]))] - offset
        at = np.searchsorted(cells, barred)
        inside = at < len(cells)
        at, barred = at[inside], barred[inside]
        good[at[cells[at] == barred]] = False
        cells, shared = cells[good], shared[good]
        # Nearness at most doubles a score: what shares under half of what the best few do cannot come among them.
        row = cells >> self._bits
        good = 2 * shared >= _last_of_best(row, shared, most)[row]
        return cells[good], shared[good]

    def _ranked(self, cells: Longs, shared: Longs, rows: Longs, most: Longs) -> tuple[Longs, Longs, Longs]:
        """Places in `rows`, others, and what these score there, best first; at least as many as each list may have.

        Ties are broken by newer date, then by id.
        """
        row, other = self.parted(cells)
        scores = self.scores(rows[row], other, shared)
        good = scores >= _last_of_best(row, scores, most)[row]
        row, other, scores = row[good], other[good], scores[good]
        newer = -self._moments(other)
        order = np.lexsort((newer, -scores, row))
        same = (np.diff(row[order]) == 0) & (np.diff(scores[order]) == 0) & (np.diff(newer[order]) == 0)
        if same.any():
            alike = np.unique(other[order[np.append(same, False) | np.append(False, same)]])
            articles = {n: self._entries[n].article for n in alike.tolist()}
            names = np.zeros(len(self._entries), np.int64)
            names[sorted(articles, key=lambda n: (articles[n].id, articles[n].path))] = np.arange(len(alike))
            order = np.lexsort((names[other], newer, -scores, row))
        return row[order], other[order], scores[order]

    def _moments(self, numbers: Longs) -> Floats:
        """The dates of entries, in seconds; told by the clocks of their zones only where they are asked for."""
        for n in np.unique(numbers[np.isnan(self._known_moments[numbers])]).tolist():
            self._known_moments[n] = self._entries[n].article.date.timestamp()
        return self._known_moments[numbers]


def _last_of_best(row: Longs, values: Longs, most: Longs) -> Longs:
    """For each row the least of its best `most` values, 0 if it has fewer; `row` is in order, and says whose each value is."""
    ascending = np.sort(row << _SCORE_BITS | values)
    ends = np.searchsorted(row, np.arange(len(most)), "right")
    some = np.flatnonzero(np.diff(ends, prepend=0) >= most)
    found = np.zeros(len(most), np.int64)
    found[some] = ascending[ends[some] - most[some]] & ((1 << _SCORE_BITS) - 1)
    return found
