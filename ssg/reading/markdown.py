"""Markdown into a body: HTML with typed holes for what only the archive knows.

The source loses other generators' codes, the parser reads the Markdown that is not plain, the blocks are settled one by one,
the renderer writes them, and where an author wrote HTML of his own the whole is cleaned. Marks stand for the holes until the
end.
"""

from __future__ import annotations

import msgspec

from ssg.model import Address, Body, Gap, Headline, Href, Image, Picture, Problem, ReadAlso, Target, Video
from ssg.reading import codes, rawhtml
from ssg.reading.blocks import edit
from ssg.reading.dialect import rendered
from ssg.reading.draft import Draft
from ssg.reading.holes import unmarked
from ssg.reading.rules import Rules

__all__ = ["Rendered", "Rules", "render"]


class Rendered(msgspec.Struct, frozen=True):
    """A body, and what can be said of it without knowing the archive.

    `links`: what it links to of this site, articles, pages and attachments, in order (`path`, `slug` and `ref` Targets).
    `pictures`: the pictures and posters, in order. `first_paragraph` and `text` are plain text with white space folded,
    without dateline, end mark and `Baca Juga`; `words` counts the words of `text`, `gaps` the holes of that kind.
    """

    body: Body
    links: tuple[Target, ...] = ()
    pictures: tuple[Image, ...] = ()
    first_paragraph: str = ""
    text: str = ""
    words: int = 0
    gaps: int = 0
    problems: tuple[Problem, ...] = ()


def render(text: str, *, path: str, first_line: int, rules: Rules) -> Rendered:
    """The body that `text` becomes.

    `path` is the source's, relative to the site's folder ("content/2021/12/a.md"); `text` begins on its line `first_line`.
    Never raises on bad input: what cannot be shown is among the problems (`code.unknown`, `html.removed`, `photo.remote`).
    """
    draft = Draft(path, rules)
    source, lines = codes.take_out(unmarked(text), first_line, draft)
    edited = edit(source, draft, lines)
    html = "".join(part if isinstance(part, str) else rendered(part, draft) for part in edited.parts)
    if draft.raw:
        html = rawhtml.clean(html)
    body = draft.holes.body(html)
    return Rendered(
        body,
        links=tuple(target for target in map(_target, body) if target and target.how != "page"),
        pictures=tuple(image for image in map(_image, body) if image),
        first_paragraph=edited.first_paragraph,
        text=edited.text,
        words=edited.words,
        gaps=sum(type(part) is Gap for part in body),
        problems=draft.problems,
    )


def _target(part: object) -> Target | None:
    return part.target if isinstance(part, Href | Address | Headline | ReadAlso) else None


def _image(part: object) -> Image | None:
    match part:
        case Picture():
            return Image(part.src, part.alt, part.caption, line=part.line)
        case Video(poster=poster) if poster:
            return Image(poster, part.title, line=part.line)
        case _:
            return None
