"""Photos: what is known of them, and that what is published shows the same picture and says no place."""

from __future__ import annotations

import struct
import zlib
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image, ImageCms, ImageOps
from PIL.ExifTags import GPS, IFD, Base
from PIL.PngImagePlugin import PngInfo

from ssg import photos
from ssg.photos import BadPhoto, Facts, inspect, published

JPEG, PNG, WEBP, AVIF = "image/jpeg", "image/png", "image/webp", "image/avif"
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><exif:GPSLatitude>6,18.5S</exif:GPSLatitude></x:xmpmeta>'
PLACE = (b"GPSLatitude", b"Karawang", b"\x88\x25\x00\x04", b"\x25\x88\x04\x00")  # words, and the GPS tag in both byte orders


def picture(width: int = 64, height: int = 40) -> Image.Image:
    """A picture no two corners of which are alike."""
    left = Image.linear_gradient("L").resize((width, height))
    top = Image.linear_gradient("L").rotate(90).resize((width, height))
    return Image.merge("RGB", (left, top, Image.new("L", (width, height), 90)))


def exif(orientation: int = 1, *, gps: bool = True, **names: bytes | str) -> Image.Exif:
    written = Image.Exif()
    written[Base.Make] = "Karawang Kamera"
    if orientation != 1:
        written[Base.Orientation] = orientation
    for name, value in names.items():
        written[Base[name]] = value
    if gps:
        place = written.get_ifd(IFD.GPSInfo)
        place[GPS.GPSLatitudeRef], place[GPS.GPSLatitude] = "S", (6.0, 18.0, 30.0)
    return written


def saved(kind: str, image: Image.Image | None = None, **options: Any) -> bytes:
    file = BytesIO()
    (image or picture()).save(file, kind, **options)
    return file.getvalue()


def jpeg(orientation: int = 1, **options: Any) -> bytes:
    return saved("JPEG", exif=exif(orientation), icc_profile=ICC, xmp=XMP, comment=b"Karawang", **options)


def png(orientation: int = 1) -> bytes:
    words = PngInfo()
    words.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    words.add_text("Raw profile type exif", "Karawang", zip=True)
    words.add_text("Raw profile type iptc", "Karawang")
    words.add_text("exif:GPSLatitude", "6/1, 18/1")
    words.add_text("Comment", "Karawang")
    words.add(b"caBX", b"Karawang")
    words.add_text("Author", "Ida")
    return saved("PNG", exif=exif(orientation), icc_profile=ICC, pnginfo=words)


def webp(orientation: int = 1, **options: Any) -> bytes:
    return saved("WEBP", exif=exif(orientation), icc_profile=ICC, xmp=XMP, lossless=True, **options)


def places_in(data: bytes) -> list[bytes]:
    return [word for word in PLACE if word in data]


def pixels(data: bytes, *, turned: bool = True) -> tuple[tuple[int, int], bytes]:
    with Image.open(BytesIO(data)) as found:
        shown = (ImageOps.exif_transpose(found) if turned else found).convert("RGBA")
        return shown.size, shown.tobytes()


def facts(tmp_path: Path, data: bytes) -> Facts:
    """What is known of the picture as it is shown; what can be made of it is left out."""
    path = tmp_path / "photo.bin"
    path.write_bytes(data)
    return msgspec.structs.replace(inspect(path), scaling="cannot", digest="")


MADE = [(JPEG, jpeg), (PNG, png), (WEBP, webp)]
CASES = [pytest.param(kind, make, turn, id=f"{kind[6:]}-{turn}") for kind, make in MADE for turn in (1, 3, 6, 8)]


@pytest.mark.parametrize(("kind", "make", "turn"), CASES)
def test_the_place_goes_and_the_picture_stays(kind: str, make: Any, turn: int) -> None:
    """GPS, XMP and the camera are gone from the bytes; decoded pixels, the way up and the colour profile are the same."""
    before = make(turn)
    assert places_in(before)
    after = published(before, kind)
    assert places_in(after) == []
    assert pixels(after, turned=False) == pixels(before, turned=False)
    assert pixels(after) == pixels(before)
    with Image.open(BytesIO(after)) as found:
        assert found.info["icc_profile"] == ICC
        assert set(found.getexif()) == ({Base.Orientation} if turn != 1 else set())
        assert "xmp" not in found.info


@pytest.mark.parametrize(("kind", "make", "turn"), CASES)
def test_publishing_twice_changes_nothing_more(kind: str, make: Any, turn: int) -> None:
    """What has been published is clean: the very same object comes back, and equal bytes come from equal bytes."""
    once = published(make(turn), kind)
    assert published(once, kind) is once
    assert published(make(turn), kind) == once


@pytest.mark.parametrize(("kind", "make", "turn"), CASES)
def test_facts_tell_the_picture_as_shown_and_as_published(kind: str, make: Any, turn: int, tmp_path: Path) -> None:
    """A quarter turn swaps width and height; size and type are those of the bytes that are published."""
    before = make(turn)
    after = published(before, kind)
    size = (40, 64) if turn in (6, 8) else (64, 40)
    assert facts(tmp_path, before) == Facts(*size, len(after), kind, False)
    assert facts(tmp_path, after) == Facts(*size, len(after), kind, True)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (JPEG, saved("JPEG")),
        (JPEG, saved("JPEG", progressive=True, icc_profile=ICC)),
        (JPEG, saved("JPEG", picture().convert("CMYK"))),
        (PNG, saved("PNG", icc_profile=ICC)),
        (PNG, saved("PNG", save_all=True, append_images=[picture().rotate(180)])),
        (WEBP, saved("WEBP")),
        (WEBP, saved("WEBP", icc_profile=ICC)),
        (WEBP, saved("WEBP", save_all=True, append_images=[picture().rotate(180)])),
        ("image/gif", saved("GIF")),
        ("image/avif", saved("AVIF", picture(), speed=10)),
    ],
)
def test_a_file_with_nothing_to_take_out_is_published_as_it_is(kind: str, data: bytes, tmp_path: Path) -> None:
    """The very same object comes back, and its facts say that it is clean."""
    assert published(data, kind) is data
    assert facts(tmp_path, data) == Facts(64, 40, len(data), kind, True)


@pytest.mark.parametrize(("kind", "make"), MADE)
def test_artist_and_copyright_are_kept_as_written(kind: str, make: Any) -> None:
    """The photographer's name stays byte for byte, also in UTF-8, while the place beside it goes."""
    with Image.open(BytesIO(make())) as found:
        name = "Café Ida".encode()
        before = saved(kind[6:], found, exif=exif(6, Artist=name, Copyright="© Kabar".encode()))
    after = published(before, kind)
    assert places_in(after) == []
    assert name in after
    assert "© Kabar".encode() in after
    assert published(after, kind) is after
    with Image.open(BytesIO(after)) as found:
        assert set(found.getexif()) == {Base.Orientation, Base.Artist, Base.Copyright}


def segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + struct.pack(">H", len(body) + 2) + body


def test_a_jpeg_loses_iptc_makers_notes_and_what_hangs_behind_it() -> None:
    """IPTC, comments, an action camera's track and a second picture with Exif of its own go; JFIF and Adobe's note stay."""
    plain = saved("JPEG", picture().convert("CMYK"))
    assert b"Adobe" in plain
    dirty = (
        plain[:2]
        + segment(0xED, b"Photoshop 3.0\0Karawang")
        + segment(0xE6, b"GoPro\0Karawang")
        + segment(0xFE, b"Karawang")
        + segment(0xE2, b"MPF\0Karawang")
        + segment(0xE1, b"http://ns.adobe.com/xmp/extension/\0Karawang")
        + plain[2:]
        + jpeg()
    )
    assert published(dirty, JPEG) == plain


def test_a_jpeg_keeps_jfif_before_exif() -> None:
    """Readers look for JFIF straight after the start, and for Exif straight after that."""
    after = published(jpeg(6), JPEG)
    assert after[2:4] == b"\xff\xe0"
    assert after[20:22] == b"\xff\xe1"


def test_fill_bytes_and_restarts_in_a_jpeg_are_no_fault() -> None:
    """Fill bytes before a marker and restart markers inside the scan are allowed, and change no pixel."""
    before = jpeg(restart_marker_blocks=1)
    before = before[:2] + b"\xff\xff" + before[2:]
    after = published(before, JPEG)
    assert places_in(after) == []
    assert pixels(after) == pixels(before)


def test_a_png_keeps_whose_it_is_and_ends_at_its_end() -> None:
    """All other words go, and what stands behind IEND as well."""
    after = published(png() + b"Karawang", PNG)
    assert after.endswith(b"IEND\xaeB`\x82")
    with Image.open(BytesIO(after)) as found:
        assert found.info["Author"] == "Ida"


def test_exif_behind_the_pixels_of_a_png_turns_nothing(tmp_path: Path) -> None:
    """Browsers heed eXIf only before IDAT, so one that stands behind it goes without turning the picture."""
    plain = saved("PNG")
    body = b"eXIf" + exif(6).tobytes()[6:]
    chunk = struct.pack(">I", len(body) - 4) + body + struct.pack(">I", zlib.crc32(body))
    dirty = plain[:-12] + chunk + plain[-12:]
    assert published(dirty, PNG) == plain
    assert facts(tmp_path, dirty) == Facts(64, 40, len(plain), PNG, False)


@pytest.mark.parametrize(
    "block", [b"", b"MM", b"II*\0\xff\xff\xff\x7f", b"Karawang", b"MM\0*\0\0\0\x08\xff\xff" + b"\x01" * 40]
)
def test_damaged_exif_goes_without_a_word(block: bytes, tmp_path: Path) -> None:
    """Exif that nobody can read is taken out, and the picture is shown as browsers show it: unturned."""
    plain = saved("JPEG")
    dirty = plain[:2] + segment(0xE1, b"Exif\0\0" + block) + plain[2:]
    assert published(dirty, JPEG) == plain
    assert facts(tmp_path, dirty) == Facts(64, 40, len(plain), JPEG, False)


def test_names_that_no_segment_can_hold_go(tmp_path: Path) -> None:
    """Two tags of a damaged block may claim the same long text; neither is a name, and the turn stays."""
    entries = [
        (274, 3, 1, struct.pack("<HH", 6, 0)),
        (315, 2, 50_000, struct.pack("<I", 50)),
        (33432, 2, 50_000, struct.pack("<I", 50)),
    ]
    block = (
        b"II*\0\x08\0\0\0" + struct.pack("<H", 3) + b"".join(struct.pack("<HHI", *entry[:3]) + entry[3] for entry in entries)
    )
    plain = saved("JPEG")
    dirty = plain[:2] + segment(0xE1, b"Exif\0\0" + block + b"\0\0\0\0" + b"x" * 50_000) + plain[2:]
    assert len(published(dirty, JPEG)) < len(plain) + 100
    assert facts(tmp_path, dirty).width == 40


@pytest.mark.parametrize(("kind", "make"), MADE)
def test_a_photo_cut_off_anywhere_is_damaged(kind: str, make: Any, tmp_path: Path) -> None:
    """Wherever a copy broke off, a BadPhoto says so, and nothing else is ever raised."""
    whole = published(make(6), kind)
    for length in range(0, len(whole) - 1, 1 if len(whole) < 2000 else 7):
        with pytest.raises(BadPhoto):
            facts(tmp_path, whole[:length])
        if length > 32:
            with pytest.raises(BadPhoto):
                published(whole[:length], kind)


@pytest.mark.parametrize(
    ("kind", "make"), [*MADE, ("image/gif", lambda: saved("GIF")), ("image/avif", lambda: saved("AVIF", speed=10))]
)
def test_a_damaged_byte_raises_nothing_but_bad_photo(kind: str, make: Any, tmp_path: Path) -> None:
    """Any one byte of the file's head may be wrong: facts come back or a BadPhoto."""
    whole = bytearray(make())
    for place in range(len(whole[:700])):
        for wrong in (0x00, 0xFF, whole[place] ^ 0x10):
            damaged = bytes(whole[:place] + bytes([wrong]) + whole[place + 1 :])
            with suppress(BadPhoto):
                facts(tmp_path, damaged)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"%PDF-1.7", "not a picture"),
        (b"<!DOCTYPE html><html><body>404</body></html>", "not a picture"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "not a picture"),
        (b"II*\0\x08\0\0\0", "not a picture"),
        (b"<svg", "damaged"),
        (b"<svg <", "damaged"),
        (b"\xff\xfe\0\0", "damaged"),
    ],
)
def test_what_is_no_picture_says_why(data: bytes, reason: str, tmp_path: Path) -> None:
    """An unknown format, an error page saved as a photo, an empty file: each is a BadPhoto with its reason."""
    with pytest.raises(BadPhoto, match=reason):
        facts(tmp_path, data)


def bomb(width: int, height: int) -> bytes:
    plain = saved("PNG")
    head = b"IHDR" + struct.pack(">II", width, height) + plain[24:29]
    return plain[:12] + head + struct.pack(">I", zlib.crc32(head)) + plain[33:]


def test_a_decompression_bomb_is_refused_and_a_large_photo_is_not(tmp_path: Path) -> None:
    """200 million pixels are the limit, without a warning of Pillow's below it."""
    assert facts(tmp_path, bomb(20_000, 10_000)).width == 20_000
    with pytest.raises(BadPhoto, match="200 million"):
        facts(tmp_path, bomb(20_000, 10_001))


def test_no_pixel_is_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The facts of every format come from the head of the file."""

    def load(self: object) -> None:
        raise AssertionError("pixels were decoded")

    files = {kind: saved(kind, speed=10) if kind == "AVIF" else saved(kind) for kind in ("JPEG", "PNG", "WEBP", "GIF", "AVIF")}
    for reader in photos._READERS.values():
        monkeypatch.setattr(reader, "load", load)
    for kind, data in files.items():
        assert facts(tmp_path, data).type == f"image/{kind.lower()}"


def test_a_turned_avif_is_told_as_shown(tmp_path: Path) -> None:
    """An AVIF carries its quarter turn outside Exif."""
    data = saved("AVIF", exif=exif(6), speed=10)
    assert facts(tmp_path, data) == Facts(40, 64, len(data), AVIF, False)


def test_the_place_in_an_avif_is_overwritten_and_the_picture_stays() -> None:
    """Nothing else moves in the file; artist and copyright are kept. What is clean is published as it stands."""
    before = saved("AVIF", exif=exif(6, Artist="Ida"), icc_profile=ICC, xmp=XMP, speed=10)
    after = published(before, AVIF)
    assert (len(places_in(before)) > 2, places_in(after), len(after)) == (True, [], len(before))
    assert pixels(after) == pixels(before)
    with Image.open(BytesIO(after)) as found:
        assert dict(found.getexif()) == {Base.Orientation: 6, Base.Artist: "Ida"}
        assert found.info["icc_profile"] == ICC
    assert published(after, AVIF) is after
    clean = saved("AVIF", speed=10)
    assert published(clean, AVIF) is clean


def box(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body) + 8) + name + body


@pytest.mark.timeout(20)
def test_an_avif_that_lies_of_what_is_in_it_is_taken_as_it_is() -> None:
    """It may claim four milliards of items, or boxes in boxes in boxes; nobody waits for it."""
    brand, film = box(b"ftyp", b"avif\0\0\0\0"), b""
    for _ in range(3000):
        film = box(b"moov", film)
    lies = box(b"meta", bytes(4) + box(b"iloc", b"\2\0\0\0\x44\0" + b"\xff" * 4))
    for data in (brand + film, brand + lies):
        assert published(data, AVIF) == data


@pytest.mark.parametrize("track", [False, True])
def test_the_place_in_an_avif_goes_from_wherever_it_may_lie(track: bool) -> None:
    """In a box of its own, in a track of a film, in an item with a wide number; a picture's item stays."""
    words = exif().tobytes()
    item = b"\0\0\0\6" + words
    entries = box(b"infe", b"\3\0\0\0" + struct.pack(">IH", 7, 0) + b"Exif\0") + box(
        b"infe", b"\2\0\0\0" + struct.pack(">HH", 8, 0) + b"av01\0"
    )
    places = b"".join(struct.pack(">IHHHII", *place) for place in ((7, 1, 0, 1, 0, len(item)), (8, 1, 0, 1, len(item), 5)))
    inside = [
        box(b"iinf", b"\0\0\0\0\0\2" + entries),
        box(b"iloc", b"\2\0\0\0\x44\0" + struct.pack(">I", 2) + places),
        box(b"idat", item + b"pixel"),
    ]
    meta = box(b"meta", bytes(4) + b"".join(inside))
    before = box(b"ftyp", b"avif\0\0\0\0") + (box(b"moov", box(b"trak", meta)) if track else meta)
    after = published(before, AVIF)
    assert (places_in(before) != [], places_in(after), len(after)) == (True, [], len(before))
    assert after.endswith(b"pixel")


SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}></svg>'


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="300" height="200"', (300, 200)),
        ('width="300px" height="200.4px" viewBox="0 0 1 1"', (300, 200)),
        ('width="1in" height="2.54cm"', (96, 96)),
        ('viewBox="0 0 640 480"', (640, 480)),
        ('viewBox="-10,-10,640,480"', (640, 480)),
        ('width="320" viewBox="0 0 640 480"', (320, 240)),
        ('height="240" width="100%" viewBox="0 0 640 480"', (320, 240)),
        ('width="600"', (600, 400)),
        ('width="100%" height="100%"', (1200, 800)),
        ('width="-5" height="0" viewBox="0 0 0 0"', (1200, 800)),
        ('viewBox="none"', (1200, 800)),
        ('viewBox="0 0 0.2 0.1"', (1, 1)),
        ("", (1200, 800)),
    ],
)
def test_an_svg_tells_its_size(attributes: str, size: tuple[int, int], tmp_path: Path) -> None:
    """From width and height, else from the view box, else the default; the bytes are published as they are."""
    data = ('<?xml version="1.0"?>\n<!-- a -->\n' + SVG.format(attributes)).encode()
    assert facts(tmp_path, data) == Facts(*size, len(data), "image/svg+xml", True)
    assert published(data, "image/svg+xml") is data


def test_an_svg_is_known_in_every_dress(tmp_path: Path) -> None:
    """With a byte order mark, in UTF-16, with a prefix, with a doctype, and longer than what is read of it."""
    plain = SVG.format('width="30" height="20"')
    prefixed = '<s:svg xmlns:s="http://www.w3.org/2000/svg" width="30" height="20"/>'
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    long = plain.replace("></svg>", ">" + "<path/>" * 20_000 + "é</svg>")
    for text in (
        plain.encode("utf-8-sig"),
        plain.encode("utf-16"),
        prefixed.encode(),
        (doctype + plain).encode(),
        long.encode(),
    ):
        assert facts(tmp_path, text) == Facts(30, 20, len(text), "image/svg+xml", True)


def test_an_svg_with_entities_is_refused(tmp_path: Path) -> None:
    """Entities can make a little text without end; nothing of them is expanded."""
    lol = "<!DOCTYPE svg [" + '<!ENTITY a "lol">' + "]>" + SVG.format('width="&a;"')
    with pytest.raises(BadPhoto, match="entities"):
        facts(tmp_path, lol.encode())


@pytest.mark.parametrize("width", ["1e999", "1e300", "99999999"])
def test_an_svg_of_no_earthly_size_is_refused(width: str, tmp_path: Path) -> None:
    """A size that no page can hold is a BadPhoto."""
    with pytest.raises(BadPhoto):
        facts(tmp_path, SVG.format(f'width="{width}" height="800"').encode())


def test_a_file_that_is_not_there_is_another_fault(tmp_path: Path) -> None:
    """A missing file is no damaged one; a folder is no photo."""
    with pytest.raises(FileNotFoundError):
        inspect(tmp_path / "none.jpg")
    with pytest.raises(BadPhoto, match="cannot be read"):
        inspect(tmp_path)
