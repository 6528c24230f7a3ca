"""What is measured, one small function each: it prepares, measures one run, and puts back what it changed."""

from __future__ import annotations

import re
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import inventory, photos
from bench.generators import Generator, Ours
from bench.generators.base import PACKAGE
from bench.measure import Measured, run
from bench.site import Site

ROOT = PACKAGE.parent
_RELATED = re.compile(r"\(reading [\d.]+, archive [\d.]+, related ([\d.]+),")


@dataclass(frozen=True)
class Outcome:
    """What one run took, and how many files and bytes stood in the output then; `changed`: how many of the files differ."""

    measured: Measured
    files: int | None = None
    size: int | None = None
    changed: int | None = None

    @property
    def related(self) -> float | None:
        """The seconds that a build of ours says it took to rank related articles."""
        told = _RELATED.search(self.measured.words)
        return float(told[1]) if told else None


def scratch(site: Site) -> Outcome:
    """A build where nothing stands: no output, no cache."""
    site.forget()
    return _counted(site, site.build())


def unchanged(site: Site) -> Outcome:
    """A build where nothing has changed since the last one."""
    site.stand()
    return _counted(site, site.build())


def edited(site: Site) -> Outcome:
    """A build after one word in the middle of an old article was changed."""
    site.stand()
    with site.edited():
        return _counted(site, site.build())


def added(site: Site) -> Outcome:
    """A build after the newest article came in, and how many files of the output differ then."""
    site.stand()
    before = inventory.digests(site.output)
    with site.with_newest():
        measured = site.build()
        after = inventory.digests(site.output)
        files, size = inventory.size(site.output)
    return Outcome(measured, files, size, inventory.differing(before, after))


def cloned(site: Site) -> Outcome:
    """A build in a fresh clone: every source file is new, the cache was kept, nothing else."""
    site.stand()
    with site.cloned(output=False) as clone:
        return _counted(clone, clone.build())


def cloned_kept(site: Site) -> Outcome:
    """A build in a fresh clone where the cache and the output were kept."""
    site.stand()
    with site.cloned(output=True) as clone:
        return _counted(clone, clone.build())


def _counted(site: Site, measured: Measured) -> Outcome:
    return Outcome(measured, *inventory.size(site.output))


def _all(_: Generator) -> bool:
    return True


def _ours_whole(generator: Generator) -> bool:
    return isinstance(generator, Ours) and generator.whole


def _whole(generator: Generator) -> bool:
    return generator.whole


@dataclass(frozen=True)
class Scenario:
    """One thing to measure on an archive: its name, what does it, of which generators, and whether once is enough."""

    name: str
    measure: Callable[[Site], Outcome]
    wanted: Callable[[Generator], bool]
    once: bool = False  # its answer is a count, which is the same in every run

    @property
    def title(self) -> str:
        """What it is, in the words of its function."""
        return (self.measure.__doc__ or self.name).rstrip(".")


# A peer's build after an edit is its build of everything, so only ours has scenarios of its own for that.
SCENARIOS = (
    Scenario("scratch", scratch, _all),
    Scenario("unchanged", unchanged, _ours_whole),
    Scenario("edited", edited, _ours_whole),
    Scenario("added", added, _whole, once=True),
    Scenario("cloned", cloned, _ours_whole),
    Scenario("cloned-kept", cloned_kept, _ours_whole),
)


def show_help(_: Path) -> Outcome:
    """`ssg --help`."""
    return Outcome(run([sys.executable, "-m", "ssg", "--help"], ROOT))


def demonstration(folder: Path) -> Outcome:
    """`ssg build` on a copy of the demonstration, nothing changed."""
    site = folder / "demonstration"
    shutil.rmtree(site, ignore_errors=True)
    for name in ("content", "data", "static"):
        shutil.copytree(ROOT / name, site / name)
    shutil.copy(ROOT / "site.toml", site)
    command = [sys.executable, "-m", "ssg", "build", "--source", str(site)]
    run(command, ROOT)
    return Outcome(run(command, ROOT), *inventory.size(site / "output"))


def photos_from_scratch(folder: Path) -> Outcome:
    """`ssg build` on 20 articles with a photo of 2,400 by 1,600 pixels each, from scratch."""
    site = folder / "photos"
    return Outcome(photos.from_scratch(site), *inventory.size(site / "output"))


def photos_kept(folder: Path) -> Outcome:
    """The same where the cache was kept, and nothing else."""
    site = folder / "photos"
    return Outcome(photos.with_photos_kept(site), *inventory.size(site / "output"))


# Of the program alone, whatever the archive's size.
PROGRAM: dict[str, Callable[[Path], Outcome]] = {
    "help": show_help,
    "demonstration": demonstration,
    "photos": photos_from_scratch,
    "photos-kept": photos_kept,
}
PHASES = "phases"  # of the build from scratch: see `bench.phases`
NAMES = (*(scenario.name for scenario in SCENARIOS), *PROGRAM, PHASES)
