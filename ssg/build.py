"""The house in one function: reading, archive, pages, rendering, publishing."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Set
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import cache as once
from functools import partial
from importlib.metadata import version
from pathlib import Path

import msgspec

from ssg import changes, data, increment, memory, pages, quiet, reading, rendering, standing, theme
from ssg.addresses import collisions, too_long
from ssg.archive import Archive, Moment, Sources, faults
from ssg.cache import Cache, Source
from ssg.digests import of_value
from ssg.model import Page, Place
from ssg.pages.reach import dead_ends
from ssg.problems import BuildStopped, Levels, Problems, stop
from ssg.publishing import Publication, fingerprint, stands
from ssg.reading import Reading
from ssg.reading.bodies import Stock
from ssg.reading.survey import Survey
from ssg.rendering.templates import Templates
from ssg.settings import Site, languages_of
from ssg.shelf import Shelf
from ssg.standing import Standing
from ssg.theme import Theme
from ssg.workers import beside, cores, uncollected

CACHE = ".ssg-cache"
_MANY = 20_000  # files: of fewer it is found out at once whether they stand

Progress = Callable[[str, int, int], None]  # the phase, how much of it is done, how much there is


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a build is asked to do. `workers` 0: as many as there are cores. `cache`: its folder, if not the site's own."""

    output: Path
    now: datetime
    drafts: bool = False
    future: bool = False
    workers: int = 0
    clean: bool = False
    strict: bool = False
    keep_going: bool = False
    cache: Path | None = None


class Report(msgspec.Struct, kw_only=True):
    """What a build found and did. Nothing was published if `problems` has errors that nothing was left out for."""

    problems: Problems
    output: Path
    articles: int = 0
    pages: int = 0
    files: int = 0
    sources: changes.Sources | None = None  # which changed since the last build, where nothing else did
    rendered: list[str] = []  # the addresses of the pages that were rendered, the others stood as they should
    written: list[str] = []
    removed: list[str] = []
    left_out: list[str] = []
    kept_back: tuple[int, int] = (0, 0)  # scheduled for later, drafts
    moved: list[str] = []  # numbered list pages that ought to hold for ever and show other articles now
    skipped: list[str] = []  # files of other generators that are no articles
    notices: list[str] = []
    phases: dict[str, float] = {}  # seconds
    slow_sources: list[tuple[str, float]] = []  # the source files that took longest to read, with the seconds
    slow_pages: list[tuple[str, float]] = []  # the pages that took longest to render
    made_by: dict[str, tuple[int, float]] = {}  # for each template or kind of page: how many pages, and how many seconds
    published: bool = False


@uncollected()
def build(site: Site, options: Options, progress: Progress = lambda phase, done, of: None) -> Report:
    """The site, as files in `options.output`. Problems are in the report; nothing is raised for them."""
    root = Path(site.root)
    report = Report(
        problems=Problems(Levels(site.settings.problems, options.strict, options.keep_going)), output=options.output
    )
    cache = Cache(options.cache or root / CACHE)
    name = increment.name_of(root, options.output)
    left = cache.folder / f"standing-{name}"
    last = None if options.clean else standing.load(left)
    untouched = _untouched(options.output, last)
    try:
        with _timed(report, "reading"):
            look = theme.load(root, site.settings.theme, languages_of(site.settings))
            here = reading.look(root, site, cache, fresh=options.clean)
            frame = _frame(root, site, look, here, options)
            if last and last.holds(_inputs(frame, here), options.now) and untouched():
                _tell_again(last, report)
                report.sources, report.published = changes.Sources(), True
                with suppress(OSError):
                    changes.tell(cache.folder, _changes(root, options, report))
                return report
            report.problems.extend(look.problems)
            found = reading.read(here, site, cache, options.workers or cores(), progress, fresh=options.clean)
            report.slow_sources = list(found.slowest)
        with _timed(report, "archive"):
            texts_before = changes.left(cache.folder / f"texts-{name}", frame) if frame else None
            report.sources = None if texts_before is None else changes.between(texts_before, here.texts)
            traces = increment.traces_of(cache.folder, name, site.settings, fresh=options.clean)
            edit = None
            if last and texts_before is not None and last.holds(_all_inputs(frame, here, texts_before.items()), options.now):
                edit = quiet.edit(last, texts_before, changes.between(texts_before, here.texts), found, cache)
            cache.release()
            if edit and not (len(traces) == edit.last.files and untouched()):
                edit = None
            plan: list[Page] = []
            if edit:
                archive = _as_before(edit.last, site, found, look, options, report)
            else:
                archive, plan = settle(site, found, look, options, report)
            templates = Templates(look, root, compiled(cache), site.settings.timezone, archive.languages)
            report.problems.extend(templates.check())
        if _stops(report):
            return report
        with Publication.begin(root, options.output, options.clean, report.notices.append) as publication:
            if edit and not (
                fingerprint(options.output) == edit.last.manifest and increment.all_traced(traces, publication.previous)
            ):  # another process has published meanwhile, or the cache is damaged: nothing is taken as it was
                publication.abandon()
                left.unlink(missing_ok=True)
                return build(site, options, progress)
            with _timed(report, "rendering"):
                ranked_before = increment.rankings_of(cache.folder, archive, fresh=options.clean)
                ranked = archive.rank(ranked_before, edit.since(ranked_before) if edit else None)
                stock = Stock(root, cache.folder, site.settings, found)
                if edit:
                    plan = quiet.looking_into(edit, archive, traces, templates, stock)
                shelf = Shelf(cache.folder)
                if options.clean:
                    shelf.clear()
                made = increment.make(
                    plan, traces, archive, templates, stock, publication.staging, shelf, options.workers or cores(), progress
                )
                if not edit:
                    report.problems.extend(memory.vanished_feeds(publication.previous.notes, archive, plan))
                report.rendered, report.slow_pages, report.made_by = made.rendered, made.slowest, made.made_by
                report.problems.extend(made.problems)
                report.problems.extend(publication.foreign(made.staged))
                stood = publication.previous.entries
                touched = {file.path for file in made.staged if file.changed}
                if not edit:
                    touched |= stood.keys() - {file.path for file in made.staged}
                report.problems.extend(changes.too_many(site.settings.change_budget, report.sources, touched, stood))
            if _stops(report):
                return report
            with _timed(report, "publishing"):
                progress("publishing", 0, len(made.staged))
                before = publication.previous.notes
                preview = options.drafts or options.future  # what only a preview shows was never published
                notes = before if preview or edit else memory.notes_of(archive, plan, before)
                report.moved = memory.moved(before, notes)
                outcome = publication.commit(made.staged, notes, others_stand=edit is not None)
                progress("publishing", len(made.staged), len(made.staged))
        report.published = True
        report.files, report.written, report.removed = outcome.files, outcome.written, outcome.removed
        with suppress(OSError, BuildStopped):  # the site stands; the next build does more
            traces.keep(made.traces, others_stand=edit is not None)
            templates.closures.keep()
            increment.keep_rankings(cache.folder, ranked, ranked_before)
            shelf.keep(made.put, traces.digests())
            cache.drop(made.lost)
            cache.tidy(here.recipe, here.texts)
            standing.keep(left, _left(_inputs(frame, here), found, ranked, options, report))
            changes.leave(cache.folder / f"texts-{name}", frame, here.texts)
            changes.tell(cache.folder, _changes(root, options, report))
    except BuildStopped as stopped:
        report.problems.extend(stopped.problems)
    return report


def _changes(root: Path, options: Options, report: Report) -> changes.Changes:
    return changes.Changes(
        output=os.path.relpath(options.output, root),
        sources=report.sources,
        written=report.written,
        removed=report.removed,
        rendered=report.rendered,
        kept=report.files - len(report.written),
    )


# -- where nothing has changed


def _frame(root: Path, site: Site, look: Theme, here: Survey, options: Options) -> str:
    """The digest of all that the site is made of beside its texts and the moment; "" if some of it cannot be read.

    It is the same in a fresh clone, so photos and the like count with their sizes alone.
    """
    flags = (options.drafts, options.future, options.strict, options.keep_going)
    made_by = (here.recipe, rendering.recipe(site.settings, reading.code()))
    try:
        return standing.inputs_of(
            (made_by, site.settings, flags, here.sizes, here.found.skipped, here.problems),
            (folder for _, folder in look.folders),
            (root / data.POPULAR,),
        )
    except OSError:
        return ""


def _untouched(output: Path, last: Standing | None) -> Callable[[], bool | None]:
    """What says whether the output stands as the last build left it. Of a large one it is found out beside other work."""
    if last is None:
        return lambda: False
    look = partial(stands, output, last.manifest)
    return once(beside(look) if last.files > _MANY else look)


def _inputs(frame: str, here: Survey) -> str:
    """The digest of all that the site is made of beside the moment; "" if some of it would not be known again."""
    return _all_inputs(frame, here, here.texts) if frame and here.known else ""


def _all_inputs(frame: str, here: Survey, texts: Collection[Source]) -> str:
    return of_value((frame, here.stamps, tuple(texts)))


def _tell_again(last: Standing, report: Report) -> None:
    report.problems.extend(last.problems)
    report.articles, report.pages, report.files = last.articles, last.pages, last.files
    report.skipped, report.left_out, report.kept_back = last.skipped, last.left_out, last.kept_back


def _as_before(last: Standing, site: Site, found: Reading, look: Theme, options: Options, report: Report) -> Archive:
    """The archive after a quiet edit, of which there is nothing to tell but what was told of it before."""
    _tell_again(last, report)
    popular, _ = data.read_popular(Path(site.root))
    return Archive(site.settings, _sources(found, popular, look), Moment(options.now, options.drafts, options.future))


def _left(inputs: str, found: Reading, ranked: Mapping[str, bytes], options: Options, report: Report) -> Standing | None:
    """What this build leaves for the next one; None if that one would have to look at everything again."""
    if not inputs:
        return None
    since, until = standing.window(found.articles, options.now)
    return Standing(
        inputs=inputs,
        manifest=fingerprint(options.output),
        ranking=increment.digest_of_rankings(ranked),
        since=since,
        until=until,
        articles=report.articles,
        pages=report.pages,
        files=report.files,
        skipped=report.skipped,
        left_out=report.left_out,
        kept_back=report.kept_back,
        problems=list(report.problems),
    )


def compiled(cache: Cache) -> Path:
    """The folder of the templates compiled by this Jinja, this Python and this code; those of others go."""
    made_by = of_value((version("jinja2"), sys.version, reading.code()))
    folder = cache.folder / f"templates-{made_by}"
    for other in cache.folder.glob("templates-*"):
        if other != folder:
            shutil.rmtree(other, ignore_errors=True)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise stop(Place(CACHE), "file.unwritable", f"the cache cannot be used: {error}") from None
    return folder


def settle(site: Site, found: Reading, look: Theme, options: Options, report: Report) -> tuple[Archive, list[Page]]:
    """The archive and its pages; with `keep_going` without the documents that have errors."""
    report.problems.extend(found.problems)
    report.skipped = list(found.skipped)
    popular, problems = data.read_popular(Path(site.root))
    report.problems.extend(problems)
    report.problems.extend(data.unknown_popular(popular, frozenset(article.id for article in found.articles)))
    moment = Moment(options.now, options.drafts, options.future)
    bad: set[str] = {problem.place.path for problem in report.problems.errors} if options.keep_going else set()
    while True:
        sources = _sources(found, popular, look, bad)
        archive = Archive(site.settings, sources, moment)
        plan = list(pages.plan(archive))
        report.problems.extend(faults(archive))
        report.problems.extend(collisions([*pages.reserved(archive), *plan]))
        report.problems.extend(too_long(plan))
        report.kept_back = moment.kept_back((*sources.articles, *sources.pages))
        report.articles, report.pages = len(archive.articles), sum(page.kind != "file" for page in plan)
        newly_bad = {problem.place.path for problem in report.problems.errors} - bad
        bad |= newly_bad
        if not (options.keep_going and newly_bad & {document.path for document in found.documents}):
            break
    report.problems.extend(dead_ends(archive, plan))
    report.left_out = sorted(bad & set(found.paths)) if options.keep_going else []
    return archive, plan


def _sources(found: Reading, popular: tuple[str, ...], look: Theme, bad: Set[str] = frozenset()) -> Sources:
    """All that reading found, without the documents at the paths in `bad`."""
    unread = set(found.paths) - {document.path for document in found.documents}
    return Sources(
        articles=tuple(a for a in found.articles if a.path not in bad),
        pages=tuple(p for p in found.pages if p.path not in bad),
        notes=tuple(n for n in found.notes if n.path not in bad),
        files=found.files,
        stamps=found.stamps,
        photos=found.photos,
        popular=popular,
        left_out=tuple(sorted(unread | (bad & set(found.paths)))),
        assets=tuple(look.statics()),
    )


def _stops(report: Report) -> bool:
    """Whether the errors so far keep the site from being published: any that is not in a document that was left out."""
    left_out = set(report.left_out)
    return any(problem.place.path not in left_out for problem in report.problems.errors)


@contextmanager
def _timed(report: Report, phase: str) -> Iterator[None]:
    begun = time.perf_counter()
    try:
        yield
    finally:
        report.phases[phase] = report.phases.get(phase, 0.0) + time.perf_counter() - begun
