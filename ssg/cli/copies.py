"""`ssg verify`: whether a copy of a site is what was published."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from ssg.cli import terminal
from ssg.cli.door import told

EXAMPLES = "Example:  [bold]ssg verify output[/]  ·  ssg verify ~/Downloads/kabar.example"


def verify_copy(
    folder: Annotated[Path, typer.Argument(help="The folder of the copy, or one above it.", metavar="DIR")],
) -> None:
    """Check a copy of a site, wherever it came from, against its own manifests (manifests in \\[data] of site.toml).

    It needs nothing but the copy. Whether output/ is what the sources make is another question: [bold]ssg build --verify[/].
    """
    from ssg.copies import check

    with told():
        found = check(folder)
    console = terminal.out()
    for kind, paths in (("missing", found.missing), ("changed", found.changed), ("not listed", found.unlisted)):
        for path in paths:
            console.print(f"{escape(path)}: {kind}")
    for path, why in found.unreadable:
        console.print(f"{escape(path)}: cannot be read: {escape(why)}")
    listed = f"{terminal.count(found.files, 'file')} of {terminal.count(found.manifests, 'manifest')}"
    if found.faults:
        console.print(f"[red]{terminal.count(found.faults, 'file')} not as published[/]; checked: {listed}")
        raise typer.Exit(1)
    console.print(f"[green]Verified[/]: {listed}, all as published, and none beside them")
