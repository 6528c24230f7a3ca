"""The lock of an output: one process publishes to it at a time, and a killed one holds nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

_handles: set[int] = set()  # of this process, so that a forked worker can let go of what it inherited


def take(path: str, wait: Callable[[], None] | None = None) -> int | None:
    """Take the lock file at `path`; give its handle, for `release`.

    If another living process holds it: None, or with `wait` that is called once and then the lock waited for. Raises OSError if
    the file cannot be opened or the file system knows no locks.
    """
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    try:
        if not _try(handle):
            if wait is None:
                os.close(handle)
                return None
            wait()
            _wait(handle)
    except BaseException:
        os.close(handle)
        raise
    _handles.add(handle)
    return handle


def release(handle: int) -> None:
    """Let go of a lock that `take` gave."""
    _handles.discard(handle)
    _free(handle)
    os.close(handle)


if sys.platform == "win32":
    import msvcrt
    import time

    def _try(handle: int) -> bool:
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def _wait(handle: int) -> None:
        while not _try(handle):
            time.sleep(0.1)

    def _free(handle: int) -> None:
        os.lseek(handle, 0, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _try(handle: int) -> bool:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _wait(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX)

    def _free(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_UN)

    def _let_go() -> None:
        # A flock lives as long as any copy of its handle: an orphaned worker would hold it for its killed parent.
        while _handles:
            os.close(_handles.pop())

    os.register_at_fork(after_in_child=_let_go)
