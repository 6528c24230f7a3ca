"""`ssg related`: to which articles one leads on, and why."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.markup import escape
from rich.padding import Padding

from ssg.cli import terminal
from ssg.cli.door import As, Drafts, Format, Future, Now, Source, door, moment_of
from ssg.cli.terminal import count

if TYPE_CHECKING:
    from rich.console import Console

    from ssg.addresses import Addresses
    from ssg.archive import Archive
    from ssg.model import Article
    from ssg.related import Explanation
    from ssg.related.explain import Part
    from ssg.relations import Relation, Relations

EXAMPLES = "Examples:  [bold]ssg related putin-biden[/]  ·  ssg related content/2021/12/putin-biden.md"

_MOST = 12  # parts that are named
_INDENT = 7  # behind a score
_WORDS = ("word", "words")


def tell_related(
    article: Annotated[str, typer.Argument(help="An article: its file, address, slug or id.", metavar="ARTICLE")],
    source: Source = Path(),
    as_: As = Format.TEXT,
    drafts: Drafts = False,
    future: Future = False,
    now: Now = None,
) -> None:
    """Say to which articles one leads on, and why: the words, tags, links and days that they share."""
    from ssg import site_toml
    from ssg.addresses import Addresses
    from ssg.build import Options
    from ssg.present import present
    from ssg.relations import relations

    with door(source):
        site = site_toml.load(source)
        options = Options(output=source / "output", now=moment_of(now, site), drafts=drafts, future=future)
        found = relations(present(site, options), article)
        addresses = Addresses(site.settings)
        if as_ is Format.JSON:
            terminal.show_json(as_data(found, addresses))
        else:
            show_relations(terminal.out(), found, addresses)


def show_relations(console: Console, found: Relations, addresses: Addresses) -> None:
    """Each article that one leads on to, with its score and what makes it."""
    console.print(f"[bold]{escape(found.article.title)}[/]  {escape(found.article.path)}")
    if not (found.related or found.read_also):
        console.print("\nNothing is related to it closely enough.")
    for title, some in (("Related", found.related), ("Read also, in the text", found.read_also)):
        if some:
            console.print(f"\n{title}")
        for relation in some:
            for line in _lines(relation, addresses):
                console.print(line)
            if relation.why:
                parts = escape(", ".join(_told(relation.why.parts)))
                if console.is_terminal:
                    console.print(Padding(parts, (0, 0, 0, _INDENT)), soft_wrap=False, style="dim")
                else:
                    console.print(f"{' ' * _INDENT}{parts}")


def _lines(relation: Relation, addresses: Addresses) -> Iterator[str]:
    article, why = relation.article, relation.why
    score = f"{100 * why.score:5.1f}" if why else "     "
    named = "  [dim]named by hand[/]" if relation.by_hand else ""
    yield f"{score}  [bold]{escape(article.title)}[/]{named}"
    yield f"       [dim]{article.date:%Y-%m-%d}{f', {_apart(why.days)}' if why else ''}[/]  {escape(addresses.of(article))}"
    if why:
        yield f"       {100 * why.alike:.1f}% alike, times {why.near:.2f} for the nearness in time, for they share"


def _apart(days: int) -> str:
    if not days:
        return "the same day"
    return f"{count(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def _told(parts: tuple[Part, ...]) -> Iterator[str]:
    for part in parts[:_MOST]:
        kind, name = part.feature.kind, part.feature.name
        shown = f'"{name}"' if kind in _WORDS else f"{kind} {name}"
        yield f"{shown} {100 * part.part:.0f}%"
    if rest := parts[_MOST:]:
        yield f"{len(rest):,} more {100 * sum(part.part for part in rest):.0f}%"


def as_data(found: Relations, addresses: Addresses) -> dict[str, object]:
    """The same for programs: what JSON can hold."""

    def of(relation: Relation) -> dict[str, object]:
        article = relation.article
        told = {"id": article.id, "path": article.path, "address": addresses.of(article), "title": article.title}
        return told | {"date": article.date, "by_hand": relation.by_hand} | _scored(relation.why)

    own = found.article
    related, read_also = [of(one) for one in found.related], [of(one) for one in found.read_also]
    return {"id": own.id, "path": own.path, "title": own.title, "related": related, "read_also": read_also}


def listed(article: Article, state: str, archive: Archive) -> dict[str, object]:
    """What `ssg list` says of an article to programs; what it leads on to by their ids."""
    published = article.path in archive.article and not article.withdrawn
    return {
        "id": article.id,
        "path": article.path,
        "address": archive.addresses.of(article),
        "title": article.title,
        "date": article.date,
        "state": state,
        "language": article.language,
        "section": article.section,
        "tags": article.tags,
        "regions": article.regions,
        "editors": article.editors,
        "authors": article.authors,
        "story": article.story,
        "words": article.words,
        "related": [other.id for other in archive.related(article)] if published else [],
        "read_also": [other.id for other in archive.read_also(article)] if published else [],
    }


def _scored(why: Explanation | None) -> dict[str, object]:
    if why is None:
        return {"score": 0, "alike": 0, "near": 1, "days": 0, "shared": []}
    shared = [{"kind": one.feature.kind, "name": one.feature.name, "part": round(one.part, 4)} for one in why.parts]
    numbers = {"score": round(why.score, 6), "alike": round(why.alike, 6), "near": round(why.near, 4), "days": why.days}
    return numbers | {"shared": shared}
