"""Paragraphs that mean more than their words: `Baca Juga`, a video, a lone picture; the dateline and the end mark in others."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape

import msgspec
from markdown_it.token import Token

from ssg.model import Dateline, Picture, ReadAlso, Target
from ssg.reading import inlines, links, videos
from ssg.reading.draft import Draft
from ssg.reading.rules import Rules

_LABEL = r"(?:baca juga|read also)"
_READ_ALSO = re.compile(rf"[*_\s]*{_LABEL}\b", re.IGNORECASE)
_READ_ALSO_LABEL = re.compile(rf"\s*{_LABEL}\s*:?\s*", re.IGNORECASE)
_BARE_SLUG = re.compile(rf"[*_\s]*({_LABEL})[*_\s]*:[*_\s]*(?-i:([a-z0-9]+(?:-[a-z0-9]+)*))[*_\s]*", re.IGNORECASE)
_LONE_URL = re.compile(r"<?(https?://[^\s<>\ue000]+)>?")  # U+E000 begins a mark
_DASH = r"[ \u00a0]+(?:-{1,3}|[–—])(?:[ \u00a0]+|$)"
_PAPER = r"(?:,[ \u00a0][\w./ ]{2,40})?(?:[ \u00a0]?\([\w./ ]{2,40}\))?"
_CAPITALS = re.compile(rf"\s*([A-Z][A-Z.' /]{{2,40}}{_PAPER}){_DASH}")
_BOLD_MOST = 60  # characters: what is longer is no dateline
_LEADING_DASH = re.compile(_DASH)
_END_MARK = re.compile(r"(?<!\*)\*\*\*\s*$")
_END_MARK_HTML = '<span class="end-mark">***</span>'
_MAY_BE_SPECIAL = re.compile(rf"!|(?:\[|<|http).*(?:youtu|vimeo)|{_READ_ALSO.pattern}", re.IGNORECASE | re.DOTALL)
_LINE_PARTS = frozenset({"text", "softbreak", "strong_open", "strong_close", "em_open", "em_close"})


def special(opening: Token, inline: Token, line: int, draft: Draft) -> Token | None:
    """The block hole that a paragraph becomes as a whole; None if it stays a paragraph."""
    content = inline.content
    if content.startswith("!"):
        children = inlines.shown(inline.children or ())
        if len(children) == 1 and children[0].type == "image":
            return _picture(children[0], line, draft)
    elif content.startswith(("[", "<", "http")) and ("youtu" in content or "vimeo" in content):
        return _video(inline, inlines.shown(inline.children or ()), line, draft)
    elif bare := _BARE_SLUG.fullmatch(content):
        what = f"`{bare[1]}: {bare[2]}` is no link, and is shown as it stands"
        draft.problem("link.bare", line, what, mend=f"Write `{bare[1]}: [[{bare[2]}]]`.")
    elif _READ_ALSO.match(content):
        return _read_also(opening, inlines.shown(inline.children or ()), line, draft)
    return None


def may_be_special(content: str) -> bool:
    """Whether a paragraph of this text has to be shown to `special`."""
    return _MAY_BE_SPECIAL.match(content) is not None


def _picture(image: Token, line: int, draft: Draft) -> Token | None:
    mark = draft.picture(str(image.attrs.get("src", "")), inlines.alt(image), str(image.attrs.get("title", "")), line)
    return Token("block_hole", "", 0, content=mark) if isinstance(draft.holes.only(mark), Picture) else None


def _video(inline: Token, children: list[Token], line: int, draft: Draft) -> Token | None:
    title = poster = ""
    if url := _LONE_URL.fullmatch(inline.content.strip()):
        address = unescape(url[1])
    elif children and children[0].type == "link_open" and children[-1].type == "link_close" and _links(children) == 1:
        address = str(children[0].attrs.get("href", ""))
        title, poster = _inside(children[1:-1], line, draft)
        if videos.find(title):
            title = ""
    else:
        return None
    video = videos.find(address)
    if not video:
        return None
    if video[0] in draft.rules.video_hosts:
        return Token("block_hole", "", 0, content=draft.video(*video, title, line, poster))
    if url:  # a bare address of a host that the site does not load: a link all the same
        inline.children = [inlines.text(draft.link(address, address, line))]
    return None


def _inside(children: list[Token], line: int, draft: Draft) -> tuple[str, str]:
    """The words in a link to a video, and the picture in it (its `src`, "" if there is none here)."""
    words: list[str] = []
    poster = ""
    for child in children:
        if child.type == "image":
            words.append(inlines.alt(child))
            picture = draft.holes.only(draft.picture(str(child.attrs.get("src", "")), "", "", line))
            poster = picture.src if isinstance(picture, Picture) else poster
        elif child.type in ("text", "code_inline"):
            words.append(child.content)
        else:
            words.append(" " if child.type == "softbreak" else "")
    return " ".join("".join(words).split()), poster


def _links(children: list[Token]) -> int:
    return sum(child.type in ("link_open", "headline") for child in children)


def _read_also(opening: Token, children: list[Token], line: int, draft: Draft) -> Token | None:
    if _links(children) != 1:
        return None
    label: list[str] = []
    link: Token | None = None
    inside = False
    for child in children:
        if child.type in ("link_open", "headline"):
            link, inside = child, child.type == "link_open"
        elif child.type == "link_close":
            inside = False
        elif not inside:
            if child.type not in _LINE_PARTS:
                return None
            label.append(" " if child.type == "softbreak" else child.content)
    if link is None or not _READ_ALSO_LABEL.fullmatch("".join(label)):
        return None
    target: Target | None
    if "target" in link.meta:
        target = msgspec.structs.replace(link.meta["target"], line=line)
    else:
        href = draft.href(str(link.attrs.get("href", "")), line)
        if href is None:
            return None
        target = draft.target(href)
    draft.leads_on = True
    if target and links.is_article(target):
        return Token("block_hole", "", 0, content=draft.holes.note(ReadAlso(target)))
    opening.attrs["class"] = "read-also"
    return None


def has_text(children: list[Token], draft: Draft) -> bool:
    """Whether a paragraph holds words of its own, not only pictures and tags."""
    return any(child.type in ("text", "code_inline") and draft.holes.prose(child.content).strip() for child in children)


def with_dateline(children: list[Token], draft: Draft) -> list[Token]:
    """The children of the first paragraph behind a hole for the dateline; a dateline written there is taken out.

    Capitals or bold words before a dash are one, known or not.
    """
    children = [child for child in children if child.type != "text" or child.content]
    if pattern := _datelines(draft.rules.datelines):
        shorter = _without_dateline(children, *pattern)
        if len(shorter) < len(children):
            return [inlines.hole(draft.holes.note(Dateline())), *shorter]
    written, children = _own_dateline(children)
    return [inlines.hole(draft.holes.note(Dateline(written))), *children]


def may_have_dateline(text: str, rules: Rules) -> bool:
    """Whether a first paragraph that begins with `text` ("": with markup) has to be shown to `with_dateline`."""
    patterns = _datelines(rules.datelines)
    return (
        not text.strip() or _CAPITALS.match(text) is not None or (patterns is not None and patterns[1].match(text) is not None)
    )


def _own_dateline(children: list[Token]) -> tuple[str, list[Token]]:
    """The dateline that only this text has, "" for none, and the children without it."""
    first = children[0]
    if first.type == "text" and (found := _CAPITALS.match(first.content)):
        first.content = first.content[found.end() :]
        return found[1].strip(), children
    bold = [child.type for child in children[:4]] == ["strong_open", "text", "strong_close", "text"]
    if bold and len(children[1].content) <= _BOLD_MOST and (dash := _LEADING_DASH.match(children[3].content)):
        children[3].content = children[3].content[dash.end() :]
        return children[1].content.strip(), children[3:]
    return "", children


def _without_dateline(children: list[Token], name: re.Pattern[str], whole: re.Pattern[str]) -> list[Token]:
    first = children[0]
    if first.type == "text":
        if found := whole.match(first.content):
            first.content = first.content[found.end() :]
        return children
    if first.type not in ("strong_open", "em_open") or len(children) < 4 or children[2].nesting != -1:
        return children
    bold, after = children[1], children[3]
    if bold.type != "text" or after.type != "text":
        return children
    if name.fullmatch(bold.content.strip()) and (dash := _LEADING_DASH.match(after.content)):
        after.content = after.content[dash.end() :]
        return children[3:]
    if (found := whole.match(bold.content)) and found.end() == len(bold.content):  # the dash is bold too
        after.content = after.content.lstrip()
        return children[3:]
    return children


@lru_cache(maxsize=64)
def _datelines(names: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]] | None:
    known = "|".join(re.escape(name.strip()) for name in sorted(names, key=len, reverse=True) if name.strip())
    if not known:
        return None
    return re.compile(known, re.IGNORECASE), re.compile(rf"\s*(?:{known}){_DASH}", re.IGNORECASE)


def mark_end(inline: Token) -> bool:
    """Set the end mark of the house apart in the last paragraph; whether it stands there, glued to the last word."""
    children = inline.children or []
    place = len(children) - 1
    while place >= 0 and (children[place].type == "footnote_ref" or inlines.is_blank(children[place])):
        place -= 1
    if place < 0 or children[place].type != "text":
        return False
    content = children[place].content
    found = _END_MARK.search(content)
    if not found:
        return False
    before = content[: found.start()]
    glued = before[-1:].strip() if before else place > 0 and children[place - 1].type not in ("softbreak", "hardbreak")
    if not glued:
        return False
    children[place : place + 1] = [inlines.text(before), inlines.hole(_END_MARK_HTML)]
    return True
