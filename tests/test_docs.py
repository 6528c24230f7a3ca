"""The documentation says what the program does: it cannot go stale without a test that fails."""

from __future__ import annotations

from pathlib import Path

import pytest
import typer

from ssg.catalogue import CATALOGUE
from ssg.cli import app

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
    """`data.bad` sends its reader there."""
    assert "data/popular.json" in text_of("README.md")
    assert '"articles"' in text_of("README.md")
