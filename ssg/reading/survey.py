"""Before anything is read: which source files there are, and which of them are known to be as they were."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

import msgspec

from ssg.cache import Source
from ssg.model import Problem
from ssg.reading.freshness import Seen
from ssg.reading.sources import SourceFile, Sources, find, find_static


class Survey(msgspec.Struct):
    """What stands in the source folders of the site in `root`.

    `documents` are all files that hold a document, each with its kind (`article`, `page`, `note`). `digests` has an entry for
    each of them: the digest of its bytes, "" where it is not known without reading them. `recipe` is what they are read by.
    """

    root: Path
    recipe: str
    found: Sources
    static: tuple[SourceFile, ...]
    documents: list[tuple[str, SourceFile]]
    digests: dict[str, str]
    seen: Seen
    problems: tuple[Problem, ...]

    @property
    def attached(self) -> dict[str, SourceFile]:
        """The attachments and static files, by their path."""
        return {file.path: file for file in (*self.found.attachments, *self.static)}

    @property
    def texts(self) -> tuple[Source, ...]:
        """The documents' source files with the digests of their bytes."""
        return tuple(self.digests.items())

    @property
    def stamps(self) -> dict[str, str]:
        """Of each attachment or static file that will be known again what it is known by: its size, times and inode."""
        return {path: repr(file.stat) for path, file in self.attached.items() if self.seen.settled(file.stat)}

    @property
    def sizes(self) -> dict[str, int]:
        """The sizes of the attachments and static files, in bytes."""
        return {path: file.stat[0] for path, file in self.attached.items()}

    @property
    def known(self) -> bool:
        """Whether every file is known without reading it."""
        return all(self.digests.values()) and len(self.stamps) == len(self.attached)


def survey(root: Path, languages: Collection[str], recipe: str, seen: Seen) -> Survey:
    """What stands in the source folders of the site in `root`."""
    found = find(root, languages)
    static, problems = find_static(root)
    documents = [("article", file) for file in found.articles]
    documents += [("page", file) for file in found.pages] + [("note", file) for file in found.notes]
    digests = {file.path: seen.digest(file.disk, file.stat) or "" for _, file in documents}
    return Survey(root, recipe, found, static, documents, digests, seen, (*found.problems, *problems))
