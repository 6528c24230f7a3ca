"""What shared links show of an article that has no photo: its headline, drawn in the colours of the theme."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from io import BytesIO
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont, ImageFont

WIDTH, HEIGHT = 1200, 630  # pixels: the shape for which networks leave room (https://ogp.me/, "og:image:width")

_MARGIN = 80
_LINE = WIDTH - 2 * _MARGIN
_SIZES = (92, 80, 70, 60)  # of the letters of the headline, in pixels; the largest with which it has room
_ROOM = 360  # pixels, for all lines of a headline
_LEADING = 1.18  # from line to line, by the size of the letters
_FEW_COLOURS = 32  # letters have soft edges, in so many steps
_SPELT = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "…": "...", "\u00a0": " "})


class Colours(NamedTuple):
    """Colours of a theme, as CSS writes them: behind everything, of letters, of the site's name, and of the house."""

    paper: str = "#ffffff"
    ink: str = "#16181b"
    faint: str = "#595f66"
    accent: str = "#a3191f"


def drawable(text: str) -> bool:
    """Whether the font that comes with Pillow has all letters of a text: those of ASCII."""
    spelt = text.translate(_SPELT)
    return spelt.isascii() and spelt.isprintable()


def headline(title: str, site: str, colours: Colours) -> bytes:
    """A PNG of `WIDTH` times `HEIGHT` with the headline of an article and the name of the site.

    A colour that is none of those that Pillow knows (CSS Color 3) is that of the default theme. A headline that has no room
    is cut at a word.
    """
    from PIL import Image, ImageDraw, ImageFont  # Pillow takes a while, and few builds draw

    paper, ink, faint, accent = (_known(colour, usual) for colour, usual in zip(colours, Colours(), strict=True))
    picture = Image.new("RGB", (WIDTH, HEIGHT), paper)
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, WIDTH, 20), accent)
    size, lines = _set(title.translate(_SPELT))
    font = ImageFont.load_default(size)
    for number, line in enumerate(lines):
        draw.text((_MARGIN, _MARGIN + 20 + round(number * size * _LEADING)), line, ink, font, stroke_width=1)
    draw.rectangle((_MARGIN, HEIGHT - 130, _MARGIN + 90, HEIGHT - 124), accent)
    if drawable(site):
        draw.text((_MARGIN, HEIGHT - 100), site.translate(_SPELT), faint, ImageFont.load_default(38))
    file = BytesIO()
    few = picture.quantize(_FEW_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)  # others change the colours
    few.save(file, "PNG")
    return file.getvalue()


def _known(colour: str, usual: str) -> tuple[int, int, int]:
    from PIL import ImageColor

    try:
        return ImageColor.getrgb(colour)[:3]
    except ValueError:
        return ImageColor.getrgb(usual)[:3]


def _set(title: str) -> tuple[int, list[str]]:
    """The size of the letters of a headline, and its lines."""
    for size in _SIZES:
        lines = list(_lines(title, size))
        most = int(_ROOM / (size * _LEADING))
        if len(lines) <= most:
            return size, lines
    return size, [*lines[: most - 1], f"{lines[most - 1].rpartition(' ')[0]} ..."]


def _lines(title: str, size: int) -> Iterator[str]:
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    line = ""
    for piece in (piece for word in title.split() for piece in _pieces(word, font)):
        longer = f"{line} {piece}" if line else piece
        if line and font.getlength(longer) > _LINE:
            yield line
            longer = piece
        line = longer
    yield line


def _pieces(word: str, font: FreeTypeFont | ImageFont) -> Iterator[str]:
    """A word, in as many pieces as a line has no room for."""
    while font.getlength(word) > _LINE:
        fitting = bisect_right(range(len(word)), _LINE, key=lambda count: ceil(font.getlength(word[:count]))) - 1
        yield word[:fitting]
        word = word[fitting:]
    yield word
