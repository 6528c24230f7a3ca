"""The pages of a build: each that stands as it should is kept, all others are rendered, on all cores."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial
from heapq import nlargest
from itertools import chain
from operator import itemgetter
from pathlib import Path
from time import perf_counter

import msgspec

from ssg import pages, reading, rendering
from ssg.addresses import file_of
from ssg.archive import Archive
from ssg.cache import write_whole
from ssg.digests import of_bytes, of_value
from ssg.model import Page, Place, Problem
from ssg.problems import BuildStopped
from ssg.publishing import Manifest, Staged, Staging
from ssg.reading import SLOWEST
from ssg.reading.bodies import Stock
from ssg.rendering import Renderer, Trace, Traces
from ssg.rendering.templates import Templates
from ssg.settings import Settings
from ssg.shelf import Put, Shelf
from ssg.sums import Files, Sums
from ssg.workers import spread

Tell = Callable[[str, int, int], None]

_CHUNK = 100
_MANY = 4000  # pages: fewer are judged before workers are at work
_AS_WRITTEN, _TOUCHED, _LOST = 1, 2, 3  # a file that was not touched since; one that was, and has the same bytes; no such file


class Made(msgspec.Struct):
    """All pages of a build: their staged files, their traces by address, the addresses of those that were rendered.

    `others_stand`: these are not all, the others stand as the last build left them. `put` is what lies on the shelf now, `lost`
    are packs of the cache that were found damaged.
    """

    others_stand: bool = False
    staged: list[Staged] = []
    traces: dict[str, Trace] = {}
    rendered: list[str] = []
    problems: list[Problem] = []
    put: list[Put] = []
    lost: set[str] = set()
    slowest: list[tuple[str, float]] = []  # addresses, with seconds
    made_by: dict[str, tuple[int, float]] = {}  # what made how many pages, in how many seconds


class _Hand(msgspec.Struct):
    """What a worker renders with."""

    renderer: Renderer
    stock: Stock
    staging: Staging
    traces: Traces
    shelf: Shelf


class _Verdict(msgspec.Struct):
    """Of each of some pages 0 if it has to be rendered, else how its file stands; and the labels that are missing."""

    stands: bytes
    labels: list[tuple[str, str]]


class _Part(msgspec.Struct):
    """Some pages, rendered."""

    staged: list[Staged]
    traces: dict[str, Trace]
    problems: list[Problem]
    labels: list[tuple[str, str]]  # that are missing
    put: list[Put]
    lost: list[str]
    took: list[tuple[str, str, float]]  # an address, what made its page, and the seconds that it took


def name_of(root: Path, output: Path) -> str:
    """What files of the cache that are about one output are called by: the same wherever the site's folder stands."""
    return of_bytes(os.path.relpath(os.path.realpath(output), os.path.realpath(root)).encode())


def traces_of(folder: Path, name: str, settings: Settings, *, fresh: bool) -> Traces:
    """What earlier builds tell of the pages of an output (see `name_of`); with `fresh` nothing."""
    file = folder / f"traces-{name}"
    if fresh:
        file.unlink(missing_ok=True)
    return Traces(file, rendering.recipe(settings, reading.code()))


def rankings_of(folder: Path, archive: Archive, *, fresh: bool) -> dict[str, bytes]:
    """What the ranking of related articles left at the last build, by its circle; with `fresh` nothing."""
    kept = {}
    for circle in () if fresh else archive.circles:
        with suppress(OSError):
            kept[circle] = (folder / f"related-{circle}").read_bytes()
    return kept


def files_of_rankings(folder: Path, archive: Archive) -> dict[str, Path]:
    """Where the features of articles lie that were ranked, by their circle."""
    return {circle: folder / f"related-{circle}-features" for circle in archive.circles}


def keep_rankings(folder: Path, now: dict[str, bytes], before: dict[str, bytes]) -> None:
    """Leave what the rankings are for the next build. Raises OSError."""
    for circle, ranking in now.items():
        if ranking != before.get(circle):
            write_whole(folder / f"related-{circle}", ranking)


def digest_of_rankings(rankings: Mapping[str, bytes]) -> str:
    """What rankings are known by; builds of other outputs may leave others in the same cache."""
    return of_value(sorted((circle, of_bytes(ranking)) for circle, ranking in rankings.items()))


def make(
    plan: Sequence[Page],
    traces: Traces,
    archive: Archive,
    templates: Templates,
    stock: Stock,
    staging: Staging,
    shelf: Shelf,
    sums: Sums,
    workers: int,
    tell: Tell,
    *,
    others_stand: bool = False,
) -> Made:
    """Every page of `plan`, staged. `others_stand`: all other pages of the last build stand as they should, as it is known."""
    made = Made(others_stand=others_stand)
    every, plan = plan, [page for page in plan if page.kind not in pages.LAST]
    hand = partial(_hand, archive, templates, stock, staging, traces, shelf)
    labels: set[tuple[str, str]] = set()
    todo: list[Page] = []
    lost: list[Page] = []
    known = [page for page in plan if traces.get(page.address)]
    judged = iter(b"")
    judge = spread(_judge, hand, known, workers=workers if len(known) > _MANY else 1, chunk=max(1, len(known) // 8))
    for page in plan:
        trace = traces.get(page.address)
        kept = None
        if trace:
            stands = next(judged, None)
            if stands is None:
                verdict = next(judge)
                labels.update(verdict.labels)
                judged = iter(verdict.stands)
                stands = next(judged)
            if stands == _LOST:
                lost.append(page)
                continue
            kept = staging.keep(file_of(page.address), trace.digest, looked_at=stands == _AS_WRITTEN) if stands else None
        if trace and kept:
            made.staged.append(kept)
            made.traces[page.address] = trace
        else:
            todo.append(page)
    if lost:
        shelf.load()
    found = chain.from_iterable(spread(_fetch, hand, lost, workers=workers, chunk=_CHUNK))
    for page, fetched in zip(lost, found, strict=True):
        trace = traces.get(page.address)
        if trace and fetched and not fetched.fault:
            made.staged.append(fetched)
            made.traces[page.address] = trace
        else:
            todo.append(page)
    tell("rendering", len(made.staged), len(every))
    made.rendered = [page.address for page in todo]
    took: list[tuple[str, str, float]] = []
    told: dict[Place, Problem] = {}  # a template's fault shows on every page that it renders; the first one says it
    parts = spread(_render, hand, todo, workers=workers, chunk=_CHUNK)
    for part in chain(parts, _last(every, made, hand, staging, sums)):
        made.staged += part.staged
        made.traces |= part.traces
        made.problems += [p for p in part.problems if p.code != "template.fault" or told.setdefault(p.place, p) is p]
        made.put += part.put
        made.lost.update(part.lost)
        took += part.took
        labels.update(part.labels)
        tell("rendering", len(made.staged), len(every))
    made.problems += templates.missing_labels(labels)
    made.slowest = [(address, seconds) for address, _, seconds in nlargest(SLOWEST, took, key=itemgetter(2))]
    for _, by, seconds in took:
        count, before = made.made_by.get(by, (0, 0.0))
        made.made_by[by] = count + 1, before + seconds
    return made


def _last(plan: Sequence[Page], made: Made, hand: Callable[[Files], _Hand], staging: Staging, sums: Sums) -> Iterator[_Part]:
    """The pages that tell of files, once all others are in `made`; there are few, so they are judged and rendered here."""
    last = [page for kind in pages.LAST for page in plan if page.kind == kind]
    if not last:
        return
    files = Files(staging, sums, made.staged, staging.known if made.others_stand else {})
    mine = hand(files)
    for page in last:
        trace = mine.traces.get(page.address)
        stands = trace and mine.renderer.still(page, trace)
        kept = staging.keep(file_of(page.address), trace.digest) if trace and stands else None
        if trace and kept:
            part = _Part([kept], {page.address: trace}, [], [], [], [], [])
        else:
            part = _render(mine, [page])
            made.rendered.append(page.address)
        files.add(part.staged)
        yield part


def all_traced(traces: Traces, manifest: Manifest) -> bool:
    """Whether of every file of an output it is known how it was made."""
    entries = manifest.entries
    return len(traces) == len(entries) and all(
        (entry := entries.get(file_of(address))) is not None and entry.digest == digest for address, digest in traces.digests()
    )


def _hand(
    archive: Archive,
    templates: Templates,
    stock: Stock,
    staging: Staging,
    traces: Traces,
    shelf: Shelf,
    files: Files | None = None,
) -> _Hand:
    return _Hand(Renderer(archive, templates, stock, files), stock, staging, traces, shelf)


def _judge(hand: _Hand, part: Sequence[Page]) -> _Verdict:
    """Which of some pages stand as they would be rendered."""
    stands = bytearray()
    for page in part:
        trace = hand.traces.get(page.address)
        if trace is None or not hand.renderer.still(page, trace):
            stands.append(0)
        elif kept := hand.staging.keep(file_of(page.address), trace.digest):
            stands.append(_AS_WRITTEN if hand.staging.as_written(kept) else _TOUCHED)
        else:
            stands.append(_LOST)
    return _Verdict(bytes(stands), sorted(hand.renderer.templates.missing))


def _fetch(hand: _Hand, part: Sequence[Page]) -> list[Staged | None]:
    """Some pages from the shelf; None for each that is not there."""
    fetched: list[Staged | None] = []
    for page in part:
        trace = hand.traces.get(page.address)
        content = hand.shelf.find(page.address, trace.digest) if trace else None
        fetched.append(None if content is None else hand.staging.stage(file_of(page.address), content))
    return fetched


def _render(hand: _Hand, part: Sequence[Page]) -> _Part:
    done = _Part([], {}, [], [], [], [], [])
    put = []
    for page in part:
        begun = perf_counter()
        try:
            rendered = hand.renderer.render(page)
            path, content = file_of(page.address), rendered.content
            stage = hand.staging.stage(path, content) if isinstance(content, bytes) else hand.staging.stage_copy(path, content)
        except BuildStopped as stopped:
            done.problems += stopped.problems
            continue
        done.staged.append(stage)
        made_by = rendered.shape.made_by if rendered.shape else ""
        done.took.append((page.address, made_by or f"kind {page.kind}", perf_counter() - begun))
        if rendered.shape and rendered.mark and not stage.fault:
            done.traces[page.address] = Trace(rendered.shape, rendered.mark, stage.digest, rendered.parts)
            if isinstance(content, bytes) and rendered.shelved:
                put.append(((page.address, stage.digest), content))
    done.put = hand.shelf.put(put)
    done.labels = sorted(hand.renderer.templates.missing)
    done.lost = sorted(hand.stock.lost)
    return done
