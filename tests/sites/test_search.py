"""Searching: what the index knows of articles, how it is cut, what the news change of it, and what is found by it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest

from ssg.archive import searched
from ssg.words import bare_words
from tests.conftest import SITE_TOML, Made
from tests.sites.search import asked, part, parts

Site = Callable[[str], Made]

ARTICLES = """\
-- content/jembatan.md --
---
title: Jembatan Citarum dibangun
date: 2021-12-30 10:00
section: Nasional
editor: Ratna Wulandari
author: Redaksi
tags: [Sungai]
region: Karawang
story: Proyek Besar
summary: Bupati datang ke tepi sungai.
---
Pembangunan itu lama. Mereka membangun **jembatan** & jalan; Café José buka.
-- content/banjir.md --
---
title: Banjir surut
date: 2021-12-31 10:00
section: Nasional
editor: Siti
---
Air turun. Jembatan aman, jembatan kuat.
-- content/panen.md --
---
title: Panen raya
date: 2020-05-01
section: Ekonomi
---
Beras, beras, beras. Jembatan lama.
-- content/en/bridge.md --
---
title: A bridge
date: 2021-12-30
section: World
---
They were building bridges.
"""

NEWS = "-- content/baru.md --\n---\ntitle: Baru\ndate: 2022-01-05\n---\nPembangunan baru.\n"


def dated(*dates: str) -> str:
    """An article for each date, with a word of its own."""
    return "".join(
        f"-- content/a{n:02}.md --\n---\ntitle: Judul {n}\ndate: {date}\n---\nKata{n} bersama.\n"
        for n, date in enumerate(dates)
    )


def differing(before: dict[str, str], after: dict[str, str], below: str = "cari/") -> set[str]:
    """The files below a folder that are not the same in both."""
    return {path for path in before.keys() | after.keys() if path.startswith(below) and before.get(path) != after.get(path)}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part holds three articles."""
    monkeypatch.setattr(searched, "MOST", 3)


# -- what a part holds ------------------------------------------------------------------------------


def test_a_part_has_what_a_result_shows(site: Site) -> None:
    """Headline, address, day, section, people and summary of each article, oldest first."""
    head = part(site(ARTICLES).build().output / "cari/2021-1.gz").head
    assert head["titles"] == ["Jembatan Citarum dibangun", "Banjir surut"]
    assert head["addresses"] == ["/2021/12/30/jembatan/", "/2021/12/31/banjir/"]
    assert head["days"] == ["2021-12-30", "2021-12-31"]
    assert head["dates"] == ["30 Desember 2021", "31 Desember 2021"]
    assert head["summaries"][0] == "Bupati datang ke tepi sungai."
    assert head["names"]["sections"] == [["nasional", "Nasional"]]
    people = [[head["names"]["people"][n][1] for n in some] for some in head["people"]]
    assert people == [["Ratna Wulandari", "Redaksi"], ["Siti"]]


def test_an_article_is_found_by_all_that_it_says_and_is_named_by(site: Site) -> None:
    """Its text and headline, its own summary, its section, people, tags, regions and story; no markup."""
    holding = part(site(ARTICLES).build().output / "cari/2021-1.gz").holding
    first = "Jembatan Citarum dibangun"
    for word in ("lama", "citarum", "bupati", "nasional", "ratna", "redaksi", "sungai", "karawang", "proyek"):
        assert first in holding[word], word
    assert holding["jembatan"] == {first: 2, "Banjir surut": 2}
    assert not holding.keys() & {"strong", "amp", "p"}


def test_a_word_is_found_however_it_is_written(site: Site) -> None:
    """Without its accents and in small letters; and the forms of one word stand together."""
    made = site(ARTICLES).build()
    found = part(made.output / "cari/2021-1.gz")
    assert {"cafe", "jose"} <= found.holding.keys()
    assert ["bangun", "dibangun", "membangun", "pembangunan"] in found.lines
    assert found.holding["bangun"] == {}
    english = part(made.output / "en/search/2021-1.gz")
    assert [line for line in english.lines if "bridge" in line] == [["bridg", "bridge", "bridges"]]


def test_a_word_that_most_articles_have_says_only_that(site: Site) -> None:
    """How often a common word is there would fill the index, and tells nothing; of a rare word it does."""
    texts = "".join(
        f"-- content/a{n}.md --\n---\ntitle: J{n}\ndate: 2021-01-01 {n // 60:02}:{n % 60:02}\n---\ndan dan k{n} k{n}\n"
        for n in range(24)
    )
    holding = part(site(texts).build().output / "cari/2021-1.gz").holding
    assert set(holding["dan"].values()) == {1}
    assert holding["k7"] == {"J7": 2}


# -- how the index is cut ---------------------------------------------------------------------------


@pytest.mark.usefixtures("few")
def test_parts_are_of_a_year_and_listed_newest_first(site: Site) -> None:
    """Each full but the last of its year; the list tells their true sizes and the beginnings of their sums."""
    made = site(dated(*["2020-03-01"] * 4, *["2021-03-01"] * 2)).build()
    told = parts(made.output)["parts"]
    assert [(one["address"], one["year"], one["articles"]) for one in told] == [
        ("/cari/2021-1.gz", 2021, 2),
        ("/cari/2020-2.gz", 2020, 1),
        ("/cari/2020-1.gz", 2020, 3),
    ]
    for one in told:
        data = (made.output / one["address"].lstrip("/")).read_bytes()
        assert (one["bytes"], one["digest"]) == (len(data), hashlib.sha256(data).hexdigest()[:8])
        assert data[4:8] == bytes(4)  # RFC 1952: no time


@pytest.mark.usefixtures("few")
def test_news_change_the_newest_part_and_the_list(site: Site) -> None:
    """Nothing else of the search: neither its page nor any part of old; and the same stands there as from scratch."""
    made = site(dated(*["2020-03-01"] * 4, *["2021-03-01"] * 2)).build()
    before = made.files()
    made.write("-- content/baru.md --\n---\ntitle: Baru\ndate: 2021-04-01\n---\nIsi.\n").build("--verify")
    assert differing(before, made.files()) == {"cari/2021-1.gz", "cari/parts.json"}
    before = made.files()
    made.write("-- content/lagi.md --\n---\ntitle: Lagi\ndate: 2021-04-02\n---\nIsi.\n").build("--verify")
    assert differing(before, made.files()) == {"cari/2021-2.gz", "cari/parts.json"}


@pytest.mark.usefixtures("few")
def test_an_edit_changes_the_articles_own_part(site: Site) -> None:
    """Where only its text is another one, too; a word that has gone from it is not found any more."""
    made = site(dated(*["2020-03-01"] * 4, *["2021-03-01"] * 2)).build()
    before = made.files()
    text = (made.root / "content/a01.md").read_text(encoding="utf-8")
    made.put("content/a01.md", text.replace("Kata1", "Lain").encode()).build("--verify")
    assert differing(before, made.files()) == {"cari/2020-1.gz", "cari/parts.json"}
    found = part(made.output / "cari/2020-1.gz")
    assert "kata1" not in found.holding
    assert "Judul 1" in found.holding["lain"]


@pytest.mark.usefixtures("few")
def test_an_article_that_is_withdrawn_leaves_its_place_empty(site: Site) -> None:
    """It is not found any more, and no other part changes."""
    made = site(dated(*["2020-03-01"] * 7)).build()
    before = made.files()
    text = (made.root / "content/a00.md").read_text(encoding="utf-8")
    taken_back = text.replace("date:", "withdrawn: {date: 2022-01-01, reason: Keliru}\ndate:")
    made.put("content/a00.md", taken_back.encode()).build("--verify")
    changed = differing(before, made.files()) - {"cari/index.html"}  # now leads to the list of corrections, as all pages do
    assert changed == {"cari/2020-1.gz", "cari/parts.json"}
    assert part(made.output / "cari/2020-1.gz").head["titles"] == ["Judul 1", "Judul 2"]


@pytest.mark.usefixtures("few")
def test_the_index_is_the_same_for_any_number_of_workers(site: Site) -> None:
    """As the law has it, to the byte."""
    made = site(ARTICLES + dated(*["2019-03-01"] * 9)).build("--workers", "1")
    made.build("--workers", "2", "--output", str(made.root / "dua"), "--clean")
    assert made.files() == made.output_of("dua")


def test_a_site_without_articles_has_a_page_and_an_empty_list(site: Site) -> None:
    """A search there finds nothing, and does not fail."""
    made = site("").build()
    assert parts(made.output) == {"language": "id", "sections": [], "people": [], "parts": []}
    assert asked(made.output, {"q": "apa"})["answers"][0]["addresses"] == []


def test_every_language_has_an_index_of_its_own(site: Site) -> None:
    """With its own words of addresses, its own articles, sections and people."""
    made = site(ARTICLES).build()
    assert [one["address"] for one in parts(made.output)["parts"]] == ["/cari/2021-1.gz", "/cari/2020-1.gz"]
    assert parts(made.output)["sections"] == [["ekonomi", "Ekonomi"], ["nasional", "Nasional"]]
    assert parts(made.output)["people"] == [
        ["ratna-wulandari", "Ratna Wulandari"],
        ["redaksi", "Redaksi"],
        ["siti", "Siti"],
    ]
    english = parts(made.output, "/en/search/parts.json")
    assert [one["address"] for one in english["parts"]] == ["/en/search/2021-1.gz"]
    assert english["sections"] == [["world", "World"]]


# -- the page, and the ways to it -------------------------------------------------------------------


def test_every_page_leads_to_the_search_page(site: Site) -> None:
    """By a link, and for browsers by a description; the page itself is none for search engines."""
    made = site(ARTICLES).build()
    for address, page in (("/", "/cari/"), ("/2020/05/01/panen/", "/cari/"), ("/en/", "/en/search/")):
        shown = made.page(address)
        assert shown.one("a", class_="search-link")["href"] == page
        assert shown.one("link", rel="search")["href"] == f"{page}opensearch.xml"
    search = made.page("/cari/")
    assert search.one("form", role="search").attributes["data-parts"] == "/cari/parts.json"
    assert search.one("meta", name="robots")["content"] == "noindex"
    assert "/cari/" not in made.sitemap()
    assert ("Semua rubrik", "/rubrik/") in search.links()


def test_browsers_are_told_how_to_search(site: Site) -> None:
    """The description is XML with a short name and one address with a place for the words (OpenSearch 1.1)."""
    made = site(ARTICLES)
    toml = SITE_TOML.replace("Kabar Uji in English", "News & <Trials> of Every Kind").replace("example/", "example/arsip/")
    made.put("site.toml", toml.encode()).build()
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    root = ElementTree.fromstring((made.output / "en/search/opensearch.xml").read_bytes())
    assert root.tag == f"{space}OpenSearchDescription"
    told = {one.tag.removeprefix(space): one for one in root}
    assert told["ShortName"].text == "News & <Trials>"
    assert told["Description"].text == "News & <Trials> of Every Kind"
    assert told["Url"].attrib == {
        "type": "text/html",
        "template": "https://kabar.example/arsip/en/search/?q={searchTerms}",
    }


@pytest.mark.parametrize("line", ["search = false", 'theme = "plain"'])
def test_there_is_no_search_where_the_site_or_its_theme_has_none(site: Site, line: str) -> None:
    """No file, no link, no description; and the address stays free."""
    made = site(ARTICLES).put("site.toml", f"{line}\n{SITE_TOML}".encode()).build()
    assert [path for path in made.files() if re.match(r"(en/)?(cari|search)/", path)] == []
    assert "/cari/" not in made.page("/").source
    made.write("-- content/pages/cari.md --\n---\ntitle: Cari\n---\nIsi.\n").build(ok=False)
    assert "is wanted by content/pages/cari.md" in made.said


def test_a_page_of_ones_own_cannot_take_the_search_pages_address(site: Site) -> None:
    """It is told by its place, and nothing is published."""
    made = site("-- content/pages/cari.md --\n---\ntitle: Cari\n---\nIsi.\n").build(ok=False)
    assert re.search(r"content/pages/cari\.md:\d+: error\[address\.collision\] /cari/ is wanted by", made.said)


# -- what is found -----------------------------------------------------------------------------------


def titles(answer: dict[str, Any]) -> list[str]:
    """The last parts of the addresses that were found."""
    return [address.rstrip("/").rpartition("/")[2] for address in answer["addresses"]]


def test_the_script_takes_words_apart_as_the_program_does(site: Site) -> None:
    """Or what a reader types would never be found."""
    texts = (
        "Jum'at, KTT G-20: COVID-19!",
        "“Rusia” — Ukraina… snake_case x²",
        "STRASSE Straße café cafe\u0301 ＮＡＴＯ ﬁnal ΣΊΣΥΦΟΣ İzmir",
        "العَرَبِيَّة المنـــاخ ꦧꦱꦗꦮ हिन्दी 中文 한국어 Київ",
        "我们今天在北京，G20 会议 กรุงเทพ กรุงเทพ2024 字",
        "",
    )
    made = site("").build()
    expected = [[word.decode() for word in bare_words(text)] for text in texts]
    assert asked(made.output, words=texts)["words"] == expected


def test_what_has_all_words_comes_first_and_headlines_count_more(site: Site) -> None:
    """Then what has some of them; of two alike the newer."""
    made = site(ARTICLES).build()
    some, headline, form, begun, none = asked(
        made.output,
        *({"q": query} for query in ("beras jembatan", "jembatan", "membangun ", "karaw", "tidakada")),
    )["answers"]
    assert (titles(some)[0], some["whole"]) == ("panen", 1)
    assert set(titles(some)) == {"panen", "jembatan", "banjir"}
    assert titles(headline)[0] == "jembatan"
    assert titles(form) == ["jembatan"]
    assert titles(begun) == ["jembatan"]
    assert none["addresses"] == []


def test_a_word_is_found_in_a_form_that_no_article_has(site: Site) -> None:
    """In English and in Indonesian, whose stems the script can guess; nothing is taken for a form that is none."""
    texts = (
        "-- content/a.md --\n---\ntitle: Kesepakatan\ndate: 2021-05-01\n---\nMereka menyepakati larangan dan memutuskan.\n"
        "-- content/en/b.md --\n---\ntitle: Elections\ndate: 2021-05-01\n---\nCountries voted; a flooded city was running.\n"
    )
    made = site(texts).build()
    indonesian = ("sepakat ", "disepakati ", "dilarang ", "keputusan ", "putus ", "larantuka ")
    assert [len(one["addresses"]) for one in asked(made.output, *({"q": word} for word in indonesian))["answers"]] == [
        1
    ] * 5 + [0]
    english = ("voting ", "election ", "country ", "flooding ", "runs ", "vocal ", "float ")
    answers = asked(made.output, *({"q": word} for word in english), address="/en/search/parts.json")["answers"]
    assert [len(one["addresses"]) for one in answers] == [1] * 5 + [0] * 2


def test_a_word_is_found_inside_a_sentence_that_has_no_blanks(site: Site) -> None:
    """Of a script that parts no words, such as that of Chinese, by two signs or more."""
    article = "-- content/zh/a.md --\n---\ntitle: 新闻\ndate: 2021-05-01\n---\n我们今天在北京举行会议。\n"
    made = site(f'-- site.toml --\n{SITE_TOML}[languages.zh]\ntitle = "新闻"\n' + article).build()
    words = ("北京", "举行会议", "京北", "北京会议")
    answers = asked(made.output, *({"q": word} for word in words), address="/zh/search/parts.json")["answers"]
    assert [one["whole"] for one in answers] == [1, 1, 0, 0]


def test_a_section_a_person_or_a_year_alone_has_all_its_articles(site: Site) -> None:
    """The newest first."""
    made = site(ARTICLES).build()
    queries = ({"q": "", "section": "nasional"}, {"q": " ", "year": "2020"}, {"q": "", "editor": "siti"})
    section, year, person = asked(made.output, *queries)["answers"]
    assert titles(section) == ["banjir", "jembatan"]
    assert titles(year) == ["panen"]
    assert titles(person) == ["banjir"]


def test_a_search_is_narrowed_by_section_person_and_year(site: Site) -> None:
    """Each by the name that addresses have for it; of another year nothing is even read."""
    made = site(ARTICLES).build()
    queries = ({"section": "ekonomi"}, {"editor": "siti"}, {"year": "2020"}, {"section": "nasional", "editor": "redaksi"})
    section, person, year, both = asked(made.output, *({"q": "jembatan"} | query for query in queries))["answers"]
    assert titles(section) == ["panen"]
    assert titles(person) == ["banjir"]
    assert titles(year) == ["panen"]
    assert [path for path, _ in year["read"]] == ["/cari/parts.json", "/cari/2020-1.gz"]
    assert titles(both) == ["jembatan"]


def test_an_archive_is_searched_from_its_newest_part_and_within_bounds(site: Site) -> None:
    """No part is read that the first ten results do not need; what is older is read when it is asked for."""
    texts = "".join(
        f"-- content/{year}/a{n}.md --\n---\ntitle: Judul {year} {n}\ndate: {year}-01-{n + 1:02}\n---\nKata.\n"
        for year in range(2000, 2004)
        for n in range(12)
    )
    made = site(texts + "-- content/z.md --\n---\ntitle: Langka\ndate: 2000-05-05\n---\nLangka.\n").build()
    told = parts(made.output)["parts"]
    for one in told:
        one["bytes"] = 150_000  # as many as a part of a large archive has
    list_of_large = (made.output / "cari/parts.json").read_text(encoding="utf-8")
    made.put("output/cari/parts.json", re.sub(r'"bytes":\d+', '"bytes":150000', list_of_large).encode())
    typed = {"q": "langka", "typed": ["l", "lan", "langk"]}
    queries = ({"q": "kata"}, {"q": "langka"}, {"q": "langka", "all": True}, typed)
    first, rare, all_of_it, in_steps = asked(made.output, *queries)["answers"]
    assert in_steps["read"] == rare["read"]  # what is typed bit by bit has no more to read
    assert [path for path, _ in first["read"][1:]] == ["/cari/2003-1.gz"]
    assert (first["whole"], first["older"]) == (12, 3)
    assert [path for path, _ in rare["read"][1:]] == ["/cari/2003-1.gz", "/cari/2002-1.gz"]
    assert (rare["addresses"], rare["older"]) == ([], 2)
    assert titles(all_of_it) == ["z"]
