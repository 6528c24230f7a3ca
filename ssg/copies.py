"""Whether a copy of a site is what was published, by the manifests that stand in it: no site, cache or network is asked."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ssg.addresses import file_of, manifest
from ssg.model import Place
from ssg.problems import stop

_MANIFEST = file_of(manifest())
_NAMED = re.compile(r"manifest(?:-[0-9]{4}-[0-9]{2})?\.txt")
_LINE = re.compile(r"([0-9a-f]{64}) [ *](.+)")  # GNU coreutils, "cksum common options": the sum, how it was read, the name
_OUTSIDE = re.compile(r"^/|(?:^|/)\.{0,2}(?:/|$)|[\\\x00]")


class Checked(msgspec.Struct):
    """How a copy differs from what was published, by paths below its folder, each in order.

    `manifests` are how many were read, `files` how many they list. `missing` and `changed` files are listed, `unlisted` ones
    are not, `unreadable` ones are told with the system's reason.
    """

    manifests: int = 0
    files: int = 0
    missing: list[str] = []
    changed: list[str] = []
    unlisted: list[str] = []
    unreadable: list[tuple[str, str]] = []

    @property
    def faults(self) -> int:
        """How many files are not as they were published."""
        return len(self.missing) + len(self.changed) + len(self.unlisted) + len(self.unreadable)


def check(folder: Path) -> Checked:
    """Every file of the copies of sites in a folder, against the manifests below it.

    Raises BuildStopped: `manifest.missing` where no manifest stands, `manifest.bad` for one that cannot be read as one.
    """
    found = Checked()
    paths = sorted(_files(folder, found))
    roots = {path.rpartition("data/")[0] for path in paths if _is_manifest(path)}
    if not roots:
        raise stop(Place(str(folder)), "manifest.missing", "no manifest stands in this folder or below it")
    for root in sorted(roots):
        _check_site(folder, root, paths, found)
    for faults in (found.missing, found.changed, found.unlisted, found.unreadable):
        faults.sort()
    return found


def _is_manifest(path: str) -> bool:
    above, _, name = path.rpartition("/")
    return above.rpartition("/")[2] == "data" and _NAMED.fullmatch(name) is not None


def _files(folder: Path, found: Checked) -> Iterator[str]:
    """The paths of all files below a folder; folders that cannot be read are told."""

    def refused(error: OSError) -> None:
        found.unreadable.append((os.path.relpath(error.filename, folder), error.strerror or type(error).__name__))

    for above, _, names in os.walk(folder, onerror=refused):
        for name in names:
            yield Path(above, name).relative_to(folder).as_posix()


def _check_site(folder: Path, root: str, paths: list[str], found: Checked) -> None:
    """The files of the site that begins at `root`, a path below the folder that ends with a slash, or ""."""
    inside = {path.removeprefix(root) for path in paths if path.startswith(root)}
    manifests = {path for path in inside if _is_manifest(path) and path.startswith("data/")}
    listed: dict[str, str] = {}
    for path in sorted(manifests):
        listed |= _read(folder, root + path)
    found.manifests += len(manifests)
    found.files += len(listed)
    if _MANIFEST not in manifests:
        found.missing.append(root + _MANIFEST)
    found.missing += [root + path for path in listed.keys() - inside]
    found.unlisted += [root + path for path in inside - listed.keys() - {_MANIFEST}]
    for path in listed.keys() & inside:
        try:
            with (folder / root / path).open("rb") as file:
                if hashlib.file_digest(file, "sha256").hexdigest() != listed[path]:
                    found.changed.append(root + path)
        except OSError as error:
            found.unreadable.append((root + path, error.strerror or type(error).__name__))


def _read(folder: Path, path: str) -> dict[str, str]:
    """The files that a manifest lists, each with its SHA-256."""
    place = str(folder / path)
    try:
        lines = (folder / path).read_bytes().decode().splitlines()
    except OSError as error:
        raise stop(Place(place), "manifest.bad", f"it cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise stop(Place(place), "manifest.bad", "it is not UTF-8") from None
    listed = {}
    for number, line in enumerate(lines, 1):
        parts = _LINE.fullmatch(line)
        if parts is None or _OUTSIDE.search(parts[2]):
            raise stop(
                Place(place, number), "manifest.bad", f"this line is no SHA-256 with a path below the site: {line[:100]!r}"
            )
        listed[parts[2]] = parts[1]
    return listed
