"""`ssg theme`: which themes there are, and what a site changes of its own."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ssg.cli.door import Source

app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode="rich",
    help="See and change how the site looks.",
    epilog="Examples:  [bold]ssg theme list[/]  ·  ssg theme copy article.html  ·  ssg theme diff",
)

Template = Annotated[
    str,
    typer.Argument(
        help="A file of the theme: article.html, static/style.css, translations/id.toml, theme.toml.", metavar="TEMPLATE"
    ),
]
Perhaps = Annotated[
    str | None, typer.Argument(help="Only this file.", metavar="TEMPLATE", show_default="every file that the site changes")
]


@app.command("list", epilog="Example:  [bold]ssg theme list[/]")
def list_themes(source: Source = Path()) -> None:
    """List the themes at hand, and which files of the theme in use the site changes."""
    from ssg.cli import theming

    theming.list_themes(source)


@app.command(
    "copy", epilog="Examples:  [bold]ssg theme copy article.html[/]  ·  ssg theme copy style.css  ·  ssg theme copy id.toml"
)
def copy(template: Template, source: Source = Path()) -> None:
    """Copy a file of the theme into the site, to change it there. It is never written over a file of yours."""
    from ssg.cli import theming

    theming.copy(source, template)


@app.command("diff", epilog="Examples:  [bold]ssg theme diff[/]  ·  ssg theme diff article.html")
def diff(template: Perhaps = None, source: Source = Path()) -> None:
    """Show what the site's own files change of the theme as it came, also after the program came with a newer one."""
    from ssg.cli import theming

    theming.diff(source, template)
