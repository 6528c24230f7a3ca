"""Waiting for the sources of a site to change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from ssg.build import CACHE
from ssg.publishing import state_of


class _Sources(DefaultFilter):
    """Lets pass what a build reads, and nothing that a build writes."""

    def __init__(self, source: Path, output: Path) -> None:
        super().__init__()
        root, made = source.resolve(), output.resolve()
        self._written = tuple(str(path) for path in (made, Path(state_of(str(made))), root / CACHE, root / ".ssg-journal-"))

    def __call__(self, change: Change, path: str) -> bool:
        return not path.startswith(self._written) and super().__call__(change, path)


def changes(source: Path, output: Path) -> Iterator[None]:
    """Yields once after each burst of changes to the sources; ends when the user stops the program."""
    for _ in watch(source.resolve(), watch_filter=_Sources(source, output), raise_interrupt=False):
        yield
