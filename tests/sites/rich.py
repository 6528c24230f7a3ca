"""A site with something of everything, written from a table, so that tests know by themselves what it ought to show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from io import BytesIO

from PIL import Image

from tests.conftest import SITE_TOML

WIB = timezone(timedelta(hours=7))
NOW = "2026-06-01 12:00"
FEED_SIZE = 5
PAGE_SIZE = 3

SETTINGS = (
    SITE_TOML
    + f"""
[feeds]
size = {FEED_SIZE}
term_size = {FEED_SIZE}

[[menus.main]]
title = "Kanal video"
address = "https://video.example/"
weight = 5
"""
)


@dataclass(frozen=True)
class Piece:
    """One article: its file's name is its slug. `out`: it stands in no feed; `gone`: nor in any list."""

    name: str
    date: str
    title: str
    language: str = "id"
    section: str = ""
    tags: tuple[str, ...] = ()
    editors: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    updated: str = ""
    more: str = ""
    body: str = "Isi berita."
    photo: str = ""
    out: bool = False
    gone: bool = False

    @property
    def when(self) -> datetime:
        return moment(self.date)

    @property
    def changed(self) -> datetime:
        return moment(self.updated) if self.updated else self.when

    @property
    def id(self) -> str:
        return f"id-{self.name}"

    @property
    def address(self) -> str:
        return ("/en" if self.language == "en" else "") + f"/{self.when:%Y/%m/%d}/{self.name}/"

    @property
    def path(self) -> str:
        return f"content/{'en/' if self.language == 'en' else ''}{self.when:%Y/%m}/{self.name}.md"

    @property
    def text(self) -> str:
        front = [f"title: {self.title!r}", f"date: {self.date}", f"id: {self.id}"]
        lists = (("tags", self.tags), ("editor", self.editors), ("author", self.authors), ("region", self.regions))
        front += [f"{key}: [{', '.join(names)}]" for key, names in lists if names]
        texts = (("section", self.section), ("updated", self.updated), ("image", self.photo))
        front += [f"{key}: {text}" for key, text in texts if text]
        return f"-- {self.path} --\n---\n" + "\n".join([*front, *filter(None, [self.more])]) + f"\n---\n{self.body}\n"


def moment(written: str) -> datetime:
    """A date and an hour of the table, in the site's zone."""
    return datetime.fromisoformat(written).replace(tzinfo=WIB)


LONG = """\
KARAWANG - Kalimat pertama tentang "tanda kutip" & lainnya.[^1]

Baca Juga: [[banjir]]

Lihat [berita lama](../02/banjir.md#akibat), [daftar](data.csv), [situs lain](https://other.example/) dan [[pemilu]].

![Sebuah peta](peta.png "Peta wilayah")

| Kota | Jumlah |
| --- | --- |
| Karawang | 12 |

https://www.youtube.com/watch?v=abcdefghijk

## Akibat

~~Coret~~ dan `kode <b>`, lalu [ke atas](#akibat).***

[^1]: Catatan kaki.
"""

PIECES = (
    Piece(
        "banjir",
        "2026-02-03 08:00",
        "Banjir Surut",
        section="Daerah",
        tags=("Banjir", "Cuaca"),
        editors=("M Haidar",),
        regions=("Karawang",),
        body="Isi berita.\n\n## Akibat\n\nAir surut.",
    ),
    Piece("pemilu", "2026-02-03 09:00", "Jadwal Pemilu: Awal", section="Nasional", tags=("Pemilu",), authors=("Siti Aminah",)),
    Piece(
        "harga",
        "2026-02-03 10:00",
        "Harga Beras & Gula",
        section="Ekonomi",
        tags=("Harga", "cuaca"),
        editors=("Siti Aminah",),
        regions=("Bekasi",),
    ),
    Piece("laga", "2026-02-04 10:00", "Laga Usai Imbang 1-1", section="Olahraga", editors=("M Haidar",)),
    Piece("lama", "2026-02-05 07:00", "Kedaluwarsa", section="Ekonomi", tags=("Harga",), more="expires: 2026-03-01", out=True),
    Piece(
        "cabut",
        "2026-02-06 07:00",
        "Berita yang Dicabut",
        section="Nasional",
        tags=("Pemilu",),
        more="withdrawn: {date: 2026-02-07, reason: Sumber keliru}",
        out=True,
        gone=True,
    ),
    Piece(
        "gempa",
        "2026-03-01 06:30",
        "Gempa Terasa sampai Karawang",
        section="Daerah",
        tags=("Gempa", "Banjir"),
        editors=("M Haidar",),
        authors=("Siti Aminah",),
        regions=("Karawang", "Bekasi"),
        updated="2026-05-20 09:00",
        more="""\
story: Gempa Jawa
dateline: KARAWANG
pick: 2
source: {name: BMKG, url: 'https://bmkg.example/'}
corrections: [{date: 2026-03-02 10:00, text: Angka diperbaiki}]""",
        photo="{src: foto.jpg, alt: Retakan, caption: Jalan retak, credit: Antara}",
        body=LONG,
    ),
    Piece(
        "susulan",
        "2026-03-01 19:00",
        "Gempa Susulan",
        section="Daerah",
        tags=("Gempa",),
        regions=("Karawang",),
        more="story: Gempa Jawa\npick: 1\nrelated: [harga, id-banjir]",
    ),
    Piece("beasiswa", "2026-03-02 08:00", "Beasiswa Dibuka", section="Nasional", editors=("Budi",)),
    Piece("jembatan", "2026-03-03 08:00", "Jembatan Baru", section="Daerah", tags=("Banjir",), regions=("Bekasi",)),
    Piece("panen", "2026-03-03 08:00", "Panen Raya", section="Ekonomi", tags=("Harga",), more="pick: true"),
    Piece(
        "vaksin",
        "2026-03-04 08:00",
        "Vaksin Tiba",
        section="Nasional",
        tags=("NATO",),
        more="""\
summary: Ringkasan tangan.
aliases: [/lama/vaksin/, /vaksin.html]
canonical: https://other.example/vaksin
dateline: ''""",
    ),
    Piece(
        "quake",
        "2026-03-02 06:00",
        "Quake Felt as Far as Karawang",
        language="en",
        section="World",
        tags=("Gempa",),
        editors=("M Haidar",),
        more="translation_of: id-gempa",
        body="A text.",
    ),
    Piece("harvest", "2026-03-05 06:00", "Harvest", language="en", section="World", body="A text."),
    Piece("nanti", "2026-09-01 06:00", "Nanti", section="Nasional", tags=("Masa Depan",), out=True, gone=True),
    Piece("draf", "2026-03-01 06:00", "Draf", section="Nasional", tags=("Masa Depan",), more="draft: yes", out=True, gone=True),
)

OTHERS = """\
-- content/pages/tentang.md --
---
title: Tentang Kami
menu: [main, footer]
weight: 2
---
Kami *redaksi*. Lihat [berita](../2026/02/banjir.md).
-- content/pages/redaksi.md --
---
title: Redaksi
menu: main
weight: 1
address: /tim/redaksi/
---
Nama-nama.
-- content/en/pages/about.md --
---
title: About Us
menu: footer
---
We.
-- content/tags/banjir.md --
---
title: Banjir Rob
---
Tentang **banjir**, lihat [[banjir]].
-- data/popular.json --
{"articles": [{"id": "id-laga", "views": 5}, {"id": "id-gempa", "views": 9}, {"id": "id-lama", "views": 99}]}
-- static/ads.txt --
none
-- static/.well-known/security.txt --
Contact: mailto:a@kabar.example
-- content/2026/03/data.csv --
a,b
"""


def photo(width: int = 64, height: int = 40, *, place: bool = True, kind: str = "JPEG") -> bytes:
    """A picture file that says where it was taken."""
    image, data = Image.new("RGB", (width, height), (200, 30, 30)), BytesIO()
    exif = image.getexif()
    if place:
        exif.get_ifd(0x8825)[1] = "S"
        exif[0x8825] = {1: "S", 2: (6.0, 18.0, 5.0), 3: "E", 4: (107.0, 18.0, 0.0)}
    image.save(data, kind, exif=exif)
    return data.getvalue()


FILES = {"content/2026/03/foto.jpg": photo(), "content/2026/03/peta.png": photo(30, 20, kind="PNG")}
TEXT = f"-- site.toml --\n{SETTINGS}" + "".join(piece.text for piece in PIECES) + OTHERS


def published(language: str = "id") -> list[Piece]:
    """The articles of one language that stand in lists, oldest first."""
    return sorted((p for p in PIECES if p.language == language and not p.gone), key=lambda p: (p.when, p.id))


def piece(name: str) -> Piece:
    """One article of the table."""
    return next(p for p in PIECES if p.name == name)
