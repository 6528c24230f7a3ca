"""What a build changed, and whether that is more than the news was worth.

An archive only grows; a theme that puts today's news into every page makes each article cost as much as all of them. So a site
may set how many files may change for each article that does.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import msgspec

from ssg.cache import Source, read_sealed, write_sealed, write_whole
from ssg.model import Place, Problem
from ssg.problems import problem

FILE = "changes.json"
_SHOWN = 5


class Sources(msgspec.Struct, frozen=True):
    """The source files of documents that changed since the last build, by path, sorted."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    def __len__(self) -> int:
        return len(self.added) + len(self.changed) + len(self.removed)


class Changes(msgspec.Struct, frozen=True, kw_only=True):
    """What is written to `changes.json`: files by their path in the output, pages that were rendered by their address.

    `sources` is None where something else than articles changed too: a setting, a template, a photo, the program.
    """

    output: str
    sources: Sources | None
    written: Collection[str]
    removed: Collection[str]
    rendered: Collection[str]
    kept: int


class _Left(msgspec.Struct):
    frame: str
    texts: dict[str, str]


_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(_Left)


def left(file: Path, frame: str) -> dict[str, str] | None:
    """The texts of the build that left `file`, with their digests; None if that was of another `frame`, or there is none.

    The frame is the digest of all that a site is made of beside its texts.
    """
    try:
        found = _decoder.decode(read_sealed(file))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return found.texts if found.frame == frame else None


def between(before: Mapping[str, str], texts: Collection[Source]) -> Sources:
    """What changed among the sources since they were those of `before`."""
    now = dict(texts)
    return Sources(
        tuple(sorted(now.keys() - before.keys())),
        tuple(sorted(path for path, digest in now.items() if before.get(path, digest) != digest)),
        tuple(sorted(before.keys() - now.keys())),
    )


def leave(file: Path, frame: str, texts: Collection[Source]) -> None:
    """Leave for the next build what this one was made of. Raises OSError."""
    write_sealed(file, _encode(_Left(frame, dict(texts))))


def tell(folder: Path, changes: Changes) -> None:
    """Write `changes.json` into the cache's `folder`. Raises OSError."""
    write_whole(folder / FILE, msgspec.json.format(msgspec.json.encode(changes), indent=1) + b"\n")


class Owed(msgspec.Struct, frozen=True):
    """The files of an output that were written, or removed, since others were last told of it; each in one of them."""

    written: frozenset[str] = frozenset()
    removed: frozenset[str] = frozenset()


_owed = msgspec.json.Decoder(Owed)


def owed(folder: Path, name: str) -> Owed | None:
    """What others are owed of the output called `name`, by the cache's `folder`; None if no build has left word of it."""
    try:
        return _owed.decode(_of(folder, name).read_bytes())
    except (OSError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def owe(folder: Path, name: str, written: Collection[str], removed: Collection[str]) -> None:
    """Add what a build has changed to what others are owed: who misses it once hears of it the next time. Raises OSError."""
    before = owed(folder, name)
    if before and not written and not removed:
        return
    before = before or Owed()
    now = Owed((before.written | {*written}) - {*removed}, (before.removed | {*removed}) - {*written})
    write_whole(_of(folder, name), msgspec.json.encode(now, order="deterministic"))


def settle(folder: Path, name: str) -> None:
    """Others have been told all that they were owed. Raises OSError."""
    write_whole(_of(folder, name), msgspec.json.encode(Owed()))


def _of(folder: Path, name: str) -> Path:
    return folder / f"owed-{name}.json"


def too_many(most: int, sources: Sources | None, changed: Collection[str], standing: Mapping[str, object]) -> list[Problem]:
    """The Problem of a build that changes more than `most` files (0: any number) for each article that changed.

    `changed` are the files that would be written or removed, `standing` those of the output that stands: a first build, or one
    after a change of settings or theme, may change them all.
    """
    if not most or not sources or not standing or len(changed) <= most * len(sources):
        return []
    paths = sorted(changed)
    some = ", ".join(paths[:_SHOWN]) + (f" and {len(paths) - _SHOWN:,} more" if len(paths) > _SHOWN else "")
    what = f"{len(paths):,} files would change for {len(sources):,} changed in content/, {most:,} are allowed for each: {some}"
    return [problem(Place("site.toml"), "changes.many", what)]
