"""The ranking that begins from an earlier one: only those lists are made anew that can have changed.

A list depends on what the features of its article weigh, and on the articles that score best by rare ones. So it stays as it is
if the weights do, if none of these went or changed, and if nothing that came or changed scores as much as the last of them.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from ssg.related.batch import NEVER, Batch
from ssg.related.columns import Flags, Ints, Longs, Names, np
from ssg.related.heads import Heads
from ssg.related.index import Index, Whole
from ssg.related.kept import Ranking, of_bytes, to_bytes, write_store
from ssg.related.lists import Lists
from ssg.related.postings import Rows, Store
from ssg.related.scores import AHEAD, Entry, nearness
from ssg.related.teller import Teller

MANY = 5  # where more than this part of all entries came or changed, finding out costs more than it spares
BESIDE = 50  # where more than this part of all rows, and a few, lie beside the store, it is made anew
FEW = 64


def ranked(
    entries: Sequence[Entry],
    told: Teller,
    file: Path | None,
    kept: bytes | None,
    *,
    numbers: Mapping[str, int] | None = None,
    changed: Collection[int] | None = None,
) -> tuple[Lists, bytes]:
    """The list of each entry, and what to keep (see `related.ranked`)."""
    if not entries:
        return Lists.of([]), b""
    numbers = numbers or {entry.article.path: n for n, entry in enumerate(entries)}
    known = of_bytes(kept, file, told.related) if kept and file else None
    if known is None:
        return _from_scratch(entries, numbers, told, file)
    before, check, mark = known
    if changed is not None and len(before.rows) == len(entries):
        heads = before.heads.with_others(sorted(changed), entries)
    else:
        heads = Heads.of(entries)
    places = heads.places_in(before.heads)
    if kept and len(places) == len(before.rows) and np.array_equal(places, np.arange(len(places))):
        return _as_lists(before.lists, before.lists), kept
    fresh = np.flatnonzero(places < 0)
    if (len(fresh) + len(before.rows) - (len(places) - len(fresh))) * MANY > 2 * len(places):
        return _from_scratch(entries, numbers, told, file)
    ranking = _followed(entries, numbers, told, before, heads, places, fresh)
    if len(ranking.others) * BESIDE > len(ranking.store) + FEW * BESIDE:
        ranking = _gathered(ranking)
        return _as_lists(ranking.lists, before.lists), _written(ranking, told, file)
    return _as_lists(ranking.lists, before.lists), to_bytes(ranking, told.related, check, mark)


def weights(told: Teller, file: Path, kept: bytes, asking: int) -> Callable[[Sequence[int]], list[int]] | None:
    """What sharing features weighs for the `asking` entry, by what ranking the same entries left; None if that is damaged."""
    known = of_bytes(kept, file, told.related)
    if known is None:
        return None
    ranking = known[0]
    alive, offered = np.zeros((2, len(ranking.days)), np.bool_)
    alive[ranking.rows], offered[ranking.rows] = True, ranking.heads.offered
    index = Index(ranking.store, ranking.others, ranking.days, alive, offered, nearness(told.related))
    year = index.years[ranking.rows[asking]]

    def of(names: Sequence[int]) -> list[int]:
        found: list[int] = index.weights(np.array(names, np.uint32), np.full(len(names), year)).tolist()
        return found

    return of


def _as_lists(lists: Ints, before: Ints | None) -> Lists:
    numbers = array("i")
    numbers.frombytes(lists.astype(np.intc).tobytes())
    anew = None
    if before is not None and before.shape == lists.shape:
        anew = np.flatnonzero((before != lists).any(axis=1)).tolist()
    return Lists(numbers, lists.shape[1], len(lists), anew)


def _written(ranking: Ranking, told: Teller, file: Path | None) -> bytes:
    """What is kept of a ranking whose store is new: nothing if it cannot be written."""
    with suppress(OSError):
        return to_bytes(ranking, told.related, *write_store(ranking.store, file)) if file else b""
    return b""


def _from_scratch(entries: Sequence[Entry], numbers: Mapping[str, int], told: Teller, file: Path | None) -> tuple[Lists, bytes]:
    heads = Heads.of(entries)
    order = np.argsort(heads.days, kind="stable")
    rows = np.empty(len(order), np.int64)
    rows[order] = np.arange(len(order))
    store = Store.of(Rows.of(told.joined([entries[n] for n in order.tolist()])), heads.days[order])
    index = Whole(store, heads.offered[order], nearness(told.related))
    width = AHEAD + int(heads.most.max(initial=0))
    lists, bounds = told.lists(Batch(entries, numbers, index, rows), np.arange(len(entries)), width)
    ranking = Ranking(heads, rows.astype(np.int32), store, Rows.of([]), store.days, lists, bounds)
    return _as_lists(lists, None), _written(ranking, told, file)


def _gathered(ranking: Ranking) -> Ranking:
    """The same ranking with a store that has its rows, and no others."""
    order = np.argsort(ranking.heads.days, kind="stable")
    every = ranking.store.rows().and_(ranking.others)
    gathered = Store.of(every.take(ranking.rows[order].astype(np.int64)), ranking.heads.days[order])
    rows = np.empty(len(order), np.int32)
    rows[order] = np.arange(len(order))
    return Ranking(ranking.heads, rows, gathered, Rows.of([]), gathered.days, ranking.lists, ranking.bounds)


def _followed(
    entries: Sequence[Entry],
    numbers: Mapping[str, int],
    told: Teller,
    before: Ranking,
    heads: Heads,
    places: Longs,
    fresh: Longs,
) -> Ranking:
    known = np.flatnonzero(places >= 0)
    others = before.others.and_(Rows.of(told.joined([entries[n] for n in fresh.tolist()])))
    days = np.concatenate([before.days, heads.days[fresh]])
    rows = np.empty(len(places), np.int64)
    rows[known] = before.rows[places[known]]
    rows[fresh] = len(before.days) + np.arange(len(fresh))
    then, now = np.zeros((2, len(days)), np.bool_)
    then[before.rows], now[rows] = True, True
    offered = np.zeros(len(days), np.bool_)
    offered[before.rows], offered[rows] = before.heads.offered, heads.offered
    near = nearness(told.related)
    was = Index(before.store, others, days, then, offered, near)
    is_ = Index(before.store, others, days, now, offered, near)

    width = AHEAD + int(heads.most.max(initial=0))
    lists = np.full((len(places), width), -1, np.int32)
    entry_now = np.full(len(before.rows) + 1, -1)  # of the entries before, what they are now; the last one: none
    entry_now[places[known]] = known
    common = min(width, before.lists.shape[1])  # beyond, no list that stays has anything
    lists[known, :common] = entry_now[before.lists[places[known], :common]]
    bounds = np.full(len(places), NEVER)
    bounds[known] = before.bounds[places[known]]

    batch = Batch(entries, numbers, is_, rows)
    by_row = np.full(len(days), NEVER)
    by_row[rows[known]] = bounds[known]
    stale_rows = np.zeros(len(days), np.bool_)
    stale_rows[_reweighed(was, is_)] = True
    gone = np.flatnonzero(then & ~now & offered)
    came = rows[fresh][heads.offered[fresh]]
    stale_rows[Batch([], {}, was, np.zeros(0, np.int64)).entering(gone, by_row)] = True
    stale_rows[batch.entering(came, by_row)] = True
    stale = stale_rows[rows] & (heads.most > 0)
    stale[fresh] = True
    at = np.flatnonzero(stale)
    lists[at], bounds[at] = told.lists(batch, at, width)
    return _compacted(Ranking(heads, rows.astype(np.int32), before.store, others, days, lists, bounds))


def _compacted(ranking: Ranking) -> Ranking:
    """Without the rows beside the store that no entry has any more."""
    first = len(ranking.store)
    used = np.unique(ranking.rows[ranking.rows >= first]).astype(np.int64)
    renamed = np.arange(len(ranking.days))
    renamed[used] = first + np.arange(len(used))
    days = np.concatenate([ranking.days[:first], ranking.days[used]])
    others = ranking.others.take(used - first)
    rows = renamed[ranking.rows].astype(np.int32)
    return Ranking(ranking.heads, rows, ranking.store, others, days, ranking.lists, ranking.bounds)


def _reweighed(was: Index, now: Index) -> Flags:
    """The rows to whose articles sharing some feature of theirs weighs something else than before, or counts otherwise."""
    if was.widest != now.widest:
        return now.alive
    years = np.unique(now.years[now.alive])
    anew = np.isin(now.years, years[(was.until(years) != now.until(years)).any(axis=0)])
    gone, came = np.flatnonzero(was.alive & ~now.alive), np.flatnonzero(now.alive & ~was.alive)
    names = _differing(now, gone, came)
    if len(names):
        shape = len(years), len(names)
        every = np.tile(names, len(years)), np.repeat(years, len(names))
        differ = (was.weights(*every) != now.weights(*every)).reshape(shape)
        differ |= ((was.held(names) <= was.widest) != (now.held(names) <= now.widest))[None, :]
        some = np.flatnonzero(differ.any(axis=0))
        feature, rows, _ = now.of_features(names[some])
        year = np.searchsorted(years, now.years[rows])
        anew[rows[differ[year, some[feature]]]] = True
    return anew


def _differing(index: Index, gone: Longs, came: Longs) -> Names:
    """The features that, in some year, others than before have, or more, or fewer."""
    pieces = []
    for sign, rows in ((-1, gone), (1, came)):
        owner, names, _ = index.features(rows)
        pieces.append((names.astype(np.uint64) << np.uint64(16) | index.years[rows][owner].astype(np.uint64), sign))
    keys, back = np.unique(np.concatenate([keys for keys, _ in pieces]), return_inverse=True)
    signs = np.concatenate([np.full(len(keys), sign) for keys, sign in pieces])
    net = np.bincount(back, signs, minlength=len(keys))
    return np.unique((keys[net != 0] >> np.uint64(16)).astype(np.uint32))
