"""Both ways to rank, whatever the number of articles."""

from __future__ import annotations

from collections.abc import Sequence

from ssg.related import Entry, increment
from ssg.related import plain as _plain


def plain(entries: Sequence[Entry]) -> list[tuple[int, ...]]:
    """The lists as they are made for few articles."""
    return list(_plain.ranked(entries))


def batch(entries: Sequence[Entry]) -> list[tuple[int, ...]]:
    """The lists as they are made for many articles, from scratch."""
    return list(increment.ranked(entries, None)[0])
