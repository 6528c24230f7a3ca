"""What stands in a line of text: links, pictures and marks of codes, made into what the renderer writes; and its words."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from markdown_it.token import Token

from ssg.model import Headline, Picture, Video
from ssg.reading import rawhtml, videos
from ssg.reading.draft import Draft
from ssg.reading.holes import OPEN, Quote


def settle(children: list[Token], line: int, draft: Draft) -> tuple[list[Token], str]:
    """The tokens of one inline token, their links and pictures settled; and their words. `line` is the first one's."""
    settled: list[Token] = []
    words: list[str] = []
    refused = False
    for token in children:
        kind = token.type
        if kind == "text":
            if draft.in_link and OPEN in token.content:
                token.content = draft.holes.without_links(token.content)
            words.append(token.content)
        elif kind in ("softbreak", "hardbreak"):
            line += 1
            words.append(" ")
        elif kind == "link_open":
            href = _href(token, line, draft)
            if href is None:
                refused = True
                continue
            token.attrs["href"] = href
            draft.in_link = True
        elif kind == "link_close":
            draft.in_link = False
            if refused:
                refused = False
                continue
        elif kind == "image":
            token = _picture(token, line, draft)
        elif kind == "code_inline":
            token.content = draft.holes.words(token.content)
            words.append(token.content)
        elif kind == "html_inline":
            draft.raw = True
            newlines = token.content.count("\n")
            token.content, html_words = rawhtml.rewrite(token.content, line, draft)
            words.append(html_words)
            line += newlines
        elif kind == "headline":
            token = hole(draft.holes.note(Headline(msgspec.structs.replace(token.meta["target"], line=line))))
        settled.append(token)
    return settled, draft.holes.prose("".join(words))


def hole(mark: str) -> Token:
    """A token that the renderer writes as it is."""
    return Token("hole", "", 0, content=mark)


def text(content: str) -> Token:
    """A token of plain text."""
    return Token("text", "", 0, content=content)


def shown(tokens: Iterable[Token]) -> list[Token]:
    """`tokens` without white space at both ends."""
    kept = list(tokens)
    while kept and is_blank(kept[0]):
        kept.pop(0)
    while kept and is_blank(kept[-1]):
        kept.pop()
    if kept and kept[0].type == "text":
        kept[0].content = kept[0].content.lstrip()
    if kept and kept[-1].type == "text":
        kept[-1].content = kept[-1].content.rstrip()
    return kept


def is_blank(token: Token) -> bool:
    """Whether a token is nothing but white space."""
    return token.type in ("softbreak", "hardbreak") or (token.type == "text" and not token.content.strip())


def alt(token: Token) -> str:
    """The words of an image's description."""
    return "".join(
        alt(child) if child.type == "image" else " " if child.type in ("softbreak", "hardbreak") else child.content
        for child in token.children or ()
        if child.type != "html_inline"
    )


def segments(children: list[Token], draft: Draft, holds_blocks: bool) -> list[list[Token] | str]:
    """`children` cut where a code of another generator left a block: runs of tokens, and marks of blocks between them.

    Videos and quotations are blocks, and pictures that stand alone on their line. Where no block can stand
    (not `holds_blocks`, or inside a link or emphasis) a video becomes a link, and a quotation its words.
    """
    cut: list[list[Token] | str] = [[]]
    depth = links = 0
    for place, token in enumerate(children):
        depth += token.nesting
        links += token.nesting if token.tag == "a" else 0
        run = cut[-1]
        assert isinstance(run, list)
        if token.type != "text" or OPEN not in token.content:
            run.append(token)
            continue
        for part, mark in draft.holes.marked(token.content):
            if isinstance(part, str):
                run.append(text(part))
            elif not isinstance(part, Video | Quote | Picture):
                run.append(text(mark))
            elif holds_blocks and not depth and (not isinstance(part, Picture) or _alone(children, place, draft)):
                run = []
                cut += [mark, run]
            elif isinstance(part, Picture):
                run.append(text(mark))
            elif isinstance(part, Quote):
                run.append(text(draft.holes.words(part.text)))
            else:
                url = videos.page(part.host, part.id)
                run.append(text(draft.link(url, part.title or url, part.line, linked=links > 0)))
    if len(cut) == 1:
        return cut
    runs = [part if isinstance(part, str) else shown(part) for part in cut]
    return [run for run in runs if run]


def _alone(children: list[Token], place: int, draft: Draft) -> bool:
    breaks = ("softbreak", "hardbreak")
    before = place == 0 or children[place - 1].type in breaks
    after = place == len(children) - 1 or children[place + 1].type in breaks
    return before and after and draft.holes.only(children[place].content) is not None


def _href(token: Token, line: int, draft: Draft) -> str | None:
    if token.meta and "target" in token.meta:
        return draft.holes.note(msgspec.structs.replace(token.meta["target"], line=line))
    if "title" in token.attrs:
        token.attrs["title"] = draft.holes.words(str(token.attrs["title"]))
    return draft.href(str(token.attrs.get("href", "")), line)


def _picture(token: Token, line: int, draft: Draft) -> Token:
    src, caption = str(token.attrs.get("src", "")), str(token.attrs.get("title", ""))
    return hole(draft.picture(src, alt(token), caption, line, draft.in_link))
