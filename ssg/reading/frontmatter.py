"""Front matter: what stands between `---` (YAML), between `+++` (TOML) or in braces (JSON) at the head of a file."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
from frontmatter.default_handlers import BaseHandler, JSONHandler, YAMLHandler

from ssg.model import Place, Problem
from ssg.problems import problem
from ssg.reading import json_metadata, text, toml_metadata, yaml_metadata
from ssg.reading.metadata import Metadata, MetadataError, Value, map_texts

_BLANK_LINES = re.compile(r"(?:[ \t\ufeff]*\n)*\ufeff?")


class FrontMatter(msgspec.Struct, frozen=True):
    """A source file, split. Scalars in `values` are texts as written (None: nothing is written).

    `format` is "yaml", "toml", "json" or "" (there is no front matter), `line` the line of its opening, `lines` the line of
    each key (`image`, `image.src`, `corrections.0`), `body_line` the line on which `body` begins; all lines are the file's,
    from 1. `problems` are warnings.
    """

    format: str
    values: dict[str, Value]
    lines: dict[str, int]
    body: str
    line: int = 1
    body_line: int = 1
    problems: tuple[Problem, ...] = ()


def split(data: bytes, path: str) -> FrontMatter | tuple[Problem, ...]:
    """A file's bytes as front matter and body, or the Problems for which it cannot be read.

    `path` is the file's place relative to the site's folder. The text comes as `text.decode` gives it; a byte order mark,
    lines ended by CRLF or CR and blank lines before the front matter are accepted.
    """
    decoded = text.decode(data, path)
    if isinstance(decoded, Problem):
        return (decoded,)
    blank = _BLANK_LINES.match(decoded.text)
    source = decoded.text[blank.end() :] if blank else decoded.text
    line = decoded.text.count("\n", 0, len(decoded.text) - len(source)) + 1
    chosen = next((row for row in _FORMATS if row[1].detect(source)), None)
    if chosen is None:
        return FrontMatter("", {}, {}, decoded.text, problems=decoded.problems)
    name, handler, parse = chosen
    try:
        head, body = handler.split(source)
    except ValueError:
        what = f"the front matter that opens here with `{handler.START_DELIMITER}` is never closed"
        mend = f"Put a line `{handler.END_DELIMITER}` under its last key."
        return (*decoded.problems, problem(Place(path, line, 1), "frontmatter.bad", what, mend))
    except MetadataError as bad:
        return (*decoded.problems, problem(Place(path, bad.line + line - 1, bad.column), "frontmatter.bad", bad.what, bad.mend))
    try:
        found = parse(head, line if name == "json" else line + 1)
    except MetadataError as bad:
        return (*decoded.problems, problem(Place(path, bad.line, bad.column), "frontmatter.bad", bad.what, bad.mend))
    problems = [*decoded.problems, *_given_twice(found, path), *_cut(found, path)]
    values = found.values
    if "\\" in head:  # an escape can write what no file may hold
        values = {key: map_texts(value, text.strip_controls) for key, value in values.items()}
        if values != found.values:
            problems.append(
                problem(Place(path, line), "text.control", "an escape in the front matter writes a control character")
            )
        values = {key: map_texts(value, text.compose) for key, value in values.items()}
    body_line = line + source.count("\n", 0, len(source) - len(body))
    return FrontMatter(name, values, found.lines, body, line, body_line, tuple(problems))


def _given_twice(found: Metadata, path: str) -> Iterator[Problem]:
    for key, line, again in found.twice:
        what = f"`{key}` is given twice, on lines {line} and {again}; line {again} counts"
        yield problem(Place(path, again), "key.twice", what)


def _cut(found: Metadata, path: str) -> Iterator[Problem]:
    for key, line, row in found.cut:
        what = f"`{key}` ends before ` #`: YAML takes the rest of the line for a comment"
        mend = f"Put the value in quotes: {row} (or, if a comment is meant, two blanks before its #)."
        yield problem(Place(path, line), "frontmatter.comment", what, mend)


class YamlHandler(YAMLHandler):
    """YAML between two lines of three hyphens; `...` may close it, as YAML has it. Scalars stay texts."""

    FM_BOUNDARY = re.compile(r"^(?:-{3,}|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)

    def detect(self, text: str) -> bool:
        """Whether `text` opens with three hyphens."""
        return text.startswith("---") and super().detect(text)

    def load(self, fm: str, **kwargs: object) -> dict[str, Value]:
        """The values of `fm`. Raises MetadataError, with lines from 1."""
        return yaml_metadata.parse(fm, 1).values


class TomlHandler(BaseHandler):
    """TOML between two lines of three plus signs. Scalars become texts."""

    FM_BOUNDARY = re.compile(r"^\+{3,}[ \t]*(?:\n|\Z)", re.MULTILINE)
    START_DELIMITER = END_DELIMITER = "+++"

    def load(self, fm: str) -> dict[str, Any]:
        """The values of `fm`. Raises MetadataError, with lines from 1."""
        return toml_metadata.parse(fm, 1).values


class JsonHandler(JSONHandler):
    """A JSON object. Scalars become texts."""

    FM_BOUNDARY = re.compile(r'\{(?=\s*(?:["}\n]|\Z))')  # not `{{< shortcode >}}` at the head of a text

    def split(self, text: str) -> tuple[str, str]:
        """The object and what follows it. Raises MetadataError, with lines from 1, if it is not JSON."""
        end = json_metadata.end(text)
        return text[:end], text[end:].lstrip(" \t").removeprefix("\n")

    def load(self, fm: str, **kwargs: object) -> dict[str, Value]:
        """The values of `fm`. Raises MetadataError, with lines from 1."""
        return json_metadata.parse(fm, 1).values


_FORMATS: tuple[tuple[str, BaseHandler, Callable[[str, int], Metadata]], ...] = (
    ("yaml", YamlHandler(), yaml_metadata.parse),
    ("toml", TomlHandler(), toml_metadata.parse),
    ("json", JsonHandler(), json_metadata.parse),
)
