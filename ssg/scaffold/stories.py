"""`ssg stories --accept`: a running story written into its articles, without touching anything else in their files."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ssg import dates
from ssg.model import Place, Problem
from ssg.problems import BuildStopped, stop
from ssg.reading import sources
from ssg.reading.keys import ARTICLE_KEYS, keys_of
from ssg.scaffold.keying import name_of
from ssg.scaffold.lines import Edit, opened, write
from ssg.settings import Site


def add_story(root: Path, site: Site, story: str, paths: Collection[str]) -> list[str]:
    """Write `story` into the articles at some paths, which have none: one line each; every other byte stays.

    Returns the paths of the articles that were written, in order. All are looked at before the first is written. Raises
    BuildStopped with all problems at once: an article cannot be read, or no place for the story is found in its front matter
    (story.place); or if a file cannot be written or has changed meanwhile (file.unwritable).
    """
    keys = keys_of(ARTICLE_KEYS, site.settings.fields)
    name, zone = name_of(keys, "story"), dates.zone(site.settings.timezone)
    problems: list[Problem] = []
    edits: list[Edit] = []
    for file in sources.find(root, site.settings.languages).articles:
        if file.path not in paths:
            continue
        try:
            article = opened(root, file, keys, zone)
            if article.fields.text("story"):
                raise stop(Place(file.path), "file.unwritable", "somebody gave it a story at this moment")
        except BuildStopped as stopped:
            problems += stopped.problems
            continue
        edit = article.edit(name, story, ("section", "date", "title"), "story.place")
        if isinstance(edit, Edit):
            edits.append(edit)
        else:
            problems.append(edit)
    if problems:
        raise BuildStopped(*problems)
    write(root, edits)
    return [edit.file.path for edit in edits]
