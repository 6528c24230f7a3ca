"""Features of articles as columns of numbers: by article, and the other way about, by feature.

An article as it was ranked once stands in a row of its own, which never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from ssg.related.columns import Bytes, Flags, Halves, Ints, Longs, Names, Sorted, np, npt, one_ahead, order_of, ranges, sums
from ssg.related.features import NAME_BITS, Joined
from ssg.related.scores import SKETCHED, widest

# A feature of a row as one number: the feature's name, the row, the root of its count there.
_ROW_BITS, _ROOT_BITS = 24, 8
_ROW = (1 << _ROW_BITS) - 1
_ROOT = (1 << _ROOT_BITS) - 1
AT_ONCE = 1 << 20  # features that are brought in order at once: what the processor's own memory holds
_MOST_PARTS = 6  # to find what belongs to each part all of it is looked at
END = np.uint64(0xFFFFFFFF)  # behind all rows of a feature


class Rows(msgspec.Struct, frozen=True):
    """Features by row: row n has those from `starts[n]` to before `starts[n + 1]`.

    `lengths`, and the rows of `sketches`: see `Features`.
    """

    lengths: Ints
    sketches: Halves
    starts: Longs
    names: Names
    roots: Bytes

    @classmethod
    def of(cls, features: Iterable[Joined]) -> Rows:
        """Those of some articles, a row for each."""
        parts = list(features)
        return cls(
            np.concatenate([np.array(one.lengths, np.int32) for one in parts] or [np.zeros(0, np.int32)]),
            np.frombuffer(b"".join([one.sketches for one in parts]), np.uint16).reshape(-1, SKETCHED),
            sums(np.array([count for one in parts for count in one.counts], np.int64)),
            np.frombuffer(b"".join([one.names for one in parts]), np.uint32),
            np.frombuffer(b"".join([one.roots for one in parts]), np.uint8),
        )

    def __len__(self) -> int:
        return len(self.lengths)

    def of_rows(self, rows: Longs) -> tuple[Longs, Names, Bytes]:
        """The features of some rows one behind the other, with their roots, and before them which of `rows` each is of."""
        counts = self.starts[rows + 1] - self.starts[rows]
        at = ranges(self.starts[rows], counts)
        return np.repeat(np.arange(len(rows)), counts), self.names[at], self.roots[at]

    def take(self, rows: Longs) -> Rows:
        """These rows alone, in this order."""
        owner, names, roots = self.of_rows(rows)
        return Rows(self.lengths[rows], self.sketches[rows], sums(np.bincount(owner, minlength=len(rows))), names, roots)

    def and_(self, other: Rows) -> Rows:
        """These rows, and behind them the others."""
        return Rows(
            np.concatenate([self.lengths, other.lengths]),
            np.concatenate([self.sketches, other.sketches]),
            np.concatenate([self.starts, other.starts[1:] + self.starts[-1]]),
            np.concatenate([self.names, other.names]),
            np.concatenate([self.roots, other.roots]),
        )


def by_feature(names: Names, rows: npt.NDArray[Any], roots: Bytes) -> Sorted:
    """Features of rows, which are in order, by their names and then by the rows, each as one number."""
    keys = key_of(names, rows)
    keys |= roots
    return keys[order_of(names, NAME_BITS)]


def key_of(names: Names, rows: npt.NDArray[Any] | int) -> Sorted:
    """Where the entries of features begin among those by feature, from a row on."""
    keys = names.astype(np.uint64) << np.uint64(_ROW_BITS + _ROOT_BITS)
    keys |= np.asarray(rows, np.uint64) << np.uint64(_ROOT_BITS)
    return keys


def parted(keys: npt.NDArray[Any]) -> tuple[Ints, Bytes]:
    """The rows and the roots of entries by feature, or of the lower half of them."""
    return (keys >> keys.dtype.type(_ROOT_BITS) & keys.dtype.type(_ROW)).astype(np.int32), keys.astype(np.uint8)


def joined(rows: Ints, roots: Bytes) -> Names:
    """What `parted` parts."""
    return rows.astype(np.uint32) << np.uint32(_ROOT_BITS) | roots


class Store(msgspec.Struct, frozen=True):
    """Many rows, in order of their dates.

    A feature that several rows have has a number: its place in `shared`, which are the names of these in order; it is held by
    those from `begins[n]` to before `begins[n + 1]` in `holders` (the lower halves of entries by feature). In `features` row n
    has from `starts[n]` on the numbers of common features, in order, from `single_starts[n]` on the names of those that it
    alone has, from `rare_starts[n]` on the numbers of rare ones; `single` are these alone by feature.
    """

    days: Ints
    lengths: Ints
    sketches: Halves
    starts: Longs
    single_starts: Longs
    rare_starts: Longs
    features: Names
    roots: Bytes
    shared: Names
    begins: Longs
    holders: Names
    single: Sorted

    @classmethod
    def of(cls, rows: Rows, days: Ints) -> Store:
        """A store of some rows, which are in order of their dates."""
        owners = np.repeat(np.arange(len(rows), dtype=np.int32), np.diff(rows.starts))
        features, roots = np.empty(len(owners), np.uint32), np.empty(len(owners), np.uint8)
        fronts, backs = rows.starts[:-1].copy(), rows.starts[1:].copy()  # of what is not filled in yet
        shared, held, holders, single = [], [], [], []
        most = widest(len(rows))
        numbered = 0
        parts = _by_names(rows.names, owners, rows.roots, range(1 << NAME_BITS), len(owners) // AT_ONCE + 1)
        for keys in one_ahead(by_feature(*part) for part in parts):
            halves = keys.view("<u4").reshape(-1, 2)
            names, lower = halves[:, 1], halves[:, 0]
            heads = np.flatnonzero(np.append(True, names[1:] != names[:-1])) if len(names) else np.zeros(0, np.int64)
            sizes = np.diff(np.append(heads, len(names)))
            several = sizes > 1
            is_shared = np.repeat(several, sizes)
            shared.append(names[heads[several]])
            held.append(sizes[several])
            holders.append(lower[is_shared])
            single.append(keys[~is_shared])
            numbers = np.repeat(np.arange(numbered, numbered + len(shared[-1]), dtype=np.uint32), held[-1])
            numbered += len(shared[-1])
            at = filled(holders[-1], np.repeat(held[-1] <= most, held[-1]), fronts, backs)
            features[at], roots[at] = numbers, holders[-1].astype(np.uint8)
        single_starts = fronts.copy()
        for keys in single:
            at = filled(keys, np.zeros(len(keys), np.bool_), fronts, backs)
            features[at], roots[at] = (keys >> np.uint64(32)).astype(np.uint32), keys.astype(np.uint8)
        columns = (np.concatenate(shared), sums(np.concatenate(held)), np.concatenate(holders), np.concatenate(single))
        return cls(days, rows.lengths, rows.sketches, rows.starts, single_starts, fronts, features, roots, *columns)

    def __len__(self) -> int:
        return len(self.days)

    def of_rows(self, rows: Longs) -> tuple[Longs, Names, Bytes]:
        """As `Rows.of_rows`."""
        starts = self.starts[rows]
        counts = self.starts[rows + 1] - starts
        owner, at = np.repeat(np.arange(len(rows)), counts), ranges(starts, counts)
        names = self.features[at].copy()
        shared = (at < self.single_starts[rows][owner]) | (at >= self.rare_starts[rows][owner])
        names[shared] = self.shared[names[shared]]
        return owner, names, self.roots[at]

    def rows(self) -> Rows:
        """All of it as rows."""
        _, names, roots = self.of_rows(np.arange(len(self)))
        return Rows(self.lengths, self.sketches, self.starts, names, roots)

    def of_features(self, names: Names) -> tuple[Longs, Ints, Bytes]:
        """Who has these features: which of `names`, in their order, the row, and the root there."""
        number, known = self._numbers(names)
        counts = np.where(known, self.begins[np.minimum(number + 1, len(self.shared))] - self.begins[number], 0)
        feature = np.repeat(np.arange(len(names)), counts)
        rows, roots = parted(self.holders[ranges(self.begins[number], counts)])
        at = np.searchsorted(self.single, key_of(names, 0))
        at = np.minimum(at, max(0, len(self.single) - 1))
        alone = np.flatnonzero((self.single[at] >> np.uint64(32)).astype(np.uint32) == names) if len(self.single) else at[:0]
        if len(alone):
            own_rows, own_roots = parted(self.single[at[alone]])
            feature = np.concatenate([feature, alone])
            order = np.argsort(feature, kind="stable")
            feature = feature[order]
            rows, roots = np.concatenate([rows, own_rows])[order], np.concatenate([roots, own_roots])[order]
        return feature, rows, roots

    def held(self, names: Names, before: Longs) -> Longs:
        """How many of the rows that come before one have each feature."""
        number, known = self._numbers(names)
        found = np.zeros(len(names), np.int64)
        some = np.flatnonzero(known)
        low, high = self.begins[number[some]], self.begins[number[some] + 1]
        limit = (before[some] << _ROOT_BITS).astype(np.uint32)
        while True:  # a search in many parts of a column at once
            open_ = low < high
            if not open_.any():
                break
            middle = (low + high) >> 1
            less = open_ & (self.holders[np.minimum(middle, len(self.holders) - 1)] < limit)
            low = np.where(less, middle + 1, low)
            high = np.where(open_ & ~less, middle, high)
        found[some] = low - self.begins[number[some]]
        first = key_of(names, 0)
        found += np.searchsorted(self.single, key_of(names, before)) - np.searchsorted(self.single, first)
        return found

    def _numbers(self, names: Names) -> tuple[Longs, Flags]:
        if not len(self.shared):
            return np.zeros(len(names), np.int64), np.zeros(len(names), np.bool_)
        at = np.minimum(np.searchsorted(self.shared, names), len(self.shared) - 1)
        return at, self.shared[at] == names


def _by_names(names: Names, owners: Ints, roots: Bytes, within: range, parts: int) -> Iterator[tuple[Names, Ints, Bytes]]:
    """Features, whose names are `within` some, in at least so many parts: each has all of some names, in order of these."""
    if parts == 1:
        yield names, owners, roots
        return
    here = min(parts, _MOST_PARTS)
    for n in range(here):
        part = within[len(within) * n // here : len(within) * (n + 1) // here]
        its = np.flatnonzero((names >= part.start) & (names < part.stop))
        yield from _by_names(names[its], owners[its], roots[its], part, -(-parts // here))


def filled(entries: npt.NDArray[Any], at_back: Flags, fronts: Longs, backs: Longs) -> Longs:
    """Where entries by feature go in their rows: from the row's front on, some from its back on towards it; both are moved."""
    owner, _ = parted(entries)
    at = np.empty(len(owner), np.int64)
    for some, places, step in ((np.flatnonzero(~at_back), fronts, 1), (np.flatnonzero(at_back), backs, -1)):
        its = owner[some]
        order = order_of(its, len(places).bit_length())
        sizes = np.bincount(its, minlength=len(places))
        nth = np.arange(len(its)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
        at[some[order]] = places[its[order]] + (nth if step > 0 else -1 - nth)
        places += step * sizes
    return at
