"""Addresses that lead on to another: aliases, and the place after the last numbered page of a list."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.addresses import clean_address
from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page
from ssg.pages.showing import Kind, Shown, Template


def _aliases(archive: Archive) -> Iterator[Page]:
    for document in archive.dated_and_standing:
        for written in document.aliases:
            try:
                alias = clean_address(written)
            except ValueError:  # named by the archive's own problems
                continue
            if alias != archive.address(document):
                target = archive.address(document)
                yield Page(alias, "onward", document.language, (target,), document.place("aliases"))


def _show(page: Page, ask: Ask) -> Shown:
    link = ask.link(str(page.about[0]))
    return Template(name="onward.html", context={"target": link}, canonical=ask.absolute(link), noindex=True)


ONWARD = Kind("onward", _aliases, _show)
