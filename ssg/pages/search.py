"""Searching all articles in the reader's browser: a page in each language, and below it the parts of its index, and their list.

The theme's script reads the list, then parts, the newest first. Only the newest changes with the news.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page
from ssg.pages.showing import Kind, SearchDescription, SearchList, SearchPartDocument, Shown, Template


def _pages(archive: Archive) -> Iterator[Page]:
    for language in _languages(archive):
        yield Page(archive.addresses.search(language), "search", language)


def _languages(archive: Archive) -> tuple[str, ...]:
    return archive.languages if archive.can_be_searched else ()


def _show(_: Page, ask: Ask) -> Shown:
    return Template(name="search.html", context={"search": ask.search_links()}, noindex=True)


def _parts(archive: Archive) -> Iterator[Page]:
    for language in _languages(archive):
        for place in archive.searched[language]:
            yield Page(archive.addresses.search_part(language, *place), "search_part", language, place)


def _show_part(page: Page, ask: Ask) -> Shown:
    year, number = (int(one) for one in page.about)
    return SearchPartDocument(ask.findable(year, number))


def _lists(archive: Archive) -> Iterator[Page]:
    for language in _languages(archive):
        yield Page(archive.addresses.search_parts(language), "search_list", language)


def _show_list(_: Page, ask: Ask) -> Shown:
    return SearchList(ask.search_parts(), ask.terms("section"), ask.terms("editor"))


def _descriptions(archive: Archive) -> Iterator[Page]:
    for language in _languages(archive):
        yield Page(archive.addresses.search_description(language), "search_description", language)


def _show_description(page: Page, ask: Ask) -> Shown:
    site, links = ask.site(), ask.search_links()
    assert links, "there is no such page where nothing can be searched"
    return SearchDescription(site.title, site.description, page.language, links)


SEARCH = Kind("search", _pages, _show)
PART = Kind("search_part", _parts, _show_part)
LIST = Kind("search_list", _lists, _show_list)
DESCRIPTION = Kind("search_description", _descriptions, _show_description)
