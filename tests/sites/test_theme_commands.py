"""`ssg theme list`, `copy` and `diff`, as they are typed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Made, Run
from tests.sites.faults import run, told, with_settings
from tests.sites.test_theme_packages import install

Site = Callable[[str], Made]

ROOT = Path(__file__).parent.parent.parent
DEFAULT = ROOT / "themes/default"
SAID = "themes/default/translations/id.toml"


def theme(made: Made, *words: str) -> Run:
    return run(made, ("theme", *words, "--source", "{site}"))


def rows(said: Run) -> dict[str, list[str]]:
    """The lines of `ssg theme list` by their first column."""
    return {line.partition("\t")[0]: line.split("\t")[1:] for line in said.text.splitlines() if "\t" in line}


# -- list ---------------------------------------------------------------------------------------------


def test_list_shows_every_theme_at_hand(site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who brings it, which is in use, what each extends, and what it says of itself."""
    packages = tmp_path / "packages"
    packages.mkdir()
    monkeypatch.syspath_prepend(str(packages))
    install(packages)
    toml = '-- themes/koran/theme.toml --\nextends = "kabar"\ndescription = "Koran pagi."\n'
    said = theme(site(with_settings('theme = "koran"') + toml), "list")
    assert said.code == 0
    shown = rows(said)
    assert shown["koran"] == ["in use", "themes/koran", "kabar", "Koran pagi."]
    assert shown["kabar"] == ["", "kabar-theme 1.2", "default", ""]
    assert shown["default"][:3] == shown["plain"][:3] == ["", "the program", ""]
    assert shown["plain"][3].startswith("Text alone")


def test_list_shows_what_the_site_changes_of_the_theme_in_use(site: Site) -> None:
    """And tells a file that differs from one that only stands there, is merged, or is new."""
    made = site("-- themes/default/templates/article.html --\nown\n-- themes/default/templates/own.html --\nown\n")
    made.write(f'-- {SAID} --\nlatest = "Baru"\n').put(
        "themes/default/templates/day.html", (DEFAULT / "templates/day.html").read_bytes()
    )
    shown = rows(theme(made, "list"))
    assert shown["default"][:2] == ["in use", "themes/default, the program"]
    assert {path: state for path, (state, *_) in shown.items() if "/" in path} == {
        "themes/default/templates/article.html": "in place of that of default",
        "themes/default/templates/day.html": "the same as that of default",
        "themes/default/templates/own.html": "new",
        SAID: "merged with that of default",
    }


def test_list_shows_the_others_where_one_is_broken(site: Site) -> None:
    """And tells what is wrong with that one."""
    made = site("-- themes/rusak/theme.toml --\n\nextend = 1\n")
    said = theme(made, "list")
    assert said.code == 1
    assert "default" in rows(said)
    assert [problem[:3] for problem in told(made, said)] == [("themes/rusak/theme.toml:2:1", "error", "theme.bad")]


# -- copy ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wanted", "path"),
    [
        ("article.html", "templates/article.html"),
        ("templates/article.html", "templates/article.html"),
        ("blocks/latest.html", "templates/blocks/latest.html"),
        ("style.css", "static/style.css"),
        ("id.toml", "translations/id.toml"),
        ("theme.toml", "theme.toml"),
    ],
)
def test_copy_puts_a_file_as_it_came_into_the_site(site: Site, wanted: str, path: str) -> None:
    """Byte for byte, where it overrides; the build after it publishes the same bytes."""
    made = site("-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\nWords.\n").build()
    before = made.files()
    said = theme(made, "copy", wanted)
    assert said.code == 0, said.text
    file = made.root / "themes/default" / path
    assert str(file) in said.text
    assert file.read_bytes() == (DEFAULT / path).read_bytes()
    assert made.build().files() == before


def test_copy_tells_the_smaller_way(site: Site) -> None:
    """A template extends the one that came; a file of labels needs only those that differ."""
    made = site("")
    assert '{% extends "default:article.html" %}' in theme(made, "copy", "article.html").text
    assert "keep only the lines that you change" in theme(made, "copy", "en.toml").text
    assert "extends" not in theme(made, "copy", "style.css").text
    assert "extends" not in theme(made, "copy", "macros.html").text


def test_copy_takes_what_a_theme_of_ones_own_extends(site: Site) -> None:
    """Into the folder of the theme in use, and names the theme that it came from."""
    made = site(with_settings('theme = "koran"') + '-- themes/koran/theme.toml --\nextends = "plain"\n')
    said = theme(made, "copy", "day.html")
    assert '{% extends "plain:day.html" %}' in said.text
    copied = made.root / "themes/koran/templates/day.html"
    assert copied.read_bytes() == (ROOT / "themes/plain/templates/day.html").read_bytes()


def test_copy_never_overwrites(site: Site) -> None:
    """What somebody wrote stays as it is."""
    made = site("-- themes/default/templates/article.html --\nmine\n")
    said = theme(made, "copy", "article.html")
    assert said.code == 1
    assert [problem[:3] for problem in told(made, said)] == [("themes/default/templates/article.html", "error", "theme.copied")]
    assert (made.root / "themes/default/templates/article.html").read_text() == "mine\n"


@pytest.mark.parametrize(
    ("wanted", "mend"),
    [("artikel.html", "Did you mean article.html?"), ("template/article.html", "Did you mean templates/article.html?")],
)
def test_an_unknown_file_names_the_nearest(site: Site, wanted: str, mend: str) -> None:
    """For copy as for diff."""
    made = site("")
    for command in ("copy", "diff"):
        said = theme(made, command, wanted)
        assert said.code == 1
        ((place, _, code, _, how),) = told(made, said)
        assert (place, code, how) == (wanted, "theme.file", mend)
    assert not (made.root / "themes").exists()


@pytest.mark.parametrize("wanted", ["../../../site.toml", "/etc/hostname", ""])
def test_copy_takes_nothing_from_outside_the_theme(site: Site, wanted: str) -> None:
    """A path that leads elsewhere is no file of the theme."""
    said = theme(site(""), "copy", wanted)
    assert said.code == 1
    assert "error[theme.file]" in said.text


def test_copy_in_the_working_copy_finds_the_file_there_already(tmp_path: Path) -> None:
    """Where the site's own themes are those that come with the program."""
    said = run(Made(ROOT), ("theme", "copy", "article.html", "--source", "{site}"))
    assert said.code == 1
    assert "themes/default/templates/article.html: error[theme.copied]" in said.text


# -- diff ---------------------------------------------------------------------------------------------


def test_diff_shows_what_a_changed_template_changes(site: Site) -> None:
    """As a unified diff from what came to what is the site's; and a site that changes nothing is told so."""
    made = site("")
    assert "changes nothing of the theme default" in theme(made, "diff").text
    theme(made, "copy", "day.html")
    theme(made, "copy", "month.html")
    assert "changes nothing of day.html" in theme(made, "diff", "day.html").text
    file = made.root / "themes/default/templates/day.html"
    came = file.read_text(encoding="utf-8")
    file.write_text(came.replace("<h1>", "<h1 class='own'>"), encoding="utf-8")
    said = theme(made, "diff")
    assert said.code == 0
    lines = said.text.splitlines()
    assert lines[:2] == ["--- default/templates/day.html", "+++ themes/default/templates/day.html"]
    assert [line for line in lines if line.startswith("+<h1 class='own'>")]
    assert [line for line in lines if line.startswith("-<h1>")]
    assert "month.html" not in said.text
    assert theme(made, "diff", "day.html").text == said.text


def test_diff_shows_only_the_keys_that_a_site_sets(site: Site) -> None:
    """Of labels and of properties, which are merged with those that came."""
    made = site(f'-- {SAID} --\n# ours\nlatest = "Baru"\nown = "Milik"\n-- themes/default/theme.toml --\n[properties.dark]\n')
    said = theme(made, "diff", "id.toml").text.splitlines()
    assert said[2:] == ["@@ -1 +1,2 @@", '-latest = "Terkini"', '+latest = "Baru"', '+own = "Milik"']
    made.write('-- themes/default/theme.toml --\n[properties]\nink = "navy"\n[properties.dark]\nink = "white"\n')
    changed = [line for line in theme(made, "diff", "theme.toml").text.splitlines() if line[0] in "+-"][2:]
    assert changed == [
        '-properties.ink = "#16181b"',
        '-properties.dark.ink = "#e8e6e3"',
        '+properties.ink = "navy"',
        '+properties.dark.ink = "white"',
    ]


def test_diff_shows_a_template_that_extends_the_one_that_came_as_added(site: Site) -> None:
    """It holds only what differs: all else is not taken away."""
    own = '{% extends "default:day.html" %}\n{% block title %}Hari{% endblock %}'
    said = theme(site(f"-- themes/default/templates/day.html --\n{own}\n"), "diff").text.splitlines()
    assert [line for line in said if line.startswith("-")] == ["--- default/templates/day.html"]
    assert said[3:] == [f"+{line}" for line in own.splitlines()]


def test_diff_of_what_is_no_text_says_that_it_differs(site: Site) -> None:
    """Nothing else could be read."""
    made = site("").put("themes/default/static/video.svg", b"\xff\xfe")
    assert "The two files differ" in theme(made, "diff").text


def test_diff_is_coloured_on_a_terminal(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes is red, what comes is green."""
    made = site(f'-- {SAID} --\nlatest = "Baru"\n')
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("TERM", "xterm-256color")
    lines = theme(made, "diff").text.splitlines()
    assert '\x1b[31m-latest = "Terkini"\x1b[0m' in lines
    assert '\x1b[32m+latest = "Baru"\x1b[0m' in lines


def test_diff_does_not_colour_what_is_no_terminal(site: Site) -> None:
    """What is kept in a file or piped is the diff alone; a bracket in a template is no markup."""
    made = site("-- themes/default/templates/day.html --\n[bold]own[/bold]\n")
    text = theme(made, "diff").text
    assert "\x1b" not in text
    assert "+[bold]own[/bold]" in text.splitlines()
