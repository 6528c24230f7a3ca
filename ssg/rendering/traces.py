"""The trace of a page: what was asked while it was rendered, and a mark of the answers.

As long as the mark is the same, so are the bytes: the *verifying trace* of Mokhov, Mitchell and Peyton Jones, "Build Systems
à la Carte" (ICFP 2018). Pages of one kind ask the same, each about itself, so what they ask is kept once, as their *shape*.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2b
from pathlib import Path
from typing import Any
from zlib import crc32

import msgspec

from ssg.asking.questions import Question
from ssg.cache import read_sealed, write_sealed
from ssg.model import Page


class Shape(msgspec.Struct, frozen=True, array_like=True):
    """What pages ask that differ only in what they are about.

    `made_by` says what makes pages of the answers, such as a template. `same` are the questions that they all ask; `own` those
    that each asks about itself: a name, and for each argument its place in the page's `about`.
    """

    kind: str
    language: str
    made_by: str
    same: tuple[Question, ...]
    own: tuple[tuple[str, tuple[int, ...]], ...]


class Trace(msgspec.Struct, frozen=True, gc=False):
    """What is known of a page that was rendered: its shape, the mark of all that it was made of, the digest of its bytes.

    `parts` are four bytes for each thing that the mark is made of, only to say afterwards which of them has changed: of what
    made the page of answers, of the questions in `same`, of those in `own`.
    """

    shape: Shape
    mark: bytes
    digest: str
    parts: bytes


_KEPT = frozenset((str, int, bool, type(None)))


def shape_of(page: Page, made_by: str, asked: Iterable[Question]) -> Shape | None:
    """The shape of what a page asked; None if a template asked about something that cannot be kept."""
    places = {one: n for n, one in reversed(list(enumerate(page.about)))}
    same: list[Question] = []
    own: list[tuple[str, tuple[int, ...]]] = []
    for name, args in asked:
        kinds = set(map(type, args))
        if not kinds <= _KEPT:
            return None
        if args and bool not in kinds and all(map(places.__contains__, args)):  # to a dict True is 1
            own.append((name, tuple(map(places.__getitem__, args))))
        else:
            same.append((name, args))
    return Shape(page.kind, page.language, made_by, tuple(same), tuple(own))


def questions_of(shape: Shape, page: Page) -> list[Question]:
    """What a page of a shape asked. Raises IndexError for a page of another shape."""
    about: tuple[Any, ...] = page.about
    return [*shape.same, *((name, tuple([about[place] for place in places])) for name, places in shape.own)]


class Marker:
    """Marks pages by what their shapes ask.

    `made_of` says what a `made_by` is itself made of; `mark` gives the mark of a question in a language, None where it is not
    known.
    """

    def __init__(self, made_of: Callable[[str], str], mark: Callable[[str, Question], bytes | None]) -> None:
        self._made_of = made_of
        self._mark = mark
        self._same: dict[int, tuple[Shape, list[bytes]]] = {}  # by the shape's id: comparing shapes takes longer than marking

    def mark(self, shape: Shape, page: Page) -> bytes | None:
        """The mark of all that a page is made of, 16 bytes; None if one of the answers is not known."""
        marks = self._marks(shape, page)
        return None if marks is None else _digest([page.kind.encode(), repr(page.about).encode(), *marks])

    def mark_and_parts(self, shape: Shape, page: Page) -> tuple[bytes, bytes] | None:
        """The mark of a page as it is now, and what `Trace.parts` are of it; None if one of the answers is not known."""
        marks = self._marks(shape, page)
        if marks is None:
            return None
        parts = [*self._of_shape(shape)[1:], *marks[1:]]
        brief = struct.pack(f"<{len(parts)}I", *map(crc32, parts))
        return _digest([page.kind.encode(), repr(page.about).encode(), *marks]), brief

    def _marks(self, shape: Shape, page: Page) -> list[bytes] | None:
        """The marks of what all pages of the shape ask, as one, and of each of the questions that a page asks about itself."""
        if (shape.kind, shape.language) != (page.kind, page.language):
            return None  # another page has its address now
        same = self._of_shape(shape)
        if not same:
            return None
        marks = [same[0]]
        about: tuple[Any, ...] = page.about
        for name, places in shape.own:
            if max(places) >= len(about):
                return None
            mark = self._mark(shape.language, (name, tuple([about[place] for place in places])))
            if mark is None:
                return None
            marks.append(mark)
        return marks

    def _of_shape(self, shape: Shape) -> list[bytes]:
        """The mark of what all pages of a shape are made of, and then the marks of its parts; [] if one is not known."""
        found = self._same.get(id(shape))
        if found is None:
            found = self._same[id(shape)] = shape, self._mark_same(shape)
        return found[1]

    def _mark_same(self, shape: Shape) -> list[bytes]:
        parts = [self._made_of(shape.made_by).encode()]
        for question in shape.same:
            mark = self._mark(shape.language, question)
            if mark is None:
                return []
            parts.append(mark)
        return [_digest([f"{shape.made_by}\0{shape.same}\0{shape.own}".encode(), *parts]), *parts]


def changed(before: Trace, shape: Shape, parts: bytes) -> list[str]:
    """What is not as it was when a page had the trace `before`, in words; `shape` and `parts` are those of the page now."""
    old, new = _named(before.shape, before.parts), _named(shape, parts)
    return [name for name, part in new.items() if old.get(name) != part]


def asked(shape: Shape) -> list[str]:
    """What makes the pages of a shape, and what they ask, in words."""
    made_by = shape.made_by or "the program"
    return [made_by, *map(worded, shape.same), *(f"{name} of the page" for name, _ in shape.own)]


def _named(shape: Shape, parts: bytes) -> dict[str, bytes]:
    return {name: parts[4 * n : 4 * n + 4] for n, name in enumerate(asked(shape))}


def worded(question: Question) -> str:
    """A question as a template asks it: `latest(10)`."""
    name, args = question
    return f"{name}({', '.join(repr(one) for one in args)})"


def _digest(parts: list[bytes]) -> bytes:
    # Each behind its length: no two lists of parts read alike.
    return blake2b(b"".join([b"%d:%b" % (len(part), part) for part in parts]), digest_size=16).digest()


def before(file: Path) -> Path:
    """Where the traces of the build before the last one that changed any are kept: they tell why pages were rendered."""
    return file.with_name(f"{file.name}-before")


class _Kept(msgspec.Struct):
    """The file of traces. `recipe` is all that every page depends on; the rest is numbered by `shapes`."""

    recipe: str
    shapes: list[Shape]
    pages: dict[str, tuple[int, bytes, str, bytes]]


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
        self.recipe = recipe
        self._kept = self._load()
        self.shapes = self._kept.shapes

    def digests(self) -> Iterator[tuple[str, str]]:
        """The addresses of all pages that have a trace, with the digests of their bytes; those kept last, once some are."""
        return ((address, kept[2]) for address, kept in self._kept.pages.items())

    def __len__(self) -> int:
        return len(self._kept.pages)

    def get(self, address: str) -> Trace | None:
        """The trace of the page at an address, from the last build that rendered it."""
        kept = self._kept.pages.get(address)
        return Trace(self.shapes[kept[0]], *kept[1:]) if kept and 0 <= kept[0] < len(self.shapes) else None

    def keep(self, traces: dict[str, Trace], *, others_stand: bool = False) -> None:
        """Write down these traces, and forget all others unless they stand. Raises OSError."""
        before_now = self._kept if others_stand else _Kept(self.recipe, [], {})
        shapes = {shape: number for number, shape in enumerate(before_now.shapes)}
        numbers: dict[int, int] = {}  # by the id of a shape: workers send many copies of one
        pages = before_now.pages.copy()
        for address, trace in traces.items():
            number = numbers.get(id(trace.shape))
            if number is None:
                number = numbers[id(trace.shape)] = shapes.setdefault(trace.shape, len(shapes))
            pages[address] = (number, trace.mark, trace.digest, trace.parts)
        kept = _Kept(self.recipe, list(shapes), pages)
        if kept != self._kept:
            if self._kept.pages:
                self._file.replace(before(self._file))
            write_sealed(self._file, _encode(kept))
            self._kept = kept

    def _load(self) -> _Kept:
        try:
            kept = _decoder.decode(read_sealed(self._file))
        except (msgspec.DecodeError, UnicodeDecodeError):
            return _Kept("", [], {})
        return kept if kept.recipe == self.recipe else _Kept("", [], {})
