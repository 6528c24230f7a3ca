"""`theme.toml`: properties of the style sheet, merged along the chain of themes, and every fault with its line."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Made
from tests.sites.faults import with_settings

Site = Callable[[str], Made]

ROOT = Path(__file__).parent.parent.parent
ARTICLE = "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\nWords.\n"
PAGE = "/2026/05/01/a/"
NAMES = ["paper", "ink", "faint", "line", "tint", "link", "accent", "notice", "serif", "sans", "measure", "width"]
OWN = "-- themes/default/theme.toml --\n{}\n"
KORAN = """\
-- themes/koran/theme.toml --
name = "Koran"
extends = "default"
[properties]
accent = "#123456"
masthead = "navy"
[properties.dark]
masthead = "white"
-- themes/koran/static/style.css --
h1 { color: var(--masthead) }
"""


def sheet(made: Made) -> str:
    return (made.output / "aset/style.css").read_text(encoding="utf-8")


def properties(made: Made) -> tuple[dict[str, str], dict[str, str]]:
    """The properties that a reader's browser gets, by day and by night."""
    light, _, dark = sheet(made).partition("@media screen and (prefers-color-scheme:dark){")
    found = []
    for rule in (light, dark):
        inside = rule.partition(":root{")[2].partition("}")[0]
        pairs = (part.removeprefix("--").partition(":") for part in inside.split(";"))
        found.append({name: value for name, _, value in pairs})
    return found[0], found[1]


# -- what is published --------------------------------------------------------------------------------


def test_the_default_theme_publishes_its_properties_in_front_of_its_style_sheet(site: Site) -> None:
    """One file holds both, so that a page asks no second time; what differs in the dark is told there."""
    made = site(ARTICLE).build()
    light, dark = properties(made)
    assert list(light) == NAMES
    assert dark
    assert set(dark) < set(light)
    assert sheet(made).startswith(":root{--paper:#ffffff;")
    assert sheet(made).endswith("\n" + (ROOT / "themes/default/static/style.css").read_text(encoding="utf-8"))


def test_three_lines_change_one_colour(site: Site) -> None:
    """All other properties, the labels and the templates stay those of the theme."""
    made = site(ARTICLE).build()
    before = properties(made)
    made.write(OWN.format('# ours\n[properties]\naccent = "#0a6b4f"')).build()
    assert made.problems() == []
    light, dark = properties(made)
    assert light == before[0] | {"accent": "#0a6b4f"}
    assert dark == before[1]
    assert made.page(PAGE).one("h1").text == "A"


def test_properties_are_merged_along_the_chain_nearest_first(site: Site) -> None:
    """Those of the theme in use, of the one that it extends, and of the one which that extends."""
    child = 'extends = "koran"\n[properties]\nink = "black"\n[properties.dark]\nmasthead = "grey"\n'
    made = site(with_settings('theme = "anak"') + ARTICLE + KORAN + f"-- themes/anak/theme.toml --\n{child}").build()
    assert made.problems() == []
    light, dark = properties(made)
    assert (light["ink"], light["accent"], light["masthead"], light["paper"]) == ("black", "#123456", "navy", "#ffffff")
    assert dark["masthead"] == "grey"


def test_what_a_sites_own_theme_toml_leaves_out_is_as_it_came(site: Site) -> None:
    """For a theme of the program that stands further away, and never hiding what that extends or is called."""
    made = site(with_settings('theme = "koran"') + ARTICLE + KORAN + OWN.format('[properties]\npaper = "ivory"')).build()
    assert properties(made)[0]["paper"] == "ivory"
    assert made.page(PAGE).one("h1").text == "A"


def test_properties_stand_behind_what_css_wants_first(site: Site) -> None:
    """`@charset` and `@import` work only before every rule."""
    head = '@charset "utf-8";\n/* ; */ @import "more;.css" screen;'
    made = site(ARTICLE + f"-- themes/default/static/style.css --\n{head}\nbody {{ color: var(--ink) }}\n").build()
    assert sheet(made).startswith(f"{head}\n:root{{--paper:")
    assert sheet(made).endswith("}}\n\nbody { color: var(--ink) }\n")


def test_a_theme_without_properties_publishes_its_style_sheet_as_it_is(site: Site) -> None:
    """Byte for byte."""
    made = site(with_settings('theme = "kosong"') + "-- themes/kosong/static/style.css --\np {}\n")
    for name in ("front", "not_found"):
        made.write(f"-- themes/kosong/templates/{name}.html --\n<p></p>\n")
    assert sheet(made.build()) == "p {}\n"


def test_a_changed_property_changes_the_published_sheet(site: Site) -> None:
    """And no cache stands in the way."""
    made = site(ARTICLE + OWN.format('[properties]\nink = "navy"')).build()
    made.write(OWN.format('[properties]\nink = "teal"')).build()
    assert properties(made)[0]["ink"] == "teal"
    assert properties(made.remove("themes/default/theme.toml").build())[0]["ink"] == "#16181b"


# -- names --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "line", "says", "near"),
    [
        ('[properties]\nacent = "red"', 2, "properties.acent is a property that the theme does not know", "accent"),
        ('[properties]\n[properties.dark]\nlinks = "red"', 3, "properties.dark.links is a property", "link"),
    ],
)
def test_a_property_that_nobody_knows_is_a_warning_with_the_nearest(
    site: Site, lines: str, line: int, says: str, near: str
) -> None:
    """A misspelt colour would silently do nothing."""
    made = site(ARTICLE + OWN.format(lines)).build()
    (told,) = made.problems()
    assert told.startswith(f"themes/default/theme.toml:{line}:1: warning[theme.property] {says}")
    assert f"Did you mean {near}?" in made.said


def test_a_theme_may_have_properties_of_its_own(site: Site) -> None:
    """If a style sheet of it uses them."""
    made = site(with_settings('theme = "koran"') + ARTICLE + KORAN).build()
    assert made.problems() == []
    assert properties(made)[0]["masthead"] == "navy"


def test_properties_without_a_style_sheet_are_told(site: Site) -> None:
    """They would stand nowhere."""
    text = '-- themes/kosong/theme.toml --\n[properties]\nink = "red"\n'
    made = site(with_settings('theme = "kosong"') + text).build(ok=False)
    assert "themes/kosong/theme.toml:1:1: warning[theme.property] there is no static/style.css" in made.said


# -- values -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        "red;--ink:blue",
        "red}body{display:none",
        "url('a",
        "'a\"",
        "rgb(0 0 0",
        "rgb(0 0 0))",
        "[a)",
        "/* red",
        "red */",
        "red \\",
        "red!important",
        'url(a")")',
        "a\nb",
        "",
        "  ",
    ],
)
def test_a_value_cannot_break_out_of_its_declaration(site: Site, value: str) -> None:
    """What would end it, or swallow what follows, is an error with its line; nothing is published."""
    made = site(ARTICLE + OWN.format(f"[properties]\n\nink = {json.dumps(value)}")).build(ok=False)
    (told,) = made.problems()
    assert told.startswith("themes/default/theme.toml:3:1: error[theme.bad] properties.ink must ")


@pytest.mark.parametrize(
    "value",
    ['"Fira Sans", "A; B", sans-serif', "rgb(0 0 0 / 50%)", "url('data:image/svg+xml;utf8,<svg/>')", "calc((1px + 2px)*3)"],
)
def test_a_value_of_any_shape_that_css_knows_is_published_as_written(site: Site, value: str) -> None:
    """Quotes, brackets and what stands inside quotes are the theme's own matter."""
    made = site(ARTICLE + OWN.format(f"[properties]\nsans = {json.dumps(value)}")).build()
    assert f";--sans:{value};" in sheet(made)


# -- faults -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('extend = "plain"', "1:1: error[theme.bad] extend is not a setting"),
        ("name = 1", "1:1: error[theme.bad] name must be a text; it is 1"),
        ('\nextends = "../x"', "2:1: error[theme.bad] extends must be the name of a folder"),
        ('[properties]\n"a b" = "red"', '2:1: error[theme.bad] the key "a b" in [properties] must'),
        ('[properties]\n--ink = "red"', '2:1: error[theme.bad] the key "--ink" in [properties] must be written without'),
        ('[properties]\ndark = "red"', "2:1: error[theme.bad] properties.dark must be a table"),
        ("[properties.dark]\nink = 3", "2:1: error[theme.bad] properties.dark.ink must be a text; it is 3"),
        ("pictures = 3", "1:1: error[theme.bad] pictures must be true or false; it is 3"),
        ('a = 1\nname = "a', "2:10: error[theme.bad] "),
        ('extends = "koran"', "1:1: error[theme.missing] there is no theme 'koran'"),
        ('\nextends = "default"', "2:1: error[theme.bad] the theme 'default' extends itself"),
    ],
)
def test_a_fault_in_theme_toml_is_told_with_its_line(site: Site, text: str, told: str) -> None:
    """Nothing in it is passed over in silence."""
    made = site(ARTICLE + OWN.format(text)).build(ok=False)
    (problem,) = made.problems()
    assert problem.startswith(f"themes/default/theme.toml:{told}")


def test_all_faults_of_a_theme_toml_are_told_at_once(site: Site) -> None:
    """And a misspelt key names the nearest."""
    made = site(OWN.format('extend = "plain"\n[properties]\nink = "}"\npaper = "{"')).build(ok=False)
    assert [line.partition(": ")[0] for line in made.problems()] == [f"themes/default/theme.toml:{n}:1" for n in (1, 3, 4)]
    assert "Did you mean extends?" in made.said


def test_a_misspelt_theme_names_the_nearest(site: Site) -> None:
    """In site.toml as in `extends`."""
    made = site(with_settings('theme = "defualt"')).build(ok=False)
    assert "site.toml:7:1: error[theme.missing] there is no theme 'defualt'" in made.said
    assert "Did you mean 'default'?" in made.said
