"""The blocks beside an article: what changes every hour stands at one address, and an archive's pages hold still."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import SITE_TOML, Made
from tests.sites.rich import TEXT

Site = Callable[[str], Made]


def fragment(made: Made, name: str) -> list[tuple[str, str]]:
    """The links of a shared fragment."""
    return [(e.text, e["href"]) for e in made.page(f"/blok/{name}.html").find("a")]


PICKS = [
    ("Gempa Susulan", "/2026/03/01/susulan/"),
    ("Gempa Terasa sampai Karawang", "/2026/03/01/gempa/"),
    ("Panen Raya", "/2026/03/03/panen/"),
]
POPULAR = [("Gempa Terasa sampai Karawang", "/2026/03/01/gempa/"), ("Laga Usai Imbang 1-1", "/2026/02/04/laga/")]
REGIONAL = [
    ("Bekasi", "/daerah/bekasi/"),
    ("Jembatan Baru", "/2026/03/03/jembatan/"),
    ("Harga Beras & Gula", "/2026/02/03/harga/"),
    ("Karawang", "/daerah/karawang/"),
    ("Gempa Susulan", "/2026/03/01/susulan/"),
    ("Gempa Terasa sampai Karawang", "/2026/03/01/gempa/"),
]


@pytest.mark.parametrize(("name", "links"), [("pilihan", PICKS), ("terpopuler", POPULAR), ("kabar-daerah", REGIONAL)])
def test_each_block_has_a_page_and_a_fragment_of_its_own(rich: Made, name: str, links: list[tuple[str, str]]) -> None:
    """Picks in the editor's order, the most read by its figures, regions by their newest article; expired ones are out."""
    assert fragment(rich, name)[: len(links)] == links
    assert fragment(rich, name)[len(links) :] == [(rich.page(f"/blok/{name}.html").find("a")[-1].text, f"/{name}/")]
    page = rich.page(f"/{name}/")
    assert [pair for pair in page.links() if pair in links] == links
    assert page.one("h1").text in {"Artikel pilihan", "Terpopuler", "Kabar daerah"}


def test_news_of_two_regions_stands_in_the_first_that_it_names(site: Site) -> None:
    """No article is told twice in Kabar Daerah, nor under a region that it touches only by the way."""
    text = "-- content/{0}.md --\n---\ntitle: {0}\ndate: 2026-05-0{1}\nregion: {2}\n---\n.\n"
    made = site(text.format("both", 3, "[Jawa, Bali]") + text.format("java", 2, "Jawa") + text.format("all", 1, "[Jawa, Riau]"))
    wanted = ["Jawa", "both", "java", "all"]
    assert [text for text, _ in made.build().page("/kabar-daerah/").links() if text in (*wanted, "Bali", "Riau")] == wanted


def test_regions_side_by_side_have_as_many(site: Site) -> None:
    """What one has more than another stands on the block's own page."""
    text = "-- content/{0}.md --\n---\ntitle: {0}\ndate: 2026-05-0{1}\nregion: {2}\n---\n.\n"
    made = site(text.format("java", 3, "Jawa") + text.format("older", 2, "Jawa") + text.format("bali", 1, "Bali")).build()
    assert [text for text, _ in fragment(made, "kabar-daerah")][:-1] == ["Jawa", "java", "Bali", "bali"]
    assert "older" in [text for text, _ in made.page("/kabar-daerah/").links()]


def test_a_fragment_is_a_part_and_no_page(rich: Made) -> None:
    """It is put into pages, so it has neither head nor body."""
    source = (rich.output / "blok/terkini.html").read_text(encoding="utf-8")
    assert "<html" not in source
    assert "<head" not in source


def test_on_an_article_the_latest_stand_as_they_stood_when_it_was_published(rich: Made) -> None:
    """Those just before it that had not expired, newest first; a fragment's address says where today's are."""
    page = rich.page("/2026/03/01/gempa/")
    titles = [text for text, _ in page.block("latest")][:-1]
    assert titles == ["Laga Usai Imbang 1-1", "Harga Beras & Gula", "Jadwal Pemilu: Awal", "Banjir Surut"]
    section = page.one("section", class_="latest")
    assert section["data-block"] == "/blok/terkini.html"
    assert section.text.startswith("Terkini, 1 Maret 2026")


def test_what_has_expired_since_stood_there_then(site: Site) -> None:
    """An archive's page says what was the latest on its day, and what was not any more."""
    text = "-- content/{}.md --\n---\ntitle: {}\ndate: {}\nexpires: {}\n---\n.\n"
    soon, late = text.format("s", "Soon", "2026-05-01", "2026-05-03"), text.format("l", "Late", "2026-05-02", "2026-05-20")
    made = site(soon + late + "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-04\n---\n.\n").build()
    assert [text for text, _ in made.page("/2026/05/04/a/").block("latest")][:-1] == ["Late"]


def test_what_nobody_knows_of_the_past_is_a_link_to_its_own_page(rich: Made) -> None:
    """Picks, the most read and news by region are not baked into an archive's pages."""
    page = rich.page("/2026/03/01/gempa/")
    assert [href for _, href in page.block("picks")] == ["/pilihan/"]
    assert [href for _, href in page.block("popular")] == ["/terpopuler/"]
    assert [href for _, href in page.block("regional")] == ["/kabar-daerah/"]
    assert page.one("section", class_="popular")["data-block"] == "/blok/terpopuler.html"


def test_the_front_page_holds_todays_blocks(rich: Made) -> None:
    """It changes with every article anyhow. The desk's first pick leads, before the newest and the other picks."""
    page = rich.page("/")
    assert page.links("main")[0] == PICKS[0]
    assert PICKS[0] not in page.block("latest")
    assert page.block("picks")[:-1] == PICKS[1:]
    assert page.block("popular")[:-1] == POPULAR
    assert not page.find("section", class_="regional")  # all of it stands above already


def test_an_added_article_leaves_the_pages_of_the_others_as_they_are(site: Site) -> None:
    """Of an archive's article pages only its neighbours in time and subject may change, and shared fragments do."""
    old = "".join(
        f"-- content/a{n}.md --\n---\ntitle: A{n}\ndate: 2026-01-0{n}\npick: yes\n---\nWords {n}.\n" for n in range(1, 9)
    )
    made = site(old).build()
    before = made.files()
    after = made.write("-- content/b.md --\n---\ntitle: B\ndate: 2026-05-01\npick: 1\n---\nOther text.\n").build().files()
    changed = {file for file in before if before[file] != after.get(file)}
    assert {file for file in changed if file.startswith("2026/01/")} <= {
        "2026/01/08/a8/index.html",
        "2026/01/08/index.html",
        "2026/01/index.html",
    }
    assert {"blok/terkini.html", "blok/pilihan.html", "index.html"} <= changed


def test_a_small_site_may_have_its_blocks_in_every_page(site: Site) -> None:
    """`blocks.mode = "inline"`: today's blocks, and no script to fetch them."""
    settings, rest = TEXT.partition("[[menus.main]]")[::2]
    made = site(settings + '[blocks]\nmode = "inline"\nlatest = 2\npicks = 1\n\n[[menus.main]]' + rest).write(
        "-- content/2026/03/foto.jpg --\nx\n"
    )
    made.run("build", "--now", "2026-06-01 12:00")
    page = made.page("/2026/02/03/banjir/")
    assert [text for text, _ in page.block("latest")][:-1] == ["Vaksin Tiba", "Panen Raya"]
    assert page.block("picks")[:-1] == PICKS[:1]
    assert page.block("popular")[:-1] == POPULAR
    assert "data-block" not in page.source
    assert "blocks.js" not in page.source


def test_without_figures_there_is_no_most_read(site: Site) -> None:
    """Popularity is never made up: neither page nor fragment nor link."""
    made = site("-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\n.\n").build()
    assert [file for file in made.files() if "terpopuler" in file] == []
    assert "terpopuler" not in made.page("/2026/05/01/a/").source + made.page("/").source
    assert [file for file in made.files() if "pilihan" in file or "daerah" in file] == []


def test_a_block_of_size_zero_is_none(site: Site) -> None:
    """`[blocks] latest = 0` takes it away everywhere."""
    settings = f"-- site.toml --\n{SITE_TOML}\n[blocks]\nlatest = 0\nrelated = 0\n"
    text = "-- content/{0}.md --\n---\ntitle: {0}\ndate: 2026-05-0{1}\n---\n.\n"
    made = site(settings + text.format("a", 1) + text.format("b", 2)).build()
    page = made.page("/2026/05/02/b/")
    assert page.find("section", class_="latest") == []
    assert page.find("section", class_="related") == []
    assert "blok/terkini.html" not in made.files()
