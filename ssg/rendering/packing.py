"""Packing bytes so that the result lies in them alone."""

from __future__ import annotations

import struct
import zlib

_LEVEL = 9  # of zlib: what is packed once is fetched often
# RFC 1952, 2.3.1: the two marks of gzip, deflate, no flags, no time, packed as small as may be, by a system that is not told.
_GZIP_HEAD = b"\x1f\x8b\x08\x00" + bytes(4) + b"\x02\xff"


def gzipped(data: bytes) -> bytes:
    """`data` packed by gzip (RFC 1952) without a time. Another make of zlib may pack it otherwise."""
    packer = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(data) + packer.flush()
    return _GZIP_HEAD + body + struct.pack("<II", zlib.crc32(data), len(data) & 0xFFFFFFFF)
