"""Addresses that lead on to another: for good, where something stood once, and for now, behind the last page of a list.

What leads on for good is `moved`: aliases, what site.toml says, earlier patterns, merged tags. Others are `onward`.
"""

from __future__ import annotations

from collections.abc import Iterator

from ssg.addresses import clean_address
from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page, Place
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
                yield Page(alias, "moved", document.language, (target,), document.place("aliases"))


def _pages(archive: Archive) -> Iterator[Page]:
    yield from _aliases(archive)
    for old, new in archive.settings.redirects.items():
        if new:
            yield Page(old, "moved", archive.settings.language, (new,), Place("site.toml"))


def of_patterns_before(archive: Archive) -> Iterator[Page]:
    """What leads on from the addresses that articles had by earlier patterns."""
    for article in archive.articles if archive.settings.permalinks_before else ():
        target = archive.address(article)
        for address in archive.addresses.before(article):
            if address != target:
                yield Page(address, "moved", article.language, (target,), Place("site.toml"))


def _show(page: Page, ask: Ask) -> Shown:
    target = str(page.about[0])
    link = ask.link(target) if target.startswith("/") else target
    return Template(name="onward.html", context={"target": link}, canonical=ask.absolute(link), noindex=True)


MOVED = Kind("moved", _pages, _show)
ONWARD = Kind("onward", lambda _: (), _show)  # each list makes its own
