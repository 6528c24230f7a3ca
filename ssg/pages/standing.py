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
    path = str(page.about[0])
    context = {"standing": ask.standing(path), "translations": ask.translations(path)}
    document = ask.standing_page(path)
    return Template(name="page.html", context=context, document=document, noindex=document.noindex)


STANDING = Kind("page", _pages, _show)
