"""The house in one function: reading, archive, pages, rendering, publishing."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Set
from contextlib import contextmanager, suppress
from datetime import datetime
from importlib.metadata import version
from pathlib import Path

import msgspec

from ssg import changes, data, increment, ledger, memory, pages, quiet, reading, theme
from ssg.addresses import collisions, too_long
from ssg.archive import Archive, Moment, Sources, faults
from ssg.cache import Cache
from ssg.darkroom import Darkroom
from ssg.digests import of_value
from ssg.handover import Handover
from ssg.increment import Made
from ssg.model import Page, Place, Problem
from ssg.pages.reach import dead_ends
from ssg.pages.rules import answered
from ssg.problems import BuildStopped, Levels, Problems, stop
from ssg.publishing import Publication
from ssg.reading import Reading
from ssg.reading.bodies import Stock
from ssg.related import Teller
from ssg.rendering.templates import Templates
from ssg.settings import Site, languages_of
from ssg.standing import Standing, Told
from ssg.theme import Theme
from ssg.workers import cores, uncollected

CACHE = ".ssg-cache"

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
    levels = Levels(site.settings.problems, options.strict, options.keep_going)
    while True:
        report = Report(problems=Problems(levels), output=options.output)
        try:
            if _build(site, options, progress, report):
                return report
        except BuildStopped as stopped:
            report.problems.extend(stopped.problems)
            return report


def _build(site: Site, options: Options, progress: Progress, report: Report) -> bool:
    """One build; False if what the last one handed on has proved wrong, so that it has to begin again without it."""
    root = Path(site.root)
    cache = Cache(options.cache or root / CACHE)
    handover = Handover(site, cache, options.output, fresh=options.clean)
    darkroom = Darkroom(root, cache.folder)
    workers = options.workers or cores()
    flags = (options.drafts, options.future, options.strict, options.keep_going)
    with _timed(report, "reading"):
        look = theme.load(root, site.settings.theme, languages_of(site.settings))
        here = reading.look(root, site, cache, fresh=options.clean)
        if handover.stands(look, here, flags, options.now):
            return _tell_as_before(site, options, handover, report)
        report.problems.extend(look.problems)
        if options.clean:
            darkroom.clear()
        found = reading.read(here, site, cache, workers, progress, fresh=options.clean, darkroom=darkroom)
        report.slow_sources = list(found.slowest)
    with _timed(report, "archive"):
        report.sources = handover.changed(here)
        edit = handover.edit(here, found, report.sources, options.now)
        cache.release()
        plan: list[Page] = []
        if edit:
            archive = _as_before(edit.last, site, found, look, options, report)
        else:
            archive, plan = settle(site, found, look, options, report)
        templates = Templates(look, root, compiled(cache), site.settings.timezone, archive.languages)
        report.problems.extend(templates.check())
    if _stops(report):
        return True
    with Publication.begin(root, options.output, options.clean, report.notices.append) as publication:
        if edit and not handover.agrees(publication):
            return False
        with _timed(report, "related"):
            stock = Stock(root, cache.folder, site.settings, found)
            handover.rank(archive, edit, Teller(stock, site.settings.related, workers))
        with _timed(report, "rendering"):
            if edit:
                plan = quiet.looking_into(edit, archive, handover.traces, templates, stock)
            made = increment.make(
                *(plan, handover.traces, archive, templates, stock, publication.staging, handover.shelf, handover.sums),
                *(workers, progress),
                others_stand=edit is not None,
            )
            report.rendered, report.slow_pages, report.made_by = made.rendered, made.slowest, made.made_by
            report.problems.extend(made.problems)
            report.problems.extend(_amiss(site, publication, archive, plan, made, report))
        if _stops(report):
            return True
        with _timed(report, "publishing"):
            progress("publishing", 0, len(made.staged))
            before = publication.previous.notes
            preview = options.drafts or options.future  # what only a preview shows was never published
            notes = before if preview or edit else memory.notes_of(archive, plan, before)
            report.moved = memory.moved(before, notes)
            outcome = publication.commit(made.staged, notes, others_stand=made.others_stand)
            progress("publishing", len(made.staged), len(made.staged))
    report.published = True
    report.files, report.written, report.removed = outcome.files, outcome.written, outcome.removed
    with suppress(OSError, BuildStopped):  # the site stands; the next build does more
        handover.keep(here, found, templates, made, _told(report), options.now)
    handover.tell(_changes(root, options, report))
    return True


def _amiss(
    site: Site, publication: Publication, archive: Archive, plan: list[Page], made: Made, report: Report
) -> Iterator[Problem]:
    """What is wrong with publishing these pages instead of those that stand."""
    stood = publication.previous
    touched = {file.path for file in made.staged if file.changed}
    if not made.others_stand:
        yield from memory.vanished_feeds(stood.notes, archive, plan)
        touched |= stood.entries.keys() - {file.path for file in made.staged}
    yield from publication.foreign(made.staged)
    yield from changes.too_many(site.settings.change_budget, report.sources, touched, stood.entries)


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


def _tell_as_before(site: Site, options: Options, handover: Handover, report: Report) -> bool:
    """What stands is what would be published: what was told of it is told again."""
    assert handover.last is not None
    _tell_again(handover.last.told, report)
    report.sources, report.published = changes.Sources(), True
    handover.tell(_changes(Path(site.root), options, report))
    return True


def _told(report: Report) -> Told:
    return Told(
        articles=report.articles,
        pages=report.pages,
        files=report.files,
        skipped=report.skipped,
        left_out=report.left_out,
        kept_back=report.kept_back,
        problems=list(report.problems),
    )


def _tell_again(told: Told, report: Report) -> None:
    report.problems.extend(told.problems)
    report.articles, report.pages, report.files = told.articles, told.pages, told.files
    report.skipped, report.left_out, report.kept_back = told.skipped, told.left_out, told.kept_back


def _as_before(last: Standing, site: Site, found: Reading, look: Theme, options: Options, report: Report) -> Archive:
    """The archive after a quiet edit, of which there is nothing to tell but what was told of it before."""
    _tell_again(last.told, report)
    popular, _ = data.read_popular(Path(site.root))
    return Archive(site.settings, _sources(found, popular, look), Moment(options.now, options.drafts, options.future))


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
        report.problems.extend(collisions(pages.claims(archive, plan)))
        report.problems.extend(too_long(plan))
        report.kept_back = moment.kept_back((*sources.articles, *sources.pages))
        report.articles, report.pages = len(archive.articles), sum(page.kind != "file" for page in plan)
        newly_bad = {problem.place.path for problem in report.problems.errors} - bad
        bad |= newly_bad
        if not (options.keep_going and newly_bad & {document.path for document in found.documents}):
            break
    report.problems.extend(dead_ends(archive, plan))
    known = ledger.read(Path(site.root))
    if known and bad:  # what is left out is missing, not lost
        whole = Archive(site.settings, _sources(found, popular, look), moment)
        # Nobody knows where one stood that cannot be read at all.
        missing = known.keys() if whole.sources.left_out else answered(pages.plan(whole))
        known = {address: line for address, line in known.items() if address not in missing}
    report.problems.extend(ledger.lost(known, archive, plan))
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
