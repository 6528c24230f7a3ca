"""Packing bytes so that the result lies in them alone."""

from __future__ import annotations

import struct
import zlib

SMALLEST = 9  # the level of zlib at which it takes its time
# RFC 1952, 2.3.1: the two marks of gzip, deflate, no flags, no time, how hard it was tried, a system that is not told.
_HEAD = b"\x1f\x8b\x08\x00" + bytes(4)
_SYSTEM = b"\xff"


def gzipped(data: bytes, level: int = SMALLEST) -> bytes:
    """`data` packed by gzip (RFC 1952) without a time, at a level of zlib from 1 to 9. Another make of zlib packs otherwise."""
    packer = zlib.compressobj(level, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush()
    tried = b"\x02" if level == SMALLEST else b"\x00"
    return _HEAD + tried + _SYSTEM + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
