"""`ssg tags`: which tags may be one, and which ones articles without any could have."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer
from rich.markup import escape

from ssg.cli import terminal
from ssg.cli.door import As, Format, Source, door

if TYPE_CHECKING:
    from ssg.tagging import Alike, Tag, Untagged

EXAMPLES = "Examples:  [bold]ssg tags[/]  ·  ssg tags | grep ^untagged  ·  ssg tags --format json"

_WIDE = 60  # signs of a line behind which what is said of it does not stand in one column


def tell_tags(
    source: Source = Path(),
    as_: As = Format.TEXT,
) -> None:
    """List the tags that may be one, with what merges them, and the articles without a tag, with those that they could have."""
    from ssg import reading, settings, site_toml
    from ssg.archive import Edition, Moment
    from ssg.build import CACHE
    from ssg.cache import Cache
    from ssg.problems import Levels, Problems
    from ssg.reading.bodies import Stock
    from ssg.tagging import BodyTexts, alike, tags_of, untagged
    from ssg.workers import cores

    with door(source):
        site = site_toml.load(source)
        cache = Cache(source / CACHE)
        found = reading.read(reading.look(source, site, cache), site, cache, cores(), lambda phase, done, of: None)
        moment = Moment(dt.datetime.now(dt.UTC), future=True)  # what is scheduled can be tagged in time
        articles = [article for article in moment.published(found.articles) if not article.withdrawn]
        editions = [
            Edition(
                language,
                [article for article in articles if article.language == language],
                [note for note in found.notes if note.language == language],
                moment,
            )
            for language in settings.languages_of(site.settings)
        ]
        tags = tags_of(editions)
        texts = BodyTexts(Stock(source, cache.folder, site.settings, found))
        groups = alike(tags, texts)
        without = untagged(articles, tags, texts, cores())
        if as_ is Format.JSON:
            terminal.show_json({"alike": _groups(groups), "untagged": _articles(without)})
        elif terminal.out().is_terminal:
            _show_groups(groups)
            _show_articles(without)
        else:
            for group in groups:
                for tag, why in group.others:
                    typer.echo("\t".join(("alike", line(tag, group.stays), str(tag.count), str(group.stays.count), why)))
            for one in without:
                typer.echo("\t".join(("untagged", one.article.path, one.article.title, ", ".join(one.could_have))))
        problems = Problems(Levels(site.settings.problems))
        problems.extend(found.problems)
        if problems.errors:
            terminal.show_problems(terminal.err(), problems.errors, verbose=False)
            raise typer.Exit(1)


def line(tag: Tag, stays: Tag) -> str:
    """The line of `[merged_tags]` that merges a tag into the one that stays."""
    return " = ".join(json.dumps(one.name, ensure_ascii=False) for one in (tag, stays))


def _groups(groups: Sequence[Alike]) -> list[dict[str, Any]]:
    return [
        {
            "name": group.stays.name,
            "count": group.stays.count,
            "others": [
                {"name": tag.name, "count": tag.count, "why": why, "line": line(tag, group.stays)} for tag, why in group.others
            ],
        }
        for group in groups
    ]


def _articles(without: Sequence[Untagged]) -> list[dict[str, Any]]:
    return [
        {
            "path": one.article.path,
            "title": one.article.title,
            "date": one.article.date.isoformat(),
            "could_have": list(one.could_have),
        }
        for one in without
    ]


def _show_groups(groups: Sequence[Alike]) -> None:
    console = terminal.out()
    if not groups:
        console.print("No two tags look like one.")
        return
    many = terminal.count(len(groups), "tag")
    console.print(f"[bold]{many} may have other names[/]. What is right goes into \\[merged_tags] of site.toml:\n")
    lines = [(line(tag, group.stays), tag, group.stays, why) for group in groups for tag, why in group.others]
    width = min(_WIDE, max(len(text) for text, *_ in lines))
    for text, tag, stays, why in lines:
        beside = f"# {tag.count:,} and {terminal.count(stays.count, 'article')}: {why}"
        console.print(f"{escape(text.ljust(width))}  [dim]{beside}[/]")


def _show_articles(without: Sequence[Untagged]) -> None:
    from rich.table import Table

    console = terminal.out()
    if not without:
        console.print("\nEvery article has a tag.")
        return
    named = sum(bool(one.could_have) for one in without)
    of_these = f"{named:,} of them {'names' if named == 1 else 'name'}" if named else "none of them names"
    console.print(f"\n[bold]{terminal.count(len(without), 'article')} without a tag[/]; {of_these} tags that there are:\n")
    table = Table(box=None, header_style="bold")
    for name in ("file", "title", "could have"):
        table.add_column(name, overflow="fold")
    for one in without:
        table.add_row(escape(one.article.path), escape(one.article.title), escape(", ".join(one.could_have)))
    console.print(table, soft_wrap=False)
