"""Where other generators' codes stand in a source text: Hugo's shortcodes, Liquid's tags, WordPress's brackets.

Hugo: gohugo.io/content-management/shortcodes. Liquid: shopify.github.io/liquid. WordPress: codex.wordpress.org/Shortcode_API.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Literal

import msgspec

_WORDPRESS = "caption|gallery|embed|video|audio|playlist"
# In a prose text `[video]` alone is a remark, and `[video](…)` a link; these two are codes without attributes too.
_BARE = frozenset({"gallery", "playlist"})

_WORDPRESS_OPENER = re.compile(rf"\[/?(?:{_WORDPRESS})(?=[\s\]/])")
_OPENER = re.compile(rf"\{{\{{[<%]|\{{%|\{{\{{-?[ \t]*(?:site|page|include)\.|{_WORDPRESS_OPENER.pattern}")

_NAME = re.compile(r"\s*(/?)\s*([\w./-]*[\w-])", re.ASCII)
# A quoted argument ends at its quote and never reaches into the next code.
_QUOTED = r'"((?:[^"\\{]|\\.|\{(?!\{[<%]))*)"|`((?:[^`{]|\{(?!\{[<%]))*)`|\'((?:[^\'{\n]|\{(?!\{[<%]))*)\''
_ARGUMENT = re.compile(rf"\s*(?:([\w-]+)\s*=\s*)?(?:{_QUOTED}|((?:(?![%>]\}}\}})[^\s\"`{{=]|\{{(?!\{{[<%]))+))", re.DOTALL)
_END = re.compile(r"\s*(/?)\s*[%>]\}\}")
_AFTER = re.compile(r"((?:(?!\{\{[<%]).)*?)(/?)[%>]\}\}", re.DOTALL)
_ESCAPED = re.compile(r"/\*((?:(?!\*/).)*)\*/([%>])\}\}", re.DOTALL)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)

_LIQUID_TAG = re.compile(r"\{%-?\s*(\w+)((?:(?!%\}|\{%).)*?)-?%\}", re.DOTALL)
_LIQUID_OUTPUT = re.compile(r"\{\{-?\s*((?:site|page|include)\.[\w.-]+)[^{}]*\}\}")
_LIQUID_ARGUMENT = re.compile(r"""(?:([\w-]+)\s*[=:]\s*)?(?:"([^"]*)"|'([^']*)'|([^\s,"']+))""")

_VALUE = r"""(?:"[^"\n]*"|'[^'\n]*'|[^\s\]"']+)"""
_WORDPRESS_TAG = re.compile(rf"\[(/?)({_WORDPRESS})((?:\s+[\w-]+={_VALUE})*)\s*(/?)\](?![(\[:])")
_WORDPRESS_ARGUMENT = re.compile(r"""([\w-]+)=(?:"([^"\n]*)"|'([^'\n]*)'|([^\s\]"']+))""")

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:.*?^ {0,3}\1[`~]*[ \t]*$|.*)", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(?:(?!\n[ \t]*\n).)+?(?<!`)\1(?!`)", re.DOTALL)


class Code(msgspec.Struct):
    """One code: where it stands in the text, what it is called, what it is given.

    `kind`: `open` (also a code that is never closed), `close`, `literal` (an escaped code, `text` is what to show) or `broken`
    (an opening without an end). `closed_by`: the place in the list of the code that closes it, -1 if none does.
    """

    kind: Literal["open", "close", "literal", "broken"]
    name: str
    start: int
    end: int
    arguments: tuple[tuple[str, str], ...] = ()
    text: str = ""
    whole: bool = False  # closes itself: {{< x />}}
    closed_by: int = -1

    def first(self) -> str:
        """The first argument that has no name, or ""."""
        return next((value for name, value in self.arguments if not name), "")

    def named(self, *names: str) -> str:
        """The argument of the first of `names` that is given and not empty, or ""."""
        for wanted in names:
            for name, value in self.arguments:
                if name == wanted and value:
                    return value
        return ""


def scan(text: str) -> list[Code]:
    """All codes of `text`, in order, the pairs found."""
    codes: list[Code] = []
    protected: list[tuple[int, int]] | None = None
    opener = _OPENER if "{" in text else _WORDPRESS_OPENER  # a single sign is found much faster
    found = opener.search(text)
    while found:
        if found[0] in ("{{<", "{{%"):
            code: Code | None = _hugo(text, found)
        else:
            if protected is None:
                protected = _literal_places(text)
            code = None if _within(protected, found.start()) else _other(text, found.start())
        if code:
            codes.append(code)
        found = opener.search(text, code.end if code else found.end())
    _pair(codes)
    return codes


def _hugo(text: str, found: re.Match[str]) -> Code:
    start, at = found.span()
    if escaped := _ESCAPED.match(text, at):
        return Code("literal", "", start, escaped.end(), text=f"{found[0]}{escaped[1]}{escaped[2]}}}}}")
    named = _NAME.match(text, at)
    if not named:
        end = _END.match(text, at)
        return Code("broken", found[0], start, end.end() if end else at)
    at = named.end()
    name = named[2]
    arguments: list[tuple[str, str]] = []
    while not (end := _END.match(text, at)):
        argument = _ARGUMENT.match(text, at)
        if not argument:
            break
        quoted, raw, single, bare = argument[2], argument[3], argument[4], argument[5]
        arguments.append((argument[1] or "", raw or single or bare or _ESCAPE.sub(r"\1", quoted or "")))
        at = argument.end()
    if not end:  # an odd quote, an odd sign: whatever stands before the next end belongs to the code
        end = _AFTER.match(text, at)
        if not end:
            return Code("broken", name, start, named.end())
        arguments.extend(("", word) for word in end[1].split())
        whole = bool(end[2])
    else:
        whole = bool(end[1])
    return Code("close" if named[1] else "open", name, start, end.end(), tuple(arguments), whole=whole)


def _other(text: str, start: int) -> Code | None:
    if text[start] == "[":
        return _wordpress(text, start)
    if text[start + 1] == "%":
        if not (tag := _LIQUID_TAG.match(text, start)):
            return None
        name = tag[1]
        if name.startswith("end") and len(name) > 3:
            return Code("close", name[3:], start, tag.end())
        return Code("open", name, start, tag.end(), _arguments(_LIQUID_ARGUMENT, tag[2]))
    output = _LIQUID_OUTPUT.match(text, start)
    return Code("open", output[1], start, output.end(), whole=True) if output else None


def _wordpress(text: str, start: int) -> Code | None:
    tag = _WORDPRESS_TAG.match(text, start)
    if not tag:
        return None
    if tag[1]:
        return Code("close", tag[2], start, tag.end())
    name = tag[2]
    if not tag[3] and name not in _BARE and f"[/{name}]" not in text[tag.end() :]:
        return None
    return Code("open", name, start, tag.end(), _arguments(_WORDPRESS_ARGUMENT, tag[3]), whole=bool(tag[4]))


def _arguments(pattern: re.Pattern[str], text: str) -> tuple[tuple[str, str], ...]:
    return tuple((found[1] or "", found[2] or found[3] or found[4] or "") for found in pattern.finditer(text))


def _pair(codes: list[Code]) -> None:
    waiting: dict[str, list[int]] = {}
    innermost: list[int] = []
    for place, code in enumerate(codes):
        if code.kind == "open" and not code.whole:
            waiting.setdefault(code.name, []).append(place)
            innermost.append(place)
        elif code.kind == "close" and waiting.get(code.name):
            opened = waiting[code.name][-1]
            codes[opened].closed_by = place
            while innermost and innermost[-1] >= opened:  # what was opened inside and never closed stands alone
                waiting[codes[innermost.pop()].name].pop()


def _literal_places(text: str) -> list[tuple[int, int]]:
    """The fences and code spans of `text`, in which codes of a text generator are examples."""
    fences = [found.span() for found in _FENCE.finditer(text)]
    spans = [found.span() for found in _SPAN.finditer(text) if not _within(fences, found.start())]
    return sorted(fences + spans)


def _within(places: list[tuple[int, int]], at: int) -> bool:
    before = bisect_right(places, at, key=lambda place: place[0]) - 1
    return before >= 0 and places[before][0] <= at < places[before][1]
