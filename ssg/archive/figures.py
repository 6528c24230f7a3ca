"""What an archive comes to in figures: how much of what, how long, how steadily; and the same of one of its subjects."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from datetime import date
from heapq import nsmallest
from itertools import chain, pairwise

import msgspec

from ssg.archive.edition import Edition, Group, Taxonomy
from ssg.model import Article

_TOGETHER = 2  # articles that a tag and a subject must share


class YearFigures(msgspec.Struct, frozen=True):
    """A year: how many articles it has, and the median length in words of those that have a text."""

    year: int
    articles: int
    words: int


class Gap(msgspec.Struct, frozen=True):
    """A run of days without an article: its first and its last day, and how many they are."""

    first: date  # without an article
    last: date  # without an article
    days: int  # how many


class Figures(msgspec.Struct, frozen=True):
    """The figures of the published articles of one language.

    `words` is the median length of those that have a text. `years` are all from the first that has any to the last; of
    `sections` and `people` those with the most articles come first, of `gaps` the longest, and of equals the earliest.
    """

    articles: int
    words: int
    first: Article | None
    newest: Article | None
    years: tuple[YearFigures, ...]
    sections: tuple[Group, ...]
    people: tuple[Group, ...]
    gaps: tuple[Gap, ...]


def figures(edition: Edition, gaps: int) -> Figures:
    """The figures of an edition, with so many of its gaps."""
    articles = edition.articles
    words: dict[int, list[int]] = defaultdict(list)
    days: set[int] = set()
    for article in articles:
        words[article.date.year].append(article.words)
        days.add(article.date.toordinal())
    years = [(year, words.get(year, [])) for year in _from_first_to_last(words)]
    return Figures(
        articles=len(articles),
        words=_median([count for year in words.values() for count in year]),
        first=articles[0] if articles else None,
        newest=articles[-1] if articles else None,
        years=tuple(YearFigures(year, len(of_year), _median(of_year)) for year, of_year in years),
        sections=_most_first(edition, "section"),
        people=_most_first(edition, "editor"),
        gaps=_gaps(sorted(days), gaps),
    )


def _median(numbers: list[int]) -> int:
    """The middle one of some numbers but zeros; of two in the middle what lies between them, rounded down; 0 of none."""
    ordered = sorted(filter(None, numbers))
    return (ordered[(len(ordered) - 1) // 2] + ordered[len(ordered) // 2]) // 2 if ordered else 0


def _most_first(edition: Edition, taxonomy: Taxonomy) -> tuple[Group, ...]:
    some = [group for group in edition.groups[taxonomy].values() if group.articles]
    return tuple(sorted(some, key=lambda group: (-len(group.articles), group.name.casefold(), group.slug)))


def _gaps(days: Sequence[int], most: int) -> tuple[Gap, ...]:
    between = [(earlier - later + 1, earlier + 1) for earlier, later in pairwise(days) if later > earlier + 1]
    longest = nsmallest(most, between)
    return tuple(Gap(date.fromordinal(first), date.fromordinal(first - less - 1), -less) for less, first in longest)


def by_year(group: Group) -> dict[int, int]:
    """How many articles of a group each year has, from the first that has any to the last."""
    counted = Counter([article.date.year for article in group.articles])
    return {year: counted[year] for year in _from_first_to_last(counted)}


def _from_first_to_last(years: Collection[int]) -> range:
    return range(min(years), max(years) + 1) if years else range(0)


def tags_beside(edition: Edition, group: Group, most: int) -> tuple[tuple[Group, int], ...]:
    """The tags that a group's articles have most often, itself aside, and how many of its articles have each.

    At most `most` of them; none that a single article has. They depend on the group's own articles alone.
    """
    if len(group.articles) < _TOGETHER:
        return ()
    tags = edition.tags
    counted = Counter(chain.from_iterable([tags[id(article)] for article in group.articles]))
    if group.taxonomy == "tag":
        del counted[group.slug]
    often = sorted([(-count, slug) for slug, count in counted.items() if count >= _TOGETHER])[:most]
    return tuple([(edition.groups["tag"][slug], -less) for less, slug in often])


def fullest(years: dict[int, int], most: int) -> tuple[tuple[int, int], ...]:
    """The years with the most articles, and how many each has; of equals the earliest."""
    return tuple((year, -less) for less, year in nsmallest(most, [(-count, year) for year, count in years.items() if count]))
