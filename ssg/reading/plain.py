r"""The plain parts of a text: those that can be read without the parser, and are written as it would write them.

Most of a news text is paragraphs of words, with a link or an emphasis here and there; a pattern finds these many times faster.
What is taken for plain is told here, with the rules of CommonMark 0.31.2 that make it certain. All else goes to the parser,
as it stands, so that nothing is left to guess. A law in the tests compares both ways of reading a text.

Blocks (chapters 3 to 5). No block but fenced code (4.5) and HTML of kinds 1 to 5 (4.6) goes on behind a blank line when the
next line begins at the margin with something that is no item of a list (5.2, 5.3). So a text without these two can be cut at
such lines; and without link references (4.7) and footnotes no part has a say in another. A line that begins with a letter
begins no block but a paragraph (4.8), and ends none; `=`, `-`, `|` and `:` can make one a heading or a table.

Emphasis (6.2). A run of `*` or `_` behind white space and before none can only open; one before white space and behind none
can only close; and so can a run with a sign of punctuation on its outer side and a letter or digit on its inner one. Between
two such runs of one length and without other signs there is nothing to choose. An `_` between letters is a letter.

Links (6.3). `[words](address)` without signs in the words is a link, whatever references there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal

import msgspec
from markdown_it.common.utils import MD_TRIM_CHARS, escapeHtml, unescapeAll

from ssg.model import Headline, Target
from ssg.reading.dialect import normalised
from ssg.reading.draft import Draft
from ssg.reading.holes import OPEN
from ssg.reading.paragraphs import may_be_special

_HTML = re.compile(r"<(?:script|pre|style|textarea|[!?])", re.IGNORECASE)
_LEADING = re.compile(r"(?:[ \t]*\n)*")
_GAP = re.compile(r"\n(?:[ \t]*\n)+")

# How a line begins that can only be a paragraph's: a letter, a quotation mark, a link, an emphasis, a number that counts no
# item.
_BEGIN = r"""(?:[^\W\d_]|["'“‘(\[&.$%@…]|(?:\*\*?|__?)(?=[^\s*_])|\d(?!\d{0,8}[.)](?:\s|\Z)))"""
_LINES = re.compile(rf"{_BEGIN}[^\n]*(?:\n{_BEGIN}[^\n]*)*\n?")
_QUOTE = re.compile(rf"> {_BEGIN}[^\n]*(?:\n> {_BEGIN}[^\n]*)*\n?")
_LIST = re.compile(
    rf"(?:([-+*])|([0-9]{{1,9}})([.)])) {{1,4}}{_BEGIN}[^\n]*(?:\n(?:\1|[0-9]{{1,9}}\3) {{1,4}}{_BEGIN}[^\n]*)*\n?"
)
_MARKER = re.compile(r"(?:[-+*]|[0-9]+[.)]) +")
_HEADING = re.compile(r"(#{1,6}) +([^\s#{](?:[^\n#{]|(?<=&)#)*)\n?")
_GOES_ON = frozenset(" \t-+*0123456789")  # behind a list: it may be another item, or a part of the last one

_SIGN = re.compile(r"[\\`~*_\[\]<&]")
_WORDS = r"[^\\`~*_\[\]<&]*+"
_LABEL = r"[^\n\\`~*_\[\]<&]++"
_LINKED = rf"""\[ ({_LABEL}) \] \( ([^\s()<>\[\]\\`*\x00-\x20\x7f]+) (?:[ ]"([^"\\&\n]*)")? \)"""
_STRESS = re.compile(
    rf"""(?: (?<![^ \n]) (?=[*_]{{1,2}}[^\s*_]) | (?<=["(“‘]) (?=[*_]{{1,2}}[^\W_]) )
    (\*\*?|__?) ({_WORDS} (?: {_LINKED} {_WORDS} )*+)
    (?: (?<=[^\W_]) \1 (?=[ \n.,;:!?)"”’]|\Z) | (?<=\S) \1 (?=[ \n]|\Z) )""",
    re.VERBOSE,
)
_LINK = re.compile(
    rf"""(?<![!^]) (?: {_LINKED}
    | \[\[ ([^\n\\`~*_\[\]<&|#>]++) \]\] (?![(\[:]) )""",
    re.VERBOSE,
)
_ENTITY = re.compile(r"&(#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});")


class Link(msgspec.Struct):
    """A link in a text: its place among the pieces of HTML, and the line breaks before it.

    It has `words`, as HTML, an `address` and maybe a `title`; or a `slug`.
    """

    place: int
    breaks: int
    words: str
    address: str
    title: str
    slug: str


class Text(msgspec.Struct):
    """A plain text: its HTML in pieces, an empty one for each of its links, and its words without markup.

    `opening` is how much of `plain` stands before all markup.
    """

    html: list[str]
    plain: str
    opening: int
    links: list[Link] = []


class Part(msgspec.Struct):
    """A part of a text: a plain block with its texts, or blocks of any kind (`other`).

    `line`, from 0, is where it begins; `number` is a heading's level, or that of a list's first item (-1: without numbers).
    """

    kind: Literal["paragraph", "heading", "list", "quote", "other"]
    line: int
    source: str
    texts: list[Text] = []
    number: int = 0


def parts(source: str) -> Iterator[Part]:
    """The parts of a Markdown text, in order; side by side no two of kind `other`."""
    if _hangs_together(source):
        yield Part("other", 0, source)
        return
    leading = _LEADING.match(source)
    start = leading.end() if leading else 0
    line = source.count("\n", 0, start)
    other, other_line = -1, 0  # where the blocks begin that wait to be parsed together
    while start < len(source):
        gap = _GAP.search(source, start)
        end, following = gap.span() if gap else (len(source), len(source))
        part = _plain(source[start:end], line, source[following : following + 1], behind_other=other >= 0)
        if part is None:
            if other < 0:
                other, other_line = start, line
        else:
            if other >= 0:
                yield Part("other", other_line, source[other:start])
                other = -1
            yield part
        line += source.count("\n", start, following)
        start = following
    if other >= 0:
        yield Part("other", other_line, source[other:])


def _hangs_together(source: str) -> bool:
    """Whether there may be fences, link references, footnotes, HTML that blank lines do not end, or signs to be replaced."""
    return (
        "]:" in source
        or ("`" in source and "```" in source)
        or ("~" in source and "~~~" in source)
        or ("^" in source and ("[^" in source or "^[" in source))
        or ("<" in source and _HTML.search(source) is not None)
        or "\r" in source
        or "\0" in source
    )


def _plain(block: str, line: int, following: str, *, behind_other: bool) -> Part | None:
    if " \n" in block or "\t\n" in block:  # a hard line break, perhaps
        block = block.rstrip(MD_TRIM_CHARS)
        if " \n" in block or "\t\n" in block:
            return None
    if OPEN in block:
        return None
    number = 0
    kind: Literal["paragraph", "heading", "list", "quote"]
    if _LINES.fullmatch(block):
        kind, written = "paragraph", [block]
    elif heading := _HEADING.fullmatch(block):
        kind, number, written = "heading", len(heading[1]), [heading[2]]
    elif _QUOTE.fullmatch(block):
        kind, written = "quote", [block[2:].replace("\n> ", "\n")]
    elif following not in _GOES_ON and not behind_other and (listed := _LIST.fullmatch(block)):
        kind, number = "list", -1 if listed[2] is None else int(listed[2])
        written = [_MARKER.sub("", item, count=1) for item in block.split("\n") if item]
    else:
        return None
    texts = []
    for text in written:
        text = text.rstrip(MD_TRIM_CHARS)
        found = _text(text)
        if found is None:
            return None
        # a heading loses the white space that entities write at its ends
        if found.plain != found.plain.strip() if kind == "heading" else may_be_special(text):
            return None
        texts.append(found)
    return Part(kind, line, block, texts, number)


def _text(source: str) -> Text | None:
    """The text with its links and emphases; None if there are signs that may mean something else."""
    escaped = escapeHtml if "&" in source or ">" in source or '"' in source else str  # no "<" is plain
    sign = _SIGN.search(source)
    if not sign:
        return Text([escaped(source)], source, len(source))
    html: list[str] = []
    words: list[str] = []
    links: list[Link] = []
    opening = -1
    done = 0
    while sign:
        at = sign.start()
        kind = source[at]
        if kind == "[":
            item = _LINK.match(source, at)
        elif kind in "*_":
            item = _STRESS.match(source, at)
        elif kind == "&":
            item = _ENTITY.match(source, at)
        else:
            return None
        if item is None:
            # `a_b` and `R & D` mean themselves
            following = source[at + 1 : at + 2]
            if not (following != "#" if kind == "&" else kind == "_" and following.isalnum() and source[at - 1 : at].isalnum()):
                return None
            sign = _SIGN.search(source, at + 1)
            continue
        before = source[done:at]
        html.append(escaped(before))
        words.append(before)
        if kind == "&":
            meant = unescapeAll(item[0])
            if len(meant) > 1 or (meant.isascii() and meant not in "&<>\"'"):
                return None  # unknown, or a sign that may mean something later on
            html.append(escapeHtml(meant))
            words.append(meant)
        else:
            if opening < 0:
                opening = sum(map(len, words))
            if kind == "[":
                label, address, title, slug = item.groups("")
                links.append(Link(len(html), source.count("\n", 0, at), escaped(label), address, title, slug))
                html.append("")
                words.append(label)
            elif "[" in item[2]:
                inner = _text(item[2])
                if inner is None:
                    return None
                tag = "em" if len(item[1]) == 1 else "strong"
                html.append(f"<{tag}>")
                breaks = source.count("\n", 0, at)
                for link in inner.links:
                    link.place += len(html)
                    link.breaks += breaks
                links += inner.links
                html += inner.html
                html.append(f"</{tag}>")
                words.append(inner.plain)
            else:
                tag = "em" if len(item[1]) == 1 else "strong"
                html.append(f"<{tag}>{escaped(item[2])}</{tag}>")
                words.append(item[2])
        done = item.end()
        sign = _SIGN.search(source, done)
    html.append(escaped(source[done:]))
    words.append(source[done:])
    plain = "".join(words)
    return Text(html, plain, len(plain) if opening < 0 else opening, links)


def written(text: Text, line: int, draft: Draft) -> str:
    """The HTML of a text; its links are settled in `draft`. `line`, of the file, is its first one's."""
    for link in text.links:
        if link.slug:
            html = draft.holes.note(Headline(Target("slug", link.slug.strip(), "", line + link.breaks)))
        else:
            href = draft.href(normalised(unescapeAll(link.address)), line + link.breaks)
            title = f' title="{escapeHtml(link.title)}"' if link.title else ""
            html = link.words if href is None else f'<a href="{escapeHtml(href)}"{title}>{link.words}</a>'
        text.html[link.place] = html
    return "".join(text.html)
