"""Photos made smaller: which there are, what each shows, and that each is made once."""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms
from PIL.ExifTags import GPS, IFD, Base

from ssg import darkroom, scaling
from ssg.model import Scaled
from tests.conftest import NOW, SITE_TOML, Made

Site = Callable[[str], Made]

ARTICLE = "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\nimage: {src: foto.jpg, alt: Foto}\n---\nIsi.\n"
ONE = "/2026/05/01/a/"
SRGB: bytes = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def with_photos(settings: str) -> str:
    return f"-- site.toml --\n{SITE_TOML}\n[photos]\n{settings}\n"


SMALL = with_photos("widths = [20, 40]")


def picture(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    image = Image.new("RGB", (width, height), (250, 10, 10))
    image.paste((10, 10, 250), (width // 2, 0, width, height))
    return image.convert(mode)


def saved(image: Image.Image, format: str = "JPEG", **options: Any) -> bytes:
    file = BytesIO()
    image.save(file, format, **options)
    return file.getvalue()


def photo(width: int, height: int, **options: Any) -> bytes:
    return saved(picture(width, height), **options)


def seen(made: Made, file: str) -> Image.Image:
    """A published picture, decoded."""
    with Image.open(made.output / file) as image:
        image.load()
        return image


def pictures(made: Made) -> list[str]:
    """The names of all published pictures, but for the theme's."""
    return sorted(Path(file).name for file in made.files() if Path(file).suffix in (".jpg", ".png", ".webp", ".avif"))


def colours(image: Image.Image) -> tuple[bool, bool]:
    """Whether the upper left corner is red and the lower right one is blue."""
    shown = image.convert("RGB")
    red, blue = (
        shown.crop((at, side, at + 1, side + 1)).tobytes() for at, side in ((1, 1), (shown.width - 2, shown.height - 2))
    )
    return red[0] > 200 > 100 > red[2], blue[2] > 200 > 100 > blue[0]


# -- which there are -------------------------------------------------------------------------------


def test_a_photo_has_three_widths_and_five_files(site: Site) -> None:
    """The newer format has all three, the photo's own one in the middle; the photo itself stays byte for byte."""
    made = site(ARTICLE).put("content/foto.jpg", photo(2000, 1000)).build()
    names = ["foto-1600.webp", "foto-480.webp", "foto-960.jpg", "foto-960.webp", "foto.jpg"]
    assert pictures(made) == names
    assert [seen(made, f"{ONE[1:]}{name}").size for name in names] == [
        (1600, 800),
        (480, 240),
        (960, 480),
        (960, 480),
        (2000, 1000),
    ]
    assert (made.output / f"{ONE[1:]}foto.jpg").read_bytes() == photo(2000, 1000)


def test_a_page_offers_all_of_them_and_says_how_wide_it_shows_them(site: Site) -> None:
    """A browser loads the one that it needs; one that knows none of this has the photo."""
    page = site(ARTICLE).put("content/foto.jpg", photo(2000, 1000)).build().page(ONE)
    image, source = page.one("img"), page.one("source")
    assert (image["src"], image["width"], image["height"]) == (f"{ONE}foto.jpg", "2000", "1000")
    assert image["srcset"] == f"{ONE}foto-960.jpg 960w, {ONE}foto.jpg 2000w"
    assert source["type"] == "image/webp"
    assert source["srcset"] == ", ".join(f"{ONE}foto-{width}.webp {width}w" for width in (480, 960, 1600))
    assert image["sizes"] == source["sizes"] != ""
    assert image.above[-1] == "picture"


def test_a_card_and_a_picture_in_a_text_offer_them_too(site: Site) -> None:
    """And leave it to the browser, where it can tell from the layout how wide they are."""
    other = "-- content/b.md --\n---\ntitle: B\ndate: 2026-05-02\n---\nIsi.\n\n![Foto](foto.jpg)\n"
    made = site(SMALL + ARTICLE + other).put("content/foto.jpg", photo(64, 32)).build()
    body = made.page("/2026/05/02/b/").one("img", src="/2026/05/02/b/foto.jpg")
    card = made.page("/terkini/").one("img", src=f"{ONE}foto.jpg")
    for image, folder in ((body, "/2026/05/02/b"), (card, ONE.rstrip("/"))):
        assert image["srcset"] == f"{folder}/foto-40.jpg 40w, {folder}/foto.jpg 64w"
        assert image["sizes"].startswith("auto, ") is (image.attributes.get("loading") == "lazy")
    assert body["loading"] == "lazy"


def test_a_feed_and_shared_links_have_the_photo_itself(site: Site) -> None:
    """Programs that fetch it do not choose."""
    body = ARTICLE.replace("Isi.", "![Foto](foto.jpg)")
    made = site(SMALL + body).put("content/foto.jpg", photo(64, 32)).build()
    entry = made.feed("/feed.xml").entries[0]
    assert entry.enclosures[0].href == f"https://kabar.example{ONE}foto.jpg"
    assert "srcset" not in entry.content[0].value
    assert "foto.jpg" in entry.content[0].value
    assert made.page(ONE).one("meta", property="og:image")["content"] == f"https://kabar.example{ONE}foto.jpg"


@pytest.mark.parametrize(
    ("settings", "format", "shown", "srcset"),
    [
        ("", "JPEG", "foto-960.jpg", ["foto-960.jpg 960w"]),
        ("widths = [480]", "PNG", "foto-png-480.png", ["foto-png-480.png 480w"]),
        ('format = "original"\nwidths = [480, 960]', "JPEG", "foto-960.jpg", ["foto-480.jpg 480w", "foto-960.jpg 960w"]),
    ],
)
def test_nobody_is_made_to_load_a_photo_that_no_screen_shows(
    site: Site, settings: str, format: str, shown: str, srcset: list[str]
) -> None:
    """Pages, shared links, search engines, feeds and data name its widest smaller picture in its own format, with its
    measures; the photo is published beside it. One of 2,400 pixels is named itself."""
    name = "foto.jpg" if format == "JPEG" else "foto.png"
    made = site(with_photos(settings + '\n[data]\nbeside = ["json"]') + ARTICLE.replace("foto.jpg", name))
    made.put(f"content/{name}", saved(picture(2402, 1201), format)).build()
    small = seen(made, f"{ONE[1:]}{shown}")
    page, entry = made.page(ONE), made.feed("/feed.xml").entries[0]
    image = page.one("img")
    assert (image["src"], image["width"], image["height"]) == (ONE + shown, str(small.width), str(small.height))
    assert image["srcset"] == ", ".join(ONE + one for one in srcset)
    address = f"https://kabar.example{ONE}{shown}"
    assert page.one("meta", property="og:image")["content"] == address
    assert page.one("meta", property="og:image:width")["content"] == str(small.width)
    assert f'"url":"{address}"' in page.source.replace('": "', '":"')
    size = (made.output / f"{ONE[1:]}{shown}").stat().st_size
    assert (entry.enclosures[0].href, entry.enclosures[0].length) == (address, str(size))
    assert json.loads((made.output / f"{ONE[1:]}index.json").read_bytes())["photo"]["size_in_bytes"] == size
    assert name in pictures(made)
    assert f"{ONE}{name}" not in page.source
    made.put(f"content/{name}", saved(picture(2400, 1200), format)).build()
    assert made.page(ONE).one("img")["src"] == ONE + name
    assert made.files() == made.build("--clean").files()


def test_no_picture_is_wider_than_its_photo(site: Site) -> None:
    """Between two widths the newer format has the photo's own; one that has the smallest width stands alone."""
    made = site(ARTICLE).put("content/foto.jpg", photo(700, 350)).build()
    assert pictures(made) == ["foto-480.jpg", "foto-480.webp", "foto-700.webp", "foto.jpg"]
    made.put("content/foto.jpg", photo(480, 240)).build()
    assert pictures(made) == ["foto.jpg"]
    assert "srcset" not in made.page(ONE).one("img").attributes
    assert made.page(ONE).find("source") == []


@pytest.mark.parametrize(
    ("settings", "format", "name", "found"),
    [
        ("widths = []", "JPEG", "jpg", ["foto.jpg"]),
        ('format = "original"\nwidths = [20, 40]', "JPEG", "jpg", ["foto-20.jpg", "foto-40.jpg", "foto.jpg"]),
        ('format = "avif"\nwidths = [20]', "JPEG", "jpg", ["foto-20.avif", "foto-20.jpg", "foto.jpg"]),
        ("widths = [20]", "PNG", "png", ["foto-png-20.png", "foto-png-20.webp", "foto.png"]),
        ("widths = [20, 40]", "WEBP", "webp", ["foto-webp-20.webp", "foto-webp-40.webp", "foto.webp"]),
        ("widths = [20, 40]", "AVIF", "avif", ["foto-avif-20.avif", "foto-avif-40.avif", "foto.avif"]),
        ("widths = [20, 40]", "GIF", "gif", []),
    ],
)
def test_settings_and_the_photos_format_say_which_there_are(
    site: Site, settings: str, format: str, name: str, found: list[str]
) -> None:
    """None where they are switched off; a photo in a newer format has no other; a GIF stays as it is."""
    made = site(with_photos(settings) + ARTICLE.replace("foto.jpg", f"foto.{name}"))
    made.put(f"content/foto.{name}", saved(picture(64, 32), format)).build()
    assert made.problems() == []
    assert pictures(made) == found
    types = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP", "avif": "AVIF"}
    assert [seen(made, f"{ONE[1:]}{file}").format for file in found] == [types[file.rpartition(".")[2]] for file in found]


def test_a_film_stays_as_it_is(site: Site) -> None:
    """A smaller picture of it would stand still."""
    made = site(SMALL + ARTICLE.replace("foto.jpg", "foto.webp"))
    moving = saved(picture(64, 32), "WEBP", save_all=True, append_images=[Image.new("RGB", (64, 32))])
    assert pictures(made.put("content/foto.webp", moving).build()) == ["foto.webp"]


def test_photos_of_one_name_in_two_formats_stand_side_by_side(site: Site) -> None:
    """No two want one address."""
    made = site(SMALL + ARTICLE.replace("Isi.", "![Peta](foto.png)"))
    made.put("content/foto.jpg", photo(64, 32)).put("content/foto.png", saved(picture(64, 32), "PNG")).build()
    assert made.problems() == []
    assert len(pictures(made)) == 8


@pytest.mark.parametrize("names", [("foto.jpeg", "foto-jpeg.jpg"), ("foto-png.jpg", "foto.png"), ("foto", "foto-20.jpg")])
def test_no_two_photos_want_one_name_for_what_is_made_of_them(site: Site, names: tuple[str, str]) -> None:
    """One has a longer name then, as pages know; a smaller picture shows the photo by which it is offered."""
    made = site(SMALL + ARTICLE.replace("foto.jpg", names[0]).replace("Isi.", f"![Lain]({names[1]})"))
    for name, first in zip(names, (picture(64, 32), picture(64, 32).transpose(Image.Transpose.ROTATE_180)), strict=True):
        made.put(f"content/{name}", saved(first, "PNG" if name.endswith("png") else "JPEG"))
    page = made.build().page(ONE)
    assert made.problems() == []
    offered = [
        [source["srcset"], page.one("img", src=ONE + name)["srcset"]]
        for name, source in zip(names, page.find("source"), strict=True)
    ]
    for sets, red_first in zip(offered, (True, False), strict=True):
        files = [part.partition(" ")[0][1:] for part in ", ".join(sets).split(", ")]
        assert len(files) == 4
        assert [colours(seen(made, file))[0] for file in files] == [red_first] * 4


def test_a_file_that_has_the_name_already_is_not_replaced(site: Site) -> None:
    """It is its author's, and no page offers it as a part of the photo; the smaller picture has a longer name."""
    own = saved(picture(9, 9), "WEBP")
    made = site(SMALL + ARTICLE.replace("content/a.md", "content/a/index.md"))
    made.put("content/a/foto.jpg", photo(64, 32)).put("content/a/foto-20.webp", own).build()
    assert made.problems() == []
    assert (made.output / f"{ONE[1:]}foto-20.webp").read_bytes() == own
    offered = f"{ONE}foto-20-jpg.webp 20w, {ONE}foto-40.webp 40w"
    assert made.page(ONE).one("source")["srcset"] == offered
    made.put("content/a/foto-20-jpg.webp", own).build()
    assert made.problems() == []
    assert made.page(ONE).one("source")["srcset"] == f"{ONE}foto-40.webp 40w"
    assert made.files() == made.build("--clean").files()


def test_widths_that_are_none_are_told(site: Site) -> None:
    """With their line, before anything is read."""
    made = site(with_photos("widths = [960, 480]") + ARTICLE).build(ok=False)
    line = SITE_TOML.count("\n") + 3
    assert [problem.split(" must")[0] for problem in made.problems()] == [
        f"site.toml:{line}:1: error[settings.bad] photos.widths"
    ]


# -- what each shows -------------------------------------------------------------------------------


def test_no_smaller_picture_says_where_it_was_taken(site: Site) -> None:
    """Neither in Exif nor in a comment: only pixels are in it."""
    data = photo(64, 32, exif=located(), comment=b"Karawang")
    made = site(SMALL + ARTICLE).put("content/foto.jpg", data).build()
    assert dict(Image.open(BytesIO(data)).getexif().get_ifd(IFD.GPSInfo))
    assert len(pictures(made)) == 4
    for file in (made.output / ONE[1:]).glob("foto-*"):
        assert not seen(made, f"{ONE[1:]}{file.name}").getexif()
        assert b"Karawang" not in file.read_bytes()


def located() -> Image.Exif:
    exif = Image.Exif()
    exif[Base.Make] = "Karawang Kamera"  # without a word of its own, none of it would be written
    exif.get_ifd(IFD.GPSInfo).update({GPS.GPSLatitudeRef: "S", GPS.GPSLatitude: (6.0, 18.0, 30.0)})
    return exif


@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP", "AVIF"])
def test_the_photo_itself_says_it_neither_if_an_article_shows_it_or_has_it(site: Site, format: str) -> None:
    """Wherever it lies; what lies in static/ and is shown by none is published byte for byte."""
    name = {"JPEG": "jpg"}.get(format, format.lower())
    data = saved(picture(64, 32), format, exif=located())
    assert dict(Image.open(BytesIO(data)).getexif().get_ifd(IFD.GPSInfo))
    text = f"![Foto](/img/satu.{name})\n\n[Lain](/img/dua.{name})\n\n[Berkas](tiga.{name})"
    made = site(SMALL + ARTICLE.replace("foto.jpg", f"foto.{name}").replace("Isi.", text))
    for file in ("content/foto", "content/tiga", "static/img/satu", "static/img/dua"):
        made.put(f"{file}.{name}", data)
    made.build()
    assert made.problems() == []
    for file in (f"{ONE[1:]}foto.{name}", f"{ONE[1:]}tiga.{name}", f"img/satu.{name}"):
        assert not seen(made, file).getexif()
        assert b"Karawang" not in (made.output / file).read_bytes()
        assert seen(made, file).tobytes() == Image.open(BytesIO(data)).tobytes()
    assert (made.output / f"img/dua.{name}").read_bytes() == data


@pytest.mark.parametrize("turn", [3, 6, 8])
def test_a_photo_that_was_turned_is_turned_for_good(site: Site, turn: int) -> None:
    """Its pixels are; the widths are those that a reader sees."""
    exif = Image.Exif()
    exif[Base.Orientation] = turn
    lying = picture(64, 32).transpose(
        {3: Image.Transpose.ROTATE_180, 6: Image.Transpose.ROTATE_90, 8: Image.Transpose.ROTATE_270}[turn]
    )
    made = site(SMALL + ARTICLE).put("content/foto.jpg", saved(lying, exif=exif)).build()
    small = seen(made, f"{ONE[1:]}foto-40.jpg")
    assert (small.size, colours(small)) == ((40, 20), (True, True))
    assert Base.Orientation not in small.getexif()
    assert made.page(ONE).one("img")["width"] == "64"


def wide_gamut(size: int = 0) -> bytes:
    """A colour profile in which red and green have changed places, as none that a browser would take for sRGB; `size` bytes."""
    swapped = SRGB.replace(b"rXYZ", b"?XYZ", 1).replace(b"gXYZ", b"rXYZ", 1).replace(b"?XYZ", b"gXYZ", 1)
    named = swapped.replace("sRGB built-in".encode("utf-16-be"), "Display P3 ab".encode("utf-16-be"))
    assert named not in (SRGB, swapped)
    whole = named + bytes(max(0, size - len(named)))
    return struct.pack(">I", len(whole)) + whole[4:]


@pytest.mark.parametrize(("profile", "kept"), [(wide_gamut(), True), (SRGB, False)], ids=["display-p3", "srgb"])
def test_the_colours_of_a_screen_are_kept_with_their_profile(site: Site, profile: bytes, kept: bool) -> None:
    """Browsers heed it; one that says only what they believe anyway is left out."""
    made = site(SMALL + ARTICLE).put("content/foto.jpg", photo(64, 32, icc_profile=profile)).build()
    for name in ("foto-20.webp", "foto-40.jpg", "foto-40.webp"):
        small = seen(made, f"{ONE[1:]}{name}")
        assert small.info.get("icc_profile") == (profile if kept else None)
        assert colours(small) == (True, True)


def test_of_a_large_profile_the_colours_become_those_of_every_screen(site: Site) -> None:
    """No small picture carries half a megabyte."""
    data = photo(64, 32, icc_profile=wide_gamut(500_000))
    made = site(SMALL + ARTICLE).put("content/foto.jpg", data).build()
    small = seen(made, f"{ONE[1:]}foto-40.jpg")
    red, green, blue = small.convert("RGB").crop((4, 4, 5, 5)).tobytes()
    assert "icc_profile" not in small.info
    assert green > 200 > 100 > max(red, blue)


@pytest.mark.parametrize(
    ("format", "name", "mode"),
    [("JPEG", "jpg", "CMYK"), ("JPEG", "jpg", "L"), ("PNG", "png", "P"), ("PNG", "png", "RGBA"), ("PNG", "png", "1")],
)
def test_every_kind_of_colours_can_be_made_smaller(site: Site, format: str, name: str, mode: str) -> None:
    """Those of print, of few colours, of none; and what is clear stays so."""
    image = picture(64, 32, mode)
    if mode == "RGBA":
        image.putalpha(Image.new("L", (64, 32), 0))
    made = site(SMALL + ARTICLE.replace("foto.jpg", f"foto.{name}")).put(f"content/foto.{name}", saved(image, format)).build()
    small = seen(made, f"{ONE[1:]}{'foto' if name == 'jpg' else 'foto-png'}-40.webp")
    assert made.problems() == []
    assert small.mode == ("RGBA" if mode == "RGBA" else "RGB")
    assert mode not in ("CMYK", "P") or colours(small) == (True, True)
    assert mode != "RGBA" or small.getchannel("A").getextrema() == (0, 0)


# -- what cannot be made smaller -------------------------------------------------------------------


def damaged() -> bytes:
    """A PNG whose pixels are no pixels, as its head does not tell."""
    whole = saved(picture(64, 32), "PNG")
    start = whole.index(b"IDAT") + 4
    length = int.from_bytes(whole[start - 8 : start - 4], "big")
    return whole[:start] + b"\xff" * length + whole[start + length :]


def test_a_photo_whose_pixels_are_damaged_is_left_out_and_told(site: Site) -> None:
    """With the article that names it; the rest of the site is published, and told so by every build until it is mended."""
    made = site(SMALL + ARTICLE.replace("foto.jpg", "foto.png")).put("content/foto.png", damaged())
    for _ in range(2):
        made.build()
        assert "content/a.md:4: warning[photo.broken] the photo 'foto.png' cannot be shown: it is damaged" in made.said
        assert (pictures(made), made.page(ONE).find("img")) == ([], [])
    made.put("content/foto.png", saved(picture(64, 32), "PNG")).build()
    assert (made.problems(), len(pictures(made))) == ([], 4)


def test_a_photo_that_nobody_can_decode_in_little_memory_stays_as_it_is(site: Site) -> None:
    """It is published, with a warning, and without smaller ones."""
    made = site(SMALL + ARTICLE.replace("foto.jpg", "foto.png")).put("content/foto.png", enormous()).build()
    told = "the photo 'foto.png': it has 10,000 x 6,000 pixels"
    assert f"content/a.md:4: warning[photo.enormous] no smaller pictures are made of {told}" in made.said
    assert pictures(made) == ["foto.png"]
    assert "srcset" not in made.page(ONE).source


@pytest.mark.parametrize(
    ("settings", "format", "height", "found"),
    [
        ("widths = [20, 40]", "JPEG", 36_000, ["foto-20.jpg", "foto-40.jpg", "foto.jpg"]),
        ("widths = [20, 40, 80]", "JPEG", 20_000, ["foto-20.webp", "foto-40.jpg", "foto-40.webp", "foto.jpg"]),
        ('format = "avif"\nwidths = [20, 40]', "JPEG", 40_000, ["foto-20.jpg", "foto-40.jpg", "foto.jpg"]),
        ("widths = [20, 40]", "PNG", 70_000, ["foto-png-20.png", "foto-png-40.png", "foto.png"]),
        ("widths = [20, 40]", "AVIF", 30_000, ["foto-avif-20.avif", "foto.avif"]),
    ],
)
def test_no_picture_is_taller_than_its_format_can_be(
    site: Site, settings: str, format: str, height: int, found: list[str]
) -> None:
    """A photo that is too tall for the newer format has its own alone; every file that is made can be opened."""
    name = f"foto.{'jpg' if format == 'JPEG' else format.lower()}"
    made = site(with_photos(settings) + ARTICLE.replace("foto.jpg", name))
    made.put(f"content/{name}", saved(Image.new("RGB", (64, height)), format)).build()
    assert made.problems() == []
    assert pictures(made) == found
    for file in found:
        assert seen(made, f"{ONE[1:]}{file}").height > 1000
        assert file == name or file in made.page(ONE).source


def test_what_an_encoder_refuses_is_told_with_the_article(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """As of any photo that cannot be shown: the rest of the site is published."""
    monkeypatch.setitem(darkroom.LONGEST_SIDES, "image/webp", 65_535)
    made = site(SMALL + ARTICLE).put("content/foto.jpg", saved(Image.new("RGB", (64, 38_400)))).build("--workers", "1")
    what = "it cannot be made 40 x 24000 pixels large in WEBP: encoding error 5"
    assert f"content/a.md:4: warning[photo.broken] the photo 'foto.jpg' cannot be shown: {what}" in made.said
    assert (pictures(made), made.page(ONE).find("img")) == ([], [])


def enormous() -> bytes:
    """A PNG that says that it has 60 million pixels."""
    small = saved(picture(8, 6), "PNG")
    head = b"IHDR" + struct.pack(">II", 10_000, 6_000) + small[24:29]
    return small[:12] + head + struct.pack(">I", zlib.crc32(head)) + small[33:]


_AND_ITS_MEMORY = """
import sys
from ssg.cli import app
app(sys.argv[1:], standalone_mode=False)
print(open("/proc/self/status").read())
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="no process says here how much memory it took")
def test_a_photo_of_a_hundred_megapixels_takes_little_memory(site: Site) -> None:
    """300 MB of pixels, of which no more are decoded than the largest picture needs."""
    made = site(ARTICLE).put("content/foto.jpg", saved(Image.new("RGB", (12_000, 8_400)), quality=30))
    command = (sys.executable, "-c", _AND_ITS_MEMORY, "build", "--source", str(made.root), "--now", NOW, "--workers", "1")
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    (most,) = re.findall(r"^VmHWM:\s+(\d+) kB$", said, re.MULTILINE)
    assert seen(made, f"{ONE[1:]}foto-1600.webp").size == (1600, 1120)
    assert int(most) < 200_000


# -- each is made once -----------------------------------------------------------------------------


class Counting:
    """Stands before the room where pictures are made smaller: counts the photos, and stops the build at one of them."""

    def __init__(self, stop_at: int = 0) -> None:
        self.made = 0
        self._stop_at = stop_at
        self._scaled = scaling.scaled

    def __call__(self, data: bytes, type: str, wanted: Sequence[Scaled]) -> list[bytes]:
        self.made += 1
        if self.made == self._stop_at:
            raise Killed
        return self._scaled(data, type, wanted)


class Killed(BaseException):
    """Ends a build in the middle, as a signal would."""


@pytest.fixture
def counting(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Counting]:
    def begin(stop_at: int = 0) -> Counting:
        monkeypatch.undo()
        counter = Counting(stop_at)
        monkeypatch.setattr(scaling, "scaled", counter)
        return counter

    return begin


def several(site: Site, photos: int) -> Made:
    made = site(SMALL)
    for number in range(photos):
        text = ARTICLE.replace("content/a.md", f"content/a{number}.md").replace("foto.jpg", f"{number}.jpg")
        made.write(text).put(f"content/{number}.jpg", photo(64, 32 + number))
    return made


def test_a_build_after_which_nothing_changed_touches_no_photo(site: Site, counting: Callable[[int], Counting]) -> None:
    """Nor does one that renders pages again, nor one in another folder of the same bytes."""
    made = several(site, 3)
    assert counting(0).made == 0
    first = counting(0)
    made.build("--workers", "1")
    assert first.made == 3
    again = counting(0)
    made.build("--workers", "1")
    assert ": 0 written, " in made.said
    for file in (made.root / "content").glob("*.jpg"):
        file.touch()
    made.build("--workers", "1", "--output", str(made.root / "other"))
    assert again.made == 0
    assert made.output_of("other") == made.files()


def test_a_build_that_was_ended_goes_on_where_it_was(site: Site, counting: Callable[[int], Counting]) -> None:
    """What it made is there; what it did not is made, and the site is the same as without the interruption."""
    made = several(site, 4)
    counting(3)
    with pytest.raises(Killed):
        made.build("--workers", "1")
    assert not made.output.exists()
    rest = counting(0)
    made.build("--workers", "1")
    assert rest.made == 2
    whole = made.files()
    assert made.build("--clean", "--workers", "1").files() == whole
    assert rest.made == 6


def test_workers_and_what_was_made_before_change_no_byte(site: Site) -> None:
    """Other widths first, then these, on two workers: as on one from scratch; what is damaged in the cache is made again."""
    made = several(site, 4).write(with_photos("widths = [30, 40]")).build("--workers", "2").write(SMALL)
    found = made.build("--workers", "2").files()
    assert made.build("--clean", "--workers", "1").files() == found
    for file in (made.root / ".ssg-cache/photos").glob("*/*"):
        file.write_bytes(file.read_bytes()[:-5])
    assert made.build("--output", str(made.root / "other")).output_of("other") == found


def test_another_photo_under_the_old_name_is_made_smaller_anew(site: Site) -> None:
    """Its address stays; one that is named no more goes with all its files."""
    made = site(SMALL + ARTICLE).put("content/foto.jpg", photo(64, 32)).build()
    before = made.files()
    made.put("content/foto.jpg", saved(Image.new("RGB", (64, 32), "green"))).build()
    after = made.files()
    assert {file for file in after if after[file] != before[file]} >= {
        f"{ONE[1:]}foto-{name}" for name in ("20.webp", "40.jpg")
    }
    made.write(ARTICLE.replace("image: {src: foto.jpg, alt: Foto}\n", "")).build()
    assert pictures(made) == []


# -- cards -----------------------------------------------------------------------------------------

CARD = with_photos("card = true")
BARE = "-- content/%s.md --\n---\ntitle: %s\ndate: 2026-05-01\n---\nIsi.\n"


def test_shared_links_show_a_headline_where_there_is_no_photo(site: Site) -> None:
    """As a small picture of the shape that networks leave room for; what it says stands beside it in words."""
    made = site(CARD + BARE % ("a", "Jembatan di Kali Uji dibuka lagi setelah tiga tahun")).build()
    page = made.page(ONE)
    assert page.one("meta", property="og:image")["content"] == f"https://kabar.example{ONE}card.png"
    assert page.one("meta", property="og:image:alt")["content"] == "Jembatan di Kali Uji dibuka lagi setelah tiga tahun"
    assert page.one("meta", name="twitter:card")["content"] == "summary_large_image"
    assert page.find("img") == []
    drawn = seen(made, f"{ONE[1:]}card.png")
    assert (drawn.size, drawn.format) == ((1200, 630), "PNG")
    assert (made.output / f"{ONE[1:]}card.png").stat().st_size < 20_000


@pytest.mark.parametrize("title", ["Kabar " * 100, "S" * 300, "“Kutipan” – dan ‘lain’…"])
def test_a_long_headline_is_cut_and_signs_are_spelt(site: Site, title: str) -> None:
    """Nothing is drawn below the line above the site's name, or beyond the margin."""
    drawn = seen(site(CARD + BARE % ("a", title)).build(), f"{ONE[1:]}card.png").convert("RGB")
    paper = (255, 255, 255)
    assert {pixel for _, pixel in drawn.crop((0, 460, 1200, 490)).getcolors() or ()} == {paper}
    assert {pixel for _, pixel in drawn.crop((1140, 30, 1200, 620)).getcolors() or ()} == {paper}


def test_there_is_no_card_where_one_cannot_be_drawn_or_nobody_wants_one(site: Site) -> None:
    """With a photo, in letters that the font has not, of what was withdrawn, and by default."""
    withdrawn = BARE.replace("---\nIsi", "withdrawn: {date: 2026-05-02, reason: Keliru}\n---\nIsi") % ("c", "C")
    made = site(CARD + ARTICLE + BARE % ("b", "قطار جديد") + withdrawn).put("content/foto.jpg", photo(64, 32)).build()
    assert pictures(made) == ["foto.jpg"]
    assert made.page("/2026/05/01/b/").one("meta", name="twitter:card")["content"] == "summary"
    made.write(f"-- site.toml --\n{SITE_TOML}" + BARE % ("b", "Kereta baru")).build()
    assert pictures(made) == ["foto.jpg"]


def test_a_card_is_drawn_again_when_what_it_shows_is_another(site: Site) -> None:
    """Its headline, the site's name, a colour of the theme; nothing else."""
    made = site(CARD + BARE % ("a", "Satu") + BARE % ("b", "Lain")).build()
    cards = [f"2026/05/01/{name}/card.png" for name in "ab"]
    stood = made.files()
    made.write(BARE.replace("Isi.", "Isi lain.") % ("a", "Satu")).build()
    assert [made.files()[file] == stood[file] for file in cards] == [True, True]
    made.write(BARE % ("a", "Dua")).build()
    assert [made.files()[file] == stood[file] for file in cards] == [False, True]
    stood = made.files()
    made.write('-- themes/default/theme.toml --\n[properties]\naccent = "#0a6b4f"\n').build()
    assert [made.files()[file] == stood[file] for file in cards] == [False, False]
    stood = made.files()
    assert made.build("--clean").files() == stood
