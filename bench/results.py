"""What was measured: rows, one for each run, kept as JSON together with the machine and the versions."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Literal

Figure = Literal["wall", "cpu", "memory", "files", "size", "changed", "related"]


@dataclass(frozen=True, slots=True)
class Row:
    """One run. Times in seconds, `memory` and `size` (of the output) in bytes, `articles` 0 where no archive matters.

    `related`: how much of `wall` went into ranking related articles. `stopped`: it was ended at that many seconds, and has no
    figures.
    """

    articles: int
    scenario: str
    generator: str
    round: int
    wall: float | None = None
    cpu: float | None = None
    memory: int | None = None
    files: int | None = None
    size: int | None = None
    changed: int | None = None
    related: float | None = None
    stopped: float | None = None


@dataclass
class Results:
    """All rows of one or more calls of the bench, the commands that called it, and what it ran on."""

    commands: list[str]
    machine: dict[str, str]
    seed: int
    labels: dict[str, str] = field(default_factory=dict)  # generator -> what tables call it
    versions: dict[str, str] = field(default_factory=dict)  # family -> version
    absent: dict[str, str] = field(default_factory=dict)  # family -> why it was not measured
    rows: list[Row] = field(default_factory=list)
    kinds: dict[str, dict[str, dict[str, int]]] = field(default_factory=dict)  # articles -> kind -> generator -> files
    # articles -> "ours" or "least" -> phase -> seconds of CPU in each run
    phases: dict[str, dict[str, dict[str, list[float]]]] = field(default_factory=dict)
    searching: dict[str, dict[str, int]] = field(default_factory=dict)  # articles -> what `searching.figures` found

    def note_phases(self, articles: int, took: Mapping[str, Mapping[str, float]]) -> None:
        """Keep what one run of `phases.measured` gave."""
        for what, spent in took.items():
            for phase, seconds in spent.items():
                self.phases.setdefault(str(articles), {}).setdefault(what, {}).setdefault(phase, []).append(seconds)

    def phase(self, articles: int, what: str, phase: str) -> float | None:
        """The median of the seconds of CPU that a phase took; None where none was measured."""
        found = self.phases.get(str(articles), {}).get(what, {}).get(phase)
        return median(found) if found else None

    def figures(self, articles: int, scenario: str, generator: str, figure: Figure) -> list[float]:
        """Every figure of that kind that was measured."""
        rows = (row for row in self.rows if (row.articles, row.scenario, row.generator) == (articles, scenario, generator))
        return [value for row in rows if (value := getattr(row, figure)) is not None]

    def median(self, articles: int, scenario: str, generator: str, figure: Figure = "wall") -> float | None:
        """The median over all runs; None if there is none."""
        found = self.figures(articles, scenario, generator, figure)
        return median(found) if found else None

    def stopped(self, articles: int, scenario: str, generator: str) -> float | None:
        """After how many seconds a run was ended, if any was."""
        found = [
            row.stopped
            for row in self.rows
            if row.stopped and (row.articles, row.scenario, row.generator) == (articles, scenario, generator)
        ]
        return max(found, default=None)

    def sizes(self) -> list[int]:
        """The sizes of the archives that were measured."""
        return sorted({row.articles for row in self.rows if row.articles} | {int(articles) for articles in self.phases})

    def save(self, file: Path) -> None:
        """Write all as JSON."""
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(asdict(self), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load(files: Iterable[Path]) -> Results:
    """The results of several calls together. Raises ValueError if they are of different machines, versions or seeds."""
    every = [_read(file) for file in files]
    first, *others = every
    for other in others:
        if (other.machine, other.seed) != (first.machine, first.seed):
            raise ValueError("results of another machine, or of another seed, cannot stand in one table")
        if any(first.versions.setdefault(family, version) != version for family, version in other.versions.items()):
            raise ValueError("results of different versions cannot stand in one table")
        first.commands += other.commands
        first.labels |= other.labels
        first.absent |= other.absent
        first.rows += other.rows
        first.kinds |= other.kinds
        first.phases |= other.phases
        first.searching |= other.searching
    first.absent = {family: why for family, why in first.absent.items() if family not in first.versions}
    return first


def _read(file: Path) -> Results:
    data: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return Results(**data | {"rows": [Row(**row) for row in data["rows"]]})


def machine() -> dict[str, str]:
    """What the bench runs on, as far as the system tells it."""
    told = {"system": f"{platform.system()} {platform.release()}", "Python": platform.python_version()}
    told["processor"] = _line("/proc/cpuinfo", "model name") or platform.machine()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    told["cores"] = str(cores)
    if memory := _line("/proc/meminfo", "MemTotal"):
        told["memory"] = f"{int(memory.split()[0]) / 1024**2:.0f} GiB"
    return told


def _line(file: str, key: str) -> str:
    path = Path(file)
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(key)), "")
