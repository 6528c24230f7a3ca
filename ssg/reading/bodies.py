"""The bodies of documents, for whoever writes their pages."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from ssg.cache import Bodies
from ssg.darkroom import Darkroom
from ssg.model import Body, Document, Place
from ssg.problems import stop
from ssg.reading import Reading, read_anew
from ssg.settings import Settings

_decoder = msgspec.msgpack.Decoder(Body)


class Stock:
    """The bodies of all documents of a reading: out of the cache, or out of their sources where the cache has lost them.

    `darkroom` has the smaller pictures of its photos. `lost` are the packs of the cache that were found damaged. Every process
    has a stock of its own.
    """

    def __init__(self, root: Path, folder: Path, settings: Settings, found: Reading) -> None:
        """`folder` is the cache's."""
        self.root = root
        self.darkroom = Darkroom(root, folder)
        self._made_of = (root, folder, settings, Reading(recipe=found.recipe, spots=found.spots))
        self._bodies = Bodies(folder)
        self.lost: set[str] = set()

    def __reduce__(self) -> tuple[type[Stock], tuple[Path, Path, Settings, Reading]]:
        return Stock, self._made_of

    def __call__(self, document: Document) -> Body:
        """The body of a document. Raises BuildStopped (`file.unreadable`) if its source has changed since it was read."""
        root, _, settings, found = self._made_of
        spot = found.spots[document.body_key]
        if (kept := self._bodies.get(spot)) is not None:
            with suppress(msgspec.DecodeError):
                return _decoder.decode(kept)
        self.lost.add(spot.pack)
        with suppress(OSError):
            anew = read_anew(root, settings, found.recipe, document.path)
            if anew and anew[0] == document.body_key:
                return anew[1]
        what = "the file was changed while the site was being built"
        raise stop(Place(document.path), "file.unreadable", what, "Build again.")
