"""The rules of `_headers` and of `[[headers]]` in `netlify.toml`: which headers an address is answered with.

Read as Netlify documents them (docs.netlify.com: "Custom headers"). In `_headers` a line that is not indented is a path, and
the indented lines below it are `Name: value`; `#` begins a comment. A name that is given more than once has all its values.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import msgspec

from ssg.model import Place, Problem
from ssg.problems import problem
from ssg.serve.paths import normal, pattern
from ssg.toml_places import TomlPlaces

_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")  # RFC 9110, 5.6.2: token
_VALUE = re.compile(r"[\t\x20-\x7e\x80-\xff]*")  # RFC 9110, 5.5: what a field's value may hold
_OF_THE_HOST = ("basic-auth",)  # asks the host for a password; it is no header


class Rule(msgspec.Struct, frozen=True):
    """The headers, as (name in lower case, value), of the addresses that a path matches."""

    path: str
    values: tuple[tuple[str, str], ...]


def read(text: str, file: str) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    """The rules of a text in the format of `_headers`, and a Problem (`host.rule`) for each line that is none."""
    rules: list[Rule] = []
    problems = []
    for number, line in enumerate(text.splitlines(), 1):
        words = line.strip()
        if not words or words.startswith("#"):
            continue
        name, colon, value = words.partition(":")
        try:
            if line[0] not in " \t":
                rules.append(Rule(_path(words), ()))
            elif not rules:
                raise ValueError("a header stands here before any path")
            elif not colon:
                raise ValueError(f"{words!r} is no header: NAME: VALUE")
            else:
                rules[-1] = Rule(rules[-1].path, (*rules[-1].values, *_header(name, value)))
        except ValueError as wrong:
            problems.append(problem(Place(file, number), "host.rule", str(wrong)))
    return tuple(rules), tuple(problems)


def from_toml(
    entries: Sequence[Mapping[str, Any]], places: TomlPlaces, file: str
) -> tuple[tuple[Rule, ...], tuple[Problem, ...]]:
    """The rules of `[[headers]]`, and a Problem (`host.rule`) for each table that is none."""
    rules, problems = [], []
    for number, entry in enumerate(entries):
        try:
            table = msgspec.convert(entry, _Table)
            every = ((name, each) for name, value in table.values.items() for each in _each(value))
            rules.append(Rule(_path(table.path), tuple(one for name, value in every for one in _header(name, value))))
        except (ValueError, msgspec.ValidationError) as wrong:
            problems.append(problem(Place(file, *places.at(("headers", number))), "host.rule", str(wrong)))
    return tuple(rules), tuple(problems)


def headers(rules: Sequence[Rule], path: str) -> dict[str, str]:
    """The headers of an address (a decoded path): all values of a name together, in the order of the rules."""
    found: dict[str, list[str]] = {}
    for rule in rules:
        if pattern(rule.path, splat_anywhere=True).fullmatch(normal(path)):
            for name, value in rule.values:
                if value not in found.setdefault(name, []):
                    found[name].append(value)
    return {name: ", ".join(values) for name, values in found.items()}


class _Table(msgspec.Struct):
    path: str = msgspec.field(name="for")
    values: dict[str, str | list[str]] = {}


def _each(value: str | list[str]) -> list[str]:
    return [value] if isinstance(value, str) else value


def _path(written: str) -> str:
    if not written.startswith("/"):
        raise ValueError(f"{written!r} is no path: it begins with /")
    return written


def _header(name: str, value: str) -> tuple[tuple[str, str], ...]:
    name, value = name.strip(), value.strip()
    if not _NAME.fullmatch(name) or not value or not _VALUE.fullmatch(value):
        raise ValueError(f"{name!r} and its value cannot be a header")
    return () if name.casefold() in _OF_THE_HOST else ((name.lower(), value),)
