"""YAML front matter (yaml.org/spec/1.1), composed but never constructed: `no`, `2021` and `1:00:19` stay as written."""

from __future__ import annotations

import json
import re

import yaml

from ssg.reading import plain_yaml
from ssg.reading.metadata import DEEPEST, Budget, Metadata, MetadataError, Value
from ssg.reading.plain_yaml import NULLS

_LOADER: type[yaml.BaseLoader | yaml.CBaseLoader]
try:
    _LOADER = yaml.CBaseLoader
except AttributeError:  # PyYAML was built without libyaml
    _LOADER = yaml.BaseLoader

_NESTING_IS_CHECKED_FROM = 2_000  # characters; libyaml's composer ends the process when its stack is full
_SEPARATORS = str.maketrans("\u2028\u2029", "  ")  # line ends to YAML, to no editor
_COMMENT = re.compile(r" (#\s?)(?:.*\S)?")  # behind one blank; a comment that was meant mostly stands behind more
_PROSE = frozenset({"title", "summary", "caption", "alt", "credit", "reason", "text"})
_NO_PROSE = re.compile(r"[\d.:/+-][\w.:/+ -]*|true|false|yes|no|on|off|~|null", re.IGNORECASE)  # a date, a number, a flag
_KEY_AND_VALUE = re.compile(r"^(\s*(?:- +)?[^\s:#'\"][^:]*?):[ \t]+(\S.*?)\s*$")


def parse(text: str, first: int) -> Metadata:
    """The YAML mapping `text`, whose first line is line `first` of its file.

    Merge keys (`<<`) and aliases are followed. Raises MetadataError if it is not YAML, no mapping, or too much.
    """
    if (plain := plain_yaml.parse(text, first)) is not None:
        return plain
    text = text.translate(_SEPARATORS) if "\u2028" in text or "\u2029" in text else text
    try:
        if len(text) > _NESTING_IS_CHECKED_FROM:
            _check_nesting(text, first)
        root = yaml.compose(text, Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        raise _in_plain_words(error, text, first) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise MetadataError(first, 1, f"YAML cannot read it: {error}") from error
    if root is None:
        return Metadata({})
    if not isinstance(root, yaml.MappingNode):
        mend = "Write one `key: value` a line, with a space after the colon."
        raise MetadataError(first + root.start_mark.line, 1, "it is not a mapping of keys to values", mend)
    tree = _Tree(first, text.split("\n") if " #" in text else [])
    return Metadata(tree.mapping(root, "", 0), tree.lines, tuple(tree.twice), tuple(tree.cut.values()))


class _Tree:
    """One walk over the nodes of a document. `rows` are its lines, if there may be a comment in one."""

    def __init__(self, first: int, rows: list[str]) -> None:
        self.lines: dict[str, int] = {}
        self.twice: list[tuple[str, int, int]] = []
        self.cut: dict[int, tuple[str, int, str]] = {}
        self._first = first
        self._rows = rows
        self._budget = Budget()

    def mapping(self, node: yaml.MappingNode, prefix: str, depth: int) -> dict[str, Value]:
        values: dict[str, Value] = {}
        seen: dict[str, int] = {}
        merged: list[yaml.Node] = []
        for key_node, below in node.value:
            line = self._first + key_node.start_mark.line
            if not isinstance(key_node, yaml.ScalarNode) or (key_node.value in NULLS and not key_node.style):
                what = "a key is a list, a mapping or nothing, where a word is asked for"
                raise MetadataError(
                    line, key_node.start_mark.column + 1, what, 'Put a value that begins with { or [ in quotes: "...".'
                )
            key = key_node.value
            if key == "<<" and not key_node.style:
                merged.extend(below.value if isinstance(below, yaml.SequenceNode) else [below])
                continue
            if key in seen:
                self.twice.append((prefix + key, seen[key], line))
            seen[key] = line
            if depth < 2:
                self.lines[prefix + key] = line
            values[key] = self._value(below, prefix + key, depth + 1)
        for other in merged:
            if not isinstance(other, yaml.MappingNode):
                raise MetadataError(self._first + other.start_mark.line, 1, "`<<` merges something that is not a mapping")
            self._budget.spend(depth, self._first + other.start_mark.line)
            for key, value in self.mapping(other, prefix, depth + 1).items():
                values.setdefault(key, value)
        # a merge has noted lines of keys that are given here as well
        self.lines.update((prefix + key, line) for key, line in seen.items() if depth < 2 and merged)
        return values

    def _value(self, node: yaml.Node, name: str, depth: int) -> Value:
        self._budget.spend(depth, self._first + node.start_mark.line)
        if isinstance(node, yaml.ScalarNode):
            if self._rows and not node.style:
                self._look_behind(node, name)
            return None if node.value in NULLS and not node.style else str(node.value)
        if isinstance(node, yaml.MappingNode):
            return self.mapping(node, f"{name}.", depth)
        if depth == 1:
            for number, item in enumerate(node.value):
                if isinstance(item, yaml.MappingNode):
                    self.lines[f"{name}.{number}"] = self._first + item.start_mark.line
        return [self._value(item, f"{name}.{number}", depth + 1) for number, item in enumerate(node.value)]

    def _look_behind(self, node: yaml.ScalarNode, name: str) -> None:
        """Note a value that a `#` behind it cuts: prose, or a `#` that a word follows at once (`Liga #1`)."""
        end = node.end_mark
        found = _COMMENT.match(self._rows[end.line], end.column) if end and end.line < len(self._rows) else None
        if found is None:
            return
        prose, word = name.rpartition(".")[2] in _PROSE, found[1] == "#" and len(found[0]) > 2
        if (prose and (node.value or word)) or (word and node.value and not _NO_PROSE.fullmatch(node.value)):
            line, whole = self._first + end.line, f"{node.value}{found[0]}".strip()
            *above, last = name.split(".")
            row = f"- {json.dumps(whole, ensure_ascii=False)}" if last.isdigit() else _quoted(last, whole)
            self.cut[line] = (".".join(above) if last.isdigit() else name, line, row)


def _check_nesting(text: str, first: int) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > DEEPEST:
                raise MetadataError(
                    first + (event.start_mark.line if event.start_mark else 0),
                    1,
                    f"values stand more than {DEEPEST} deep in each other",
                )
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _in_plain_words(error: yaml.MarkedYAMLError, text: str, first: int) -> MetadataError:
    """The parser's complaint as a person can use it; libyaml and PyYAML word some of them differently."""
    said, context = error.problem or "", error.context or ""
    at_opening = context.startswith(("while scanning a quoted", "while scanning a simple", "while parsing a flow"))
    mark = (error.context_mark if at_opening else None) or error.problem_mark or error.context_mark
    row, column = (mark.line, mark.column) if mark else (0, 0)
    rows = text.split("\n")
    row = max(0, min(row, text.rstrip("\n").count("\n")))
    what, mend = _explained(said, context, rows[row], column)
    return MetadataError(first + row, column + 1, what, mend)


def _explained(said: str, context: str, row: str, column: int) -> tuple[str, str]:
    written = _KEY_AND_VALUE.match(row)
    quoted = f"Put the value in quotes: {_quoted(written[1].strip(), written[2])}" if written else "Put the value in quotes."
    if "mapping values are not allowed" in said or "sequence entries are not allowed" in said:
        if written and column > len(written[1]):
            return "a value that is not in quotes holds a colon and a space", quoted
        return (
            "YAML takes this line as a part of the line before it",
            "Begin this line as far left as its neighbours; the line before it needs a colon and a space after its key.",
        )
    if "tab character" in said or ("cannot start any token" in said and row[column : column + 1] == "\t"):
        return "a tab stands where YAML wants spaces", "Indent with spaces."
    if "cannot start any token" in said:
        return f"a value that is not in quotes begins with `{row[column : column + 1]}`", quoted
    if "while scanning a quoted" in context and "unexpected end" in said:
        return "the quote that opens here is never closed", "Close it with the same quote at the end of the value."
    if "unknown escape" in said:
        return (
            "a backslash in double quotes stands before a letter that means nothing to YAML",
            "Use single quotes, or write \\\\.",
        )
    if "while scanning a simple key" in context:
        return (
            "this line has no colon after its key",
            "Write `key: value`, or indent the line if it goes on with the value above.",
        )
    if "alias" in said or "alias" in context or "anchor" in context:
        return "a value that is not in quotes begins with `*` or `&`", quoted
    if "while parsing a flow" in context:
        return "the bracket that opens here is not closed, or a comma is missing", "Close it, or put the value in quotes."
    if written and written[2][0] in "'\"" and "expected" in said:
        value = written[2]
        inner = value[1:-1] if value[-1] == value[0] else value
        return "something stands behind the closing quote of a value", f"Write it so: {_quoted(written[1].strip(), inner)}"
    return f"YAML cannot read it: {said}", ""


def _quoted(key: str, value: str) -> str:
    return f"{key}: {json.dumps(value, ensure_ascii=False)}"
