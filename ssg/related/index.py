"""The articles that are ranked together at one time, and what each feature weighs among them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import msgspec

from ssg.related.columns import Bytes, Flags, Halves, Ints, Longs, Names, Sorted, np, npt, ranges, years_of
from ssg.related.postings import AT_ONCE, END, Rows, Store, by_feature, filled, joined, key_of, parted
from ssg.related.scores import FAR, LEAST, SKETCHED, SPARED, enough_by, until, widest


def _least(steps: int) -> int:
    """The least count of so many steps (see `scores.step`)."""
    count = math.isqrt(math.isqrt((1 << 2 * steps) // 2))
    while 2 * count**4 < 1 << 2 * steps:
        count += 1
    return count


_KINDS = 0xFFFF  # by so many bits most features that are not asked for are told apart at once
_STEPS = np.array([_least(steps) for steps in range(63)])


def steps(counts: Longs) -> Longs:
    """`scores.step` of counts of 1 or more."""
    return np.searchsorted(_STEPS, counts, "right") - 1


class Told(msgspec.Struct, frozen=True):
    """Features of some articles that tell, one behind the other: which article has each, by its number, and what it adds to
    what the article shares with another one, for each unit of the root there.

    `features` are their names, or numbers in place of these; those of one article are in order.
    """

    owner: Longs
    features: Names
    gains: Longs


class Asking(msgspec.Struct, frozen=True):
    """The features of some articles, the rare and the common ones; what each article shares with itself.

    Of a rare feature `begins` says where its holders begin in `holders`, and `sizes` how many there are: each is a row and its
    root there (see `postings.parted`).
    """

    rare: Told
    begins: Longs
    sizes: Longs
    holders: Names
    common: Told
    wholes: Longs


class Index:
    """The rows of a store that are `alive`, and `others` behind them.

    `alive` and `offered` say of each row whether it is one of the articles that are ranked, and whether lists may have it.
    `days` are those of the rows, `shortness` that of their texts. `near` is what their nearness is worth, by days.
    """

    def __init__(self, store: Store, others: Rows, days: Ints, alive: Flags, offered: Flags, near: Sequence[int]) -> None:
        self._store, self._others = store, others
        self._near = np.array(near, np.int64)
        self._behind = len(store)
        self.days, self.alive, self.offered = days, alive, offered
        self.years = years_of(days)
        self.shortness = _shortness(np.concatenate([store.lengths, others.lengths]).astype(np.int64))
        in_order = np.sort(self.years[alive])
        enough = enough_by(in_order.tolist())
        self.widest = widest(len(in_order))
        spread = range(int(self.years.min(initial=9999)), int(self.years.max(initial=0)) + 1)
        self._first_year = spread.start
        self._until = np.array([until(year, enough) for year in spread], np.int64)
        self._articles = np.searchsorted(in_order, self._until, "right")
        self._row_until = np.searchsorted(self.years[: self._behind], self._until, "right")
        gone, extra = np.flatnonzero(~alive[: self._behind]), np.flatnonzero(alive[self._behind :])
        self._gone_by_year = self._by_year(store, gone, 0)
        self._extra_by_year = self._by_year(others, extra, self._behind)
        owner, names, roots = others.of_rows(extra)
        self._extra = by_feature(names, extra[owner] + self._behind, roots)

    def _by_year(self, rows: Store | Rows, some: Longs, first: int) -> Sorted:
        owner, names, _ = rows.of_rows(some)
        return np.sort(_by(names, self.years[some + first][owner]))

    def until(self, years: Longs) -> npt.NDArray[Any]:
        """What is known to articles of these years: until when others count for them, and how many those are, in steps."""
        at = years - self._first_year
        return np.stack([self._until[at], steps(1 + self._articles[at])])

    # -- who has a feature

    def of_features(self, names: Names) -> tuple[Longs, Ints, Bytes]:
        """Who of those that are ranked has these features: which of `names`, in their order, the row, and the root there."""
        feature, rows, roots = self._store.of_features(names)
        begins = np.searchsorted(self._extra, key_of(names, 0))
        counts = np.searchsorted(self._extra, key_of(names, 0) | END, "right") - begins
        if counts.any():
            more, more_roots = parted(self._extra[ranges(begins, counts)])
            feature = np.concatenate([feature, np.repeat(np.arange(len(names)), counts)])
            order = np.argsort(feature, kind="stable")
            feature = feature[order]
            rows, roots = np.concatenate([rows, more])[order], np.concatenate([roots, more_roots])[order]
        keep = self.alive[rows]
        return feature[keep], rows[keep], roots[keep]

    def held(self, names: Names) -> Longs:
        """By how many of those that are ranked each feature is held."""
        every = np.full(len(names), self._behind)
        return self._store.held(names, every) + self._of_late(names, np.full(len(names), int(END)))

    def _of_late(self, names: Names, years: Longs) -> Longs:
        """How many more have each feature, until a year, than in the store."""
        low, high = _by(names, np.zeros(len(names), np.int64)), _by(names, years)
        found = np.zeros(len(names), np.int64)
        for sign, some in ((-1, self._gone_by_year), (1, self._extra_by_year)):
            if len(some):
                found += sign * (np.searchsorted(some, high, "right") - np.searchsorted(some, low))
        return found

    def weights(self, names: Names, years: Longs) -> Longs:
        """What sharing each of these features weighs for an article of that year (see `scores.weight`)."""
        pairs, back = np.unique(_by(names, years - self._first_year), return_inverse=True)
        names, at = (pairs >> np.uint64(32)).astype(np.uint32), (pairs & END).astype(np.int64)
        held = self._store.held(names, self._row_until[at]) + self._of_late(names, self._until[at])
        found: Longs = self._weight(at, held)[back]
        return found

    def _weight(self, years: Longs, held: Longs) -> Longs:
        found: Longs = np.maximum(0, steps(1 + self._articles[years]) - steps(np.maximum(1, held))) ** 2
        return found

    # -- features of articles

    def features(self, rows: Longs) -> tuple[Longs, Names, Bytes]:
        """The features of some rows one behind the other, with their roots, and before them which of `rows` each is of."""
        behind = rows >= self._behind
        if not behind.any():
            return self._store.of_rows(rows)
        if behind.all():
            return self._others.of_rows(rows - self._behind)
        order = np.argsort(behind, kind="stable")
        middle = int(np.count_nonzero(~behind))
        first = self._store.of_rows(rows[order[:middle]])
        second = self._others.of_rows(rows[order[middle:]] - self._behind)
        owner = order[np.concatenate([first[0], second[0] + middle])]
        again = np.argsort(owner, kind="stable")
        return owner[again], np.concatenate([first[1], second[1]])[again], np.concatenate([first[2], second[2]])[again]

    def asking(self, rows: Longs) -> Asking:
        """The features of some rows, with what they tell."""
        owner, names, roots = self.features(rows)
        order = np.lexsort((names, owner))
        names, gains = names[order], roots[order].astype(np.int64)
        weights = self.weights(names, self.years[rows][owner])
        wholes = _sums(owner, weights * gains**2, len(rows))
        gains *= weights
        known, back = np.unique(names, return_inverse=True)
        is_rare = self.held(known) <= self.widest
        some = np.flatnonzero(is_rare)
        feature, holders, theirs = self.of_features(known[some])
        sizes = np.zeros(len(known), np.int64)
        sizes[some] = np.bincount(feature, minlength=len(some))
        begins = np.cumsum(sizes) - sizes
        rare, common = np.flatnonzero(is_rare[back] & (weights > 0)), np.flatnonzero(~is_rare[back] & (weights > 0))
        return Asking(
            *(Told(owner[rare], names[rare], gains[rare]), begins[back[rare]], sizes[back[rare]], joined(holders, theirs)),
            *(Told(owner[common], names[common], gains[common]), wholes),
        )

    def columns(self, rows: Longs) -> tuple[Names, Bytes, Longs]:
        """The features of some rows and their roots, one behind the other, and how many each has."""
        owner, names, roots = self.features(rows)
        return names, roots, np.bincount(owner, minlength=len(rows))

    def asked(self, features: Names) -> Names:
        """These features in order, each once, and maybe others: those among which `places` tells the places."""
        return np.unique(features)

    def places(self, asked: Names, features: Names) -> Longs:
        """Where in `asked`, which are in order, each of some features is: behind the last if it is not."""
        kinds = np.zeros(_KINDS + 1, np.bool_)
        kinds[asked & _KINDS] = True
        at = np.flatnonzero(kinds[features & _KINDS])
        place = np.minimum(np.searchsorted(asked, features[at]), len(asked) - 1)
        same = asked[place] == features[at]
        found = np.full(len(features), len(asked))
        found[at[same]] = place[same]
        return found

    # -- scores

    def scores(self, one: Longs, other: Longs, shared: Longs) -> Longs:
        """What the articles `other` score with the articles `one` (see `scores.score`)."""
        near = self._near[np.minimum(np.abs(self.days[one] - self.days[other]), FAR)]
        found: Longs = (shared * self.shortness[other] >> SPARED) * near
        return found

    def least(self, one: Longs, whole: Longs, part: int) -> Longs:
        """What must be shared with the articles `one`, times the other's shortness, to be a `part` of the `whole`."""
        found: Longs = np.maximum(1, -(-whole * self.shortness[one] // part))
        return found

    def least_scores(self, told: Longs) -> Longs:
        """What they score at least who share so much, times their shortness."""
        found: Longs = np.maximum(1, (told >> SPARED) * int(self._near.min()))
        return found

    def sketches(self, rows: Longs) -> Halves:
        """The sketches of some rows (see `features.Features`)."""
        behind = rows >= self._behind
        if not behind.any():
            return self._store.sketches[rows]
        found = np.empty((len(rows), SKETCHED), np.uint16)
        found[~behind] = self._store.sketches[rows[~behind]]
        found[behind] = self._others.sketches[rows[behind] - self._behind]
        return found

    def alike(self, one: Longs, other: Longs, shared: Longs, whole: Longs, part: int = LEAST) -> Flags:
        """See `scores.alike`."""
        found: Flags = shared * self.shortness[other] * part >= whole * self.shortness[one]
        return found


class Whole(Index):
    """All rows of a store, and no others: its features are known by their numbers, and nothing has to be looked for."""

    def __init__(self, store: Store, offered: Flags, near: Sequence[int]) -> None:
        super().__init__(store, Rows.of([]), store.days, np.ones(len(store), np.bool_), offered, near)
        self._counts = np.diff(store.begins)
        self._common = np.flatnonzero(self._counts > self.widest).astype(np.uint32)
        self._place = np.full(len(self._counts), len(self._common))  # of each feature among the common ones
        self._place[self._common] = np.arange(len(self._common))
        self._weights = self._of_holders()

    def _of_holders(self) -> Bytes:
        """What each feature in `Store.features` that is shared weighs for its row: the root of its weight."""
        store = self._store
        found = np.zeros(len(store.features), np.uint8)
        fronts, backs = store.starts[:-1].copy(), store.starts[1:].copy()
        cuts = np.searchsorted(store.begins, np.arange(0, len(store.holders), AT_ONCE))
        for first, behind in pairwise(np.unique(np.append(cuts, len(self._counts))).tolist()):
            its = store.holders[store.begins[first] : store.begins[behind]]
            counts = self._counts[first:behind]
            at = filled(its, np.repeat(counts <= self.widest, counts), fronts, backs)
            found[at] = self._of_part(parted(its)[0], counts)
        return found

    def _of_part(self, rows: Ints, counts: Longs) -> Bytes:
        """What the features weigh for their holders: the first of so many rows have the first feature, and so on."""
        feature = np.repeat(np.arange(len(counts)), counts)
        year = self.years[rows] - self._first_year
        # The holders of a feature are in order of their dates: those of one year stand side by side.
        starts = np.flatnonzero(np.append(True, (feature[1:] != feature[:-1]) | (year[1:] != year[:-1])))
        of, year = feature[starts], year[starts]
        limit = self._until[year] - self._first_year
        end = np.arange(1, len(starts) + 1)
        while True:
            further = np.minimum(end, len(starts) - 1)
            more = (end < len(starts)) & (of[further] == of) & (year[further] <= limit)
            if not more.any():
                break
            end += more
        behind = np.append(starts, len(rows))
        held = behind[end] - (np.cumsum(counts) - counts)[of]
        weights = np.maximum(0, steps(1 + self._articles[year]) - steps(held)).astype(np.uint8)
        found: Bytes = np.repeat(weights, np.diff(behind))
        return found

    def asking(self, rows: Longs) -> Asking:
        """As in any index."""
        store = self._store
        common, squares = self._told(rows, store.starts, store.single_starts)
        rare, more = self._told(rows, store.rare_starts, store.starts[1:])
        singles = store.rare_starts[rows] - store.single_starts[rows]
        roots = store.roots[ranges(store.single_starts[rows], singles)].astype(np.int64)
        alone = _sums(np.repeat(np.arange(len(rows)), singles), roots**2, len(rows))
        wholes = squares + more + alone * self._weight(self.years[rows] - self._first_year, np.ones(len(rows), np.int64))
        return Asking(rare, store.begins[rare.features], self._counts[rare.features], store.holders, common, wholes)

    def _told(self, rows: Longs, starts: Longs, ends: Longs) -> tuple[Told, Longs]:
        """Some of the features of rows, and what each row shares with itself by these."""
        counts = ends[rows] - starts[rows]
        owner = np.repeat(np.arange(len(rows)), counts)
        at = ranges(starts[rows], counts)
        roots = self._store.roots[at].astype(np.int64)
        gains = roots * self._weights[at].astype(np.int64) ** 2
        tells = gains > 0
        return Told(owner[tells], self._store.features[at][tells], gains[tells]), _sums(owner, gains * roots, len(rows))

    def columns(self, rows: Longs) -> tuple[Names, Bytes, Longs]:
        """As in any index, but of common features alone."""
        store = self._store
        starts, ends = store.starts[rows], store.single_starts[rows]
        parts = [slice(*bounds) for bounds in zip(starts.tolist(), ends.tolist(), strict=True)]
        features = np.concatenate([store.features[part] for part in parts] or [store.features[:0]])
        return features, np.concatenate([store.roots[part] for part in parts] or [store.roots[:0]]), ends - starts

    def asked(self, features: Names) -> Names:
        """All common features, whichever are asked for: the places of these are known."""
        return self._common

    def places(self, asked: Names, features: Names) -> Longs:
        """As in any index, but looked up at once: features are numbers here."""
        found: Longs = self._place[features]
        return found


def _sums(owner: Longs, values: Longs, count: int) -> Longs:
    return np.bincount(owner, values.astype(np.float64), minlength=count).astype(np.int64)  # far below 2 ** 53: they are exact


def _by(names: Names, years: Longs) -> Sorted:
    return names.astype(np.uint64) << np.uint64(32) | years.astype(np.uint64)


def _shortness(lengths: Longs) -> Longs:
    """`scores.shortness` of some lengths."""
    square = (1 << 40) // np.maximum(1, lengths)
    root = np.sqrt(square.astype(np.float64)).astype(np.int64)
    root -= root * root > square  # a float may be off by one
    root += (root + 1) * (root + 1) <= square
    return root
