"""`ssg stories`: the running stories that there are, and those that the archive offers."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape

from ssg.cli import terminal
from ssg.cli.door import As, Drafts, Format, Future, Now, Source, door, moment_of

if TYPE_CHECKING:
    from rich.console import Console

    from ssg.model import Article
    from ssg.stories import Offer, Stories

EXAMPLES = "Examples:  [bold]ssg stories[/]  ·  ssg stories --accept Pemilu  ·  ssg stories --accept NATO --as 'Rusia dan NATO'"


def tell_stories(
    source: Source = Path(),
    accept: Annotated[
        str | None,
        typer.Option("--accept", help="Write the story that is offered under this name into its articles.", metavar="NAME"),
    ] = None,
    other: Annotated[str | None, typer.Option("--as", help="Give it another name with that.", metavar="OTHER")] = None,
    as_: As = Format.TEXT,
    drafts: Drafts = False,
    future: Future = False,
    now: Now = None,
) -> None:
    """List the running stories, and what the archive offers: articles that may be one story, or join one that there is."""
    from ssg import site_toml
    from ssg.archive import Moment
    from ssg.problems import Levels, Problems
    from ssg.stories import stories

    if other is not None and (accept is None or not other.strip()):
        raise typer.BadParameter("it goes with --accept, and is a name", param_hint="--as")
    with door(source):
        site = site_toml.load(source)
        found = stories(site, Moment(moment_of(now, site), drafts, future))
        console = terminal.out()
        if accept is not None:
            from ssg.scaffold.stories import add_story

            for offer in chosen(found, accept):
                name = other.strip() if other else offer.written
                added = add_story(source, site, name, {article.path for article in offer.articles})
                for path in added:
                    console.print(f"{escape(path)}: {escape(name)}")
                console.print(f"{len(added)} written")
        elif as_ is Format.JSON:
            terminal.show_json(_as_data(found))
        elif console.is_terminal:
            _show(console, found, source)
        else:
            _list(found)
        problems = Problems(Levels(site.settings.problems))
        problems.extend(found.problems)
        if problems.errors:
            terminal.show_problems(terminal.err(), problems.errors, verbose=False)
            raise typer.Exit(1)


def chosen(found: Stories, name: str) -> list[Offer]:
    """What is offered under a name, in each language. Raises BuildStopped (story.unknown)."""
    from ssg.catalogue import CATALOGUE
    from ssg.model import Place
    from ssg.problems import nearest, stop
    from ssg.slugs import slug_of

    offers = [offer for offer in found.offers if slug_of(name) in (slug_of(offer.name), slug_of(offer.written))]
    if not offers:
        near = nearest(name, [offer.name for offer in found.offers])
        mend = f"Did you mean {near!r}?" if near else CATALOGUE["story.unknown"].cure
        raise stop(Place("--accept"), "story.unknown", f"no story is offered under the name {name!r}", mend)
    return offers


def _show(console: Console, found: Stories, source: Path) -> None:
    from rich.table import Table

    languages = len({story.language for story in found.running}) > 1
    if found.running:
        table = Table(box=None, header_style="bold", pad_edge=False)
        for heading in ("story", *["language"] * languages):
            table.add_column(heading, overflow="fold")
        table.add_column("steps", justify="right")
        table.add_column("from")
        table.add_column("to")
        for story in found.running:
            days = (f"{story.steps[0].date:%Y-%m-%d}", f"{story.steps[-1].date:%Y-%m-%d}")
            table.add_row(escape(story.name), *[story.language] * languages, str(len(story.steps)), *days)
        console.print(table, soft_wrap=False)
    else:
        console.print("No article names a story yet.")
    for offer in found.offers:
        what = "would join it" if offer.joins else "may be a story"
        count = terminal.count(len(offer.articles), "article")
        console.print(f"\n[bold]{'+ ' if offer.joins else ''}{escape(offer.name)}[/]  [dim]{count} {what}[/]")
        for article in offer.articles:
            console.print(
                f"  [cyan]{article.date:%Y-%m-%d}[/]  {escape(article.title)}\n              [dim]{escape(article.path)}[/]"
            )
    if found.offers:
        where = "" if source == Path() else f" --source {quote(str(source))}"
        command = f"ssg stories{where} --accept {quote(found.offers[0].name)}"
        console.print(f"\nTo write one into its articles:  [bold]{escape(command)}[/]")
    else:
        console.print("\nNothing more is offered.")


def _list(found: Stories) -> None:
    for story in found.running:
        days = (story.steps[0].date.isoformat(), story.steps[-1].date.isoformat())
        typer.echo("\t".join(("story", story.language, story.name, str(len(story.steps)), *days)))
    for offer in found.offers:
        for article in offer.articles:
            kind = "join" if offer.joins else "offer"
            typer.echo("\t".join((kind, offer.language, offer.name, article.date.isoformat(), article.path, article.title)))


def _as_data(found: Stories) -> dict[str, object]:
    return {
        "stories": [
            {"name": story.name, "language": story.language, "articles": _articles(story.steps)} for story in found.running
        ],
        "offers": [
            {"name": offer.name, "language": offer.language, "joins": offer.joins, "articles": _articles(offer.articles)}
            for offer in found.offers
        ],
    }


def _articles(articles: Sequence[Article]) -> list[dict[str, str]]:
    return [{"path": a.path, "id": a.id, "date": a.date.isoformat(), "title": a.title} for a in articles]
