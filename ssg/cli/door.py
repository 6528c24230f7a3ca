"""What stands around every command: what most of them are asked, and how one ends when something stops it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from ssg.cli import terminal

if TYPE_CHECKING:
    from ssg.settings import Site

Source = Annotated[
    Path, typer.Option("--source", "-s", help="The site's folder, with site.toml.", metavar="DIR", show_default="here")
]
Now = Annotated[
    str | None,
    typer.Option(help="Build as if it were this moment; it decides only what is published yet or expired.", metavar="DATE"),
]
Drafts = Annotated[bool, typer.Option("--drafts", "-D", help="Drafts too.")]
Future = Annotated[bool, typer.Option("--future", "-F", help="Articles dated in the future too.")]


class Format(StrEnum):
    """How something is told: to people, or to programs."""

    TEXT = "text"
    JSON = "json"


As = Annotated[Format, typer.Option("--format", help="For people, or as JSON for programs.")]


@contextmanager
def door(source: Path) -> Iterator[None]:
    """Around every command on a site: an interrupted publication is finished first, and a stop is told in plain words."""
    from ssg.publishing import recover

    with told():
        for output in recover(source) if source.is_dir() else ():
            terminal.err().print(f"Finished an interrupted publication to {escape(str(output))}")
        yield


@contextmanager
def told() -> Iterator[None]:
    """A stop is told in plain words, and ends the command."""
    from ssg.problems import BuildStopped, Problems

    console = terminal.err()
    try:
        yield
    except BuildStopped as stopped:
        problems = Problems()
        problems.extend(stopped.problems)
        for problem in problems:
            terminal.show_problem(console, problem)
        raise typer.Exit(1) from None
    except KeyboardInterrupt:
        console.print("Stopped. What was published before is as it was.")
        raise typer.Exit(130) from None


def moment_of(now: str | None, site: Site) -> dt.datetime:
    """The clock, read once, here at the door; or what --now says."""
    from ssg import dates
    from ssg.model import Place
    from ssg.problems import stop

    zone = dates.zone(site.settings.timezone)
    if now is None:
        return dates.fixed(dt.datetime.now(zone))
    try:
        return dates.parse(now, zone)
    except ValueError as reason:
        raise stop(Place("--now"), "date.bad", f"{now!r}: {reason}") from None
