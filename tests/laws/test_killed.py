"""The law of publishing: killed at any moment, after the next command the output is the old site or the new one, exactly."""

from __future__ import annotations

import os
import random
import shutil
import signal
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from ssg.publishing import Publication, recover

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

Files = Mapping[str, bytes]

OLD: Files = {
    "index.html": b"old front",
    "same.html": b"same",
    "2021/12/29/gone/index.html": b"gone",
    "2021/12/30/a/index.html": b"a, with a mistake",
    "tag/nato/feed.xml": b"old feed",
    "was-file": b"a file",
    "was-folder/index.html": b"in a folder",
    "was-folder/deep/x.txt": b"deep",
}
NEW: Files = {
    "index.html": b"new front",
    "same.html": b"same",
    "2021/12/30/a/index.html": b"a, mended",
    "2021/12/30/b/index.html": b"new beside an old one",
    "2022/01/01/c/index.html": b"new in a new year",
    "2022/01/01/c/foto.jpg": bytes(1000),
    "tag/nato/feed.xml": b"new feed",
    "was-file/index.html": b"in a folder",
    "was-folder": b"a file",
}
THEIRS: Files = {"CNAME": b"kabar.example", "2021/12/29/gone/note.txt": b"theirs", "tag/theirs/x": b"x"}

#: The calls that change the disk; publishing, and the library functions that it uses, make them through `os`.
CALLS = ("open", "write", "replace", "unlink", "rmdir", "mkdir", "fsync", "chmod", "fchmod")


def publish(root: Path, files: Files) -> None:
    """One whole publication."""
    with Publication.begin(root, root / "output") as publication:
        publication.commit([publication.staging.stage(path, data) for path, data in files.items()])


def tree(root: Path) -> dict[str, bytes | None]:
    """All that stands in the output: the bytes of files, None for folders."""
    output = root / "output"
    return {path.relative_to(output).as_posix(): None if path.is_dir() else path.read_bytes() for path in output.rglob("*")}


def times(root: Path) -> list[int]:
    """When the files of others were changed."""
    return [(root / "output" / path).stat().st_mtime_ns for path in THEIRS]


def killed(work: Callable[[], object], at: int) -> bool:
    """Do `work` in a child process that is killed at its `at`-th call, a write in its middle; give whether it was."""
    child = os.fork()
    if child:
        status = os.waitpid(child, 0)[1]
        assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the child failed before it was killed"
        return os.WIFSIGNALED(status)
    left = at

    def counted(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **more: Any) -> Any:
            nonlocal left
            if name != "open" or args[1] & os.O_CREAT:
                left -= 1
                if left == 0:
                    if name == "write":
                        real(args[0], bytes(args[1])[: len(args[1]) // 2])
                    os.kill(os.getpid(), signal.SIGKILL)
            return real(*args, **more)

        return call

    status = 1
    with suppress(BaseException):
        for name in CALLS:
            setattr(os, name, counted(name, getattr(os, name)))
        work()
        status = 0
    os._exit(status)


class Site:
    """Fresh copies of one published site, to be killed in."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "site"
        self.root.mkdir()
        publish(self.root, OLD)
        for number, (path, data) in enumerate(THEIRS.items()):
            file = self.root / "output" / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(data)
            os.utime(file, ns=(number, number))
        self.old = tree(self.root)
        self.new = tree(self.published(self.copy("new")))

    def copy(self, name: object) -> Path:
        """A site in the old state."""
        return Path(shutil.copytree(self.root, self.folder / str(name)))

    def published(self, root: Path) -> Path:
        """The same site, published anew."""
        publish(root, NEW)
        return root

    def settled(self, root: Path) -> bool:
        """Recover a site that was killed; check that it is the old or the new one, and that all goes on. True: the new one."""
        finished = recover(root)
        found = tree(root)
        assert found in (self.old, self.new)
        assert found == self.new or not finished
        with Publication.begin(root, root / "output") as publication:
            assert publication.previous.entries.keys() == (NEW if found == self.new else OLD).keys()
        assert recover(root) == []
        assert times(root) == [0, 1, 2]
        publish(root, NEW)
        assert tree(root) == self.new
        assert times(root) == [0, 1, 2]
        assert sorted(path.name for path in root.iterdir()) == [".output.ssg", "output"]
        assert {path.name for path in (root / ".output.ssg").iterdir()} == {"lock", "manifest"}
        shutil.rmtree(root)
        return found == self.new


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("killed"))


def test_the_fixture_changes_everything_that_can_change(site: Site) -> None:
    """The old and the new site differ by files added, changed and removed, and by a file that is a folder now."""
    old, new = site.old, site.new
    assert set(THEIRS) <= set(old) & set(new)
    assert {path: data for path, data in new.items() if data is not None} == {**NEW, **THEIRS}
    assert old["was-file"] is not None
    assert new["was-file"] is None


def test_killed_at_every_call(site: Site) -> None:
    """At each write, rename, unlink and the like, by counter, until a publication runs to its end."""
    committed = list[bool]()
    while killed(partial(publish, root := site.copy(len(committed)), NEW), len(committed) + 1):
        committed.append(site.settled(root))
    assert tree(root) == site.new
    assert committed == sorted(committed), "once the new site is in force, no later moment brings the old one back"
    assert committed.count(False) > 30
    assert committed.count(True) > 15


def test_killed_again_while_it_recovers(site: Site) -> None:
    """Whoever finishes a journal may be killed as well, at each of its calls, and the next one finishes it."""
    at = 1
    while True:  # until the first moment at which the journal is in force
        root = site.copy(f"first-{at}")
        assert killed(partial(publish, root, NEW), at)
        if (root / ".output.ssg/journal").exists():
            break
        shutil.rmtree(root)
        at += 1
    for first in (at, at + 5, at + 10):
        again = 1
        while True:
            root = site.copy(f"again-{first}-{again}")
            assert killed(partial(publish, root, NEW), first)
            if not killed(partial(recover, root), again):
                break
            assert site.settled(root)
            again += 1
        assert tree(root) == site.new
        assert again > 5


def test_a_first_publication_killed_at_every_call(tmp_path: Path) -> None:
    """Where nothing was published yet, the old site is none at all."""
    at = 1
    while True:
        root = tmp_path / str(at)
        root.mkdir()
        if not killed(partial(publish, root, NEW), at):
            break
        recover(root)
        found = {path: data for path, data in tree(root).items() if data is not None}
        assert found in ({}, NEW)
        at += 1
    assert at > 30


def test_killed_at_random_moments(tmp_path: Path) -> None:
    """Killed from outside at twenty moments, on a site of a hundred files, it is the old or the new site."""
    old = {f"{year}/{n}/index.html": b"old" * 500 for year in range(2000, 2010) for n in range(10)}
    new = {path: data + b"new" for path, data in list(old.items())[20:]} | {f"2011/{n}/index.html": b"new" for n in range(20)}
    site = tmp_path / "site"
    site.mkdir()
    publish(site, old)
    trial = Path(shutil.copytree(site, tmp_path / "trial"))
    began = time.perf_counter()
    killed(partial(publish, trial, new), 0)
    whole = time.perf_counter() - began
    trees = tree(site), tree(trial)
    moments = random.Random(20211230)
    for number in range(20):
        root = Path(shutil.copytree(site, tmp_path / str(number)))
        child = os.fork()
        if not child:
            with suppress(BaseException):
                publish(root, new)
            os._exit(0)
        time.sleep(moments.uniform(0, whole))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        recover(root)
        assert tree(root) in trees
        publish(root, new)
        assert tree(root) == trees[1]
        shutil.rmtree(root)
