"""numpy without its threads, and the columns of its numbers that the ranking is made of: little-endian on every machine."""

from __future__ import annotations

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any, TypeVar

_THREADS = "OPENBLAS_NUM_THREADS"
_HALF = 16  # bits

Made = TypeVar("Made")


def _begun_alone() -> None:
    """Import numpy, but let its linear algebra begin no threads: nothing asks it, and a process with threads must not fork."""
    before = os.environ.get(_THREADS)
    os.environ[_THREADS] = "1"
    try:
        import numpy  # noqa: F401
    finally:
        if before is None:
            del os.environ[_THREADS]
        else:
            os.environ[_THREADS] = before


_begun_alone()

import numpy as np  # noqa: E402
import numpy.typing as npt  # noqa: E402

Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Raw = npt.NDArray[np.void]
Bytes = npt.NDArray[np.uint8]
Halves = npt.NDArray[np.uint16]
Names = npt.NDArray[np.uint32]
Sorted = npt.NDArray[np.uint64]

__all__ = [
    "Bytes",
    "Flags",
    "Floats",
    "Halves",
    "Ints",
    "Longs",
    "Names",
    "Raw",
    "Sorted",
    "np",
    "npt",
    "one_ahead",
    "order_of",
    "ranges",
    "sums",
    "years_of",
]


def ranges(starts: Longs, counts: Longs) -> Longs:
    """The numbers from each start on, as many as its count, one range behind the other."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    numbers: Longs = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return numbers


def sums(counts: Longs) -> Longs:
    """The sums of the first none, one, two ... of the counts."""
    summed = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=summed[1:])
    return summed


def one_ahead(made: Iterator[Made]) -> Iterator[Made]:
    """What is made, each while the one before it is looked at: numpy works on columns side by side.

    The thread in which it is made ends with the last of them, before anybody forks.
    """
    nothing = object()
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, made, nothing)
        while (one := coming.result()) is not nothing:
            coming = pool.submit(next, made, nothing)
            yield one  # type: ignore[misc]


def order_of(values: npt.NDArray[Any], bits: int) -> Longs:
    """The order of whole numbers of so many bits, of equal ones as they come.

    Of 16 bits numpy makes it by counting. Doing that several times is faster than its sorting, on any processor.
    """
    order = np.argsort(values.astype(np.uint16), kind="stable")
    for shift in range(_HALF, bits, _HALF):
        more = (values >> values.dtype.type(shift)).astype(np.uint16)
        order = order[np.argsort(more[order], kind="stable")]
    return order


def years_of(days: npt.NDArray[np.int32]) -> Longs:
    """The calendar years of days, which are counted as `date.toordinal` does."""
    epoch = date(1970, 1, 1).toordinal()
    return (days - epoch).astype("M8[D]").astype("M8[Y]").astype(np.int64) + 1970
