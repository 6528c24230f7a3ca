"""The sitemap, in parts by year where one would be too long, and robots.txt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page
from ssg.pages.showing import Kind, RobotsDocument, Shown, SitemapDocument, SitemapIndex

ADDRESS = "/sitemap.xml"
MOST = 50_000  # addresses in one file (sitemaps.org, protocol 0.9)


def _sitemaps(archive: Archive) -> Iterator[Page]:
    language = archive.settings.language
    parts = Counter(entry.part for entry in archive.indexed)
    if parts.total() <= MOST:
        yield Page(ADDRESS, "sitemap", language)
        return
    files = [(part, number) for part in sorted(parts) for number in range(-(-parts[part] // MOST))]
    yield Page(ADDRESS, "sitemap", language, ("index", *(_part_address(*file) for file in files)))
    for part, number in files:
        yield Page(_part_address(part, number), "sitemap", language, (part, number))


def _part_address(part: str, number: int) -> str:
    return f"/sitemap-{part}-{number + 1}.xml" if number else f"/sitemap-{part}.xml"


def _show(page: Page, ask: Ask) -> Shown:
    if not page.about:
        return SitemapDocument(ask.sitemap())
    part, *rest = page.about
    if part == "index":
        return SitemapIndex(tuple(ask.link(str(address)) for address in rest))
    first = int(rest[0]) * MOST
    return SitemapDocument(ask.sitemap(str(part))[first : first + MOST])


def _robots(archive: Archive) -> Iterator[Page]:
    if "static/robots.txt" not in archive.sources.files:
        yield Page("/robots.txt", "robots", archive.settings.language)


def _show_robots(_: Page, ask: Ask) -> Shown:
    return RobotsDocument(ask.link(ADDRESS), ask.site().noindex)


SITEMAP = Kind("sitemap", _sitemaps, _show)
ROBOTS = Kind("robots", _robots, _show_robots)
