"""Lighthouse's opinion of the demonstration: `python -m tests.browser.lighthouse [RUNS]`, which `make lighthouse` runs.

Each page is looked at RUNS times (5) on a telephone and as often on a desk; the median counts. It needs chromium, node and the
packages of tests/tools, and some minutes on a machine that does nothing else: how fast a page is depends on that.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median

import msgspec

from tests.browser.serving import PROJECT, served
from tests.conftest import QUIET, Made

TOOLS = PROJECT / "tests" / "tools"
DEVICES = ("phone", "desk")
RUNS = 5
# What each category must reach, out of a hundred.
LIMITS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
SEARCH = "cari"  # it asks search engines to stay away, which costs points there


class Look(msgspec.Struct, frozen=True):
    """One look at a page: the scores of the categories (0 to 100), what cost points, and what was counted on the way.

    `shift` is the cumulative layout shift, `kilobytes` what was transferred; both only where performance was looked at.
    """

    page: str
    device: str
    scores: dict[str, int]
    faults: tuple[str, ...]
    shift: float | None
    kilobytes: int | None


def lacking() -> str:
    """What this machine lacks for Lighthouse, or ""."""
    for program in ("chromium", "node"):
        if shutil.which(program) is None:
            return f"needs {program}"
    return "" if (TOOLS / "node_modules" / "lighthouse").is_dir() else "needs lighthouse: npm ci --prefix tests/tools"


def look(pages: Iterable[str], devices: Iterable[str], categories: Iterable[str], runs: int = 1) -> list[Look]:
    """What Lighthouse says of pages (whole addresses). Raises RuntimeError with its words if it cannot say anything."""
    wanted = {
        "chrome": shutil.which("chromium"),
        "flags": ["--headless=new", *QUIET],
        "pages": list(pages),
        "devices": list(devices),
        "runs": runs,
        "categories": list(categories),
    }
    command = ["node", str(TOOLS / "lighthouse.mjs"), json.dumps(wanted)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    if run.returncode:
        raise RuntimeError(run.stderr)
    return [msgspec.json.decode(line, type=Look) for line in run.stdout.splitlines()]


# What is looked at: the front page, and of each of these the page with the most text, an article and a tag first.
READ = ("20??/*/*/*", "tag/*")
FOUND_BY = ("arsip", "20??", "20??/??", "20??/??/??", "hari-ini", "hari-ini/*", "indeks", "indeks/*", "statistik", SEARCH)


def demonstration(made: Made, origin: str) -> list[str]:
    """Build the demonstration for an origin, and name its front page, and the fullest pages of READ and of FOUND_BY."""
    for name in ("content", "data", "static"):
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, made.root / name)
    made.put("site.toml", (PROJECT / "site.toml").read_bytes()).build("--base-url", f"{origin}/")
    return [f"{origin}{address}" for address in ("/", *(_fullest(made, pattern) for pattern in (*READ, *FOUND_BY)))]


def _fullest(made: Made, pattern: str) -> str:
    """The address of the page with the most text among the folders of a pattern."""
    files = [file for folder in made.output.glob(pattern) if (file := folder / "index.html").is_file()]
    fullest = max(sorted(files), key=lambda file: file.stat().st_size)
    return f"/{fullest.parent.relative_to(made.output).as_posix()}/"


def missed(page: str, scores: Mapping[str, float]) -> set[str]:
    """The categories whose limits a page with these scores misses."""
    stays_away = {"seo"} if page.endswith(f"/{SEARCH}/") else set()
    return {name for name, score in scores.items() if score < LIMITS[name]} - stays_away


def main(runs: int = RUNS) -> int:
    """Print a table of medians, and what costs points; 1 if a limit is missed, 2 if Lighthouse cannot run."""
    if lack := lacking():
        print(lack, file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as folder:
        made = Made(Path(folder))
        made.output.mkdir()
        with served(made.output) as origin:
            pages = demonstration(made, origin)
            looks = look(pages, DEVICES, LIMITS, runs)
    too_low = False
    print(f"{'page':52} {'device':6}" + "".join(f" {name:>14}" for name in LIMITS) + f" {'shift':>6} {'kB':>5}")
    for page in pages:
        for device in DEVICES:
            those = [one for one in looks if (one.page, one.device) == (page, device)]
            scores = {name: median(one.scores[name] for one in those) for name in LIMITS}
            too_low |= bool(missed(page, scores))
            shift = max(one.shift or 0 for one in those)
            cells = "".join(f" {scores[name]:>14.0f}" for name in LIMITS)
            print(f"{page.removeprefix(origin)[:52]:52} {device:6}{cells} {shift:>6.3f} {those[0].kilobytes or 0:>5}")
            for fault in sorted({fault for one in those for fault in one.faults}):
                print(f"    {fault}")
    print("some limits are missed" if too_low else f"all limits are kept, in the median of {runs}")
    return int(too_low)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
