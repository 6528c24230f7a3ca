"""The blocks that change every hour: each has a page of its own and one shared fragment, which other pages fetch."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page
from ssg.pages.showing import Kind, Shown, Template

_WHOLE: dict[str, Callable[[Ask], object]] = {
    "picks": Ask.all_picks,
    "popular": Ask.all_popular,
    "regional": Ask.all_regional,
}

_BLOCK: dict[str, Callable[[Ask], object]] = {
    "latest": Ask.latest_block,
    "picks": Ask.picks,
    "popular": Ask.popular,
    "regional": Ask.regional,
}


def _pages(archive: Archive) -> Iterator[Page]:
    for language in archive.languages:
        for name in _WHOLE:
            if archive.has_page_of(name, language):
                yield Page(archive.addresses.block(language, name), "block", language, (name,))


def _show(page: Page, ask: Ask) -> Shown:
    name = str(page.about[0])
    return Template(name=f"{name}.html", context={"block": _WHOLE[name](ask)})


def _fragments(archive: Archive) -> Iterator[Page]:
    if archive.settings.blocks.mode == "inline":
        return
    for language in archive.languages:
        for name in _BLOCK:
            if archive.has_block(name, language):
                yield Page(archive.addresses.fragment(language, name), "fragment", language, (name,))


def _show_fragment(page: Page, ask: Ask) -> Shown:
    name = str(page.about[0])
    return Template(name=f"blocks/{name}.html", context={"block": _BLOCK[name](ask)}, noindex=True)


BLOCK = Kind("block", _pages, _show)
FRAGMENT = Kind("fragment", _fragments, _show_fragment)
