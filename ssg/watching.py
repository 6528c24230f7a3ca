"""Waiting for the sources of a site to change."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from threading import Event

import msgspec
from watchfiles import DefaultFilter, watch

from ssg.publishing.place import SOURCES
from ssg.site_toml import FILE

_POLL = 200  # milliseconds between two looks at the files beside the source folders
_NOT_SOURCES = (*DefaultFilter.ignore_entity_patterns, "^#")  # Emacs saves what is not saved yet as #a.md#

_Mark = tuple[int, ...]  # what differs when another file or folder stands at a name


class _Standing(msgspec.Struct, frozen=True):
    """What stands in the site's folder: its source folders and single files, each with its mark."""

    folders: dict[str, _Mark]
    files: dict[str, _Mark]

    def differing(self, other: _Standing) -> set[str]:
        return {name for name, _ in (self.folders | self.files).items() ^ (other.folders | other.files).items()}


def changes(source: Path, files: Sequence[str] = (FILE,), stopped: Event | None = None) -> Iterator[tuple[str, ...]]:
    """What changed in a site's sources, as sorted paths relative to its folder, after each burst of changes.

    The first answer comes when the watch stands, and is empty. What changes while nobody asks is told at the next asking.
    Seen are the source folders of the site in `source`, also those that come later, and its own `files` (names). Only these
    are watched, since `output/` may have more folders than the system lets one watch. Ends when the user stops the program,
    or when `stopped` is set.
    """
    root = source.resolve()
    standing = _look(root, files)
    pending: set[str] = set()
    told = False
    while True:
        with closing(_bursts(root, standing.folders, stopped)) as bursts:
            for found in bursts:
                now = _look(root, files)
                pending |= found | now.differing(standing)
                renewed, standing = now.folders != standing.folders, now
                if renewed:
                    break  # what is new is told once it is watched
                if pending or not told:
                    yield tuple(sorted(pending))
                    pending, told = set(), True
            else:
                return


def _bursts(root: Path, folders: Iterable[str], stopped: Event | None) -> Generator[set[str], None, None]:
    """The paths of each burst, and nothing after each `_POLL`; by looking at all files where the system watches no more."""
    polling = False
    while True:
        try:
            for found in watch(
                *(root / folder for folder in folders),
                watch_filter=DefaultFilter(ignore_entity_patterns=_NOT_SOURCES),
                yield_on_timeout=True,
                rust_timeout=_POLL,
                raise_interrupt=False,
                stop_event=stopped,
                force_polling=polling or None,
            ):
                yield {Path(path).relative_to(root).as_posix() for _, path in found}
        except FileNotFoundError:
            yield set()  # a folder went meanwhile; whoever asks sees it
        except OSError:
            if polling:
                raise
            polling = True
        else:
            return


def _look(root: Path, files: Sequence[str]) -> _Standing:
    folders: dict[str, _Mark] = {}
    singles: dict[str, _Mark] = {}
    for name in SOURCES:
        if (root / name).is_dir():
            found = (root / name).stat()
            folders[name] = (found.st_dev, found.st_ino)
    for name in files:
        if (root / name).is_file():
            found = (root / name).stat()
            singles[name] = (found.st_ino, found.st_size, found.st_mtime_ns)
    return _Standing(folders, singles)
