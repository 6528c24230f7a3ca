"""A site's own look: single templates, labels, static files, slots, and themes that extend another."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Made
from tests.sites.faults import with_settings

Site = Callable[[str], Made]

ARTICLE = "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\ntags: NATO\n---\nWords.\n"
PAGE = "/2026/05/01/a/"
OWN = "-- themes/default/templates/{} --\n{}\n"
SLOTS = sorted(file.name for file in (Path(__file__).parent.parent.parent / "themes/default/templates/slots").glob("*.html"))


def test_a_single_template_is_overridden_by_a_file_of_its_name(site: Site) -> None:
    """All others stay those of the theme that comes with the program."""
    made = site(ARTICLE + OWN.format("not_found.html", "<p>Hilang di {{ site.title }}</p>")).build()
    assert (made.output / "404.html").read_text() == "<p>Hilang di Kabar Uji</p>"
    assert made.page(PAGE).one("h1").text == "A"


def test_an_overriding_template_can_extend_the_one_it_stands_for(site: Site) -> None:
    """As it came: `default:article.html`; only the block that differs is written."""
    own = '{% extends "default:article.html" %}\n{% block main %}<p class="own">Sebelum</p>{{ super() }}{% endblock %}'
    made = site(ARTICLE + OWN.format("article.html", own)).build()
    page = made.page(PAGE)
    assert page.one("p", class_="own").text == "Sebelum"
    assert page.one("h1").text == "A"
    assert page.one("div", class_="body").text == "Kabar Uji – Words."


def test_a_template_beneath_others_shows_in_all_of_them(site: Site) -> None:
    """An own `base.html` frames every page."""
    made = site(
        ARTICLE + OWN.format("base.html", "<main>{% block title %}{% endblock %}|{% block main %}{% endblock %}</main>")
    ).build()
    assert made.page(PAGE).one("main").text.startswith("A|")
    assert made.page("/tag/nato/").one("main").text.startswith("NATO|")


def test_labels_and_static_files_are_overridden_one_by_one(site: Site) -> None:
    """A site's own words and its own stylesheet, beside those of the theme."""
    made = site(
        ARTICLE
        + '-- themes/default/translations/id.toml --\nlatest = "Baru saja"\n'
        + "-- themes/default/static/style.css --\nbody {}\n-- themes/default/static/own.js --\n//\n"
    ).build()
    page = made.page(PAGE)
    assert "Baru saja" in [text for text, _ in page.links("nav")]
    assert page.one("nav", class_="breadcrumb").text == "Beranda"
    assert (made.output / "aset/style.css").read_text().endswith("}}\nbody {}\n")
    assert {"aset/own.js", "aset/blocks.js"} <= set(made.files())


def test_a_theme_of_ones_own_extends_the_default_one(site: Site) -> None:
    """And a third extends that; the nearest wins."""
    made = site(
        with_settings('theme = "koran"')
        + ARTICLE
        + '-- themes/koran/theme.toml --\nname = "Koran"\nextends = "dasar"\n'
        + "-- themes/koran/templates/not_found.html --\n<p>koran</p>\n"
        + '-- themes/dasar/theme.toml --\nextends = "default"\n'
        + "-- themes/dasar/templates/not_found.html --\n<p>dasar</p>\n"
        + "-- themes/dasar/templates/onward.html --\n<p>{{ page.kind }}</p>\n"
        + '-- themes/dasar/translations/id.toml --\nlatest = "Dasar"\n'
    ).build()
    assert (made.output / "404.html").read_text() == "<p>koran</p>"
    page = made.page(PAGE)
    assert page.one("h1").text == "A"
    assert "Dasar" in [text for text, _ in page.links("nav")]


def test_a_theme_that_extends_none_must_be_whole(site: Site) -> None:
    """What it lacks is named by the file that ought to be there."""
    made = site(with_settings('theme = "kosong"') + ARTICLE + "-- themes/kosong/templates/front.html --\n<p></p>\n").build(
        ok=False
    )
    assert "themes/kosong/templates/article.html: error[template.missing] there is no template 'article.html'" in made.said


def test_the_slots_are_empty(rich: Made) -> None:
    """What comes with the program writes nothing for advertising and analytics."""
    page = rich.page("/2026/03/01/gempa/")
    assert page.scripts == ["/aset/article.js", "/aset/blocks.js"]
    assert page.find("ins") == []


@pytest.mark.parametrize("slot", SLOTS)
def test_each_slot_can_be_filled(site: Site, slot: str) -> None:
    """With a file of its name in the site's own folder; what it holds is on the article's page once."""
    element = '<meta name="own" content="{{ page.kind }}">' if slot == "head.html" else '<div class="own">{{ page.kind }}</div>'
    made = site(ARTICLE + OWN.format(f"slots/{slot}", element)).build()
    page = made.page(PAGE)
    if slot == "head.html":
        found = page.one("meta", name="own")
        assert found["content"] == "article"
        assert found.above == ["html", "head"]
    else:
        assert page.one("div", class_="own").text == "article"


def test_a_changed_template_changes_the_pages_that_it_renders(site: Site) -> None:
    """And no cache stands in the way."""
    made = site(ARTICLE + OWN.format("not_found.html", "one")).build()
    made.write(OWN.format("not_found.html", "two")).build()
    assert (made.output / "404.html").read_text() == "two"
    made.remove("themes/default/templates/not_found.html").build()
    assert made.page("/404.html").one("h1").text == "Halaman tidak ditemukan"


def test_a_missing_label_is_shown_in_the_default_language_and_told_once(site: Site) -> None:
    """However many pages ask for it."""
    own = '<main>{{ label("own") }}</main>'
    text = ARTICLE + "-- content/en/b.md --\n---\ntitle: B\ndate: 2026-05-01\n---\n.\n" + OWN.format("article.html", own)
    made = site(text + '-- themes/default/translations/id.toml --\nown = "Milik"\n').build()
    assert made.page("/en/2026/05/01/b/").main == "Milik"
    assert made.problems() == [
        "themes/default/translations/en.toml: warning[label.missing] the label 'own' has no translation; "
        "themes/default/templates/article.html:1 asks for it"
    ]
    assert 'Add a line own = "..." to themes/default/translations/en.toml.' in made.said


def test_text_in_a_template_is_escaped(site: Site) -> None:
    """A title never becomes markup."""
    made = site("-- content/a.md --\n---\ntitle: 'A & B \"C\"'\ndate: 2026-05-01\nsection: X & Y\n---\nWords.\n").build()
    source = made.page(PAGE).source
    assert "A & B" not in source
    assert "A &amp; B &quot;C&quot;" in source


def test_a_field_that_is_not_there_is_named_as_the_reference_names_it(site: Site) -> None:
    """In the words of the reference, with nothing of the program's insides."""
    made = site("-- themes/default/templates/article.html --\n{{ article.minuts }}\n")
    made.write("-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\nWords.\n").build(ok=False)
    assert "ArticleView has no `minuts`; `ssg explain templates` says what it has" in made.said
    assert "ssg." not in made.said
