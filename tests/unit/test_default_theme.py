"""The default theme: its labels, its promises to a strict content security policy, and what it shows of a site."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import jinja2
import pytest
from jinja2 import meta, nodes

from tests.conftest import Html, Made

THEME = Path(__file__).parent.parent.parent / "themes" / "default"
TEMPLATES = sorted((THEME / "templates").rglob("*.html"))
SLOTS = sorted((THEME / "templates" / "slots").glob("*.html"))
LANGUAGES = ("id", "en")

BY_RENDERING = {"feed_explained", "read_also", "play_video", "photo_at", "footnotes", "front"}
BY_NAME = {"picks", "popular", "regional", "related", "latest", "editor", "author", "tag", "section", "region"}

Site = Callable[[str], Made]

OG_TYPE = re.compile(r"\{% block og_type %\}\w+\{% endblock %\}")  # a word of ogp.me for machines
ENVIRONMENT = jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)


def name_of(file: Path) -> str:
    return file.relative_to(THEME / "templates").as_posix()


def text_of(file: Path) -> str:
    return file.read_text(encoding="utf-8")


def labels(language: str) -> dict[str, str]:
    written = tomllib.loads(text_of(THEME / "translations" / f"{language}.toml"))
    assert all(isinstance(text, str) and text.strip() for text in written.values())
    return written


def asked_labels() -> Iterator[tuple[str, str, set[str]]]:
    """Every `label(...)` of the templates: its key or its beginning, the template, the names of the values it is given."""
    for file in TEMPLATES:
        for call in ENVIRONMENT.parse(text_of(file)).find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name == "label":
                key = call.args[0]
                if isinstance(key, nodes.Concat):
                    key = key.nodes[0]
                written = key.value if isinstance(key, nodes.Const) else ""
                yield written, name_of(file), {value.key for value in call.kwargs}


# -- labels ---------------------------------------------------------------------------------------


def test_both_languages_have_the_same_labels() -> None:
    """A reader of one language never meets a label of the other."""
    assert labels("id").keys() == labels("en").keys()


@pytest.mark.parametrize("key", sorted(labels("id")))
def test_a_label_holds_the_same_places_in_both_languages(key: str) -> None:
    """A translation neither drops a number or date nor asks for one that nobody gives."""
    places = [sorted(re.findall(r"\{(\w*)\}", labels(language)[key])) for language in LANGUAGES]
    assert places[0] == places[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_label_that_a_template_asks_for_is_there_with_its_places(language: str) -> None:
    """No page shows a label's key, or a place that was not filled in."""
    known = labels(language)
    for key, template, given in asked_labels():
        meant = [name for name in known if name == key or (key.endswith("_") and name.startswith(key))]
        assert meant or not key, f"{template} asks for {key!r}"
        for name in meant:
            assert set(re.findall(r"\{(\w*)\}", known[name])) == given, f"{template}: {name}"


def test_no_label_is_left_over() -> None:
    """Whoever translates the theme translates nothing in vain."""
    asked = {key for key, _, _ in asked_labels()}
    prefixes = tuple(key for key in asked if key.endswith("_"))
    unused = labels("id").keys() - asked - BY_RENDERING - BY_NAME
    assert [key for key in sorted(unused) if not key.startswith(prefixes)] == []


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_no_template_holds_text_of_its_own(file: Path) -> None:
    """Every word that a reader sees is in the translations."""
    written = "".join(text if kind == "data" else "\0" for _, kind, text in ENVIRONMENT.lex(OG_TYPE.sub("", text_of(file))))
    shown = re.sub(r"<[^>]*>", "", re.sub(r"<!doctype html>", "", written))
    assert not re.search(r"[^\W\d_]", shown)
    assert not re.search(r'\b(alt|title|aria-label|placeholder)="[^"\0]*[^\W\d_]', written)


# -- what a strict policy and a long life ask -----------------------------------------------------


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_a_template_has_no_inline_script_or_style_and_asks_no_other_host(file: Path) -> None:
    """A site can forbid inline code and foreign hosts, and loses nothing."""
    shown = re.sub(r"\{#.*?#\}", "", text_of(file), flags=re.DOTALL)
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:|<script(?![^>]*\ssrc=)", shown)
    fetched = re.sub(r'<a href="https://[^"]*"', "", shown)  # a link is followed only by a reader
    assert not re.search(r"https?://|[\"'(]//", fetched)


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_ids_of_the_theme_begin_with_an_underscore(file: Path) -> None:
    """They never clash with the ids of headings in a text."""
    assert [name for name in re.findall(r'\sid="([^"]*)"', text_of(file)) if not name.startswith("_")] == []


@pytest.mark.parametrize("file", TEMPLATES, ids=name_of)
def test_which_templates_a_page_needs_is_known_beforehand(file: Path) -> None:
    """A change to one template renders again only the pages that use it."""
    assert None not in set(meta.find_referenced_templates(ENVIRONMENT.parse(text_of(file))))


@pytest.mark.parametrize(("script", "most"), [("blocks.js", 2048), ("article.js", 4096)])
def test_a_script_stays_small_and_writes_no_markup(script: str, most: int) -> None:
    """What every article loads is light, and no text of a page is ever run as code."""
    source = text_of(THEME / "static" / script)
    assert len(source.encode()) < most
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|https?://", source)


def test_the_style_sheet_fetches_nothing() -> None:
    """Fonts are the reader's own, and no other host hears of the visit."""
    assert not re.search(r"url\(|@import|@font-face", text_of(THEME / "static" / "style.css"))


@pytest.mark.parametrize("file", SLOTS, ids=name_of)
def test_a_slot_is_empty_documented_and_included(file: Path) -> None:
    """A slot puts nothing on a page until a site fills it, and says how that is done."""
    assert ENVIRONMENT.from_string(text_of(file)).render() == ""
    assert f"themes/default/templates/slots/{file.name}" in text_of(file)
    assert any(f'{{% include "{name_of(file)}" %}}' in text_of(template) for template in TEMPLATES)


# -- what is shown ---------------------------------------------------------------------------------


def article(title: str, day: int, more: str = "") -> str:
    return f"-- content/{title}.md --\n---\ntitle: {title}\ndate: 2021-12-{day:02} 10:00\n{more}---\nIsi {title}.\n"


def test_a_full_article_shows_every_part_in_its_place(site: Site) -> None:
    """Headline, people, date, body, editor, source and tags stand in <article>, what is related beside it."""
    made = site(
        article("satu", 1, "tags: NATO\n")
        + article(
            "dua",
            2,
            "tags: NATO\neditor: M Haidar\nauthor: Sari\nsection: Dunia\nsource: Antara\nregion: Karawang\npick: true\n",
        )
    ).build()
    page = made.page("/2021/12/02/dua/")
    assert page.one("h1").text == "dua"
    shown = page.one("article").text
    parts = [
        "dua",
        "Editor: M Haidar Penulis: Sari",
        "Kamis, 2 Desember 2021, 10.00 WIB",
        "Isi dua.",
        "Editor: M Haidar",
        "Sumber: Antara",
    ]
    assert [part for part in parts if part not in shown] == []
    assert ("NATO", "/tag/nato/") in page.links("article")
    assert ("Karawang", "/daerah/karawang/") in page.links("article")
    assert page.one("nav", class_="breadcrumb").text == "Beranda Dunia"
    assert [heading.text for heading in page.find("h2")] == [
        "Berita terkait",
        "Artikel pilihan",
        "Terkini, 2 Desember 2021",
        "Kabar daerah",
    ]
    assert [link for link in page.links("aside") if link[0] == "satu"] == [("satu", "/2021/12/01/satu/")]
    assert page.one("section", class_="related").text == "Berita terkait satu 1 Desember 2021 Isi satu."


def test_shared_blocks_name_the_fragment_that_holds_todays(site: Site) -> None:
    """A volatile block stands as it was, or as a link, with the address from which the script fills it."""
    page = site(article("satu", 1) + article("dua", 2, "pick: true\n")).build().page("/2021/12/02/dua/")
    blocks = [element["data-block"] for element in page.find("section", class_="block") if "data-block" in element.attributes]
    assert blocks == ["/blok/pilihan.html", "/blok/terkini.html"]
    assert page.one("h2", data_label="Terkini").text == "Terkini, 2 Desember 2021"
    assert page.scripts == ["/aset/article.js", "/aset/blocks.js"]


def test_inline_blocks_need_no_script(site: Site) -> None:
    """A small site has today's blocks in every page, as many articles as its settings say."""
    made = site("".join(article(f"a{day}", day) for day in range(1, 6)))
    toml = (made.root / "site.toml").read_text(encoding="utf-8")
    made.put("site.toml", (toml + '\n[blocks]\nmode = "inline"\nlatest = 2\n').encode()).build()
    page = made.page("/2021/12/01/a1/")
    assert [text for text, _ in page.links("aside")] == ["a5", "a4", "Semua berita terkini"]
    assert "data-block" not in page.source
    assert page.scripts == ["/aset/article.js"]


def test_blocks_without_anything_to_show_are_left_out(site: Site) -> None:
    """No heading stands over nothing."""
    page = site(article("satu", 1)).build().page("/2021/12/01/satu/")
    assert [heading.text for heading in page.find("h2")] == ["Terkini"]
    assert page.find("p", class_="source") == page.find("div", class_="tags") == page.find("p", class_="byline") == []


def test_a_withdrawn_article_shows_its_headline_and_the_reason_only(site: Site) -> None:
    """What the newsroom took back is nowhere on its page, not in its head either."""
    made = site(article("satu", 1, "summary: Rahasia.\nwithdrawn: {date: 2021-12-05, reason: Narasumber keliru}\n")).build()
    page = made.page("/2021/12/01/satu/")
    assert page.one("h1").text == "satu"
    assert "Narasumber keliru" in page.main
    assert "5 Desember 2021" in page.main
    assert "Isi satu" not in page.source
    assert "Rahasia" not in page.source
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_corrections_are_told_at_the_top_and_in_full_at_the_foot(site: Site) -> None:
    """Whoever reads only the beginning still learns that the article was wrong."""
    page = (
        site(article("satu", 1, "corrections: [{date: 2021-12-03, text: Namanya Budi.}]\n")).build().page("/2021/12/01/satu/")
    )
    assert ("Artikel ini telah diralat", "#_corrections") in page.links("article")
    assert page.one("section", id="_corrections").text == "Ralat 3 Desember 2021: Namanya Budi."


def pages_of_a_tag(site: Site, count: int) -> Made:
    return site("".join(article(f"a{day}", day, "tags: NATO\n") for day in range(1, count + 1))).build()


def test_a_numbered_page_of_a_list_says_its_days_and_its_neighbours(site: Site) -> None:
    """It leads to older, newer and newest, and never counts the pages that there are."""
    page = pages_of_a_tag(site, 9).page("/tag/nato/hal/2/")
    assert page.one("p", class_="part").text == "Bagian 2: 4 Desember 2021 sampai 6 Desember 2021"
    rels = [
        (link.text, link["href"], link.attributes.get("rel"))
        for link in page.find("a")
        if link["href"].startswith("/tag/nato/")
    ]
    assert rels == [
        ("Lebih baru", "/tag/nato/hal/3/", "prev"),
        ("Terbaru", "/tag/nato/", None),
        ("Lebih lama", "/tag/nato/hal/1/", "next"),
    ]


def test_a_numbered_page_stays_as_it_is_when_articles_come(site: Site) -> None:
    """Nothing that grows stands on it."""
    made = pages_of_a_tag(site, 9)
    before = made.files()
    after = made.write(article("baru", 20, "tags: NATO\n")).build().files()
    numbered = [
        path
        for path in before
        if "/hal/" in path and Html((made.output / path).read_text(encoding="utf-8")).find("p", class_="part")
    ]
    assert len(numbered) > 1
    assert [path for path in numbered if after[path] != before[path]] == []


def test_the_lead_photo_comes_first_and_its_caption_and_credit_are_told_apart(site: Site) -> None:
    """The reader sees it at once, and knows who made it."""
    made = site(article("satu", 1, "image: {src: /f.svg, alt: Jembatan, caption: Jembatan baru., credit: Antara}\n"))
    made.put("static/f.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>').build()
    page = made.page("/2021/12/01/satu/")
    image = page.one("img").attributes
    assert image == {"src": "/f.svg", "alt": "Jembatan", "width": "40", "height": "30", "fetchpriority": "high"}
    assert page.one("span", class_="caption").text == "Jembatan baru."
    assert page.one("span", class_="credit").text == "Foto: Antara"


def test_a_credit_that_says_what_the_picture_is_gets_no_label(site: Site) -> None:
    """A drawing is not called a photo."""
    made = site(article("satu", 1, "image: {src: /f.svg, alt: Jembatan, credit: 'Ilustrasi: Kabar Uji'}\n"))
    made.put("static/f.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>').build()
    assert made.page("/2021/12/01/satu/").one("span", class_="credit").text == "Ilustrasi: Kabar Uji"


def test_a_word_with_a_hyphen_is_kept_whole_in_a_headline(site: Site) -> None:
    """It ends no line in its middle, and stays as it was written for who copies it and for machines."""
    title = "Vaksin COVID-19 & Undang-Undang Baru"
    made = site(f"-- content/a.md --\n---\ntitle: {title}\ndate: 2021-12-01\nslug: a\nsection: Kabar\n---\nIsi.\n").build()
    for address in ("/", "/2021/12/01/a/", "/rubrik/kabar/"):
        page = made.page(address)
        assert [word.text for word in page.find("span", class_="whole")] == ["COVID-19", "Undang-Undang"], address
    page = made.page("/2021/12/01/a/")
    assert page.one("h1").text == page.one("meta", property="og:title")["content"] == title


def fronts(page: Html) -> list[str]:
    """The headlines of a front page, but for those of the most read."""
    return [e["href"] for e in page.find("a") if "/2021/12/" in e.attributes["href"] and "ol" not in e.above]


def test_a_date_that_is_shown_stays_together_and_one_for_machines_is_plain(site: Site) -> None:
    """On the page, in its summaries and in its sentences; not in its head, in code, or in a feed."""
    made = site(
        article("satu", 1, "tags: NATO\nsummary: Sejak 5 Mei 2021.\n").replace("Isi satu.", "Pada 3 Mei 2021.")
        + article("dua", 2, "tags: NATO\n").replace("Isi dua.", "Pada `3 Mei 2021`.")
    ).build()
    page = made.page("/2021/12/01/satu/").source
    assert "Pada 3\u00a0Mei\u00a02021." in page
    assert ">Rabu, 1\u00a0Desember\u00a02021, 10.00\u00a0WIB</time>" in page
    assert "Sejak 5\u00a0Mei\u00a02021." in made.page("/tag/nato/").source
    assert "<code>3 Mei 2021</code>" in made.page("/2021/12/02/dua/").source
    head = made.page("/2021/12/01/").source.partition("</head>")[0]
    assert "<title>Berita 1 Desember 2021 · Kabar Uji</title>" in head
    assert "\u00a0" not in head + page.partition("</head>")[0] + (made.output / "feed.xml").read_text(encoding="utf-8")


def test_each_article_stands_once_on_the_front_page(site: Site) -> None:
    """Lead, picks, newest, sections and regions share them out; a section leads with a photo if it has one left."""
    image = "image: {src: /f.svg, alt: F}\n"
    more = {1: "pick: true\n", 2: image, 9: image}
    text = "".join(
        article(f"a{day}", day, f"section: S{day % 3}\nregion: R{day % 4}\n{more.get(day, '')}") for day in range(1, 29)
    )
    made = site(text).put("static/f.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>').build()
    page = made.page("/")
    addresses = fronts(page)
    assert len(addresses) == len(set(addresses))
    assert addresses[0] == "/2021/12/01/a1/"
    assert addresses[1:7] == [f"/2021/12/{day}/a{day}/" for day in range(28, 22, -1)]
    sections = page.source.partition('class="sections"')[2]
    assert re.findall(r'headline"><a href="([^"]*)"', sections)[0] == "/2021/12/09/a9/"


def test_a_small_front_page_has_no_empty_box(site: Site) -> None:
    """Few articles stand below the lead, which has a photo if one has."""
    image = "image: {src: /f.svg, alt: F}\n"
    made = site(article("a", 1, f"section: Dunia\nregion: Bali\n{image}") + article("b", 2, "section: Dunia\n"))
    page = made.put("static/f.svg", b'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="30"/>').build().page("/")
    assert fronts(page) == ["/2021/12/01/a/", "/2021/12/02/b/"]
    assert [heading.text for heading in page.find("h2")] == ["a", "Terkini", "Jelajahi arsip"]


def test_the_most_read_have_their_ranks(site: Site) -> None:
    """Their page is a numbered list, and the style sheet shows the numbers."""
    figures = '-- data/popular.json --\n{"articles": [{"id": "satu", "views": 1}]}\n'
    made = site(article("satu", 1, "id: satu\n") + figures).build()
    assert "ranked" in made.page("/terpopuler/").one("ol", class_="cards")["class"].split()
    assert re.search(r"\.ranked[^}]*counter\(rank\)", text_of(THEME / "static" / "style.css"))


def test_a_year_shows_its_twelve_months_and_links_those_that_have_articles(site: Site) -> None:
    """Twelve fill their rows on any screen."""
    page = site(article("satu", 1)).build().page("/2021/")
    months = page.one("ul", class_="months").text.split()
    assert len(months) == 13
    assert months[-3:] == ["November", "Desember", "1"]
    assert [text for text, href in page.links("ul") if href == "/2021/12/"] == ["Desember"]


def test_a_year_stands_among_the_others_and_is_marked(site: Site) -> None:
    """One row of years, the newest first."""
    made = site("".join(f"-- content/{y}.md --\n---\ntitle: A{y}\ndate: {y}-01-02\n---\nIsi.\n" for y in (2019, 2020, 2021)))
    row = [a for a in made.build().page("/2020/").find("a") if re.fullmatch(r"/20\d\d/", a["href"])]
    assert [(a.text, a.attributes.get("aria-current")) for a in row] == [("2021", None), ("2020", "page"), ("2019", None)]


def test_a_title_with_markup_characters_is_shown_as_written(site: Site) -> None:
    """Quotes and ampersands neither break an attribute nor are escaped twice."""
    page = (
        site("-- content/a.md --\n---\ntitle: 'R&D \"baru\" 5 < 6'\ndate: 2021-12-01\nslug: rd\n---\nIsi.\n")
        .build()
        .page("/2021/12/01/rd/")
    )
    assert page.one("h1").text == page.one("meta", property="og:title")["content"] == 'R&D "baru" 5 < 6'
