"""`ssg ledger`: write down every address that is published."""

from __future__ import annotations

from pathlib import Path

import typer

from ssg.cli import terminal
from ssg.cli.door import Now, Source, door, moment_of

EXAMPLES = "Example:  [bold]ssg ledger && git add ledger.txt[/]"


def write_ledger(source: Source = Path(), now: Now = None) -> None:
    """Write down every address that is published now, beside those of before: from then on a build lets none of them die."""
    from ssg import ledger, site_toml
    from ssg.build import Options
    from ssg.cache import write_whole
    from ssg.model import Place
    from ssg.present import planned
    from ssg.problems import stop

    with door(source):
        site = site_toml.load(source)
        found = planned(site, Options(output=source / "output", now=moment_of(now, site)))
        if errors := [problem for problem in found.problems.errors if problem.code != "address.lost"]:
            terminal.show_problems(terminal.err(), errors, verbose=False)
            raise typer.Exit(1)
        known = ledger.read(source)
        text = ledger.written(known, found.plan)
        try:
            write_whole(source / ledger.FILE, text.encode())
        except OSError as error:
            raise stop(Place(ledger.FILE), "file.unwritable", f"the ledger cannot be written: {error}") from None
        every = text.count("\n/")
        terminal.out().print(f"{ledger.FILE}: {every:,} addresses, {every - len(known):,} of them new")
