"""A TOML table read into a typed record: every fault at once, in plain words.

The types are the only list of what is known: `msgspec.inspect` tells the keys, their types and bounds. Two things go beyond a
type and stand in its `Meta(extra=...)`: a `rule` for the value (a function that raises `RuleError`), and for a table with free
keys either the `known_keys` or a `key_rule`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import inspect

from ssg.problems import nearest
from ssg.toml_places import KeyPath

_SHOWN_LENGTH = 60  # characters of a bad value that a message repeats


class Fault(msgspec.Struct, frozen=True):
    """What is wrong with one key: an `unknown` one, or a `bad` value. `mend` is "" where the type's words say it all."""

    path: KeyPath
    kind: Literal["unknown", "bad"]
    what: str
    mend: str = ""


class RuleError(Exception):
    """A value that its rule does not accept. `must` goes on after the key's name: "must begin and end with /"."""

    def __init__(self, must: str, mend: str = "") -> None:
        super().__init__(must)
        self.must = must
        self.mend = mend


class _LeftOut:
    """Stands for a value that had a fault."""


_LEFT_OUT = _LeftOut()


def bare(node: inspect.Type) -> inspect.Type:
    """A type without its documentation, and without `None`, which TOML cannot write."""
    if isinstance(node, inspect.Metadata):
        return bare(node.type)
    if isinstance(node, inspect.UnionType):
        others = [one for one in node.types if not isinstance(one, inspect.NoneType)]
        return bare(others[0]) if len(others) == 1 else node
    return node


def in_words(node: inspect.Type) -> str:
    """What a value of this type is, for a reader who has never programmed: "a whole number from 1 to 500"."""
    match bare(node):
        case inspect.StrType(min_length=least):
            return "a text that is not empty" if least else "a text"
        case inspect.BoolType():
            return "true or false"
        case inspect.IntType(ge=least, le=most):
            if least is None:
                return "a whole number"
            return f"a whole number of at least {least}" if most is None else f"a whole number from {least} to {most}"
        case inspect.LiteralType(values=values):
            *others, last = (json.dumps(value) for value in values)
            return f"{', '.join(others)} or {last}" if others else last
        case inspect.ListType(item_type=item):
            return f"a list, each entry {in_words(item)}"
        case inspect.DictType(value_type=value):
            return f"a table, each value {in_words(value)}"
        case inspect.StructType():
            return "a table"
        case other:
            raise TypeError(f"tables.in_words has no words for {other}")


def shown(value: object) -> str:
    """A value of a TOML file as a message repeats it."""
    match value:
        case dict():
            return "a table"
        case list():
            return "a list" if value else "an empty list"
        case datetime() | date() | time():
            return f"the date or time {value.isoformat()}, without quotes"
        case str() if len(value) > _SHOWN_LENGTH:
            return json.dumps(value[:_SHOWN_LENGTH], ensure_ascii=False)[:-1] + '..."'
        case str() | bool():
            return json.dumps(value, ensure_ascii=False)
        case _:
            return str(value)


def name_of(path: KeyPath) -> str:
    """A key as a message names it: `feeds.size`. Entries of a list have no name; their line tells which is meant."""
    name = ".".join(key if _is_bare(key) else json.dumps(key, ensure_ascii=False) for key in path if isinstance(key, str))
    return f"an entry of {name}" if path and isinstance(path[-1], int) else name


def _is_bare(key: str) -> bool:
    return key.isascii() and key.replace("-", "").replace("_", "").isalnum()


def read(data: Mapping[str, Any], into: type[msgspec.Struct]) -> tuple[dict[str, Any], list[Fault]]:
    """What of `data`, a parsed TOML file, fits the type `into`, and every fault of the rest, in order of the file.

    What has a fault is left out of the answer; a required key can therefore be missing from it.
    """
    reading = _Reading(into)
    fitting, _ = reading.table(into, dict(data), ())
    return fitting, reading.faults


class _Reading:
    def __init__(self, root: type[msgspec.Struct]) -> None:
        self.faults: list[Fault] = []
        self.homes = homes_of(root)

    def bad(self, path: KeyPath, what: str, mend: str = "") -> _LeftOut:
        self.faults.append(Fault(path, "bad", what, mend))
        return _LEFT_OUT

    def value(self, hint: Any, value: object, path: KeyPath) -> Any:
        node, extra = inspect.type_info(hint), _extra_of(hint)
        bare_node, before = bare(node), len(self.faults)
        answer: Any
        if not _has_shape(bare_node, value):
            return self.bad(
                path, f"{name_of(path)} must be {in_words(node)}; it is {shown(value)}", _mend_shape(bare_node, value)
            )
        if isinstance(bare_node, inspect.StructType) and isinstance(value, dict):
            answer, whole = self.table(bare_node.cls, value, path)
            if not whole:
                return _LEFT_OUT
        elif isinstance(bare_node, inspect.DictType) and isinstance(value, dict):
            answer = self.free_table(_argument(hint, 1), extra, value, path)
        elif isinstance(bare_node, inspect.ListType) and isinstance(value, list):
            entries = [self.value(_argument(hint, 0), entry, (*path, number)) for number, entry in enumerate(value)]
            answer = [entry for entry in entries if entry is not _LEFT_OUT]
        else:
            try:
                answer = msgspec.convert(value, hint)
            except msgspec.ValidationError:
                return self.bad(path, f"{name_of(path)} must be {in_words(node)}; it is {shown(value)}")
        if "rule" in extra and len(self.faults) == before:
            try:
                extra["rule"](answer)
            except RuleError as refused:
                return self.bad(path, f"{name_of(path)} {refused.must}; it is {shown(value)}", refused.mend)
        return answer

    def table(self, cls: type[msgspec.Struct], table: dict[str, Any], path: KeyPath) -> tuple[dict[str, Any], bool]:
        """What of `table` fits the record `cls`, and whether everything that is required is among it."""
        fields = {field.encode_name: field for field in fields_of(cls)}
        hints = _hints(cls)
        fitting: dict[str, Any] = {}
        for key, value in table.items():
            if key not in fields:
                self.unknown((*path, key), fields)
            elif (answer := self.value(hints[fields[key].name], value, (*path, key))) is not _LEFT_OUT:
                fitting[key] = answer
        required = [field for field in fields.values() if field.required]
        for field in required:
            if field.encode_name not in table:
                name = name_of((*path, field.encode_name))
                what = f"{name} is missing; it must be {in_words(field.type)}"
                self.bad((*path, field.encode_name), what, f"Add a line {field.encode_name} = ...")
        return fitting, all(field.encode_name in fitting for field in required)

    def free_table(self, hint: Any, extra: Mapping[str, Any], table: dict[str, Any], path: KeyPath) -> dict[str, Any]:
        """What fits of a table whose keys the author chooses, each value of the type `hint`."""
        known = extra.get("known_keys")
        fitting: dict[str, Any] = {}
        for key, value in table.items():
            if known is not None and key not in known:
                dotted = [f"{key}.{rest}" for rest in value] if isinstance(value, dict) else []
                if any(name in known for name in dotted):
                    mend = f'Put the name in quotes, since it has a dot in it: "{dotted[0]}" = ...'
                    self.bad((*path, key), f"{name_of((*path, key))} is read as a table", mend)
                else:
                    self.unknown((*path, key), known, "is not known")
                continue
            if "key_rule" in extra:
                try:
                    extra["key_rule"](key)
                except RuleError as refused:
                    self.bad((*path, key), f"the key {shown(key)} in [{name_of(path)}] {refused.must}", refused.mend)
                    continue
            if (answer := self.value(hint, value, (*path, key))) is not _LEFT_OUT:
                fitting[key] = answer
        return fitting

    def unknown(self, path: KeyPath, known: Iterable[str], what: str = "is not a setting") -> None:
        key, names = str(path[-1]), sorted(known)
        home = self.homes.get(key)
        # The commonest slip in TOML: a key of the top, written below the first [table], belongs to that table.
        if home == "":
            mend = f"{key} belongs to the top of the file, above the first line with [a table]."
        elif home:
            mend = f"{key} belongs to the table [{home}]."
        elif near := nearest(key, names):
            mend = f"Did you mean {near}?"
        else:
            mend = f"Known here: {', '.join(names)}."
        self.faults.append(Fault(path, "unknown", f"{name_of(path)} {what}", mend))


def homes_of(root: type[msgspec.Struct]) -> dict[str, str]:
    """For each key that only one table of `root` knows, that table's name ("": the top)."""
    found: dict[str, set[str]] = {}

    def walk(cls: type[msgspec.Struct], table: str) -> None:
        for field in fields_of(cls):
            found.setdefault(field.encode_name, set()).add(table)
            inner = bare(field.type)
            if isinstance(inner, inspect.StructType):
                walk(inner.cls, f"{table}.{field.encode_name}" if table else field.encode_name)

    walk(root, "")
    return {key: tables.pop() for key, tables in found.items() if len(tables) == 1}


def _has_shape(node: inspect.Type, value: object) -> bool:
    if isinstance(node, inspect.StructType | inspect.DictType):
        return isinstance(value, dict)
    return isinstance(value, list) if isinstance(node, inspect.ListType) else True


def _mend_shape(node: inspect.Type, value: object) -> str:
    if isinstance(node, inspect.ListType) and isinstance(value, str):
        return f"Put it in brackets: [{shown(value)}]."
    return ""


@lru_cache(maxsize=64)
def fields_of(cls: type[msgspec.Struct]) -> tuple[inspect.Field, ...]:
    """The fields of a record, in the order in which they are written."""
    node = inspect.type_info(cls)
    return node.fields if isinstance(node, inspect.StructType) else ()


@lru_cache(maxsize=64)
def _hints(cls: type[msgspec.Struct]) -> dict[str, Any]:
    return get_type_hints(cls, include_extras=True)


def _extra_of(hint: Any) -> dict[str, Any]:
    extra: dict[str, Any] = {}
    for one in getattr(hint, "__metadata__", ()):
        extra |= one.extra or {}
    return extra


def _argument(hint: Any, number: int) -> Any:
    """The type of what a list or a table with free keys holds."""
    while hasattr(hint, "__metadata__"):
        hint = hint.__origin__
    if get_origin(hint) in (Union, UnionType):
        return _argument(next(one for one in get_args(hint) if one is not NoneType), number)
    return get_args(hint)[number]
