"""The process that builds, again and again, for the one that serves.

One process for all builds, which has everything imported, and has no threads that would make its workers' fork unsafe. While it
works, pages are still answered.
"""

from __future__ import annotations

import datetime as dt
import multiprocessing
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

import msgspec

from ssg import dates, site_toml
from ssg.build import Options, Report, build
from ssg.model import Place, Problem
from ssg.problems import BuildStopped, Levels, Problems, problem
from ssg.serve import rules
from ssg.serve.rules import Rules

Tell = Callable[[str, int, int], None]


class Order(msgspec.Struct, frozen=True):
    """What to build: the site's folder, where to, and the address that it will have there."""

    source: str
    output: str
    base_url: str


class Built(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one build: `problems` by place, each with its level; paths of files are relative to the output."""

    problems: tuple[Problem, ...]
    published: bool = False
    rules: Rules = Rules()
    articles: int = 0
    pages: int = 0
    written: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    seconds: float = 0.0


class Builder:
    """Builds what `order` says, in a process of its own that is started at once and kept."""

    def __init__(self, order: Order) -> None:
        self._order = order
        self._context = multiprocessing.get_context("spawn")
        self._closed = False
        self._start()

    def build(self, tell: Tell) -> Built | None:
        """One build, from the sources as they stand now; None once `close` was called.

        Drafts and future articles are in it, and it asks search engines to stay away.
        """
        if not self._process.is_alive() and not self._closed:
            self._start()
        try:
            self._ours.send(None)
            while isinstance(said := self._ours.recv(), tuple):
                tell(*said)
        except (EOFError, OSError):
            if self._closed:
                return None
            self._process.join()
            what = "the process that builds the site ended in the middle of its work"
            return Built(problems=(_of_level(problem(Place("ssg"), "worker.died", what)),))
        assert isinstance(said, Built)
        return said

    def close(self) -> None:
        """End the process, also in the middle of a build: that build is not published, or as a whole."""
        self._closed = True
        if self._process.is_alive():
            self._process.terminate()
        self._process.join()

    def _start(self) -> None:
        self._ours, theirs = self._context.Pipe()
        self._process: SpawnProcess = self._context.Process(target=_work, args=(theirs, self._order), name="ssg serve: builder")
        self._process.start()
        theirs.close()  # so that its end is heard


def _work(connection: Connection, order: Order) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the user's Ctrl-C is for the server, which then ends this process
    try:
        while True:
            connection.recv()
            connection.send(_build(order, lambda phase, done, of: connection.send((phase, done, of))))
    except (EOFError, BrokenPipeError):
        return  # the server is gone


def _build(order: Order, tell: Tell) -> Built:
    source, output = Path(order.source), Path(order.output)
    try:
        # What a browser keeps would hide the next change.
        site = site_toml.load(source, order.base_url, noindex=True, offline=False)
    except BuildStopped as stopped:
        return Built(problems=tuple(map(_of_level, stopped.problems)), rules=rules.read(source, output)[0])
    # The clock, read at the door for each build: an article's hour may have come.
    now = dates.fixed(dt.datetime.now(dates.zone(site.settings.timezone)))
    report: Report = build(site, Options(output=output, now=now, drafts=True, future=True), tell)
    hosting, problems = rules.read(source, output)
    found = Problems(Levels(site.settings.problems))
    found.extend([*report.problems, *problems])
    return Built(
        problems=tuple(found),
        published=report.published,
        rules=hosting,
        articles=report.articles,
        pages=report.pages,
        written=tuple(report.written),
        removed=tuple(report.removed),
        notices=tuple(report.notices),
        seconds=sum(report.phases.values()),
    )


def _of_level(found: Problem) -> Problem:
    return msgspec.structs.replace(found, level=Levels().of(found.code))
