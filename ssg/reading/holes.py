"""Holes while a body is being rendered: each is noted here, and a mark stands for it in the text.

A mark is U+E000, the number of what was noted, U+E001. The reader takes both characters out of every source, so a mark in the
rendered text is one of ours, and the text is split at the marks once, at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Literal

import msgspec

from ssg.model import Address, Body, Headline, Hole, Href, Picture, ReadAlso, Target, Video

OPEN = "\ue000"
CLOSE = "\ue001"

_MARK = re.compile(f"{OPEN}([0-9]{{1,9}}){CLOSE}")
_REFERENCE = re.compile(r"&#(?:[xX]0*[eE]00[01](?![0-9a-fA-F])|0*5734[45](?![0-9]));?")
_STRAY = str.maketrans("", "", OPEN + CLOSE)


class Snippet(msgspec.Struct, frozen=True):
    """Finished inline HTML that Markdown must not touch, and the words in it."""

    html: str
    words: str


NOTHING = Snippet("", "")


class Quote(msgspec.Struct, frozen=True):
    """A quotation that another generator's code holds: Markdown (with marks), who said it, its line in the file."""

    text: str
    credit: str
    line: int


Noted = Hole | Target | Snippet | Quote


def unmarked(source: str) -> str:
    """`source` without anything that could be taken for a mark, written out or as a character reference."""
    if OPEN in source or CLOSE in source:
        source = source.translate(_STRAY)
    return _REFERENCE.sub("\ufffd", source) if "&#" in source else source


def block(mark: str) -> str:
    """`mark` as a block of its own: in an element, so that a parser of HTML closes an open paragraph before it."""
    return f"<figure>{mark}</figure>"


class Holes:
    """What the marks of one body stand for."""

    def __init__(self) -> None:
        self._noted: list[Noted] = []

    def note(self, noted: Noted) -> str:
        """Note a hole; its mark."""
        self._noted.append(noted)
        return f"{OPEN}{len(self._noted) - 1}{CLOSE}"

    def only(self, text: str) -> Noted | None:
        """What was noted if `text` is one mark and nothing else but blanks."""
        found = _MARK.fullmatch(text.strip())
        return self._at(found[1]) if found else None

    def marked(self, text: str) -> list[tuple[str | Noted, str]]:
        """`text` cut at its marks: strings, and what was noted, each with its mark; empty strings left out."""
        pieces = _MARK.split(text)
        cut = [(self._at(piece), f"{OPEN}{piece}{CLOSE}") if odd % 2 else (piece, "") for odd, piece in enumerate(pieces)]
        return [part for part in cut if part[0] != ""]

    def parts(self, text: str) -> list[str | Noted]:
        """`text` cut at its marks, empty strings left out."""
        return [part for part, _ in self.marked(text)]

    def words(self, text: str) -> str:
        """`text` with its marks replaced by words, for where no hole can be: attributes, code, names."""
        if OPEN not in text:
            return text
        return _MARK.sub(lambda found: self._words(self._at(found[1])), text)

    def prose(self, text: str) -> str:
        """`text` with the words of its snippets, and nothing for its holes: what counts as the body's own words."""
        if OPEN not in text:
            return text
        return "".join(
            part if isinstance(part, str) else part.words if isinstance(part, Snippet) else "" for part in self.parts(text)
        )

    def without_links(self, text: str, escape: Callable[[str], str] = str) -> str:
        """`text` that stands inside a link, its ready-made links replaced by their words (through `escape`)."""
        kept: list[str] = []
        for part, mark in self.marked(text):
            if isinstance(part, Snippet) and part.html.startswith("<a "):
                kept.append(escape(part.words))
            else:
                kept.append(part if isinstance(part, str) else mark)
        return "".join(kept)

    def as_blocks(self, text: str) -> str:
        """`text` of an author's HTML, its marks for videos and quotations made blocks."""
        return "".join(part if isinstance(part, str) else self._as_block(part, mark) for part, mark in self.marked(text))

    def body(self, html: str) -> Body:
        """Rendered `html` cut at the marks into strings and holes, no two strings side by side."""
        body: list[str | Hole] = []
        text: list[str] = []
        before, *rest = html.split(OPEN)
        for piece in rest:
            number, close, after = piece.partition(CLOSE)
            if not (close and number.isdecimal() and number.isascii() and len(number) < 10):
                before += OPEN + piece
                continue
            # the three forms of a mark: a block of its own, a whole attribute, a place in running text
            form: Literal["block", "attribute", "text"] = "text"
            if before.endswith(' href="') and after.startswith('"'):
                form, before, after = "attribute", before[:-7], after[1:]
            elif before.endswith("<figure>") and after.startswith("</figure>"):
                form, before, after = "block", before[:-8], after[9:]
            text.append(before)
            before = after
            filled = self._fill(self._at(number), form)
            if isinstance(filled, str):
                text.append(filled)
                continue
            if string := _joined(text):
                body.append(string)
            text = []
            body.append(filled)
        text.append(before)
        if string := _joined(text):
            body.append(string)
        return tuple(body)

    def _fill(self, noted: Noted, form: Literal["block", "attribute", "text"]) -> str | Hole:
        match noted:
            case Target():
                return Href(noted) if form == "attribute" else Address(noted)
            case Snippet(html=html):
                return html if form == "text" else f"<figure>{html}</figure>" if form == "block" else ""
            case Quote():
                return escape(self.words(noted.text))
            case Picture() if form == "block":
                return msgspec.structs.replace(noted, block=True)
            case _:
                return noted

    def _words(self, noted: Noted) -> str:
        match noted:
            case Snippet():
                return noted.words
            case Quote():
                return self.words(noted.text)  # it may hold marks of its own
            case Target():
                return noted.to
            case Headline() | ReadAlso() | Href() | Address():
                return noted.target.to
            case Picture():
                return noted.alt or noted.src
            case Video():
                return noted.title or noted.id
            case _:
                return ""

    def _as_block(self, noted: Noted, mark: str) -> str:
        if isinstance(noted, Quote):
            credit = f"<p>{escape(noted.credit)}</p>" if noted.credit else ""
            return f"<blockquote><p>{escape(noted.text)}</p>{credit}</blockquote>"
        return block(mark) if isinstance(noted, Video) else mark

    def _at(self, number: str) -> Noted:
        # a number that was never given out can only be forged
        return self._noted[int(number)] if int(number) < len(self._noted) else Snippet("", "")


def _joined(text: list[str]) -> str:
    string = "".join(text)
    return string.translate(_STRAY) if OPEN in string or CLOSE in string else string
