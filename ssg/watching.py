"""Waiting for the sources of a site to change."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from watchfiles import Change, DefaultFilter, watch

from ssg.build import CACHE
from ssg.publishing import state_of

_POLL = 500  # milliseconds


class _Sources(DefaultFilter):
    """Lets pass what a build reads, and nothing that a build writes."""

    def __init__(self, root: Path, output: Path) -> None:
        super().__init__()
        self._pointer = str(root / ".ssg-journal-")
        self._written = tuple(str(path) for path in (output, Path(state_of(str(output))), root / CACHE))

    def __call__(self, change: Change, path: str) -> bool:
        written = path.startswith(self._pointer) or any(path == p or path.startswith(p + os.sep) for p in self._written)
        return not written and super().__call__(change, path)


def builds(source: Path, output: Path) -> Iterator[None]:
    """Yields once to begin with, when the watch stands, and again after each burst of changes to the sources.

    Ends when the user stops the program.
    """
    root = source.resolve()
    watcher = watch(
        root,
        watch_filter=_Sources(root, output.resolve()),
        yield_on_timeout=True,
        rust_timeout=_POLL,
        raise_interrupt=False,
    )
    begun = False
    for found in watcher:
        if found or not begun:
            begun = True
            yield
