"""The manifest: which files of an output are ours, and what we know of them without reading them."""

from __future__ import annotations

import msgspec

VERSION = 1


class Entry(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """One file of ours: its digest (`digests.of_bytes`), its size in bytes, its time of change in nanoseconds."""

    digest: str
    size: int
    mtime: int


class Manifest(msgspec.Struct, frozen=True):
    """All files of ours, each under its path below the output (with `/`), and the notes of the build that made them."""

    entries: dict[str, Entry] = {}
    notes: dict[str, str] = {}
    version: int = VERSION


class _Version(msgspec.Struct):
    version: int = 0


_encoder = msgspec.msgpack.Encoder()
_version = msgspec.msgpack.Decoder(_Version)
_decoder = msgspec.msgpack.Decoder(Manifest)


def encode(manifest: Manifest) -> bytes:
    """The bytes of a manifest file."""
    return _encoder.encode(manifest)


def decode(data: bytes) -> Manifest | None:
    """The manifest in the bytes of its file; None if it is damaged or of another version."""
    try:
        return _decoder.decode(data) if _version.decode(data).version == VERSION else None
    except (msgspec.MsgspecError, UnicodeDecodeError):
        return None


def load(path: str) -> tuple[Manifest, str]:
    """The manifest at `path`, and "" or what is wrong with it.

    One that is missing, damaged or of another version knows no file: all that stands in the output is then somebody else's,
    unless its bytes are the very ones that we would write. Raises OSError if it stands and cannot be read.
    """
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return Manifest(), ""
    try:
        if _version.decode(data).version == VERSION:
            return _decoder.decode(data), ""
        fault = "was written by another version of the program"
    except (msgspec.MsgspecError, UnicodeDecodeError):
        fault = "is damaged"
    return Manifest(), f"The manifest {path} {fault}; which files of the output are ours is not known."
