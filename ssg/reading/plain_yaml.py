"""The plain front matter of most files, read line by line: keys with a text, or with a list of texts.

What is taken for plain, by the rules of YAML 1.2.2 that make it certain (1.1 has the same ones under other numbers): every line
begins with a key at the margin, or is an item of a list below one (8.2.1, 8.2.2). A text without quotes begins with a letter or
digit and holds no `#`, and no colon at its end or before a blank (7.3.3); one in quotes holds neither those nor a backslash
(7.3.1, 7.3.2). A list in brackets has only letters, digits and a few harmless signs in its items (7.4.1). All else goes to the
parser. A law in the tests compares both ways of reading front matter.
"""

from __future__ import annotations

import re

from ssg.reading.metadata import Metadata, Value

NULLS = frozenset({"", "~", "null", "Null", "NULL"})

_MOST = 2_000  # characters: within all that the parser allows
_SIGNS = "“”‘’–—…"
_BARE = rf"""[^\W_][\w !-"$-9;-~{_SIGNS}]*(?::(?![ ]|\Z)[\w !-"$-9;-~{_SIGNS}]*)*"""
_SCALAR = rf"""({_BARE})|"([\w !#-\[\]-~{_SIGNS}]*)"|'([\w -&(-~{_SIGNS}]*)'"""
_KEY = re.compile(rf"([A-Za-z][A-Za-z0-9_-]*):(?: +(?:{_SCALAR}|\[ *([^\W_][\w ,./()'’+-]*)?\]))? *")
_ITEM = re.compile(rf"( *)- +(?:{_SCALAR}) *")
_NOTHING = re.compile(rf" *(?:#[\w -~{_SIGNS}]*)?")


def parse(text: str, first: int) -> Metadata | None:
    """As `yaml_metadata.parse`, or None if that has to be asked."""
    if len(text) > _MOST:
        return None
    values: dict[str, Value] = {}
    lines: dict[str, int] = {}
    key = ""  # the last one, if nothing but items stands behind it
    indent = ""
    for number, line in enumerate(text.split("\n"), first):
        if found := _KEY.fullmatch(line):
            name, bare, double, single, listed = found.groups()
            if name in values or name in NULLS:
                return None
            key = ""
            if bare is not None or double is not None or single is not None:
                values[name] = _scalar(bare, double, single)
            elif listed is not None:
                items = [item.strip(" ") for item in listed.split(",")]
                if not all(item[:1].isalnum() for item in items):
                    return None
                values[name] = [None if item in NULLS else item for item in items]
            elif line.rstrip(" ")[-1] == "]":
                values[name] = []
            else:
                values[name] = None
                key = name
            lines[name] = number
        elif key and (found := _ITEM.fullmatch(line)):
            below, *scalar = found.groups()
            listed_before = values[key]
            if isinstance(listed_before, list):
                if below != indent:
                    return None
                listed_before.append(_scalar(*scalar))
            else:
                values[key], indent = [_scalar(*scalar)], below
        elif not _NOTHING.fullmatch(line):
            return None
    return Metadata(values, lines)


def _scalar(bare: str | None, double: str | None, single: str | None) -> str | None:
    if bare is None:
        return single if double is None else double
    bare = bare.rstrip(" ")
    return None if bare in NULLS else bare
