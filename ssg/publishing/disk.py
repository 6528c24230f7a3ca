"""The writes of publishing: every file and folder that it makes is made here, with the same mode under any umask."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable
from functools import lru_cache

FILE_MODE = 0o644
FOLDER_MODE = 0o755

_WRITE = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)
_POSIX = os.name == "posix"


def write(path: str, pieces: Iterable[bytes | memoryview], sync: bool = False) -> os.stat_result:
    """Write a file anew, readable by all, and give what `stat` says of it; `sync` waits until it is on the disk.

    Raises FileNotFoundError if its folder is not there, OSError if the system refuses.
    """
    handle = os.open(path, _WRITE, FILE_MODE)
    try:
        for piece in pieces:
            rest = memoryview(piece)
            while rest:
                rest = rest[os.write(handle, rest) :]
        known = os.fstat(handle)
        if _POSIX and stat.S_IMODE(known.st_mode) != FILE_MODE:
            os.fchmod(handle, FILE_MODE)
        if sync:
            os.fsync(handle)
        return known
    finally:
        os.close(handle)


def make_folders(folder: str, below: str) -> None:
    """Make `folder` and what is missing above it, but never `below` itself.

    Raises FileNotFoundError if `below` is not there: whoever lost its staging folder must not make another.
    """
    if len(folder) <= len(below):
        if not os.path.isdir(below):
            raise FileNotFoundError(2, "The folder is gone", below)
        return
    try:
        make_folder(folder)
    except FileNotFoundError:
        make_folders(os.path.dirname(folder), below)
        make_folder(folder)


def make_folder(folder: str) -> None:
    """Make one folder, or leave it if it stands. Raises FileNotFoundError if the one above is missing."""
    try:
        os.mkdir(folder, FOLDER_MODE)
    except FileExistsError:
        return
    if _POSIX and _mask() & FOLDER_MODE:
        os.chmod(folder, FOLDER_MODE)


def begin() -> None:
    """Look at the process's umask anew; it is looked at once for each publication, since looking means changing it."""
    _mask.cache_clear()


@lru_cache(maxsize=1)
def _mask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def sync_folder(folder: str) -> None:
    """Wait until the names in a folder are on the disk (only where folders can be opened: not on Windows)."""
    if not _POSIX:
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
