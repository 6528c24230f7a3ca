"""One line written into the front matter of an article: every other byte of the file stays."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec

from ssg.digests import of_bytes
from ssg.model import Place, Problem
from ssg.problems import BuildStopped, problem, stop
from ssg.reading.fields import Fields
from ssg.reading.frontmatter import FrontMatter, split
from ssg.reading.keys import Keys
from ssg.reading.sources import SourceFile
from ssg.scaffold.keying import json_member, toml_line, yaml_lines
from ssg.scaffold.writing import read, replace

_LINE = re.compile(rb"[^\r\n]*(\r\n|\n|\r|\Z)")
_INDENT = re.compile(rb"[ \t]*")
_COMMA = b","


class Edit(msgspec.Struct, frozen=True):
    """Bytes `start` to `end` of one file become `text`, which gives a key its `value`, if the file still has the digest."""

    file: SourceFile
    value: str
    start: int
    end: int
    text: bytes
    digest: str

    def of(self, data: bytes) -> bytes:
        """The whole file as it then is."""
        return data[: self.start] + self.text + data[self.end :]


class Opened(msgspec.Struct, frozen=True):
    """The file of an article, its bytes, and what they say in front matter."""

    file: SourceFile
    data: bytes
    front: FrontMatter
    fields: Fields

    def edit(self, name: str, value: str, after: Iterable[str], code: str) -> Edit | Problem:
        """The first way to write `name: value` after which everything else is read as before; else the problem of this `code`.

        The front matter has no value for `name`. The line stands after that of the first of our keys `after` that has room for
        it, else at the beginning.
        """
        wanted = {**self.front.values, name: value}
        rows = [(match.start(), match.start(1), match.end()) for match in _LINE.finditer(self.data)]
        digest = of_bytes(self.data)
        line = _line(self.front.format, name, value)
        lines = self.fields.lines()
        anchors = [lines[key] for key in after if key in lines]
        for start, end, text in _ways(self.front, self.data, name, line, rows, anchors):
            found = Edit(self.file, value, start, end, text, digest)
            again = split(found.of(self.data), self.file.path)
            if isinstance(again, FrontMatter) and (again.values, again.body) == (wanted, self.front.body):
                return found
        what = f"no line of this front matter has room for `{line}` after it"
        return problem(Place(self.file.path, self.front.line), code, what, f"Write `{line}` by hand.")


def opened(root: Path, file: SourceFile, keys: Keys, zone: ZoneInfo) -> Opened:
    """The file of an article of the site in `root`. Raises BuildStopped if it or its front matter cannot be read."""
    data = read(root / file.disk, file.path)
    front = split(data, file.path)
    if isinstance(front, tuple):
        raise BuildStopped(*front)
    return Opened(file, data, front, Fields(front, file.path, keys, zone))


def _line(format: str, name: str, value: str) -> str:
    if format == "yaml":
        return yaml_lines({name: value}).rstrip("\n")
    return toml_line(name, value) if format == "toml" else json_member(name, value)


def write(root: Path, edits: Iterable[Edit]) -> None:
    """Write edits into the files of the site in `root`, each replaced at once, never half written.

    Raises BuildStopped (file.unwritable) if a file cannot be written or has changed meanwhile.
    """
    for one in edits:
        data = read(root / one.file.disk, one.file.path)
        if of_bytes(data) != one.digest:
            raise stop(Place(one.file.path), "file.unwritable", "somebody changed it at this moment")
        replace(root / one.file.disk, one.of(data), one.file.path)


def _ways(
    front: FrontMatter, data: bytes, name: str, line: str, rows: list[tuple[int, int, int]], anchors: Iterable[int]
) -> Iterator[tuple[int, int, bytes]]:
    """Where and how the line could be written, the best first: start, end, the bytes to put there."""
    text = line.encode()
    comma = _COMMA if front.format == "json" else b""

    def row(number: int) -> tuple[int, int, int, bytes, bytes]:
        start, stop, end = rows[number - 1]
        indent = _INDENT.match(data, start)
        return start, stop, end, indent[0] if indent else b"", data[stop:end] or b"\n"

    if name in front.values:  # the key is there, with nothing after it
        start, stop, _, indent, _ = row(front.lines.get(name, front.line))
        yield start, stop, indent + text
        yield start, stop, indent + text + _COMMA
    else:
        for anchor in anchors:
            start, _, end, indent, ending = row(anchor)
            yield end, end, indent + text + comma + ending
            yield start, start, indent + text + comma + ending
        start, _, end, _, ending = row(front.line)
        if front.format == "json":  # all in one line
            brace = data.index(b"{", start) + 1
            yield brace, brace, text + comma + b" "
            yield brace, brace, text
        else:
            yield end, end, text + ending
