"""The list of all corrections and withdrawals, parted as lists are; without any there is none."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page
from ssg.pages.lists import numbered
from ssg.pages.showing import Kind, Shown, Template


def _pages(archive: Archive) -> Iterator[Page]:
    for language, amendments in archive.amendments.items():
        if amendments:
            front = archive.addresses.block(language, "corrections")
            yield from numbered(archive, "corrections", language, front, len(amendments), ())


def _show(page: Page, ask: Ask) -> Shown:
    (number,) = page.about
    return Template(name="corrections.html", context={"listing": ask.corrections(int(number))})


CORRECTIONS = Kind("corrections", _pages, _show)
