"""What front matter says, before any field gives it a type: texts, lists and mappings, each key with its line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time

import msgspec

Value = str | None | list["Value"] | dict[str, "Value"]

MOST_VALUES = 10_000  # aliases of YAML can make a gigabyte out of a few lines
DEEPEST = 32


class Metadata(msgspec.Struct, frozen=True):
    """One front matter. Scalars are texts as written (None: nothing is written).

    `lines` holds the line in the file of each key of the first level, of the keys of a mapping below it (`image.src`) and of
    the mappings in a list (`corrections.0`). `twice` holds a key, the line where it was first given and the line that counts.
    `cut` holds a key, the line, and what ought to stand there, where the end of a value was probably taken for a comment.
    """

    values: dict[str, Value]
    lines: dict[str, int] = {}
    twice: tuple[tuple[str, int, int], ...] = ()
    cut: tuple[tuple[str, int, str], ...] = ()


class MetadataError(Exception):
    """Front matter that cannot be parsed: the line and column in the file, what is wrong and how to mend it."""

    def __init__(self, line: int, column: int, what: str, mend: str = "") -> None:
        super().__init__(f"{line}:{column}: {what}")
        self.line = line
        self.column = column
        self.what = what
        self.mend = mend


class Budget:
    """Counts the values of one front matter, so that neither nesting nor aliases can exhaust the machine."""

    def __init__(self) -> None:
        self._left = MOST_VALUES

    def spend(self, depth: int, line: int) -> None:
        """Count one value. Raises MetadataError if there are too many, or if it stands too deep."""
        self._left -= 1
        if depth > DEEPEST:
            raise MetadataError(line, 1, f"values stand more than {DEEPEST} deep in each other", "Take nested values out.")
        if self._left < 0:
            raise MetadataError(
                line, 1, f"the front matter holds more than {MOST_VALUES:,} values", "Move data to a file of its own."
            )


def as_texts(raw: Mapping[str, object], line: int) -> dict[str, Value]:
    """What a parser of JSON or TOML returned, every scalar turned into text; `line` is where a Problem is shown.

    Raises MetadataError if there is too much of it.
    """
    budget = Budget()

    def walk(value: object, depth: int) -> Value:
        budget.spend(depth, line)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, dict):
            return {str(key): walk(below, depth + 1) for key, below in value.items()}
        if isinstance(value, list):
            return [walk(below, depth + 1) for below in value]
        if isinstance(value, bool):
            return "true" if value else "false"
        return value.isoformat() if isinstance(value, datetime | date | time) else str(value)

    return {key: walk(value, 1) for key, value in raw.items()}


def map_texts(value: Value, change: Callable[[str], str]) -> Value:
    """`value` with `change` done to every text in it, keys too."""
    if isinstance(value, str):
        return change(value)
    if isinstance(value, list):
        return [map_texts(below, change) for below in value]
    if isinstance(value, dict):
        return {change(key): map_texts(below, change) for key, below in value.items()}
    return None
