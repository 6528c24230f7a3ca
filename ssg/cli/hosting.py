"""`ssg check`, `ssg next`, `ssg notify`: what stands between a built site and its readers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from ssg.cli import terminal
from ssg.cli.door import As, Format, Now, Source, door, moment_of
from ssg.cli.terminal import count
from ssg.hosts import Target

if TYPE_CHECKING:
    from rich.console import Console

    from ssg.addresses import Addresses
    from ssg.due import Due
    from ssg.fitting import Measured
    from ssg.model import Problem

CHECK_EXAMPLES = "Examples:  [bold]ssg check --host cloudflare[/]  ·  ssg check --host netlify --format json"
NEXT_EXAMPLES = "Examples:  [bold]ssg next[/]  ·  ssg next --format json"
NOTIFY_EXAMPLES = "Examples:  [bold]ssg notify[/], after each deploy  ·  ssg notify --dry-run"


def check_host(
    source: Source = Path(),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where the site stands.", metavar="DIR", show_default="output")
    ] = None,
    host: Annotated[
        Target | None,
        typer.Option(help="The host that will have it; none: it is only measured.", show_default="the one in site.toml"),
    ] = None,
    as_: As = Format.TEXT,
) -> None:
    """Measure the site that was built, beside what its host allows: files, sizes, and rules for redirects and headers."""
    from ssg import fitting, site_toml

    output = output or source / "output"
    with door(source):
        host = host or Target(site_toml.load(source).settings.host)
        found = fitting.measured(output, host)
        if as_ is Format.JSON:
            terminal.show_json({"host": host, "measured": [_as_data(one) for one in found]})
        else:
            show_measured(terminal.out(), host, found)
        if broken := list(fitting.amiss(output, host, found)):
            for problem in broken:
                terminal.show_problem(terminal.err(), problem)
            raise typer.Exit(1)


def show_measured(console: Console, host: Target, figures: list[Measured]) -> None:
    """Each figure on a line: what, how much of it there is, how much the host takes, and where it is."""
    wide = max(len(one.measure) for one in figures)
    console.print(f"{'':{wide}} {'here':>15} {'' if host is Target.NONE else host:>15}".rstrip())
    for one in figures:
        most = "" if one.most is None else f"{one.most:,}"
        colour = "" if one.fits else "[red]"
        line = f"{one.measure:{wide}} {one.found:15,} {most:>15}"
        console.print(f"{colour}{f'{line}  {escape(one.where)}'.rstrip()}")


def _as_data(one: Measured) -> dict[str, object]:
    """What JSON tells of a figure."""
    told = {"what": one.measure.name.lower(), "in_words": one.measure, "found": one.found, "where": one.where}
    return told | {"most": one.most, "source": one.source, "fits": one.fits}


def tell_next(source: Source = Path(), as_: As = Format.TEXT, now: Now = None) -> None:
    """Say when the next build would publish something else by itself: a scheduled article is due, or one expires."""
    from ssg import reading, site_toml
    from ssg.addresses import Addresses
    from ssg.build import CACHE
    from ssg.cache import Cache
    from ssg.due import next_due
    from ssg.problems import Levels, Problems
    from ssg.workers import cores

    with door(source):
        site = site_toml.load(source)
        moment = moment_of(now, site)
        problems = Problems(Levels(site.settings.problems))
        cache = Cache(source / CACHE)
        found = reading.read(reading.look(source, site, cache), site, cache, cores(), lambda phase, done, of: None)
        problems.extend(found.problems)
        due = next_due(found.articles, moment)
        show_due(due, Addresses(site.settings), as_)
        if problems.errors:
            terminal.show_problems(terminal.err(), problems.errors, verbose=False)
            raise typer.Exit(1)


def show_due(due: list[Due], addresses: Addresses, as_: Format) -> None:
    """What falls on the next moment: a line for each with tabs between moment, what it is, address and title."""
    if as_ is Format.JSON:
        told = [
            {"what": one.what, "path": one.article.path, "address": addresses.of(one.article), "title": one.article.title}
            for one in due
        ]
        terminal.show_json({"moment": due[0].moment if due else None, "due": told})
        return
    for one in due:
        typer.echo("\t".join((one.moment.isoformat(), one.what, addresses.of(one.article), one.article.title)))
    if not due:
        terminal.err().print("Nothing is due.")


def notify_others(
    source: Source = Path(),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="What was published.", metavar="DIR", show_default="output")
    ] = None,
    base_url: Annotated[str | None, typer.Option("--base-url", "-b", help="As for [bold]ssg build[/].", metavar="URL")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be told to whom, and tell nobody.")] = False,
    timeout: Annotated[int, typer.Option(min=1, max=600, help="How many seconds to wait for each answer.")] = 20,
) -> None:
    """Tell others what was published since they were told last: a WebSub hub of feeds, search engines (IndexNow) of pages."""
    from ssg import changes, notifying, site_toml
    from ssg.build import CACHE
    from ssg.increment import name_of
    from ssg.model import Place
    from ssg.problems import BuildStopped, stop

    with door(source):
        site = site_toml.load(source, base_url)
        console = terminal.out()
        if not (site.settings.feeds.hub or site.settings.notify.indexnow_key):
            console.print("Nobody is to be told: site.toml names neither a hub in \\[feeds] nor an indexnow_key in \\[notify].")
            return
        output = output or source / "output"
        cache, name = source / CACHE, name_of(source, output)
        owed = changes.owed(cache, name)
        if owed is None:
            raise stop(Place(CACHE), "changes.missing", f"no build has left word of what it changed in {output.name}")
        messages = notifying.messages(site, owed, output)
        if not messages:
            console.print("Nothing was changed that anybody is still to be told.")
        failed: list[Problem] = []
        for message in messages:
            told = f"{count(len(message.about), message.what)} to {escape(message.to)}"
            if dry_run:
                console.print(f"Would tell {told}:")
                for address in message.about:
                    console.print(f"    {escape(address)}")
                continue
            try:
                notifying.send(message, timeout)
            except BuildStopped as stopped:
                failed += stopped.problems
            else:
                console.print(f"Told {told}")
        if failed:
            raise BuildStopped(*failed)
        if not dry_run:
            changes.settle(cache, name)
