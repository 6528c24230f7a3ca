"""The documentation of a TOML file, made from the types that it is read into."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator

import msgspec
from msgspec import NODEFAULT, inspect

from ssg.tables import bare, fields_of, in_words


def markdown(root: type[msgspec.Struct]) -> str:
    """A Markdown section for each table of the file whose type is `root`: every key, its type in words, its default, its line.

    A key without a description is a fault of the program: ValueError.
    """
    sections = _headings(root)
    return "\n".join(f"## {heading}\n\n{_section(cls, sections)}" for cls, heading in sections.items())


class About(msgspec.Struct, frozen=True):
    """One key of the file: its type and its default in words, and its line of documentation."""

    kind: str
    default: str
    says: str


def keys(root: type[msgspec.Struct]) -> dict[str, About]:
    """Every key of the file by its whole name (`blocks.latest`, `languages.NAME.title`)."""
    found = {}
    for cls, heading in _headings(root).items():
        table = heading.partition("`")[2].partition("`")[0].strip("[]")
        for field in fields_of(cls):
            name = f"{table}.{field.encode_name}" if table else field.encode_name
            found[name] = About(in_words(bare(field.type)), _default(field), _description(cls, field))
    return found


def _headings(root: type[msgspec.Struct]) -> dict[type[msgspec.Struct], str]:
    """Every record under `root` with the heading of the table that it is read from: the outermost, if there are several."""
    sections = {root: "The top of the file"}
    tables = deque([(root, "")])
    while tables:
        cls, table = tables.popleft()
        for field in fields_of(cls):
            name = f"{table}.{field.encode_name}" if table else field.encode_name
            *_, innermost = within = list(_within(field.type))
            if isinstance(within[0], inspect.DictType):
                name += ".NAME"
            if isinstance(innermost, inspect.StructType) and innermost.cls not in sections:
                listed = any(isinstance(node, inspect.ListType) for node in within)
                heading = f"`[[{name}]]`" if listed else f"`[{name}]`"
                sections[innermost.cls] = f"{heading}, where you choose NAME" if name.endswith(".NAME") else heading
                tables.append((innermost.cls, name))
    return sections


def _section(cls: type[msgspec.Struct], sections: dict[type[msgspec.Struct], str]) -> str:
    lines = [
        " ".join((cls.__doc__ or "").split()),
        "",
        "| setting | type | default | what it says |",
        "| --- | --- | --- | --- |",
    ]
    for field in fields_of(cls):
        cells = (f"`{field.encode_name}`", _kind(field.type, sections), _default(field), _description(cls, field))
        lines.append(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |")
    return "\n".join([*lines, ""])


def _kind(node: inspect.Type, sections: dict[type[msgspec.Struct], str]) -> str:
    inner = bare(node)
    records = [one.cls for one in _within(inner) if isinstance(one, inspect.StructType)]
    where = f", see {sections[records[0]].partition(',')[0]}" if records else ""
    return in_words(inner) + where


def _within(node: inspect.Type) -> Iterator[inspect.Type]:
    node = bare(node)
    yield node
    if isinstance(node, inspect.DictType):
        yield from _within(node.value_type)
    elif isinstance(node, inspect.ListType):
        yield from _within(node.item_type)


def _default(field: inspect.Field) -> str:
    if field.required:
        return "none: it must be given"
    value = field.default if field.default is not NODEFAULT else field.default_factory()
    if value is None or isinstance(value, msgspec.Struct) or value in ({}, []):
        return "nothing" if not isinstance(value, msgspec.Struct) else "as there"
    return f"`{json.dumps(value, ensure_ascii=False)}`"


def _description(cls: type[msgspec.Struct], field: inspect.Field) -> str:
    schema = field.type.extra_json_schema if isinstance(field.type, inspect.Metadata) else None
    text = (schema or {}).get("description", "")
    if not text:
        raise ValueError(f"{cls.__name__}.{field.name} has no description")
    return str(text)
