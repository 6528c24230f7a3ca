"""Places of keys in TOML: every message about site.toml names a line."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ssg.toml_places import KeyPath, TomlPlaces


def _lines(text: str) -> dict[KeyPath, int]:
    places = TomlPlaces.of(text)
    return {path: places.at(path)[0] for path in _paths(tomllib.loads(text))}


def _paths(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _paths(inner, (*path, number))


def test_tables_dotted_and_quoted_keys_have_their_lines() -> None:
    """The ordinary shapes of a settings file."""
    text = "\n".join(['a = 1  # [not] = "this"', "[ b . c ]", 'd.e = "x = 1"', '"f.g" = 2', '[h."i j"]', "'k' = 3"])
    assert _lines(text) == {
        ("a",): 1,
        ("b",): 2,
        ("b", "c"): 2,
        ("b", "c", "d"): 3,
        ("b", "c", "d", "e"): 3,
        ("b", "c", "f.g"): 4,
        ("h",): 5,
        ("h", "i j"): 5,
        ("h", "i j", "k"): 6,
    }


def test_what_stands_in_a_long_string_is_no_key() -> None:
    """Strings of several lines, with quotes, comments and tables in them."""
    text = 'a = """\n[no]\nno = 1 \\""" # no\n"""""\nb = \'\'\'\n[no]\n\'\'\'\'\nc = ""\nd = ""\n'
    assert _lines(text) == {("a",): 1, ("b",): 5, ("c",): 8, ("d",): 9}


def test_entries_of_lists_and_inline_tables_have_their_own_lines() -> None:
    """A menu written as a list over several lines points at the entry."""
    text = 'menu = [ # first ]\n  {title = "]", "to" = {x.y = 1}},\n  # between\n  {title = "}"},\n  [1, [2]],\n]\nz = 1'
    lines = _lines(text)
    assert lines["menu", 0, "to", "x", "y"] == 2
    assert lines["menu", 1, "title"] == 4
    assert lines["menu", 2, 1, 0] == 5
    assert lines["z",] == 7


def test_each_table_of_an_array_is_its_own() -> None:
    """`[[menus.main]]` twice: the second has its own lines, and what follows belongs to it."""
    text = "[[m.main]]\nt = 1\n[[m.main]]\nt = 2\n[m.main.sub]\nq = 3\n[[m.main.deep]]\nr = 4\n"
    lines = _lines(text)
    assert lines["m", "main", 0, "t"] == 2
    assert lines["m", "main", 1, "t"] == 4
    assert lines["m", "main", 1, "sub", "q"] == 6
    assert lines["m", "main", 1, "deep", 0, "r"] == 8


def test_a_key_that_is_not_written_is_at_its_table() -> None:
    """A missing key has no line; the table that ought to hold it has one."""
    places = TomlPlaces.of("a = 1\n\n  [b]\n  c = 2\n")
    assert places.at(("b", "missing")) == (3, 3)
    assert places.at(("b", "c")) == (4, 3)
    assert places.at(("missing",)) == (1, 1)


_BLANKS = st.sampled_from(["", " ", "\t "])
_SCALARS = st.sampled_from(
    ["1", "-2.5e3", "true", "2021-12-30 19:29:00", '"# ]}"', "'\\'", '"\\""', '"""a\n[b]\nc = 1\\\n"""', "''''x'\n'''''"]
)
_VALUES = st.recursive(
    _SCALARS,
    lambda inner: st.lists(inner, max_size=3).map(lambda items: "[ # [\n" + ",\n".join(items) + "\n]"),
    max_leaves=5,
)


@st.composite
def _files(draw: st.DrawFn) -> str:
    text = ""
    for number in range(draw(st.integers(0, 8))):
        blank = draw(_BLANKS)
        key = draw(
            st.sampled_from(
                [f"k{number}", f'"k.{number}"', f"'k {number}'", f"k{number}{blank}.{blank}x", f'"\\u006b{number}"']
            )
        )
        shape = draw(st.sampled_from(["pair", "pair", "table", "array", "inline"]))
        if shape == "pair":
            text += f"{blank}{key} ={blank}{draw(_VALUES)}{blank}# = [x]\n"
        elif shape == "inline":
            text += f"{key} = {{a ={blank}1, b.c = [2, {{d = '}}'}}]}}\n"
        elif shape == "array":
            text += f"[[{blank}list{blank}]]\n" * draw(st.integers(1, 2))
        else:
            text += f"{blank}[{blank}{key}{blank}]\n"
    return text


@given(_files())
def test_every_key_of_any_file_has_its_own_place(text: str) -> None:
    """Whatever tomllib reads, every key of it is found, and at its place stands the key, its table or its list's entry."""
    places = TomlPlaces.of(text)
    lines = text.split("\n")
    for path in _paths(tomllib.loads(text)):
        line, column = places.at(path)
        there = lines[line - 1][column - 1 :]
        last = path[-1]
        assert there, path
        if isinstance(last, str):
            number = "".join(sign for sign in last if sign.isdigit())
            assert there.startswith("[") or number in there, (path, there)
    assert {path: places.at(path) for path in _paths(tomllib.loads(text))} == {
        path: TomlPlaces.of(text.replace("\n", "\r\n")).at(path) for path in _paths(tomllib.loads(text))
    }
