"""A site in which there is a little of everything, and builds of it in processes of their own."""

from __future__ import annotations

import io
import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

import pytest
from PIL import Image

PROJECT = Path(__file__).parent.parent.parent
NOW = "2026-06-01"

SITE_TOML = """\
title = "Kabar Uji"
base_url = "https://kabar.example/arsip/"
language = "id"
timezone = "Asia/Jakarta"
page_size = 5

[feeds]
size = 7
term_size = 5

[identity]
authority = "kabar.example"
date = "2026-11"

[languages.en]
title = "Test News"

[[menus.main]]
title = "Bencana"
address = "/tag/bencana/"

[photos]
widths = [100, 200]

[shortcodes]
ref = "link"
quote-block = "quote"

[problems]
"link.missing" = "warning"
"""

FIRST = """\
---
id: gempa-2021
title: "Gempa & Banjir: “Kronologi” \u2013 Cianjur"
date: 2021-12-30 19:29 WIB
updated: 2022-01-02T08:00:00+07:00
editor: [M Haidar, 'Siti Jum''at']
author: A. Budi
tags: [Bencana, "bencana", Gempa]
section: Nasional
region: [Cianjur, Karawang]
source: {name: Warta, url: https://warta.example/}
image: {src: foto.jpg, alt: Reruntuhan, caption: Cianjur, credit: Warta}
pick: 2
story: gempa
aliases: [/lama/gempa/]
related: [berita-100]
corrections: [{date: 2022-01-03, text: Jumlah korban.}]
---
Jalan itu retak.[^1] Baca [berita ini](../../../2019/01/berita-010.md) dan [[berita-011]].

Baca Juga: [[berita-012]]

![Peta](peta.png "Peta gempa")

{{< quote-block text="Kami pulih." cite="Warga" >}}

{{< accordion >}}Kata *di dalam*.{{< /accordion >}} [Lain]({{< ref "berita-013.md" >}}), [hilang]({{< ref "tidak-ada.md" >}}).

https://www.youtube.com/watch?v=dQw4w9WgXcQ

| Hari | Korban |
|:-----|-------:|
| Rabu | 1 |

[^1]: Menurut <b>saksi</b>.
"""

OTHERS = """\
-- content/en/quake.md --
---
title: The quake
date: 2021-12-31
translation_of: gempa-2021
tags: [Disaster]
---
It shook.
-- content/en/flood.md --
+++
title = 'The flood'
date = 2022-02-01T10:00:00Z
tags = ['disaster']
+++
It rose.[^n]

[^n]: High.
-- content/ditarik.md --
---
title: Ditarik
date: 2020-01-01
withdrawn: {date: 2020-01-02, reason: Salah.}
---
Salah.
-- content/kedaluwarsa.md --
---
title: Lowongan
date: 2020-02-01
expires: 2020-03-01
tags: Bencana
---
Lewat.
-- content/naskah.md --
---
title: Naskah
date: 2020-02-01
draft: true
---
Belum.
-- content/nanti.md --
---
title: Nanti
date: 2030-02-01
---
Belum.
-- content/pages/redaksi.md --
---
title: Redaksi
menu: [footer]
---
Kami [menulis](../tags/gempa.md).
-- content/tags/gempa.md --
---
title: Gempa Bumi
---
Tentang gempa.
-- static/robots.txt --
User-agent: *
-- static/.well-known/x.txt --
x
"""

REGIONS = ("Karawang", "Cianjur", "Sleman", "Badung")
TAGS = ("Bencana", "Politik", "Ekonomi", "Olahraga", "BENCANA", "Pemilu 2024")


def article(number: int) -> tuple[str, str]:
    """The path and the text of the `number`-th of many short articles; a greater number is newer."""
    year, month = 2019 + number // 144, 1 + number // 12 % 12
    tags = ", ".join(TAGS[(number * step) % len(TAGS)] for step in (1, 5))
    head = f"title: Berita {number}\nid: berita-{number:03}\n"
    head += f"date: {year}-{month:02}-{1 + number % 12 * 2:02} 10:{number % 60:02}\n"
    head += f"tags: [{tags}]\nsection: {'Nasional' if number % 3 else 'Daerah'}\neditor: Editor {number % 4}\n"
    head += f"region: {REGIONS[number % 4]}\n" + (f"pick: {number}\n" if number % 50 == 7 else "")
    words = " ".join(f"kata{(number * factor + number // 97 * factor**2) % 97}" for factor in range(1, 30))
    return f"content/{year}/{month:02}/berita-{number:03}.md", f"---\n{head}---\nIsi {number}: {words}.\n\nLagi.\n"


def everything(articles: int) -> dict[str, bytes]:
    """The files of the whole site, with so many short articles."""
    others = re.split(r"^-- (.+) --\n", OTHERS, flags=re.MULTILINE)[1:]
    texts = dict(zip(others[::2], others[1::2], strict=True)) | dict(map(article, range(articles)))
    texts |= {"site.toml": SITE_TOML, "content/2021/12/gempa/index.md": FIRST}
    views = [{"id": f"berita-{number:03}", "views": number % 7} for number in range(0, articles, 20)]
    texts["data/popular.json"] = json.dumps({"updated": "2026-05-31", "articles": views})
    files = {path: text.encode() for path, text in texts.items()}
    return files | {"content/2021/12/gempa/foto.jpg": _photo("JPEG"), "content/2021/12/gempa/peta.png": _photo("PNG")}


def _photo(format_: str) -> bytes:
    image = Image.linear_gradient("L").resize((320, 200)).convert("RGB")
    exif = Image.Exif()
    exif[0x8825] = {1: "S", 2: (6.0, 49.0, 1.0)}  # where it was taken: must not be published
    data = io.BytesIO()
    image.save(data, format_, exif=exif)
    return data.getvalue()


def write(root: Path, files: Mapping[str, bytes], seed: int = 0) -> Path:
    """Write the files of a site, in an order of their own for each `seed`."""
    paths = sorted(files)
    random.Random(seed).shuffle(paths)
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(files[path])
    return root


Tree = dict[str, str]


def tree(folder: Path) -> Tree:
    """All that stands in a folder: each file with the digest of its bytes, each folder."""
    return {
        path.relative_to(folder).as_posix(): blake2b(path.read_bytes()).hexdigest() if path.is_file() else "folder"
        for path in folder.rglob("*")
    }


@dataclass(frozen=True)
class Process:
    """How a build is run: what surrounds it, none of which may show in the site."""

    arguments: tuple[str, ...] = ("--workers", "1")
    environment: Mapping[str, str] = field(default_factory=dict)
    folder: Path | None = None
    umask: int = 0o022

    def start(self, root: Path, command: str = "build", *more: str) -> subprocess.Popen[str]:
        """Start `ssg` on the site in `root`."""
        environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(PROJECT), **self.environment}
        given = ("--now", NOW, *self.arguments) if command == "build" else ()
        return subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "ssg", command, "--source", str(root), *given, *more],
            cwd=self.folder or root,
            env=environment,
            umask=self.umask,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )

    def run(self, root: Path, command: str = "build", *more: str) -> str:
        """Run `ssg` to its good end; what it said."""
        process = self.start(root, command, *more)
        said, _ = process.communicate(timeout=100)
        assert process.returncode == 0, said
        return said


Build = Callable[..., Tree]


@pytest.fixture
def build(tmp_path: Path) -> Build:
    """Build the site of some files in a folder of its own, in a process of its own; what became of it."""
    count = 0

    def run(files: Mapping[str, bytes], process: Process = Process(), *more: str, seed: int = 0) -> Tree:
        nonlocal count
        count += 1
        root = write(tmp_path / f"site-{count}", files, seed)
        process.run(root, "build", *more)
        return tree(root / "output")

    return run
