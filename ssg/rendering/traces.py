"""The trace of a page: what was asked while it was rendered, and a mark of the answers.

As long as the mark is the same, so are the bytes: the *verifying trace* of Mokhov, Mitchell and Peyton Jones, "Build Systems
à la Carte" (ICFP 2018). Pages of one kind ask the same, each about itself, so what they ask is kept once, as their *shape*.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec

from ssg.asking.questions import Question
from ssg.model import Page


class Shape(msgspec.Struct, frozen=True, array_like=True):
    """What pages ask that differ only in what they are about.

    `made_by` is the template, "" for what is no template's. `same` are the questions that they all ask; `own` those that each
    asks about itself: a name, and for each argument its place in the page's `about`.
    """

    kind: str
    language: str
    made_by: str
    same: tuple[Question, ...]
    own: tuple[tuple[str, tuple[int, ...]], ...]


class Trace(msgspec.Struct, frozen=True, gc=False):
    """What is known of a page that was rendered: its shape, the mark of all that it was made of, the digest of its bytes."""

    shape: Shape
    mark: bytes
    digest: str


def shape_of(page: Page, made_by: str, asked: Iterable[Question]) -> Shape | None:
    """The shape of what a page asked; None if a template asked about something that cannot be kept."""
    places = {one: n for n, one in reversed(list(enumerate(page.about)))}
    same: list[Question] = []
    own: list[tuple[str, tuple[int, ...]]] = []
    for name, args in asked:
        if not all(one is None or type(one) in (str, int, bool) for one in args):
            return None
        if args and all(type(one) is not bool and one in places for one in args):
            own.append((name, tuple([places[one] for one in args])))
        else:
            same.append((name, args))
    return Shape(page.kind, page.language, made_by, tuple(same), tuple(own))


class Marker:
    """Marks pages by what their shapes ask. `made_of` says what a template is made of, `mark` gives the mark of a question in
    a language, None where it is not known."""

    def __init__(self, made_of: Callable[[str], str], mark: Callable[[str, Question], bytes | None]) -> None:
        self._made_of = made_of
        self._mark = mark
        self._same: dict[int, tuple[Shape, bytes | None]] = {}  # by the shape's id: comparing shapes takes longer than marking

    def mark(self, shape: Shape, page: Page) -> bytes | None:
        """The mark of all that a page is made of, 16 bytes; None if one of the answers is not known."""
        if (shape.kind, shape.language) != (page.kind, page.language):
            return None  # another page has its address now
        found = self._same.get(id(shape))
        if found is None:
            found = self._same[id(shape)] = shape, self._mark_same(shape)
        same = found[1]
        if same is None:
            return None
        about: tuple[Any, ...] = page.about
        parts = [same, repr(about).encode()]
        for name, places in shape.own:
            if max(places) >= len(about):
                return None
            mark = self._mark(shape.language, (name, tuple([about[place] for place in places])))
            if mark is None:
                return None
            parts.append(mark)
        return _digest(parts)

    def _mark_same(self, shape: Shape) -> bytes | None:
        parts = [f"{shape.kind}\0{self._made_of(shape.made_by)}\0{shape.same}\0{shape.own}".encode()]
        for question in shape.same:
            mark = self._mark(shape.language, question)
            if mark is None:
                return None
            parts.append(mark)
        return _digest(parts)


def _digest(parts: list[bytes]) -> bytes:
    digest = blake2b(digest_size=16)
    for part in parts:  # each behind its length: no two lists of parts read alike
        digest.update(b"%d:" % len(part) + part)
    return digest.digest()


class _Kept(msgspec.Struct):
    """The file of traces. `recipe` is all that every page depends on; the rest is numbered by `shapes`."""

    recipe: str
    shapes: list[Shape]
    pages: dict[str, tuple[int, bytes, str]]


_encode = msgspec.msgpack.Encoder().encode
_decoder = msgspec.msgpack.Decoder(_Kept)


class Traces:
    """The traces of one output, by the addresses of its pages, in one file.

    What the file says is believed as little as the rest of the cache: a trace counts only if its mark is today's, and its
    digest that of a file that stands.
    """

    def __init__(self, file: Path, recipe: str) -> None:
        """`recipe` is the digest of what every page depends on, and no question tells: our code, settings of addresses."""
        self._file = file
        self._recipe = recipe
        self._kept = self._load()
        self._shapes = self._kept.shapes

    def get(self, address: str) -> Trace | None:
        """The trace of the page at an address, from the last build that rendered it."""
        kept = self._kept.pages.get(address)
        return Trace(self._shapes[kept[0]], kept[1], kept[2]) if kept and 0 <= kept[0] < len(self._shapes) else None

    def keep(self, traces: dict[str, Trace]) -> None:
        """Write down these traces, and forget all others. Raises OSError."""
        shapes: dict[Shape, int] = {}
        numbers: dict[int, int] = {}  # by the id of a shape: workers send many copies of one
        pages: dict[str, tuple[int, bytes, str]] = {}
        for address, trace in traces.items():
            number = numbers.get(id(trace.shape))
            if number is None:
                number = numbers[id(trace.shape)] = shapes.setdefault(trace.shape, len(shapes))
            pages[address] = (number, trace.mark, trace.digest)
        kept = _Kept(self._recipe, list(shapes), pages)
        if kept != self._kept:
            beside = self._file.with_suffix(f".{os.getpid()}")
            beside.write_bytes(_encode(kept))
            beside.replace(self._file)

    def _load(self) -> _Kept:
        try:
            kept = _decoder.decode(self._file.read_bytes())
        except (OSError, msgspec.DecodeError, UnicodeDecodeError):
            return _Kept("", [], {})
        return kept if kept.recipe == self._recipe else _Kept("", [], {})
