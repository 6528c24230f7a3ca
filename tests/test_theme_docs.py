"""docs/theme.md: its examples work as they stand, and its reference is what the code says."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from typer.main import get_command

from ssg import theme_docs
from ssg.asking import Ask, Filling
from ssg.cli import themes
from ssg.model import Page
from ssg.pages.contexts import CONTEXTS
from ssg.pages.showing import Template
from ssg.rendering.templates import Templates
from tests.conftest import SITE_TOML, Made
from tests.sites.rich import FILES, NOW, TEXT
from tests.theme_guide import examples

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs/theme.md"
ARTICLE = """\
-- content/a.md --
---
title: A
date: 2026-05-01
tags: NATO
---
Words.
-- content/pages/kontak.md --
---
title: Kontak
---
"""
LABELS = '-- themes/default/translations/{}.toml --\n{}contact = "C"\nsupport = "S"\n'


def test_the_reference_is_up_to_date() -> None:
    """What stands below its mark is what the code says."""
    page = PAGE.read_text(encoding="utf-8")
    assert page == theme_docs.renewed(page), "run: make docs"


def test_every_template_is_given_what_the_reference_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each name, of the type that is told, and no other; of every template that there is."""
    given: dict[str, list[dict[str, object]]] = {}
    render = Templates.render

    def noted(self: Templates, page: Page, shown: Template, ask: Ask, filling: Filling) -> bytes:
        given.setdefault(shown.name, []).append(shown.context)
        return render(self, page, shown, ask, filling)

    monkeypatch.setattr(Templates, "render", noted)
    made = Made(tmp_path / "site").write(TEXT)
    settings = (made.root / "site.toml").read_text(encoding="utf-8")
    made.put("site.toml", f"offline = true\n{settings}".encode())
    for path, data in FILES.items():
        made.put(path, data)
    made.build("--now", NOW, "--workers", "1")
    assert set(given) == set(CONTEXTS)
    for name, contexts in given.items():
        for context in contexts:
            assert set(context) == set(CONTEXTS[name].__struct_fields__), name
            msgspec.convert(context, CONTEXTS[name])


def test_a_field_without_a_word_about_it_is_a_fault() -> None:
    """Nobody adds something to the interface that the reference keeps quiet about."""

    class Bare(msgspec.Struct):
        """Something."""

        name: str

    with pytest.raises(ValueError, match="has no comment that says what it is"):
        theme_docs._fields(Bare)


@pytest.fixture(scope="module")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A site with every example of the guide for the default theme."""
    made = Made(tmp_path_factory.mktemp("guided")).put("site.toml", SITE_TOML.encode()).write(ARTICLE)
    for path, text in examples().items():
        if path.startswith("themes/"):
            made.put(path, text.encode())
    for language in ("id", "en"):
        path = f"themes/default/translations/{language}.toml"
        kept = "".join(f"{line}\n" for line in examples().get(path, "").splitlines() if not line.startswith("contact"))
        made.write(LABELS.format(language, kept))
    return made


def test_the_examples_for_the_theme_in_use_work_together(guided: Made) -> None:
    """A colour, a label, a template, a slot and a sheet, each as the guide shows it; and no problem."""
    guided.put("site.toml", SITE_TOML.encode()).build()
    assert guided.problems() == []
    sheet = (guided.output / "aset/style.css").read_text(encoding="utf-8")
    assert "--accent:#0a6b4f;" in sheet
    assert "--accent:#7fd1b5;" in sheet
    page = guided.page("/2026/05/01/a/")
    assert page.one("p", class_="contact").text == "C"
    assert page.one("p", class_="support").text == "S"
    assert page.one("link", href="/aset/own.css")
    assert "1 berita" in guided.page("/tag/nato/").source


def test_the_example_of_a_theme_of_ones_own_works(guided: Made) -> None:
    """It extends the default one, and has a property of its own."""
    guided.put("site.toml", f'theme = "koran"\n{SITE_TOML}'.encode()).build()
    assert guided.problems() == []
    sheet = (guided.output / "aset/style.css").read_text(encoding="utf-8")
    assert "--paper:#f1efe9;" in sheet
    assert "--masthead:2.5rem" in sheet
    assert guided.page("/404.html").one("title").text.startswith("404")


def test_the_guide_names_every_command_for_themes() -> None:
    """As it is typed."""
    commands = sorted(getattr(get_command(themes.app), "commands", {}))
    assert commands
    assert [name for name in commands if f"ssg theme {name}" not in PAGE.read_text(encoding="utf-8")] == []
