"""The cache, used by several processes at once."""

from __future__ import annotations

import multiprocessing
from multiprocessing.synchronize import Barrier
from pathlib import Path

import pytest

from ssg.cache import Bodies, Cache, Pack, Source, Spot

RECIPE = "as it is read today"


def kept(folder: Path, *names: str) -> None:
    """Put sources into a pack of their own."""
    pack = Pack(folder)
    spots = pack.add([f"body of {name}".encode() for name in names])
    pack.close()
    Cache(folder).keep(RECIPE, [((name, "digest"), name.encode(), spot) for name, spot in zip(names, spots, strict=True)])


def held(folder: Path, recipe: str = RECIPE) -> dict[Source, bytes | None]:
    """All sources that a new process finds, with their bodies."""
    bodies, known = Bodies(folder), Cache(folder).load(recipe)
    return {source: bodies.get(Spot(pack, row.at, row.size, row.check)) for source, (pack, row) in known.items()}


def use(folder: Path, together: Barrier, name: str) -> None:
    """What a build does: look into a folder that may not be there yet, and keep something."""
    together.wait()
    Cache(folder).load(RECIPE)
    kept(folder, name)


def test_processes_may_use_a_cache_together(tmp_path: Path) -> None:
    """Whatever five that begin in the same moment keep is there."""
    context = multiprocessing.get_context()
    for round_ in range(5):
        folder = tmp_path / str(round_)
        together = context.Barrier(5)
        names = [f"key{n}" for n in range(5)]
        workers = [context.Process(target=use, args=(folder, together, name)) for name in names]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        assert [worker.exitcode for worker in workers] == [0] * 5
        assert held(folder) == {(name, "digest"): f"body of {name}".encode() for name in names}


def test_what_was_read_otherwise_is_not_found(tmp_path: Path) -> None:
    """Another version's work is as good as none, and leaves."""
    kept(tmp_path, "a")
    assert held(tmp_path, "another recipe") == {}
    cache = Cache(tmp_path)
    cache.load("another recipe")
    cache.tidy("another recipe", [])
    assert held(tmp_path) == {}


def test_many_packs_become_one(tmp_path: Path) -> None:
    """Each build adds one; what is in them stays."""
    names = [f"key{n}" for n in range(40)]
    cache = Cache(tmp_path)
    for name in names:
        kept(tmp_path, name)
        cache.load(RECIPE)
        cache.tidy(RECIPE, [(name, "digest")])
        assert len(list(tmp_path.glob("read/*.pack"))) <= 17
    assert set(held(tmp_path).values()) == {f"body of {name}".encode() for name in names}


@pytest.mark.parametrize("suffix", ["index", "pack"])
@pytest.mark.parametrize("length", [0, 7, -1])
def test_what_is_cut_short_is_not_believed(tmp_path: Path, suffix: str, length: int) -> None:
    """Neither an index nor a pack that lacks its end."""
    kept(tmp_path, "a", "b")
    (file,) = tmp_path.glob(f"read/*.{suffix}")
    file.write_bytes(file.read_bytes()[:length])
    assert held(tmp_path) == {}


def test_a_rotten_body_is_not_given(tmp_path: Path) -> None:
    """One other bit, and it is as if it were not there; its neighbour is."""
    kept(tmp_path, "a", "b")
    (file,) = tmp_path.glob("read/*.pack")
    data = bytearray(file.read_bytes())
    data[2] ^= 1
    file.write_bytes(data)
    assert held(tmp_path) == {("a", "digest"): None, ("b", "digest"): b"body of b"}
