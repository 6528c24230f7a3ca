"""Plain text: from bytes, out of markup, and cut to a length."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata

import msgspec

from ssg.model import Place, Problem
from ssg.problems import problem

# What neither XML 1.0 (section 2.2) nor HTML ("control-character-in-input-stream") wants in a text, surrogates that an escape
# can smuggle in, and U+E000 and U+E001, which mark holes while a body is rendered.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000\ue001\ufdd0-\ufdef\ufffe\uffff]")
_ASCII_CONTROLS = bytes(number for number in range(128) if _CONTROL.match(chr(number)))
_BREAKING = frozenset("\x0b\x0c\x85")  # these part two words
_BREAKS = ("br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6")
_INLINE = "a|abbr|b|big|center|cite|code|em|font|i|img|ins|del|mark|q|s|small|span|strong|sub|sup|u|ul|ol|blockquote|wbr"
_ATTRIBUTE = r"""\s+[\w:-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>]+))?"""
_TAG = re.compile(rf"</?({_INLINE}|{'|'.join(_BREAKS)})(?:{_ATTRIBUTE})*\s*/?>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SENTENCE_END = re.compile(r"[.!?…؟۔।](?<=[^\W_]{4}.)[\"'”’»)]*(?=\s+[^\Wa-z_]|\s+[\"'“‘«(])")

_CLAUSE_END = re.compile(r"(?<=\w)(?:[,;:،؛]| [–—-])(?= )")

_SHORTEST_CLAUSES = 0.75  # likewise of whole parts of a sentence
_SHORTEST_SENTENCES = 0.4  # a summary of whole sentences must fill this part of the room, else it is cut at a word


class Decoded(msgspec.Struct, frozen=True):
    """A file's text in Unicode's composed form (NFC), its lines ended by LF alone; `problems` are warnings."""

    text: str
    problems: tuple[Problem, ...] = ()


def decode(data: bytes, path: str) -> Decoded | Problem:
    """The text of a UTF-8 file; a Problem `file.unreadable` at the first bad byte if it is something else.

    A byte order mark goes, CRLF and CR become LF, control characters go with a warning `text.control`.
    """
    data = data.removeprefix(codecs.BOM_UTF8)
    if data.isascii() and len(data.translate(None, _ASCII_CONTROLS)) == len(data):  # many times faster than the search below
        return Decoded(_lines(data.decode()))
    try:
        text = _lines(data.decode())
    except UnicodeDecodeError as error:
        return _not_utf8(data, path, error.start)
    text = compose(text)
    first = _CONTROL.search(text)
    if first is None:
        return Decoded(text)
    found = _CONTROL.findall(text)
    names = sorted({f"U+{ord(sign):04X}" for sign in found})
    line = text.count("\n", 0, first.start()) + 1
    column = first.start() - text.rfind("\n", 0, first.start())
    what = f"the text holds {_counted(len(found))} ({', '.join(names)})"
    return Decoded(strip_controls(text), (problem(Place(path, line, column), "text.control", what),))


def compose(text: str) -> str:
    """`text` in Unicode's composed form (NFC), in which equal words have equal letters."""
    return text if text.isascii() or unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)


def strip_controls(text: str) -> str:
    """`text` without the characters that no page or feed may hold; one that parts two words becomes a space."""
    return _CONTROL.sub(lambda found: " " if found[0] in _BREAKING else "", text)


def plain(text: str) -> str:
    """`text` as a headline shows it: HTML's tags taken out, entities resolved, white space folded.

    What only looks like a tag (`<title>`, `a<b`) stays: a headline may be about it.
    """
    if "<" in text:
        text = _TAG.sub(lambda found: " " if found[1].lower() in _BREAKS else "", text)
    if "&" in text:
        text = strip_controls(_ENTITY.sub(lambda found: html.unescape(found[0]), text))
    return " ".join(text.split())


def folded(text: str) -> tuple[str, int]:
    """`text` with its white space folded, as `" ".join(text.split())` gives it, and the number of its words."""
    if text.isprintable() and "  " not in text:  # no white space but the blank is printable
        text = text.strip()
        return text, text.count(" ") + 1 if text else 0
    words = text.split()
    return " ".join(words), len(words)


def shorten(text: str, most: int = 200) -> str:
    """`text` in at most `most` characters: whole sentences if they fill enough of the room, else whole words and "…".

    Of words, the part of a sentence that has only begun goes too, if that is not too much: "mengikuti alur sungai, lalu …".
    """
    text = " ".join(text.split())
    if len(text) <= most:
        return text
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, most + 2) if found.end() <= most]
    if ends and ends[-1] >= most * _SHORTEST_SENTENCES:
        return text[: ends[-1]]
    cut = text.rfind(" ", 0, most)
    if cut <= 0:  # a script without spaces, or one endless word
        cut = most - 1
        while cut > 1 and unicodedata.combining(text[cut]):
            cut -= 1
    clauses = [found.start() for found in _CLAUSE_END.finditer(text, 0, cut)]
    if clauses and clauses[-1] >= most * _SHORTEST_CLAUSES:
        cut = clauses[-1]
    return text[:cut].rstrip(" ,;:،؛–—-(“‘") + "…"


def _not_utf8(data: bytes, path: str, at: int) -> Problem:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return problem(Place(path, 1), "file.unreadable", "the file is UTF-16, not UTF-8")
    before = _lines(data[:at].decode())
    place = Place(path, before.count("\n") + 1, len(before) - before.rfind("\n"))
    return problem(place, "file.unreadable", f"the byte 0x{data[at]:02X} is not UTF-8")


def _lines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _counted(number: int) -> str:
    return "a control character" if number == 1 else f"{number} control characters"
