"""The published articles of one language, in order, and the indexes over them."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property
from heapq import merge
from itertools import groupby, islice
from typing import Literal

import msgspec

from ssg.model import Article, StandingPage, TermNote
from ssg.slugs import slug_of

Taxonomy = Literal["tag", "editor", "section", "region", "story"]
TAXONOMIES: tuple[Taxonomy, ...] = ("tag", "editor", "section", "region", "story")

NEWS_LASTS = timedelta(days=2)  # Google, "Create a news sitemap"
# Two days before the one and after the other the calendar ends.
_EARLY, _LATE = datetime(1, 1, 3, tzinfo=UTC), datetime(9999, 12, 29, tzinfo=UTC)


class Moment(msgspec.Struct, frozen=True):
    """What decides which articles are published: the time, and whether drafts and the future count."""

    now: datetime
    drafts: bool = False
    future: bool = False

    def publishes(self, article: Article) -> bool:
        """Whether the article has a page at this moment, expiry aside."""
        return (self.drafts or not article.draft) and (self.future or article.date <= self.now)

    def published(self, articles: Iterable[Article]) -> list[Article]:
        """Those of some articles that have a page at this moment, expiry aside, in their order among each other."""
        ordered = sorted(articles, key=order)
        if not self.future:
            del ordered[bisect_right(ordered, self.now, key=lambda article: article.date) :]
        return ordered if self.drafts else [article for article in ordered if not article.draft]

    def kept_back(self, documents: Sequence[Article | StandingPage]) -> tuple[int, int]:
        """How many of the documents are scheduled for later, and how many are drafts that do not count now."""
        drafts = [d for d in documents if d.draft and not self.drafts]
        others = [d for d in documents if isinstance(d, Article) and (self.drafts or not d.draft)]
        return sum(not self.publishes(article) for article in others), len(drafts)

    def expired(self, article: Article) -> bool:
        """Whether the article's `expires` has come."""
        return article.expires is not None and article.expires <= self.now


def news_after(now: datetime) -> datetime:
    """The moment after which an article came out that is news at the aware moment `now`: 48 hours before it, in UTC."""
    return max(now, _EARLY).astimezone(UTC) - NEWS_LASTS


def news_until(date: datetime) -> datetime:
    """The moment, in UTC, from which on an article that came out at the aware moment `date` is news no more."""
    return min(date, _LATE).astimezone(UTC) + NEWS_LASTS


class Group(msgspec.Struct, frozen=True):
    """A tag, person, section, region or running story with its articles, oldest first."""

    taxonomy: Taxonomy
    slug: str
    name: str
    language: str
    articles: tuple[Article, ...]
    note: TermNote | None = None


class Steps(msgspec.Struct, frozen=True):
    """The running story of an article, as far as it stands around the article."""

    group: Group
    first: Article | None  # the first step, where others between it and `earlier` are left out
    earlier: tuple[Article, ...]  # just before the article, oldest first
    later: tuple[Article, ...]  # just after it, oldest first
    goes_on: bool  # there are more steps after `later`


def order(article: Article) -> tuple[datetime, str]:
    """The total order of articles: by date, then id."""
    return article.date, article.id


class Edition:
    """The published articles of one language, in order, and the indexes over them."""

    def __init__(
        self,
        language: str,
        articles: Sequence[Article],
        notes: Iterable[TermNote],
        moment: Moment,
        once: Sequence[Article] = (),
    ) -> None:
        """`articles` are in order, as are those that were published `once` and are withdrawn or hidden.

        The tags and the like of these keep page and feed.
        """
        self.language = language
        self.once = tuple(once)
        self.articles = tuple(articles)
        self.current = tuple(a for a in self.articles if not moment.expired(a))
        self._place = {article.path: n for n, article in enumerate(self.articles)}
        self._notes = {(note.taxonomy, note.slug): note for note in notes}
        self.groups: dict[Taxonomy, dict[str, Group]] = {taxonomy: self._group(taxonomy) for taxonomy in TAXONOMIES}
        self._called: dict[Taxonomy, dict[str, str]] = {taxonomy: {} for taxonomy in TAXONOMIES}  # by what an article writes
        self._places: dict[tuple[Taxonomy, str], dict[str, int]] = {}

    def _group(self, taxonomy: Taxonomy) -> dict[str, Group]:
        by_name: dict[str, list[Article]] = defaultdict(list)
        named = _NAMES[taxonomy]
        for article in self.articles:
            for name in named(article):
                by_name[name].append(article)
        members: dict[str, list[Article]] = {}
        names: dict[str, str] = {}
        for name, articles in by_name.items():
            slug = slug_of(name)
            names.setdefault(slug, name)
            spelt = members.setdefault(slug, articles)
            if spelt is not articles:  # another spelling, and an article may have both
                members[slug] = [article for article, _ in groupby(merge(spelt, articles, key=order))]
        for article in self.once:
            for name in names_in(article, taxonomy):
                names.setdefault(slug_of(name), name)
                members.setdefault(slug_of(name), [])
        for kind, slug in self._notes:
            if kind == taxonomy:
                members.setdefault(slug, [])
        groups = {}
        for slug in sorted(members):
            note = self._notes.get((taxonomy, slug))
            name = note.title if note else names[slug]
            groups[slug] = Group(taxonomy, slug, name, self.language, tuple(members[slug]), note)
        return groups

    def renamed(self, article: Article) -> list[str]:
        """What the article's tags and the like are called, where that is not what it writes itself: pairs, in its order."""
        names: list[str] = []
        for taxonomy, called in self._called.items():
            for name in names_in(article, taxonomy):
                other = called.get(name)
                if other is None:
                    group = self.groups[taxonomy].get(slug_of(name))
                    other = called[name] = group.name if group else "\0"  # no name has that sign: it is called nothing
                if other != name:
                    names += (name, other)
        return names

    def neighbours(self, article: Article) -> tuple[Article | None, Article | None]:
        """The articles just before and just after `article`, in its section if it has one."""
        if article.path not in self._place:
            return None, None
        articles: Sequence[Article] = self.articles
        place = self._place[article.path]
        if article.section:
            section = self.groups["section"][slug_of(article.section)]
            articles = section.articles
            place = self._places_in(section)[article.path]
        before = articles[place - 1] if place else None
        after = articles[place + 1] if place + 1 < len(articles) else None
        return before, after

    def steps(self, article: Article, most: int) -> Steps | None:
        """The running story of an article, and at most so many steps of it before and after; None if it belongs to none."""
        group = self.groups["story"].get(slug_of(article.story)) if article.story else None
        place = self._places_in(group).get(article.path) if group else None
        if group is None or place is None:
            return None
        left_out = place > most
        return Steps(
            group,
            first=group.articles[0] if left_out else None,
            earlier=group.articles[place - most + 1 if left_out else 0 : place],
            later=group.articles[place + 1 : place + 1 + most],
            goes_on=place + 1 + most < len(group.articles),
        )

    def _places_in(self, group: Group) -> dict[str, int]:
        key = group.taxonomy, group.slug
        places = self._places.get(key)
        if places is None:
            places = self._places[key] = {a.path: n for n, a in enumerate(group.articles)}
        return places

    def before(self, article: Article, most: int) -> tuple[Article, ...]:
        """The newest articles as they stood when `article` was published: those just before it, newest first.

        Those that had expired by then are left out.
        """
        earlier = (self.articles[place] for place in range(self._place.get(article.path, 0) - 1, -1, -1))
        return tuple(islice((a for a in earlier if a.expires is None or a.expires > article.date), most))

    @cached_property
    def every(self) -> tuple[Article, ...]:
        """All articles and all that were published once, in order."""
        return tuple(sorted((*self.articles, *self.once), key=order)) if self.once else self.articles

    @cached_property
    def gone(self) -> frozenset[str]:
        """The paths of those of `every` that are withdrawn or hidden."""
        return frozenset([article.path for article in self.once])

    @cached_property
    def tags(self) -> dict[int, tuple[str, ...]]:
        """The slugs of each article's tags, each once, in its order; by the `id` of the article, which is found the fastest."""
        slugs = {name: slug_of(name) for name in {name for article in self.articles for name in article.tags}}
        return {id(article): tuple(dict.fromkeys([slugs[name] for name in article.tags])) for article in self.articles}

    @cached_property
    def by_day(self) -> dict[tuple[int, int, int], tuple[Article, ...]]:
        """The articles of each day, oldest first."""
        grouped = groupby(self.articles, key=lambda a: (a.date.year, a.date.month, a.date.day))
        return {day: tuple(articles) for day, articles in grouped}

    @cached_property
    def by_calendar_day(self) -> dict[tuple[int, int], list[tuple[int, int, int]]]:
        """The days that have articles, oldest first, of each month and day of any year."""
        found: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
        for day in self.by_day:
            found[day[1:]].append(day)
        return dict(sorted(found.items()))

    @cached_property
    def by_month(self) -> dict[tuple[int, int], dict[int, int]]:
        """How many articles each day of each month has."""
        months: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        for (year, month, day), articles in self.by_day.items():
            months[year, month][day] = len(articles)
        return dict(months)

    @cached_property
    def by_year(self) -> dict[int, dict[int, int]]:
        """How many articles each month of each year has."""
        years: dict[int, dict[int, int]] = defaultdict(dict)
        for (year, month), days in self.by_month.items():
            years[year][month] = sum(days.values())
        return dict(years)

    @cached_property
    def months(self) -> list[tuple[int, int]]:
        """The months that have articles, in order."""
        return list(self.by_month)

    @cached_property
    def days(self) -> list[tuple[int, int, int]]:
        """The days that have articles, in order."""
        return list(self.by_day)

    @cached_property
    def picks(self) -> tuple[Article, ...]:
        """The desk's picks in the editor's order: numbered ones first, then the newest."""
        picked = [a for a in reversed(self.current) if a.pick]
        return tuple(sorted(picked, key=lambda a: a.pick))


def names_in(article: Article, taxonomy: Taxonomy) -> tuple[str, ...]:
    """What an article says for one taxonomy, each name once.

    Editors and authors are people alike: a person has one page with all roles.
    """
    return _NAMES[taxonomy](article)


def _people(article: Article) -> tuple[str, ...]:
    editors, authors = article.editors, article.authors
    return tuple(dict.fromkeys(editors + authors)) if editors and authors else editors or authors


_NAMES: dict[Taxonomy, Callable[[Article], tuple[str, ...]]] = {
    "tag": lambda article: article.tags,
    "editor": _people,
    "section": lambda article: (article.section,) if article.section else (),
    "region": lambda article: article.regions,
    "story": lambda article: (article.story,) if article.story else (),
}


def last_numbered(count: int, size: int) -> int:
    """How many numbered pages a list of `count` articles has, `size` on each.

    The front shows what stands on no numbered page yet: at least `size` articles (where there are so many) and at most
    2 * size - 1, so a numbered page is full when it is made and never changes again.
    """
    return max(0, count // size - 1)
