"""A body in the making: the holes, problems and words that are found while it is rendered."""

from __future__ import annotations

import posixpath
import re
from html import escape

from ssg.catalogue import CATALOGUE
from ssg.model import Picture, Place, Problem, Target, Video
from ssg.reading import links, videos
from ssg.reading.holes import NOTHING, OPEN, Holes, Snippet
from ssg.reading.rules import Rules

_REMOTE = re.compile(r"(?:https?:)?//", re.IGNORECASE)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


class Draft:
    """What is known of one body while it is rendered; `path` is the source's, relative to the site's folder.

    `raw`: the source holds HTML of its own, which has to be cleaned. `in_link`: what is being read stands inside a link.
    `ids`: the ids that are taken in this page. `leads_on`: the writer put a `Baca Juga` into it.
    """

    def __init__(self, path: str, rules: Rules) -> None:
        self.path = path
        self.rules = rules
        self.holes = Holes()
        self.raw = False
        self.in_link = False
        self.ids: set[str] = set()
        self.leads_on = False
        self._folder = posixpath.dirname(path.removeprefix("content/"))
        self._levels: list[int] = []  # of the headings that the next one stands under
        self._problems: dict[tuple[str, str], Problem] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What was found wrong, in the order of the text."""
        return tuple(sorted(self._problems.values(), key=lambda problem: (problem.place, problem.code, problem.what)))

    def problem(self, code: str, line: int, what: str, about: str = "", mend: str = "") -> None:
        """Note a problem, once in this file for each `about` (or, without it, each `what`)."""
        problem = Problem(Place(self.path, line), code, what, mend or CATALOGUE[code].cure)
        self._problems.setdefault((code, about or what), problem)

    def href(self, written: str, line: int) -> str | None:
        """What stands in `href` for a link to `written`: a mark or an address of the web; None if it is refused."""
        if OPEN in written:
            first, *rest = self.holes.parts(written.strip())
            if first == NOTHING and not rest:
                return None  # a code that was taken out, and reported
            if isinstance(first, Target):
                fragment = self.holes.words("".join(part for part in rest if isinstance(part, str))).partition("#")[2]
                return self.holes.note(Target(first.how, first.to, fragment or first.fragment, first.line))
            written = self.holes.words(written)
        try:
            settled = links.settle(written, self._folder, line)
        except links.RefusedLinkError as refused:
            self.problem("html.removed", line, f"a link to `{refused.scheme}:` was taken out; its words stay")
            return None
        return settled if isinstance(settled, str) else self.holes.note(settled)

    def target(self, href: str) -> Target | None:
        """The Target whose mark `href` is; None for an address of the web."""
        noted = self.holes.only(href)
        return noted if isinstance(noted, Target) else None

    def picture(self, src: str, alt: str, caption: str, line: int, linked: bool = False) -> str:
        """The mark for a picture: a hole, or an ordinary link to it (its words alone, if `linked`) where it lies elsewhere."""
        words = self.holes.words
        noted = self.holes.only(src)
        src = noted.to if isinstance(noted, Target) else words(src).strip()
        alt, caption = " ".join(words(alt).split()), " ".join(words(caption).split())
        if _REMOTE.match(src):
            self.problem("photo.remote", line, f"the photo {src} lies on another host")
            return self.link(src, alt or posixpath.basename(src.partition("?")[0].rstrip("/")) or src, line, linked)
        if _SCHEME.match(src):
            kind = src.partition(":")[0].lower()
            self.problem("html.removed", line, f"a picture whose address begins with `{kind}:` was taken out")
            return self.text(alt)
        if not src:
            return self.text(alt)
        return self.holes.note(Picture(src, alt, caption, line=line))

    def video(self, host: str, id_: str, title: str, line: int, poster: str = "") -> str:
        """The mark for a video: a hole, or a link to its page where its host is not one of the site's."""
        title = " ".join(self.holes.words(title).split())
        if host in self.rules.video_hosts:
            return self.holes.note(Video(host, id_, title, poster, line))
        return self.link(videos.page(host, id_), title or videos.page(host, id_), line)

    def link(self, url: str, words: str, line: int, linked: bool = False) -> str:
        """The mark for a link to an address of the web; for its words alone, if `linked` or refused."""
        words = self.holes.words(words)
        href = None if linked else self.href(url, line)
        if href is None or self.target(href):
            return self.text(words)
        return self.holes.note(Snippet(f'<a href="{escape(href)}">{escape(words)}</a>', words))

    def heading(self, level: int) -> int:
        """The level from 2 to 6 of the next heading, written at `level`: none skipped (WCAG 2.2, 1.3.1)."""
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        return min(1 + len(self._levels), 6)

    def text(self, words: str) -> str:
        """The mark for words that Markdown must leave as they are."""
        return self.holes.note(Snippet(escape(words, quote=False), words)) if words else ""
