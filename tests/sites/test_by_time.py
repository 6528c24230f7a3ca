"""The archive by time: its picture, the calendar of a month, and what was published on a day of the calendar in any year."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import SITE_TOML, Html, Made

Site = Callable[[str], Made]

PLAIN = f'-- site.toml --\ntheme = "plain"\n{SITE_TOML}'
THEMES = pytest.mark.parametrize("theme", ["", PLAIN], ids=["default", "plain"])
ARCHIVE = ("Arsip", "/arsip/")


def article(name: str, date: str, folder: str = "content") -> str:
    return f"-- {folder}/{name}.md --\n---\ntitle: Berita {name}\ndate: {date}\n---\nIsi {name}.\n"


def several(day: str, count: int) -> str:
    """So many articles of one day."""
    return "".join(article(f"b{day}-{n}", f"{day} {n:02}:00") for n in range(count))


THREE_YEARS = several("2019-12-30", 2) + several("2021-02-03", 3) + several("2021-12-30", 7) + article("satu", "2025-03-01")


def rows(page: Html) -> list[list[str]]:
    """The table of a page: the texts of its cells, row by row."""
    found: list[list[str]] = []
    for element in page.elements:
        if element.tag == "tr":
            found.append([])
        elif element.tag in ("th", "td"):
            found[-1].append(element.text)
    return found


# -- the whole archive


@THEMES
def test_the_archive_page_tells_every_month_in_a_table(site: Site, theme: str) -> None:
    """Each year with its months and its sum, newest first; a month leads to its page, a year to its own."""
    page = site(theme + THREE_YEARS).build().page("/arsip/")
    table = rows(page)
    assert table[0] == [
        *["Tahun", "Jumlah"],
        *["Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"],
    ]
    assert [row[0] for row in table[1:]] == ["2025", "2021", "2019"]
    assert table[2] == ["2021", "10", "0", "3", *["0"] * 9, "7"]
    links = page.links("table")
    assert links[:3] == [("2025", "/2025/"), ("1", "/2025/03/"), ("2021", "/2021/")]
    assert links[-1] == ("2", "/2019/12/")
    assert "13 artikel" in page.main


def test_the_picture_has_a_bar_for_each_month_that_has_articles(site: Site) -> None:
    """As high as its number, of one scale for all years; it leads to the month and tells it where one points at it."""
    page = site(THREE_YEARS).build().page("/arsip/")
    assert len(page.find("svg", class_="picture")) == 3
    bars = [a for a in page.find("a") if "svg" in a.above]
    assert [(bar.text, bar["href"]) for bar in bars] == [
        ("Maret 2025: 1", "/2025/03/"),
        ("Februari 2021: 3", "/2021/02/"),
        ("Desember 2021: 7", "/2021/12/"),
        ("Desember 2019: 2", "/2019/12/"),
    ]
    heights = [float(rect["height"]) for rect in page.find("rect") if "a" in rect.above and "opacity" not in rect.attributes]
    assert heights == pytest.approx([48 / 7, 48 * 3 / 7, 48, 48 * 2 / 7], abs=0.1)
    assert "yang tertinggi Desember 2021 (artikel: 7)" in page.main
    figure = page.one("figure", class_="history")
    assert figure["aria-hidden"] == "true", "the table says the same"
    assert {a["tabindex"] for a in page.find("a") if "figure" in a.above} == {"-1"}


def test_the_picture_runs_as_its_language_does(site: Site) -> None:
    """From right to left, January stands at the right."""
    arabic = f'-- site.toml --\n{SITE_TOML}\n[languages.ar]\ntitle = "Akhbar"\n'
    made = site(arabic + article("a", "2025-01-05", "content/ar") + article("b", "2025-01-05")).build()
    places = {}
    for address in ("/arsip/", "/ar/archive/"):
        (_, bar) = [rect for rect in made.page(address).find("rect") if "a" in rect.above]
        places[address] = float(bar["x"].rstrip("%"))
    assert places == pytest.approx({"/arsip/": 0.83, "/ar/archive/": 92.5}, abs=0.01)


@THEMES
def test_the_archive_is_found_from_every_page(site: Site, theme: str) -> None:
    """From the menu, and from above each year, month and day; search engines are told of it."""
    made = site(theme + THREE_YEARS).build()
    for address in ("/", "/2021/02/03/b2021-02-03-0/", "/404.html"):
        assert ARCHIVE in made.page(address).links("nav")
    assert made.page("/arsip/").find("a", href="/arsip/", aria_current="page") != []
    for address, above in (("/2021/", 2), ("/2021/12/", 3), ("/2021/12/30/", 4), ("/hari-ini/", 2), ("/hari-ini/12-30/", 3)):
        assert made.page(address).links("ol")[1] == ARCHIVE, address
        (told,) = [one for one in made.page(address).structured if one["@type"] == "BreadcrumbList"]
        assert len(told["itemListElement"]) == above + 1, address
    told_of = made.sitemap()
    for address in ("/arsip/", "/hari-ini/", "/hari-ini/12-30/", "/hari-ini/02-03/"):
        assert f"<loc>https://kabar.example{address}</loc>" in told_of


def test_without_articles_there_is_no_archive_page(site: Site) -> None:
    """Nor a link to one; a language of the site has its own, under its own words."""
    made = site(article("one", "2025-03-01", "content/en")).build()
    assert not [file for file in made.files() if file.startswith(("arsip/", "hari-ini/"))]
    assert "Arsip" not in [text for text, _ in made.page("/").links("nav")]
    english = made.page("/en/archive/")
    assert ("Archive", "/en/archive/") in made.page("/en/").links("nav")
    assert rows(english)[1] == ["2025", "1", "0", "0", "1", *["0"] * 9]
    assert made.page("/en/on-this-day/03-01/").one("h1").text == "1 March in history"
    assert made.problems() == []


def test_the_words_of_the_addresses_can_be_others(site: Site) -> None:
    """By the rules of all words of addresses, so that a page of the site's own may stand there."""
    words = f'-- site.toml --\n{SITE_TOML}\n[paths]\narchive = "sejarah"\non_this_day = "tanggal"\n'
    own = "-- content/pages/arsip.md --\n---\ntitle: Lemari tua\n---\nIsi.\n"
    made = site(article("a", "2025-03-01") + own).build(ok=False)
    assert "/arsip/ is wanted by" in made.said
    made.write(words).build()
    assert made.page("/arsip/").one("h1").text == "Lemari tua"
    assert made.page("/sejarah/").one("h1").text == "Arsip"
    assert ("1 Maret dalam sejarah", "/tanggal/03-01/") in made.page("/2025/03/01/").links()
    made.write(words.replace('"tanggal"', '"tag"')).build(ok=False)
    assert 'the words tag and on_this_day of the language "id" are both "tag"' in made.said


# -- the calendar of a month


@THEMES
def test_a_month_is_shown_as_a_calendar(site: Site, theme: str) -> None:
    """Weeks are rows; a day that has articles is a link with their number."""
    page = site(theme + THREE_YEARS).build().page("/2021/02/")
    table = rows(page)
    assert table[0] == ["Min", "Sen", "Sel", "Rab", "Kam", "Jum", "Sab"]
    assert table[1:] == [
        ["", "1", "2", "3 3", "4", "5", "6"],
        ["7", "8", "9", "10", "11", "12", "13"],
        ["14", "15", "16", "17", "18", "19", "20"],
        ["21", "22", "23", "24", "25", "26", "27"],
        ["28", "", "", "", "", "", ""],
    ]
    assert [href for _, href in page.links("table")] == ["/2021/02/03/"]
    assert [abbreviation["title"] for abbreviation in page.find("abbr")][:2] == ["Minggu", "Senin"]


def test_the_week_begins_as_the_language_has_it(site: Site) -> None:
    """On Sunday in Indonesia, on Monday where plain English is written as in Britain."""
    made = site(article("one", "2021-02-03", "content/en")).build()
    table = rows(made.page("/en/2021/02/"))
    assert table[:2] == [["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"], ["1", "2", "3 1", "4", "5", "6", "7"]]


# -- a day of the calendar


@THEMES
def test_a_day_of_the_calendar_has_its_articles_of_every_year(site: Site, theme: str) -> None:
    """Newest year first; of more than five in a year the newest, and the day's own page has all of them."""
    made = site(theme + THREE_YEARS).build()
    page = made.page("/hari-ini/12-30/")
    assert page.one("h1").text == "30 Desember dalam sejarah"
    told = [link for link in page.links() if link[1].startswith("/20")]
    assert told == [
        ("2021", "/2021/12/30/"),
        *((f"Berita b2021-12-30-{n}", f"/2021/12/30/b2021-12-30-{n}/") for n in (6, 5, 4, 3, 2)),
        ("Semua 7 artikel hari itu", "/2021/12/30/"),
        ("2019", "/2019/12/30/"),
        *((f"Berita b2019-12-30-{n}", f"/2019/12/30/b2019-12-30-{n}/") for n in (1, 0)),
    ]
    for day in ("/2021/12/30/", "/2021/12/30/hal/1/", "/2019/12/30/"):
        assert ("30 Desember dalam sejarah", "/hari-ini/12-30/") in made.page(day).links(), day


@THEMES
def test_the_days_of_the_calendar_stand_on_one_page(site: Site, theme: str) -> None:
    """A leap day too; only those that have articles are links."""
    made = site(theme + article("kabisat", "2024-02-29") + article("satu", "2023-03-01") + article("dua", "2021-03-01")).build()
    days = [link for link in made.page("/hari-ini/").links() if link[1].startswith("/hari-ini/0")]
    assert days == [("29", "/hari-ini/02-29/"), ("1", "/hari-ini/03-01/")]
    assert made.page("/hari-ini/").one("a", href="/hari-ini/02-29/")["aria-label"] == "29\u00a0Februari"
    assert [href for _, href in made.page("/hari-ini/02-29/").links() if href.startswith("/20")] == [
        *("/2024/02/29/", "/2024/02/29/kabisat/")
    ]
    assert ("Hari ini dalam sejarah", "/hari-ini/") in made.page("/arsip/").links()


@THEMES
def test_a_day_of_the_calendar_leads_to_its_neighbours(site: Site, theme: str) -> None:
    """Those that have articles, over the turn of the year too."""
    made = site(theme + THREE_YEARS).build()
    page = made.page("/hari-ini/12-30/")
    for rel, text, address in (("prev", "1 Maret", "/hari-ini/03-01/"), ("next", "3 Februari", "/hari-ini/02-03/")):
        assert (page.one("a", rel=rel).text, page.one("a", rel=rel)["href"]) == (text, address)


def test_the_months_of_all_days_are_jumped_to(site: Site) -> None:
    """From a row of links above them, each to the heading of its month."""
    page = site(THREE_YEARS).build().page("/hari-ini/")
    row = page.one("nav", class_="month-row")
    links = [link for link in page.elements[page.elements.index(row) :] if "#_" in link.attributes.get("href", "")]
    found = [(link.text, page.one("h2", id=link["href"].removeprefix("#")).text) for link in links]
    assert len(found) == 12
    assert found[:2] + found[-1:] == [("Jan", "Januari"), ("Feb", "Februari"), ("Des", "Desember")]


# -- a year


def test_a_year_tells_how_much_it_has_and_shows_its_months(site: Site) -> None:
    """A bar for each month that has articles; and the years stand as in the archive, newest first."""
    page = site(THREE_YEARS).build().page("/2021/")
    assert "10 artikel" in page.main
    bars = [(bar.text, bar["href"]) for bar in page.find("a", tabindex="-1")]
    assert bars == [("Februari: 3", "/2021/02/"), ("Desember: 7", "/2021/12/")]
    assert [text for text, href in page.links() if len(href) == len("/2021/")] == ["2025", "2021", "2019"]


def test_an_article_changes_its_own_day_of_the_calendar_alone(site: Site) -> None:
    """With the first article of one also the list of all such days, and its neighbours, which lead to it."""
    made = site(THREE_YEARS).build()

    def changed(text: str) -> set[str]:
        before = made.files()
        after = made.write(text).build().files()
        files = {file for file in before.keys() | after.keys() if before.get(file) != after.get(file)}
        return {file for file in files if file.startswith(("arsip/", "hari-ini/"))}

    assert changed(article("baru", "2025-12-30")) == {"arsip/index.html", "hari-ini/12-30/index.html"}
    assert changed(article("lain", "2025-12-31")) == {
        *("arsip/index.html", "hari-ini/index.html"),
        *(f"hari-ini/{day}/index.html" for day in ("12-30", "12-31", "02-03")),
    }
    mended = article("baru", "2025-12-30").replace("Isi baru.", "Isi yang dibetulkan.")
    assert changed(mended) == set()


@pytest.mark.parametrize(
    ("address", "of"), [("/2021/", "2021"), ("/2021/12/", "Desember 2021"), ("/2021/12/30/", "30 Desember 2021")]
)
def test_search_engines_are_told_what_a_time_has(site: Site, address: str, of: str) -> None:
    """In one sentence of its own."""
    page = site(THREE_YEARS).build().page(address)
    assert page.one("meta", name="description")["content"] == f"Semua berita {of} yang diterbitkan Kabar Uji"
