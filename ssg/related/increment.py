"""The ranking that begins from an earlier one: only those lists are made anew that can have changed.

A list depends on the weights of its article's features, and on the articles that share them. So it stays as it is if the
weights do, if nothing that stands in it went or changed, and if nothing that came or changed scores as much as its last place.
"""

from __future__ import annotations

from array import array
from collections.abc import Collection, Mapping, Sequence

from ssg.related.batch import Batch
from ssg.related.columns import Flags, Longs, np
from ssg.related.lists import Lists
from ssg.related.scores import LEAST, Entry
from ssg.related.table import Heads, Ranking, Table, of_bytes, to_bytes

MANY = 5  # where more than this part of all entries came or changed, finding out costs more than it spares


def ranked(
    entries: Sequence[Entry],
    kept: bytes | None,
    *,
    numbers: Mapping[str, int] | None = None,
    changed: Collection[int] | None = None,
) -> tuple[Lists, bytes]:
    """The list of each entry, and what to keep (see `related.ranked`)."""
    if not entries:
        return Lists.of([]), b""
    before = of_bytes(kept) if kept else None
    if before and changed is not None and len(before.last) == len(entries):
        heads = before.table.heads.with_others(sorted(changed), entries)
    else:
        heads = Heads.of(entries)
    places = heads.places_in(before.table.heads) if before else np.full(len(heads), -1)
    if before and kept and len(places) == len(before.last) and np.array_equal(places, np.arange(len(places))):
        return _as_lists(before, before), kept
    table = before.table.followed(entries, heads, places) if before else Table.of(entries, heads)
    numbers = numbers or {entry.article.path: n for n, entry in enumerate(entries)}
    ranking = _ranking(Batch(entries, numbers, table, table.weights()), table, before, places)
    return _as_lists(ranking, before), to_bytes(ranking)


def _as_lists(ranking: Ranking, before: Ranking | None) -> Lists:
    lists = ranking.lists
    numbers = array("i")
    numbers.frombytes(lists.astype(np.intc).tobytes())
    anew = None
    if before is not None and before.lists.shape == lists.shape:
        anew = np.flatnonzero((before.lists != lists).any(axis=1)).tolist()
    return Lists(numbers, lists.shape[1], len(lists), anew)


def _ranking(batch: Batch, table: Table, before: Ranking | None, places: Longs) -> Ranking:
    count = len(places)
    width = int(table.heads.most.max(initial=0))
    if before is None:
        return Ranking(table, *batch.lists(np.arange(count), width))
    known = np.flatnonzero(places >= 0)
    numbers = np.full(len(before.last) + 1, -1)  # of the entries before, what they are now; the last one: none
    numbers[places[known]] = known
    lists = np.full((count, width), -1, np.int32)
    common = min(width, before.lists.shape[1])  # beyond, no list that stays has anything
    lists[known, :common] = numbers[before.lists[places[known], :common]]
    last = np.zeros(count, np.int64)
    last[known] = before.last[places[known]]
    stale = _stale(batch, table, before, places, last)
    rows = np.flatnonzero(stale)
    lists[rows], last[rows] = batch.lists(rows, width)
    return Ranking(table, lists, last)


def _stale(batch: Batch, table: Table, before: Ranking, places: Longs, last: Longs) -> Flags:
    """Which lists can have changed."""
    stale = places < 0
    gone = np.ones(len(before.last) + 1, np.bool_)
    gone[places[~stale]] = False
    gone[-1] = False  # where a list has nothing
    if (np.count_nonzero(stale) + np.count_nonzero(gone)) * MANY > 2 * len(stale):
        return np.ones(len(stale), np.bool_)
    known = np.flatnonzero(~stale)
    stale[known] = gone[before.lists[places[known]]].any(axis=1)
    differ = _reweighed(batch, table, before.table)
    at = np.flatnonzero(np.any(differ, axis=0)[table.features])
    rows = table.rows_at(at)
    stale[rows[differ[table.year_of_rows()[rows], table.features[at]]]] = True
    fresh = np.flatnonzero((places < 0) & table.heads.offered)
    open_ = ~stale & (table.heads.most > 0)
    for pairs in batch.pairs(fresh, open_, weighed_by_others=True):
        row, other = batch.parted(pairs.cells)
        enters = batch.scores(fresh[row + pairs.rows.start], other, pairs.shared) >= last[other]
        lists = other[enters]
        stale[lists[pairs.shared[enters] * LEAST >= batch.wholes(lists)]] = True
    return stale


def _reweighed(batch: Batch, table: Table, before: Table) -> Flags:
    """For each year and feature of a table whether sharing it weighs something else than before.

    Of years that there were not, and features that none had, there are fresh entries only.
    """
    differ = np.zeros(batch.weights.shape, np.bool_)
    _, here, there = np.intersect1d(table.years, before.years, return_indices=True)
    known = len(before.vocabulary)
    differ[here, :known] = batch.weights[here, :known] != before.weights()[there]
    return differ
