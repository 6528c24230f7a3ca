"""Whether an output stands as it was published, judged without reading its files."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ssg import digests
from ssg.publishing import manifest, place
from ssg.publishing.manifest import Manifest


def fingerprint(output: Path) -> str:
    """The digest of what says which files of an output are ours; "" if there is none, or a publication is under way."""
    data = _manifest(output)
    return digests.of_bytes(data) if data else ""


def stands(output: Path, known_by: str) -> Manifest | None:
    """What is known of the files of the output of this fingerprint; None unless it has each of them untouched.

    That is, with the size and time of change that it was given.
    """
    data = _manifest(output)
    if not data or digests.of_bytes(data) != known_by:
        return None
    real = os.path.realpath(output)
    known = manifest.decode(data)
    if known is None:
        return None
    lstat, regular = os.lstat, stat.S_ISREG
    try:
        for path, entry in known.entries.items():
            standing = lstat(f"{real}/{path}")
            if standing.st_mtime_ns != entry.mtime or standing.st_size != entry.size or not regular(standing.st_mode):
                return None
    except OSError:
        return None
    return known


def _manifest(output: Path) -> bytes:
    state = place.state_of(os.path.realpath(output))
    if os.path.lexists(f"{state}/journal"):
        return b""
    try:
        with open(f"{state}/manifest", "rb") as file:
            return file.read()
    except OSError:
        return b""
