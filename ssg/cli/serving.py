"""`ssg serve` on a terminal: a line where the site is, a line for each build, and the problems as `ssg build` shows them."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape

from ssg.cli import terminal

if TYPE_CHECKING:  # the web server is imported by the one command that needs it
    from ssg.serve.building import Built


class Told:
    """Tells on a console how serving goes. Only the first build, which may take long, shows its progress."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._first = ExitStack()
        self._progress = self._first.enter_context(terminal.progress(console)) if console.is_terminal else None

    def serving(self, address: str, wanted: int, port: int) -> None:
        """The site is at `address`."""
        if wanted not in (port, 0):
            self._console.print(f"Port {wanted} is taken, so this is port {port}.")
        self._console.print(f"Serving [bold]{escape(address)}[/] with drafts and future articles. Ctrl-C stops it.")

    def progress(self, phase: str, done: int, of: int) -> None:
        """The first build is on its way."""
        if self._progress is not None:
            self._progress(phase, done, of)

    def built(self, built: Built, changed: Sequence[str]) -> None:
        """A build is done; `changed` are the sources that it was made for."""
        self.close()
        console = self._console
        for notice in built.notices:
            console.print(escape(notice))
        terminal.show_problems(console, list(built.problems), verbose=False)
        what = f"{_named(changed)}: " if changed else ""
        found = terminal.found_in(built.problems)
        if built.published:
            made = f"{terminal.count(len(built.written), 'file')} written, {len(built.removed):,} removed"
            if not changed:
                made = f"{terminal.count(built.articles, 'article')}, {terminal.count(built.pages, 'page')}; {made}"
            console.print(
                f"[green]Built[/] {escape(what)}{made} in {built.seconds:.2f} s" + (f" with {found}" if found else "")
            )
        else:
            console.print(f"[red]Not built[/] {escape(what)}{found}. The pages stay as they were.")

    def close(self) -> None:
        """Take the progress away."""
        self._progress = None
        self._first.close()


def _named(changed: Sequence[str]) -> str:
    more = f" and {len(changed) - 1} more" if len(changed) > 1 else ""
    return f"{changed[0]}{more}"
