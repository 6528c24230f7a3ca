"""Whether a built site is one that its host takes: what is measured of it, beside what the host allows."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ssg.hosts import LIMITS, Measure, Target
from ssg.model import Place, Problem
from ssg.problems import problem, stop


class Measured(msgspec.Struct, frozen=True, kw_only=True):
    """One figure of a built site. `where` is the path below the output that has it, "" for all of them together; `most` is
    what the host allows, None where it sets no limit, and `source` the page on which it says so.
    """

    measure: Measure
    found: int
    where: str
    most: int | None
    source: str

    @property
    def fits(self) -> bool:
        """Whether the host takes it."""
        return self.most is None or self.found <= self.most


class _Sizes(msgspec.Struct):
    """What one walk over a folder finds: numbers, and for the greatest of each the path that has it."""

    files: int = 0
    bytes: int = 0
    folder: tuple[int, str] = (0, "")
    file: tuple[int, str] = (0, "")
    path: tuple[int, str] = (0, "")


def measured(output: Path, host: Target) -> list[Measured]:
    """What there is of each measure in the site that was built into `output`, beside what the host allows.

    Raises BuildStopped (`output.missing`, `file.unreadable`).
    """
    if not output.is_dir():
        raise stop(Place(str(output)), "output.missing", f"no site was built into {output}")
    try:
        found = dict(_found(output))
    except OSError as error:
        raise stop(Place(str(output)), "file.unreadable", f"the site cannot be measured: {error}") from None
    limits = LIMITS[host]
    return [
        Measured(
            measure=measure,
            found=number,
            where=where,
            most=limits[measure].most if measure in limits else None,
            source=limits[measure].source if measure in limits else "",
        )
        for measure, (number, where) in found.items()
    ]


def amiss(output: Path, host: Target, figures: list[Measured]) -> Iterator[Problem]:
    """A Problem (`host.limit`) for each figure that is more than the host takes."""
    for one in figures:
        if not one.fits:
            what = f"{one.measure}: {one.found:,}, and {host} takes {one.most:,} ({one.source})"
            yield problem(Place(f"{output}/{one.where}" if one.where else str(output)), "host.limit", what)


def _found(output: Path) -> Iterator[tuple[Measure, tuple[int, str]]]:
    sizes = _walk(str(output))
    yield Measure.FILES, (sizes.files, "")
    yield Measure.FOLDER, sizes.folder
    yield Measure.SITE, (sizes.bytes, "")
    yield Measure.FILE, sizes.file
    yield Measure.PATH, sizes.path
    redirects = _lines(output, "_redirects")
    fixed = next((number for number, line in enumerate(redirects) if _is_dynamic(line)), len(redirects))
    yield Measure.REDIRECTS, (len(redirects), "")
    yield Measure.STATIC, (fixed, "")
    yield Measure.DYNAMIC, (len(redirects) - fixed, "")
    yield Measure.REDIRECT, _longest(redirects, "_redirects")
    headers = _lines(output, "_headers")
    yield Measure.HEADERS, (sum(not line[0].isspace() for line in headers), "")
    yield Measure.HEADER, _longest(headers, "_headers")


def _walk(output: str) -> _Sizes:
    sizes = _Sizes()
    pending = [""]
    while pending:
        inner = pending.pop()
        here = 0
        with os.scandir(f"{output}/{inner}") as entries:
            for entry in entries:
                path = f"{inner}{entry.name}"
                if entry.is_dir(follow_symlinks=False):
                    pending.append(f"{path}/")
                    continue
                here += 1
                size = entry.stat(follow_symlinks=False).st_size
                sizes.bytes += size
                sizes.file = max(sizes.file, (size, path))
                sizes.path = max(sizes.path, (len(os.fsencode(path)), path))
        sizes.files += here
        sizes.folder = max(sizes.folder, (here, inner))
    return sizes


def _lines(output: Path, name: str) -> list[str]:
    """The lines of a file of rules, without blank ones and comments."""
    try:
        text = (output / name).read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return []
    return [line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#")]


def _is_dynamic(redirect: str) -> bool:
    """Whether a redirect leads on from more than one address: its source has an asterisk or a placeholder."""
    source = redirect.split()[0]
    return "*" in source or "/:" in source


def _longest(lines: list[str], name: str) -> tuple[int, str]:
    return (max(map(len, lines)), name) if lines else (0, "")
