"""The command line: `ssg build`, `ssg new` and the rest."""

from ssg.cli import copies, hosting, keeping, relating, stats, stories, tags, themes
from ssg.cli.commands import app, main

app.command("check", epilog=hosting.CHECK_EXAMPLES)(hosting.check_host)
app.command("ledger", epilog=keeping.EXAMPLES)(keeping.write_ledger)
app.command("next", epilog=hosting.NEXT_EXAMPLES)(hosting.tell_next)
app.command("notify", epilog=hosting.NOTIFY_EXAMPLES)(hosting.notify_others)
app.command("related", epilog=relating.EXAMPLES)(relating.tell_related)
app.command("stats", epilog=stats.EXAMPLES)(stats.tell_stats)
app.command("stories", epilog=stories.EXAMPLES)(stories.tell_stories)
app.command("tags", epilog=tags.EXAMPLES)(tags.tell_tags)
app.command("verify", epilog=copies.EXAMPLES)(copies.verify_copy)
app.add_typer(themes.app, name="theme")

__all__ = ["app", "main"]
