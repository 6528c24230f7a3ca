"""The archive by subject: what the front of a tag tells, the index from A to Z, and the archive in figures."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from rich.console import Console

from tests.conftest import SITE_TOML, Html, Made

Site = Callable[[str], Made]

PLAIN = f'-- site.toml --\ntheme = "plain"\n{SITE_TOML}'
THEMES = pytest.mark.parametrize("theme", ["", PLAIN], ids=["default", "plain"])


def article(name: str, date: str, more: str = "", words: int = 3, folder: str = "content") -> str:
    """An article of so many words."""
    text = " ".join(["kata"] * words)
    return f"-- {folder}/{name}.md --\n---\ntitle: Berita {name}\ndate: {date} 08:00\nid: {name}\n{more}---\n{text}\n"


def tagged(name: str, date: str, *tags: str) -> str:
    return article(name, date, f"tags: [{', '.join(tags)}]\n")


def changed(made: Made, text: str) -> set[str]:
    """The files that a build changes after some more was written."""
    before = made.files()
    after = made.write(text).build().files()
    return {file for file in before.keys() | after.keys() if before.get(file) != after.get(file)}


def entries(page: Html) -> list[str]:
    """The subjects of a letter of the index, each as it is shown."""
    return [item.text for item in page.find("li") if "main" in item.above and "nav" not in item.above]


def cells(page: Html) -> list[str]:
    """What stands in the tables of a page, row by row, below their heads."""
    return [cell.text for cell in page.elements if cell.tag in ("th", "td") and "tbody" in cell.above]


# -- the front of a subject

NATO = (
    tagged("a", "2019-05-01", "NATO", "Rusia", "Ukraina")
    + tagged("b", "2021-05-01", "nato", "Rusia", "Amerika")
    + tagged("c", "2021-06-01", "NATO", "Amerika", "rusia")
    + tagged("d", "2021-07-01", "NATO", "Jepang")
    + tagged("e", "2022-07-01", "NATO")
    + tagged("f", "2022-07-02", "NATO")
    + tagged("g", "2022-07-03", "Ukraina", "Jepang")
)


@pytest.mark.parametrize(
    ("theme", "years"),
    [
        ("", "Artikel per tahun: 2019: 1; 2021: 3; 2022: 2 Tahun terbanyak: 2021 (3), 2022 (2), 2019 (1)"),
        (PLAIN, "Artikel per tahun: 2019 (1), 2021 (3), 2022 (2)"),
    ],
    ids=["default", "plain"],
)
def test_the_front_of_a_tag_tells_its_years_and_the_tags_beside_it(site: Site, theme: str, years: str) -> None:
    """Years lead nowhere: their pages have other articles too. A tag beside it in one article alone is not often there."""
    made = site(theme + NATO + "-- content/tags/rusia.md --\n---\ntitle: Federasi Rusia\n---\n").build()
    page = made.page("/tag/nato/")
    assert years in page.main
    assert [href for _, href in page.links() if href.startswith("/20") and len(href) == len("/2021/")] == []
    assert "Sering bersama: Federasi Rusia (3), Amerika (2)" in page.main
    beside = [href for _, href in page.links() if href.startswith("/tag/") and href not in ("/tag/", "/tag/nato/hal/1/")]
    assert [href for href in beside if not href.endswith("feed.xml")] == ["/tag/rusia/", "/tag/amerika/"]
    assert "Sering bersama" not in made.page("/tag/jepang/").main
    assert made.problems() == []


def test_the_picture_of_the_years_is_for_eyes_alone(site: Site) -> None:
    """A bar for each year that has articles, room for one that has none, and no style or address of its own."""
    page = site(NATO).build().page("/tag/nato/")
    picture = page.one("svg", class_="picture")
    assert picture["aria-hidden"] == "true"
    assert [bar.text for bar in page.find("g") if "svg" in bar.above] == ["2019: 1", "2021: 3", "2022: 2"]
    assert page.find("a", tabindex="-1") == []
    bars = [bar["x"] for bar in page.find("rect") if bar.attributes.get("opacity") == "0"]
    assert bars == ["0.00%", "50.00%", "75.00%"]
    assert "style=" not in page.source


def test_every_kind_of_subject_tells_its_years_and_the_tags_of_its_articles(site: Site) -> None:
    """A section, a person, a region and a story; few articles need no years, they stand there."""
    more = "section: Dunia\neditor: Siti\nregion: Bali\nstory: Perang\n"
    tags = ("NATO, Rusia", "Rusia, NATO, A", "Rusia", "", "")
    dated = [(f"a{n}", f"202{n // 3}-05-0{n + 1}", f"{more}tags: [{some}]\n") for n, some in enumerate(tags)]
    made = site("".join(article(*one) for one in dated)).build()
    for address in ("/rubrik/dunia/", "/editor/siti/", "/daerah/bali/", "/kisah/perang/"):
        page = made.page(address)
        assert "Tag yang paling sering: Rusia (3), NATO (2)" in page.main, address
        assert "Artikel per tahun: 2020: 3; 2021: 2" in page.main, address
    assert "Artikel per tahun" not in made.remove("content/a0.md").build().page("/rubrik/dunia/").main


def test_a_numbered_page_of_a_tag_says_nothing_of_all_that(site: Site) -> None:
    """It holds for ever; the front alone tells what grows."""
    page = site(NATO).build().page("/tag/nato/hal/1/")
    assert "Berita a" in page.main
    assert "per tahun" not in page.main
    assert "Sering bersama" not in page.main


def test_an_article_of_another_tag_leaves_the_front_of_a_tag_as_it_is(site: Site) -> None:
    """Its neighbours are counted in its own articles, however often they stand elsewhere."""
    made = site(NATO).build()
    files = changed(made, tagged("h", "2022-08-01", "Ukraina", "Rusia"))
    assert {"tag/ukraina/index.html", "tag/rusia/index.html"} <= files
    assert [file for file in files if file.startswith("tag/nato/")] == []
    files = changed(made, tagged("d", "2021-07-01", "NATO", "Jepang", "Ukraina"))
    assert "tag/nato/index.html" in files
    assert "Sering bersama: Rusia (3), Amerika (2), Ukraina (2)" in made.page("/tag/nato/").main


# -- the index

SUBJECTS = (
    article("a", "2021-05-01", 'tags: [zebra, Élan, ʿEid, ørsted, "#Merdeka", "2024", "السلام", "中国", "!!"]\n')
    + article("b", "2021-05-02", "tags: [Bali, bank]\nregion: Bali\nsection: Bahasa\neditor: Budi\nstory: Banjir\n")
    + tagged("c", "2021-05-03", "bank", "zebra")
)


@THEMES
def test_the_index_has_a_page_for_each_letter(site: Site, theme: str) -> None:
    """By the first letter or digit without its accents; letters of other scripts have their own."""
    made = site(theme + SUBJECTS).build()
    page = made.page("/indeks/")
    found = [text for text, href in page.links() if href.startswith("/indeks/") and href != "/indeks/"]
    assert found == ["0–9", "B", "E", "M", "O", "Z", "ا"]
    assert ("Indeks A–Z", "/indeks/") in made.page("/").links()
    assert entries(made.page("/indeks/0-9/")) == ["!! Tag", "2024 Tag"]
    assert entries(made.page("/indeks/e/")) == ["Élan Tag", "ʿEid Tag"]
    assert entries(made.page("/indeks/m/")) == ["#Merdeka Tag"]
    assert entries(made.page("/indeks/o/")) == ["ørsted Tag"]
    assert entries(made.page("/indeks/z/")) == ["zebra Tag", "中国 Tag"]
    assert entries(made.page("/indeks/u0627/")) == ["السلام Tag"]
    row = made.page("/indeks/e/")
    assert [text for text, href in row.links("nav") if href.startswith("/indeks/") and len(href) > 8] == found
    assert row.one("a", aria_current="page", href="/indeks/e/").text == "E"
    assert made.problems() == []


def test_a_letter_lists_subjects_of_every_kind_and_says_which(site: Site) -> None:
    """By name, whatever their case; each leads to its page."""
    page = site(SUBJECTS).build().page("/indeks/b/")
    assert entries(page) == [
        *("Bahasa Rubrik", "Bali Tag", "Bali Daerah", "Banjir Rangkaian berita", "bank Tag", "Budi Editor")
    ]
    links = [href for _, href in page.links() if not href.startswith("/indeks/") and href not in ("/", "/arsip/")]
    assert links == ["/rubrik/bahasa/", "/tag/bali/", "/daerah/bali/", "/kisah/banjir/", "/tag/bank/", "/editor/budi/"]


def test_news_of_known_subjects_change_no_page_of_the_index(site: Site) -> None:
    """A new subject changes its letter and the front; with a new letter the row of all pages."""
    made = site(SUBJECTS).build()
    news = article("d", "2021-05-04", "tags: [zebra, bank]\nregion: Bali\nsection: Bahasa\neditor: Budi\nstory: Banjir\n")
    assert {file for file in changed(made, news) if file.startswith("indeks/")} == set()
    assert {file for file in changed(made, tagged("e", "2021-05-05", "Bola")) if file.startswith("indeks/")} == {
        *("indeks/index.html", "indeks/b/index.html")
    }
    assert "indeks/z/index.html" in changed(made, tagged("f", "2021-05-06", "Kopi"))


def test_each_language_has_its_own_index_and_figures(site: Site) -> None:
    """At addresses of its own words, which `[paths]` may change; the sitemap names them."""
    text = tagged("a", "2021-05-01", "NATO") + article("b", "2021-05-02", "tags: [Peace]\n", folder="content/en")
    made = site(f'-- site.toml --\n{SITE_TOML}\n[paths]\nstatistics = "angka"\nindex = "abjad"\n{text}').build()
    assert entries(made.page("/abjad/n/")) == ["NATO Tag"]
    assert entries(made.page("/en/a-z/p/")) == ["Peace Tag"]
    addresses = ("/angka/", "/abjad/", "/abjad/n/", "/en/statistics/", "/en/a-z/", "/en/a-z/p/")
    assert [one for one in addresses if f"<loc>https://kabar.example{one}</loc>" not in made.sitemap()] == []
    assert made.page("/en/a-z/p/").one("h1").text == "Index: P"


def test_where_there_is_nothing_there_is_neither_index_nor_figures(site: Site) -> None:
    """No page, and no link to one; an article that names no subject has figures alone."""
    made = site("-- content/pages/tentang.md --\n---\ntitle: Tentang\n---\nKami.\n").build()
    assert [file for file in made.files() if file.startswith(("statistik/", "indeks/"))] == []
    assert "Statistik" not in made.page("/").main
    made.write(article("a", "2021-05-01")).build()
    assert [file for file in made.files() if file.startswith(("statistik/", "indeks/"))] == ["statistik/index.html"]
    assert ("Statistik", "/statistik/") in made.page("/").links()
    assert "Indeks A–Z" not in made.page("/").main


# -- lists of all of one kind


def test_where_there_are_forty_of_a_kind_they_stand_by_their_letters(site: Site) -> None:
    """Those that begin with none first; whatever their case. With fewer there are no letters."""
    names = ["9 Mei", *(f"apa {n}" for n in range(20)), *(f"Beda {n}" for n in range(18))]
    made = site(tagged("a", "2021-05-01", *names)).build()
    assert made.page("/tag/").find("h2", id="_1") == []
    page = made.write(tagged("b", "2021-05-02", "bumi")).build().page("/tag/")
    letters = [(link.text, link["href"]) for link in page.find("a") if link["href"].startswith("#_") and "main" in link.above]
    assert letters == [("#", "#_1"), ("A", "#_2"), ("B", "#_3")]
    assert [page.one("h2", id=f"_{n}").text for n in (1, 2, 3)] == ["#", "A", "B"]
    shown = [text for text, href in page.links() if href.startswith("/tag/") and href != "/tag/"]
    assert sorted(shown) == sorted([*names, "bumi"])
    assert shown[0] == "9 Mei"
    assert shown[-1] == "bumi"


def test_people_of_two_roles_have_letters_of_their_own(site: Site) -> None:
    """No id stands twice on their page."""
    people = {role: ", ".join(f"{role} {n}" for n in range(40)) for role in ("editor", "author")}
    page = (
        site(article("a", "2021-05-01", "".join(f"{role}: [{some}]\n" for role, some in people.items())))
        .build()
        .page("/editor/")
    )
    assert (page.one("h3", id="_editor1").text, page.one("h3", id="_author1").text) == ("E", "A")


def test_the_lists_of_an_archive_lead_to_each_other(site: Site) -> None:
    """At their foot; the list itself is marked as the page that one reads."""
    made = site(NATO + SUBJECTS).build()
    lists = ("/rubrik/", "/daerah/", "/kisah/", "/tag/", "/editor/", "/indeks/", "/arsip/", "/hari-ini/", "/statistik/")
    for address in (*lists, "/2021/"):
        page = made.page(address)
        behind = page.elements[page.elements.index(page.one("nav", aria_labelledby="_lists")) :]
        links = [element for element in behind if element.tag == "a" and "main" in element.above]
        assert sorted(link["href"] for link in links) == sorted(lists), address
        marked = [link["href"] for link in links if link.attributes.get("aria-current") == "page"]
        assert marked == [one for one in lists if one == address]


# -- figures

FIGURES = (
    article("a", "2019-12-30", "section: Dunia\neditor: Siti\n", words=10)
    + article("b", "2021-01-01", "section: Dunia\neditor: Siti\nauthor: Budi\n", words=30)
    + article("c", "2021-01-02", "section: Kota\nauthor: Budi\n", words=20)
    + article("d", "2021-01-05", "editor: Siti\n", words=50)
    + article("e", "2021-01-07", "withdrawn: {date: 2021-01-08, reason: Keliru}\n", words=500)
)


@THEMES
def test_the_archive_in_figures(site: Site, theme: str) -> None:
    """Articles by year, section and person, their median length, the first and the newest, and days without any."""
    made = site(theme + FIGURES).build()
    page = made.page("/statistik/")
    shown = cells(page)
    assert shown[:6] == ["2021", "3", "30", "2019", "1", "10"]
    assert shown[-3:-2] + shown[-1:] == ["367", "2"]
    assert re.fullmatch("31 Desember 2019 .+ 31 Desember 2020", shown[-4])
    assert re.fullmatch("3 Januari 2021 .+ 4 Januari 2021", shown[-2])
    for told in ("Dunia 2", "Kota 1", "Siti 3", "Budi 2"):
        assert told in page.main + " ".join(shown)
    ends = [(text, href) for text, href in page.links() if text.startswith("Berita")]
    assert ends == [("Berita a", "/2019/12/30/a/"), ("Berita d", "/2021/01/05/d/")]
    assert ("2021", "/2021/") in page.links()
    assert made.problems() == []


@THEMES
def test_articles_without_a_text_have_no_length(site: Site, theme: str) -> None:
    """A dash stands for it, and no 0."""
    page = site(theme + article("a", "2021-05-01", words=0)).build().page("/statistik/")
    assert cells(page)[:3] == ["2021", "1", "–"]
    assert re.search(r"Panjang \(median, kata\)(: )?–", page.main)


def test_of_many_sections_and_people_the_first_twenty_are_told(site: Site) -> None:
    """Those with the most articles, and how many others there are."""
    text = "".join(article(f"a{n:02}", "2021-05-01", f"section: S{n:02}\neditor: E{n % 21:02}\n") for n in range(23))
    page = site(text).build().page("/statistik/")
    shown = [text for text, href in page.links() if href.startswith("/editor/e")]
    assert shown == ["E00", "E01", *(f"E{n:02}" for n in range(2, 20))]
    assert [(text, href) for text, href in page.links() if text.startswith("dan ")] == [
        *(("dan 3 lainnya", "/rubrik/"), ("dan 1 lainnya", "/editor/"))
    ]


def test_a_longer_text_changes_the_figures_and_a_comma_does_not(site: Site) -> None:
    """Nothing but the text of an article is another one, and the page is rendered again where its median is."""
    made = site(FIGURES).build()
    longer = article("c", "2021-01-02", "section: Kota\nauthor: Budi\n", words=40)
    assert "statistik/index.html" in changed(made, longer)
    assert cells(made.page("/statistik/"))[:3] == ["2021", "3", "40"]
    assert "statistik/index.html" not in changed(made, longer.replace("kata kata\n", "kata, kata\n"))
    assert made.build("--verify").runs[-1].code == 0


def test_stats_tells_the_figures_line_by_line(site: Site) -> None:
    """Each with its kind and its language first, so that they can be searched and cut."""
    made = site(FIGURES + article("f", "2022-01-01", folder="content/en"))
    lines = made.run("stats", "--now", "2026-06-01").text.splitlines()
    assert lines == [
        "articles\tid\t4\t25",
        "first\tid\t2019-12-30T08:00:00+07:00\tcontent/a.md\tBerita a",
        "newest\tid\t2021-01-05T08:00:00+07:00\tcontent/d.md\tBerita d",
        *("year\tid\t2019\t1\t10", "year\tid\t2020\t0\t0", "year\tid\t2021\t3\t30"),
        *("section\tid\tDunia\t2", "section\tid\tKota\t1", "person\tid\tSiti\t3", "person\tid\tBudi\t2"),
        *("gap\tid\t2019-12-31\t2020-12-31\t367", "gap\tid\t2021-01-03\t2021-01-04\t2"),
        "articles\ten\t1\t3",
        *(f"{which}\ten\t2022-01-01T08:00:00+07:00\tcontent/en/f.md\tBerita f" for which in ("first", "newest")),
        "year\ten\t2022\t1\t3",
    ]


def test_stats_tells_programs_the_same(site: Site) -> None:
    """By language, as JSON; drafts and what is scheduled count only if they are asked for."""
    made = site(article("a", "2021-01-01", "section: Kota\n", words=7) + article("b", "2021-01-03", "draft: true\n", words=9))
    told = json.loads(made.run("stats", "--format", "json", "--now", "2026-06-01").text)
    end = {"id": "a", "path": "content/a.md", "date": "2021-01-01T08:00:00+07:00", "title": "Berita a"}
    assert told == {
        "id": {
            "articles": 1,
            "median_words": 7,
            "first": end,
            "newest": end,
            "years": [{"year": 2021, "articles": 1, "median_words": 7}],
            "sections": [{"name": "Kota", "articles": 1}],
            "people": [],
            "gaps": [],
        }
    }
    drafts = json.loads(made.run("stats", "--format", "json", "--drafts", "--now", "2026-06-01").text)
    assert drafts["id"]["gaps"] == [{"first": "2021-01-02", "last": "2021-01-02", "days": 1}]


def test_stats_shows_tables_on_a_terminal(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """With a bar for each year; and says so where there is nothing to count."""
    monkeypatch.setattr(
        "ssg.cli.terminal.out", lambda: Console(force_terminal=True, no_color=True, soft_wrap=True, highlight=False)
    )
    made = site("")
    assert "No article is published yet." in made.run("stats", "--now", "2026-06-01").text
    shown = re.sub(r"\x1b\[[0-9;]*m", "", made.write(FIGURES).run("stats", "--now", "2026-06-01").text)
    assert "4 articles, half of them of 25 words or more" in shown
    assert re.search(r"2021 +3 +30 +▇{40} *\n", shown)
    assert re.search(r"2019 +1 +10 +▇{13} *\n", shown)
    assert re.search(r"Dunia +2\n", shown)
    assert re.search(r"2019-12-31 +2020-12-31 +367\n", shown)
