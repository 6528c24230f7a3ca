"""The commands, from a user's side: what they do, what they say, and that each explains itself."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
from rich.console import Console
from typer.testing import CliRunner

from ssg.catalogue import CATALOGUE
from ssg.cli import app
from tests.conftest import Made, Run

Site = Callable[[str], Made]

COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def ssg(*words: str) -> Run:
    """Run the program; nothing may end in a traceback."""
    result = CliRunner().invoke(app, list(words))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Run(result.exit_code, result.output)


# -- init


@pytest.mark.parametrize("language", ["id", "en", "de"])
def test_a_new_site_builds_at_once(tmp_path: Path, language: str) -> None:
    """With a front page, an article, a page and a feed, and without a word of complaint."""
    folder = tmp_path / "kabar-kita"
    begun = ssg("init", str(folder), "--base-url", "https://kabar.example/", "--language", language)
    assert begun.code == 0, begun.text
    assert {"netlify.toml", "requirements.txt", "site.toml"} <= {file.name for file in folder.iterdir()}
    made = Made(folder)
    made.run("build")
    assert made.runs[-1].code == 0, made.said
    errors = [line for line in made.problems() if "label.missing" not in line]
    assert errors == []
    assert made.page("/").one("title").text.startswith("Kabar Kita")
    (entry,) = made.feed("/feed.xml").entries
    assert entry.id.startswith("tag:kabar.example,")
    assert made.page(entry.link.removeprefix("https://kabar.example")).one("h1").text == entry.title


def test_init_never_writes_over_a_site(tmp_path: Path) -> None:
    """Of a second one nothing is written."""
    ssg("init", str(tmp_path / "a"), "--title", "Satu")
    again = ssg("init", str(tmp_path / "a"), "--title", "Dua")
    assert again.code == 1
    assert "error[site.exists]" in again.text
    assert 'title = "Satu"' in (tmp_path / "a/site.toml").read_text()


# -- new, id, list


def test_a_new_article_has_a_date_and_a_permanent_id_and_builds(site: Site) -> None:
    """Its file is named, and its id stands in the feed."""
    made = site("")
    made.run(
        "new",
        "Gempa Guncang Cianjur",
        "--section",
        "Nasional",
        "--editor",
        "Ana",
        "--tag",
        "Gempa",
        "--now",
        "2026-05-03 08:15",
    )
    file = made.root / "content/2026/05/gempa-guncang-cianjur.md"
    assert made.said.strip().endswith("content/2026/05/gempa-guncang-cianjur.md")
    assert "date: 2026-05-03 08:15\nid: 2026-05-03-gempa-guncang-cianjur\n" in file.read_text()
    made.build()
    page = made.page("/2026/05/03/gempa-guncang-cianjur/")
    assert page.one("h1").text == "Gempa Guncang Cianjur"
    assert {("Nasional", "/rubrik/nasional/"), ("Ana", "/editor/ana/"), ("Gempa", "/tag/gempa/")} <= set(page.links())
    assert made.feed("/feed.xml").entries[0].id == "tag:kabar.example,2026-11:2026-05-03-gempa-guncang-cianjur"


def test_an_id_is_written_and_nothing_else_changes(site: Site) -> None:
    """Every other byte stays, and so does every feed id and every page."""
    sources = {
        "content/2026/a.md": b"---\r\ntitle: A\r\ndate: 2026-05-01 08:00\r\n---\r\nWords.  \r\n\r\n",
        "content/2026/b.md": b'+++\ntitle = "B"\ndate = 2026-05-02\n+++\nWords.',
        "content/2026/c.md": b'{"title": "C", "date": "2026-05-03"}\nWords.\n',
        "content/2026/d/index.md": b"---\ndate: 2026-05-04\ntitle: D\n---\n\tcode\n",
        "content/2026/e.md": b"---\ntitle: E\ndate: 2026-05-05\nid: own\n---\nWords.\n",
    }
    made = site("")
    for path, data in sources.items():
        made.put(path, data)
    before = made.build().files()
    ids = [entry.id for entry in made.feed("/feed.xml").entries]

    made.run("id")

    assert [line.partition(":")[0] for line in made.said.splitlines()[:-1]] == sorted(sources)[:4]
    assert made.said.splitlines()[-1] == "4 written"
    for path, data in sources.items():
        key = path.removeprefix("content/").removesuffix(".md").removesuffix("/index")
        line = rb'"id": "%s", ' if data.startswith(b"{") else rb'(?m)^id(?:: | = ")%s"?\r?\n'
        assert re.sub(line % key.encode(), b"", (made.root / path).read_bytes()) == data
    assert made.build().files() == before
    assert [entry.id for entry in made.feed("/feed.xml").entries] == ids
    made.run("id")
    assert made.said == "Every article has its id.\n"


def test_an_article_with_an_id_may_move(site: Site) -> None:
    """After `ssg id` its file may have any name, and its feed id stays."""
    made = site("-- content/2026/a.md --\n---\ntitle: A\ndate: 2026-05-01\nslug: a\n---\n.\n").build()
    made.run("id")
    text = (made.root / "content/2026/a.md").read_bytes()
    before = made.files()
    made.remove("content/2026/a.md").put("content/lain/b.md", text).build()
    assert made.files() == before


def test_the_list_says_date_state_address_and_title(rich: Made) -> None:
    """One article a line, the newest last; by tag, section and state."""

    def rows(*words: str) -> list[list[str]]:
        return [line.split("\t") for line in rich.run("list", "--now", "2026-06-01 12:00", *words).text.splitlines()]

    assert ["2026-03-01T06:30:00+07:00", "published", "/2026/03/01/gempa/", "Gempa Terasa sampai Karawang"] in rows()
    dates = [row[0] for row in rows()]
    assert dates == sorted(dates)
    states = {row[2].rstrip("/").rpartition("/")[2]: row[1] for row in rows()}
    assert {states[name] for name in ("lama", "cabut", "nanti", "draf")} == {"expired", "withdrawn", "future", "draft"}
    assert [row[3] for row in rows("--tag", "nato")] == ["Vaksin Tiba"]
    assert [row[3] for row in rows("--section", "Olahraga")] == ["Laga Usai Imbang 1-1"]
    assert [row[3] for row in rows("--state", "future")] == ["Nanti"]


# -- explain, help


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_problem_is_explained(code: str) -> None:
    """What it is, why it matters and how to mend it, word for word."""
    said = ssg("explain", code)
    entry = CATALOGUE[code]
    assert said.code == 0
    for words in (code, entry.title, entry.why, entry.cure):
        assert words in said.text


def test_all_problems_are_listed_and_a_misspelt_one_is_answered() -> None:
    """`ssg explain` alone shows every code; a near miss is named."""
    listed = [line.split()[0] for line in ssg("explain").text.splitlines()]
    assert listed == list(CATALOGUE)
    wrong = ssg("explain", "dat.bad")
    assert wrong.code == 1
    assert "There is no problem and no setting 'dat.bad'. Did you mean 'date.bad'?" in wrong.text
    assert ssg("explain", "[date.bad]").code == 0


@pytest.mark.parametrize(
    ("name", "kind", "default", "says"),
    [
        ("blocks.latest", "a whole number from 0 to 50", "`10`", "How many articles Terkini shows."),
        ("title", "a text that is not empty", "none: it must be given", "The name of the site."),
        ("languages.NAME.title", "a text", '`""`', "The site's title in this language; empty: the same."),
        ("menus.NAME.weight", "a whole number", "`0`", "Its place among its neighbours, smallest first."),
    ],
)
def test_every_setting_is_explained(name: str, kind: str, default: str, says: str) -> None:
    """By the name that a table and a key have together; a near miss is named."""
    said = ssg("explain", name)
    assert said.text == f"{name} ({kind}; if it is not given: {default})\n\n{says}\n"
    assert f"Did you mean {name!r}?" in ssg("explain", f"{name}s").text


def test_the_references_need_no_file_beside_the_program() -> None:
    """Messages send their readers to them, and what pip installs has no docs/."""
    root = Path(__file__).parent.parent.parent
    assert ssg("explain", "settings").text == (root / "docs/settings.md").read_text(encoding="utf-8")
    assert (root / "docs/theme.md").read_text(encoding="utf-8").endswith(ssg("explain", "templates").text)
    assert [entry.code for entry in CATALOGUE.values() if re.search(r"docs/|README", entry.cure)] == []
    scaffold = (file for file in (root / "ssg/scaffold/files").rglob("*") if file.is_file())
    assert [file.name for file in scaffold if "docs/" in file.read_text(encoding="utf-8")] == []


def test_a_build_on_a_terminal_says_how_to_look_at_the_site(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere, as on a host that builds, nobody is there to look."""
    made = site("").build()
    assert "ssg serve" not in made.said
    monkeypatch.setattr(
        "ssg.cli.terminal.err", lambda: Console(stderr=True, soft_wrap=True, force_terminal=True, no_color=True)
    )
    made.build()
    assert f"To look at it: ssg serve --source {made.root} --open" in re.sub(r"\x1b\[[\d;?]*[a-zA-Z]", "", made.said)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(command: str) -> None:
    """`ssg COMMAND --help`."""
    said = ssg(command, "--help")
    assert said.code == 0
    assert re.search(rf"Examples?:\s+ssg {command}", said.text)


def test_the_program_says_what_it_can_do() -> None:
    """Alone it names its commands, with --version itself."""
    said = ssg("--help")
    assert [command for command in COMMANDS if not re.search(rf"\b{command}\b", said.text)] == []
    assert re.fullmatch(r"ssg \d+\.\d+\S* \(newsarchive\)\n", ssg("--version").text)


@pytest.mark.parametrize("command", [["list"], ["id"], ["new", "Judul"], ["build"]])
def test_outside_a_site_every_command_says_so(tmp_path: Path, command: list[str]) -> None:
    """Plainly, with what to do."""
    said = ssg(*command, "--source", str(tmp_path / "nowhere"))
    assert said.code == 1
    assert "site.toml: error[settings.missing] there is no site.toml in" in said.text
    assert "`ssg init DIR`" in said.text


def test_at_the_end_a_build_says_what_it_did(site: Site) -> None:
    """How many articles, pages and files, and the time of each phase; on no terminal in plain lines."""
    made = site("-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\n.\n").build()
    assert re.search(r"^1 article, \d+ pages, (\d+) files: \1 written, 0 kept, 0 removed$", made.said, re.MULTILINE)
    phases = r"reading [\d.]+, archive [\d.]+, related [\d.]+, rendering [\d.]+, publishing [\d.]+"
    assert re.search(rf"^[\d.]+ s \({phases}\)$", made.said, re.MULTILINE)
    assert made.said.splitlines()[-1] == f"Published to {made.output}"
    assert "\x1b" not in made.said
