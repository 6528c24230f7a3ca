"""TOML front matter (toml.io/en/v1.0.0); numbers, dates and yes/no become texts, as they were written."""

from __future__ import annotations

import re
import tomllib
from collections import Counter

from ssg.reading.metadata import Metadata, MetadataError, as_texts

_POSITION = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")
_NAME = r"""(?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')"""
_KEY = re.compile(rf"\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*=")
_TABLE = re.compile(rf"\s*(\[\[?)\s*({_NAME}(?:\s*\.\s*{_NAME})*)\s*\]")
_DRESS = re.compile(r"[\s\"']")


def parse(text: str, first: int) -> Metadata:
    """The TOML table `text`, whose first line is line `first` of its file.

    Raises MetadataError if it is not TOML (a key given twice is not), or too much.
    """
    try:
        values = as_texts(tomllib.loads(text, parse_float=str), first)
    except ValueError as error:  # TOMLDecodeError is one; an endless number is another
        said = str(error)
        found = _POSITION.search(said)
        reason = said[: found.start()] if found else said
        row = int(found[1]) - 1 if found and found[1] else text.rstrip("\n").count("\n")
        column = int(found[2]) if found and found[2] else 1
        mend = "Write `key = value`; a text stands in quotes, a key stands once. See toml.io."
        raise MetadataError(first + row, column, f"TOML cannot read it: {reason}", mend) from error
    except RecursionError as error:
        raise MetadataError(first, 1, "values stand too deep in each other", "Take nested values out.") from error
    return Metadata(values, _lines(text, first))


def _lines(text: str, first: int) -> dict[str, int]:
    """Where the keys stand. The text is known to be TOML, so that looking at how each line begins is enough."""
    lines: dict[str, int] = {}
    table, fence = "", ""
    entries: Counter[str] = Counter()
    for number, row in enumerate(text.split("\n"), first):
        if not fence:
            if header := _TABLE.match(row):
                table = _DRESS.sub("", header[2])
                lines.setdefault(table, number)
                if header[1] == "[[":
                    table = f"{table}.{entries[table]}"
                    lines[table] = number
                    entries[_DRESS.sub("", header[2])] += 1
            elif key := _KEY.match(row):
                name = _DRESS.sub("", key[1])
                lines[f"{table}.{name}" if table else name] = number
        for mark in ('"""', "'''"):
            if fence in ("", mark) and row.count(mark) % 2:
                fence = "" if fence else mark
    return lines
