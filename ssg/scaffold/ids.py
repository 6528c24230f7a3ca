"""`ssg id`: a permanent id for every article that has none, written without touching anything else in its file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ssg import dates
from ssg.digests import of_bytes
from ssg.model import Place, Problem
from ssg.problems import BuildStopped, problem, stop
from ssg.reading import sources
from ssg.reading.fields import Fields
from ssg.reading.frontmatter import FrontMatter, split
from ssg.reading.keys import ARTICLE_KEYS, keys_of
from ssg.reading.sources import SourceFile
from ssg.scaffold.keying import json_member, name_of, toml_line, yaml_lines
from ssg.scaffold.writing import read, replace
from ssg.settings import Site

_LINE = re.compile(rb"[^\r\n]*(\r\n|\n|\r|\Z)")
_INDENT = re.compile(rb"[ \t]*")
_COMMA = b","


class _Edit(msgspec.Struct, frozen=True):
    """Bytes `start` to `end` of one file become `text`, if the file still has the digest."""

    file: SourceFile
    id: str
    start: int
    end: int
    text: bytes
    digest: str

    def of(self, data: bytes) -> bytes:
        """The whole file as it then is."""
        return data[: self.start] + self.text + data[self.end :]


def add_ids(root: Path, site: Site) -> list[tuple[str, str]]:
    """Write each missing id into its article: one line, after that of the date or title; every other byte stays.

    Returns the path and the id in effect (its path without suffix) of every article in which none was written, by path. All
    articles are looked at before the first is written. Raises BuildStopped with all problems at once: an article cannot be
    read, no place for the id is found in its front matter (id.place), or another article has that id (id.twice); or if a file
    cannot be written or has changed meanwhile (file.unwritable). A file is replaced at once, never half written.
    """
    edits = _plan(root, site)
    for edit in edits:
        data = read(root / edit.file.disk, edit.file.path)
        if of_bytes(data) != edit.digest:
            raise stop(Place(edit.file.path), "file.unwritable", "somebody changed it at this moment")
        replace(root / edit.file.disk, edit.of(data), edit.file.path)
    return [(edit.file.path, edit.id) for edit in edits]


def _plan(root: Path, site: Site) -> list[_Edit]:
    keys = keys_of(ARTICLE_KEYS, site.settings.fields)
    name, zone = name_of(keys, "id"), dates.zone(site.settings.timezone)
    found = sources.find(root, site.settings.languages)
    problems: list[Problem] = []
    edits: list[_Edit] = []
    written: dict[str, str] = {}
    for file in found.articles:
        try:
            data = read(root / file.disk, file.path)
        except BuildStopped as stopped:
            problems += stopped.problems
            continue
        front = split(data, file.path)
        if isinstance(front, tuple):
            problems += front
            continue
        fields = Fields(front, file.path, keys, zone)
        id = fields.text("id")
        if fields.problems:
            problems += fields.problems
        elif id:
            written.setdefault(id, file.path)
        elif front.format:  # a file without front matter is no article yet; the build says so
            lines = fields.lines()
            anchors = [lines[key] for key in ("date", "title") if key in lines]
            edit = _edit(file, data, front, name, anchors)
            if isinstance(edit, _Edit):
                edits.append(edit)
            else:
                problems.append(edit)
    problems += _given_twice(edits, written)
    if problems:
        raise BuildStopped(*problems)
    return edits


def _given_twice(edits: list[_Edit], written: dict[str, str]) -> Iterator[Problem]:
    for edit in edits:
        other = written.setdefault(edit.id, edit.file.path)
        if other != edit.file.path:
            what = f"its id in effect, `{edit.id}`, is that of {other} as well"
            yield problem(Place(edit.file.path), "id.twice", what)


def _edit(file: SourceFile, data: bytes, front: FrontMatter, name: str, anchors: list[int]) -> _Edit | Problem:
    """The first way to write the id after which everything else is read as before."""
    id = sources.key_of(file.path)
    wanted = {**front.values, name: id}
    rows = [(match.start(), match.start(1), match.end()) for match in _LINE.finditer(data)]
    digest = of_bytes(data)
    line = _line(front.format, name, id)
    for start, end, text in _ways(front, data, name, line, rows, anchors):
        edit = _Edit(file, id, start, end, text, digest)
        again = split(edit.of(data), file.path)
        if isinstance(again, FrontMatter) and (again.values, again.body) == (wanted, front.body):
            return edit
    what = "no line of this front matter has room for an id after it"
    return problem(Place(file.path, front.line), "id.place", what, f"Write `{line}` by hand.")


def _line(format: str, name: str, id: str) -> str:
    if format == "yaml":
        return yaml_lines({name: id}).rstrip("\n")
    return toml_line(name, id) if format == "toml" else json_member(name, id)


def _ways(
    front: FrontMatter, data: bytes, name: str, line: str, rows: list[tuple[int, int, int]], anchors: list[int]
) -> Iterator[tuple[int, int, bytes]]:
    """Where and how the id could be written, the best first: start, end, the bytes to put there."""
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
