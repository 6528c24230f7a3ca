"""The cache, used by several processes at once."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Barrier
from pathlib import Path

from ssg.cache import Cache


def use(folder: Path, together: Barrier, name: str) -> None:
    """What a worker does: open a file that may not be there yet, look, and keep something."""
    together.wait()
    cache = Cache(folder)
    assert cache.document("nothing") is None
    cache.keep([(name, b"document", b"body")])
    cache.close()


def test_processes_may_make_a_cache_together(tmp_path: Path) -> None:
    """None of five that open a new cache in the same moment finds it locked, and what each keeps is there."""
    context = multiprocessing.get_context()
    for round_ in range(20):
        folder = tmp_path / str(round_)
        together = context.Barrier(5)
        names = [f"key{n}" for n in range(5)]
        workers = [context.Process(target=use, args=(folder, together, name)) for name in names]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert [worker.exitcode for worker in workers] == [0] * 5
        cache = Cache(folder)
        assert [cache.body(name) for name in names] == [b"body"] * 5
        cache.close()
