"""The entries that are ranked as columns of numbers, and what an earlier ranking left, as bytes.

What one machine keeps another one reads.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from typing import Any

import msgspec

from ssg import reading
from ssg.digests import of_value
from ssg.related.columns import Flags, Ints, Longs, Raw, gathered, np, npt, ranges, sums
from ssg.related.scores import WIDEST, Entry, enough_by, features, until, weight

_KEY = 16  # bytes
_encode = msgspec.msgpack.Encoder().encode


class Heads(msgspec.Struct, frozen=True):
    """What is known of each entry without looking at its features: a change of any of it makes the entry another one."""

    keys: bytes  # a digest for each, one behind the other
    days: Ints
    most: Ints
    offered: Flags

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Heads:
        """Those of some entries."""
        return cls(
            b"".join([blake2b(_told(entry), digest_size=_KEY).digest() for entry in entries]),
            np.array([entry.article.date.toordinal() for entry in entries], "<i4"),
            np.array([entry.most for entry in entries], "<i4"),
            np.array([entry.offered for entry in entries], "?"),
        )

    def years(self) -> Longs:
        """The calendar year of each entry."""
        epoch = date(1970, 1, 1).toordinal()
        return (self.days - epoch).astype("M8[D]").astype("M8[Y]").astype(np.int64) + 1970

    def with_others(self, numbers: Sequence[int], entries: Sequence[Entry]) -> Heads:
        """These, but for those of a few entries, which are what `entries` has at their numbers."""
        others = Heads.of([entries[n] for n in numbers])
        keys = bytearray(self.keys)
        for place, n in enumerate(numbers):
            keys[n * _KEY : (n + 1) * _KEY] = others.keys[place * _KEY : (place + 1) * _KEY]
        days, most, offered = self.days.copy(), self.most.copy(), self.offered.copy()
        at = np.array(numbers, np.int64)
        days[at], most[at], offered[at] = others.days, others.most, others.offered
        return Heads(bytes(keys), days, most, offered)

    def __len__(self) -> int:
        return len(self.days)

    def places_in(self, other: Heads) -> Longs:
        """For each entry its number among the others, -1 where it is not there just as it is here."""
        mine, others = self._rows(), other._rows()
        shorter = min(len(mine), len(others))
        ahead = _alike(mine[:shorter], others[:shorter])
        behind = _alike(mine[len(mine) - shorter + ahead :][::-1], others[len(others) - shorter + ahead :][::-1])
        places = np.full(len(mine), -1)
        places[:ahead] = np.arange(ahead)
        places[len(mine) - behind :] = np.arange(len(others) - behind, len(others))
        numbers = {row.tobytes(): n for n, row in enumerate(others[ahead : len(others) - behind], ahead)}
        for n, row in enumerate(mine[ahead : len(mine) - behind], ahead):
            places[n] = numbers.get(row.tobytes(), -1)
        return places

    def _rows(self) -> Raw:
        """All of it as one row of bytes for each entry."""
        kinds = [("key", f"V{_KEY}"), ("days", "<i4"), ("most", "<i4"), ("offered", "?")]
        rows = np.empty(len(self), kinds)
        rows["key"] = np.frombuffer(self.keys, f"V{_KEY}")
        rows["days"], rows["most"], rows["offered"] = self.days, self.most, self.offered
        return rows.view(f"V{rows.itemsize}")


def _told(entry: Entry) -> bytes:
    """All that tells an article from others and from what it was; an article that was read has a key of its whole file."""
    article = entry.article
    if article.body_key:
        return "\0".join((article.body_key, *entry.without)).encode()
    return _encode((article.path, article.id, article.date, article.terms, article.tags, article.story, entry.without))


def _alike(some: Raw, others: Raw) -> int:
    """How many of the first ones are the same."""
    differ = np.flatnonzero(some != others)
    return int(differ[0]) if len(differ) else len(some)


class Table(msgspec.Struct, frozen=True):
    """The entries with their features, as numbers of words in `vocabulary`.

    Entry n has those from `starts[n]` to before `starts[n + 1]`. `held` has a row for each of the `years` that have entries:
    how many of those of that year that are offered have each feature.
    """

    heads: Heads
    vocabulary: list[str]
    features: Ints
    starts: Longs
    years: Longs
    held: Longs

    @classmethod
    def of(cls, entries: Sequence[Entry], heads: Heads) -> Table:
        """That of some entries."""
        vocabulary, flat, starts = _features(entries, [])
        table = cls(heads, vocabulary, flat, starts, np.unique(heads.years()), np.zeros((0, 0), np.int64))
        return msgspec.structs.replace(table, held=table._count(np.flatnonzero(heads.offered)))

    def followed(self, entries: Sequence[Entry], heads: Heads, places: Longs) -> Table:
        """That of other entries; the features of those that have a place in this one are taken from here."""
        fresh, known = np.flatnonzero(places < 0), np.flatnonzero(places >= 0)
        vocabulary, flat, starts = _features([entries[n] for n in fresh.tolist()], self.vocabulary)
        begins, counts = np.zeros((2, len(heads)), np.int64)
        begins[fresh] = len(self.features) + starts[:-1]
        counts[fresh] = np.diff(starts)
        begins[known] = self.starts[places[known]]
        counts[known] = self.starts[places[known] + 1] - begins[known]
        gone = np.array(self.heads.offered)
        gone[places[known]] = False
        years = np.unique(heads.years())
        held = np.zeros((len(years), len(vocabulary)), np.int64)
        _, here, there = np.intersect1d(years, self.years, return_indices=True)
        held[here, : len(self.vocabulary)] = (self.held - self._count(np.flatnonzero(gone)))[there]
        has = gathered(np.concatenate([self.features, flat]), begins, counts)
        table = Table(heads, vocabulary, has, sums(counts), years, held)
        return msgspec.structs.replace(table, held=held + table._count(fresh[heads.offered[fresh]]))

    def _count(self, rows: Longs) -> Longs:
        """How many of some entries have each feature, a row for each year."""
        owner, has = self.of_rows(rows)
        shape = len(self.years), len(self.vocabulary)
        cells = self.year_of_rows()[rows][owner] * shape[1] + has
        return np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)

    def year_of_rows(self) -> Longs:
        """For each entry the place of its year in `years`."""
        return np.searchsorted(self.years, self.heads.years())

    def weights(self) -> Longs:
        """What sharing each feature weighs for an entry, a row for each year (see `scores.until`)."""
        offered = np.sort(self.heads.years()[self.heads.offered])
        enough = enough_by(offered.tolist())
        weights = np.zeros(self.held.shape, np.int64)
        whole = self.held.sum(axis=0)
        some = np.flatnonzero((whole > 0) & (whole <= WIDEST))
        counted = np.cumsum(self.held[:, some], axis=0)
        for row, year in enumerate(self.years.tolist()):
            last = until(year, enough)
            articles = int(np.searchsorted(offered, last, "right"))
            by_count = np.array([weight(articles, max(1, count)) for count in range(WIDEST + 1)], np.int64)
            weights[row, some] = by_count[counted[np.searchsorted(self.years, last, "right") - 1]]
        return weights

    def of_rows(self, rows: Longs) -> tuple[Longs, Ints]:
        """The features of some entries one behind the other, and before them, for each, which of `rows` has it."""
        counts = self.starts[rows + 1] - self.starts[rows]
        return np.repeat(np.arange(len(rows)), counts), self.features[ranges(self.starts[rows], counts)]

    def rows_at(self, at: Longs) -> Longs:
        """Which entries the features at these places belong to."""
        return np.searchsorted(self.starts, at, "right") - 1


def _features(entries: Sequence[Entry], known: Sequence[str]) -> tuple[list[str], Ints, Longs]:
    """The vocabulary, of which the beginning is known; the features of all entries, and where those of each start."""
    numbers = {feature: n for n, feature in enumerate(known)}
    flat: list[int] = []
    lengths: list[int] = []
    for entry in entries:
        has = features(entry.article)
        lengths.append(len(has))
        flat += [numbers.setdefault(feature, len(numbers)) for feature in has]
    return list(numbers), np.array(flat, "<i4"), sums(np.array(lengths, np.int64))


# -- what is kept ----------------------------------------------------------------------------------


class Ranking(msgspec.Struct, frozen=True):
    """A table and the lists that came of it: numbers of entries, -1 where a list is shorter.

    `last` is what a newcomer has to score to come into a list: the score of its last place, 0 if there is still room.
    """

    table: Table
    lists: Ints  # a row for each entry
    last: Longs


class _Kept(msgspec.Struct, array_like=True):
    """A ranking as it is written: the bytes of its columns."""

    made_by: str
    width: int
    vocabulary: str
    keys: bytes
    columns: list[memoryview]


_decode = msgspec.msgpack.Decoder(_Kept).decode
_TYPES = ("<i4", "<i4", "?", "<i4", "<i8", "<i8", "<i4", "<i4", "<i8")


def to_bytes(ranking: Ranking) -> bytes:
    """The ranking for a later one to begin from."""
    table = _tidied(ranking.table)
    heads = table.heads
    columns: list[npt.NDArray[Any]] = [
        *(heads.days, heads.most, heads.offered),
        *(table.features, table.starts, table.years, table.held, ranking.lists, ranking.last),
    ]
    written = [
        np.ascontiguousarray(column, kind).data.cast("B") if column.size else memoryview(b"")
        for column, kind in zip(columns, _TYPES, strict=True)
    ]
    kept = _encode(_Kept(_made_by(), ranking.lists.shape[1], "\n".join(table.vocabulary), heads.keys, written))
    return blake2b(kept, digest_size=_KEY).digest() + kept


def of_bytes(kept: bytes) -> Ranking | None:
    """What `to_bytes` made; None if it is damaged, or was made by other code."""
    body = memoryview(kept)[_KEY:]
    if blake2b(body, digest_size=_KEY).digest() != kept[:_KEY]:
        return None
    try:
        found = _decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if found.made_by != _made_by():
        return None
    columns: list[Any] = [np.frombuffer(column, kind) for column, kind in zip(found.columns, _TYPES, strict=True)]
    days, most, offered, has, starts, years, held, lists, last = columns
    vocabulary = found.vocabulary.split("\n") if found.vocabulary else []
    counts = held.reshape(len(years), len(vocabulary)).astype(np.int64)
    table = Table(Heads(found.keys, days, most, offered), vocabulary, has, starts, years, counts)
    return Ranking(table, lists.reshape(len(days), found.width), last)


def _tidied(table: Table) -> Table:
    """The table, without the features that no entry has any more if they are the most."""
    used = np.zeros(len(table.vocabulary), np.bool_)
    used[table.features] = True
    if 2 * int(np.count_nonzero(used)) >= len(table.vocabulary):
        return table
    vocabulary = [feature for feature, kept in zip(table.vocabulary, used.tolist(), strict=True) if kept]
    numbers = (np.cumsum(used) - 1).astype("<i4")
    return Table(table.heads, vocabulary, numbers[table.features], table.starts, table.years, table.held[:, used])


@cache
def _made_by() -> str:
    """The digest of our code, and of that which makes a tag's slug."""
    return of_value((reading.code(), [version(name) for name in ("anyascii", "python-slugify")]))
