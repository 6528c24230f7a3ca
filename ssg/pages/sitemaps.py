"""The sitemap, an index whose parts are the months of the archive and all that is no article; the news sitemap; robots.txt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page
from ssg.pages.showing import Kind, NewsDocument, RobotsDocument, Shown, SitemapDocument, SitemapIndex

ADDRESS = "/sitemap.xml"
NEWS = "/sitemap-news.xml"
# Addresses in one file. The protocol 0.9 of sitemaps.org allows 50,000, and 50 MB: so many are within it, if each of them had
# the 1,000 bytes that an address can have, and every byte were written in six.
MOST = 8_000


def _sitemaps(archive: Archive) -> Iterator[Page]:
    language = archive.settings.language
    parts = Counter(entry.part for entry in archive.indexed)
    files = [(part, number) for part in sorted(parts) for number in range(-(-parts[part] // MOST))]
    addresses = [_part_address(*file) for file in files]
    news = [NEWS] if archive.news else []
    yield Page(ADDRESS, "sitemap", language, ("index", *addresses, *news))
    for address, about in zip(addresses, files, strict=True):
        yield Page(address, "sitemap", language, about)
    for address in news:
        yield Page(address, "sitemap", language, ("news",))


def _part_address(part: str, number: int) -> str:
    return f"/sitemap-{part}-{number + 1}.xml" if number else f"/sitemap-{part}.xml"


def reserved(archive: Archive) -> Iterator[Page]:
    """The address of the news sitemap while there is no news: else what stands there would be in its way tomorrow."""
    if archive.settings.sitemaps.news and not archive.news:
        yield Page(NEWS, "sitemap", archive.settings.language)


def _show(page: Page, ask: Ask) -> Shown:
    part, *rest = page.about
    if part == "index":
        return SitemapIndex(tuple(ask.link(str(address)) for address in rest))
    if part == "news":
        return NewsDocument(ask.news())
    first = int(rest[0]) * MOST
    return SitemapDocument(ask.sitemap(str(part))[first : first + MOST])


def _robots(archive: Archive) -> Iterator[Page]:
    if not archive.has_own_robots:
        named = (ADDRESS, *([NEWS] if archive.news else [])) if not archive.settings.noindex else ()
        yield Page("/robots.txt", "robots", archive.settings.language, named)


def _show_robots(page: Page, ask: Ask) -> Shown:
    return RobotsDocument(tuple(ask.link(str(address)) for address in page.about), ask.denied_crawlers())


SITEMAP = Kind("sitemap", _sitemaps, _show)
ROBOTS = Kind("robots", _robots, _show_robots)
