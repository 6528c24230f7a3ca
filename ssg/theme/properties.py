"""The properties of a theme: custom properties of its style sheet, by day and by night."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

import msgspec
from PIL.ImageColor import colormap

from ssg.tables import RuleError

SHEET = "style.css"  # the style sheet in front of which they are published

# The names of https://www.w3.org/TR/css-color-4/#named-colors, as Pillow has them.
COLOURS = frozenset({*colormap, "transparent", "currentcolor"})
# https://www.w3.org/TR/css-color-4/#css-system-colors, and the words that any property may have.
_OTHER_COLOURS = """
    accentcolor accentcolortext activetext buttonborder buttonface buttontext canvas canvastext field fieldtext graytext
    highlight highlighttext linktext mark marktext selecteditem selecteditemtext visitedtext
    inherit initial unset revert revert-layer
"""
_MADE_COLOUR = re.compile(
    r"#(?:[0-9a-f]{3,4}|[0-9a-f]{6}|[0-9a-f]{8})"
    r"|(?:rgba?|hsla?|hwb|lab|lch|oklab|oklch|color|color-mix|light-dark|contrast-color|device-cmyk|var|env)\(.*\)"
)
_NAME = re.compile(r"[A-Za-z0-9_-]+")
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|\'(?:[^\'\\]|\\.)*\'|/\*|\*/|.', re.DOTALL)
_PAIRS = {")": "(", "]": "["}
_BARE_URL = re.compile(r"url\(\s*[^\"'\s]", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_USED = r"--{}(?![\w-])"
# What must stay before any rule: https://www.w3.org/TR/css-cascade-5/#at-import, https://www.w3.org/TR/css-syntax-3/#charset-rule
_HEAD = re.compile(
    rb"(?:\xef\xbb\xbf)?(?:(?:\s|/\*.*?\*/)*@(?:charset|import|layer|namespace)\b(?:[^;{}\"']|\"[^\"]*\"|'[^']*')*;)*",
    re.DOTALL,
)


class Properties(msgspec.Struct, frozen=True):
    """CSS values by the names of custom properties (without `--`), and of those that differ in the dark their values there."""

    light: Mapping[str, str] = {}
    dark: Mapping[str, str] = {}

    def over(self, further: Properties) -> Properties:
        """These before those of a theme further away: the nearer value wins, property by property."""
        return Properties({**further.light, **self.light}, {**further.dark, **self.dark})

    def css(self) -> str:
        """The rules that set them, or "" for none."""
        # Not on paper, which is white by night too.
        dark = f"@media screen and (prefers-color-scheme:dark){{{_rule(self.dark)}}}\n" if self.dark else ""
        return (f"{_rule(self.light)}\n" if self.light else "") + dark

    def before(self, sheet: bytes) -> bytes:
        """A style sheet with the rules in front, but behind what CSS wants before every rule (`@charset`, `@import`)."""
        found = _HEAD.match(sheet)
        end = found.end() if found else 0
        return sheet[:end] + (b"\n" if sheet[:end].strip(b"\xef\xbb\xbf") else b"") + self.css().encode() + sheet[end:]


def _rule(values: Mapping[str, str]) -> str:
    return ":root{" + ";".join(f"--{name}:{value.strip()}" for name, value in values.items()) + "}"


def name(key: str) -> None:
    """The name of a custom property, without its two hyphens. Raises RuleError."""
    if not _NAME.fullmatch(key):
        raise RuleError("must be of letters, digits, hyphens and underscores alone")
    if key.startswith("--"):
        raise RuleError("must be written without its two hyphens", f"Write {key.lstrip('-')}.")


def value(text: str) -> None:
    """A CSS value that stays in its own declaration. Raises RuleError.

    By https://www.w3.org/TR/css-variables-1/#syntax, and a little narrower: no `;`, braces, `!`, comments or escapes outside
    strings, on one line.
    """
    if not text.strip():
        raise RuleError("must not be empty")
    if _CONTROL.search(text):
        raise RuleError("must stand on one line, without control characters")
    if _BARE_URL.search(text):
        raise RuleError("must have quotes inside url(...)", "Write url('...').")
    opened: list[str] = []
    for token in _TOKEN.findall(text):
        if token in _PAIRS.values():
            opened.append(token)
        elif token in _PAIRS and (not opened or opened.pop() != _PAIRS[token]):
            raise RuleError(f"must have a {_PAIRS[token]} before its {token}")
        elif token in (";", "{", "}", "!", "\\", "/*", "*/"):
            raise RuleError(f"must be the value alone: no {token} outside quotes", _without(text))
        elif token in ("'", '"'):
            raise RuleError(f"must have two quotes {token} around each text")
    if opened:
        raise RuleError(f"must close its {opened[-1]}")


def _without(text: str) -> str:
    shorter = text.rstrip("; ")
    return f'Write "{shorter}".' if text != shorter and ";" not in shorter and '"' not in shorter else ""


def is_colour(text: str) -> bool:
    """Whether a value looks like a colour of CSS: a name, `#` and its digits, or a function such as `rgb(...)`."""
    word = text.strip().casefold()
    return word in COLOURS or word in _OTHER_COLOURS.split() or bool(_MADE_COLOUR.fullmatch(word))


def unused(names: Iterable[str], sheets: Iterable[str]) -> list[str]:
    """Those of the names that none of the style sheets (texts) mentions, in order."""
    texts = list(sheets)
    return [name for name in names if not any(re.search(_USED.format(re.escape(name)), text) for text in texts)]
