"""Whether an output stands as it was published, judged without reading its files."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ssg import digests
from ssg.publishing import manifest, place


def fingerprint(output: Path) -> str:
    """The digest of what says which files of an output are ours; "" if there is none, or a publication is under way."""
    data = _manifest(output)
    return digests.of_bytes(data) if data else ""


def notes_of(output: Path) -> dict[str, str]:
    """What the build that made an output has noted for the next one; nothing if that is not known."""
    known = manifest.decode(_manifest(output))
    return known.notes if known else {}


def stands(output: Path, known_by: str) -> bool:
    """Whether the output of this fingerprint has each of its files, with the size and time of change that it was given."""
    data = _manifest(output)
    if not data or digests.of_bytes(data) != known_by:
        return False
    real = os.path.realpath(output)
    known = manifest.decode(data)
    if known is None:
        return False
    lstat, regular = os.lstat, stat.S_ISREG
    try:
        for path, entry in known.entries.items():
            standing = lstat(f"{real}/{path}")
            if standing.st_mtime_ns != entry.mtime or standing.st_size != entry.size or not regular(standing.st_mode):
                return False
    except OSError:
        return False
    return True


def _manifest(output: Path) -> bytes:
    state = place.state_of(os.path.realpath(output))
    if os.path.lexists(f"{state}/journal"):
        return b""
    try:
        with open(f"{state}/manifest", "rb") as file:
            return file.read()
    except OSError:
        return b""
