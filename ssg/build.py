"""The house in one function: reading, archive, pages, rendering, publishing."""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from importlib.metadata import version
from pathlib import Path

import msgspec

from ssg import data, memory, pages, reading, rendering, theme
from ssg.addresses import collisions, file_of, too_long
from ssg.archive import Archive, Moment, Sources, faults
from ssg.cache import Cache, CacheDamagedError
from ssg.digests import of_bytes, of_value
from ssg.model import Body, Page, Place, Problem
from ssg.pages.reach import dead_ends
from ssg.problems import BuildStopped, Levels, Problems, stop
from ssg.publishing import Publication, Staged, Staging
from ssg.reading import Reading
from ssg.rendering import Renderer, Trace, Traces
from ssg.rendering.templates import Templates
from ssg.settings import Site, languages_of
from ssg.theme import Theme
from ssg.workers import cores, spread

CACHE = ".ssg-cache"

Progress = Callable[[str, int, int], None]  # the phase, how much of it is done, how much there is


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a build is asked to do. `workers` 0: as many as there are cores."""

    output: Path
    now: datetime
    drafts: bool = False
    future: bool = False
    workers: int = 0
    clean: bool = False
    strict: bool = False
    keep_going: bool = False


class Report(msgspec.Struct, kw_only=True):
    """What a build found and did. Nothing was published if `problems` has errors that nothing was left out for."""

    problems: Problems
    output: Path
    articles: int = 0
    pages: int = 0
    files: int = 0
    rendered: list[str] = []  # the addresses of the pages that were rendered, the others stood as they should
    written: list[str] = []
    removed: list[str] = []
    left_out: list[str] = []
    kept_back: tuple[int, int] = (0, 0)  # scheduled for later, drafts
    moved: list[str] = []  # numbered list pages that ought to hold for ever and show other articles now
    skipped: list[str] = []  # files of other generators that are no articles
    notices: list[str] = []
    phases: dict[str, float] = {}  # seconds
    published: bool = False


def build(site: Site, options: Options, progress: Progress = lambda phase, done, of: None) -> Report:
    """The site, as files in `options.output`. Problems are in the report; nothing is raised for them."""
    root = Path(site.root)
    report = Report(
        problems=Problems(Levels(site.settings.problems, options.strict, options.keep_going)), output=options.output
    )
    cache = Cache(root / CACHE)
    try:
        with _timed(report, "reading"):
            look = theme.load(root, site.settings.theme, languages_of(site.settings))
            report.problems.extend(look.problems)
            found = reading.read(root, site, cache, options.workers or cores(), progress, fresh=options.clean)
        with _timed(report, "archive"):
            archive, plan = _settle(site, found, look, options, report)
            templates = Templates(look, root, _compiled(cache), site.settings.timezone, archive.languages)
            report.problems.extend(templates.check())
        if _stops(report):
            return report
        with Publication.begin(root, options.output, options.clean, report.notices.append) as publication:
            with _timed(report, "rendering"):
                archive.rank()
                cache.close()
                traces = _traces(root, cache, site, options)
                renderer = partial(_renderer, root, archive, templates)
                staged, traced = _render(plan, renderer, publication.staging, traces, options, report, progress)
                report.problems.extend(publication.foreign(staged))
                report.problems.extend(memory.vanished_feeds(publication.previous.notes, archive, plan))
            if _stops(report):
                return report
            with _timed(report, "publishing"):
                progress("publishing", 0, len(staged))
                before = publication.previous.notes
                preview = options.drafts or options.future  # what only a preview shows was never published
                notes = before if preview else memory.notes_of(archive, plan, before)
                report.moved = memory.moved(before, notes)
                outcome = publication.commit(staged, notes)
                progress("publishing", len(staged), len(staged))
        report.published = True
        with suppress(OSError):  # the site stands; the next build renders more
            traces.keep(traced)
            templates.closures.keep()
        report.files, report.written, report.removed = len(staged), outcome.written, outcome.removed
        with suppress(CacheDamagedError, BuildStopped):  # the site stands; the next build makes the cache anew
            cache.forget_all_but({document.body_key for document in found.documents})
    except BuildStopped as stopped:
        report.problems.extend(stopped.problems)
    except CacheDamagedError as damaged:
        mend = f"Delete the folder {CACHE}/; it only spares work."
        report.problems.add(Place(CACHE), "file.unreadable", f"the cache is damaged: {damaged}", mend)
    finally:
        cache.close()
    return report


def _compiled(cache: Cache) -> Path:
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


def _settle(site: Site, found: Reading, look: Theme, options: Options, report: Report) -> tuple[Archive, list[Page]]:
    """The archive and its pages; with `keep_going` without the documents that have errors."""
    report.problems.extend(found.problems)
    report.skipped = list(found.skipped)
    popular, problems = data.read_popular(Path(site.root))
    report.problems.extend(problems)
    report.problems.extend(data.unknown_popular(popular, frozenset(article.id for article in found.articles)))
    moment = Moment(options.now, options.drafts, options.future)
    unread = set(found.paths) - {document.path for document in found.documents}
    bad: set[str] = {problem.place.path for problem in report.problems.errors} if options.keep_going else set()
    while True:
        sources = Sources(
            articles=tuple(a for a in found.articles if a.path not in bad),
            pages=tuple(p for p in found.pages if p.path not in bad),
            notes=tuple(n for n in found.notes if n.path not in bad),
            files=found.files,
            photos=found.photos,
            popular=popular,
            left_out=tuple(sorted(unread | (bad & set(found.paths)))),
            assets=tuple(look.statics()),
        )
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


def _stops(report: Report) -> bool:
    """Whether the errors so far keep the site from being published: any that is not in a document that was left out."""
    left_out = set(report.left_out)
    return any(problem.place.path not in left_out for problem in report.problems.errors)


# -- rendering, on all cores


def _renderer(root: Path, archive: Archive, templates: Templates) -> Renderer:
    return Renderer(root, archive, templates, partial(_body, Cache(root / CACHE)))


def _body(cache: Cache, key: str) -> Body:
    try:
        if made := cache.body(key):
            return reading.body_of(made)
    except (CacheDamagedError, msgspec.DecodeError):
        cache.close()
    mend = "Another build may have changed it at the same moment: build again, with --clean if it stays."
    raise stop(Place(CACHE), "file.unreadable", "the cache lost an article while the site was being built", mend)


def _traces(root: Path, cache: Cache, site: Site, options: Options) -> Traces:
    """What is known of the pages that stand in this output; with `clean` nothing."""
    name = of_bytes(os.path.relpath(os.path.realpath(options.output), os.path.realpath(root)).encode())
    file = cache.folder / f"traces-{name}"
    if options.clean:
        file.unlink(missing_ok=True)
    return Traces(file, rendering.recipe(site.settings, reading.code()))


class _Rendered(msgspec.Struct):
    """A part of the pages, rendered."""

    staged: list[Staged]
    traced: dict[str, Trace]
    problems: list[Problem]
    missing_labels: list[tuple[str, str]]


def _render(
    plan: list[Page],
    renderer: Callable[[], Renderer],
    staging: Staging,
    traces: Traces,
    options: Options,
    report: Report,
    progress: Progress,
) -> tuple[list[Staged], dict[str, Trace]]:
    """Every page, staged, and its trace: a page that stands as it should is kept, all others are rendered."""
    staged: list[Staged] = []
    traced: dict[str, Trace] = {}
    here = renderer()
    todo: list[Page] = []
    for page in plan:
        trace = traces.get(page.address)
        kept = staging.keep(file_of(page.address), trace.digest) if trace and here.still(page, trace) else None
        if trace and kept:
            staged.append(kept)
            traced[page.address] = trace
        else:
            todo.append(page)
    progress("rendering", len(staged), len(plan))
    report.rendered = [page.address for page in todo]
    labels = set(here.templates.missing)
    told: dict[Place, Problem] = {}  # a template's fault shows on every page that it renders; the first one says it
    for part in spread(partial(_render_part, staging), renderer, todo, workers=options.workers or cores(), chunk=100):
        staged += part.staged
        traced |= part.traced
        report.problems.extend(p for p in part.problems if p.code != "template.fault" or told.setdefault(p.place, p) is p)
        labels.update(part.missing_labels)
        progress("rendering", len(staged), len(plan))
    report.problems.extend(here.templates.missing_labels(labels))
    return staged, traced


def _render_part(staging: Staging, renderer: Renderer, part: Sequence[Page]) -> _Rendered:
    done = _Rendered([], {}, [], [])
    for page in part:
        try:
            rendered = renderer.render(page)
            path, content = file_of(page.address), rendered.content
            file = staging.stage(path, content) if isinstance(content, bytes) else staging.stage_copy(path, content)
            done.staged.append(file)
            if rendered.shape and rendered.mark and not file.fault:
                done.traced[page.address] = Trace(rendered.shape, rendered.mark, file.digest)
        except BuildStopped as stopped:
            done.problems += stopped.problems
    done.missing_labels = sorted(renderer.templates.missing)
    return done


@contextmanager
def _timed(report: Report, phase: str) -> Iterator[None]:
    begun = time.perf_counter()
    try:
        yield
    finally:
        report.phases[phase] = report.phases.get(phase, 0.0) + time.perf_counter() - begun
