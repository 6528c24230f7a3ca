"""The parts of the archive that are closed: what has left the newest feed for good, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import msgspec

from ssg.archive.edition import Edition
from ssg.model import Article


class Closed(msgspec.Struct, frozen=True):
    """Some articles of one month, to which none will be added, oldest first: part `number` (from 1) of the month.

    Articles that are withdrawn or hidden keep their places, so that no part changes but their own.
    """

    year: int
    month: int
    number: int
    articles: tuple[Article, ...]


def closed(edition: Edition, size: int) -> tuple[Closed, ...]:
    """The closed parts of an edition, oldest first, with `size` articles in each but the last of a month.

    The newest article closes the months before its own, and no clock does. Of its own month the parts that are full are
    closed: what is left fits into a feed of `size` articles.
    """
    return tuple(_closed(edition.every, edition.gone, size))


def _closed(every: Sequence[Article], gone: frozenset[str], size: int) -> Iterator[Closed]:
    months = [(month, list(articles)) for month, articles in groupby(every, key=lambda a: (a.date.year, a.date.month))]
    for month, articles in months:
        is_open = month == months[-1][0]
        for number, first in enumerate(range(0, len(articles), size), 1):
            part = articles[first : first + size]
            if len(part) == size or not is_open:
                yield Closed(*month, number, tuple([article for article in part if article.path not in gone]))
