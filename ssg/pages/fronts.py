"""The front page of each language, and its page for an address that is not there, which hosts show from its folder on."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page
from ssg.pages.showing import Kind, Shown, Template


def _fronts(archive: Archive) -> Iterator[Page]:
    for language in archive.languages:
        yield Page(archive.addresses.root(language), "front", language)


def _show_front(_: Page, ask: Ask) -> Shown:
    news = ask.front_news()
    return Template(name="front.html", context={name: getattr(news, name) for name in news.__struct_fields__})


def _not_found(archive: Archive) -> Iterator[Page]:
    for language in archive.languages:
        address = archive.addresses.not_found(language)
        if language == archive.settings.language or f"static{address}" not in archive.sources.files:  # an own one stays
            yield Page(address, "not_found", language)


def _show_not_found(_: Page, ask: Ask) -> Shown:
    return Template(name="not_found.html", context={"latest": ask.latest_block()}, noindex=True)


FRONT = Kind("front", _fronts, _show_front)
NOT_FOUND = Kind("not_found", _not_found, _show_not_found)
