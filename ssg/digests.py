"""Digests: short names for bytes, the same on every machine."""

from __future__ import annotations

from hashlib import blake2b

import msgspec

_LENGTH = 32  # characters of a digest

_encoder = msgspec.msgpack.Encoder(order="deterministic")


def of_bytes(data: bytes | memoryview) -> str:
    """The digest of `data`: 128 bits of BLAKE2b (RFC 7693) as 32 hexadecimal characters."""
    return blake2b(data, digest_size=16).hexdigest()


def sealed(data: bytes) -> bytes:
    """`data` behind its digest, so that whoever reads it again sees whether it is whole."""
    return of_bytes(data).encode() + data


def unsealed(data: bytes) -> memoryview | None:
    """What `sealed` was given, not copied; None if it is damaged."""
    inner = memoryview(data)[_LENGTH:]
    return inner if of_bytes(inner).encode() == data[:_LENGTH] else None


def of_value(value: object) -> str:
    """The digest of a value that msgspec can encode (records, lists, mappings, dates), whatever the order of its mappings."""
    return of_bytes(_encoder.encode(value))
