"""`ssg stats`: the archive in figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.markup import escape

from ssg.cli import terminal
from ssg.cli.door import As, Drafts, Format, Future, Now, Source, door, moment_of

if TYPE_CHECKING:
    from rich.console import Console

    from ssg.archive import Figures, Group
    from ssg.model import Article

EXAMPLES = "Examples:  [bold]ssg stats[/]  ·  ssg stats --format json  ·  ssg stats | grep ^gap"

_MOST = 20  # sections and people that a terminal shows
_GAPS = 10
_BAR = 40  # signs, of the year with the most articles

_Row = tuple[str, ...]


def tell_stats(
    source: Source = Path(),
    as_: As = Format.TEXT,
    drafts: Drafts = False,
    future: Future = False,
    now: Now = None,
) -> None:
    """Tell of the archive in figures: articles by year, section and person, how long they are, and days without any."""
    from ssg import site_toml
    from ssg.archive import figures
    from ssg.build import Options
    from ssg.present import planned

    with door(source):
        site = site_toml.load(source)
        options = Options(output=source / "output", now=moment_of(now, site), drafts=drafts, future=future)
        here = planned(site, options)
        found = {language: figures(edition, _GAPS) for language, edition in here.archive.editions.items() if edition.articles}
        console = terminal.out()
        if as_ is Format.JSON:
            terminal.show_json({language: _as_data(some) for language, some in found.items()})
        elif console.is_terminal:
            _show(console, found)
        else:
            for language, some in found.items():
                for row in _rows(some):
                    typer.echo("\t".join((row[0], language, *row[1:])))
        if here.problems.errors:
            terminal.show_problems(terminal.err(), here.problems.errors, verbose=False)
            raise typer.Exit(1)


def _rows(found: Figures) -> Iterator[_Row]:
    """What is told where nobody reads it: all of it, a line for each, its kind first."""
    yield "articles", str(found.articles), str(found.words)
    for name, article in (("first", found.first), ("newest", found.newest)):
        if article:
            yield name, article.date.isoformat(), article.path, article.title
    for year in found.years:
        yield "year", str(year.year), str(year.articles), str(year.words)
    for name, groups in (("section", found.sections), ("person", found.people)):
        for group in groups:
            yield name, group.name, str(len(group.articles))
    for gap in found.gaps:
        yield "gap", gap.first.isoformat(), gap.last.isoformat(), str(gap.days)


def _show(console: Console, found: dict[str, Figures]) -> None:
    if not found:
        console.print("No article is published yet.")
    for number, (language, some) in enumerate(found.items()):
        if number:
            console.print()
        console.print(
            f"[bold]{escape(language)}[/]: {terminal.count(some.articles, 'article')}, "
            f"half of them of {terminal.count(some.words, 'word')} or more"
        )
        for name, article in (("first", some.first), ("newest", some.newest)):
            if article:
                console.print(f"{name:7} [cyan]{article.date:%Y-%m-%d}[/]  {escape(article.title)}")
        most = max((year.articles for year in some.years), default=1)
        years = [
            (str(one.year), f"{one.articles:,}", f"{one.words:,}", "▇" * round(_BAR * one.articles / most))
            for one in some.years
        ]
        _table(console, ("year", "articles", "median words", ""), years, numbers=(1, 2))
        for name, groups in (("section", some.sections), ("editor or author", some.people)):
            _table(console, (name, "articles"), [(one.name, f"{len(one.articles):,}") for one in groups[:_MOST]])
            if len(groups) > _MOST:
                console.print(f"[dim]and {len(groups) - _MOST:,} more[/]")
        gaps = [(f"{gap.first}", f"{gap.last}", f"{gap.days:,}") for gap in some.gaps]
        _table(console, ("no article from", "to", "days"), gaps, numbers=(2,))


def _table(console: Console, headings: _Row, rows: Sequence[_Row], numbers: Collection[int] = (1,)) -> None:
    """A table, if it has rows; the columns at the places `numbers` (from 0) end at one line."""
    from rich.table import Table

    if not rows:
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for place, heading in enumerate(headings):
        table.add_column(heading, justify="right" if place in numbers else "left", overflow="fold")
    for row in rows:
        table.add_row(*[escape(cell) for cell in row])
    console.print()
    console.print(table, soft_wrap=False)


def _as_data(found: Figures) -> dict[str, object]:
    return {
        "articles": found.articles,
        "median_words": found.words,
        "first": _article(found.first),
        "newest": _article(found.newest),
        "years": [{"year": one.year, "articles": one.articles, "median_words": one.words} for one in found.years],
        "sections": [_group(one) for one in found.sections],
        "people": [_group(one) for one in found.people],
        "gaps": [{"first": gap.first, "last": gap.last, "days": gap.days} for gap in found.gaps],
    }


def _article(article: Article | None) -> dict[str, object] | None:
    return {"id": article.id, "path": article.path, "date": article.date, "title": article.title} if article else None


def _group(group: Group) -> dict[str, object]:
    return {"name": group.name, "articles": len(group.articles)}
