"""The house in one screen: settings, reading, archive, pages, rendering, publishing."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from pathlib import Path

import msgspec

from ssg import data, pages, reading, settings, theme
from ssg.addresses import collisions, file_of
from ssg.archive import Archive, Moment, Sources, faults
from ssg.cache import Cache
from ssg.digests import of_value
from ssg.model import Body, Page, Place, Problem
from ssg.pages.feeds import vanished
from ssg.pages.lists import members
from ssg.problems import BuildStopped, Levels, Problems
from ssg.publishing import Publication, Staged, Staging, recover
from ssg.reading import Reading
from ssg.rendering import Renderer
from ssg.rendering.templates import Templates
from ssg.settings import Site
from ssg.theme import Theme
from ssg.workers import cores, spread

CACHE = ".ssg-cache"

Progress = Callable[[str, int, int], None]  # the phase, how much of it is done, how much there is


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a build is asked to do. `workers` 0: as many as there are cores."""

    source: Path
    output: Path
    now: datetime
    base_url: str | None = None
    drafts: bool = False
    future: bool = False
    workers: int = 0
    clean: bool = False
    strict: bool = False
    keep_going: bool = False
    noindex: bool = False


class Report(msgspec.Struct, kw_only=True):
    """What a build found and did. Nothing was published if `problems` has errors that nothing was left out for."""

    problems: Problems
    output: Path
    articles: int = 0
    pages: int = 0
    files: int = 0
    written: list[str] = []
    removed: list[str] = []
    left_out: list[str] = []
    moved: list[str] = []  # numbered list pages that ought to hold for ever and show other articles now
    skipped: list[str] = []  # files of other generators that are no articles
    notices: list[str] = []
    phases: dict[str, float] = {}  # seconds
    published: bool = False


def build(options: Options, progress: Progress = lambda phase, done, of: None) -> Report:
    """The site in `options.source`, as files in `options.output`. Problems are in the report; nothing is raised for them."""
    report = Report(problems=Problems(), output=options.output)
    try:
        with _timed(report, "settings"):
            recover(options.source)
            site = settings.load(options.source, options.base_url, noindex=options.noindex)
            report.problems.levels = Levels(site.settings.problems, options.strict, options.keep_going)
            look = theme.load(options.source, site.settings.theme)
        with _timed(report, "reading"):
            cache = Cache(options.source / CACHE)
            if options.clean:
                cache.clear()
            found = reading.read(options.source, site, cache, options.workers or cores(), progress)
        with _timed(report, "archive"):
            archive, plan = _settle(site, found, look, options, report)
        if _stops(report):
            return report
        with Publication.begin(options.source, options.output, options.clean, report.notices.append) as publication:
            with _timed(report, "rendering"):
                templates = Templates(
                    look, options.source, cache.folder / "templates", site.settings.timezone, archive.languages
                )
                report.problems.extend(templates.check())
                renderer = partial(_renderer, options.source, archive, templates)
                staged = [] if _stops(report) else _render(plan, renderer, publication.staging, options, report, progress)
                report.problems.extend(publication.foreign(staged))
                report.problems.extend(_vanished_feeds(publication.previous.notes, plan))
            if _stops(report):
                return report
            with _timed(report, "publishing"):
                progress("publishing", 0, 0)
                notes = _notes(archive, plan, options)
                report.moved = _moved(publication.previous.notes, notes)
                outcome = publication.commit(staged, notes)
        report.published = True
        report.files, report.written, report.removed = len(staged), outcome.written, outcome.removed
        cache.forget_all_but({document.body_key for document in found.documents})
    except BuildStopped as stopped:
        report.problems.extend(stopped.problems)
    return report


def _settle(site: Site, found: Reading, look: Theme, options: Options, report: Report) -> tuple[Archive, list[Page]]:
    """The archive and its pages; with `keep_going` without the documents that have errors."""
    report.problems.extend(found.problems)
    report.skipped = list(found.skipped)
    popular, problems = data.read_popular(options.source)
    report.problems.extend(problems)
    report.problems.extend(data.unknown_popular(popular, frozenset(article.id for article in found.articles)))
    moment = Moment(options.now, options.drafts, options.future)
    bad: set[str] = set()
    while True:
        sources = Sources(
            articles=tuple(a for a in found.articles if a.path not in bad),
            pages=tuple(p for p in found.pages if p.path not in bad),
            notes=tuple(n for n in found.notes if n.path not in bad),
            files=found.files,
            photos=found.photos,
            popular=popular,
            assets=tuple(look.statics()),
        )
        archive = Archive(site.settings, sources, moment)
        plan = list(pages.plan(archive))
        report.problems.extend(faults(archive))
        report.problems.extend(collisions(plan))
        report.articles, report.pages = len(archive.articles), sum(page.kind != "file" for page in plan)
        newly_bad = {problem.place.path for problem in report.problems.errors} - bad
        bad |= newly_bad
        if not (options.keep_going and newly_bad & {document.path for document in found.documents}):
            break
    report.left_out = sorted(bad & set(found.paths)) if options.keep_going else []
    return archive, _without(plan, bad) if options.keep_going else plan


def _without(plan: list[Page], bad: set[str]) -> list[Page]:
    """The pages, without those files that have errors of their own (one in static/ that stands at a page's address)."""
    return [page for page in plan if not (page.kind == "file" and page.claim and page.claim.path in bad)]


def _stops(report: Report) -> bool:
    """Whether the errors so far keep the site from being published: any that is not in a document that was left out."""
    return any(problem.place.path not in report.left_out for problem in report.problems.errors)


# -- rendering, on all cores


def _renderer(source: Path, archive: Archive, templates: Templates) -> Renderer:
    return Renderer(source, archive, templates, partial(_body, Cache(source / CACHE)))


def _body(cache: Cache, key: str) -> Body:
    made = cache.get(key)
    if made is None:  # it was put there while reading
        raise RuntimeError(f"the cache lost {key} during the build; run the build again")
    return reading.body_of(made)


class _Rendered(msgspec.Struct):
    staged: list[Staged]
    problems: list[Problem]
    missing_labels: list[tuple[str, str]]


def _render(
    plan: list[Page],
    renderer: Callable[[], Renderer],
    staging: Staging,
    options: Options,
    report: Report,
    progress: Progress,
) -> list[Staged]:
    staged: list[Staged] = []
    labels: set[tuple[str, str]] = set()
    told: dict[Place, Problem] = {}  # a template's fault shows on every page that it renders; the first one says it
    parts = spread(partial(_render_part, staging), renderer, plan, workers=options.workers or cores(), chunk=100)
    for part in parts:
        staged += part.staged
        report.problems.extend(p for p in part.problems if p.code != "template.fault" or told.setdefault(p.place, p) is p)
        labels.update(part.missing_labels)
        progress("rendering", len(staged), len(plan))
    report.problems.extend(theme.missing_labels(labels))
    return staged


def _render_part(staging: Staging, renderer: Renderer, part: Sequence[Page]) -> _Rendered:
    done = _Rendered([], [], [])
    for page in part:
        try:
            rendered = renderer.render(page)
            path = file_of(page.address)
            done.staged.append(
                staging.stage(path, rendered) if isinstance(rendered, bytes) else staging.stage_copy(path, rendered)
            )
        except BuildStopped as stopped:
            done.problems += stopped.problems
    done.missing_labels = sorted(renderer.templates.missing)
    return done


# -- what one build leaves for the next: which feeds there were, and which articles stood on each numbered page


def _notes(archive: Archive, plan: list[Page], options: Options) -> dict[str, str]:
    if options.drafts or options.future:
        return {}  # what only a preview showed was never published
    notes = {f"feed {page.address}": "" for page in plan if page.kind == "feed"}
    numbered = ((page.address, members(archive, page)) for page in plan)
    return notes | {f"list {address}": of_value(ids) for address, ids in numbered if ids}


def _vanished_feeds(before: dict[str, str], plan: list[Page]) -> Iterator[Problem]:
    now = {page.address for page in plan if page.kind == "feed"}
    for note in sorted(before):
        kind, _, address = note.partition(" ")
        if kind == "feed" and address not in now:
            yield vanished(address)


def _moved(before: dict[str, str], now: dict[str, str]) -> list[str]:
    lists = [note for note in before if note.startswith("list ")]
    return sorted(note.partition(" ")[2] for note in lists if now and now.get(note) != before[note])


@contextmanager
def _timed(report: Report, phase: str) -> Iterator[None]:
    begun = time.perf_counter()
    try:
        yield
    finally:
        report.phases[phase] = report.phases.get(phase, 0.0) + time.perf_counter() - begun
