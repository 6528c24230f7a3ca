"""Digests: short names for bytes, the same on every machine."""

from __future__ import annotations

from hashlib import blake2b

import msgspec

_encoder = msgspec.msgpack.Encoder(order="deterministic")


def of_bytes(data: bytes) -> str:
    """The digest of `data`: 128 bits of BLAKE2b (RFC 7693) as 32 hexadecimal characters."""
    return blake2b(data, digest_size=16).hexdigest()


def of_value(value: object) -> str:
    """The digest of a value that msgspec can encode (records, lists, mappings, dates), whatever the order of its mappings."""
    return of_bytes(_encoder.encode(value))
