"""The key with which search engines are told of changed pages, in a file of its own name (indexnow.org, "Documentation")."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page, Place
from ssg.pages.showing import Kind, PlainText, Shown


def _pages(archive: Archive) -> Iterator[Page]:
    if key := archive.settings.notify.indexnow_key:
        address = archive.addresses.indexnow_key()
        yield Page(address, "indexnow_key", archive.settings.language, (key,), Place("site.toml"))


def _show(page: Page, _: Ask) -> Shown:
    return PlainText(str(page.about[0]))


INDEXNOW_KEY = Kind("indexnow_key", _pages, _show)
