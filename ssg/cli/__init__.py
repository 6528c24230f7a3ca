"""The command line: `ssg build`, `ssg new` and the rest."""

from ssg.cli import themes
from ssg.cli.commands import app, main

app.add_typer(themes.app, name="theme")

__all__ = ["app", "main"]
