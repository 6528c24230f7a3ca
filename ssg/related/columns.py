"""numpy without its threads, and the columns of its numbers that the ranking is made of: little-endian on every machine."""

from __future__ import annotations

import os

_THREADS = "OPENBLAS_NUM_THREADS"


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

__all__ = ["Flags", "Floats", "Ints", "Longs", "Raw", "gathered", "np", "npt", "ranges", "sums"]


def ranges(starts: Longs, counts: Longs) -> Longs:
    """The numbers from each start on, as many as its count, one range behind the other."""
    ends = np.cumsum(counts)
    total = int(ends[-1]) if len(ends) else 0
    numbers: Longs = np.arange(total) + np.repeat(starts - (ends - counts), counts)
    return numbers


def gathered(column: Ints, starts: Longs, counts: Longs) -> Ints:
    """At least one such range of a column, one behind the other; those that are neighbours already are taken together."""
    firsts = np.flatnonzero(np.append(True, starts[1:] != starts[:-1] + counts[:-1]))
    lasts = np.append(firsts[1:] - 1, len(starts) - 1)
    begins, ends = starts[firsts].tolist(), (starts[lasts] + counts[lasts]).tolist()
    return np.concatenate([column[begin:end] for begin, end in zip(begins, ends, strict=True)])


def sums(counts: Longs) -> Longs:
    """The sums of the first none, one, two ... of the counts."""
    summed = np.zeros(len(counts) + 1, np.int64)
    np.cumsum(counts, out=summed[1:])
    return summed
