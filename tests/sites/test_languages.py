"""A site in several languages: the default one at the root, others in folders of their own, translations linked."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import SITE_TOML, Made

Site = Callable[[str], Made]


@pytest.mark.parametrize(
    ("address", "language", "title"),
    [
        ("/", "id", "Kabar Uji"),
        ("/2026/03/01/gempa/", "id", "Gempa Terasa sampai Karawang · Kabar Uji"),
        ("/en/", "en", "Kabar Uji in English"),
        ("/en/2026/03/02/quake/", "en", "Quake Felt as Far as Karawang · Kabar Uji in English"),
        ("/en/section/world/", "en", "World · Kabar Uji in English"),
        ("/en/latest/", "en", "Latest · Kabar Uji in English"),
        ("/en/2026/03/", "en", None),
        ("/en/tag/gempa/", "en", None),
        ("/en/editor/m-haidar/", "en", None),
    ],
)
def test_each_page_says_its_language_and_the_sites_name_in_it(
    rich: Made, address: str, language: str, title: str | None
) -> None:
    """The default language at the root, English under /en/ with its own words in addresses."""
    page = rich.page(address)
    assert page.one("html")["lang"] == language
    assert title is None or page.one("title").text == title
    assert page.one("title").text.endswith("Kabar Uji in English" if language == "en" else "Kabar Uji")


def test_each_language_has_its_own_front_lists_and_feeds(rich: Made) -> None:
    """Neither shows an article of the other."""
    english = {"Harvest", "Quake Felt as Far as Karawang"}
    for address in ("/en/", "/en/latest/"):
        assert {text for text, _ in rich.page(address).links() if text in english} == english
        assert "Gempa Terasa" not in rich.page(address).main
    for address in ("/", "/terkini/", "/tag/gempa/", "/editor/m-haidar/"):
        assert not [title for title in english if title in rich.page(address).main]
    assert {entry.title for entry in rich.feed("/en/feed.xml").entries} == english


def test_translations_name_each_other(rich: Made) -> None:
    """On the page and in its head, in both directions, by whole addresses."""
    here, there = "https://kabar.example/2026/03/01/gempa/", "https://kabar.example/en/2026/03/02/quake/"
    for address, other, language in (
        ("/2026/03/01/gempa/", ("Quake Felt as Far as Karawang", "/en/2026/03/02/quake/"), "en"),
        ("/en/2026/03/02/quake/", ("Gempa Terasa sampai Karawang", "/2026/03/01/gempa/"), "id"),
    ):
        page = rich.page(address)
        alternates = {
            link["hreflang"]: link["href"] for link in page.find("link", rel="alternate") if "hreflang" in link.attributes
        }
        assert alternates == {"id": here, "en": there, "x-default": here}
        assert other in page.links()
        assert [link["lang"] for link in page.find("a", rel="alternate")] == [language]
    assert not rich.page("/2026/02/03/banjir/").find("a", rel="alternate")


def test_labels_and_dates_are_in_the_pages_language(rich: Made) -> None:
    """From the theme's translations and from CLDR."""
    page = rich.page("/en/2026/03/02/quake/")
    assert page.find("time")[0].text.startswith("Monday")
    assert "March 2" in page.find("time")[0].text or "2 March" in page.find("time")[0].text
    assert page.one("p", class_="editor").text == "Editor: M Haidar"
    assert rich.page("/en/latest/").one("h1").text == "Latest"


def test_every_page_leads_to_the_other_languages_front(rich: Made) -> None:
    """With the language's own name, and the present one marked."""
    for address, current in (("/2026/03/01/gempa/", "/"), ("/en/latest/", "/en/")):
        links = {
            link["href"]: link for link in rich.page(address).find("a") if "lang" in link.attributes and "nav" in link.above
        }
        assert {href: link.text for href, link in links.items()} == {"/": "Indonesia", "/en/": "English"}
        assert [href for href, link in links.items() if link.attributes.get("aria-current")] == [current]


def test_menus_and_pages_belong_to_their_language(rich: Made) -> None:
    """In the order of their weights; a menu of site.toml and pages that name it stand together."""
    menu = [text for text, _ in rich.page("/").links("nav") if text in ("Redaksi", "Tentang Kami", "Kanal video", "About Us")]
    assert menu == ["Redaksi", "Tentang Kami", "Kanal video", "Tentang Kami"]  # the last one in the footer
    english = [
        text for text, _ in rich.page("/en/").links("nav") if text in ("Redaksi", "Tentang Kami", "Kanal video", "About Us")
    ]
    assert english == ["About Us"]


def test_a_language_is_that_of_the_folder_or_of_the_front_matter(site: Site) -> None:
    """`content/en/` is English; `language: en` says it elsewhere."""
    text = "-- content/{}.md --\n---\ntitle: A\ndate: 2026-05-01\n{}\n---\n.\n"
    made = site(text.format("en/a", "") + text.format("b", "language: en")).build()
    assert {"en/2026/05/01/a/index.html", "en/2026/05/01/b/index.html"} <= set(made.files())


def test_a_site_of_one_language_shows_no_choice(site: Site) -> None:
    """And nothing stands under /en/."""
    settings = SITE_TOML.partition("[languages.en]")[0]
    made = site(f"-- site.toml --\n{settings}-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\n.\n").build()
    assert [file for file in made.files() if file.startswith("en/")] == []
    assert "English" not in made.page("/").source


def test_an_english_site_has_english_words_in_its_addresses(site: Site) -> None:
    """And a right-to-left language says its direction."""
    settings = SITE_TOML.replace('language = "id"', 'language = "en"').replace("[languages.en]", "[languages.ar]")
    made = site(
        f"-- site.toml --\n{settings}-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\nsection: World\n---\n.\n"
    ).build()
    assert {"latest/index.html", "section/world/index.html", "assets/style.css", "ar/index.html"} <= set(made.files())
    assert made.page("/").one("html")["dir"] == "ltr"
    assert made.page("/ar/").one("html")["dir"] == "rtl"


RELATED = """
-- content/a{n}.md --
---
title: Rudal {n}
date: 2026-02-{n:02}
tags: [NATO]
---
Perundingan rudal di Jenewa putaran{n}.
"""
ENGLISH = """
-- content/en/missiles.md --
---
title: Missiles
date: 2026-02-20
tags: [NATO]
translation_of: a1
---
Talks about missiles.
-- content/en/parade.md --
---
title: Parade
date: 2026-02-20
---
A parade.
"""
OTHERS = "".join(f"-- content/l{n}.md --\n---\ntitle: L{n}\ndate: 2026-01-{n:02}\n---\nPanen{n}.\n" for n in range(1, 9))


@pytest.mark.parametrize("many", [False, True], ids=["few", "many"])
def test_languages_are_mixed_if_it_is_asked(site: Site, many: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Related articles are of the page's language; with `languages = "all"` of any, but never the article's own translation."""
    monkeypatch.setattr("ssg.related.FEW", 5 if many else 100)
    articles = "".join(RELATED.format(n=n) for n in range(1, 4)) + ENGLISH + OTHERS

    def related(page: str) -> set[str]:
        return {href.split("/")[-2] for _, href in made.page(page).block("related")}

    made = site(f"-- site.toml --\n{SITE_TOML}\n{articles}").build()
    assert related("/en/2026/02/20/missiles/") == set()
    assert related("/2026/02/02/a2/") == {"a1", "a3"}
    made.write(f'-- site.toml --\n{SITE_TOML}\n[related]\nlanguages = "all"\n').build("--verify")
    assert related("/en/2026/02/20/missiles/") == {"a2", "a3"}
    assert related("/2026/02/02/a2/") == {"a1", "a3", "missiles"}
    assert related("/2026/02/01/a1/") == {"a2", "a3"}
