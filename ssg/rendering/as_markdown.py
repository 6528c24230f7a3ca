"""An article as Markdown: its published text, with a clean front matter of what readers may know.

It is made of the text as it is published, not of its source: what a source keeps to itself (comments, drafts of links, codes of
other generators) is in no page, and so it is in no file here. Every address is whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape
from html.parser import HTMLParser
from unicodedata import category

import msgspec

from ssg.asking import Record
from ssg.rendering.feeds.items import cleared
from ssg.rendering.moments import w3c

_VOID = frozenset(("br", "col", "hr", "img", "wbr"))
_INLINE_TAGS = """
    a abbr b bdi bdo br cite code del em i img ins kbd mark q ruby rp rt s samp small span strong sub sup time u var wbr
"""
_INLINE = frozenset(_INLINE_TAGS.split())
_MARKS = {"em": "*", "i": "*", "strong": "**", "b": "**", "del": "~~", "s": "~~"}
_SIGNS = re.compile(r"[\\`*_\[\]<~|]|&(?=[#\w])")  # what Markdown may take for its own, wherever it stands
_AT_START = re.compile(r"^(?:[#+=>-]|\d+(?=[.)]))", re.MULTILINE)  # likewise where a line begins
_UNPRINTABLE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")  # YAML 1.2, 5.1 and 5.4: no sign, or a break, in a quoted text
_BLANK = re.compile(r"\n(?=[ \t]*\n)")
_TICKS = re.compile(r"`+")
_BREAK = "\\\n"

_encode = msgspec.json.Encoder().encode


def as_markdown(record: Record, html: str, absolute: Callable[[str], str]) -> bytes:
    """The article in CommonMark with strikethrough, behind front matter in YAML whose values are written as JSON has them.

    `html` is its text, with whole addresses. What Markdown has no sign for stays HTML, which it allows.
    """
    lines = [f"{key}: {_quoted(value)}" for key, value in _front(record, absolute).items() if value]
    return "\n".join(["---", *lines, "---", "", markdown_of(html), ""]).encode()


def _front(record: Record, absolute: Callable[[str], str]) -> dict[str, object]:
    article = record.article
    photo, source = article.photo, article.source
    image = (
        {"src": absolute(photo.address), "alt": photo.alt, "caption": photo.caption, "credit": photo.credit} if photo else {}
    )
    return {
        "title": article.title,
        "date": w3c(article.date),
        "id": article.id,
        "updated": w3c(article.updated) if article.updated else "",
        "language": article.language,
        "canonical": article.canonical or absolute(article.address),
        "section": article.section.name if article.section else "",
        "editor": [person.name for person in article.people("editor")],
        "author": [person.name for person in article.people("author")],
        "tags": [tag.name for tag in article.tags],
        "region": [region.name for region in article.regions],
        "story": record.story.name if record.story else "",
        "source": {"name": source.name, "url": source.url} if source else {},
        "image": image,
        "summary": article.summary,
        "corrections": [{"date": w3c(one.date), "text": one.text} for one in article.corrections],
    }


def _quoted(value: object) -> str:
    """A value as JSON writes it, which YAML 1.2 reads as well; what is empty in a table is left out."""
    if isinstance(value, dict):
        value = {key: one for key, one in value.items() if one}
    return _UNPRINTABLE.sub(lambda found: f"\\u{ord(found[0]):04x}", cleared(_encode(value).decode()))


class _Element:
    """An element of a text, with what is in it."""

    def __init__(self, tag: str, attributes: dict[str, str]) -> None:
        self.tag = tag
        self.attributes = attributes
        self.inside: list[_Element | str] = []


class _Tree(HTMLParser):
    """Reads HTML whose elements are rightly nested, as all that is published is."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.root = _Element("", {})
        self._open = [self.root]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = _Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        if len(self._open) > 1 and self._open[-1].tag == tag:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def markdown_of(html: str) -> str:
    """A text as Markdown, without a line feed at its end."""
    return "\n\n".join(_blocks(_Tree(cleared(html)).root.inside))


# -- blocks


def _blocks(inside: list[_Element | str]) -> list[str]:
    found: list[str] = []
    run: list[_Element | str] = []  # what stands on the lines of one paragraph
    bullet = "*"
    for part in [*inside, _Element("end", {})]:
        if isinstance(part, str) or part.tag in _INLINE:
            run.append(part)
            continue
        if paragraph := _paragraph(run):
            found.append(paragraph)
        run = []
        if part.tag in ("ul", "ol"):
            bullet = "*" if bullet == "-" else "-"  # two lists, one after the other, stay two
        found += _block(part, bullet)
    return found


def _block(part: _Element, bullet: str) -> list[str]:
    match part.tag:
        case "end":
            return []
        case "p":
            return [text] if (text := _paragraph(part.inside)) else []
        case "h1" | "h2" | "h3" | "h4" | "h5" | "h6":
            return [_heading(part)]
        case "hr":
            return ["---"]
        case "blockquote":
            return [_indented("\n\n".join(_blocks(part.inside)), "> ", "> ")]
        case "pre":
            return [_fenced(part)]
        case "ul" | "ol":
            return [_list(part, bullet)]
        case "figure" if image := _only_image(part):
            return [image]
        case _:
            return [_BLANK.sub("&#10;", _as_html(part))]  # a blank line would end it


def _heading(part: _Element) -> str:
    text = _inline(part.inside).replace(_BREAK, " ").strip()
    return f"{'#' * int(part.tag[1])} {text[:-1]}\\#" if text.endswith("#") else f"{'#' * int(part.tag[1])} {text}"


def _paragraph(inside: list[_Element | str]) -> str:
    text = _inline(inside).strip()
    return _AT_START.sub(_escaped_start, text)


def _escaped_start(found: re.Match[str]) -> str:
    return f"{found[0]}\\" if found[0][0].isdigit() else f"\\{found[0]}"


def _list(part: _Element, bullet: str) -> str:
    items = [item for item in part.inside if isinstance(item, _Element)]
    loose = any(isinstance(inner, _Element) and inner.tag == "p" for item in items for inner in item.inside)
    apart = "\n\n" if loose else "\n"
    first = int(start) if (start := part.attributes.get("start", "")).isdigit() else 1
    written = []
    for number, item in enumerate(items, first):
        sign = f"{number}{'.' if bullet == '-' else ')'} " if part.tag == "ol" else f"{bullet} "
        written.append(_indented(apart.join(_blocks(item.inside)), sign, " " * len(sign)))
    return apart.join(written)


def _indented(text: str, first: str, others: str) -> str:
    lines = text.split("\n")
    return "\n".join([first + lines[0], *(f"{others}{line}" if line else others.rstrip() for line in lines[1:])]).rstrip(" ")


def _fenced(part: _Element) -> str:
    code = next((one for one in part.inside if isinstance(one, _Element) and one.tag == "code"), part)
    text = _words(code).removesuffix("\n")
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(text)), default=0))
    language = code.attributes.get("class", "").removeprefix("language-").partition(" ")[0]
    return f"{fence}{language if '`' not in language else ''}\n{text}\n{fence}"


def _only_image(part: _Element) -> str:
    """A picture with its caption as an image with a title; "" where more stands in the figure."""
    images = [one for one in part.inside if isinstance(one, _Element) and one.tag == "img"]
    captions = [one for one in part.inside if isinstance(one, _Element) and one.tag == "figcaption"]
    if len(images) != 1 or len(images) + len(captions) != len(part.inside):
        return ""
    return _image(images[0], _words(captions[0]) if captions else "")


# -- what stands in a line


def _inline(inside: list[_Element | str], *, marked: bool = False) -> str:
    """A part of a paragraph; `marked`: it stands within emphasis already, so that a second one is written as HTML."""
    parts: list[str] = []
    inside = list(_without_spans(inside))
    for place, one in enumerate(inside):
        before = parts[-1] if parts else ""
        if isinstance(one, str):
            parts.append(_escaped(re.sub(r"\s+", " ", one)))
        elif one.tag == "code" and before.endswith("`"):  # two pieces of code, one after the other, stay two
            parts.append(f"<code>{_escaped(_on_a_line(one))}</code>")
        elif one.tag in _MARKS:
            after = inside[place + 1] if place + 1 < len(inside) else ""
            parts.append(_emphasis(one, before[-1:], after if isinstance(after, str) else "x", marked=marked))
        elif written := _element(one, marked=marked):
            if written.startswith("[") and before.endswith(("!", "^")):  # else a picture, or a footnote
                parts[-1] = f"{before[:-1]}\\{before[-1]}"
            parts.append(written)
    return "".join(parts)


def _without_spans(inside: list[_Element | str]) -> Iterator[_Element | str]:
    for one in inside:
        if isinstance(one, _Element) and one.tag == "span":
            yield from _without_spans(one.inside)
        elif one:
            yield one


def _escaped(text: str) -> str:
    return _SIGNS.sub(r"\\\g<0>", text)


def _emphasis(one: _Element, before: str, after: str, *, marked: bool) -> str:
    inner = _inline(one.inside, marked=True)
    mark = _MARKS[one.tag]
    alone = (not before or before.isspace()) and (
        not after or after[0].isspace() or category(after[0])[0] == "P"
    )  # CommonMark 0.31, 6.2
    if not marked and alone and not one.attributes and inner and inner == inner.strip():
        return f"{mark}{inner}{mark}"
    return f"{_start(one)}{inner}</{one.tag}>"


def _element(one: _Element, *, marked: bool) -> str:
    inner = _inline(one.inside, marked=marked) if one.tag not in ("code", "img") else ""
    match one.tag:
        case "br":
            return _BREAK
        case "img":
            return _image(one, one.attributes.get("title", ""))
        case "code":
            return _code(_on_a_line(one))
        case "a" if "href" in one.attributes and not one.attributes.get("id"):
            return f"[{inner}]({_target(one.attributes['href'])}{_title(one.attributes.get('title', ''))})"
        case "a":
            return f"{_start(one)}{inner}</a>"
        case _:
            return f"{_start(one)}{inner}</{one.tag}>" if one.tag not in _VOID else _start(one)


def _image(one: _Element, title: str) -> str:
    alt = _escaped(" ".join(one.attributes.get("alt", "").split()))
    return f"![{alt}]({_target(one.attributes.get('src', ''))}{_title(title)})"


def _target(address: str) -> str:
    return re.sub(r"[\s()<>\\]", lambda found: f"%{ord(found[0]):02X}", address)


def _title(text: str) -> str:
    words = " ".join(text.split())
    return ' "{}"'.format(re.sub(r'[\\"&]', r"\\\g<0>", words)) if words else ""


def _code(text: str) -> str:
    ticks = "`" * (1 + max(map(len, _TICKS.findall(text)), default=0))
    space = " " if text.startswith(("`", " ")) or text.endswith(("`", " ")) else ""
    return f"{ticks}{space}{text}{space}{ticks}" if text else ""


def _on_a_line(one: _Element) -> str:
    return _words(one).replace("\n", " ")


def _words(one: _Element) -> str:
    return "".join([inner if isinstance(inner, str) else _words(inner) for inner in one.inside])


# -- what stays HTML


def _start(one: _Element) -> str:
    return "".join([f"<{one.tag}", *(f' {name}="{escape(value)}"' for name, value in one.attributes.items()), ">"])


def _as_html(one: _Element) -> str:
    if one.tag in _VOID:
        return _start(one)
    inner = "".join([escape(part, quote=False) if isinstance(part, str) else _as_html(part) for part in one.inside])
    return f"{_start(one)}{inner}</{one.tag}>"
