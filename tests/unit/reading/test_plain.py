"""What is read without the parser is what the parser would have read."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssg.reading import plain
from ssg.reading.frontmatter import split
from ssg.reading.markdown import Rendered, Rules, render
from ssg.reading.plain import Part, parts

ARCHIVES = Path(__file__).parents[4] / "shared" / "archives"
PROJECT = Path(__file__).parents[3]
RULES = Rules(
    shortcodes={"ref": "link", "img": "image", "youtube": "youtube", "quote": "quote", "note": "unwrap", "tweet": "drop"},
    datelines=("KARAWANGPOST", "Kabar Uji (1)"),
)

# Lines as writers write them, then the same with every sign that could change what a line is.
WORDS = [
    *("Warga", "kota", "itu", "S&P", "R & D", 'kata "ya"', "5 > 4", "naïve", "a_b", "2021", "“Ya,”", "ujarnya.", "Apa?"),
    *("ſ", "é"),
]
MARKUP = [
    *("*miring*", "**tebal**", "_miring_", "__tebal__", "*dua kata*", "(*dalam*)", "“**Ya.**”", "*Ya.*", "**Judul:**"),
    *("[di sini](b.md)", "[x](../a/b.md#c)", "[web](https://who.int/?a=1&b=2)", "[é](https://bücher.example/é)"),
    *("[s](/tag/x/)", "[j](javascript:alert(1))", "[j](javascript:x)", "[t](tel:+62)", "[[judul-lain]]", "[[a b]]"),
    *(
        "[h](#catatan)",
        "[k]()",
        "**[m](n.md)**",
        "_[o](p) q_",
        '[r](s.md "Judul & <x>")',
        "*[t](javascript:u) v*",
        "&#8217;kata",
    ),
    *("*a\n[b](c.md)*", "(*[d](e)*)", "*[f](g)*.", "*h ![i](j.jpg)*", "[**k**](l)"),
]
SIGNS = [
    *("*", "**", "***", "_", "__", "`", "``", "~~", "~", "[", "]", "(", ")", "](", "[[", "]]", "]:", "[^1]", "^[", "!"),
    *("![", "<", ">", "&", "&amp;", "&#8217;", "&copy", "\\", "\\*", "<b>", "</b>", "<a href='x.md'>", "<!--", "-->"),
    *(
        "<https://who.int>",
        "|",
        ":",
        "#",
        "{#id}",
        '{{< ref "a.md" >}}',
        "{{< youtube aaaaaaaaaaa >}}",
        "{{< tweet\na >}}",
        "[judul]",
    ),
    *("[a][b]", "[x](y 'j')", '[x](y "j")', "\u00a0", "\u2028", "\t", " ", " ", "  ", " \n", "-", "--", "=", "."),
]
LINES = [
    *(
        "",
        "",
        "",
        "",
        "- ",
        "* ",
        "+ ",
        "-",
        "1. ",
        "2) ",
        "10 ",
        "> ",
        ">",
        "# ",
        "## ",
        "## 1. ",
        "###  ",
        "### ",
        "####### ",
        "#",
        "    ",
    ),
    *(" ", "\t", "|", "| a | b |", "|---|---|", "---", "===", "***", "- - -", "```", "~~~", "[a]: b.md", "[^1]: ", "<div>"),
    *("</div>", "<p>", "!", "Baca Juga: ", "**Baca juga:** ", "KARAWANG - ", "KARAWANGPOST - ", "**BEKASI** – "),
    *("https://youtu.be/aaaaaaaaaaa", "=", ": ", "![f](f.jpg)", "<script>", "<pre>", "{{< quote >}}", "{{< /quote >}}"),
    *("\u00a0", "“", "("),
]
ENDS = ["\n\n", "\n\n", "\n\n", "\n\n\n", "\n", "\n", "\n  \n", " \n\n", "  \n", "***\n\n", ""]

words = st.sampled_from(WORDS) | st.sampled_from(MARKUP)
plain_lines = st.lists(words, min_size=1, max_size=5).map(" ".join)
odd_lines = st.lists(st.sampled_from(WORDS + MARKUP + SIGNS + SIGNS), max_size=7).map("".join)
begun = st.tuples(st.sampled_from(LINES), plain_lines | odd_lines, st.sampled_from(ENDS)).map("".join)
signs = st.sampled_from(["- ", "- ", "* ", "> ", "", "1. ", "07. ", "2) ", "*   ", "-     "])
several = st.tuples(signs, st.lists(plain_lines | plain_lines | odd_lines, min_size=1, max_size=4), st.sampled_from(ENDS)).map(
    lambda block: "\n".join(block[0] + line for line in block[1]) + block[2]
)
texts = st.lists(plain_lines.map("{}\n\n".format) | begun | several, max_size=8).map("".join)


@contextmanager
def parser_alone() -> Iterator[None]:
    """While this lasts, nothing is taken for plain."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plain, "parts", lambda source: iter([Part("other", 0, source)]))
        yield


def read(text: str) -> Rendered:
    return render(text, path="content/2021/12/a.md", first_line=7, rules=RULES)


def assert_same(text: str) -> None:
    found = read(text)
    with parser_alone():
        wanted = read(text)
    assert found == wanted


@given(texts)
@settings(max_examples=1500, deadline=None)
def test_plain_parts_are_read_as_the_parser_reads_them(text: str) -> None:
    """Body, links, pictures, words and problems of any text are those that the parser alone would have given."""
    assert_same(text)


@pytest.mark.skipif(not ARCHIVES.is_dir(), reason="the archives are not beside the project")
def test_real_articles_are_read_as_the_parser_reads_them() -> None:
    """So is every fifth article of two archives that nobody here wrote."""
    for file in sorted(ARCHIVES.rglob("*.md"))[::5]:
        front = split(file.read_bytes(), "content/a.md")
        assert not isinstance(front, tuple)
        assert_same(front.body)


def test_the_projects_own_texts_are_read_as_the_parser_reads_them() -> None:
    """So are the demonstration and the documentation."""
    files = [file for folder in ("ssg", "docs") for file in sorted((PROJECT / folder).rglob("*.md"))]
    assert len(files) > 5
    for file in files:
        assert_same(file.read_text(encoding="utf-8"))


NEARLY = [
    *(
        "*a *",
        "* a*",
        "x*a*",
        "*a*x",
        "**a*",
        "*a**",
        "***a***",
        "*a _b* c_",
        "_a_b",
        "x_a_",
        "__a_",
        '"*a*"',
        "*“a”*.",
        "*“a”*",
    ),
    *("*a.*b", "(*a*)", "**", "*", "_ a", "![f](f.jpg)", "!", "[a] (b)", "[a](b c)", '[a](b "t")', "[a]( b )", "[a](<b c>)"),
    *(
        "[a](b(c))",
        "[a](b\\)c)",
        "[a](b&amp;c)",
        "[a]()",
        "[](b)",
        "[a]",
        "[a](*b) *c*",
        "[*a*](b)",
        "[![f](f.jpg)](b)",
        "![[a]]",
    ),
    *("[[a]](b)", "[[a]][b]", "[[a]]: b", "[[a#b]]", "[[a|b]]", "[[ a ]]", "[[a]", "[[[a]]]", "^[a]", "[^1]", "`*a*`", "~~a~~"),
    *(
        "R&amp;D",
        "&#42;a&#42;",
        "&#8217;",
        "&nbsp;x",
        "&nbsp;",
        '[a](b "<c>")',
        "&none; x",
        "&#x41;",
        "&Tab;x",
        "&lt;b&gt;",
        "\\*a*",
        "<b>*a*</b>",
        "a&",
        "&#",
        "a&#42;&#42;&#42;",
        "a &lbrace;&num;b&rbrace;",
    ),
    *(
        "[a\nb](c)",
        "*a\nb*",
        "a  \nb",
        "a \nb",
        "a\\\nb",
        "a\n  b",
        "a\n- b",
        "a\n2. b",
        "a\n1. b",
        "a\n> b",
        "a\n---",
        "a\n=",
        "a|b\n-|-",
    ),
    *("a\n# b", "a\n*b*", "a\n***", "a\n[b](c.md)", "a\n[[b]]", "a\n[d](javascript:x)", "***", "a***", "a ***"),
]
FRAMES = [
    *(
        "{}",
        "Kata {}",
        "Kata {} kata.\n",
        "> {}",
        "- {}",
        "- Kata\n- {}",
        "## Kata {}",
        "- Kata\n-      {}",
        "Kata.\n\n{}\n\nKata.",
    ),
    *("- {}\n\n- Kata", "- {}\n\n  Kata", "1. Kata\n\n- {}", "```\nKata.\n\nKata {}\n\n```\n", "~~~\n\nKata {}\n\n~~~\n"),
    *("<pre>\n\nKata {}\n\n</pre>\n", "<!--\n\nKata {}\n\n-->\n", "[a]: c.md\n\nKata {}", "[^1]: Kata.\n\nKata {}"),
    *(
        "Kata\r\rKata {}",
        "<a href='a.md'>\n\nKata {}\n\n<img src='https://who.int/b.jpg'>\n",
        "{{{{< tweet\na >}}}}\nKata.\n\nKata {}",
    ),
]


@pytest.mark.parametrize("frame", FRAMES)
def test_what_is_nearly_plain_is_read_as_the_parser_reads_it(frame: str) -> None:
    """Signs that mean something else by what stands beside them, in blocks of each kind."""
    for text in NEARLY:
        assert_same(frame.format(text))


PLAIN = {
    "Kata *miring* dan **tebal**, [tautan](b.md).\nBaris kedua, [[slug]].": "paragraph",
    "“Ya,” kata R & D, a_b, _x_, (*y*), __Z.__": "paragraph",
    "[Di sini](b.md) 2021. Ya": "paragraph",
    "**Bekasi** 10": "paragraph",
    "## Harga *naik*": "heading",
    "> Ya,\n> [ini](b.md).": "quote",
    "- satu\n- *dua*": "list",
    "3.  satu\n4. **[dua](b.md)**": "list",
    '&#8217;Kata, [x](b.md "Judul")': "paragraph",
    "## 1. Harga": "heading",
}


@pytest.mark.parametrize("text", PLAIN)
def test_what_news_is_made_of_is_plain(text: str) -> None:
    """Paragraphs, headings, quotations and lists of words, emphases and links do not go to the parser."""
    found = list(parts(f"\n\n{text}\n \n\nAkhir.\n"))
    assert [(part.kind, part.line) for part in found] == [(PLAIN[text], 2), ("paragraph", 5 + text.count("\n"))]


def test_letters_and_digits_are_no_punctuation() -> None:
    """No sign that Python calls a letter or digit is one of those that decide whether emphasis opens or closes."""
    for sign in map(chr, range(sys.maxunicode + 1)):
        assert not (sign.isalnum() and unicodedata.category(sign)[0] in "PSZ"), hex(ord(sign))
