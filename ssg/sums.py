"""The SHA-256 of published files: each is found once for the same bytes, however often it is told."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import msgspec

from ssg.cache import read_sealed, write_sealed
from ssg.publishing import Entry, Staged, Staging
from ssg.publishing.place import stopped

_Known = dict[str, tuple[str, int]]  # by the digest of some bytes (`digests.of_bytes`): their SHA-256, their size

_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(_Known)


class Sums:
    """The sums that earlier builds found, in one file of the cache; with `fresh` none. It is read when it is first asked."""

    def __init__(self, file: Path, *, fresh: bool = False) -> None:
        self._file = file
        self._fresh = fresh
        self._known: _Known | None = None
        self._found = False

    def of(self, digest: str, file: Path) -> tuple[str, int]:
        """The SHA-256 (FIPS 180-4) of the bytes that have a digest, and their size; `file` holds them. Raises OSError."""
        if self._known is None:
            self._known = {} if self._fresh else self._load()
        known = self._known.get(digest)
        if known is None:
            with file.open("rb") as opened:
                known = hashlib.file_digest(opened, "sha256").hexdigest(), opened.tell()
            self._known[digest] = known
            self._found = True
        return known

    def keep(self, used: Iterable[str]) -> None:
        """Leave for the next build what is known of those bytes whose digests are still `used`. Raises OSError."""
        if self._known is not None and self._found:
            write_sealed(self._file, _encode({one: self._known[one] for one in used if one in self._known}))

    def _load(self) -> _Known:
        try:
            return _decoder.decode(read_sealed(self._file))
        except msgspec.DecodeError:
            return {}


class Files:
    """The files of the site as they stand after this build (see `asking.Published`).

    `staged` are those that this build has looked at, as far as it has come; all others of `standing` stand as they are.
    """

    def __init__(self, staging: Staging, sums: Sums, staged: Iterable[Staged], standing: Mapping[str, Entry]) -> None:
        self._staging = staging
        self._sums = sums
        self._staged = {file.path: file for file in staged}
        self._standing = standing

    def add(self, staged: Iterable[Staged]) -> None:
        """Some more files are known."""
        self._staged.update((file.path, file) for file in staged)

    def paths(self) -> Collection[str]:
        """The paths of all files that are known by now."""
        return self._staged.keys() | self._standing.keys() if self._standing else self._staged.keys()

    def digest(self, path: str) -> str:
        """The digest of a file's bytes. Raises KeyError for a file that is not known."""
        return (self._staged.get(path) or self._standing[path]).digest

    def sum(self, path: str) -> tuple[str, int]:
        """The SHA-256 of a file and its size in bytes. Raises KeyError likewise, and BuildStopped if it cannot be read."""
        digest, staged = self.digest(path), self._staged.get(path)
        try:
            return self._sums.of(digest, self._staging.where(staged) if staged else Path(self._staging.output, path))
        except OSError as error:
            raise stopped(self._staging.site, self._staging.output, error) from error
