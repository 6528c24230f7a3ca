"""The archive as data: what is told of an article, month by month, and that a day's news touches its month only."""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import pytest
from markdown_it import MarkdownIt

from tests.conftest import SITE_TOML, Html, Made
from tests.sites.rich import photo

Site = Callable[[str], Made]

SETTINGS = '[data]\nbeside = ["json", "md"]\nmonths = true\nmanifests = true\n'
ALL = f"-- site.toml --\n{SITE_TOML}\n{SETTINGS}"

PLAIN = "".join(
    f"-- content/{name}.md --\n---\ntitle: Judul {name}\ndate: {date}\n---\nIsi {name}.\n\nLagi.\n"
    for name, date in (("a", "2026-03-30"), ("b", "2026-03-31"), ("c", "2026-04-01"), ("d", "2026-05-02"))
)

RICH = r"""-- content/panen.md --
---
title: "Harga *beras* naik 😀 ]]> \"kutip\" <script>"
date: 2026-04-30 23:30
updated: 2026-05-01 07:00
id: beras-1
tags: [Beras, "Kota: Baru"]
author: Ratna
editor: [Budi, Siti]
section: Nasional
region: Karawang
story: Panen
source: {name: "Kantor & Kawan", url: "https://kantor.example/"}
secret: jangan sampai keluar
summary: "Ringkasan \e[31m merah"
corrections:
  - {date: 2026-05-02, text: "Hari `salah`."}
---
Paragraf **tebal**, *miring*, ~~lama~~ dan `kode`; lihat [berikutnya](lain.md), [[lain]] serta <kbd>K</kbd>!
Awas\![lain](lain.md) dan *dua
baris*
**tebal**.
Tanda a_b_c, [kurung], 1 < 2 & bintang*.

<!-- catatan redaksi: rahasia -->

1. satu
2. dua
   - dalam

- lain

> kutipan

## Sub *judul* \#

| a | b |
|---|---|
| 1 | 2 |

```python
x = "```"

y = 1
```

\# bukan judul

1986\. bukan daftar

Baris satu<br>baris dua. ]]> &amp; بعض النص dan 👩‍👩‍👧 selesai.
-- content/lain.md --
---
title: Panen raya
date: 2026-05-02
story: Panen
---
Isi.
-- content/tarik.md --
---
title: Yang ditarik
date: 2026-05-03
withdrawn: {date: 2026-05-04, reason: Sumbernya keliru}
---
Kata rahasia.
-- content/en/rice.md --
---
title: Rice
date: 2026-05-02
translation_of: beras-1
tags: [Rice]
---
Text.
"""


def month(made: Made, name: str) -> list[dict[str, Any]]:
    """The articles of a month, as the site has them."""
    packed = (made.output / f"data/articles-{name}.jsonl.gz").read_bytes()
    return [json.loads(line) for line in gzip.decompress(packed).decode().split("\n")[:-1]]


def differing(one: dict[str, str], other: dict[str, str]) -> set[str]:
    """The files that are not the same in both."""
    return {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)}


def faults(value: object, schema: dict[str, Any], place: str = "article") -> Iterator[str]:
    """What is wrong with a value by a schema, as far as ours goes: types, formats, bounds, what must be there, what may be."""
    types: dict[str, type] = {"string": str, "integer": int, "array": list, "object": dict}
    if not isinstance(value, types[schema["type"]]):
        yield f"{place} is no {schema['type']}"
    elif isinstance(value, str):
        if len(value) < schema.get("minLength", 0):
            yield f"{place} is too short"
        if schema.get("format") == "uri" and not urlsplit(value).netloc:
            yield f"{place} is no whole address"
        if schema.get("format") == "date-time" and datetime.fromisoformat(value).utcoffset() is None:
            yield f"{place} has no offset"
    elif isinstance(value, int):
        if value < schema["minimum"]:
            yield f"{place} is too small"
    elif isinstance(value, list):
        if len(value) < schema["minItems"]:
            yield f"{place} is empty"
        for one in value:
            yield from faults(one, schema["items"], f"{place}[]")
    elif isinstance(value, dict):
        yield from (f"{place} has no {name}" for name in schema["required"] if name not in value)
        yield from (f"{place}.{name} is unknown" for name in value.keys() - schema["properties"].keys())
        if "oneOf" in schema and sum(value.keys() >= set(one["required"]) for one in schema["oneOf"]) != 1:
            yield f"{place} is of no kind, or of two"
        for name in value.keys() & schema["properties"].keys():
            yield from faults(value[name], schema["properties"][name], f"{place}.{name}")


@pytest.fixture
def made(site: Site) -> Made:
    """A small archive with something of everything, published as data."""
    return site(ALL + RICH).build()


def test_without_the_settings_nothing_is_there(site: Site) -> None:
    """Not one file, and not one byte of a page; what was there goes when the settings go."""
    made = site(PLAIN).build()
    bare = made.files()
    assert not [path for path in bare if path.startswith("data/") or path.endswith(("index.json", ".md"))]
    assert not made.page("/2026/03/30/a/").find("link", type="application/json")
    made.write(ALL).build()
    assert {"data/index.json", "2026/03/30/a/index.md"} <= made.files().keys()
    made.write(f"-- site.toml --\n{SITE_TOML}").build()
    assert made.files() == bare


def test_every_line_is_what_the_schema_says(made: Made) -> None:
    """Of every month, in its order; the schema describes each key, and the list of months is right about each file."""
    schema = json.loads((made.output / "data/schema.json").read_bytes())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "https://kabar.example/data/schema.json"
    assert all(one["description"] for one in schema["properties"].values())
    assert [one["id"] for one in month(made, "2026-04")] == ["beras-1"]
    assert [one["id"] for one in month(made, "2026-05")] == ["en/rice", "lain", "tarik"]
    articles = [*month(made, "2026-04"), *month(made, "2026-05")]
    assert [fault for article in articles for fault in faults(article, schema)] == []
    assert list(faults({"id": 1, "language": "", "title": "", "date_published": "2026-05-01"}, schema)), "the check can fail"
    index = json.loads((made.output / "data/index.json").read_bytes())
    assert index["schema"] == schema["$id"]
    assert [(one["month"], one["articles"], one["withdrawn"]) for one in index["months"]] == [
        ("2026-04", 1, 0),
        ("2026-05", 2, 1),
    ]
    for one in index["months"]:
        data = (made.output / one["url"].removeprefix("https://kabar.example/")).read_bytes()
        assert (one["size_in_bytes"], one["sha256"]) == (len(data), hashlib.sha256(data).hexdigest())


def test_an_article_tells_what_its_page_tells(made: Made) -> None:
    """Names with their pages, whole addresses, the text as feeds have it; no key that the program does not know."""
    [told] = month(made, "2026-04")
    beside = json.loads((made.output / "2026/04/30/panen/index.json").read_bytes())
    assert beside == told
    html = told.pop("content_html")
    assert told.pop("words") > 30
    assert told == {
        "id": "beras-1",
        "url": "https://kabar.example/2026/04/30/panen/",
        "canonical": "https://kabar.example/2026/04/30/panen/",
        "language": "id",
        "title": 'Harga *beras* naik 😀 ]]> "kutip" <script>',
        "date_published": "2026-04-30T23:30:00+07:00",
        "date_modified": "2026-05-01T07:00:00+07:00",
        "editors": [
            {"name": "Budi", "url": "https://kabar.example/editor/budi/"},
            {"name": "Siti", "url": "https://kabar.example/editor/siti/"},
        ],
        "authors": [{"name": "Ratna", "url": "https://kabar.example/editor/ratna/"}],
        "section": {"name": "Nasional", "url": "https://kabar.example/rubrik/nasional/"},
        "regions": [{"name": "Karawang", "url": "https://kabar.example/daerah/karawang/"}],
        "tags": [
            {"name": "Beras", "url": "https://kabar.example/tag/beras/"},
            {"name": "Kota: Baru", "url": "https://kabar.example/tag/kota-baru/"},
        ],
        "story": {"name": "Panen", "url": "https://kabar.example/kisah/panen/"},
        "source": {"name": "Kantor & Kawan", "url": "https://kantor.example/"},
        "summary": "Ringkasan [31m merah",
        "corrections": [{"date": "2026-05-02T00:00:00+07:00", "text": "Hari `salah`."}],
        "translations": [{"language": "en", "title": "Rice", "url": "https://kabar.example/en/2026/05/02/rice/"}],
    }
    assert '<a href="https://kabar.example/2026/05/02/lain/">Panen raya</a>' in html
    assert "]]&gt; &amp; بعض النص dan 👩‍👩‍👧" in html
    rice = month(made, "2026-05")[0]
    assert rice["tags"] == [{"name": "Rice", "url": "https://kabar.example/en/tag/rice/"}]
    assert [one["url"] for one in rice["translations"]] == ["https://kabar.example/2026/04/30/panen/"]


def test_a_photo_is_told_with_its_measures(site: Site) -> None:
    """Its whole address and its true size; the Markdown names it too."""
    made = site(
        ALL
        + "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\nimage: {src: /foto.jpg, alt: Foto, credit: Ana}\n---\nIsi.\n"
    )
    made.put("static/foto.jpg", photo(30, 20)).build()
    told = month(made, "2026-05")[0]["photo"]
    assert told == {
        "url": "https://kabar.example/foto.jpg",
        "width": 30,
        "height": 20,
        "size_in_bytes": (made.output / "foto.jpg").stat().st_size,
        "mime_type": "image/jpeg",
        "alt": "Foto",
        "credit": "Ana",
    }
    markdown = (made.output / "2026/05/01/a/index.md").read_text(encoding="utf-8")
    assert 'image: {"src":"https://kabar.example/foto.jpg","alt":"Foto","credit":"Ana"}' in markdown


def test_of_a_withdrawn_article_only_that_is_told(made: Made) -> None:
    """Its headline, since when and why; no file beside its page, and no word of its text anywhere."""
    [told] = [one for one in month(made, "2026-05") if one["id"] == "tarik"]
    assert told == {
        "id": "tarik",
        "url": "https://kabar.example/2026/05/03/tarik/",
        "language": "id",
        "title": "Yang ditarik",
        "date_published": "2026-05-03T00:00:00+07:00",
        "withdrawn": {"date": "2026-05-04T00:00:00+07:00", "reason": "Sumbernya keliru"},
    }
    assert [path for path in made.files() if path.startswith("2026/05/03/tarik/")] == ["2026/05/03/tarik/index.html"]
    assert not made.page("/2026/05/03/tarik/").find("link", type="application/json")


def test_the_page_names_its_data(made: Made) -> None:
    """In its head, by their media types; other pages name none."""
    page = made.page("/2026/04/30/panen/")
    assert page.one("link", type="application/json")["href"] == "/2026/04/30/panen/index.json"
    assert page.one("link", type="text/markdown")["href"] == "/2026/04/30/panen/index.md"
    assert made.page("/").find("link", type="text/markdown") == []
    made.write(f'-- site.toml --\ntheme = "plain"\n{SITE_TOML}\n{SETTINGS}').build()
    assert made.page("/2026/04/30/panen/").one("link", type="application/json")["rel"] == "alternate"


def words(html: str) -> list[str]:
    """The words of a piece of HTML."""
    return Html(f"<main>{html}</main>".replace("<br>", " ")).main.split()


def test_the_markdown_reads_as_the_page(made: Made) -> None:
    """Another parser makes the same words of it, in the same elements; comments and unknown keys have stayed at home."""
    text = (made.output / "2026/04/30/panen/index.md").read_text(encoding="utf-8")
    front, _, body = text.removeprefix("---\n").partition("\n---\n\n")
    assert "rahasia" not in text
    assert "jangan sampai keluar" not in text
    assert 'title: "Harga *beras* naik 😀 ]]> \\"kutip\\" <script>"' in front.split("\n")
    assert 'tags: ["Beras","Kota: Baru"]' in front.split("\n")
    [told] = month(made, "2026-04")
    html = MarkdownIt("commonmark").enable(["strikethrough"]).render(body)
    assert words(html) == words(told["content_html"])

    def shape(of: str) -> list[str]:
        return [element.tag for element in Html(of).elements if element.tag not in ("span", "p", "s", "del", "main")]

    assert shape(html) == shape(told["content_html"])
    assert "](https://kabar.example/2026/05/02/lain/)" in body


def test_the_markdown_is_an_article_again(made: Made) -> None:
    """What is published can be read by this program: the same headline, date, id, people and tags."""
    text = (made.output / "2026/04/30/panen/index.md").read_bytes()
    for source in made.root.joinpath("content").rglob("*.md"):
        source.unlink()
    made.put("content/panen.md", text).build()
    assert [line for line in made.problems() if "feed.vanished" not in line] == []
    [told] = month(made, "2026-04")
    assert (told["id"], told["title"]) == ("beras-1", 'Harga *beras* naik 😀 ]]> "kutip" <script>')
    assert [one["name"] for one in (*told["editors"], *told["authors"], *told["tags"])] == [
        "Budi",
        "Siti",
        "Ratna",
        "Beras",
        "Kota: Baru",
    ]


def test_the_bytes_do_not_lie_in_how_they_were_made(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """In one process or in three, after a build or from scratch: the same packed bytes, in which no time stands."""
    monkeypatch.setattr("ssg.workers.FEW", 1)
    made = site(ALL + PLAIN + RICH).build("--workers", "1")
    made.build("--workers", "3", "--output", str(made.root / "other"), "--clean")
    assert made.output_of("other") == made.files()
    assert (made.output / "data/articles-2026-05.jsonl.gz").read_bytes()[:10] == b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"


def test_a_day_s_news_touches_its_month(site: Site) -> None:
    """An article that is added, changed or withdrawn changes the lines of its own month, the list of months and the sums."""
    made = site(ALL + PLAIN).build()
    own = {"data/articles-2026-05.jsonl.gz", "data/index.json", "data/manifest-2026-05.txt", "data/manifest.txt"}
    text = "-- content/e.md --\n---\ntitle: Kopi\ndate: 2026-05-03\n{}---\nBiji kopi{}.\n"
    for filled in (("", ""), ("", ", digiling"), ("withdrawn: {date: 2026-05-04, reason: Keliru}\n", ", digiling")):
        before = made.files()
        made.write(text.format(*filled)).build("--verify")
        files = differing(before, made.files())
        assert own <= files
        assert {path for path in files - own if path.startswith("data/") and "manifest" not in path} == set()
        assert {path for path in files if re.search(r"index\.(json|md)$", path)} <= {
            *("data/index.json", "2026/05/03/e/index.json", "2026/05/03/e/index.md")
        }
    before = made.files()
    made.remove("content/e.md").build("--verify")
    assert "data/articles-2026-05.jsonl.gz" in differing(before, made.files())
    assert [one["id"] for one in month(made, "2026-05")] == ["d"]


def test_a_quiet_edit_reaches_the_sums(site: Site) -> None:
    """Where nothing but a text has changed, and most is not looked at, what tells of files is made anew all the same."""
    made = site(ALL + PLAIN).build()
    before = made.files()
    made.write("-- content/a.md --\n---\ntitle: Judul a\ndate: 2026-03-30\n---\nIsi a.\n\nLagi, dan lagi.\n").build("--verify")
    data = {path for path in differing(before, made.files()) if path.startswith("data/")}
    assert data == {
        f"data/{name}" for name in ("articles-2026-03.jsonl.gz", "index.json", "manifest-2026-03.txt", "manifest.txt")
    }
    assert "dan lagi" in month(made, "2026-03")[0]["content_html"]


def test_what_is_remembered_of_sums_is_not_believed(site: Site) -> None:
    """A cache that lost or damaged them gives the same bytes."""
    made = site(ALL + PLAIN).build()
    [kept] = (made.root / ".ssg-cache").glob("sums-*")
    for data in (kept.read_bytes()[:-1], b"", kept.read_bytes().replace(b"a", b"b")):
        kept.write_bytes(data)
        made.write(f"-- content/f.md --\n---\ntitle: F{len(data)}\ndate: 2026-05-05\n---\nIsi.\n").build("--verify")
        assert "Verified" in made.said


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="needs sha256sum of GNU coreutils")
def test_sha256sum_agrees(made: Made) -> None:
    """Every file of the site stands in one manifest, in the form that coreutils checks."""
    manifests = sorted(file.relative_to(made.output).as_posix() for file in made.output.glob("data/manifest*.txt"))
    assert len(manifests) == 3
    checked = subprocess.run(
        ["sha256sum", "--check", "--strict", *manifests], cwd=made.output, capture_output=True, text=True, check=False
    )
    assert checked.returncode == 0, checked.stdout
    listed = [line.removesuffix(": OK") for line in checked.stdout.splitlines()]
    assert sorted(listed) == sorted(made.files().keys() - {"data/manifest.txt"})
    of_may = (made.output / "data/manifest-2026-05.txt").read_text(encoding="utf-8")
    assert [line.partition("  ")[2] for line in of_may.splitlines()] == sorted(
        path for path in made.files() if re.match(r"(en/)?2026/05/\d\d/[^/]+/", path)
    )


def test_a_template_cannot_ask_for_files_that_are_not_made_yet(site: Site) -> None:
    """It is the template's fault, with its line."""
    made = site(f"{ALL}{PLAIN}-- themes/default/templates/slots/foot.html --\n\n{{{{ ask.month_files() }}}}\n").build(ok=False)
    [problem] = made.problems()
    assert problem.startswith("themes/default/templates/slots/foot.html:2: error[template.fault] KeyError: ")
    assert "known only to the pages that are made last" in " ".join(made.said.split())


def test_why_tells_what_a_manifest_is_made_of(made: Made) -> None:
    """Before and after it stands."""
    assert "sums_of_month of the page" in made.run("why", "/data/manifest-2026-05.txt", "--now", "2026-06-01").text
    assert "keeps it" in made.said
    elsewhere = made.run("why", "/data/manifest.txt", "--now", "2026-06-01", "--output", str(made.root / "other"))
    assert elsewhere.code == 0
