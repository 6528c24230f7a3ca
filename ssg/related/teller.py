"""What articles tell of themselves, and work on many of them at once, spread over workers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from ssg.model import Article, Body
from ssg.related.features import Feature, Features, Joined, features, names, plain_text
from ssg.related.scores import Entry
from ssg.settings import Related
from ssg.workers import spread

if TYPE_CHECKING:
    from ssg.related.batch import Batch
    from ssg.related.columns import Ints, Longs

_PART = 1024

Bodies = Callable[[Article], Body]


class Teller:
    """Knows the texts of articles by their `bodies`, and what of them counts. What is asked of many so many `workers` do."""

    def __init__(self, bodies: Bodies, related: Related, workers: int = 1) -> None:
        self.related = related
        self._bodies, self._workers = bodies, workers

    def features(self, entries: Sequence[Entry]) -> list[Features]:
        """The features of a few entries, in order."""
        return [features(entry, plain_text(self._bodies(entry.article)), self.related) for entry in entries]

    def names(self, entry: Entry) -> dict[int, Feature]:
        """What the features of an entry are in words."""
        return names(entry, plain_text(self._bodies(entry.article)), self.related)

    def joined(self, entries: Sequence[Entry]) -> Iterator[Joined]:
        """The features of entries, in order, many of them at once."""
        prepare = partial(_Telling, self._bodies, self.related, [entries[n] for n in range(len(entries))])
        yield from spread(_tell, prepare, range(len(entries)), workers=self._workers, chunk=_PART)

    def lists(self, batch: Batch, numbers: Longs, width: int) -> tuple[Ints, Longs]:
        """The lists of some entries (see `Batch.lists`)."""
        from ssg.related.columns import np

        if not len(numbers):
            return batch.lists(numbers, width)
        workers = self._workers if sys.platform == "linux" else 1  # elsewhere all would have to be copied to each
        prepare = partial(_Listing, batch, width)
        parts = list(spread(_list, prepare, numbers.tolist(), workers=workers, chunk=_PART))
        return np.concatenate([lists for lists, _ in parts]), np.concatenate([bounds for _, bounds in parts])


class _Telling:
    def __init__(self, bodies: Bodies, related: Related, entries: Sequence[Entry]) -> None:
        self.teller, self.entries = Teller(bodies, related), entries


class _Listing:
    def __init__(self, batch: Batch, width: int) -> None:
        self.batch, self.width = batch, width


def _tell(state: _Telling, numbers: Iterable[int]) -> Joined:
    return Joined.of(state.teller.features([state.entries[n] for n in numbers]))


def _list(state: _Listing, numbers: Sequence[int]) -> tuple[Ints, Longs]:
    from ssg.related.columns import np

    return state.batch.lists(np.array(numbers, np.int64), state.width)
