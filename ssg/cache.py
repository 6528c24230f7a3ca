"""What has been made once and need not be made again.

    .ssg-cache/ROOM/NAME.pack    bodies, one after the other, written once and never changed
    .ssg-cache/ROOM/NAME.index   what lies in that pack: for each body what it belongs to, and a check of its bytes

In `read` are the bodies of documents, each named by its source file, in `pages` the bytes of pages (see `shelf`). Every build
adds a pack of what is new to it and touches no other, so that builds can go side by side; now and then one puts small packs
together. A cache only spares work: it may be deleted, damaged or of another version at any time, and the answer is the same.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path
from zlib import crc32

import msgspec

from ssg.digests import sealed, unsealed
from ssg.model import Place
from ssg.problems import BuildStopped, stop

MOST_UNUSED = 1000  # bodies that are kept for a change of branch and back, and as many again as are in use
MOST_PACKS = 16
_SLACK = 1 << 20  # bytes that no entry claims any more, beyond which a pack is worth rewriting

READ, PAGES = "read", "pages"  # the rooms

Source = tuple[str, str]  # a source file's path, and the digest of its bytes; in `pages` an address and its page's digest


class Row(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One source file as it was read: its path, the digest of its bytes, what was kept of it, and where its body lies.

    `at` and `size` are bytes in the pack; `check` is the CRC-32 of the body, which tells whether it is whole.
    """

    path: str
    digest: str
    kept: bytes
    at: int
    size: int
    check: int


class Spot(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Where a body lies: `at` and `size` in bytes, and its CRC-32."""

    pack: str
    at: int
    size: int
    check: int


class _Index(msgspec.Struct):
    recipe: str
    size: int  # of the pack, in bytes
    rows: list[Row]


_encode = msgspec.msgpack.Encoder().encode
_index = msgspec.msgpack.Decoder(_Index)


class Pack:
    """A new pack, written by one process; its file is made when something is put into it. Raises BuildStopped."""

    def __init__(self, folder: Path, room: str = READ) -> None:
        self._folder = folder / room
        self.name = f"{os.getpid():x}-{secrets.token_hex(6)}"
        self._file = -1
        self._size = 0

    def add(self, bodies: Sequence[bytes]) -> list[Spot]:
        """Write bodies, and say where they lie."""
        spots = []
        at = self._size
        for body in bodies:
            spots.append(Spot(self.name, at, len(body), crc32(body)))
            at += len(body)
        try:
            if self._file < 0:
                self._folder.mkdir(parents=True, exist_ok=True)
                self._file = os.open(self._folder / f"{self.name}.pack", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666)
            data = memoryview(b"".join(bodies))
            while data:
                data = data[os.write(self._file, data) :]
        except OSError as error:
            raise unusable(self._folder.parent, error) from error
        self._size = at
        return spots

    def close(self) -> None:
        """Let go of the file."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1

    def __del__(self) -> None:
        self.close()


class Bodies:
    """Reads bodies where they lie; every process has its own."""

    def __init__(self, folder: Path, room: str = READ) -> None:
        self._folder = folder / room
        self._files: dict[str, int] = {}

    def __reduce__(self) -> tuple[type[Bodies], tuple[Path, str]]:
        return Bodies, (self._folder.parent, self._folder.name)

    def __del__(self) -> None:
        for file in self._files.values():
            os.close(file)

    def get(self, spot: Spot) -> bytes | None:
        """A body; None if it is not there whole."""
        try:
            file = self._files.get(spot.pack)
            if file is None:
                file = self._files[spot.pack] = os.open(self._folder / f"{spot.pack}.pack", os.O_RDONLY)
            body = os.pread(file, spot.size, spot.at) if hasattr(os, "pread") else _read(file, spot)
        except OSError:
            return None
        return body if crc32(body) == spot.check else None


def _read(file: int, spot: Spot) -> bytes:
    os.lseek(file, spot.at, os.SEEK_SET)
    return os.read(file, spot.size)


class Cache:
    """The packs of one room, as they stood when `load` was called, and what was kept since.

    Every method raises BuildStopped (`file.unwritable`) where the system does not let the folder be used.
    """

    def __init__(self, folder: Path, room: str = READ) -> None:
        self.folder = folder
        self._room = folder / room
        self._sizes: dict[str, int] = {}  # of the packs that are whole, in bytes
        self._strays: list[str] = []  # packs of other recipes, and what is damaged
        self._known: dict[Source, tuple[str, Row]] = {}
        self._rows = self._live = 0  # how many sources are known, and the bytes of their bodies

    def load(self, recipe: str) -> dict[Source, tuple[str, Row]]:
        """All that is kept and was read by this recipe, each with the name of its pack."""
        known: dict[Source, tuple[str, Row]] = {}
        self._sizes, self._strays, self._known = {}, [], known
        try:
            names = sorted(file.stem for file in self._room.iterdir() if file.suffix == ".index")
        except FileNotFoundError:
            return known
        except OSError as error:
            raise unusable(self.folder, error) from error
        for name in names:
            index = self._load(name)
            if index is None or index.recipe != recipe:
                self._strays.append(name)
                continue
            self._sizes[name] = index.size
            for row in index.rows:
                known[row.path, row.digest] = name, row
        self._count()
        return known

    def release(self) -> None:
        """Let go of what was loaded and kept: it holds the memory of a tenth of an archive."""
        self._known = {}

    def _count(self) -> None:
        self._rows = len(self._known)
        self._live = sum([row.size for _, row in self._known.values()])

    @property
    def packs(self) -> int:
        """How many packs there are, whatever is in them."""
        return sum(1 for _ in self._room.glob("*.pack"))

    def row(self, path: str, digest: str) -> Row | None:
        """What was kept of a source file when its bytes had this digest; None if nothing was, or `release` was called."""
        place = self._known.get((path, digest))
        return place[1] if place else None

    def _load(self, name: str) -> _Index | None:
        try:
            index = _index.decode(read_sealed(self._room / f"{name}.index"))
            return index if (self._room / f"{name}.pack").stat().st_size == index.size else None
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return None

    def keep(self, recipe: str, read: Iterable[tuple[Source, bytes, Spot]]) -> dict[Source, tuple[str, Row]]:
        """Keep what was made anew: each source with what is kept of it, and the spot of its body in a `Pack`.

        It is given back in the form of `load`.
        """
        packs: dict[str, list[Row]] = {}
        kept_now: dict[Source, tuple[str, Row]] = {}
        for (path, digest), kept, spot in read:
            row = Row(path, digest, kept, spot.at, spot.size, spot.check)
            packs.setdefault(spot.pack, []).append(row)
            kept_now[path, digest] = spot.pack, row
        self._known |= kept_now
        self._count()
        for name, rows in packs.items():
            self._write(name, recipe, rows)
        return kept_now

    def _write(self, name: str, recipe: str, rows: list[Row]) -> None:
        size = max(row.at + row.size for row in rows)
        try:
            write_sealed(self._room / f"{name}.index", _encode(_Index(recipe, size, rows)))
        except OSError as error:
            raise unusable(self.folder, error) from error
        self._sizes[name] = size

    def tidy(self, recipe: str, used: Collection[Source]) -> None:
        """Forget what no build has used of late, once that is much, and put small packs together, once there are many."""
        self.drop(self._strays)
        much = self._rows > 2 * len(used) + MOST_UNUSED or sum(self._sizes.values()) > 2 * self._live + _SLACK
        if much or len(self._sizes) > MOST_PACKS:
            self._forget(recipe, used)
        self._drop_unclaimed()

    def _forget(self, recipe: str, used: Collection[Source]) -> None:
        if not self._known:  # it was released
            self.load(recipe)
        known = {source: place for source, place in self._known.items() if place[0] in self._sizes}
        live = sum(row.size for _, row in known.values())
        unused = len(known) - sum(source in known for source in used)
        if unused > len(used) + MOST_UNUSED:
            self._rewrite(recipe, {source: known[source] for source in used if source in known}, list(self._sizes))
        elif sum(self._sizes.values()) > 2 * live + _SLACK:
            self._rewrite(recipe, known, list(self._sizes))
        elif len(self._sizes) > MOST_PACKS:
            small = set(sorted(self._sizes, key=lambda name: self._sizes[name])[: -MOST_PACKS // 2])
            self._rewrite(recipe, {source: place for source, place in known.items() if place[0] in small}, small)

    def _rewrite(self, recipe: str, known: Mapping[Source, tuple[str, Row]], packs: Collection[str]) -> None:
        """Put what is in some packs into a new one, and forget them."""
        bodies, pack = Bodies(self.folder, self._room.name), Pack(self.folder, self._room.name)
        moved = []
        for source, (name, row) in known.items():
            body = bodies.get(Spot(name, row.at, row.size, row.check))
            if body is not None:
                moved.append((source, row.kept, pack.add([body])[0]))
        pack.close()
        self.keep(recipe, moved)
        self.drop(packs)

    def drop(self, names: Iterable[str]) -> None:
        """Forget packs: what is damaged, of another recipe, or stands elsewhere now."""
        for name in names:
            self._sizes.pop(name, None)
            for suffix in ("index", "pack"):  # in this order: an index speaks of a pack that is there
                (self._room / f"{name}.{suffix}").unlink(missing_ok=True)

    def _drop_unclaimed(self) -> None:
        """What a build that was killed left behind goes, once a day has passed in which it might still have been at work."""
        now = self._room.stat().st_mtime if self._room.is_dir() else 0.0
        for file in self._room.glob("*.*"):
            if file.suffix == ".new" or (file.suffix == ".pack" and not file.with_suffix(".index").exists()):
                try:
                    if now - file.stat().st_mtime > 24 * 3600:
                        file.unlink()
                except FileNotFoundError:
                    continue


def write_whole(file: Path, data: bytes) -> None:
    """Write a file of the cache so that whoever reads it finds all of it or what stood there before. Raises OSError."""
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    beside.write_bytes(data)
    beside.replace(file)


def write_sealed(file: Path, data: bytes) -> None:
    """Write a file of the cache whole, with a check of its bytes. Raises OSError."""
    write_whole(file, sealed(data))


def read_sealed(file: Path) -> memoryview:
    """What `write_sealed` was given; nothing if it is not there, or damaged."""
    try:
        return unsealed(file.read_bytes()) or memoryview(b"")
    except OSError:
        return memoryview(b"")


def unusable(folder: Path, error: OSError) -> BuildStopped:
    """The stop for a cache whose folder the system does not let us use."""
    mend = f"Delete the folder {folder.name}/, or mend its permissions; it only spares work."
    return stop(Place(folder.name), "file.unwritable", f"the cache cannot be used: {error}", mend)
