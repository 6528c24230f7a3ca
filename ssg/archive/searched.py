"""The parts of the archive by which it is searched: some articles of a year each, so that those of old never change."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import msgspec

from ssg.archive.edition import Edition
from ssg.model import Article

MOST = 250  # articles in a part: their numbers fit into a byte, and their words hardly fill more than 200 KB


class Searched(msgspec.Struct, frozen=True):
    """Some articles of one year, oldest first: part `number` (from 1) of the year.

    Articles that are withdrawn or hidden keep their places, so that no part changes but their own.
    """

    year: int
    number: int
    articles: tuple[Article, ...]


def searched(edition: Edition) -> tuple[Searched, ...]:
    """The parts of an edition, oldest first, each full but the last of a year; one of which no article is left is not there."""
    return tuple(_searched(edition))


def _searched(edition: Edition) -> Iterator[Searched]:
    for year, articles in groupby(edition.every, key=lambda article: article.date.year):
        of_year = list(articles)
        for number, first in enumerate(range(0, len(of_year), MOST), 1):
            left = tuple([article for article in of_year[first : first + MOST] if article.path not in edition.gone])
            if left:
                yield Searched(year, number, left)
