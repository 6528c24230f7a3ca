"""The command line: `ssg build`, `ssg new` and the rest."""

from ssg.cli import tags, themes
from ssg.cli.commands import app, main

app.command("tags", epilog=tags.EPILOG)(tags.show_tags)
app.add_typer(themes.app, name="theme")

__all__ = ["app", "main"]
