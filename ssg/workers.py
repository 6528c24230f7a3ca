"""Work spread over all cores, its results in the order of the work: how many workers there are never shows in a result."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from typing import TypeVar

from ssg.model import Place
from ssg.problems import stop

State = TypeVar("State")
Item = TypeVar("Item")
Result = TypeVar("Result")

FEW = 200  # below so many items a worker takes longer to start than to do its share
AHEAD = 16  # parts for each worker that are handed out before the first is asked for: one that takes long lets none run dry

_SELDOM = (50_000, 20, 20)  # a worker makes many small objects that go by themselves, and few circles

_state: object = None


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def spread(
    work: Callable[[State, Sequence[Item]], Result],
    prepare: Callable[[], State],
    items: Sequence[Item],
    *,
    workers: int,
    chunk: int,
    few: int | None = None,
) -> Iterator[Result]:
    """`work(state, part)` for each part of `items` (`chunk` long), in order, on `workers` processes.

    `prepare` makes the state once in each worker. With one worker, or fewer items than `few` (None: `FEW`), everything
    happens in this process. Only some results wait at a time. Raises what `work` raises, and BuildStopped (`worker.died`) if
    the system kills a worker.
    """
    parts = [items[start : start + chunk] for start in range(0, len(items), chunk)]
    if workers <= 1 or len(items) < (FEW if few is None else few):
        state = prepare() if parts else None
        for part in parts:
            with _collected():
                result = work(state, part)  # type: ignore[arg-type]
            yield result
        return
    # A forked worker shares what is in memory already; elsewhere than on Linux forking is not safe, and `prepare` is pickled.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    pool = ProcessPoolExecutor(min(workers, len(parts)), context, initializer=_begin, initargs=(prepare,))
    waiting: deque[Future[Result]] = deque()
    try:
        for part in parts:
            waiting.append(pool.submit(_do, work, part))
            if len(waiting) > workers * AHEAD:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise stop(Place("ssg"), "worker.died", "the system ended a worker process in the middle of its work") from None
    finally:
        pool.shutdown(cancel_futures=True)


def beside(work: Callable[[], Result]) -> Callable[[], Result | None]:
    """Begin work in a process of its own, if there is a core for it, and give back what waits for its result.

    None is the result of work that could not be done there.
    """
    if sys.platform != "linux" or cores() < 2:  # elsewhere forking is not safe
        return work
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=lambda: theirs.send(work()), daemon=True)
    process.start()
    theirs.close()

    def result() -> Result | None:
        try:
            return ours.recv()  # type: ignore[no-any-return]
        except EOFError:
            return None
        finally:
            process.join()

    return result


@contextmanager
def uncollected() -> Iterator[None]:
    """While this lasts, no garbage is looked for: a large archive is one great heap of objects that all stay, and looking
    through it again and again takes as long as making it.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.unfreeze()
        if collects:
            gc.enable()


@contextmanager
def _collected() -> Iterator[None]:
    """While this lasts, garbage is looked for among what is made meanwhile."""
    collects = gc.isenabled()
    gc.freeze()
    gc.enable()
    try:
        yield
    finally:
        if not collects:
            gc.disable()


def _begin(prepare: Callable[[], object]) -> None:
    global _state
    gc.freeze()  # what is shared with the program is no garbage of ours
    gc.set_threshold(*_SELDOM)
    gc.enable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the user's Ctrl-C is for the program, which then ends its workers
    threading.Thread(target=_end_with_the_program, daemon=True).start()
    _state = prepare()


def _end_with_the_program() -> None:
    """A worker whose program was killed waits for work for ever, and holds its memory: it ends as well."""
    program = multiprocessing.parent_process()
    if program is not None:
        program.join()
        os._exit(1)


def _do(work: Callable[[State, Sequence[Item]], Result], part: Sequence[Item]) -> Result:
    return work(_state, part)  # type: ignore[arg-type]
