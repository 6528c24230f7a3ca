"""Front matter that is read line by line is what the parser of YAML would have read."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssg.reading import plain_yaml
from ssg.reading.frontmatter import FrontMatter, split
from ssg.reading.metadata import Metadata, MetadataError
from ssg.reading.yaml_metadata import parse

ARCHIVES = Path(__file__).parents[4] / "shared" / "archives"

VALUES = [
    *(
        "Satu dua",
        "a  b",
        "2021-12-30 19:29:00 -0500",
        "1:00:19",
        "http://x.id/?a=1&b=2",
        "no",
        "null",
        "~",
        "Null",
        "''",
        '""',
    ),
    *("'it''s'", "'x'", '"y: z # q"', "'a\\b'", '"a\\tb"', "a: b", "a:", "a :b", "x #c", "x#c", "#c", "[a, b]", "[a,b ,c]"),
    *(
        "[]",
        "[ ]",
        "[a,]",
        "[a,,b]",
        "[ null, x]",
        "[a b, c-d]",
        "[-a]",
        "[a: b]",
        "[it's, b]",
        '["q", b]',
        "{a: b}",
        "|",
        ">-",
    ),
    *("&a x", "*a", "!t x", "%x", "@x", "`x`", "é “kata”", "\u00a0x", "x\u00a0y", "x\u2028y", "x\ty", "\tx", "😀", "x😀"),
    *("x, y] }", "(x)", "-x", "- x", "? x", "x?", "'x' y", '"x" # c', "=", "<<", "---", "...", "x\\", "_x", "٣", "a'b", 'a"b'),
    *("x:y:z", "12:", "[1:2]", "[x  y]", "\ufeffx", "x\ufeff", "\x7f", "x\x85y", ""),
]
KEYS = ["title", "date", "tags", "a", "c-d", "e_f", "null", "~", "<<", "k y", "é", "x1", "1x", "'q'", "? z", "-k", "y", "title"]

values = st.sampled_from(VALUES)
keys = st.sampled_from(KEYS[:4]) | st.sampled_from(KEYS)
ends = st.sampled_from(["", "", "", " ", " # c"])
pairs = st.tuples(keys, st.sampled_from([": ", ": ", ": ", ":  ", ":", " : "]), values, ends).map("".join)
indents = st.sampled_from(["", "  ", "  ", "    "])
items = st.tuples(indents, st.lists(values, min_size=1, max_size=3)).map(lambda of: "\n".join(f"{of[0]}- {v}" for v in of[1]))
lists = st.tuples(keys, ends, items).map("{0[0]}:{0[1]}\n{0[2]}".format)
odd = st.sampled_from(["", "# c", "  # c: d", "#", "# é\u00a0x", "  - x", "- x", "  x", "  x: y", "\ta", "---", "    - y"])
heads = st.lists(pairs | pairs | lists | odd, max_size=6).map("\n".join)


@given(heads)
@settings(max_examples=2000, deadline=None)
def test_plain_front_matter_is_read_as_the_parser_reads_it(head: str) -> None:
    """What is plain of any front matter has the values, in their order, and the lines that the parser gives; and no fault."""
    found = plain_yaml.parse(head, 2)
    if found is not None:
        assert_parsed(head, found)


@pytest.mark.parametrize(
    "frame", ["a: {}", "a: {} ", "a:\n- {}", "a:\n  - x\n  - {}\nb: c", "a: [x, {}]", "a: x\n{}", "{}: x", "b:\na: {}\n- x"]
)
def test_each_value_is_read_as_the_parser_reads_it(frame: str) -> None:
    """So is every value that was thought of, in every place where one can stand."""
    for value in (*VALUES, *KEYS):
        head = frame.format(value)
        found = plain_yaml.parse(head, 2)
        if found is not None:
            assert_parsed(head, found)


def assert_parsed(head: str, found: Metadata) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain_yaml, "parse", lambda text, first: None)
        try:
            wanted: Metadata | str = parse(head, 2)
        except MetadataError as bad:
            wanted = str(bad)
    assert found == wanted
    assert isinstance(wanted, Metadata)
    assert list(found.values) == list(wanted.values)


PLAIN = """\
# Catatan redaksi
title: Harga "naik" lagi, 10:30
date: 2021-12-30 19:29:00 +0700
summary: "Kata: # bukan komentar"
source: 'https://who.int/'

tags: [NATO, Uni Eropa]
none: []
draft:
editor:
  # dua orang
  - M Haidar
  - "A: B"
region:
- Karawang
"""


def test_what_front_matter_is_made_of_is_plain() -> None:
    """Texts, with quotes or without, and lists of them do not go to the parser."""
    found = plain_yaml.parse(PLAIN, 2)
    assert found is not None
    assert_parsed(PLAIN, found)


@pytest.mark.skipif(not ARCHIVES.is_dir(), reason="the archives are not beside the project")
def test_real_front_matter_is_read_as_the_parser_reads_it() -> None:
    """So is that of every article of two archives that nobody here wrote; of most it is plain."""
    plain = 0
    files = sorted(ARCHIVES.rglob("*.md"))
    for file in files:
        head = file.read_text(encoding="utf-8-sig").lstrip().removeprefix("---\n").partition("\n---")[0]
        found = plain_yaml.parse(head, 2)
        if found is not None:
            plain += 1
            assert_parsed(head, found)
        assert isinstance(split(file.read_bytes(), "content/a.md"), FrontMatter)
    assert plain > len(files) / 2
