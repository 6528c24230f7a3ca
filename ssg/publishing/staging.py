"""Staging: what a build makes is compared with what stands in the output, and set aside only if it differs."""

from __future__ import annotations

import os
import re
import stat
import unicodedata
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from hashlib import blake2b
from io import FileIO
from pathlib import Path
from typing import NamedTuple

import msgspec

from ssg import digests
from ssg.model import Place
from ssg.problems import BuildStopped, stop
from ssg.publishing import disk, manifest, place
from ssg.publishing.manifest import Entry

_CHUNK = 1 << 20
_ESCAPE = re.compile(r"(?:^|/)\.{0,2}(?:/|$)|[\\\x00-\x1f\x7f\ud800-\udfff]")


class Staged(msgspec.Struct, frozen=True, gc=False):
    """One file of the new site, as staging found it.

    `size` in bytes and `mtime` in nanoseconds are those that the file will have in the output. `changed`: it differs from what
    stands there; then `move` is what will be moved into the output for it, the file itself or the topmost folder that is new.
    `fault` says why it must not be published, or is "".
    """

    path: str
    digest: str
    size: int = 0
    mtime: int = 0
    changed: bool = False
    move: str = ""
    fault: str = ""


class _Spot(NamedTuple):
    """What stands at a path: `move` as in `Staged` ("" for a folder that stands), the file there if any, a fault or ""."""

    move: str = ""
    standing: os.stat_result | None = None
    fault: str = ""


_FOLDER = _Spot()


def staged_name(move: str) -> str:
    """The name in the staging folder of what will be moved to `move`: flat, so that no folder is made only to hold it."""
    return digests.of_bytes(move.encode())


class Staging:
    """Stages files for one output. Light to pickle: however often a worker is sent it, it has one and reads the manifest once.

    `site`, `output` and `state` are real paths, `folder` the staging folder. With `clean` nothing that the manifest says of
    sizes and times is believed: every file that stands is read.
    """

    def __init__(self, site: str, output: str, state: str, folder: str, clean: bool = False) -> None:
        self.site = site
        self.output = output
        self.state = state
        self.folder = folder
        self.clean = clean
        self._folders: dict[str, _Spot] = {"": _FOLDER}
        self._made = {folder}  # what stands in the staging folder, but for what has no folder in it

    def __reduce__(self) -> tuple[Callable[..., Staging], tuple[str, str, str, str, bool]]:
        return _arrived, (self.site, self.output, self.state, self.folder, self.clean)

    @cached_property
    def known(self) -> dict[str, Entry]:
        """The files of the output that are ours, by path."""
        return manifest.load(f"{self.state}/manifest")[0].entries

    def as_written(self, file: Staged) -> bool:
        """Whether a file that stands was not touched since it was published."""
        entry = self.known.get(file.path)
        return entry is not None and (entry.size, entry.mtime) == (file.size, file.mtime)

    def keep(self, path: str, digest: str, *, looked_at: bool = False) -> Staged | None:
        """The record of a file that stands in the output with this digest already, or None: then it must be staged.

        For a page whose bytes need not be made again. `path` is relative to the output, with `/`. `looked_at`: it was seen in
        this build that the file stands as it was written.
        """
        entry = self.known.get(path)
        if self.clean or entry is None or entry.digest != digest:
            return None
        if looked_at:
            return Staged(path, digest, entry.size, entry.mtime)
        try:
            standing = self._look(path).standing
            if standing is None:
                return None
            if (entry.size, entry.mtime) != (standing.st_size, standing.st_mtime_ns):
                with open(f"{self.output}/{path}", "rb") as file:
                    if digests.of_bytes(file.read()) != digest:
                        return None
        except OSError as error:
            raise place.stopped(self.site, self.output, error) from error
        return Staged(path, digest, standing.st_size, standing.st_mtime_ns)

    def stage(self, path: str, data: bytes) -> Staged:
        """Stage a file of the new site: `path` relative to the output, with `/`, and its bytes.

        Raises BuildStopped: `address.escape` if the path leads out of the output, `output.place` if the system refuses.
        """
        self._check(path)
        digest = digests.of_bytes(data)
        try:
            spot = self._look(path)
            if spot.fault:
                return Staged(path, digest, fault=spot.fault)
            standing = spot.standing
            if standing is not None:
                trusted = self._trusted(path, standing)
                same = trusted.digest == digest if trusted else standing.st_size == len(data) and self._reads(path, data)
                if fate := self._fate(path, digest, standing, same):
                    return fate
            known = self._write(spot.move, path, data)
        except OSError as error:
            raise place.stopped(self.site, self.output, error) from error
        return Staged(path, digest, known.st_size, known.st_mtime_ns, True, spot.move)

    def stage_copy(self, path: str, source: Path) -> Staged:
        """Stage a copy of the file `source`, in pieces of 1 MB, as `stage` does.

        Raises BuildStopped as `stage`, and `file.unreadable` if the source cannot be read or is no ordinary file.
        """
        self._check(path)
        try:
            if not stat.S_ISREG(os.stat(source).st_mode):
                raise self._unreadable(source, "it is no ordinary file")
            file = FileIO(source)
        except OSError as error:
            raise self._unreadable(source, error.strerror or type(error).__name__) from error
        with file:
            return self._copy(path, _Source(self, source, file))

    def _copy(self, path: str, source: _Source) -> Staged:
        try:
            spot = self._look(path)
            if spot.fault:
                return Staged(path, "", fault=spot.fault)
            standing = spot.standing
            if standing is not None:
                same, trusted = False, self._trusted(path, standing)
                if source.size() == standing.st_size:
                    if trusted:
                        same = source.digest() == trusted.digest
                    else:
                        with FileIO(f"{self.output}/{path}") as file:
                            same = source.equals(file)
                # Only an equal source has been read to its end, so that its digest is known.
                if fate := self._fate(path, source.hash.hexdigest(), standing, same):
                    return fate
            known = self._write(spot.move, path, source)
        except OSError as error:
            raise place.stopped(self.site, self.output, error) from error
        return Staged(path, source.hash.hexdigest(), known.st_size, known.st_mtime_ns, True, spot.move)

    def where(self, file: Staged) -> Path:
        """Where the bytes of a file of the new site lie until the commit: staged, or in the output if it stands already."""
        if not file.changed:
            return Path(self.output, file.path)
        return Path(f"{self.folder}/{staged_name(file.move)}{file.path[len(file.move) :]}")

    # -- what stands in the output ----------------------------------------------------------------

    def real_folder(self, path: str) -> bool:
        """Whether a folder of the output stands there as itself, reached through no symlink. Raises OSError."""
        spot = self._folder(path)
        return not spot.move and not spot.fault

    def _look(self, path: str) -> _Spot:
        cut = path.rfind("/")
        folder = path[:cut] if cut > 0 else ""
        above = self._folders.get(folder) or self._folder(folder)
        if above is not _FOLDER:
            return above
        try:
            standing = os.lstat(f"{self.output}/{path}")
        except FileNotFoundError:
            return _Spot(path)
        if stat.S_ISREG(standing.st_mode):
            return _Spot(path, standing)
        if stat.S_ISDIR(standing.st_mode):
            if self._all_ours(path):
                return _Spot(path)
            return _Spot(fault=f"A folder that holds what the program did not make stands where the file {path} should be.")
        return _Spot(fault=f"A symlink or device stands where the file {path} should be.")

    def _folder(self, path: str) -> _Spot:
        found = self._folders.get(path)
        if found is not None:
            return found
        cut = path.rfind("/")
        found = self._folder(path[:cut] if cut > 0 else "")
        if found is _FOLDER:
            try:
                mode = os.lstat(f"{self.output}/{path}").st_mode
            except FileNotFoundError:
                found = _Spot(path)
            else:
                if stat.S_ISREG(mode) and path in self.known:
                    found = _Spot(path)  # the commit removes it first, since no page can claim it any more
                elif not stat.S_ISDIR(mode):
                    found = _Spot(
                        fault=f"A symlink or file that the program did not make stands where the folder {path}/ should be."
                    )
        self._folders[path] = found
        return found

    def _all_ours(self, path: str) -> bool:
        """Whether a folder holds files of ours and nothing else: then the commit empties it, since none can be claimed."""
        ours = False
        with os.scandir(f"{self.output}/{path}") as inside:
            for item in inside:
                inner = f"{path}/{item.name}"
                if item.is_dir(follow_symlinks=False):
                    ours = self._all_ours(inner)
                else:
                    ours = inner in self.known and item.is_file(follow_symlinks=False)
                if not ours:
                    return False
        return ours

    def _trusted(self, path: str, standing: os.stat_result) -> Entry | None:
        """What the manifest says of a file, if the file was not touched since."""
        entry = self.known.get(path)
        if self.clean or entry is None or (entry.size, entry.mtime) != (standing.st_size, standing.st_mtime_ns):
            return None
        return entry

    def _fate(self, path: str, digest: str, standing: os.stat_result, same: bool) -> Staged | None:
        """The record of a file that is not to be written: it stands as it should, or is somebody else's. Else None."""
        if path not in self.known and self._other_case(path, standing):
            return None
        if same:
            return Staged(path, digest, standing.st_size, standing.st_mtime_ns)
        if path not in self.known:
            return Staged(path, digest, fault=f"A file that the program did not make stands where {path} should be.")
        return None

    def _other_case(self, path: str, standing: os.stat_result) -> bool:
        """Whether what stands is a file of ours under its old spelling, on a file system that takes Foo and foo for one."""
        twin = self._folded.get(_fold(path), path)
        if twin == path:
            return False
        try:
            return os.path.samestat(os.lstat(f"{self.output}/{twin}"), standing)
        except (FileNotFoundError, NotADirectoryError):
            return False

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {_fold(path): path for path in self.known}

    def _reads(self, path: str, data: bytes) -> bool:
        with FileIO(f"{self.output}/{path}") as file:
            return file.read() == data

    # -- writing ----------------------------------------------------------------------------------

    def _write(self, move: str, path: str, data: bytes | _Source) -> os.stat_result:
        target = f"{self.folder}/{staged_name(move)}{path[len(move) :]}"
        if move != path:
            self._make(os.path.dirname(target))
        return disk.write(target, (data,) if isinstance(data, bytes) else data)

    def _make(self, folder: str) -> None:
        """Make a folder of ours, and what is missing above it. Raises FileNotFoundError if the staging folder is gone."""
        above = os.path.dirname(folder)
        if above not in self._made:
            self._make(above)
            self._made.add(above)
        disk.make_folder(folder)

    def _check(self, path: str) -> None:
        if _ESCAPE.search(path):
            shown = Place(path.encode(errors="backslashreplace").decode())
            raise stop(shown, "address.escape", f"{shown} cannot be the path of a file in the output.")

    def _unreadable(self, source: Path, why: str) -> BuildStopped:
        return stop(place.place_of(self.site, os.path.abspath(source)), "file.unreadable", f"The file cannot be copied: {why}.")


@lru_cache(maxsize=1)
def _arrived(site: str, output: str, state: str, folder: str, clean: bool) -> Staging:
    """The staging that a process was sent: the same for each part of its work, so that it reads the manifest once."""
    return Staging(site, output, state, folder, clean)


class _Source:
    """A file that is copied: its bytes in pieces, and their digest once they were all given."""

    def __init__(self, staging: Staging, path: Path, file: FileIO) -> None:
        self._staging, self._path, self._file = staging, path, file
        self._buffer = memoryview(bytearray(_CHUNK))
        self.hash = blake2b(digest_size=16)  # as digests.of_bytes

    def __iter__(self) -> Iterator[memoryview]:
        self.hash = blake2b(digest_size=16)
        try:
            self._file.seek(0)
            while count := self._file.readinto(self._buffer):
                piece = self._buffer[:count]
                self.hash.update(piece)
                yield piece
        except OSError as error:
            raise self._staging._unreadable(self._path, error.strerror or type(error).__name__) from error

    def size(self) -> int:
        return os.fstat(self._file.fileno()).st_size

    def digest(self) -> str:
        for _ in self:
            pass
        return self.hash.hexdigest()

    def equals(self, other: FileIO) -> bool:
        return all(piece == other.read(len(piece)) for piece in self) and not other.read(1)


def _fold(path: str) -> str:
    return unicodedata.normalize("NFC", path).casefold()
