"""What search engines are told of: every page of the site that stands for itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING

import msgspec

from ssg.archive.edition import TAXONOMIES

if TYPE_CHECKING:
    from ssg.archive.archive import Archive

PAGES = "pages"


class Indexed(msgspec.Struct, frozen=True):
    """A page for the sitemap: its address, for an article the moment of its last change, and the part that it belongs to.

    The part is the year of an article, whose old ones hardly ever change again, or `pages`.
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
        if not article.withdrawn and not article.canonical:
            yield Indexed(archive.address(article), article.updated or article.date, f"{article.date.year:04}")
    for language, edition in archive.editions.items():
        for name in ("latest", "picks", "popular", "regional"):
            if archive.has_page_of(name, language):
                yield Indexed(addresses.block(language, name))
        for taxonomy in TAXONOMIES:
            if edition.groups[taxonomy]:
                yield Indexed(addresses.term(language, taxonomy))
            for slug in edition.groups[taxonomy]:
                yield Indexed(addresses.term(language, taxonomy, slug))
        for period in (*((year,) for year in edition.by_year), *edition.by_month, *edition.by_day):
            yield Indexed(addresses.time(language, *period))
