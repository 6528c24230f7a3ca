"""What stands around every command: which site it works on, and how it ends when something stops it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from ssg.cli import terminal

Source = Annotated[
    Path, typer.Option("--source", "-s", help="The site's folder, with site.toml.", metavar="DIR", show_default="here")
]


@contextmanager
def door(source: Path) -> Iterator[None]:
    """Around every command: an interrupted publication is finished first, and a stop is told in plain words."""
    from ssg.problems import BuildStopped, Problems
    from ssg.publishing import recover

    console = terminal.err()
    try:
        for output in recover(source) if source.is_dir() else ():
            console.print(f"Finished an interrupted publication to {escape(str(output))}")
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
