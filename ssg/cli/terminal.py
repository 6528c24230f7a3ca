"""How things are told on a terminal: problems, progress, what a build did. Plain lines where the output is no terminal."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, get_args

import msgspec
import typer
from rich.console import Console
from rich.markup import escape

from ssg.model import Level, Problem

if TYPE_CHECKING:  # the rooms that a command works with are imported by that command
    from rich.progress import TaskID

    from ssg.build import Progress as Tell
    from ssg.build import Report
    from ssg.verifying import Verified
    from ssg.why import Why

FEW = 10  # warnings of one code that are shown without --verbose

_COLOUR = {"error": "red", "warning": "yellow"}


def out() -> Console:
    """Where answers go: standard output, never wrapped, so that lines can be searched and cut."""
    return Console(soft_wrap=True, highlight=False)


def err() -> Console:
    """Where problems, progress and notices go: standard error."""
    return Console(stderr=True, soft_wrap=True, highlight=False)


def show_json(value: object) -> None:
    """A value as JSON (RFC 8259), indented; of a list each element on a line of its own, for those are many."""
    if isinstance(value, list):
        lines = ",\n".join(msgspec.json.encode(one).decode() for one in value)
        typer.echo(f"[\n{lines}\n]" if lines else "[]")
    else:
        typer.echo(msgspec.json.format(msgspec.json.encode(value), indent=2).decode())


def show_problems(console: Console, problems: list[Problem], *, verbose: bool) -> None:
    """Each problem as `file:line: level[code] what`, with its mend below; of many alike warnings the first few and the sum."""
    shown: Counter[str] = Counter()
    for problem in problems:
        shown[problem.code] += 1
        if problem.level == "warning" and shown[problem.code] > FEW and not verbose:
            continue
        show_problem(console, problem)
    for code, count in sorted(shown.items()):
        if count > FEW and not verbose and any(p.level == "warning" for p in problems if p.code == code):
            console.print(f"… and {count - FEW} more \\[{code}]; --verbose shows them all")


def show_problem(console: Console, problem: Problem) -> None:
    """One problem and how to mend it."""
    level = problem.level or "error"
    colour = _COLOUR[level]
    console.print(
        f"[bold]{escape(str(problem.place))}[/]: [{colour}]{level}[/]\\[{problem.code}] {escape(problem.what)}\n"
        f"    [dim]{escape(problem.mend)}[/]"
    )


def show_report(console: Console, report: Report) -> None:
    """What a build did: how much of what, what changed, how long each phase took."""
    for notice in report.notices:
        console.print(escape(notice))
    if report.skipped:
        console.print(f"{count(len(report.skipped), 'list page')} of another generator (_index.md) left aside")
    if report.left_out:
        console.print(f"[yellow]Left out[/], for their errors: {escape(', '.join(report.left_out))}")
    later, drafts = report.kept_back
    if later or drafts:
        waiting = [f"{later:,} scheduled"] * bool(later) + [count(drafts, "draft")] * bool(drafts)
        console.print(f"{', '.join(waiting)} left out")
    if report.moved:
        names = ", ".join(report.moved[:5]) + (f" and {len(report.moved) - 5} more" if len(report.moved) > 5 else "")
        console.print(
            f"Backdating, withdrawal or deletion has moved articles on {count(len(report.moved), 'numbered page')}: {names}"
        )
    if report.published:
        console.print(
            f"{count(report.articles, 'article')}, {count(report.pages, 'page')}, {count(report.files, 'file')}: "
            f"{len(report.written):,} written, {report.files - len(report.written):,} kept, {len(report.removed):,} removed"
        )
    total = sum(report.phases.values())
    phases = ", ".join(f"{phase} {seconds:.2f}" for phase, seconds in report.phases.items())
    console.print(f"{total:.2f} s ({phases})")


def show_sum(console: Console, report: Report) -> None:
    """How many errors and warnings there were, and whether the site was published."""
    found = found_in(report.problems)
    if report.published:
        console.print(f"[green]Published[/] to {escape(str(report.output))}" + (f" with {found}" if found else ""))
    else:
        console.print(f"[red]Nothing was published[/]: {found}. {escape(str(report.output))} is as it was.")


def found_in(problems: Iterable[Problem]) -> str:
    """How many there are of each level: `2 errors, 1 warning`; "" for none."""
    levels = Counter(problem.level for problem in problems)
    return ", ".join(count(levels[level], level) for level in get_args(Level) if levels[level])


def show_profile(console: Console, report: Report) -> None:
    """What took how long: the phases by the clock; templates, pages and sources by that of all workers together."""
    console.print("\n[bold]phases[/], s")
    for phase, seconds in report.phases.items():
        console.print(f"{seconds:10.2f}  {phase}")
    made_by = sorted(report.made_by.items(), key=lambda entry: -entry[1][1])
    if made_by:
        console.print("\n[bold]what made the pages[/], s, ms a page, pages")
        for name, (pages, seconds) in made_by:
            console.print(f"{seconds:10.2f} {1000 * seconds / pages:10.2f} {pages:10,}  {escape(name)}")
    for title, slow in (("slowest pages", report.slow_pages), ("slowest sources", report.slow_sources)):
        if slow:
            console.print(f"\n[bold]{title}[/], ms")
            for name, seconds in slow:
                console.print(f"{1000 * seconds:10.1f}  {escape(name)}")


def show_verified(console: Console, verified: Verified) -> None:
    """Whether the site is what a build from scratch makes of it, and every file that is not."""
    if not verified.scratch.published:
        show_problems(console, verified.scratch.problems.errors, verbose=False)
        console.print("[red]Not verified[/]: the build from scratch did not end.")
    elif verified.differing:
        for kind, paths in (("missing", verified.missing), ("other bytes", verified.other), ("not made", verified.extra)):
            for path in paths:
                console.print(f"{escape(path)}: {kind}")
        console.print(
            f"[red]{count(len(verified.differing), 'file')} not as a build from scratch makes them.[/] That is a fault of the "
            "program; please report it. [bold]ssg build --clean[/] puts it right."
        )
    else:
        console.print(f"[green]Verified[/]: {count(verified.scratch.files, 'file')}, all as a build from scratch makes them")


def show_why(console: Console, found: Why) -> None:
    """What a page is made of, and why it was rendered or kept."""
    page = found.page
    console.print(
        f"[bold]{escape(page.address)}[/]  {page.kind}{f', {page.language}' if page.language else ''}: {escape(found.file)}"
    )
    for name, made_of in (("sources", found.sources), ("templates", found.templates), ("asked", found.questions)):
        if made_of:
            console.print(f"\n{name}")
            for one in made_of:
                console.print(f"    {escape(one)}")
    console.print("\nlast build")
    if not found.rendered:
        console.print("    kept it: nothing that it is made of had changed")
    elif found.because is None:
        console.print("    rendered it: nothing was known of how it was made before")
    else:
        console.print(
            "    rendered it, for these had changed:" if found.because else "    rendered it: its file had to be written anew"
        )
        for one in found.because:
            console.print(f"        {escape(one)}")
    console.print("\nnext build")
    if not found.next:
        console.print("    keeps it")
    else:
        console.print("    renders it, for these have changed:")
        for one in found.next:
            console.print(f"        {escape(one)}")


@contextmanager
def progress(console: Console) -> Iterator[Tell]:
    """A progress bar on a terminal; elsewhere a line when a phase begins."""
    if not console.is_terminal:
        seen: set[str] = set()

        def line(phase: str, done: int, of: int) -> None:
            if phase not in seen:
                seen.add(phase)
                console.print(phase)

        yield line
        return
    from rich.progress import BarColumn, Progress, TextColumn

    # No thread of its own: the workers are forked while it is shown.
    columns = (TextColumn("{task.description:>10}"), BarColumn(), TextColumn("{task.completed:,.0f} of {task.total:,.0f}"))
    with Progress(*columns, console=console, transient=True, auto_refresh=False) as bar:
        tasks: dict[str, TaskID] = {}
        last = 0.0

        def draw(phase: str, done: int, of: int) -> None:
            nonlocal last
            task = tasks[phase] if phase in tasks else tasks.setdefault(phase, bar.add_task(phase, total=of))
            bar.update(task, completed=done, total=of)
            if time.monotonic() - last > 0.1 or done == of:
                last = time.monotonic()
                bar.refresh()

        yield draw


def count(number: int, word: str) -> str:
    """A number with its noun: `1 file`, `2,345 files`."""
    return f"{number:,} {word}" + ("" if number == 1 else "s")
