"""The archive by subject: its figures, and the index of all tags, people, sections, regions and stories, letter by letter."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page
from ssg.pages.showing import Kind, Shown, Template


def _statistics(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        if edition.articles:
            yield Page(archive.addresses.block(language, "statistics"), "statistics", language)


def _show_statistics(_: Page, ask: Ask) -> Shown:
    return Template(name="statistics.html", context={"statistics": ask.statistics()})


def _index(archive: Archive) -> Iterator[Page]:
    for language, letters in archive.alphabets.items():
        if letters:
            yield Page(archive.addresses.block(language, "index"), "index", language)


def _show_index(_: Page, ask: Ask) -> Shown:
    return Template(name="index.html", context={"letters": ask.index_letters()})


def _letters(archive: Archive) -> Iterator[Page]:
    for language, letters in archive.alphabets.items():
        for letter in letters:
            yield Page(archive.addresses.letter(language, letter), "letter", language, (letter,))


def _show_letter(page: Page, ask: Ask) -> Shown:
    letter = str(page.about[0])
    return Template(name="letter.html", context={"letter": ask.index_letter(letter), "subjects": ask.subjects(letter)})


STATISTICS = Kind("statistics", _statistics, _show_statistics)
INDEX = Kind("index", _index, _show_index)
LETTER = Kind("letter", _letters, _show_letter)
