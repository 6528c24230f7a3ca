"""The page of a running story: its timeline, parted as lists are."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.archive import Archive
from ssg.asking import Ask, Link
from ssg.model import Page
from ssg.pages.lists import claim_of, numbered
from ssg.pages.showing import Kind, Shown, Template


def _pages(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        for slug, group in edition.groups["story"].items():
            front = archive.addresses.term(language, "story", slug)
            yield from numbered(archive, "story", language, front, len(group.articles), (slug,), claim_of(group))


def _show(page: Page, ask: Ask) -> Shown:
    slug, number = str(page.about[0]), int(page.about[1])
    term = ask.term("story", slug)
    return Template(
        name="story.html",
        context={
            "term": term,
            "listing": ask.term_list("story", slug, number),
            "profile": ask.profile("story", slug) if number == 0 else None,
        },
        document=ask.note("story", slug) if number == 0 else None,
        feeds=(Link(term.name, term.feed),),
    )


STORY = Kind("story", _pages, _show)
