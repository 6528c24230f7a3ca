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
        return [features(entry, text, self.related) for entry, text in zip(entries, self.texts(entries), strict=True)]

    def texts(self, entries: Iterable[Entry]) -> Iterator[str]:
        """The plain texts of entries, in order."""
        return (plain_text(self._bodies(entry.article)) for entry in entries)

    def names(self, entry: Entry) -> dict[int, Feature]:
        """What the features of an entry are in words."""
        return names(entry, next(self.texts([entry])), self.related)

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
    from ssg.related.tallies import tallied

    entries = [state.entries[n] for n in numbers]
    return tallied(entries, state.teller.texts(entries), state.teller.related)


def _list(state: _Listing, numbers: Sequence[int]) -> tuple[Ints, Longs]:
    from ssg.related.columns import np

    return state.batch.lists(np.array(numbers, np.int64), state.width)
