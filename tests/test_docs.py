"""The documentation says what the program does: it cannot go stale without a test that fails."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import typer
import yaml

from ssg.catalogue import CATALOGUE
from ssg.cli import app
from tests.conftest import Made

ROOT = Path(__file__).parent.parent
COMMANDS = sorted(typer.main.get_command(app).commands)  # type: ignore[attr-defined]


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_stands_in_the_readme(command: str) -> None:
    """As it is typed: `ssg COMMAND`."""
    assert f"ssg {command}" in text_of("README.md")


def test_the_readme_names_no_command_that_does_not_exist() -> None:
    """What is written as a command in code is one."""
    named = {
        part.split()[1].strip("`'\".,")
        for part in text_of("README.md").replace("`", "\n").splitlines()
        if part.startswith("ssg ")
    }
    assert {name for name in named if name.isalpha() and name.islower()} <= set(COMMANDS)


@pytest.mark.parametrize("code", CATALOGUE)
def test_every_problem_says_why_it_matters_and_how_to_mend_it(code: str) -> None:
    """In whole sentences; `ssg explain` shows them."""
    entry = CATALOGUE[code]
    assert entry.title
    assert not entry.title.endswith(".")
    assert entry.why.endswith(".")
    assert entry.cure.endswith((".", "`"))


def test_the_format_of_the_figures_is_in_the_readme() -> None:
    """Newsrooms make the file themselves."""
    assert "data/popular.json" in text_of("README.md")
    assert '"articles"' in text_of("README.md")


def test_every_command_of_the_page_about_hosting_is_one() -> None:
    """With options that it has, as far as they are written out."""
    blocks = re.findall(r"```\w+\n(.*?)```", text_of("docs/hosting.md"), re.DOTALL)
    inline = re.findall(r"`([^`\n]+)`", text_of("docs/hosting.md"))
    written = re.findall(r"\bssg ([a-z]+)((?: --?[a-z-]+(?: [\w\"$/:.-]+)?)*)", "\n".join((*blocks, *inline)))
    assert {command for command, _ in written} >= {"build", "check", "init", "ledger", "next", "notify"}
    commands = typer.main.get_command(app).commands  # type: ignore[attr-defined]
    for command, options in written:
        known = {name for parameter in commands[command].params for name in parameter.opts}
        assert set(re.findall(r"(?<= )--?[a-z-]+", options)) <= known, f"ssg {command}{options}"


def test_the_scripts_of_the_page_about_hosting_are_well_formed(site: Callable[[str], Made]) -> None:
    """Shell is shell, the workflow is YAML with a job, and the settings are settings."""
    found: dict[str, list[str]] = {}
    for language, text in re.findall(r"```(\w+)\n(.*?)```", text_of("docs/hosting.md"), re.DOTALL):
        found.setdefault(language, []).append(text)
    for text in found["sh"]:
        subprocess.run(["sh", "-n"], input=text, text=True, check=True, capture_output=True)
    (workflow,) = map(yaml.safe_load, found["yaml"])
    steps = workflow["jobs"]["publish"]["steps"]
    assert [step["run"] for step in steps if "run" in step][1:] == ["ssg build", "ssg check --host github", "ssg notify"]
    (lines,) = found["toml"]
    made = site("")
    made.put("site.toml", (made.root / "site.toml").read_bytes() + lines.encode())
    assert made.build().problems() == []


def test_the_readmes_changes_of_the_look_are_seen(site: Callable[[str], Made]) -> None:
    """A colour, a label and a template, each as it stands there: none is what the theme has already, and none a problem."""
    how = text_of("README.md").partition("## Change how it looks")[2].partition("\n## ")[0]
    examples = dict(re.findall(r"`(themes/[^`]+)`[^\n]*\n\n```\w+\n(.*?)```", how, re.DOTALL))
    assert sorted(examples) == [
        f"themes/default/{name}" for name in ("templates/article.html", "theme.toml", "translations/id.toml")
    ]
    articles = "".join(f"-- content/{n}.md --\n---\ntitle: {n}\ndate: 2026-05-01\n---\nBaca juga: [[b]]\n" for n in "ab")
    made = site(articles).build()
    before = made.page("/2026/05/01/a/").main
    for path, text in examples.items():
        made.put(path, text.encode())
    made.build()
    assert made.problems() == []
    after = made.page("/2026/05/01/a/").main
    assert ("Lihat juga" in after, "Lihat juga" in before) == (True, False)
    assert ("Tulis kepada redaksi Kabar Uji." in after, "redaksi Kabar Uji" in before) == (True, False)
    assert "--accent:#0a6b4f" in (made.output / "aset/style.css").read_text(encoding="utf-8")
