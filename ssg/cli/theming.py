"""What the `ssg theme` commands do."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ssg import settings, site_toml, theme
from ssg.cli import terminal
from ssg.cli.door import door
from ssg.model import Place
from ssg.problems import Problems, stop
from ssg.scaffold.writing import create, read
from ssg.theme import AtHand, Override, Theme


def list_themes(source: Path) -> None:
    """List the themes at hand, and which files of the theme in use the site changes."""
    with door(source):
        used = site_toml.load(source).settings.theme
        shelf, faults = theme.at_hand(source)
        console = terminal.out()
        _show(console, shelf, used)
        problems = Problems()
        problems.extend(faults)
        if any(one.name == used for one in shelf):
            look = _in_use(source)
            problems.extend(look.problems)
            for file in theme.overrides(source, look):
                _tell(file, console)
        terminal.show_problems(terminal.err(), list(problems), verbose=True)
        if problems.errors:
            raise typer.Exit(1)


def copy(source: Path, template: str) -> None:
    """Copy a file of the theme into the site, to change it there. It is never written over a file of yours."""
    with door(source):
        look = _in_use(source)
        file = theme.choose(source, look, template)
        assert file.came is not None
        data = read(file.came, str(file.came))
        if not create(file.own, data, file.shown):
            raise stop(Place(file.shown), "theme.copied", "the file stands there already")
        terminal.out().print(escape(str(file.own)))
        if file.merged:
            hint = "It is merged with the one that came: keep only the lines that you change."
        elif file.template and b"{% block" in data:
            hint = f'If only a block or two differ, one line and those blocks are enough: {{% extends "{file.template}" %}}'
        else:
            hint = "`ssg theme diff` shows what you change."
        terminal.err().print(escape(hint))


def diff(source: Path, template: str | None) -> None:
    """Show what the site's own files change of the theme as it came, also after the program came with a newer one."""
    with door(source):
        look = _in_use(source)
        if template is None:
            chosen = theme.overrides(source, look)
        else:
            chosen = [file for file in [theme.choose(source, look, template)] if file.own.is_file()]
        lines = [line for file in chosen for line in file.difference()]
        console = terminal.out()
        for line in lines:
            console.print(line, style=_colour(line), markup=False)
        if not lines:
            terminal.err().print(f"The site changes nothing of {escape(template or f'the theme {look.name}')}.")


def _in_use(source: Path) -> Theme:
    own = site_toml.load(source).settings
    return theme.load(source, own.theme, settings.languages_of(own))


def _show(console: Console, shelf: list[AtHand], used: str) -> None:
    if not console.is_terminal:
        for one in shelf:
            use = "in use" if one.name == used else ""
            typer.echo("\t".join((one.name, use, ", ".join(one.brought_by), one.extends, one.description)))
        return
    table = Table(box=None, header_style="bold")
    for heading in ("theme", "", "brought by", "extends", "description"):
        table.add_column(heading, overflow="fold")
    for one in shelf:
        use = "[green]in use[/]" if one.name == used else ""
        table.add_row(*(escape(one.name), use, escape(", ".join(one.brought_by)), escape(one.extends), escape(one.description)))
    console.print(table, soft_wrap=False)


def _tell(file: Override, console: Console) -> None:
    if file.came is None:
        state = "new"
    elif file.merged:
        state = f"merged with that of {file.owner}"
    else:
        state = f"in place of that of {file.owner}" if file.difference() else f"the same as that of {file.owner}"
    if console.is_terminal:
        console.print(f"  {escape(file.shown)}  [dim]{state}[/]")
    else:
        typer.echo(f"{file.shown}\t{state}")


def _colour(line: str) -> str:
    if line.startswith(("---", "+++")):
        return "bold"
    return {"-": "red", "+": "green", "@": "cyan"}.get(line[:1], "")
