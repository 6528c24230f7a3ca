"""How things are told on a terminal: problems, progress, what a build did. Plain lines where the output is no terminal."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import get_args

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, Progress, TaskID, TextColumn

from ssg.build import Progress as Tell
from ssg.build import Report
from ssg.model import Level, Problem

FEW = 10  # warnings of one code that are shown without --verbose

_COLOUR = {"error": "red", "warning": "yellow"}


def out() -> Console:
    """Where answers go: standard output, never wrapped, so that lines can be searched and cut."""
    return Console(soft_wrap=True, highlight=False)


def err() -> Console:
    """Where problems, progress and notices go: standard error."""
    return Console(stderr=True, soft_wrap=True, highlight=False)


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
