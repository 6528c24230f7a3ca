"""What a ranking leaves for the next one, as bytes: what one machine keeps another one reads.

Features of articles are many and hardly ever change: they lie in a file that is written once. What was ranked, and what came of
it, is small and written anew. Rows that the file does not have stand beside it, until they are many.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec

from ssg import reading
from ssg.digests import of_value, sealed, unsealed
from ssg.related.columns import Ints, Longs, np, npt
from ssg.related.heads import Heads
from ssg.related.postings import Rows, Store
from ssg.related.scores import SKETCHED
from ssg.settings import Related

_encode = msgspec.msgpack.Encoder().encode
_ALIGNED = 64  # bytes
_HEAD = 4 * _ALIGNED  # bytes
_TYPES = ("<i4", "<i4", "<u2", "<i8", "<i8", "<i8", "<u4", "u1", "<u4", "<i8", "<u4", "<u8")  # the columns of a store
_Column = npt.NDArray[Any]


class Ranking(msgspec.Struct, frozen=True):
    """Entries that were ranked, and what came of it.

    `rows` are those of the entries, in the `store` or behind it in `others`. `lists` has a row of numbers for each entry, -1
    where a list is shorter; `bounds` is what a newcomer has to score by rare features to be looked at for each list.
    """

    heads: Heads
    rows: Ints
    store: Store
    others: Rows
    days: Ints  # of all rows
    lists: Ints
    bounds: Longs


class _Head(msgspec.Struct, array_like=True):
    """What stands before the columns of a store: how many elements each has, and their check."""

    made_by: str
    sizes: list[int]
    check: int


class _Tip(msgspec.Struct, array_like=True):
    """A ranking but for its store, of which it has the check, and by which the file is known as long as nobody touches it."""

    made_by: str
    check: int
    file: tuple[int, int, int]
    width: int
    keys: bytes
    columns: list[memoryview]


_decode_head = msgspec.msgpack.Decoder(_Head).decode
_decode = msgspec.msgpack.Decoder(_Tip).decode
_TIP_TYPES = ("<i4", "<i4", "?", "<i4", "<i4", "<u2", "<i8", "<u4", "u1", "<i4", "<i4", "<i8")


def write_store(store: Store, file: Path) -> tuple[int, tuple[int, int, int]]:
    """Write a store, all or nothing; what it is known by: its check, and its file's mark. Raises OSError."""
    columns = _columns(store)
    check = 0
    for column in columns:
        check = crc32(column.data.cast("B"), check) if column.size else check
    beside = file.with_name(f"{file.name}.{os.getpid()}.new")
    with beside.open("wb") as target:
        head = _encode(_Head(_made_by(), [column.size for column in columns], check))
        target.write((len(head).to_bytes(_ALIGNED // 8, "little") + head).ljust(_HEAD, b"\0"))
        for column in columns:
            if column.size:
                target.write(column.data.cast("B"))
            target.write(bytes(-column.nbytes % _ALIGNED))
    beside.replace(file)
    return check, _mark(file)


def _columns(store: Store) -> list[_Column]:
    columns = (getattr(store, name) for name in Store.__struct_fields__)
    return [np.ascontiguousarray(column, kind) for column, kind in zip(columns, _TYPES, strict=True)]


def _mark(file: Path) -> tuple[int, int, int]:
    stat = file.stat()
    return stat.st_size, stat.st_mtime_ns, stat.st_ino


def read_store(file: Path, check: int, mark: tuple[int, int, int]) -> Store | None:
    """The store in a file; None if it is another one, or damaged. Of a file that has its mark still no byte is looked at."""
    try:
        data = np.memmap(file, np.uint8, "r")
        length = int.from_bytes(bytes(data[: _ALIGNED // 8]), "little")
        head = _decode_head(bytes(data[_ALIGNED // 8 : _ALIGNED // 8 + length]))
        untouched = _mark(file) == mark
    except (OSError, ValueError, msgspec.DecodeError, UnicodeDecodeError):
        return None
    if head.made_by != _made_by() or head.check != check or len(head.sizes) != len(_TYPES):
        return None
    columns: list[_Column] = []
    at = _HEAD
    found = 0
    for size, kind in zip(head.sizes, _TYPES, strict=True):
        held = size * np.dtype(kind).itemsize
        column = data[at : at + held]
        if len(column) != held:
            return None
        if not untouched and held:
            found = crc32(column.data.cast("B"), found)
        columns.append(np.asarray(column).view(kind))
        at += held + -held % _ALIGNED
    if not untouched and found != check:
        return None
    days, lengths, sketches, *others = columns
    return Store(days, lengths, sketches.reshape(-1, SKETCHED), *others)


def to_bytes(ranking: Ranking, related: Related, check: int, mark: tuple[int, int, int]) -> bytes:
    """A ranking under some settings, whose store was written, for a later one to begin from."""
    heads, others = ranking.heads, ranking.others
    columns: Sequence[_Column] = (
        *(heads.days, heads.most, heads.offered, ranking.rows),
        *(others.lengths, others.sketches, others.starts, others.names, others.roots),
        *(ranking.days[len(ranking.store) :], ranking.lists, ranking.bounds),
    )
    written = [
        np.ascontiguousarray(column, kind).data.cast("B") if column.size else memoryview(b"")
        for column, kind in zip(columns, _TIP_TYPES, strict=True)
    ]
    return sealed(_encode(_Tip(_made_by(related), check, mark, ranking.lists.shape[1], heads.keys, written)))


def of_bytes(kept: bytes, file: Path, related: Related) -> tuple[Ranking, int, tuple[int, int, int]] | None:
    """What `to_bytes` was given; None if it, or the file of the store, is damaged, or made by other code or settings."""
    try:
        inner = unsealed(kept)
        found = _decode(inner) if inner is not None else None
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    if found is None or found.made_by != _made_by(related):
        return None
    store = read_store(file, found.check, found.file)
    if store is None:
        return None
    columns: list[Any] = [np.frombuffer(column, kind) for column, kind in zip(found.columns, _TIP_TYPES, strict=True)]
    days, most, offered, rows, lengths, sketches, starts, names, roots, behind, lists, bounds = columns
    others = Rows(lengths, sketches.reshape(-1, SKETCHED), starts, names, roots)
    ranking = Ranking(
        *(Heads(found.keys, days, most, offered), rows, store, others),
        *(np.concatenate([store.days, behind]), lists.reshape(len(days), found.width), bounds),
    )
    return ranking, found.check, found.file


@cache
def _made_by(related: Related | None = None) -> str:
    """The digest of our code, of that which makes slugs and stems, and of settings."""
    return of_value((reading.code(), [version(name) for name in ("anyascii", "python-slugify", "snowballstemmer")], related))
