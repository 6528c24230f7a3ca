"""For each of many articles a short list of others, as numbers, and what comes ahead of it."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import overload

from ssg.related.scores import AHEAD, Chosen


class Lists(Sequence[tuple[int, ...]]):
    """Lists of numbers, one for each entry that was ranked, best first; held in one array, which forked workers share.

    `anew` are the numbers of the lists that are not as they were in the ranking that this one began from, of as many entries in
    the same order; None: that is not known.
    """

    def __init__(self, numbers: array[int], width: int, count: int, anew: Sequence[int] | None = None) -> None:
        """`count` rows of `width` numbers each: `AHEAD` that come ahead, then the list; -1 stands where there are fewer."""
        self._numbers, self._width, self._count = numbers, width, count
        self.anew = anew

    @classmethod
    def of(cls, lists: Sequence[Chosen]) -> Lists:
        """Lists that were made one by one."""
        width = AHEAD + max((len(one) for _, one in lists), default=0)
        padded: Iterable[int] = (number for one in lists for number in row(one, width))
        return cls(array("i", padded), width, len(lists))

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, at: int) -> tuple[int, ...]: ...
    @overload
    def __getitem__(self, at: slice) -> list[tuple[int, ...]]: ...
    def __getitem__(self, at: int | slice) -> tuple[int, ...] | list[tuple[int, ...]]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(self._count))]
        return self._of(at, AHEAD, self._width)

    def ahead(self, at: int) -> tuple[int, ...]:
        """What comes ahead of one of the lists."""
        return self._of(at, 0, AHEAD)

    def _of(self, at: int, first: int, behind: int) -> tuple[int, ...]:
        if not -self._count <= at < self._count:
            raise IndexError(at)
        start = at % self._count * self._width
        found = self._numbers[start + first : start + behind].tolist()
        return tuple(found if found and found[-1] >= 0 else [number for number in found if number >= 0])


def row(chosen: Chosen, width: int) -> list[int]:
    """What was chosen for one entry as a row of so many numbers."""
    ahead, listed = chosen
    return [*ahead, *[-1] * (AHEAD - len(ahead)), *listed, *[-1] * (width - AHEAD - len(listed))]
