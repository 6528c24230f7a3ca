"""Lines of front matter, written so that every reader of YAML, TOML or JSON takes them for the text that they are."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence

import yaml

from ssg.model import Place
from ssg.problems import stop
from ssg.reading.keys import Keys

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def name_of(keys: Keys, key: str) -> str:
    """The front matter key to write for `key` of ours: itself, or where the site maps it to another, the first that is read.

    Raises BuildStopped (settings.bad) if `[fields]` of site.toml leaves no key that is read for it.
    """
    names = keys.read[key]
    if not names:
        what = f"[fields] gives `{key}` to another field, and names no key that is read for `{key}`"
        raise stop(Place("site.toml"), "settings.bad", what, f'Add for instance `{key} = ["{key}_"]` to [fields].')
    return key if key in names else names[0]


def yaml_lines(values: Mapping[str, str | Sequence[str]]) -> str:
    """A YAML mapping, one key a line and lists in brackets, quoted where it would otherwise be read as something else."""
    lines = []
    for key, value in values.items():
        # None: what holds no further list stands in brackets; a mapping of one text would stand in braces.
        style, node = (False, value) if isinstance(value, str) else (None, list(value))
        dumped = yaml.safe_dump({key: node}, allow_unicode=True, width=float("inf"), default_flow_style=style)
        lines.append(dumped)
    return "".join(lines)


def toml_line(key: str, value: str) -> str:
    """`key = "value"`."""
    return f"{key if _BARE.fullmatch(key) else quoted(key)} = {quoted(value)}"


def json_member(key: str, value: str) -> str:
    """`"key": "value"`."""
    return f"{quoted(key)}: {quoted(value)}"


def quoted(text: str) -> str:
    """A text in double quotes, as JSON and TOML both have it. (TOML escapes DEL as well, which none of our texts holds.)"""
    return json.dumps(text, ensure_ascii=False)
