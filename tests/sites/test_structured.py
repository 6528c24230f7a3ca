"""Structured data and what shared links show: what a page tells machines, checked against what was written."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import takewhile
from typing import Any

import pytest
from lxml import html  # type: ignore[import-untyped]

from tests.conftest import SITE_TOML, Html, Made
from tests.hostile import HOSTILE
from tests.sites.faults import with_settings
from tests.sites.rich import photo, published

Site = Callable[[str], Made]
Thing = dict[str, Any]

ROOT = "https://kabar.example"
GEMPA = "/2026/03/01/gempa/"
PUBLISHER = {"@type": "Organization", "name": "Kabar Uji", "url": f"{ROOT}/"}


def things(made: Made, address: str, kind: str = "") -> list[Thing]:
    """What a page says of itself: all of it, or the things of one kind."""
    found = made.page(address).structured
    return [thing for thing in found if kind in ("", thing["@type"])]


def only(made: Made, address: str, kind: str) -> Thing:
    """The one thing of a kind that a page tells of."""
    (thing,) = things(made, address, kind)
    return thing


def steps(thing: Thing) -> list[tuple[str, str]]:
    """The steps of a way, as (name, address)."""
    entries = thing["itemListElement"]
    assert [entry["position"] for entry in entries] == list(range(1, len(entries) + 1))
    return [(entry["name"], entry.get("item", "").removeprefix(ROOT)) for entry in entries]


def listed(thing: Thing) -> list[str]:
    """The addresses of a list, in their order."""
    entries = thing["itemListElement"]
    assert [entry["position"] for entry in entries] == list(range(1, len(entries) + 1))
    assert all(entry["url"].startswith(f"{ROOT}/") for entry in entries)
    return [entry["url"].removeprefix(ROOT) for entry in entries]


# -- an article


def test_an_article_tells_all_that_its_front_matter_says(rich: Made) -> None:
    """Each field of it, in the words of schema.org; the pictures of its text behind the lead photo."""
    address = f"{ROOT}{GEMPA}"
    article = only(rich, GEMPA, "NewsArticle")
    words = article.pop("wordCount")
    assert words > 20
    assert article == {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": "Gempa Terasa sampai Karawang",
        "url": address,
        "mainEntityOfPage": {"@type": "WebPage", "@id": address},
        "identifier": "id-gempa",
        "datePublished": "2026-03-01T06:30:00+07:00",
        "dateModified": "2026-05-20T09:00:00+07:00",
        "author": [{"@type": "Person", "name": "Siti Aminah", "url": f"{ROOT}/editor/siti-aminah/"}],
        "editor": [{"@type": "Person", "name": "M Haidar", "url": f"{ROOT}/editor/m-haidar/"}],
        "publisher": PUBLISHER,
        "description": 'Kalimat pertama tentang "tanda kutip" & lainnya.',
        "dateline": "KARAWANG",
        "image": [
            {
                "@type": "ImageObject",
                "url": f"{address}foto.jpg",
                "width": 64,
                "height": 40,
                "caption": "Jalan retak",
                "creditText": "Antara",
            },
            {"@type": "ImageObject", "url": f"{address}peta.png", "width": 30, "height": 20, "caption": "Peta wilayah"},
        ],
        "articleSection": "Daerah",
        "keywords": ["Gempa", "Banjir Rob"],
        "inLanguage": "id",
        "isAccessibleForFree": True,
        "isBasedOn": {"@type": "CreativeWork", "name": "BMKG", "url": "https://bmkg.example/"},
        "correction": [
            {"@type": "CorrectionComment", "text": "Angka diperbaiki", "datePublished": "2026-03-02T10:00:00+07:00"}
        ],
    }


def test_every_article_tells_its_own(rich: Made) -> None:
    """Headline, date, id, people and language of each are those of its source; without an author it is the newsroom's."""
    for piece in (*published(), *published("en")):
        article = only(rich, piece.address, "NewsArticle")
        assert (article["headline"], article["identifier"]) == (piece.title, piece.id)
        assert (article["datePublished"], article["dateModified"]) == (piece.when.isoformat(), piece.changed.isoformat())
        assert [editor["name"] for editor in article.get("editor", [])] == list(piece.editors)
        newsroom = "Kabar Uji" if piece.language == "id" else "Kabar Uji in English"
        assert [author["name"] for author in article["author"]] == list(piece.authors or (newsroom,))
        assert (article["publisher"]["name"], article["inLanguage"]) == (newsroom, piece.language)


def test_what_an_article_does_not_say_is_left_out(site: Site) -> None:
    """No field stands there empty; the site's own name before a text is no place where it was written."""
    made = site("-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\nSatu dua tiga.\n").build()
    article = only(made, "/2026/05/01/a/", "NewsArticle")
    assert not {"dateline", "image", "articleSection", "keywords", "editor", "isBasedOn", "correction"} & article.keys()
    assert article["author"] == [PUBLISHER]
    assert article["dateModified"] == article["datePublished"] == "2026-05-01T00:00:00+07:00"
    assert article["wordCount"] == 3


def test_a_dateline_that_the_text_begins_with_is_the_articles(site: Site) -> None:
    """Whether front matter or the text itself names the place."""
    made = site("-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\nKARAWANG - Satu dua tiga.\n").build()
    assert only(made, "/2026/05/01/a/", "NewsArticle")["dateline"] == "KARAWANG"


def test_a_source_without_an_address_is_a_name(site: Site) -> None:
    """`source: Antara` is enough."""
    made = site("-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\nsource: Antara\n---\nSatu.\n").build()
    assert only(made, "/2026/05/01/a/", "NewsArticle")["isBasedOn"] == {"@type": "CreativeWork", "name": "Antara"}


def test_a_long_headline_stays_whole(site: Site) -> None:
    """Cutting it is for whoever shows it."""
    title = "Panjang " * 40 + "sekali"
    made = site(f"-- content/a.md --\n---\ntitle: {title}\nslug: a\ndate: 2026-05-01\n---\nSatu.\n").build()
    assert only(made, "/2026/05/01/a/", "NewsArticle")["headline"] == title


def test_an_article_that_stands_elsewhere_names_that_place(rich: Made) -> None:
    """Its true page is the one that `canonical` names."""
    article = only(rich, "/2026/03/04/vaksin/", "NewsArticle")
    assert article["url"] == article["mainEntityOfPage"]["@id"] == "https://other.example/vaksin"


def test_a_withdrawn_article_tells_nothing(rich: Made) -> None:
    """What the newsroom took back is told to nobody, not even where it stood."""
    assert things(rich, "/2026/02/06/cabut/") == []
    assert things(rich, "/404.html") == []


def test_the_logo_is_the_newsrooms(site: Site) -> None:
    """On every article, by its whole address, also where the site lives in a folder."""
    settings = SITE_TOML.replace("kabar.example/", "kabar.example/arsip/")
    made = site("-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\nSatu.\n")
    made.put("site.toml", f'logo = "/logo.png"\n{settings}'.encode()).put("static/logo.png", photo(kind="PNG")).build()
    assert made.problems() == []
    logo = {"@type": "ImageObject", "url": f"{ROOT}/arsip/logo.png"}
    assert only(made, "/2026/05/01/a/", "NewsArticle")["publisher"]["logo"] == logo


def test_a_logo_that_is_not_there_is_told(site: Site) -> None:
    """As any other address at which nothing is published."""
    made = site(with_settings('logo = "/logo.png"')).build()
    assert made.problems() == ["site.toml: warning[link.nowhere] nothing is published at /logo.png"]


# -- other pages


def breadcrumb(page: Html) -> list[tuple[str, str]]:
    """The steps that a page shows of the way to it, as (text, href)."""
    (nav,) = page.find("nav", class_="breadcrumb") or (None,)
    if nav is None:
        return []
    behind = page.elements[page.elements.index(nav) + 1 :]
    inside = takewhile(lambda element: len(element.above) > len(nav.above), behind)
    return [(element.text, element["href"]) for element in inside if element.tag == "a"]


def test_the_way_to_a_page_is_the_one_that_it_shows(rich: Made) -> None:
    """Wherever there is a breadcrumb, with the same steps, and the page itself last; nowhere else."""
    told = 0
    for file in sorted(rich.output.rglob("*.html")):
        address = "/" + file.relative_to(rich.output).as_posix().removesuffix("index.html")
        page = rich.page(address)
        ways = [steps(thing) for thing in page.structured if thing["@type"] == "BreadcrumbList"]
        shown = breadcrumb(page)
        if shown and address != "/2026/02/06/cabut/":  # what is withdrawn tells nothing
            assert ways == [[*shown, (page.one("meta", property="og:title")["content"], "")]], address
            told += 1
        else:
            assert ways == [], address
    assert told > 40


ARCHIVE = ("Arsip", "/arsip/")


@pytest.mark.parametrize(
    ("address", "above"),
    [
        (GEMPA, [("Beranda", "/"), ("Daerah", "/rubrik/daerah/")]),
        ("/tentang/", [("Beranda", "/")]),
        ("/tag/gempa/", [("Beranda", "/"), ("Semua tag", "/tag/")]),
        ("/kisah/gempa-jawa/", [("Beranda", "/"), ("Semua rangkaian berita", "/kisah/")]),
        ("/2026/03/01/", [("Beranda", "/"), ARCHIVE, ("2026", "/2026/"), ("Maret 2026", "/2026/03/")]),
        ("/2026/03/", [("Beranda", "/"), ARCHIVE, ("2026", "/2026/")]),
        ("/2026/", [("Beranda", "/"), ARCHIVE]),
        ("/hari-ini/03-01/", [("Beranda", "/"), ARCHIVE, ("Hari ini dalam sejarah", "/hari-ini/")]),
        ("/en/section/world/", [("Home", "/en/"), ("All sections", "/en/section/")]),
    ],
)
def test_the_steps_of_a_way(rich: Made, address: str, above: list[tuple[str, str]]) -> None:
    """From the front page down, in the page's language, without the spaces that hold a date together."""
    assert steps(only(rich, address, "BreadcrumbList"))[:-1] == above


def test_a_list_names_its_articles_in_the_order_shown(rich: Made) -> None:
    """On its front, on its numbered pages, on a day; a running story from its beginning."""
    lists = [
        "/terkini/",
        "/terkini/hal/1/",
        "/tag/banjir/",
        "/rubrik/daerah/",
        "/2026/02/03/",
        "/en/latest/",
        "/editor/m-haidar/",
    ]
    for address in [*lists, "/kisah/gempa-jawa/"]:
        shown = [href for _, href in rich.page(address).links("h3" if "kisah" in address else "h2")]
        assert shown
        assert listed(only(rich, address, "ItemList")) == shown, address
    for address in ("/", "/tag/", GEMPA, "/tentang/"):
        assert things(rich, address, "ItemList") == []


def test_the_front_page_of_each_language_tells_of_the_site(rich: Made) -> None:
    """By its name there; no other page does."""
    assert things(rich, "/") == [
        {"@context": "https://schema.org", "@type": "WebSite", "name": "Kabar Uji", "url": f"{ROOT}/", "inLanguage": "id"}
    ]
    assert only(rich, "/en/", "WebSite")["inLanguage"] == "en"
    assert only(rich, "/en/", "WebSite")["url"] == f"{ROOT}/en/"
    assert things(rich, "/terkini/", "WebSite") == []


def test_the_page_of_a_person_is_a_profile(rich: Made) -> None:
    """The front of the list; neither its further pages nor those of tags."""
    profile = only(rich, "/editor/m-haidar/", "ProfilePage")
    assert profile["mainEntity"] == {"@type": "Person", "name": "M Haidar", "url": f"{ROOT}/editor/m-haidar/"}
    assert things(rich, "/tag/gempa/", "ProfilePage") == []


def test_each_thing_is_a_block_of_its_own(rich: Made) -> None:
    """In the head, with the vocabulary that its words are of; no block holds several."""
    page = rich.page(GEMPA)
    assert [thing["@type"] for thing in page.structured] == ["NewsArticle", "BreadcrumbList"]
    blocks = page.find("script", type="application/ld+json")
    assert all(block.above == ["html", "head"] for block in blocks)
    assert all(thing["@context"] == "https://schema.org" and "@graph" not in thing for thing in page.structured)


def test_the_theme_of_text_alone_tells_the_same(site: Site) -> None:
    """What an article is does not depend on how it is shown; only the front page is called otherwise there."""
    made = site("-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\nsection: Dunia\neditor: M Haidar\n---\nSatu.\n").build()
    addresses = ("/", "/2026/05/01/a/", "/editor/m-haidar/", "/2026/05/01/")
    told = [json.dumps(made.page(address).structured) for address in addresses]
    made.put("site.toml", f'theme = "plain"\n{SITE_TOML}'.encode()).build()
    theirs = [json.dumps(made.page(address).structured) for address in addresses]
    assert [text.replace("Halaman depan", "Beranda") for text in theirs] == told
    assert "Beranda" in told[1]


def test_a_theme_that_asks_for_none_has_none(site: Site) -> None:
    """And its pages do not depend on it."""
    own = "{% block title %}{% endblock %}{% block main %}{% endblock %}"
    made = site(
        f"-- themes/default/templates/base.html --\n{own}\n-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\nSatu.\n"
    )
    made.build()
    assert "application/ld+json" not in made.page("/2026/05/01/a/").source


# -- texts that nobody meant well


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
def test_no_text_breaks_out_of_a_block(site: Site, title: str) -> None:
    """Every parser of pages sees the same blocks, each of them is JSON, and says what the page shows."""
    front: dict[str, object] = {"title": title, "date": "2026-05-01", "slug": "a", "summary": title, "dateline": title}
    front["corrections"] = [{"date": "2026-05-02", "text": title}]
    if len(title) < 100:  # of more no address is made
        front |= {"id": title, "tags": [title], "editor": [title], "section": title, "story": title}
    made = site("").put("content/a.md", f"{json.dumps(front)}\n\nSatu.\n".encode()).build()
    article = only(made, "/2026/05/01/a/", "NewsArticle")
    shown = made.page("/2026/05/01/a/").one("h1").text
    texts = [article["headline"], article["description"], article["correction"][0]["text"], *article.get("keywords", [])]
    assert {" ".join(text.split()) for text in texts} == {shown}
    for file in sorted(made.output.rglob("*.html")):
        address = "/" + file.relative_to(made.output).as_posix().removesuffix("index.html")
        theirs = html.fromstring(file.read_bytes()).xpath("//script[@type='application/ld+json']/text()")
        assert [json.loads(block) for block in theirs] == made.page(address).structured
        assert not [block for block in theirs if set(block) & set("<>&\u2028\u2029")]


# -- increments


LISTED = "".join(
    f"-- content/b{n}.md --\n---\ntitle: Berita {n}\ndate: 2026-01-{n:02}\ntags: {tag}\n---\nIsi {n}.\n"
    for n, tag in enumerate(["Ganjil", "Genap"] * 4 + ["Ganjil"], 1)
)


def test_another_title_is_told_where_it_is_shown(site: Site) -> None:
    """The lists that show an article are made anew for its headline, and name it as before; no other list is."""
    made = site(LISTED).build()
    lists = ("terkini", "terkini/hal/1", "terkini/hal/2", "tag/ganjil", "tag/genap", "2026/01/01", "2026/01/02")
    before = {f"/{path}/": listed(only(made, f"/{path}/", "ItemList")) for path in lists}
    made.write("-- content/b1.md --\n---\ntitle: Lain\ndate: 2026-01-01\ntags: [Ganjil]\n---\nIsi 1.\n").build()
    rendered = made.changes()["rendered"]
    assert isinstance(rendered, list)
    holding = {address for address, articles in before.items() if "/2026/01/01/b1/" in articles}
    assert holding == {"/terkini/hal/1/", "/tag/ganjil/", "/2026/01/01/"}
    assert set(rendered) & before.keys() == holding
    assert {address: listed(only(made, address, "ItemList")) for address in before} == before
    assert only(made, "/2026/01/01/b1/", "NewsArticle")["headline"] == "Lain"


def test_an_increment_tells_what_a_build_from_scratch_does(site: Site) -> None:
    """Another name of a tag, another logo, another word of the theme, a picture of another size."""
    front = "title: A\ndate: 2026-05-01\ntags: [nato]\nsection: Dunia"
    made = site(f"-- content/a/index.md --\n---\n{front}\n---\n![Peta](peta.png)\n\nSatu.\n")
    made.put("content/a/peta.png", photo(30, 20, kind="PNG")).put("static/logo.png", photo(kind="PNG")).build()
    first = things(made, "/2026/05/01/a/")
    made.write("-- content/tags/nato.md --\n---\ntitle: NATO\n---\n")
    made.write('-- themes/default/translations/id.toml --\nfront = "Muka"\n')
    made.put("content/a/peta.png", photo(31, 21, kind="PNG")).put("site.toml", f'logo = "/logo.png"\n{SITE_TOML}'.encode())
    made.build("--verify")
    told, way = things(made, "/2026/05/01/a/")
    assert (first[0]["keywords"], told["keywords"]) == (["nato"], ["NATO"])
    assert (first[0]["image"][0]["width"], told["image"][0]["width"]) == (30, 31)
    assert "logo" in told["publisher"]
    assert steps(way)[0] == ("Muka", "/")


# -- what else machines are told


def test_a_shared_link_has_the_photo_that_stands_for_the_page(rich: Made) -> None:
    """An article's own and that of what leads on the front page, with its type; else a card without one."""
    page = rich.page(GEMPA)
    assert page.one("meta", property="og:image")["content"] == f"{ROOT}{GEMPA}foto.jpg"
    assert page.one("meta", property="og:image:type")["content"] == "image/jpeg"
    assert page.one("meta", name="twitter:card")["content"] == "summary_large_image"
    for address in ("/", "/tag/gempa/", "/2026/02/03/harga/", "/tentang/", "/404.html"):
        other = rich.page(address)
        assert other.one("meta", name="twitter:card")["content"] == "summary", address
        assert other.find("meta", property="og:image") == [], address


def test_the_front_page_has_the_photo_of_what_leads(site: Site) -> None:
    """The first that a reader would see there."""
    made = site("-- content/a/index.md --\n---\ntitle: A\ndate: 2026-05-01\nimage: f.jpg\n---\nSatu.\n")
    page = made.put("content/a/f.jpg", photo()).build().page("/")
    assert page.one("meta", property="og:image")["content"] == f"{ROOT}/2026/05/01/a/f.jpg"
    assert page.one("meta", name="twitter:card")["content"] == "summary_large_image"


def test_an_author_is_named_to_others_by_a_page(rich: Made) -> None:
    """`article:author` is an address; whoever only edits is none."""
    authors = [meta["content"] for meta in rich.page(GEMPA).find("meta", property="article:author")]
    assert authors == [f"{ROOT}/editor/siti-aminah/"]


def test_a_language_is_named_with_its_land(rich: Made) -> None:
    """The page's own, and those of its translations."""
    for address, own, others in (
        (GEMPA, "id_ID", ["en_GB"]),
        ("/en/", "en_GB", ["id_ID"]),
        ("/tag/gempa/", "id_ID", []),
    ):
        page = rich.page(address)
        assert page.one("meta", property="og:locale")["content"] == own
        assert [meta["content"] for meta in page.find("meta", property="og:locale:alternate")] == others, address


def alternates(made: Made, address: str) -> dict[str, str]:
    """The pages in other languages that a page names to machines, and itself."""
    links = made.page(address).find("link", rel="alternate")
    return {link["hreflang"]: link["href"].removeprefix(ROOT) for link in links if "hreflang" in link.attributes}


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_the_page_for_every_other_language_is_that_of_the_default_one(site: Site, theme: str) -> None:
    """Named `x-default`, on front pages and among translations; where the true page is elsewhere nothing is named."""
    first = "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n{}---\nSatu.\n"
    other = "-- content/en/b.md --\n---\ntitle: B\ndate: 2026-05-02\ntranslation_of: a\n---\nOne.\n"
    made = site(with_settings(f'theme = "{theme}"') + first.format("") + other).build()
    a, b = "/2026/05/01/a/", "/en/2026/05/02/b/"
    assert alternates(made, a) == alternates(made, b) == {"id": a, "en": b, "x-default": a}
    assert alternates(made, "/") == alternates(made, "/en/") == {"id": "/", "en": "/en/", "x-default": "/"}
    made.write(first.format("canonical: https://other.example/a\n")).build("--verify")
    assert alternates(made, a) == {}


@pytest.mark.parametrize(
    ("language", "named"), [("pt-BR", "pt_BR"), ("zh-Hant", "zh_TW"), ("jv", "jv_ID"), ("ar", "ar_EG"), ("en-US", "en_US")]
)
def test_the_land_of_a_language_is_the_written_one_or_the_likeliest(site: Site, language: str, named: str) -> None:
    """As CLDR has it."""
    made = site(f'-- site.toml --\ntitle = "T"\nbase_url = "{ROOT}/"\nlanguage = "{language}"\n').build()
    assert made.page("/").one("meta", property="og:locale")["content"] == named


def test_large_previews_are_allowed_where_a_page_may_be_found(rich: Made) -> None:
    """Either the one or the other stands on every page."""
    for address, said in ((GEMPA, "max-image-preview:large"), ("/", "max-image-preview:large"), ("/404.html", "noindex")):
        assert rich.page(address).one("meta", name="robots")["content"] == said


HIDDEN = "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\nnoindex: {}\n---\nSatu.\n"


def test_an_article_can_ask_search_engines_to_stay_away(site: Site) -> None:
    """It keeps its page and its place in lists, says so itself, and is out of the sitemap; and it may change its mind."""
    made = site(HIDDEN.format("true")).build()
    address = "/2026/05/01/a/"
    assert made.page(address).one("meta", name="robots")["content"] == "noindex"
    assert f"{ROOT}{address}" not in made.sitemap()
    assert ("A", address) in made.page("/terkini/").links()
    made.write(HIDDEN.format("false")).build("--verify")
    assert made.page(address).one("meta", name="robots")["content"] == "max-image-preview:large"
    assert f"{ROOT}{address}" in made.sitemap()


def test_a_yes_that_is_none_is_told(site: Site) -> None:
    """With its line, as for any other yes or no."""
    made = site(HIDDEN.format("barangkali")).build(ok=False)
    assert made.problems() == ["content/a.md:4: error[field.bad] `noindex` is `barangkali`, where yes or no is asked for"]
