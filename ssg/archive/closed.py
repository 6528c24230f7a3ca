"""The parts of the archive that are closed: what has left the newest feed for good, month by month."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, takewhile

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
    """The closed parts of an edition, oldest first, with at most `size` articles in each, and fewer where these are long.

    The newest article closes the months before its own, and no clock does. Of its own month the parts that are full are
    closed: what is left fits into a feed of `size` articles.
    """
    parts = tuple(_parts(edition.every, size))
    return tuple(
        Closed(*part.month, part.number, tuple([article for article in part.articles if article.path not in edition.gone]))
        for part in parts
        if part.full or part.month != parts[-1].month
    )


def still_open(edition: Edition, size: int) -> tuple[Article, ...]:
    """The articles of the newest month that stand in no closed part, withdrawn ones too, oldest first."""
    if not edition.every:
        return ()
    newest = _month(edition.every[-1])
    *_, last = _parts([*takewhile(lambda article: _month(article) == newest, reversed(edition.every))][::-1], size)
    return () if last.full else tuple(last.articles)


def heft(words: int) -> int:
    """How much a text of so many words counts in a part: 0 for what is as long as news are."""
    return words // _LONG


_LONG = 2_000  # words
_MOST = 50  # hefts of one part: 100,000 words and more, which leave a feed well below 2 MB


class _Part(msgspec.Struct):
    """A part of a month as it fills up. `full`: none is added to it any more."""

    month: tuple[int, int]
    number: int
    articles: list[Article]
    full: bool = False


def _parts(every: Sequence[Article], size: int) -> Iterator[_Part]:
    for month, articles in groupby(every, key=_month):
        part = _Part(month, 1, [])
        weight = 0
        for article in articles:
            if part.full:
                yield part
                part, weight = _Part(month, part.number + 1, []), 0
            part.articles.append(article)
            weight += heft(article.words)
            part.full = len(part.articles) == size or weight >= _MOST
        yield part


def _month(article: Article) -> tuple[int, int]:
    return article.date.year, article.date.month
