"""The command line: `ssg build`, `ssg new` and the rest."""

from ssg.cli.commands import app, main

__all__ = ["app", "main"]
