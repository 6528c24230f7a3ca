"""Other generators' codes out of a source text: what they mean becomes a hole, the rest is taken out and reported.

This happens before Markdown is read, so a code may stand in a link's address or in the author's own HTML.
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from ssg.model import Target
from ssg.reading import videos
from ssg.reading.codescan import Code, scan
from ssg.reading.draft import Draft
from ssg.reading.holes import NOTHING, Quote

# What a code means in every site that uses it: an author's note to himself must not be published.
_ALWAYS = {"comment": "drop"}

# Behind these a code was an address; a mark stays in its place, so that the words of the link stay and it leads nowhere.
_ADDRESS = ("](", '="', "='")

_DEEPEST_QUOTE = 8  # quotes in quotes beyond this are shown as plain text


class Lines(msgspec.Struct, frozen=True):
    """From a line of the text without codes to the line of the file. `starts` are 0-based, ascending; `shifts` are added."""

    first: int
    starts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def of(self, line: int) -> int:
        """The line in the file (from 1) of `line` (from 0)."""
        if self.starts:
            place = bisect_right(self.starts, line) - 1
            if place >= 0:
                line += self.shifts[place]
        return self.first + line


def take_out(text: str, first_line: int, draft: Draft) -> tuple[str, Lines]:
    """`text`, whose first line is `first_line` of the file, without codes; and where its lines stand in the file.

    Holes and the problem `code.unknown` (one for each name) are noted in `draft`.
    """
    codes = scan(text)
    if not codes:
        return text, Lines(first_line)
    return _Surgeon(text, first_line, draft).operate(codes)


class _Frame(msgspec.Struct):
    """A code whose end has not come yet, and the pieces of text found since, each with its line in the source."""

    code: Code | None
    line: int
    meaning: str = "unwrap"
    pieces: list[tuple[str, int]] = []

    def text(self) -> str:
        return "".join(piece for piece, _ in self.pieces)


class _Surgeon:
    def __init__(self, text: str, first_line: int, draft: Draft) -> None:
        self._text = text
        self._first = first_line
        self._draft = draft
        self._frames = [_Frame(None, 0)]
        self._tail = "\n"  # the last characters that were kept
        self._unknown: dict[str, list[int]] = {}

    def operate(self, codes: list[Code]) -> tuple[str, Lines]:
        at = line = counted = 0
        for place, code in enumerate(codes):
            self._keep(self._text[at : code.start], line)
            line += self._text.count("\n", counted, code.start)
            counted = code.start
            self._replace(code, place, line)
            line += self._text.count("\n", counted, code.end)
            at = counted = code.end
            before, after = self._tail[-1:], self._text[at : at + 1]
            if before.isalnum() and after.isalnum():
                self._keep(" ", line)
            elif before in ("", "\n"):  # the code began its line: blanks behind it would indent the words
                while self._text[at : at + 1] in (" ", "\t"):
                    at += 1
        self._keep(self._text[at:], line)
        self._report()
        return self._whole(self._frames[0].pieces)

    def _keep(self, piece: str, line: int) -> None:
        if not piece:
            return
        if self._tail[-1:] == "{" and piece[0] in "{<%":  # what is left must not make a new code
            piece = " " + piece
        self._frames[-1].pieces.append((piece, line))
        self._tail = (self._tail + piece)[-2:]

    def _replace(self, code: Code, place: int, line: int) -> None:
        frame = self._frames[-1]
        if code.kind == "literal":
            self._keep(self._draft.text(code.text), line)
        elif code.kind == "broken":
            self._unknown.setdefault(code.name, []).append(line)
        elif code.kind == "close":
            if frame.code and frame.code.closed_by == place:
                self._frames.pop()
                self._tail = self._frames[-1].pieces[-1][0][-2:] if self._frames[-1].pieces else "\n"
                self._close(frame)
        else:
            meaning = self._meaning(code, line)
            opened = _Frame(code, line, meaning, [])
            if code.closed_by >= 0:
                self._frames.append(opened)
            else:
                self._close(opened)

    def _meaning(self, code: Code, line: int) -> str:
        meaning = self._draft.rules.shortcodes.get(code.name) or _ALWAYS.get(code.name, "")
        if meaning in videos.HOSTS and not videos.known(meaning, code.first() or code.named("id", "url", "src")):
            meaning = ""
        if meaning == "quote" and len(self._frames) > _DEEPEST_QUOTE:
            return "unwrap"
        if not meaning:
            self._unknown.setdefault(code.name, []).append(line)
            return "unwrap"
        return meaning

    def _close(self, frame: _Frame) -> None:
        """Put what a code means, with the text inside it if it is a pair, into the text around it."""
        code, line, draft = frame.code, frame.line, self._draft
        if code is None:
            return
        if frame.meaning in ("drop", "unwrap") and self._tail in _ADDRESS and code.closed_by < 0:
            self._keep(draft.holes.note(NOTHING), line)
        if frame.meaning == "drop":
            return
        if frame.meaning == "unwrap":
            for piece, its_line in frame.pieces:
                self._keep(piece, its_line)
            return
        at = self._first + line
        inner = frame.text()
        match frame.meaning:
            case "link":
                mark = self._link(code, at)
                words = inner if inner.strip() else draft.text(code.named("text", "label"))
                self._keep(f"[{words}]({mark})" if words else mark, line)
            case "image":
                caption = code.named("caption", "title") or inner
                src = code.named("src") or code.first()
                self._keep(draft.picture(src, code.named("alt"), caption, at), line)
            case "quote":
                said = inner.strip() or code.named("text", "quote") or code.first()
                if said:
                    self._keep(draft.holes.note(Quote(said, code.named("cite", "cred"), at)), line)
            case host:
                id_ = videos.known(host, code.first() or code.named("id", "url", "src"))
                self._keep(draft.video(host, id_, code.named("title"), at), line)
                for piece, its_line in frame.pieces:
                    self._keep(piece, its_line)

    def _link(self, code: Code, line: int) -> str:
        written = code.first() or code.named("path", "href", "url", "file")
        if "://" in written:
            return self._draft.text(written)
        to, _, fragment = written.partition("#")
        if fragment and not to:
            return self._draft.holes.note(Target("page", "", fragment, line))
        return self._draft.holes.note(Target("ref", to, fragment, line))

    def _report(self) -> None:
        for name, lines in self._unknown.items():
            times = f", {len(lines)} times, first here" if len(lines) > 1 else ""
            self._draft.problem("code.unknown", self._first + lines[0], f"the code `{name}` means nothing here{times}")

    def _whole(self, pieces: list[tuple[str, int]]) -> tuple[str, Lines]:
        starts: list[int] = []
        shifts: list[int] = []
        written = 0
        for piece, line in pieces:
            if line - written != (shifts[-1] if shifts else 0):
                starts.append(written)
                shifts.append(line - written)
            written += piece.count("\n")
        return "".join(piece for piece, _ in pieces), Lines(self._first, tuple(starts), tuple(shifts))
