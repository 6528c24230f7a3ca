"""`ssg id`: a permanent id for every article that has none, written without touching anything else in its file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ssg import dates
from ssg.model import Place, Problem
from ssg.problems import BuildStopped, problem
from ssg.reading import sources
from ssg.reading.keys import ARTICLE_KEYS, keys_of
from ssg.scaffold.keying import name_of
from ssg.scaffold.lines import Edit, opened, write
from ssg.settings import Site


def add_ids(root: Path, site: Site) -> list[tuple[str, str]]:
    """Write each missing id into its article: one line, after that of the date or title; every other byte stays.

    Returns the path and the id in effect (its path without suffix) of every article in which none was written, by path. All
    articles are looked at before the first is written. Raises BuildStopped with all problems at once: an article cannot be
    read, no place for the id is found in its front matter (id.place), or another article has that id (id.twice); or if a file
    cannot be written or has changed meanwhile (file.unwritable). A file is replaced at once, never half written.
    """
    edits = _plan(root, site)
    write(root, edits)
    return [(edit.file.path, edit.value) for edit in edits]


def _plan(root: Path, site: Site) -> list[Edit]:
    keys = keys_of(ARTICLE_KEYS, site.settings.fields)
    name, zone = name_of(keys, "id"), dates.zone(site.settings.timezone)
    found = sources.find(root, site.settings.languages)
    problems: list[Problem] = []
    edits: list[Edit] = []
    given: dict[str, str] = {}
    for file in found.articles:
        try:
            article = opened(root, file, keys, zone)
        except BuildStopped as stopped:
            problems += stopped.problems
            continue
        id = article.fields.text("id")
        if article.fields.problems:
            problems += article.fields.problems
        elif id:
            given.setdefault(id, file.path)
        elif article.front.format:  # a file without front matter is no article yet; the build says so
            edit = article.edit(name, sources.key_of(file.path), ("date", "title"), "id.place")
            if isinstance(edit, Edit):
                edits.append(edit)
            else:
                problems.append(edit)
    problems += _given_twice(edits, given)
    if problems:
        raise BuildStopped(*problems)
    return edits


def _given_twice(edits: list[Edit], given: dict[str, str]) -> Iterator[Problem]:
    for edit in edits:
        other = given.setdefault(edit.value, edit.file.path)
        if other != edit.file.path:
            what = f"its id in effect, `{edit.value}`, is that of {other} as well"
            yield problem(Place(edit.file.path), "id.twice", what)
