"""The blocks of a body, one after the other: what the parser found becomes what the renderer writes, and its words are kept."""

from __future__ import annotations

import re
from html import escape

import msgspec
from markdown_it.token import Token

from ssg.model import Dateline, Gap, Picture, Target
from ssg.reading import inlines, paragraphs, plain, rawhtml
from ssg.reading.anchors import anchor
from ssg.reading.codes import Lines
from ssg.reading.dialect import dialect, footnote_ids
from ssg.reading.draft import Draft
from ssg.reading.gaps import Gaps, Place
from ssg.reading.holes import OPEN, Quote, Snippet, block
from ssg.reading.plain import Part, Text
from ssg.reading.text import folded

# `## Jadwal {#jadwal}`, as Hugo, Pandoc and kramdown write a heading's id (and classes, which mean nothing here).
_ATTRIBUTES = re.compile(r"\s*\{:?\s*([#.][^{}]*)\}\s*$")
_ID = re.compile(r"#([^\s#.{}]+)")
# Elements of an author's HTML that hold text or other elements, and a tag of any kind.
_HOLDER = re.compile(
    r"<(/?)(?:article|aside|blockquote|center|dd|details|div|dl|fieldset|figure|form|li|ol|p|section|table|td|th|tr|ul)[\s>]",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
_INDENTED = re.compile(r"^[ \t]+", re.MULTILINE)
_ALIGNED = {"text-align:right": "right", "text-align:center": "center"}


class Edited(msgspec.Struct, frozen=True):
    """What to write, HTML or tokens to render; the plain words of the body, their number, and those of its first paragraph."""

    parts: list[str | list[Token]]
    text: str
    words: int
    first_paragraph: str


class _Heading(msgspec.Struct):
    """A plain heading, until its id is known."""

    level: int
    inner: str
    attrs: dict[str, str | int | float] = {}

    def html(self) -> str:
        id_ = f' id="{self.attrs["id"]}"' if self.attrs else ""  # nothing in it that HTML would escape
        return f"<h{self.level}{id_}>{self.inner}</h{self.level}>\n"


def edit(source: str, draft: Draft, lines: Lines) -> Edited:
    """The blocks of a text, settled. Holes and problems go into `draft`; `lines` says where in the file a line stands."""
    editor = _Editor(draft, lines)
    for part in plain.parts(source):
        editor.take(part)
    return editor.finish()


class _Editor:
    def __init__(self, draft: Draft, lines: Lines) -> None:
        self._draft = draft
        self._lines = lines
        self._start = 0  # the line of the text at which the parsed part begins
        self._line = lines.of(0)
        self._parts: list[str | _Heading | list[Token]] = []
        self._out: list[Token] = []  # the last of the parts, if it is one of tokens
        self._words: list[str] = []
        self._headings: list[tuple[Token | _Heading, str]] = []
        self._first = -1  # where in the words the first paragraph's stand
        self._last: tuple[Token, int] | None = None  # the last paragraph, and where its words stand
        self._held = 0  # how many elements of the author's HTML are open
        self._quoted = False
        self._notes = False
        self._gaps = Gaps()

    def take(self, part: Part) -> None:
        """Settle one part of the text."""
        kind, draft = part.kind, self._draft
        first = kind == "paragraph" and self._first < 0
        if kind == "other" or (first and self._may_have_dateline(part.texts[0])):
            self._start, self._out = part.line, []
            self._parts.append(self._out)
            env = {"draft": draft}
            tokens = dialect().parse(part.source, env)
            draft.ids |= footnote_ids(env)
            self.walk(tokens)
            return
        draft.in_link = False
        if first:
            self._first = len(self._words)
        in_text = kind == "paragraph" and not self._held
        if in_text:
            self._gaps.paragraph_begins(self._here(), len(self._words))
        if kind == "list":
            items = [self._settled(text, part.line + number) for number, text in enumerate(part.texts)]
            start = f' start="{part.number}"' if part.number != 1 else ""
            opening, closing = ("<ul>\n", "</ul>\n") if part.number < 0 else (f"<ol{start}>\n", "</ol>\n")
            html = "".join([opening, *(f"<li>{item}</li>\n" for item in items), closing])
        else:
            html = self._settled(part.texts[0], part.line)
        if kind == "heading":
            heading = _Heading(draft.heading(part.number), html)
            self._parts.append(heading)
            self._headings.append((heading, self._words[-1]))
            return
        self._last = None  # the mark of the end is not plain
        if first:
            html = f"<p>{draft.holes.note(Dateline())}{html}</p>\n"
        elif kind == "paragraph":
            html = f"<p>{html}</p>\n"
        elif kind == "quote":
            html = f"<blockquote>\n<p>{html}</p>\n</blockquote>\n"
        self._parts.append(html)
        if in_text:
            self._gaps.paragraph_ends(self._here(), self._words[-1])

    def _here(self) -> Place:
        """Where the next block will stand: which part, and which token of it."""
        last = len(self._parts) - 1
        return (last, len(self._out)) if last >= 0 and self._parts[last] is self._out else (last + 1, 0)

    def _may_have_dateline(self, text: Text) -> bool:
        opening = text.plain[: text.opening].partition("\n")[0]
        return paragraphs.may_have_dateline(opening, self._draft.rules)

    def _settled(self, text: Text, line: int) -> str:
        self._words.append(text.plain.replace("\n", " "))
        self._line = self._lines.of(line)
        return plain.written(text, self._line, self._draft)

    def walk(self, tokens: list[Token]) -> None:
        place, end = 0, len(tokens)
        level = ""
        while place < end:
            token = tokens[place]
            if token.map and not self._quoted:
                self._line = self._lines.of(self._start + token.map[0])
            kind = token.type
            if token.block and token.nesting == 1:
                self._draft.in_link = False  # an author's `<a>` left open reaches no further than its block
            if kind == "paragraph_open":
                if place + 2 < end and tokens[place + 2].type == "paragraph_close" and not self._notes:
                    self._paragraph(token, tokens[place + 1], tokens[place + 2])
                    place += 3
                    continue
            elif kind == "inline":
                self._line_of_text(token)
                place += 1
                continue
            elif kind == "heading_open" and not inlines.shown(tokens[place + 1].children or ()):
                place += 3  # a heading without words leads nobody anywhere
                continue
            elif kind == "heading_open":
                level = token.tag = f"h{self._draft.heading(int(token.tag[1]))}"
            elif kind == "heading_close":
                token.tag = level
            elif kind in ("th_open", "td_open"):
                side = _ALIGNED.get(str(token.attrs.pop("style", "")))
                if side:
                    token.attrs["class"] = side
            elif kind == "html_block":
                self._draft.raw = True
                for closing in _HOLDER.findall(token.content):
                    self._held = max(0, self._held + (-1 if closing else 1))
                html, words = rawhtml.rewrite(token.content, self._line, self._draft)
                noted = self._draft.holes.only(html)  # a block that was one `<img>`
                if isinstance(noted, Picture):
                    html = block(html.strip()) + "\n"
                elif isinstance(noted, Snippet):
                    html = f"<p>{html.strip()}</p>\n"
                token.content = html
                self._words.append(words)
            elif kind == "code_block" and self._is_prose(token.content, tokens[place - 1 : place]):
                self._indented(token)
                place += 1
                continue
            elif kind in ("fence", "code_block"):
                token.content = self._draft.holes.words(token.content)
                token.info = self._draft.holes.words(token.info)
                self._words.append(token.content)
            elif kind == "footnote_block_open":
                self._notes = True
            self._out.append(token)
            place += 1

    def finish(self) -> Edited:
        if self._last and paragraphs.mark_end(self._last[0]):
            place = self._last[1]
            self._words[place] = self._words[place].rstrip()[:-3]
        for heading, words in self._headings:  # now that the ids in the author's HTML are known
            if "id" not in heading.attrs and (id_ := anchor(words, self._draft.ids)):
                heading.attrs["id"] = id_
        self._put_gaps()
        parts = [part.html() if isinstance(part, _Heading) else part for part in self._parts]
        text, count = folded(" ".join(self._words))
        if self._first >= 0:
            first = " ".join(self._words[self._first].split())
        else:
            first = next((" ".join(line.split()) for words in self._words for line in words.split("\n") if line.strip()), "")
        return Edited(parts, text, count, first)

    def _put_gaps(self) -> None:
        places = [] if self._draft.leads_on else self._gaps.chosen(self._words)
        for number, (part, token) in reversed([*enumerate(places)]):
            mark = self._draft.holes.note(Gap(number))
            found = self._parts[part]
            if isinstance(found, list):
                found.insert(token, Token("block_hole", "", 0, content=mark))
            else:
                self._parts.insert(part, block(mark) + "\n")

    def _paragraph(self, opening: Token, inline: Token, closing: Token) -> None:
        draft = self._draft
        hole = paragraphs.special(opening, inline, self._line, draft)
        if hole:
            self._out.append(hole)
            return
        children = inline.children or []
        runs = inlines.segments(children, draft, holds_blocks=True) if OPEN in inline.content else [children]
        in_text = opening.level == 0 and not (self._quoted or self._held or "class" in opening.attrs)
        for number, run in enumerate(runs):
            if isinstance(run, str):
                self._block(run)
                continue
            if in_text:
                self._gaps.paragraph_begins(self._here(), len(self._words))
            if number:
                opening, closing, inline = opening.copy(), closing.copy(), inline.copy()
            own = opening.level == 0 and not self._quoted and self._first < 0 and paragraphs.has_text(run, draft)
            own = own and "class" not in opening.attrs
            if own:
                run = paragraphs.with_dateline(run, draft)
            inline.children, words = inlines.settle(run, self._line, draft)
            self._out += (opening, inline, closing)
            if "class" in opening.attrs:
                continue  # a `Baca Juga` that leads elsewhere is no text of the article
            if own:
                self._first = len(self._words)
            if not self._quoted:
                self._last = inline, len(self._words)
            self._words.append(words)
            if in_text:
                self._gaps.paragraph_ends(self._here(), words)

    def _is_prose(self, code: str, before: list[Token]) -> bool:
        """Whether indented text, which CommonMark (4.4) takes for code, is meant to be read.

        So it is behind a blank line in an author's indented HTML, and where another generator's code in it is a link.
        """
        if OPEN in code and any(isinstance(part, Target) for part in self._draft.holes.parts(code)):
            return True
        indented = any(token.type == "html_block" and token.content[:1] == " " for token in before)
        return (self._held > 0 or indented) and _TAG.search(code) is not None

    def _indented(self, code: Token) -> None:
        text = _INDENTED.sub("", code.content)
        start = code.map[0] if code.map else 0
        tokens = dialect().parse(text, {"draft": self._draft})
        for token in tokens:
            if token.map:
                token.map = [start + line for line in token.map]
        self.walk(tokens)

    def _line_of_text(self, inline: Token) -> None:
        """The text of a heading, of a table's cell, of a footnote's paragraph."""
        opening = self._out[-1]
        children = inline.children or []
        if opening.type == "heading_open" and children and children[-1].type == "text":
            self._written_id(opening, children[-1])
        runs: list[list[Token] | str] = [children]
        if OPEN in inline.content:
            runs = inlines.segments(children, self._draft, holds_blocks=opening.type in ("td_open", "th_open"))
        for number, run in enumerate(runs):
            if isinstance(run, str):
                self._block(run)
                continue
            part = inline.copy() if number else inline
            part.children, words = inlines.settle(run, self._line, self._draft)
            self._out.append(part)
            self._words.append(words)
            if opening.type == "heading_open":
                self._headings.append((opening, words))

    def _written_id(self, heading: Token, text: Token) -> None:
        found = _ATTRIBUTES.search(text.content)
        if not found:
            return
        text.content = text.content[: found.start()]
        id_ = _ID.search(found[1])
        if id_ and id_[1] not in self._draft.ids:
            self._draft.ids.add(id_[1])
            heading.attrs["id"] = id_[1]

    def _block(self, mark: str) -> None:
        noted = self._draft.holes.only(mark)
        if isinstance(noted, Quote):
            self._quote(noted)
        else:
            self._out.append(Token("block_hole", "", 0, content=mark))

    def _quote(self, quote: Quote) -> None:
        draft = self._draft
        credit = " ".join(draft.holes.words(quote.credit).split())
        self._out.append(inlines.hole('<figure class="quote">\n<blockquote>\n' if credit else "<blockquote>\n"))
        # a footnote of a quotation would get the number of one of the article's
        text = quote.text.replace("[^", "\\[^").replace("^[", "^\\[")
        outer = self._quoted, self._line
        self._quoted, self._line = True, quote.line
        self.walk(dialect().parse(text, {"draft": draft}))
        self._quoted, self._line = outer
        self._words.append(credit)
        end = (
            f"</blockquote>\n<figcaption>{escape(credit, quote=False)}</figcaption>\n</figure>\n"
            if credit
            else "</blockquote>\n"
        )
        self._out.append(inlines.hole(end))
