"""The sitemap and robots.txt."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page
from ssg.pages.showing import Kind, RobotsDocument, Shown, SitemapDocument

SITEMAP_ADDRESS = "/sitemap.xml"


def _sitemap(archive: Archive) -> Iterator[Page]:
    yield Page(SITEMAP_ADDRESS, "sitemap", archive.settings.language)


def _show_sitemap(_: Page, ask: Ask) -> Shown:
    return SitemapDocument(ask.sitemap())


def _robots(archive: Archive) -> Iterator[Page]:
    if "static/robots.txt" not in archive.sources.files:
        yield Page("/robots.txt", "robots", archive.settings.language)


def _show_robots(_: Page, ask: Ask) -> Shown:
    return RobotsDocument(ask.link(SITEMAP_ADDRESS), ask.site().noindex)


SITEMAP = Kind("sitemap", _sitemap, _show_sitemap)
ROBOTS = Kind("robots", _robots, _show_robots)
