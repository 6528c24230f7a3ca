"""Where each key of a TOML file stands, which `tomllib` does not tell."""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Mapping

KeyPath = tuple[str | int, ...]
Position = tuple[int, int]  # line and column, from 1

_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
# Strings as in TOML 1.0: the two long forms first; up to two quotes may stand right before the three that end them.
_STRING = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'",
    re.DOTALL,
)
_SCALAR = re.compile(r"[^,\]}#\n]*")
_MEMBER_END = re.compile(r"[ \t\r\n,]|#[^\n]*")


class _Scan:
    """One walk through a text that `tomllib` has accepted."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.found: dict[KeyPath, Position] = {}
        self.elements: dict[KeyPath, int] = {}  # how many tables each array of tables has so far
        self.lines = [0, *(match.end() for match in re.finditer("\n", text))]

    def skip(self, pattern: re.Pattern[str]) -> None:
        match = pattern.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def blank(self) -> None:
        self.skip(_BLANK)

    def file(self) -> None:
        table: KeyPath = ()
        self.blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.blank()

    def header(self) -> KeyPath:
        start, double = self.at, self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        self.blank()
        path: KeyPath = ()
        keys = self.keys()
        for number, key in enumerate(keys, 1):
            path = (*path, key)
            self.note(path, start)
            if double and number == len(keys):
                self.elements[path] = self.elements.get(path, 0) + 1
            if path in self.elements:  # what follows belongs to the newest table of the array
                path = (*path, self.elements[path] - 1)
                self.note(path, start)
        self.blank()
        self.at += 2 if double else 1
        return path

    def keys(self) -> list[str]:
        """A dotted key, up to the `=` or `]` behind it."""
        keys = []
        while True:
            bare = _BARE_KEY.match(self.text, self.at)
            quoted = None if bare else _STRING.match(self.text, self.at)
            match = bare or quoted
            if match is None:
                break
            self.at = match.end()
            # A quoted key may hold escapes: tomllib, which knows them, reads it.
            keys.append(match.group() if bare else next(iter(tomllib.loads(f"{match.group()}=0"))))
            self.blank()
            if not self.text.startswith(".", self.at):
                break
            self.at += 1
            self.blank()
        return keys

    def pair(self, table: KeyPath) -> None:
        start = self.at
        path = table
        for key in self.keys():
            path = (*path, key)
            self.note(path, start)
        self.at += 1  # the equals sign
        self.blank()
        self.value(path)

    def value(self, path: KeyPath) -> None:
        sign = self.text[self.at : self.at + 1]
        string = _STRING.match(self.text, self.at) if sign in ("'", '"') else None
        if string:
            self.at = string.end()
        elif sign == "[":
            self.array(path)
        elif sign == "{":
            self.inline_table(path)
        else:
            self.skip(_SCALAR)

    def members(self, end: str) -> bool:
        """Whether another member of an array or inline table comes; steps over the end if none does."""
        while self.at < len(self.text) and (match := _MEMBER_END.match(self.text, self.at)):
            self.at = match.end()
        if self.at < len(self.text) and self.text[self.at] != end:
            return True
        self.at += 1
        return False

    def array(self, path: KeyPath) -> None:
        self.at += 1
        number = 0
        while self.members("]"):
            self.note((*path, number), self.at)
            self.value((*path, number))
            number += 1

    def inline_table(self, path: KeyPath) -> None:
        self.at += 1
        while self.members("}"):
            self.pair(path)

    def note(self, path: KeyPath, at: int) -> None:
        if path not in self.found:
            line = bisect_right(self.lines, at)
            self.found[path] = (line, at - self.lines[line - 1] + 1)


class TomlPlaces:
    """Positions of the keys of one TOML file, by path: `("menus", "main", 0, "title")`."""

    def __init__(self, positions: Mapping[KeyPath, Position]) -> None:
        self._positions = positions

    @classmethod
    def of(cls, text: str) -> TomlPlaces:
        """The positions of all keys in `text`, which must be valid TOML 1.0 (as `tomllib` accepts it)."""
        scan = _Scan(text)
        scan.file()
        return cls(scan.found)

    def at(self, path: KeyPath) -> Position:
        """Line and column of the key `path`, or of the nearest table around it that is written, or (1, 1)."""
        for length in range(len(path), 0, -1):
            if found := self._positions.get(path[:length]):
                return found
        return (1, 1)
