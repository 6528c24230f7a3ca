"""Killed at any moment, `ssg build` leaves the old site or, after the next command, the new one: never a mixture."""

from __future__ import annotations

import random
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.laws.conftest import Process, Tree, everything, tree, write

pytestmark = [
    pytest.mark.timeout(300),
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="there is no SIGKILL here"),
]

TWO = Process(("--workers", "2"))
ONE = Process(("--workers", "1"))


@dataclass
class Changing:
    """A site as it was published, changed since; what its output was, what it becomes, and how long that takes in seconds."""

    root: Path
    old: Tree
    new: Tree
    seconds: float

    def copy(self, name: str) -> Path:
        return Path(shutil.copytree(self.root, self.root.parent / name))


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changing]:
    """Every page of the site changes (its title does), some go and some are new; enough articles that workers start."""
    root = write(tmp_path_factory.mktemp("killed") / "site", everything(200))
    TWO.run(root)
    old = tree(root / "output")
    settings = root / "site.toml"
    settings.write_text(settings.read_text(encoding="utf-8").replace("Kabar Uji", "Kabar Baru"), encoding="utf-8")
    (root / "content" / "ditarik.md").unlink()
    write(root, {"content/baru.md": b"---\ntitle: Baru\ndate: 2021-05-05\ntags: [baru]\n---\nIsi.\n"})
    made = Changing(root, old, {}, 0.0)
    other = made.copy("new")
    begun = time.monotonic()
    TWO.run(other)
    made.seconds = time.monotonic() - begun
    made.new = tree(other / "output")
    shutil.rmtree(other)
    yield made
    shutil.rmtree(root.parent)


def kill(process: subprocess.Popen[str]) -> bool:
    """End a process without a word; whether it was still at work. Its workers must end too: they hold its output open."""
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=20)
    return process.returncode == -signal.SIGKILL


def settled(changing: Changing, root: Path) -> bool:
    """Whether the site is the new one after the next command, of whatever kind; it must be that or the old one."""
    said = ONE.run(root, "list")
    found = tree(root / "output")
    assert found in (changing.old, changing.new)
    assert ("Finished an interrupted publication" in said) <= (found == changing.new)
    return found == changing.new


def test_the_site_changes(changing: Changing) -> None:
    """Between the old and the new site files change, come and go, so that a mixture would be seen."""
    assert changing.old.keys() - changing.new.keys()
    assert changing.new.keys() - changing.old.keys()
    assert sum(changing.old[path] != changing.new[path] for path in changing.old.keys() & changing.new.keys()) > 300


def test_killed_at_random_moments(changing: Changing) -> None:
    """Six builds, each ended at some moment of its life, whatever it was at; what is left can be built as ever."""
    moments = [changing.seconds * (number + random.random()) / 6 for number in range(6)]
    print(f"killed after {moments} seconds")
    killed = 0
    for number, moment in enumerate(moments):
        root = changing.copy(f"random-{number}")
        process = TWO.start(root)
        time.sleep(moment)
        killed += kill(process)
        settled(changing, root)
        if number == 3:
            TWO.run(root)
            assert tree(root / "output") == changing.new
        shutil.rmtree(root)
    assert killed


def test_killed_while_it_publishes(changing: Changing) -> None:
    """Ended as soon as the journal stands, the publication is finished by the next command of any kind."""
    finished = 0
    for number in range(2):
        root = changing.copy(f"publishing-{number}")
        process = ONE.start(root)
        journal = root / ".output.ssg" / "journal"
        while process.poll() is None and not journal.exists():
            pass
        at_work = kill(process)
        finished += settled(changing, root) and at_work
        shutil.rmtree(root)
    assert finished > 0
