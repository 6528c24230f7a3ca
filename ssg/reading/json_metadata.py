"""JSON front matter (RFC 8259); numbers and yes/no become texts, as they were written."""

from __future__ import annotations

import json
import re

from ssg.reading.metadata import Metadata, MetadataError, as_texts

_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
_TOKEN = re.compile(r'("(?:[^"\\]|\\.)*")(\s*:)?|[{}\[\],]')


def end(text: str) -> int:
    """Where the JSON object at the beginning of `text` ends. Raises MetadataError, with lines from 1, if it is not JSON."""
    try:
        return _DECODER.raw_decode(text)[1]
    except json.JSONDecodeError as error:
        mend = "Keys and texts stand in double quotes, with a comma between two entries and none after the last."
        raise MetadataError(error.lineno, error.colno, f"JSON cannot read it: {error.msg}", mend) from error
    except RecursionError as error:
        raise MetadataError(1, 1, "values stand too deep in each other", "Take nested values out.") from error


def parse(text: str, first: int) -> Metadata:
    """The JSON object `text`, known to be JSON, whose first line is line `first` of its file.

    Raises MetadataError if there is too much of it.
    """
    lines, twice = _keys(text, first)
    return Metadata(as_texts(_DECODER.decode(text), first), lines, twice)


def _keys(text: str, first: int) -> tuple[dict[str, int], tuple[tuple[str, int, int], ...]]:
    """Where the keys of the first two levels stand, and the keys given twice at any depth."""
    lines: dict[str, int] = {}
    twice: list[tuple[str, int, int]] = []
    open_objects: list[tuple[dict[str, int] | None, list[str | int]]] = []  # keys seen (None: a list), the present name
    line, counted = first, 0
    for token in _TOKEN.finditer(text):
        line += text.count("\n", counted, token.start())
        counted = token.start()
        sign = token[0]
        if sign in ("{", "["):
            if sign == "{" and len(open_objects) == 2 and open_objects[-1][0] is None:
                lines[".".join(str(names[0]) for _, names in open_objects)] = line
            open_objects.append(({} if sign == "{" else None, [0]))
        elif sign in ("}", "]"):
            open_objects.pop()
        elif sign == ",":
            seen, names = open_objects[-1]
            if seen is None and isinstance(names[0], int):
                names[0] += 1
        elif token[2]:
            seen, names = open_objects[-1]
            key = names[0] = str(json.loads(token[1]))
            path = ".".join(str(part[0]) for _, part in open_objects)
            if seen is not None:
                if key in seen:
                    twice.append((path, seen[key], line))
                seen[key] = line
            if len(open_objects) <= 2:
                lines[path] = line
    return lines, tuple(twice)
