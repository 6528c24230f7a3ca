"""Corrections and withdrawals: the list of all of them, its feed, and what is left of an article that was taken back."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from ssg.build import Options
from ssg.present import present
from ssg.site_toml import load
from tests.conftest import SITE_TOML, Html, Made

Site = Callable[[str], Made]

ALL = "/ralat/"
FEED = "/ralat/feed.xml"
LINK = ("Ralat dan pencabutan", ALL)
PLAIN = f'-- site.toml --\ntheme = "plain"\n{SITE_TOML}'


def article(name: str, more: str = "", day: int = 1, folder: str = "content") -> str:
    front = f"title: Berita {name}\ndate: 2026-01-{day:02} 08:00\nid: {name}\n{more}"
    return f"-- {folder}/{name}.md --\n---\n{front}---\nIsi {name}.\n"


def corrected(*notes: tuple[str, str]) -> str:
    """The lines of some corrections: each its date and its text."""
    return "corrections:\n" + "".join(f"  - {{date: {date}, text: {text}}}\n" for date, text in notes)


def withdrawn(date: str, reason: str) -> str:
    return f"withdrawn: {{date: {date}, reason: {reason}}}\n"


def told(page: Html) -> list[tuple[str, str, str]]:
    """Of each entry of the list what it is and when, the headline, and what it says."""
    metas = [element.text for element in page.find("p", class_="meta") if "article" in element.above]
    heads = [element.text for element in page.find("h2", class_="headline")]
    texts = [element.text for element in page.find("p", class_="summary")]
    return list(zip(metas, heads, texts, strict=True))


def several(count: int, first: int = 0) -> str:
    """Articles, each with a correction a day after that of the one before."""
    return "".join(
        article(f"a{n:02}", corrected((f"2026-02-{n + 1:02}", f"Ralat {n:02}."))) for n in range(first, first + count)
    )


# -- the list


def test_every_correction_and_withdrawal_is_told_newest_first(site: Site) -> None:
    """With its day, its text, and the way to its article; of an article that was taken back no more than that."""
    made = site(
        article("satu", corrected(("2026-02-01 10:00", "Namanya Budi."), ("2026-03-01", "Angka dibetulkan.")))
        + article("dua", corrected(("2026-02-02", "Lama.")) + withdrawn("2026-02-15", "Sumber keliru."))
        + article("tiga")
    ).build()
    page = made.page(ALL)
    assert page.one("h1").text == "Ralat dan pencabutan"
    assert told(page) == [
        ("Ralat 1 Maret 2026", "Berita satu", "Angka dibetulkan."),
        ("Pencabutan 15 Februari 2026", "Berita dua", "Sumber keliru."),
        ("Ralat 1 Februari 2026", "Berita satu", "Namanya Budi."),
    ]
    assert [element["datetime"] for element in page.find("time")][-1] == "2026-02-01T10:00:00+07:00"
    links = [href for _, href in page.links("article")]
    assert links == ["/2026/01/01/satu/", "/2026/01/01/dua/", "/2026/01/01/satu/"]
    assert page.find("meta", name="robots", content="noindex") == []
    assert "https://kabar.example/ralat/" in made.sitemap()


@pytest.mark.parametrize("theme", ["", PLAIN])
def test_the_list_is_found_from_every_page_and_from_the_article(site: Site, theme: str) -> None:
    """From the foot of each page, and from the heading of what was corrected."""
    made = site(theme + article("satu", corrected(("2026-02-01", "Namanya Budi."))) + article("dua")).build()
    for address in ("/", "/2026/01/01/satu/", "/2026/01/01/dua/", "/404.html"):
        assert LINK in made.page(address).links("footer")
    assert ("Ralat", ALL) in made.page("/2026/01/01/satu/").links("section")
    assert made.page(ALL).find("a", href=ALL, aria_current="page") != []
    assert [text for text, href in made.page(ALL).links() if href.endswith("/satu/")] == ["Berita satu"]
    assert "Namanya Budi." in made.page(ALL).main
    assert made.problems() == []


def test_where_nothing_is_corrected_there_is_no_list(site: Site) -> None:
    """No page, no feed, no link; a language of the site has its own."""
    made = site(article("satu") + article("one", corrected(("2026-02-01", "It was Budi.")), folder="content/en")).build()
    assert not [file for file in made.files() if file.startswith("ralat/")]
    assert LINK not in made.page("/").links("footer")
    assert ("Corrections and withdrawals", "/en/corrections/") in made.page("/en/").links("footer")
    assert told(made.page("/en/corrections/")) == [("Correction 1 February 2026", "Berita one", "It was Budi.")]
    assert made.feed("/en/corrections/feed.xml").entries[0].title == "Correction: Berita one"


def test_a_long_list_is_parted_and_its_old_pages_hold_still(site: Site) -> None:
    """As lists of articles are: numbered from the oldest, and a full page is the same ever after."""
    made = site(several(7)).build()
    front, first = made.page(ALL), made.page("/ralat/hal/1/")
    assert [text for _, _, text in told(front)] == [f"Ralat {n:02}." for n in (6, 5, 4, 3)]
    assert [text for _, _, text in told(first)] == ["Ralat 02.", "Ralat 01.", "Ralat 00."]
    assert ("Lebih lama", "/ralat/hal/1/") in front.links("nav")
    assert first.one("p", class_="part").text == "Bagian 1: 1 Februari 2026 sampai 3 Februari 2026"
    assert made.page("/ralat/hal/2/").one("meta", http_equiv="refresh")["content"] == "0; url=/ralat/"
    before = made.files()["ralat/hal/1/index.html"]
    assert made.write(several(3, 7)).build().files()["ralat/hal/1/index.html"] == before
    assert "has moved" not in made.said
    made.write(article("b", corrected(("2026-01-15", "Terlambat.")))).build()
    assert "moved articles on 2 numbered pages: /ralat/hal/1/, /ralat/hal/2/" in made.said.replace("\n", " ")


def test_a_mended_correction_changes_its_article_and_the_list_alone(site: Site) -> None:
    """And the feeds of both: no other page says anything of it."""
    made = site(several(7)).build()
    before = made.files()
    after = made.write(article("a06", corrected(("2026-02-07", "Dibetulkan lagi.")))).build().files()
    changed = {file for file in before.keys() | after.keys() if before.get(file) != after.get(file)}
    assert changed == {"2026/01/01/a06/index.html", "ralat/index.html", "ralat/feed.xml", "feed.xml"}


def test_the_word_of_its_address_can_be_another(site: Site) -> None:
    """By the rules of all words of addresses."""
    text = article("satu", corrected(("2026-02-01", "Namanya Budi.")))
    made = site(f'-- site.toml --\n{SITE_TOML}\n[paths]\ncorrections = "pembetulan"\n{text}').build()
    assert LINK[0] in [name for name, href in made.page("/").links("footer") if href == "/pembetulan/"]
    assert len(made.feed("/pembetulan/feed.xml").entries) == 1
    made.write(f'-- site.toml --\n{SITE_TOML}\n[paths]\ncorrections = "tag"\n').build(ok=False)
    assert 'the words tag and corrections of the language "id" are both "tag"' in made.said


# -- what leaves the site


def test_a_correction_is_a_change_of_its_article(site: Site) -> None:
    """Feeds, the page's head and structured data date it by the latest one; the data says what the editor wrote."""
    toml = f'-- site.toml --\n{SITE_TOML}\n[feeds]\nalso = ["atom", "json"]\n[data]\nbeside = ["json"]\n'
    notes = corrected(("2026-03-01 10:00", "Namanya Budi."), ("2026-02-01", "Angka dibetulkan."))
    made = site(toml + article("satu", "updated: 2026-01-20 09:00\n" + notes) + article("dua", day=2)).build()
    latest = "2026-03-01T10:00:00+07:00"
    two, one = made.feed("/atom.xml").entries
    assert (one.updated, two.updated) == (latest, "2026-01-02T08:00:00+07:00")
    assert made.feed("/feed.xml").feed.updated == "Sun, 01 Mar 2026 10:00:00 +0700"
    items = json.loads((made.output / "feed.json").read_bytes())["items"]
    assert [item.get("date_modified") for item in items] == [None, latest]
    page = made.page("/2026/01/01/satu/")
    assert page.one("meta", property="article:modified_time")["content"] == latest
    [told] = [thing for thing in page.structured if thing["@type"] == "NewsArticle"]
    assert told["dateModified"] == latest
    data = json.loads((made.output / "2026/01/01/satu/index.json").read_bytes())
    assert data["date_modified"] == "2026-01-20T09:00:00+07:00"


@pytest.mark.parametrize("address", ["", "2026/01/"])
def test_the_text_in_feeds_ends_with_its_corrections(site: Site, address: str) -> None:
    """Each with the label of the language, its day in the site's zone and its words, in every format; no other text does."""
    toml = f'-- site.toml --\n{SITE_TOML}\n[feeds]\nalso = ["atom", "json"]\n'
    notes = corrected(("2026-02-01 00:30", "Namanya Budi (5 < 6) & Siti."), ("2026-03-01", "Dua."))
    later = article("tiga").replace("2026-01-01", "2026-04-01")
    made = site(toml + article("satu", notes) + article("dua", day=2) + later).build()
    said = "Ralat, 1 Februari 2026: Namanya Budi (5 < 6) & Siti. Ralat, 1 Maret 2026: Dua."
    texts = [[entry.content[0].value for entry in made.feed(f"/{address}{file}").entries] for file in ("feed.xml", "atom.xml")]
    texts.append([i["content_html"] for i in json.loads((made.output / f"{address}feed.json").read_bytes())["items"]])
    for *_, two, one in texts:
        assert Html(f"<main>{one}</main>").main == f"Kabar Uji – Isi satu. {said}"
        assert Html(one).find("time")[0]["datetime"] == "2026-02-01T00:30:00+07:00"
        assert "Ralat" not in two


def test_a_new_correction_reaches_the_feeds_of_its_article(site: Site) -> None:
    """At the next build, in those that were there and in the words of their language; it stands in no other feed."""
    tagged = "tags: Air\nlanguage: en\n"
    made = site(article("satu", tagged) + article("dua", "tags: Api\nlanguage: en\n")).build()
    made.write(article("satu", tagged + corrected(("2026-02-01", "It was Budi.")))).build()
    assert "Correction" in made.feed("/en/tag/air/feed.xml").entries[0].content[0].value
    assert "Correction" not in made.feed("/en/tag/api/feed.xml").entries[0].content[0].value


# -- its feed


def test_the_feed_tells_each_with_an_id_of_its_own(site: Site) -> None:
    """Made of the article's id and the moment, so that a mended text or headline brings none a second time."""
    notes = corrected(
        ("2026-02-01 10:00", "Namanya <b>Budi</b> & Siti."), ("2026-02-01 10:00", "Dua."), ("2026-03-01", "Tiga.")
    )
    made = site(article("satu", notes) + article("dua", withdrawn("2026-04-01", "Sumber keliru."))).build()
    feed = made.feed(FEED)
    base = "tag:kabar.example,2026-11:"
    assert feed.feed.title == "Ralat dan pencabutan · Kabar Uji"
    assert feed.feed.link == "https://kabar.example/ralat/"
    assert [(entry.title, entry.id.removeprefix(base)) for entry in feed.entries] == [
        ("Pencabutan: Berita dua", "dua:withdrawal:2026-03-31T17:00:00Z"),
        ("Ralat: Berita satu", "satu:correction:2026-02-28T17:00:00Z"),
        ("Ralat: Berita satu", "satu:correction:2026-02-01T03:00:00Z:2"),
        ("Ralat: Berita satu", "satu:correction:2026-02-01T03:00:00Z"),
    ]
    last = feed.entries[-1]
    assert (last.link, last.published) == ("https://kabar.example/2026/01/01/satu/", "Sun, 01 Feb 2026 10:00:00 +0700")
    assert Html(last.content[0].value).find("a")[0]["href"] == last.link
    before = [entry.id for entry in feed.entries]
    made.write(article("satu", notes.replace("Dua.", "Kedua.")).replace("Berita satu", "Judul baru")).build()
    assert [entry.id for entry in made.feed(FEED).entries] == before
    assert made.feed(FEED).entries[-1].title == "Ralat: Judul baru"


def test_the_feed_is_there_in_every_format_that_is_set(site: Site) -> None:
    """With the same entries, no more of them than other parts of the site have; the list names all formats."""
    toml = f'-- site.toml --\n{SITE_TOML}\n[feeds]\nalso = ["atom", "json"]\nterm_size = 2\n'
    made = site(toml + several(4)).build()
    ids = [entry.id for entry in made.feed(FEED).entries]
    assert len(ids) == 2
    assert [entry.id for entry in made.feed("/ralat/atom.xml").entries] == ids
    assert [item["id"] for item in json.loads((made.output / "ralat/feed.json").read_bytes())["items"]] == ids
    named = [link["href"] for link in made.page(ALL).find("link", rel="alternate")]
    assert [href for href in named if href.startswith(ALL)] == [
        f"/ralat/{name}" for name in ("feed.xml", "atom.xml", "feed.json")
    ]


def test_a_feed_of_corrections_that_is_gone_is_told(site: Site) -> None:
    """Where no article has any now, until it is let go."""
    made = site(article("satu", corrected(("2026-02-01", "Namanya Budi.")))).build().write(article("satu")).build()
    told = "site.toml: warning[feed.vanished] the feed /ralat/feed.xml was published and is not made any more: "
    assert made.problems() == [f"{told}no article of its language is corrected or withdrawn now"]
    assert 'add "/ralat/feed.xml" to `gone` in [feeds] of site.toml' in made.said
    made.write(f'-- site.toml --\n{SITE_TOML}\n[feeds]\ngone = ["/ralat/feed.xml"]\n').build()
    assert made.problems() == []


def test_a_feed_of_corrections_that_has_moved_is_told_with_its_new_address(site: Site) -> None:
    """Another word in [paths] moves it."""
    made = site(article("satu", corrected(("2026-02-01", "Namanya Budi.")))).build()
    made.write(f'-- site.toml --\n{SITE_TOML}\n[paths]\ncorrections = "pembetulan"\n').build()
    told = "the feed /ralat/feed.xml was published and stands at /pembetulan/feed.xml now"
    assert made.problems() == [f"site.toml: warning[feed.vanished] {told}"]


# -- articles that were taken back

GONE = "/2026/01/03/cabut/"
LIST = f"{ALL.strip('/')}/index.html"


@pytest.fixture
def taken_back(site: Site) -> Made:
    """A site in which one article stood in everything that there is, before it was taken back."""
    shared = "section: Nasional\ntags: [Banjir]\nregion: Bali\neditor: M Haidar\nstory: Kisah\n"
    made = site(
        article("satu", shared + "related: [cabut]\n", day=2)
        + article("cabut", shared + "pick: 1\naliases: /lama/cabut/\n", day=3)
        + article("dua", shared, day=4)
        + article("one", "translation_of: cabut\n", folder="content/en")
        + '-- data/popular.json --\n{"articles": [{"id": "cabut", "views": 9}, {"id": "satu", "views": 1}]}\n'
    ).build()
    assert len(naming(made)) > 15, "it is looked for where it stands"
    told = withdrawn("2026-02-01", "Sumber keliru.") + shared + "pick: 1\naliases: /lama/cabut/\n"
    return made.write(article("cabut", told, day=3)).build()


def naming(made: Made) -> list[str]:
    """The files that name the article or lead to it."""
    texts = [(file, text_of(made.output / file)) for file in made.files()]
    return [file for file, text in texts if "Berita cabut" in text or GONE in text]


def text_of(file: Path) -> str:
    """The text of a file, which may be packed."""
    data = file.read_bytes()
    return (gzip.decompress(data) if file.suffix == ".gz" else data).decode()


def test_a_withdrawn_article_is_gone_from_all_that_leads_to_articles(taken_back: Made) -> None:
    """Lists, blocks, stories, related articles, neighbours, other languages, feeds, sitemap: what tells of it alone is left."""
    own = f"{GONE.strip('/')}/index.html"
    assert naming(taken_back) == [own, "lama/cabut/index.html", "ralat/feed.xml", LIST]


def test_what_is_left_of_a_withdrawn_article_asks_search_engines_to_forget_it(taken_back: Made) -> None:
    """Its headline, the day and the reason, under its old address."""
    page = taken_back.page(GONE)
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert "Sumber keliru." in page.main
    assert "Isi cabut" not in page.source
    assert told(taken_back.page(ALL)) == [("Pencabutan 1 Februari 2026", "Berita cabut", "Sumber keliru.")]


def test_a_host_can_be_told_which_addresses_are_gone(taken_back: Made) -> None:
    """Those of withdrawn articles, and no others."""
    now = datetime.fromisoformat("2026-06-01T00:00:00+07:00")
    archive = present(load(taken_back.root), Options(output=taken_back.output, now=now, workers=1)).archive
    assert archive.taken_back == (GONE,)


def test_an_article_that_is_given_back_is_corrected_in_the_list(taken_back: Made) -> None:
    """A withdrawal that is taken out is told of no more, and the article stands where it stood."""
    taken_back.write(
        article("cabut", corrected(("2026-03-01", "Sumber ternyata benar.")) + "section: Nasional\n", day=3)
    ).build()
    assert told(taken_back.page(ALL)) == [("Ralat 1 Maret 2026", "Berita cabut", "Sumber ternyata benar.")]
    assert GONE in [href for _, href in taken_back.page("/rubrik/nasional/").links()]
