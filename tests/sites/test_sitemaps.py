"""The sitemap: every page that stands for itself, in one file or in parts."""

from __future__ import annotations

from collections.abc import Callable
from xml.etree import ElementTree

import pytest

from tests.conftest import Made

Site = Callable[[str], Made]

NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
ARTICLES = "".join(
    f"-- content/b{n}.md --\n---\ntitle: Berita {n}\ndate: {2020 + n // 4}-05-{n + 1:02}\ntags: [Uji]\n---\nIsi {n}.\n"
    for n in range(12)
)


def addresses(made: Made, file: str) -> list[str]:
    root = ElementTree.fromstring((made.output / file).read_bytes())
    return [place.text or "" for place in root.iter(f"{NAMESPACE}loc")]


def test_a_sitemap_names_each_page_once_and_an_articles_last_change(site: Site) -> None:
    """Articles with their date, lists and days without one; nothing that a reader does not come to."""
    made = site(ARTICLES).build()
    found = addresses(made, "sitemap.xml")
    assert len(found) == len(set(found))
    assert {"https://kabar.example/", "https://kabar.example/2020/05/01/b0/", "https://kabar.example/tag/uji/"} <= set(found)
    assert not [address for address in found if "/hal/" in address or address.endswith((".xml", "404.html"))]
    for address in found:
        assert (made.output / address.removeprefix("https://kabar.example/") / "index.html").is_file()
    assert (
        b"<loc>https://kabar.example/2020/05/01/b0/</loc><lastmod>2020-05-01T00:00:00+07:00</lastmod>"
        in (made.output / "sitemap.xml").read_bytes()
    )


def test_a_long_sitemap_is_cut_by_year_under_an_index(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is over the limit, none is missing, and a new article touches the part of its year."""
    made = site(ARTICLES).build()
    whole = addresses(made, "sitemap.xml")
    monkeypatch.setattr("ssg.pages.sitemaps.MOST", 5)
    made.build("--clean")
    parts = [address.removeprefix("https://kabar.example/") for address in addresses(made, "sitemap.xml")]
    assert {"sitemap-2020.xml", "sitemap-2021.xml", "sitemap-2022.xml", "sitemap-pages.xml", "sitemap-pages-2.xml"} <= set(
        parts
    )
    assert all(0 < len(addresses(made, part)) <= 5 for part in parts)
    assert sorted(address for part in parts for address in addresses(made, part)) == sorted(whole)
    before = made.files()
    made.write("-- content/baru.md --\n---\ntitle: Baru\ndate: 2022-06-01\n---\nIsi baru.\n").build()
    after = made.files()
    years = [f"sitemap-{year}.xml" for year in (2020, 2021, 2022)]
    assert [part for part in years if before[part] != after[part]] == ["sitemap-2022.xml"]
