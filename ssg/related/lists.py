"""For each of many articles a short list of others, as numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import overload


class Lists(Sequence[tuple[int, ...]]):
    """Lists of numbers, one for each entry that was ranked, best first; held in one array, which forked workers share.

    `anew` are the numbers of the lists that are not as they were in the ranking that this one began from, of as many entries in
    the same order; None: that is not known.
    """

    def __init__(self, numbers: array[int], width: int, count: int, anew: Sequence[int] | None = None) -> None:
        """`count` rows of `width` numbers each; -1 stands where a list is shorter."""
        self._numbers, self._width, self._count = numbers, width, count
        self.anew = anew

    @classmethod
    def of(cls, lists: Sequence[Sequence[int]]) -> Lists:
        """Lists that were made one by one."""
        width = max(map(len, lists), default=0)
        padded: Iterable[int] = (number for one in lists for number in (*one, *[-1] * (width - len(one))))
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
        if not -self._count <= at < self._count:
            raise IndexError(at)
        start = at % self._count * self._width
        row = self._numbers[start : start + self._width].tolist()
        return tuple(row if row and row[-1] >= 0 else [number for number in row if number >= 0])
