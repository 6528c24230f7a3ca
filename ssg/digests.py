"""Digests: short names for bytes, the same on every machine."""

from __future__ import annotations

from hashlib import blake2b
from zlib import crc32

import msgspec

_CHECK = 8  # characters of the check before what is sealed

_encoder = msgspec.msgpack.Encoder(order="deterministic")


def of_bytes(data: bytes) -> str:
    """The digest of `data`: 128 bits of BLAKE2b (RFC 7693) as 32 hexadecimal characters."""
    return blake2b(data, digest_size=16).hexdigest()


def sealed(data: bytes) -> bytes:
    """`data` behind its CRC-32, so that whoever reads it again sees whether it is whole: in a fifth of a digest's time."""
    return b"%08x" % crc32(data) + data


def unsealed(data: bytes) -> memoryview | None:
    """What `sealed` was given, not copied; None if it is damaged."""
    inner = memoryview(data)[_CHECK:]
    return inner if b"%08x" % crc32(inner) == data[:_CHECK] else None


def of_value(value: object) -> str:
    """The digest of a value that msgspec can encode (records, lists, mappings, dates), whatever the order of its mappings."""
    return of_bytes(_encoder.encode(value))
