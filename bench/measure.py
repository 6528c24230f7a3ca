"""One command, run as a whole process tree: its wall time, its CPU time, the most memory that it held."""

from __future__ import annotations

import os
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

SAMPLED = 0.05  # seconds between two looks at the memory
LOOKING = 10  # a look may take a tenth of the time at most: reading a large process's pages holds it up
_TAIL = 2000  # characters of a failed command's words that are shown


@dataclass(frozen=True, slots=True)
class Measured:
    """What a run took. `wall` and `cpu` in seconds; `memory` in bytes, None where the system does not tell it.

    `words` are the last that it said.
    """

    wall: float
    cpu: float
    memory: int | None
    words: str = ""


class CommandFailedError(Exception):
    """A command ended with another code than 0. The message holds its last words."""


class TooLongError(Exception):
    """A command was ended because it took longer than its limit (`seconds`)."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"ended after {seconds:g} s")
        self.seconds = seconds


def run(
    command: Sequence[str], folder: Path, *, limit: float | None = None, variables: Mapping[str, str] | None = None
) -> Measured:
    """Run `command` in `folder` to its end; `limit` in seconds, `variables` beside those of the environment.

    CPU time is what the kernel accounts for the process and all descendants that were waited for (wait4(2)). Memory is the
    proportional set size of the whole tree (proc_pid_smaps(5), `smaps_rollup`), so that pages shared by workers count once;
    it is looked at about every 50 ms, so a shorter peak may be missed.
    Raises CommandFailedError and TooLongError, and OSError where the command cannot be started.
    """
    with tempfile.TemporaryFile() as words:
        begun = time.perf_counter()
        process = subprocess.Popen(
            list(command),
            cwd=folder,
            env={**os.environ, **(variables or {})},
            stdin=subprocess.DEVNULL,
            stdout=words,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        done = threading.Event()
        watch = _Watch(process.pid, done, begun + limit if limit else None)
        watch.start()
        try:
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - begun
        except BaseException:  # Ctrl-C is for the bench alone, as the command has a session of its own
            _end(process.pid)
            process.wait()
            raise
        finally:
            done.set()
            watch.join()
        process.returncode = os.waitstatus_to_exitcode(status)
        if watch.ended and limit:
            raise TooLongError(limit)
        words.seek(0)
        told = words.read().decode(errors="replace").strip()[-_TAIL:]
        if process.returncode:
            raise CommandFailedError(f"{' '.join(command)}\nended with {process.returncode}:\n{told}")
    return Measured(wall, usage.ru_utime + usage.ru_stime, watch.most, told)


class _Watch(threading.Thread):
    """Looks at a process tree until `done`; ends it at the moment `end` (of `perf_counter`)."""

    def __init__(self, root: int, done: threading.Event, end: float | None) -> None:
        super().__init__(daemon=True)
        self._root, self._done, self._end = root, done, end
        self.most: int | None = None
        self.ended = False

    def run(self) -> None:
        pause = 0.005  # soon at first: some commands are done before the second look
        while not self._done.wait(pause):
            begun = time.perf_counter()
            if self._end and begun > self._end:
                self.ended = True
                _end(self._root)
                return
            if (held := _held(self._root)) is not None:
                self.most = max(held, self.most or 0)
            pause = max(SAMPLED, LOOKING * (time.perf_counter() - begun))


def _end(group: int) -> None:
    with suppress(ProcessLookupError):
        os.killpg(group, signal.SIGKILL)


def _held(root: int) -> int | None:
    """The PSS of a process and its descendants in bytes; None where there is no /proc."""
    sizes = [size for process in _tree(root) if (size := _pss(process)) is not None]
    return sum(sizes) if sizes else None


def _pss(process: int) -> int | None:
    with suppress(OSError), Path(f"/proc/{process}/smaps_rollup").open("rb") as rollup:
        for line in rollup:
            if line.startswith(b"Pss:"):
                return int(line.split()[1]) * 1024
    return None


def _tree(root: int) -> Iterator[int]:
    """A process and all that it and its descendants have started, as far as they still run."""
    yield root
    with suppress(OSError):
        for task in Path(f"/proc/{root}/task").iterdir():
            with suppress(OSError):
                for child in (task / "children").read_bytes().split():
                    yield from _tree(int(child))
