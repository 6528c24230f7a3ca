"""Small newsrooms, from the fullest to the emptiest, in Indonesian and English, so that every kind of page has both."""

from __future__ import annotations

from io import BytesIO

from PIL import Image

from tests.conftest import SITE_TOML, Made

ARTICLE = "/2021/12/30/panggilan/"
ENGLISH_ARTICLE = "/en/2021/12/30/call/"
KEPT = "/2021/12/31/dibaca/"
TODAY = 8  # articles of the newest day: with three on a page they fill numbered pages of every list

_MENUS = """
[shortcodes]
youtube = "youtube"
vimeo = "vimeo"

[[menus.main]]
title = "Sains & Lingkungan"
address = "https://sains.example/?q=a&b=c"

[[menus.footer]]
title = "Redaksi <kami>"
address = "/redaksi/"

[[languages.en.menus.main]]
title = "Science & Environment"
address = "https://science.example/"
"""

_RICH = """\
-- content/2021/12/panggilan/index.md --
---
title: 'Putin & Biden "bertelepon": &lt;jaminan&gt; keamanan di Karawang, dan satukatayangpanjangnyatidakmuatdilayarkecil2021'
date: 2021-12-30 19:29
updated: 2021-12-31 08:10
id: panggilan
slug: panggilan
section: Internasional
editor: [M Haidar, "Rr. O'Neil"]
author: Redaksi "Dunia"
tags: [NATO, "Rusia & Ukraina", Diplomasi]
region: [Karawang, Bali]
source: {name: "Kantor Berita &lt;A&B&gt;", url: "https://kantor.example/?a=1&b=2"}
image:
  src: utama.jpg
  alt: Dua telepon "merah" & satu meja
  caption: Keterangan &lt;foto&gt; & "kutipan".
  credit: Kabar Uji/Youtube/A&B
dateline: KARAWANG
summary: Ringkasan dengan "kutipan", &lt;sudut&gt; & dan.
pick: 1
story: Ketegangan
related: [sebelum]
aliases: [/lama/panggilan/]
corrections:
  - date: 2022-01-02
    text: Versi lama menyebut "telepon" & &lt;video&gt;.
  - date: 2022-01-03
    text: Ejaan nama.
---

Alinea pertama dengan [tautan](../sebelum.md), **tebal**, *miring*, ~~coret~~, `kode<>&` dan catatan.[^1] Lagi.[^dua]

Baca Juga: [[sebelum]]

## Subjudul satu

### Sub & subjudul

- satu
- dua
  1. tiga
  2. empat

> Kutipan *panjang*.
>
> - dengan daftar

| Nama | Angka | Keterangan yang panjang sekali |
|:--|--:|:-:|
| A | 1.000 | satukatayangpanjangnyatidakmuatdilayarkecil |
| B | 2 | [tautan](https://jauh.example/a_(b)) |

Alamat yang ditulis sembarangan: [satu](<https://jauh.example/a b/{c}?d|e=`f`#g##h i>), [dua](</tag/nato/#a b{c}>),
[tiga](</lambang.png?a b|c>), [empat](<../sebelum.md#a b>), [lima](/tag/caf%C3%A9%20a/) dan
<a href="http://%20http//salah.example/" rel="nofollow">enam</a>.

##

<h3> </h3>

![Foto di badan & "tanda"](badan.png "Keterangan <foto> badan")

Sebaris dengan ![ikon](badan.png) gambar.

{{< youtube dQw4w9WgXcQ >}}

{{< vimeo 76979871 >}}

```python
print("<satu baris yang panjang sekali, lebih panjang daripada layar telepon yang paling lebar sekalipun>")
```

    kode & <tajuk>

## Subjudul satu

<p align="center"><font color="red">Lama</font> <a href="/tag/nato/" target="_blank" rel="nofollow">tag</a></p>
<div style="color: red" onclick="alert(1)"><h1>HTML sendiri</h1><p id="subjudul-satu">satu</p><p>dua</p></div>
<script>alert("tidak pernah")</script>
<table width="100%" border="1"><tr><th>A<td>1</table>

***

<details><summary>Rincian</summary>Isi</details>

Penutup di satu baris\\
dan baris berikut, https://contoh.example/alamat/yang/panjang/sekali/sampai/tidak/muat/di/layar/telepon.***

[^1]: Catatan pertama.
[^dua]: Catatan kedua, dengan `kode`.

    Dua alinea.
-- content/2021/12/sebelum.md --
---
title: Berita sebelumnya
date: 2021-12-29 10:00
id: sebelum
section: Internasional
editor: M Haidar
tags: [NATO]
region: Bali
story: Ketegangan
pick: 2
---

Isi berita sebelumnya. [Ke depan](panggilan/index.md#subjudul-satu).
-- content/2021/12/perundingan.md --
---
title: Perundingan keamanan
date: 2021-12-28 10:00
id: perundingan
section: Internasional
tags: [NATO, "Rusia & Ukraina", Diplomasi]
---

Perundingan tentang jaminan keamanan, lewat telepon.
-- content/2021/11/ditarik.md --
---
title: Berita yang ditarik
date: 2021-11-01 10:00
section: Nasional
tags: [NATO]
withdrawn: {date: 2021-11-02, reason: 'Sumbernya "keliru" & &lt;salah&gt;.'}
---

Isi yang tidak tampil lagi.
-- content/2021/11/konsep.md --
---
title: Konsep
date: 2021-11-03 10:00
draft: true
---

Belum selesai.
-- content/2020/01/jawa.md --
---
title: ꦧꦱꦗꦮ
date: 2020-01-01
id: aksara
tags: [ꦗꦮ, "العربية"]
---

ꦧꦱꦗꦮ, العربية, 中文.
-- content/pages/redaksi.md --
---
title: Redaksi & "alamat"
menu: [main, footer]
weight: 1
---

## Susunan

| Nama | Peran |
|--|--|
| A | Editor |

[Berita](../2021/12/sebelum.md)
-- content/pages/kosong.md --
---
title: Halaman kosong
---
-- content/tags/nato.md --
---
title: NATO
---

Pakta *pertahanan*. ![Lambang](/lambang.png "Lambang & bendera")
-- content/editors/m-haidar.md --
---
title: M Haidar
---

Editor.
-- content/regions/bali.md --
---
title: Bali
---

Pulau & provinsi.
-- content/stories/ketegangan.md --
---
title: Ketegangan & "perundingan"
---

Rusia & NATO: **satu** rangkaian. ![Lambang](/lambang.png)
-- content/sections/internasional.md --
---
title: Internasional
---

## Dunia

Berita dunia.
-- content/en/2021/12/call/index.md --
---
title: Putin & Biden "speak"
date: 2021-12-30 20:00
updated: 2021-12-31
id: call
slug: call
translation_of: panggilan
section: World
editor: M Haidar
author: [Jane Doe, John Roe]
tags: [NATO, "Russia & Ukraine"]
region: Karawang
source: Various sources
image: {src: utama.jpg, alt: Two telephones, caption: A caption, credit: Kabar Uji}
dateline: KARAWANG
pick: 1
story: Tension
corrections: {date: 2022-01-02, text: It was a call.}
---

First paragraph with a [link](../before.md) and a note.[^1]

Baca Juga: [[before]]

{{< youtube dQw4w9WgXcQ >}}

![Body](badan.png)

The end.***

[^1]: A note.
-- content/en/2021/12/before.md --
---
title: The news before
date: 2021-12-29
id: before
section: World
editor: Jane Doe
tags: [NATO]
region: Bali
story: Tension
aliases: [/en/old/before/]
---

Text.
-- content/en/2021/11/withdrawn.md --
---
title: Taken back
date: 2021-11-01
withdrawn: {date: 2021-11-02, reason: The source was wrong.}
---

Gone.
-- content/en/pages/about.md --
---
title: About us
menu: footer
---

## Who we are

Text.
-- content/en/tags/nato.md --
---
title: NATO
---

The *alliance*.
-- data/popular.json --
{
  "articles": [
    {"id": "panggilan", "views": 9}, {"id": "sebelum", "views": 5}, {"id": "baru1", "views": 4}, {"id": "call", "views": 3}
  ]
}
"""

_TODAY = """\
-- content/2022/11/baru{n}.md --
---
title: Berita baru ke-{n}
date: 2022-11-16 0{n}:00
id: baru{n}
section: Nasional
editor: M Haidar
tags: [NATO]
region: Karawang
story: Ketegangan
pick: {n}
image: {{src: /lambang.png, alt: Lambang}}
---

Isi berita baru ke-{n}, dengan beberapa kata.
-- content/en/2022/11/new{n}.md --
---
title: New story {n}
date: 2022-11-16 0{n}:00
id: new{n}
section: World
editor: Jane Doe
tags: [NATO]
region: Bali
story: Tension
pick: {n}
---

The text of new story {n}.
"""

_SPARSE = """\
-- content/a.md --
---
title: A
date: 2021-12-30
aliases: /lama/
---
-- content/pages/b.md --
---
title: B
---
-- content/en/a.md --
---
title: A
date: 2021-12-30
aliases: /en/old/
---
-- content/en/pages/b.md --
---
title: B
---
"""


_KEPT = """\
-- content/kept/index.md --
---
title: Dibaca di jalan
date: 2021-12-31
slug: dibaca
tags: Jalan
image: {src: satu.jpg, alt: Jalan}
---

Isi yang dibaca.

![Rel](dua.png)
"""


def _photo(kind: str, width: int, height: int) -> bytes:
    data = BytesIO()
    Image.new("RGB", (width, height), (40, 90, 140)).save(data, kind)
    return data.getvalue()


def rich(made: Made) -> Made:
    """A site whose articles use everything that front matter and Markdown can say."""
    made.put("site.toml", (SITE_TOML + _MENUS).encode()).write(_RICH)
    for folder in ("content/2021/12/panggilan", "content/en/2021/12/call"):
        made.put(f"{folder}/utama.jpg", _photo("JPEG", 1280, 720)).put(f"{folder}/badan.png", _photo("PNG", 320, 400))
    made.put("static/lambang.png", _photo("PNG", 160, 90))
    for n in range(1, TODAY + 1):
        made.write(_TODAY.format(n=n))
    return made


def rich_inline(made: Made) -> Made:
    """The same, with the blocks written into every page."""
    settings = SITE_TOML.replace("[identity]", '[blocks]\nmode = "inline"\n\n[identity]', 1) + _MENUS
    return rich(made).put("site.toml", settings.encode())


def plain(made: Made) -> Made:
    """The same as `rich`, in the theme that is text alone."""
    return rich(made).put("site.toml", f'theme = "plain"\n{SITE_TOML}{_MENUS}'.encode())


def sparse(made: Made) -> Made:
    """A site with one article, one page and one alias in each language, that say nothing but what they must."""
    return made.put("site.toml", SITE_TOML.encode()).write(_SPARSE)


def keeping(made: Made) -> Made:
    """A site whose readers read on without a connection: an article with its photos, and what else there must be."""
    sparse(made).put("site.toml", f"offline = true\n{SITE_TOML}".encode()).write(_KEPT)
    return made.put("content/kept/satu.jpg", _photo("JPEG", 640, 360)).put("content/kept/dua.png", _photo("PNG", 320, 400))


def bare(made: Made) -> Made:
    """A site with settings and nothing else."""
    return made.put("site.toml", SITE_TOML.encode())
