"""HTML that authors write in their Markdown: its links, pictures and frames become holes, the rest passes an allow-list."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from html.parser import HTMLParser

import nh3

from ssg.reading import videos
from ssg.reading.draft import Draft
from ssg.reading.holes import OPEN


def _names(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


_TAGS = _names(
    "p br hr a b strong i em u s del ins sub sup small mark abbr cite q blockquote code pre kbd samp var ul ol li dl dt dd "
    "h2 h3 h4 h5 h6 table caption colgroup col thead tbody tfoot tr th td figure figcaption div span section aside details "
    "summary time bdo bdi ruby rt rp wbr"
)
# Obsolete in HTML5 (html.spec.whatwg.org, 16.2) or meaningless here: the tag goes without a word.
_SILENT = _names("font center tt big strike basefont nobr marquee blink acronym h1 img iframe html body head o:p")
# What stands inside these is no text of the article.
_EMPTIED = _names("script style iframe template title select textarea noframes noembed svg math object audio video canvas")
_BLOCKS = _names(
    "p br hr blockquote pre ul ol li dl dt dd h1 h2 h3 h4 h5 h6 table caption thead tbody tfoot tr th td figure figcaption "
    "div section aside details summary"
)
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title"},
    "a": {"href", "rel"},
    "time": {"datetime"},
    "del": {"datetime", "cite"},
    "ins": {"datetime", "cite"},
    "q": {"cite"},
    "blockquote": {"cite"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope", "abbr"},
    "col": {"span"},
    "colgroup": {"span"},
    "ol": {"start", "reversed"},
    "li": {"value"},
    "details": {"open"},
}
_VALUES = {
    "colspan": re.compile(r"[1-9][0-9]{0,2}"),
    "rowspan": re.compile(r"[0-9]{1,4}"),
    "span": re.compile(r"[1-9][0-9]{0,2}"),
    "start": re.compile(r"-?[0-9]{1,9}"),
    "value": re.compile(r"-?[0-9]{1,9}"),
    "dir": re.compile(r"ltr|rtl|auto", re.IGNORECASE),
    "scope": re.compile(r"row|col|rowgroup|colgroup", re.IGNORECASE),
    "lang": re.compile(r"[A-Za-z]{2,8}(?:-[A-Za-z0-9]{1,8})*"),
    "id": re.compile(r"\S+"),
    "cite": re.compile(r"https?://[^\s/?#]\S*", re.IGNORECASE),  # any other leads elsewhere in a feed, and no page shows it
}
_AUTOLINK = re.compile(r"<(https?://[^\s<>\"]+)>")  # CommonMark's, which HTML takes for a tag
_EMPTY = re.compile(r"<(p|h[2-6])>(?:\s|&nbsp;)*</\1>\n?")
_ALONE = re.compile(r'(<a(?![^>]* href=)[^>]*?) rel="[^"]*"')  # HTML, 4.6.2: no `rel` without a `href`


def rewrite(html: str, line: int, draft: Draft) -> tuple[str, str]:
    """A piece of an author's HTML (a block, or a single tag) with marks for its links, pictures and frames; and its words.

    The pieces of a text are cleaned together, by `clean`, since an element may begin in one and end in another. In the words
    a line feed parts blocks. `line` is where the piece begins in the file; what is taken out is reported there.
    """
    if "<http" in html:
        html = _AUTOLINK.sub(r'<a href="\1">\1</a>', html)
    scribe = _Scribe(html, line, draft)
    scribe.feed(html)
    scribe.close()
    return scribe.result()


def clean(html: str) -> str:
    """Rendered `html`, ours and the author's, with what the allow-list holds and its elements rightly nested."""
    return _EMPTY.sub("", _ALONE.sub(r"\1", _cleaner().clean(html)))


@lru_cache(maxsize=1)
def _cleaner() -> nh3.Cleaner:
    return nh3.Cleaner(
        tags=set(_TAGS),
        clean_content_tags=set(_EMPTIED),
        attributes=_ATTRIBUTES,
        attribute_filter=_valid,
        link_rel=None,
        url_schemes={"http", "https", "mailto", "tel", "sms", "ftp"},
    )


def _valid(element: str, name: str, value: str) -> str | None:
    pattern = _VALUES.get(name)
    if pattern and not pattern.fullmatch(value):
        return None
    return value if name == "href" or OPEN not in value else None


class _Scribe(HTMLParser):
    """Finds the tags that have to be written anew, and copies all else as it stands."""

    def __init__(self, html: str, line: int, draft: Draft) -> None:
        super().__init__(convert_charrefs=True)
        self._html = html
        self._line = line
        self._draft = draft
        self._starts = [0]  # where the lines of the piece begin
        for found in re.finditer("\n", html):
            self._starts.append(found.end())
        self._at = 0  # up to here the piece is written
        self._out: list[str] = []
        self._words: list[str] = []
        self._silenced = ""  # inside this element words are none of the article's

    def result(self) -> tuple[str, str]:
        self._up_to(len(self._html))
        return "".join(self._out), "".join(self._words)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        line = self._line + self.getpos()[0] - 1
        self._report(tag, attrs, line)
        if tag in _EMPTIED and not self._silenced:
            self._silenced = tag
        if tag in _BLOCKS:
            self._words.append("\n")
        given = {name: value or "" for name, value in reversed(attrs)}
        source = self.get_starttag_text() or ""
        start = self._starts[self.getpos()[0] - 1] + self.getpos()[1]
        self._up_to(start)
        new = self._new(tag, given, line)
        self._out.append(source if new is None else new)
        self._at = start + len(source)

    def handle_endtag(self, tag: str) -> None:
        if tag == self._silenced:
            self._silenced = ""
        if tag == "a":
            self._up_to(self._starts[self.getpos()[0] - 1] + self.getpos()[1])
            self._draft.in_link = False
        if tag in _BLOCKS:
            self._words.append("\n")

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        # `<![x` is a bogus comment in HTML (13.2.5.42); html.parser takes it for SGML and raises
        return self.parse_bogus_comment(i, report)

    def handle_data(self, data: str) -> None:
        if not self._silenced:
            self._words.append(self._draft.holes.prose(data))

    def _new(self, tag: str, given: dict[str, str], line: int) -> str | None:
        """What stands in place of a start tag; None: the tag as it is."""
        draft = self._draft
        if tag == "img":
            return draft.picture(given.get("src", ""), given.get("alt", ""), given.get("title", ""), line, draft.in_link)
        if tag == "iframe":
            return self._frame(given, line) + "<iframe>"
        changed = False
        if tag in _HEADINGS:
            level = f"h{draft.heading(int(tag[1]))}"
            tag, changed = level, level != tag
        if tag == "a":
            if "name" in given:
                given.setdefault("id", given.pop("name"))
                changed = True
            if "href" in given:
                href = draft.href(given.pop("href"), line)
                if href is not None:
                    given["href"] = href
                    draft.in_link = True
                changed = True
            if not given.get("href", "").startswith(("http:", "https:")):
                changed = given.pop("rel", None) is not None or changed  # `rel` asks for a `href`, and a hole may come to none
        if "id" in given:
            if given["id"] in draft.ids:
                del given["id"]
                changed = True
            else:
                draft.ids.add(given["id"])
        for name, value in given.items():
            if OPEN in value and name != "href":
                given[name] = draft.holes.words(value)
                changed = True
        if not changed:
            return None
        return "".join([f"<{tag}", *(f' {name}="{escape(value)}"' for name, value in given.items()), ">"])

    def _frame(self, given: dict[str, str], line: int) -> str:
        src = given.get("src", "").strip()
        video = videos.allowed(src, self._draft.rules.video_hosts)
        if video:
            return self._draft.holes.as_blocks(self._draft.video(*video, given.get("title", ""), line))
        src = "https:" + src if src.startswith("//") else src
        linked = src.lower().startswith(("http://", "https://"))
        what = f"a frame of {src} became a link" if linked else "<iframe> is not allowed and was taken out"
        self._draft.problem("html.removed", line, what, about="iframe")
        if not linked:
            return ""
        return self._draft.link(src, " ".join(given.get("title", "").split()) or src, line)

    def _report(self, tag: str, attrs: list[tuple[str, str | None]], line: int) -> None:
        if tag not in _TAGS and tag not in _SILENT:
            inside = "with all that is in it" if tag in _EMPTIED else "its words stay"
            self._draft.problem("html.removed", line, f"<{tag}> is not allowed and was taken out, {inside}")
        for name, _ in attrs:
            if name.startswith("on"):
                self._draft.problem("html.removed", line, f"the handler `{name}` was taken out")

    def _up_to(self, end: int) -> None:
        """Copy what stands between two tags, its marks of blocks made blocks."""
        text = self._html[self._at : end]
        if OPEN in text and self._draft.in_link:
            text = self._draft.holes.without_links(text, escape)
        self._out.append(self._draft.holes.as_blocks(text) if OPEN in text else text)
        self._at = max(self._at, end)
