"""The theme that is text alone: it stands on its own, and shows that the interface is enough for another theme."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import DATA, Made
from tests.sites.faults import with_settings
from tests.sites.rich import FILES, NOW, TEXT


@pytest.fixture(scope="module")
def plain(site_in: Callable[[Path, str], Made], tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The site with something of everything, in the theme that is text alone."""
    made = site_in(tmp_path_factory.mktemp("plain") / "site", TEXT)
    for path, data in FILES.items():
        made.put(path, data)
    settings = (made.root / "site.toml").read_text(encoding="utf-8")
    return made.put("site.toml", f'theme = "plain"\n{settings}'.encode()).build("--now", NOW)


def test_the_plain_theme_builds_every_page_that_the_default_one_does(plain: Made, rich: Made) -> None:
    """Nothing of the interface is the default theme's alone; no label is missing, and nothing else is wrong."""
    assert plain.problems() == rich.problems() == []
    ours, theirs = ({path for path in made.files() if not path.startswith("aset/")} for made in (plain, rich))
    searching = {path for path in theirs if path.startswith(("cari/", "en/search/"))}
    assert ours == theirs - searching, "a search needs more than text"


def test_the_plain_theme_has_one_small_style_sheet_for_pages_and_neither_pictures_nor_scripts(plain: Made) -> None:
    """A page of it costs little more than its words."""
    assert [path for path in plain.files() if path.startswith("aset/")] == ["aset/feed.css", "aset/style.css"]
    assert (plain.output / "aset/feed.css").stat().st_size < 2000
    assert (plain.output / "aset/style.css").stat().st_size < 3000
    pages = [file.read_text(encoding="utf-8").replace(DATA, "") for file in plain.output.rglob("*.html")]
    assert pages
    assert not any(mark in page for page in pages for mark in ("<img", "<script", "<svg", "<iframe", "style="))


def test_words_stand_where_a_theme_without_pictures_shows_none(plain: Made, rich: Made) -> None:
    """A caption keeps its place in the text and a video its link; feeds keep their pictures."""
    page = plain.page("/2026/03/01/gempa/")
    assert page.one("p", class_="caption").text == "Peta wilayah"
    assert page.one("a", class_="video")["href"] == "https://www.youtube.com/watch?v=abcdefghijk"
    assert rich.page("/2026/03/01/gempa/").find("p", class_="caption") == []
    feed = (plain.output / "tag/gempa/feed.xml").read_text(encoding="utf-8")
    assert "peta.png" in feed
    assert "video.svg" not in feed  # which this theme does not have
    assert "video.svg" in (rich.output / "tag/gempa/feed.xml").read_text(encoding="utf-8")


def test_a_site_has_its_own_words_in_the_plain_theme_too(site: Callable[[str], Made]) -> None:
    """And what it overrides of the default theme says nothing there."""
    made = site(
        with_settings('theme = "plain"')
        + "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\nWords.\n"
        + '-- themes/plain/translations/id.toml --\nlatest = "Baru saja"\n'
        + '-- themes/default/translations/id.toml --\nfront = "Tidak tampil"\n'
    ).build()
    source = made.page("/2026/05/01/a/").source
    assert "Baru saja" in source
    assert "Tidak tampil" not in source


def test_blocks_stand_in_every_page_of_a_small_site(site: Callable[[str], Made]) -> None:
    """With `mode = "inline"`, as in any theme; else an article links to their pages."""
    text = "-- content/{0}.md --\n---\ntitle: {0}\ndate: 2026-05-01\npick: true\nregion: Bali\n---\nWords.\n"
    both = text.format("satu") + text.format("dua")
    made = site(with_settings('theme = "plain"') + both).build()
    shared = made.page("/2026/05/01/satu/")
    assert {"/pilihan/", "/terkini/", "/kabar-daerah/"} <= {to for _, to in shared.links("main")}
    inline = made.write(with_settings('theme = "plain"\nblocks.mode = "inline"')).build().page("/2026/05/01/satu/")
    headings = [heading.text for heading in inline.find("h2")]
    assert [one for one in headings if one not in ("Terkait", "Dalam rangkaian ini")] == [
        "Terkini",
        "Artikel pilihan",
        "Kabar daerah",
    ]
