"""Photos: what a picture file is, and the bytes of it that may be published.

A photo says where it was taken, and newsrooms promise their sources otherwise; so everything but the picture itself is
taken out of the file before it is published, without touching one pixel.
"""

from __future__ import annotations

import math
import re
import struct
import warnings
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Literal
from xml.parsers import expat

import msgspec
from PIL import Image
from PIL.AvifImagePlugin import AvifImageFile
from PIL.ExifTags import Base
from PIL.GifImagePlugin import GifImageFile
from PIL.ImageFile import ImageFile
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from ssg.digests import of_bytes

MOST_PIXELS = 200_000_000  # width times height; beyond it a file is taken for a decompression bomb
MOST_DECODED = 50_000_000  # pixels in memory at once: some 200 MB for each worker
_LONGEST_SHAPE = 4  # long side by short side, up to which a JPEG of `MOST_PIXELS` is decoded smaller than `MOST_DECODED`

Scaling = Literal["can", "cannot", "enormous"]


class Facts(msgspec.Struct, frozen=True):
    """What is known of a picture file.

    `width` and `height` are pixels as shown (turned as the Exif orientation says), `size` is the bytes that are published,
    `type` the media type that the bytes have, whatever the file is called. `clean`: the file is published as it stands.
    `scaling` says whether smaller pictures can be made of it: they cannot of drawings, films and colours of more than 8 bits,
    and of an `enormous` one only in more memory than a worker may take. `digest` is that of the file; "" for an SVG.
    """

    width: int
    height: int
    size: int
    type: str
    clean: bool
    scaling: Scaling = "cannot"
    digest: str = ""


class BadPhoto(Exception):
    """A file that cannot be shown as a picture; `reason` says why, for the reader of a Problem."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def inspect(path: Path) -> Facts:
    """The facts of the picture file at `path`, found without decoding its pixels.

    Raises FileNotFoundError if there is none, and BadPhoto if it is damaged, of a format that browsers do not show, or has
    more than `MOST_PIXELS`.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD)
            kind = type_of(head)
            if kind == "image/svg+xml":
                file.seek(0, 2)
                width, height = _svg_size(head)
                return Facts(*_bounded(width, height), file.tell(), kind, True)
            data = head + file.read()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise BadPhoto(f"it cannot be read: {error.strerror or error}") from error
    shown = published(data, kind)
    with opened(shown, kind) as picture:
        width, height = picture.size
        scaling = _scaling(picture, kind)
        if orientation_of(picture) >= 5:
            width, height = height, width
    return Facts(*_bounded(width, height), len(shown), kind, shown is data, scaling, of_bytes(data))


def published(data: bytes, type: str) -> bytes:
    """The bytes to publish of a picture file of media type `type`: the same picture, without what it says of its making.

    Exif (with the place it was taken), XMP, IPTC, comments and makers' own data go, as does what other programs hang behind
    the end of the picture; pixels, colour profile and animation stay byte for byte. Of Exif the orientation, artist and
    copyright are kept, of a PNG's words Author and Copyright. `data` itself is returned when there is nothing to take out, and
    for other types than JPEG, PNG, WebP and AVIF: a GIF or SVG keeps what it says. Raises BadPhoto if the
    file is damaged.
    """
    strip = _STRIPPERS.get(type)
    if strip is None:
        return data
    result = strip(data)
    return data if result == data else result


# -- which format, which size -------------------------------------------------------------------

_HEAD = 1 << 16  # enough to know every format, and for the root element of an SVG
_READERS: Mapping[str, Callable[[BytesIO], ImageFile]] = {
    # the classes themselves: Image.open() would call a JPEG with a second picture behind it by another name
    "image/jpeg": JpegImageFile,
    "image/png": PngImageFile,
    "image/webp": WebPImageFile,
    "image/gif": GifImageFile,
    "image/avif": AvifImageFile,
}
_MAGIC = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
    (re.compile(rb"....ftyp(?:avif|avis|....(?:....)*?avi[fs])", re.DOTALL), "image/avif"),
    (re.compile(rb"(?:\xef\xbb\xbf)?\s*<|\xff\xfe|\xfe\xff"), "image/svg+xml"),
)


def type_of(head: bytes) -> str:
    """The media type of a picture, by its first bytes. Raises BadPhoto if it is of no format that browsers show."""
    if not head:
        raise BadPhoto("it is empty")
    for magic, kind in _MAGIC:
        if magic.match(head):
            return kind
    raise BadPhoto("it is not a picture in a format that browsers show")


def _bounded(width: int, height: int) -> tuple[int, int]:
    if width * height > MOST_PIXELS:
        raise BadPhoto(f"it has {width} x {height} pixels, and the limit is {MOST_PIXELS // 1_000_000} million")
    return width, height


@contextmanager
def opened(data: bytes, type: str) -> Iterator[ImageFile]:
    """The picture in `data`, of a media type that is not SVG, as it lies in the file and not decoded yet.

    Raises BadPhoto, for what is found damaged while it is open too.
    """
    try:
        with _quiet(), _READERS[type](BytesIO(data)) as picture:
            yield picture
    except Image.DecompressionBombError as error:  # Pillow looks for itself into WebP and GIF
        raise BadPhoto(f"it is too large: {error}") from error
    except (SyntaxError, OSError, EOFError, ValueError, RuntimeError) as error:
        raise BadPhoto(f"it is damaged: {error}") from error


def orientation_of(picture: ImageFile) -> int:
    """How a picture has to be turned to be shown (Exif 2.32, 4.6.4): 1, as it lies in the file, to 8."""
    return _kept(picture.info.get("exif", b"")).orientation


_MODES = frozenset(("1", "L", "LA", "P", "PA", "RGB", "RGBA", "CMYK"))  # of at most 8 bits for each colour


def _scaling(picture: ImageFile, type: str) -> Scaling:
    if type == "image/gif" or getattr(picture, "is_animated", False) or picture.mode not in _MODES:
        return "cannot"
    width, height = picture.size
    # Of a JPEG that is stored in rows only as much is decoded as is shown; all others are first decoded whole.
    whole = type != "image/jpeg" or bool(picture.info.get("progressive"))
    long = max(width, height) > _LONGEST_SHAPE * min(width, height)
    return "enormous" if width * height > MOST_DECODED and (whole or long) else "can"


@contextmanager
def _quiet() -> Iterator[None]:
    """Without Pillow's warnings: of damage in Exif, which goes anyway, and of pictures that are large but within the limit."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


# -- Exif ------------------------------------------------------------------------------------------

_EXIF = b"Exif\0\0"
_LONGEST = 4096  # bytes of an artist or a copyright; a damaged block could claim more than a JPEG segment holds


class _Kept(msgspec.Struct, frozen=True):
    """What of an Exif block is published: how the picture is turned (Exif 2.32, 4.6.4: 1 to 8), and whose it is."""

    orientation: int = 1
    names: tuple[tuple[int, bytes], ...] = ()  # the tags Artist and Copyright, as written


def _kept(exif: bytes) -> _Kept:
    found = Image.Exif()
    try:
        with _quiet():
            found.load(exif)
            orientation, artist, copyright = (found.get(tag) for tag in (Base.Orientation, Base.Artist, Base.Copyright))
    except (SyntaxError, OSError, ValueError, TypeError, LookupError, struct.error):
        return _Kept()  # damaged Exif: browsers show such a picture as if it had none
    names: list[tuple[int, bytes]] = []
    for tag, name in ((Base.Artist, artist), (Base.Copyright, copyright)):
        if isinstance(name, str) and name.strip(" \0") and len(name) <= _LONGEST:
            # Pillow reads these bytes as Latin-1 and writes text as ASCII; handed bytes, it writes them as they were
            names.append((tag, name.rstrip(" \0").encode("latin-1")))
    return _Kept(orientation if isinstance(orientation, int) and 2 <= orientation <= 8 else 1, tuple(names))


def _minimal(exif: bytes) -> bytes:
    """A new Exif block of only what is kept of `exif`, beginning with its byte order mark; empty if nothing is."""
    kept = _kept(exif)
    if kept == _Kept():
        return b""
    fresh = Image.Exif()
    if kept.orientation != 1:
        fresh[Base.Orientation] = kept.orientation
    fresh.update(kept.names)
    return fresh.tobytes().removeprefix(_EXIF)


# -- JPEG (ITU T.81, annex B) --------------------------------------------------------------------

# A marker: not a stuffed byte, a fill byte or a restart inside the scan (T.81, B.1.1.2 and B.1.1.5).
# It begins with one byte that is always the same, since re finds such a pattern twenty times as fast.
_MARKER = re.compile(rb"\xff([^\x00\x01\xff\xd0-\xd8])")
_END, _APP0, _APP1, _APP15, _COMMENT = 0xD9, 0xE0, 0xE1, 0xEF, 0xFE
# The application segments that are kept: JFIF, the colour profile, Photoshop's note on quality, Adobe's on colours. Whatever
# else makers put there goes: sidecar pictures and films have Exif of their own, and an action camera writes its whole way.
_SHOWN = {0xE0: b"JF", 0xE2: b"ICC_PROFILE\0", 0xEC: b"Ducky", 0xEE: b"Adobe"}


def _jpeg(data: bytes) -> bytes:
    jfif: list[bytes] = []
    rest: list[bytes] = []
    exif = b""
    done, position = 2, 2  # what is copied already; where to look for the next marker
    while True:
        found = _MARKER.search(data, position)
        if found is None:
            raise BadPhoto("it is cut off: the end of the picture is missing")
        marker, position = found[1][0], found.end()
        if marker == _END:
            rest.append(data[done:position])
            break
        length = int.from_bytes(data[position : position + 2], "big")
        if length < 2 or position + length > len(data):
            raise BadPhoto("it is cut off or damaged: a segment reaches beyond the end")
        body, position = position + 2, position + length
        if not (_APP0 <= marker <= _APP15 or marker == _COMMENT):
            continue
        rest.append(data[done : found.start()])
        done = position
        if marker == _APP1 and not exif and data.startswith(_EXIF, body):
            exif = data[body + len(_EXIF) : position]
        elif marker in _SHOWN and data.startswith(_SHOWN[marker], body):
            # JFIF 1.02 wants its segment first, Exif wants its own: readers look for JFIF, then Exif
            (jfif if marker == _APP0 and not any(rest) else rest).append(data[found.start() : position])
    minimal = _minimal(exif)
    if minimal:
        jfif.append(b"\xff\xe1" + (len(_EXIF) + len(minimal) + 2).to_bytes(2, "big") + _EXIF + minimal)
    return b"".join([data[:2], *jfif, *rest])


# -- PNG (W3C, third edition) ----------------------------------------------------------------------

# The chunks that make the picture, its colours, its density and its animation (sections 11.2 and 11.3).
_PNG_SHOWN = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)
_PNG_NAMES = re.compile(rb"(?:Author|Copyright)\0")  # of the words with a key (11.3.3.2)


def _png(data: bytes) -> bytes:
    kept: list[bytes] = [data[:8]]
    exif, pixels = b"", False
    for name, start, end in _png_chunks(data):
        if name == b"eXIf":
            if not pixels:  # browsers heed it only before the pixels
                exif = exif or data[start + 8 : end - 4]
        elif name in _PNG_SHOWN or (name in (b"tEXt", b"zTXt", b"iTXt") and _PNG_NAMES.match(data, start + 8)):
            kept.append(data[start:end])
        pixels = pixels or name == b"IDAT"
    minimal = _minimal(exif)
    if minimal:
        body = b"eXIf" + minimal
        kept.insert(2, len(minimal).to_bytes(4, "big") + body + zlib.crc32(body).to_bytes(4, "big"))  # after IHDR
    return b"".join(kept)


def _png_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each chunk's name, start and end, up to and with IEND."""
    position, name = 8, b""
    while name != b"IEND":
        start, name = position, data[position + 4 : position + 8]
        position += 12 + int.from_bytes(data[start : start + 4], "big")
        if len(name) < 4 or position > len(data):
            raise BadPhoto("it is cut off: a chunk reaches beyond the end")
        yield name, start, position


# -- WebP (RFC 9649) -------------------------------------------------------------------------------

_WEBP_SHOWN = frozenset((b"VP8X", b"VP8 ", b"VP8L", b"ALPH", b"ANIM", b"ANMF", b"ICCP"))
_HAS_EXIF, _HAS_XMP = 0x08, 0x04  # bits of the first byte of VP8X (RFC 9649, 2.7.1)


def _webp(data: bytes) -> bytes:
    kept: list[bytes] = []
    exif = b""
    flags: int | None = None
    for name, start, end in _riff_chunks(data):
        if name == b"VP8X" and not kept and end - start >= 18:
            flags = data[start + 8]
        if name == b"EXIF" and flags is not None and flags & _HAS_EXIF:
            length = int.from_bytes(data[start + 4 : start + 8], "little")
            exif = exif or data[start + 8 : start + 8 + length]
        if name in _WEBP_SHOWN:
            kept.append(data[start:end])
    minimal = _minimal(exif)
    if flags is not None:
        flags = flags & ~(_HAS_EXIF | _HAS_XMP) | (_HAS_EXIF if minimal else 0)
        kept[0] = kept[0][:8] + bytes([flags]) + kept[0][9:]
    if minimal:
        kept.append(b"EXIF" + len(minimal).to_bytes(4, "little") + minimal + b"\0" * (len(minimal) % 2))
    body = b"".join([b"WEBP", *kept])
    return b"RIFF" + len(body).to_bytes(4, "little") + body


def _riff_chunks(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Each chunk's name, start and end (with its padding)."""
    last = 8 + int.from_bytes(data[4:8], "little")
    if last > len(data):
        raise BadPhoto("it is cut off: it is shorter than it says")
    position = 12
    while position + 8 <= last:
        start, length = position, int.from_bytes(data[position + 4 : position + 8], "little")
        position += 8 + length + length % 2
        if position > last:
            raise BadPhoto("it is damaged: a chunk reaches beyond the end")
        yield data[start : start + 4], start, position


# -- AVIF (items: ISO/IEC 14496-12, 8.11; their Exif: ISO/IEC 23008-12, annex A) -------------------

_WORDS = (b"Exif", b"mime", b"uri ")  # types of items that are no pictures; XMP is of the second
_NO_EXIF = b"MM\0*\0\0\0\x08\0\0\0\0\0\0"  # an Exif block without a tag


def _avif(data: bytes) -> bytes:
    result = bytearray(data)
    for start, end in _metas(data, 0, len(data)):
        inside = {part: (first, last) for part, first, last in _boxes(data, start + 4, end)}
        words = dict(_words(data, *inside.get(b"iinf", (0, 0))))
        apart = inside.get(b"idat", (0, 0))[0]
        for item, kept_apart, offset, length in _extents(data, *inside.get(b"iloc", (0, 0))):
            first = offset + apart if kept_apart else offset
            said = data[first : first + length]
            if item in words and said:  # overwritten, since all else in the file is found by its place
                result[first : first + length] = _unsaid(said) if words[item] == b"Exif" else b" " * len(said)
    return bytes(result)


def _metas(data: bytes, position: int, end: int, film: tuple[bytes, ...] = (b"moov", b"trak")) -> Iterator[tuple[int, int]]:
    """Where the body of each `meta` box starts and ends: that of the picture, and those of a `film` and of its tracks."""
    for name, start, last in _boxes(data, position, end):
        if name == b"meta":
            yield start, last
        elif name in film[:1]:
            yield from _metas(data, start, last, film[1:])


def _boxes(data: bytes, position: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Each box's name, and where its body starts and ends; none from the first that reaches beyond the end."""
    while position + 8 <= end:
        size, name, body = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8], position + 8
        if size == 1:
            size, body = int.from_bytes(data[body : body + 8], "big"), body + 8
        last = position + size if size else end
        if not body <= last <= end:
            return
        yield name, body, last
        position = last


def _words(data: bytes, start: int, end: int) -> Iterator[tuple[int, bytes]]:
    """The number and the type of each item in an `iinf` box that is no picture."""
    entries = start + (6 if data[start : start + 1] == b"\0" else 8)
    for name, body, _ in _boxes(data, entries, end):
        last = body + (8 if data[body : body + 1] == b"\3" else 6)
        type = data[last + 2 : last + 6]
        if name == b"infe" and type in _WORDS:
            yield int.from_bytes(data[body + 4 : last], "big"), type


def _extents(data: bytes, start: int, end: int) -> Iterator[tuple[int, bool, int, int]]:
    """Where each part of each item lies, by an `iloc` box: the item's number, whether it lies in `idat`, offset and length."""
    at = start

    def read(size: int) -> int:
        nonlocal at
        at += size
        return int.from_bytes(data[at - size : at], "big")

    version, sizes = read(4) >> 24, read(2)
    offset_size, length_size, base_size, index_size = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15
    wide = 4 if version == 2 else 2
    for _ in range(read(wide) if length_size else 0):
        item, method, elsewhere, base = read(wide), read(2) & 15 if version else 0, read(2), read(base_size)
        parts = read(2)
        if at > end:  # a box may claim more items than it has room for
            return
        for _ in range(parts):
            read(index_size if version else 0)
            offset, length = base + read(offset_size), read(length_size)
            if at > end:
                return
            if method < 2 and not elsewhere:
                yield item, method == 1, offset, length


def _unsaid(said: bytes) -> bytes:
    """What an Exif item that begins so is overwritten with: what is kept of it."""
    minimal = _minimal(said[4 + int.from_bytes(said[:4], "big") :]) or _NO_EXIF
    return (bytes(4) + minimal)[: len(said)].ljust(len(said), b"\0")


_STRIPPERS: Mapping[str, Callable[[bytes], bytes]] = {
    "image/jpeg": _jpeg,
    "image/png": _png,
    "image/webp": _webp,
    "image/avif": _avif,
}


# -- SVG (SVG 2, chapter 8) ------------------------------------------------------------------------

_NUMBER = re.compile(r"\s*\+?(\d*\.?\d+(?:[eE][+-]?\d+)?)(px|pt|pc|in|cm|mm|Q)?\s*")
_PIXELS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "Q": 96 / 101.6}
_UNSIZED = (1200.0, 800.0)  # a drawing that names no size fills the space that it is given


def _svg_size(head: bytes) -> tuple[int, int]:
    """The size that the root element in `head` asks for; raises BadPhoto if it is no SVG, or declares entities."""
    attributes = _svg_root(head)
    width, height = _pixels(attributes.get("width", "")), _pixels(attributes.get("height", ""))
    box = [_pixels(part) for part in re.split(r"[\s,]+", attributes.get("viewBox", "").strip())[2:]]
    box_width, box_height = box if len(box) == 2 and all(box) else _UNSIZED
    if not width and not height:
        width, height = box_width, box_height
    width, height = width or height * box_width / box_height, height or width * box_height / box_width
    if not (math.isfinite(width) and math.isfinite(height)):
        raise BadPhoto("its width or height is no usable number")
    return max(1, round(width)), max(1, round(height))


def _svg_root(head: bytes) -> dict[str, str]:
    roots: list[dict[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if not roots and name.rpartition(":")[2] != "svg":
            raise BadPhoto("it is not a picture in a format that browsers show")
        roots.append(attributes)

    def entity(*_: object) -> None:
        raise BadPhoto("it declares XML entities; export it as plain SVG")

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EntityDeclHandler = start, entity
    try:
        parser.Parse(head, False)
    except expat.ExpatError as error:
        if not roots:  # a fault further on is the browser's business; the head may also end in the middle of a tag
            raise BadPhoto(f"it is damaged: {error}") from error
    if not roots:
        raise BadPhoto("it is damaged: it has no root element")
    return roots[0]


def _pixels(text: str) -> float:
    """A length of CSS in pixels; 0 for none, and for one that depends on where it is shown (`100%`, `2em`)."""
    found = _NUMBER.fullmatch(text)
    return float(found[1]) * _PIXELS[found[2] or ""] if found else 0.0
