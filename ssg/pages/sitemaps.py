"""The sitemap and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from ssg.archive import TAXONOMIES, Archive
from ssg.asking import Ask
from ssg.model import Page
from ssg.pages.showing import Kind, RobotsDocument, Shown, SitemapDocument

SITEMAP_ADDRESS = "/sitemap.xml"


def _sitemap(archive: Archive) -> Iterator[Page]:
    yield Page(SITEMAP_ADDRESS, "sitemap", archive.settings.language)


def _show_sitemap(_: Page, ask: Ask) -> Shown:
    archive = ask.archive
    return SitemapDocument(tuple((archive.addresses.link(address), moment) for address, moment in _entries(archive)))


def _entries(archive: Archive) -> Iterator[tuple[str, datetime | None]]:
    """Front pages, standing pages, articles with their last change, then the fronts of lists and the pages of time."""
    addresses = archive.addresses
    for language in archive.languages:
        yield addresses.root(language), None
    for page in archive.pages:
        if not page.noindex:
            yield archive.address(page), None
    for article in archive.articles:
        if not article.withdrawn and not article.canonical:
            yield archive.address(article), article.updated or article.date
    for language, edition in archive.editions.items():
        for name in ("latest", "picks", "popular", "regional"):
            if archive.has_block(name, language):
                yield addresses.block(language, name), None
        for taxonomy in TAXONOMIES:
            if edition.groups[taxonomy]:
                yield addresses.term(language, taxonomy), None
            for slug in edition.groups[taxonomy]:
                yield addresses.term(language, taxonomy, slug), None
        for period in (*((y,) for y in edition.by_year), *edition.by_month, *edition.by_day):
            yield addresses.time(language, *period), None


def _robots(archive: Archive) -> Iterator[Page]:
    if "static/robots.txt" not in archive.sources.files:
        yield Page("/robots.txt", "robots", archive.settings.language)


def _show_robots(_: Page, ask: Ask) -> Shown:
    return RobotsDocument(ask.archive.addresses.link(SITEMAP_ADDRESS), ask.archive.settings.noindex)


SITEMAP = Kind("sitemap", _sitemap, _show_sitemap)
ROBOTS = Kind("robots", _robots, _show_robots)
