"""What search engines are told of: every page of the site that stands for itself, and what is news among the articles."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, takewhile
from typing import TYPE_CHECKING

import msgspec

from ssg.archive.edition import TAXONOMIES, news_after, order
from ssg.model import Article

if TYPE_CHECKING:
    from ssg.archive.archive import Archive

PAGES = "pages"
MOST_NEWS = 1000  # articles in a news sitemap (Google, "Create a news sitemap")


class Indexed(msgspec.Struct, frozen=True):
    """A page for the sitemap: its address, for an article the moment of its last change, and the part that it belongs to.

    The part is the month of an article, `2021-12`, whose old ones hardly ever change again, or `pages`.
    """

    address: str
    changed: datetime | None = None
    part: str = PAGES


def indexed(archive: Archive) -> Iterator[Indexed]:
    """Front pages, standing pages and articles, then the fronts of lists and the pages of time."""
    addresses = archive.addresses
    for language in archive.languages:
        yield Indexed(addresses.root(language))
    for page in archive.pages:
        if not page.noindex:
            yield Indexed(archive.address(page))
    for article in archive.articles:
        if not (article.withdrawn or article.canonical or article.noindex):
            date = article.date
            yield Indexed(archive.address(article), article.changed or date, f"{date.year:04}-{date.month:02}")
    for language, edition in archive.editions.items():
        for name in ("latest", "picks", "popular", "regional"):
            if archive.has_page_of(name, language):
                yield Indexed(addresses.block(language, name))
        if archive.amendments[language]:
            yield Indexed(addresses.block(language, "corrections"))
        if edition.articles:
            yield Indexed(addresses.block(language, "statistics"))
        if archive.alphabets[language]:
            yield Indexed(addresses.block(language, "index"))
        for letter in archive.alphabets[language]:
            yield Indexed(addresses.letter(language, letter))
        for taxonomy in TAXONOMIES:
            if edition.groups[taxonomy]:
                yield Indexed(addresses.term(language, taxonomy))
            for slug in edition.groups[taxonomy]:
                yield Indexed(addresses.term(language, taxonomy, slug))
        if edition.articles:
            yield Indexed(addresses.block(language, "archive"))
            yield Indexed(addresses.on_this_day(language))
        for period in (*((year,) for year in edition.by_year), *edition.by_month, *edition.by_day):
            yield Indexed(addresses.time(language, *period))
        for day in edition.by_calendar_day:
            yield Indexed(addresses.on_this_day(language, *day))


def news(archive: Archive) -> tuple[Article, ...]:
    """The articles of the two days before this moment, of all languages, newest first, and of too many the newest 1,000.

    None that is withdrawn or expired, has its true page elsewhere, or asks search engines to stay away.
    """
    now = archive.moment.now
    since = news_after(now)
    young = [takewhile(lambda a: a.date > since, reversed(edition.current)) for edition in archive.editions.values()]
    found = [a for a in chain.from_iterable(young) if a.date <= now and not (a.canonical or a.noindex)]
    return tuple(sorted(found, key=order, reverse=True)[:MOST_NEWS])
