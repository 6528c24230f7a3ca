"""The command line: `ssg build`, `ssg new` and the rest."""

from ssg.cli import copies, keeping, relating, stories, tags, themes
from ssg.cli.commands import app, main

app.command("ledger", epilog=keeping.EXAMPLES)(keeping.write_ledger)
app.command("related", epilog=relating.EXAMPLES)(relating.tell_related)
app.command("stories", epilog=stories.EXAMPLES)(stories.tell_stories)
app.command("tags", epilog=tags.EXAMPLES)(tags.tell_tags)
app.command("verify", epilog=copies.EXAMPLES)(copies.verify_copy)
app.add_typer(themes.app, name="theme")

__all__ = ["app", "main"]
