"""The bytes of pages as they were rendered, for an output that has lost them: a fresh clone renders nothing again.

A page is found by its address and the digest of its bytes, which its trace knows; so what is found is right whoever rendered it
and when, and one shelf serves all outputs of a site.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ssg.cache import MOST_PACKS, MOST_UNUSED, PAGES, Bodies, Cache, Pack, Source, Spot
from ssg.digests import of_bytes

if TYPE_CHECKING:
    import zstandard

_FORMAT = "zstandard 1"  # of the bodies; RFC 8878, at the level that costs a tenth of rendering
_LEVEL = 1

Put = tuple[Source, bytes, Spot]  # as `Cache.keep` takes it


class Shelf:
    """The shelf in the cache's `folder`. Every process has one; what it finds is what stood there when `load` was called."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._cache = Cache(folder, PAGES)
        self._bodies = Bodies(folder, PAGES)
        self._known: dict[Source, Spot] = {}

    def __reduce__(self) -> tuple[type[Shelf], tuple[Path], dict[str, object]]:
        return Shelf, (self._folder,), {"_known": self._known}

    def load(self) -> None:
        """See what is there. Raises BuildStopped (`file.unwritable`) for a cache that cannot be used."""
        known = self._cache.load(_FORMAT)
        self._known = {page: Spot(pack, row.at, row.size, row.check) for page, (pack, row) in known.items()}

    def find(self, address: str, digest: str) -> bytes | None:
        """The page at an address that has this digest; None if it is not there whole."""
        spot = self._known.get((address, digest))
        body = self._bodies.get(spot) if spot else None
        if body is None:
            return None
        page = self._unpacked(body)
        return page if page is not None and of_bytes(page) == digest else None

    def put(self, pages: Sequence[tuple[Source, bytes]]) -> list[Put]:
        """Write pages, each with its address and digest, and say where they lie, for `keep`. Raises BuildStopped."""
        if not pages:
            return []
        spots = self._pack.add([self._packer.compress(page) for _, page in pages])
        return [(source, b"", spot) for (source, _), spot in zip(pages, spots, strict=True)]

    def keep(self, put: Iterable[Put], used: Iterable[Source]) -> None:
        """Let what was `put` be found by later builds, of which `used` are the pages that stand now. Raises BuildStopped."""
        new = list(put)
        self._pack.close()
        self._cache.keep(_FORMAT, new)
        if len(new) >= MOST_UNUSED or self._cache.packs > MOST_PACKS:
            self._cache.load(_FORMAT)
            self._cache.tidy(_FORMAT, tuple(used))

    def clear(self) -> None:
        """Forget everything. Raises BuildStopped (`file.unwritable`)."""
        self._cache.load("")  # nothing is of this format, and what is of another one leaves
        self._cache.tidy("", ())

    @cached_property
    def _pack(self) -> Pack:
        return Pack(self._folder, PAGES)  # made when something is put: a worker has one of its own

    @cached_property
    def _packer(self) -> zstandard.ZstdCompressor:
        from zstandard import ZstdCompressor  # only where pages are put: it takes a tenth of the time of `ssg --help`

        return ZstdCompressor(level=_LEVEL)

    def _unpacked(self, body: bytes) -> bytes | None:
        from zstandard import ZstdDecompressor, ZstdError

        try:
            return ZstdDecompressor().decompress(body)
        except ZstdError:
            return None
