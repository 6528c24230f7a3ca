"""Pages without a date (`content/pages/`): an address, a place in menus and sitemap, none in feeds."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page
from ssg.pages.showing import Kind, Shown, Template


def _pages(archive: Archive) -> Iterator[Page]:
    for page in archive.pages:
        yield Page(archive.address(page), "page", page.language, (page.path,), page.place())


def _show(page: Page, ask: Ask) -> Shown:
    standing = ask.standing_page(str(page.about[0]))
    context = {"standing": standing, "translations": ask.translations(standing.path)}
    return Template(name="page.html", context=context, document=standing, noindex=standing.noindex)


STANDING = Kind("page", _pages, _show)
