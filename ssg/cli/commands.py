"""The commands. Every one first finishes a publication that was interrupted.

Each imports for itself what it works with: who asks for help, or for the next word of a command, does not wait for a parser
of Markdown.
"""

from __future__ import annotations

import datetime as dt
import os
import re
import sys
from collections.abc import Callable
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.markup import escape

from ssg import __version__
from ssg.cli import terminal
from ssg.cli.door import As, Drafts, Format, Future, Now, Source, door, moment_of
from ssg.hosts import Builder

if TYPE_CHECKING:
    from ssg.archive import Moment
    from ssg.model import Article

app = typer.Typer(
    name="ssg",
    help="A static site generator for news archives.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class State(StrEnum):
    """What became of an article by now."""

    PUBLISHED = "published"
    DRAFT = "draft"
    FUTURE = "future"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


def main() -> NoReturn:
    """Run the command line, and end the process."""
    code: object = None
    try:
        app()
    except SystemExit as ended:
        code = ended.code
    if code is not None and not isinstance(code, int):
        sys.exit(str(code))
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code or 0)  # to take a large archive apart, object by object, takes longer than many a build


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"ssg {__version__} (newsarchive)")
        raise typer.Exit


@app.callback()
def _common(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")] = False,
) -> None:
    """A static site generator for news archives."""


@app.command(
    "build",
    epilog="Examples:  [bold]ssg build[/]  ·  ssg build --drafts --output /tmp/preview  ·  ssg build --now 2021-12-30",
)
def build_site(
    source: Source = Path(),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where the site goes.", metavar="DIR", show_default="output")
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", "-b", help="Where the site lives, instead of site.toml's base_url.", metavar="URL"),
    ] = None,
    drafts: Drafts = False,
    future: Future = False,
    now: Now = None,
    workers: Annotated[
        int, typer.Option("--workers", "-w", min=0, help="How many processes work.", show_default="one for each core")
    ] = 0,
    clean: Annotated[bool, typer.Option("--clean", help="Forget the cache, and read all that stands there.")] = False,
    strict: Annotated[bool, typer.Option("--strict", help="Warnings are errors.")] = False,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Leave bad articles out, and publish the rest.")] = False,
    noindex: Annotated[bool, typer.Option("--noindex", help="Ask search engines to stay away, as in a preview.")] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Show every warning.")] = False,
    verify: Annotated[
        bool,
        typer.Option(
            "--verify",
            help="Build from scratch beside it, and name every file that differs. A copy is checked by [bold]ssg verify[/].",
        ),
    ] = False,
    profile: Annotated[bool, typer.Option("--profile", help="Show what took how long.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Build again whenever a source file changes, until stopped.")] = False,
) -> None:
    """Build the site. Errors publish nothing, and leave what was published before as it was."""
    from ssg import site_toml
    from ssg.build import Options, build

    output = output or source / "output"

    def once() -> bool:
        site = site_toml.load(source, base_url, noindex=noindex)
        options = Options(
            output=output,
            now=moment_of(now, site),
            drafts=drafts,
            future=future,
            workers=workers,
            clean=clean,
            strict=strict,
            keep_going=keep_going,
        )
        console = terminal.err()
        with terminal.progress(console) as tell:
            report = build(site, options, tell)
        terminal.show_problems(console, list(report.problems), verbose=verbose)
        terminal.show_report(console, report)
        if profile:
            terminal.show_profile(console, report)
        terminal.show_sum(console, report)
        if report.published and console.is_terminal and not watch:
            where = "" if source == Path() else f" --source {source}"
            console.print(f"To look at it: [bold]ssg serve{escape(where)} --open[/]")
        if verify and report.published:
            from ssg import verifying

            with terminal.progress(console) as tell:
                verified = verifying.verify(site, options, tell)
            terminal.show_verified(console, verified)
            return verified.scratch.published and not verified.differing
        return report.published

    if not watch:
        published = _once_or_told(source, once)
    else:
        from ssg.watching import changes

        published = False
        for _ in changes(source):
            published = _once_or_told(source, once)
    if not published:
        raise typer.Exit(1)


def _once_or_told(source: Path, build_once: Callable[[], bool]) -> bool:
    """One build behind the door; a stop has been told, and is no more than a build that did not publish."""
    try:
        with door(source):
            return build_once()
    except typer.Exit as stopped:
        if stopped.exit_code != 1:
            raise
        return False


@app.command("serve", epilog="Examples:  [bold]ssg serve --open[/]  ·  ssg serve --port 9000")
def serve_site(
    source: Source = Path(),
    port: Annotated[int, typer.Option("--port", "-p", min=0, max=65535, help="Its port, or the next free one; 0: any.")] = 8000,
    host: Annotated[str, typer.Option(help="Its address; 0.0.0.0 lets others in your network see drafts.")] = "127.0.0.1",
    show: Annotated[bool, typer.Option("--open", help="Open it in the browser.")] = False,
) -> None:
    """Show the site while you write, drafts and future articles too; the open page follows each change."""
    from ssg.cli.serving import Told
    from ssg.serve.server import serve

    console = terminal.err()
    told = Told(console)
    try:
        with door(source), suppress(KeyboardInterrupt):
            serve(source, told, host=host, port=port, show=show)
    finally:
        told.close()
    console.print("Stopped.")


@app.command("init", epilog="Example:  [bold]ssg init kabar --title 'Kabar Kita' --base-url https://kabar.example/[/]")
def init_site(
    folder: Annotated[Path, typer.Argument(help="The folder of the new site.", metavar="DIR")],
    title: Annotated[str | None, typer.Option(help="The site's title.", show_default="from the folder's name")] = None,
    base_url: Annotated[str | None, typer.Option("--base-url", "-b", help="Where the site will live.", metavar="URL")] = None,
    language: Annotated[str, typer.Option(help="The site's language.")] = "id",
    host: Annotated[Builder, typer.Option(help="The host that will build it, for its headers.")] = Builder.NETLIFY,
) -> None:
    """Begin a new site, which builds at once."""
    from ssg.scaffold.init import init as begin_site

    console = terminal.out()
    with door(folder):
        made = begin_site(folder, title=title, base_url=base_url, language=language, host=host, today=dt.date.today())
        for file in made:
            console.print(escape(str(file)))
        console.print(f"\nLook at it while you write:  [bold]ssg serve --source {escape(str(folder))} --open[/]")
        console.print(f"Build it:  [bold]ssg build --source {escape(str(folder))}[/]")


@app.command("new", epilog="Example:  [bold]ssg new 'Gempa Guncang Cianjur' --section Nasional --tag Gempa --tag Cianjur[/]")
def new_article(
    title: Annotated[str, typer.Argument(help="The headline.", metavar="JUDUL")],
    source: Source = Path(),
    section: Annotated[str, typer.Option(help="Its section.")] = "",
    editor: Annotated[list[str] | None, typer.Option(help="Its editor; may be given several times.")] = None,
    tag: Annotated[list[str] | None, typer.Option(help="A tag; may be given several times.")] = None,
    now: Annotated[str | None, typer.Option(help="Its date, instead of this moment.", metavar="DATE")] = None,
) -> None:
    """Begin a new article, with a date and a permanent id."""
    from ssg import site_toml
    from ssg.scaffold.new import new as begin_article

    with door(source):
        site = site_toml.load(source)
        file = begin_article(
            source, site, title, now=moment_of(now, site), section=section, editors=tuple(editor or ()), tags=tuple(tag or ())
        )
        terminal.out().print(escape(str(file)))


@app.command("id", epilog="Example:  [bold]ssg id[/], and commit what it changed")
def write_ids(source: Source = Path()) -> None:
    """Write a permanent id into each article that has none: the one that it has in effect, so no feed entry changes."""
    from ssg import site_toml
    from ssg.scaffold.ids import add_ids

    with door(source):
        console = terminal.out()
        added = add_ids(source, site_toml.load(source))
        for path, id in added:
            console.print(f"{escape(path)}: {escape(id)}")
        console.print(f"{len(added)} written" if added else "Every article has its id.")


@app.command("why", epilog="Examples:  [bold]ssg why /tag/nato/[/]  ·  ssg why content/2021/12/putin-biden.md")
def explain_page(
    address: Annotated[str, typer.Argument(help="A page's address, or a source file.", metavar="ADDRESS")],
    source: Source = Path(),
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Where the site stands.", metavar="DIR", show_default="output")
    ] = None,
    base_url: Annotated[str | None, typer.Option("--base-url", "-b", help="As for [bold]ssg build[/].", metavar="URL")] = None,
    drafts: Drafts = False,
    future: Future = False,
    now: Now = None,
) -> None:
    """Say what a page is made of, why the last build rendered it or kept it, and what the next one will do."""
    from ssg import site_toml
    from ssg.build import Options
    from ssg.why import why

    with door(source):
        site = site_toml.load(source, base_url)
        options = Options(output=output or source / "output", now=moment_of(now, site), drafts=drafts, future=future)
        terminal.show_why(terminal.out(), why(site, options, address))


@app.command("list", epilog="Examples:  [bold]ssg list[/]  ·  ssg list --tag nato --state draft")
def list_articles(
    source: Source = Path(),
    as_: As = Format.TEXT,
    tag: Annotated[str | None, typer.Option(help="Only articles with this tag.")] = None,
    section: Annotated[str | None, typer.Option(help="Only articles of this section.")] = None,
    state: Annotated[State | None, typer.Option(help="Only articles in this state.")] = None,
    now: Now = None,
) -> None:
    """List the articles: date, state, address, title; the newest last. As JSON with what each leads on to."""
    from rich.table import Table

    from ssg import merged_tags, reading, site_toml
    from ssg.addresses import Addresses
    from ssg.archive import Moment, order
    from ssg.build import CACHE, Options
    from ssg.cache import Cache
    from ssg.cli.relating import listed
    from ssg.present import present
    from ssg.problems import Levels, Problems
    from ssg.slugs import slug_of
    from ssg.workers import cores

    with door(source):
        site = site_toml.load(source)
        moment = Moment(moment_of(now, site))
        problems = Problems(Levels(site.settings.problems))
        archive = None
        if as_ is Format.JSON:  # it takes the whole archive to say what is related
            here = present(site, Options(output=source / "output", now=moment.now))
            archive, articles = here.archive, here.archive.sources.articles
            problems.extend(here.problems)
        else:
            cache = Cache(source / CACHE)
            found = reading.read(reading.look(source, site, cache), site, cache, cores(), lambda phase, done, of: None)
            articles = found.articles
            problems.extend(found.problems)
        addresses = Addresses(site.settings)
        if tag is not None:
            tag = merged_tags.names_now(site.settings.merged_tags).get(slug_of(tag), tag)
        rows = [
            (article, _state(article, moment))
            for article in sorted(articles, key=order)
            if (tag is None or _same(tag, article.tags)) and (section is None or _same(section, (article.section,)))
        ]
        rows = [(article, at) for article, at in rows if state is None or at is state]
        console = terminal.out()
        if archive:
            terminal.show_json([listed(article, at, archive) for article, at in rows])
        elif console.is_terminal:
            table = Table(box=None, header_style="bold")
            for name in ("date", "state", "address", "title"):
                table.add_column(name, overflow="fold")
            for article, at in rows:
                table.add_row(f"{article.date:%Y-%m-%d %H:%M}", at, escape(addresses.of(article)), escape(article.title))
            console.print(table, soft_wrap=False)
        else:
            for article, at in rows:
                typer.echo("\t".join((article.date.isoformat(), at, addresses.of(article), article.title)))
        if problems.errors:
            terminal.show_problems(terminal.err(), problems.errors, verbose=False)
            raise typer.Exit(1)


def _same(wanted: str, names: tuple[str, ...]) -> bool:
    from ssg.slugs import slug_of

    return any(slug_of(wanted) == slug_of(name) for name in names)


def _state(article: Article, moment: Moment) -> State:
    if article.withdrawn:
        return State.WITHDRAWN
    if article.draft:
        return State.DRAFT
    if article.date > moment.now:
        return State.FUTURE
    return State.EXPIRED if moment.expired(article) else State.PUBLISHED


@app.command(
    "explain", epilog="Examples:  [bold]ssg explain date.bad[/]  ·  ssg explain blocks.latest  ·  ssg explain settings"
)
def explain(
    what: Annotated[
        str | None,
        typer.Argument(
            help="A problem's code, a setting, or [bold]settings[/]: all of them; [bold]templates[/]: what they may ask.",
            show_default="all codes",
        ),
    ] = None,
) -> None:
    """Explain a problem: what it is, why it matters, how to mend it. Or a setting: what it says, and what it may be."""
    from ssg import settings, table_docs, theme_docs
    from ssg.catalogue import CATALOGUE
    from ssg.problems import nearest

    console = terminal.out()
    if what is None:
        for entry in CATALOGUE.values():
            console.print(f"{entry.code:20} {entry.level:8} {escape(entry.title)}")
        return
    if what in ("settings", "templates"):
        typer.echo(settings.reference() if what == "settings" else theme_docs.reference(), nl=False)
        return
    name = re.sub(r"[\[\]\s]", "", what)
    known = table_docs.keys(settings.Settings)
    if name in known:
        one = known[name]
        console.print(f"[bold]{name}[/] ({escape(one.kind)}; if it is not given: {escape(one.default)})\n\n{escape(one.says)}")
        return
    found = CATALOGUE.get(name)
    if found is None:
        near = nearest(what, [*CATALOGUE, *known])
        terminal.err().print(
            f"There is no problem and no setting {escape(repr(what))}."
            + (f" Did you mean {near!r}?" if near else " `ssg explain` and `ssg explain settings` list them.")
        )
        raise typer.Exit(1)
    level = f"{found.level}, always" if found.fixed else f"{found.level}, unless \\[problems] in site.toml says otherwise"
    console.print(
        f"[bold]{found.code}[/] ({level})\n\n{escape(found.title)}.\n{escape(found.why)}\n\n[bold]Mend[/]: {escape(found.cure)}"
    )
