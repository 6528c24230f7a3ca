"""A newsroom whose words, tables and lines of code are all too long for a telephone, wherever a page may show them."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from tests.conftest import SITE_TOML, Made

ARTICLE = "/2021/12/30/panjang/"

_WORD = "pertanggungjawabanketidakseimbangankeberlangsungankewarganeg"  # 60 letters
_TABLE = "\n".join(
    [
        "|" + "".join(f" Kolom{n:02} |" for n in range(16)),
        "|" + "--|" * 16,
        "|" + "".join(f" nilai-yang-panjang-{n:02} |" for n in range(16)),
    ]
)

_SITE = """
[[menus.main]]
title = "{word}"
address = "/panjang/"

[[menus.footer]]
title = "{word}"
address = "/panjang/"
"""

_FILES = """\
-- content/2021/12/panjang/index.md --
---
title: {word} tiba
date: 2021-12-30 19:29
updated: 2021-12-31 08:10
id: panjang
slug: panjang
section: {word}
editor: [{word}, {word}2]
author: {word}3
tags: [{word}, {word}b]
region: {word}
source: {{name: {word}, url: "https://kantor.example/{word}/{word}"}}
image: {{src: utama.jpg, alt: Foto, caption: {word} {word}, credit: {word}/{word}}}
dateline: {word}
summary: {word}, lalu {word}.
pick: 1
story: {word}
corrections: {{date: 2022-01-02, text: {word}{word}}}
---

{word}{word} dan [tautan{word}](https://jauh.example/{word}) dan `kode_{word}_{word}`.

Baca Juga: [[kedua]]

## {word} {word}

> {word}{word}

- {word}{word}
  1. {word}{word}
     - {word}{word}

{table}

```python
{code}
```

    {code}

![Foto](utama.jpg "{word}{word}")

Catatan.[^1] https://contoh.example/{word}/{word}?{word}={word}

[^1]: {word}{word}
-- content/2021/12/kedua.md --
---
title: {word}{word}
date: 2021-12-29 10:00
id: kedua
section: {word}
tags: [{word}]
region: {word}
editor: {word}
story: {word}
pick: 2
---

{word}
-- content/2021/12/dicabut.md --
---
title: {word} dicabut
date: 2021-12-28 10:00
section: {word}
withdrawn: {{date: 2021-12-29, reason: {word}{word}}}
---

Isi.
-- content/pages/panjang.md --
---
title: {word}
---

## {word}

{table}

```
{code}
```
-- content/tags/x.md --
---
title: {word}
---

{word}{word} `{code}`
-- data/popular.json --
{{"articles": [{{"id": "panjang", "views": 9}}, {{"id": "kedua", "views": 5}}]}}
"""


def unbroken(made: Made, theme: str = "default") -> Made:
    """The site in a theme, to be built."""
    photo = BytesIO()
    Image.new("RGB", (1600, 900), (90, 60, 40)).save(photo, "JPEG")
    settings = SITE_TOML.replace('"Kabar Uji"', f'"{_WORD}"', 1) + _SITE.format(word=_WORD)
    settings = f'theme = "{theme}"\ndescription = "{_WORD} {_WORD}"\nfooter = "{_WORD}{_WORD}"\n{settings}'
    made.put("site.toml", settings.encode()).write(_FILES.format(word=_WORD, table=_TABLE, code="kode(x)." * 40))
    return made.put("content/2021/12/panjang/utama.jpg", photo.getvalue())
