"""Changes of a theme that would silently do nothing, or fail on a page: each is told, with what was probably meant."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Made
from tests.sites.faults import with_settings

Site = Callable[[str], Made]

ARTICLE = "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\ntags: NATO\n---\nWords.\n"
HERE = "themes/default/"
LABELS = f"-- {HERE}translations/id.toml --\n"


def own(path: str, text: str) -> str:
    """A file of the site's own theme."""
    return f"-- {HERE}{path} --\n{text}\n"


@pytest.mark.parametrize("name", ["default", "plain"])
def test_a_whole_copy_of_a_theme_raises_no_doubt(site: Site, name: str) -> None:
    """Nothing that comes with the program is taken for a slip."""
    made = site(with_settings(f'theme = "{name}"') + ARTICLE)
    shutil.copytree(Path(__file__).parent.parent.parent / "themes" / name, made.root / "themes" / name)
    assert made.build().problems() == []


# -- labels


@pytest.mark.parametrize(
    ("label", "what", "mend"),
    [
        ('count = "{n artikel"', "the braces of the label 'count' do not come in pairs", "In braces may stand {n}, as in"),
        ('count = "{} artikel"', "the label 'count' has {}, and nothing", "In braces may stand {n}, as in '{n} artikel'."),
        ('count = "{n:x} artikel"', "the label 'count' has {n:x}, and nothing", "In braces may stand {n}, as in"),
        ('period = "{first} - {akhir}"', "the label 'period' has {akhir}, and nothing", "may stand {first}, {last}, as in"),
        ('related = "Lihat {n}"', "the label 'related' has {n}, and nothing", "write it without braces."),
    ],
)
def test_braces_that_cannot_be_filled_in_are_an_error_of_the_label(site: Site, label: str, what: str, mend: str) -> None:
    """At its line, and not at the line of the program's template that shows it."""
    made = site(ARTICLE + LABELS + f"# Ours.\n{label}\n").build(ok=False)
    (told,) = made.problems()
    assert told.startswith(f"{HERE}translations/id.toml:2:1: error[label.bad] {what}")
    assert mend in made.said


def test_all_labels_are_compared_at_once(site: Site) -> None:
    """Also those of a language that the program does not speak, with the label that came in another."""
    toml = with_settings("") + '[languages.jv]\ntitle = "Pawarta"\n'
    text = toml + ARTICLE + LABELS + 'count = "{m}"\nreading_time = "{m}"\npages = "Halaman"\n'
    made = site(text + own("translations/jv.toml", 'count = "akeh"\nperiod = "{first} - {last}"')).build(ok=False)
    assert sorted(made.problems()) == [
        f"{HERE}translations/{told}"
        for told in (
            "id.toml:1:1: error[label.bad] the label 'count' has {m}, and nothing of that name is filled in",
            "id.toml:2:1: error[label.bad] the label 'reading_time' has {m}, and nothing of that name is filled in",
            "jv.toml:1:1: warning[label.incomplete] the label 'count' lacks {n}, which is filled in there",
        )
    ]


def test_a_label_of_ones_own_that_does_not_fit_its_template_is_told_at_its_line(site: Site) -> None:
    """With what the template fills in, in the words of neither Python nor Jinja."""
    made = site(ARTICLE + own("templates/latest.html", '{{ label("hits", n=3) }}') + LABELS + '\nhits = "{m} kali"\n')
    made.build(ok=False)
    assert made.problems() == [
        f"{HERE}translations/id.toml:2:1: error[label.bad] the braces of the label 'hits' are not what its template fills in"
    ]
    assert "In braces may stand {n}." in made.said


def test_a_label_that_nothing_asks_for_names_the_nearest(site: Site) -> None:
    """A misspelt label would leave the page as it was."""
    made = site(ARTICLE + LABELS + 'latest = "Baru"\nread_alsoo = "Lihat juga"\n').build()
    assert made.problems() == [
        f"{HERE}translations/id.toml:2:1: warning[theme.unused] no template asks for the label 'read_alsoo'"
    ]
    assert "Did you mean read_also?" in made.said


def test_a_label_that_a_template_of_ones_own_asks_for_is_no_doubt(site: Site) -> None:
    """By its whole name, or by one that is put together."""
    templates = own("templates/slots/foot.html", '{{ label("support") }}{{ label("kind_" ~ page.kind) if page.kind == "day" }}')
    labels = 'support = "Dukung"\nkind_day = "Hari"'
    made = site(ARTICLE + templates + own("translations/id.toml", labels) + own("translations/en.toml", labels)).build()
    assert made.problems() == []


@pytest.mark.parametrize(
    ("file", "what", "mend"),
    [
        ("in.toml", "the site has no language 'in'", "Call the file id.toml or en.toml, or add [languages.in] to site.toml."),
        ("id.yaml", "labels are read from .toml files alone", "Write them into translations/id.toml"),
    ],
)
def test_a_file_of_labels_that_is_not_read_is_told(site: Site, file: str, what: str, mend: str) -> None:
    """Its words would stand nowhere."""
    made = site(ARTICLE + own(f"translations/{file}", 'latest = "Baru"')).build()
    assert made.problems() == [f"{HERE}translations/{file}: warning[theme.unused] {what}"]
    assert mend in made.said


def test_a_theme_may_speak_more_languages_than_a_site(site: Site) -> None:
    """What the theme that it changes has is no slip; nor is the language of a country's own."""
    toml = with_settings("").replace('language = "id"', 'language = "pt-BR"').partition("[languages.en]")[0]
    made = site(
        toml + ARTICLE + own("translations/en.toml", 'latest = "New"') + own("translations/pt.toml", 'latest = "Novas"')
    )
    made.run("build")
    assert "theme.unused" not in made.said


def test_a_label_file_that_is_no_toml_gets_the_help_that_site_toml_gets(site: Site) -> None:
    """The commonest slip is a text without quotes."""
    made = site(ARTICLE + LABELS + "latest = Baru\n").build(ok=False)
    assert f"{HERE}translations/id.toml:1:" in made.said
    assert "strings stand in quotes" in made.said


# -- templates


def test_a_block_that_no_template_above_has_names_the_nearest(site: Site) -> None:
    """Also through a template in between; a block inside one that is known is shown, and is no doubt."""
    text = '{% extends "default:article.html" %}\n{# {% block nowhere %} #}\n{% block main %}{% block new %}{% endblock %}'
    made = site(ARTICLE + own("templates/article.html", text + "{% endblock %}\n{%- block haed -%}{% endblock %}")).build()
    assert made.problems() == [
        f"{HERE}templates/article.html:4: warning[theme.unused] no template above has a block haed, so it is not shown"
    ]
    assert "Did you mean head?" in made.said


def test_a_template_that_nobody_asks_for_names_the_nearest(site: Site) -> None:
    """`artikel.html` renders nothing; a partial that another takes in is none of them."""
    text = own("templates/artikel.html", "mine") + own("templates/articles.html", "x")
    made = site(ARTICLE + text + own("templates/slots/foot.html", '{% include "articles.html" %}')).build()
    assert made.problems() == [
        f"{HERE}templates/artikel.html: warning[theme.unused] no page and no template asks for this template"
    ]
    assert "Did you mean article.html?" in made.said


def test_a_template_that_extends_itself_is_told_with_the_name_to_write(site: Site) -> None:
    """Without `default:` the nearest of that name is meant, which is the very file."""
    made = site(ARTICLE + own("templates/article.html", '\n{% extends "article.html" %}')).build(ok=False)
    assert made.problems() == [
        f"{HERE}templates/article.html:2: error[template.fault] the template extends itself: 'article.html' is this very file"
    ]
    assert 'name its theme: {% extends "default:article.html" %}' in made.said


def test_templates_that_take_each_other_in_without_end_are_told(site: Site) -> None:
    """In words that say what to look for."""
    made = site(ARTICLE + own("templates/slots/foot.html", '{% include "slots/foot.html" %}')).build(ok=False)
    assert "error[template.fault] templates or macros take each other in without end" in made.said
    assert "RecursionError" not in made.said


@pytest.mark.parametrize(
    ("written", "near"), [("{{ 3|numbr }}", "number"), ("{{ page.kind is definde }}", "defined"), ("{{ 3|zzzz }}", "")]
)
def test_a_filter_that_is_not_there_names_the_nearest(site: Site, written: str, near: str) -> None:
    """One of the program's own, or of Jinja's."""
    made = site(ARTICLE + own("templates/not_found.html", written)).build(ok=False)
    assert f"{HERE}templates/not_found.html:1: error[template.fault] No " in made.said
    assert f"Did you mean {near}? Mend the line" in made.said if near else "Did you mean" not in made.said


def test_a_fault_in_a_template_of_the_program_is_not_called_the_sites_own(site: Site) -> None:
    """`themes/default/...` would send its reader to a file that is not there."""
    made = site(ARTICLE + own("templates/macros.html", "")).build(ok=False)
    assert "default:templates/" in made.said
    assert "themes/default/templates/" not in made.said


# -- colours


@pytest.mark.parametrize("value", ["hijau", "#12345", "10 107 79", "gren"])
def test_a_value_that_is_no_colour_is_told_where_the_theme_has_one(site: Site, value: str) -> None:
    """Browsers would take no notice of it."""
    made = site(ARTICLE + own("theme.toml", f'[properties]\naccent = "{value}"\nserif = "{value}"')).build()
    assert made.problems() == [
        f"{HERE}theme.toml:2:1: warning[theme.colour] properties.accent is '{value}', which is no colour of CSS"
    ]
    assert ("Did you mean green?" in made.said) is (value == "gren")


@pytest.mark.parametrize(
    "value",
    [
        *("green", "RebeccaPurple", "#0a6", "#0A6B4F80", "CanvasText", "transparent", "inherit"),
        *("rgb(10 107 79 / 50%)", "color-mix(in oklab, red, blue)", "oklch(50% .1 150)", "var(--ink)", "light-dark(red, blue)"),
    ],
)
def test_every_way_to_write_a_colour_is_one(site: Site, value: str) -> None:
    """By https://www.w3.org/TR/css-color-4/ and its successor, by day and by night."""
    toml = f'[properties]\naccent = "{value}"\n[properties.dark]\naccent = "{value}"'
    assert site(ARTICLE + own("theme.toml", toml)).build().problems() == []
