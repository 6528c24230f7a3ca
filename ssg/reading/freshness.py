"""Which source files are as they were, judged without reading them, as git does (its document "racy-git").

A file of the same size, times and inode as before has the same bytes, unless it was changed again in the very tick of the file
system's clock in which it was looked at. So nothing is noted of a file that changed in that tick or later.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from ssg.cache import read_sealed, unusable, write_sealed
from ssg.model import StandIn
from ssg.reading.sources import Stat


class Looked(msgspec.Struct, frozen=True, array_like=True):
    """What is known of a picture that can be shown: see `photos.Facts`.

    `recipe` says by what smaller pictures were made of it; "" if none were asked for yet. `fault` says why they could not be.
    `stand_in` is shown in its place, once smaller ones are made.
    """

    width: int
    height: int
    size: int
    type: str
    scaling: str
    digest: str
    recipe: str = ""
    fault: str = ""
    stand_in: StandIn | None = None


Facts = Looked | str  # of a picture; or why it cannot be shown


class _Kept(msgspec.Struct):
    made_by: str
    digests: dict[str, tuple[Stat, str]]
    facts: dict[str, tuple[Stat, Facts]]


_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(_Kept)


class Seen:
    """What earlier builds saw of source files: digests of texts, facts of pictures. Both by the file's name on disk."""

    def __init__(self, folder: Path, made_by: str, *, fresh: bool = False) -> None:
        """`folder` is the cache's, `made_by` the digest of the code that finds facts; with `fresh` nothing is known.

        Raises BuildStopped (`file.unwritable`).
        """
        self._file = folder / "seen"
        beside = folder / f"seen.{os.getpid()}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            beside.write_bytes(b"")  # the tick in which we begin to look, by the clock that dates the sources
            self._begun = beside.stat().st_mtime_ns
            beside.unlink()
        except OSError as error:
            raise unusable(folder, error) from error
        self._before = _Kept(made_by, {}, {}) if fresh else self._load(made_by)
        self._now = _Kept(made_by, {}, {})

    def settled(self, stat: Stat) -> bool:
        """Whether a file has not changed since this build began to look, so that its stat stands for its bytes."""
        return 0 < max(stat[1], stat[2]) < self._begun

    def digest(self, disk: str, stat: Stat) -> str | None:
        """The digest of a file's bytes; None if it has to be read."""
        known = self._before.digests.get(disk)
        if known is None or known[0] != stat:
            return None
        self._now.digests[disk] = known
        return known[1]

    def note_digest(self, disk: str, stat: Stat, digest: str) -> None:
        """A file that was looked at (`stat`) and then read has this digest."""
        if self.settled(stat):
            self._now.digests[disk] = stat, digest

    def facts(self, disk: str, stat: Stat) -> Facts | None:
        """The facts of a picture; None if it has to be looked into."""
        known = self._before.facts.get(disk)
        if known is None or known[0] != stat:
            return None
        self._now.facts[disk] = known
        return known[1]

    def note_facts(self, disk: str, stat: Stat, facts: Facts) -> None:
        """A picture that was looked at (`stat`) and then into is this."""
        if self.settled(stat):
            self._now.facts[disk] = stat, facts

    def keep(self) -> None:
        """Write down what this build saw, and nothing else."""
        try:
            if self._now != self._before:
                write_sealed(self._file, _encode(self._now))
        except OSError as error:
            raise unusable(self._file.parent, error) from error

    def _load(self, made_by: str) -> _Kept:
        try:
            kept = _decoder.decode(read_sealed(self._file))
        except (msgspec.DecodeError, UnicodeDecodeError):
            return _Kept(made_by, {}, {})
        return kept if kept.made_by == made_by else _Kept(made_by, {}, {})
