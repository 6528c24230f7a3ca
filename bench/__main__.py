"""`python -m bench`: lay out, run in turn, compare, and write down."""

from __future__ import annotations

import argparse
import shlex
import sys
import tempfile
from pathlib import Path

from bench import rounds
from bench.archive import LINKS
from bench.generators import FAMILIES, KEYS, UNSEARCHED
from bench.generators.base import PACKAGE
from bench.measure import CommandFailedError
from bench.plot import svg
from bench.report import markdown
from bench.results import Results, load
from bench.scenarios import NAMES
from bench.targets import TARGETS

DOCS = PACKAGE.parent / "docs"


def main(arguments: list[str] | None = None) -> int:
    """Run the bench; 0, or 1 where the sites do not agree or a command fails."""
    asked = _parser().parse_args(arguments)
    work: Path = asked.work.absolute()
    try:
        if asked.results:
            results = load(asked.results)
        else:
            command = shlex.join(["python", "-m", "bench", *(sys.argv[1:] if arguments is None else arguments)])
            results = rounds.measured(
                rounds.Wanted(
                    sizes=tuple(asked.sizes),
                    runs=asked.runs,
                    only=tuple(asked.only),
                    families=tuple(asked.generators),
                    without=tuple(asked.without),
                    seed=asked.seed,
                    limit=asked.limit,
                    work=work,
                    command=command,
                ),
                lambda text: print(text, file=sys.stderr, flush=True),
            )
    except (rounds.DisagreementError, CommandFailedError, ValueError, OSError) as fault:
        print(fault, file=sys.stderr)
        return 1
    _write(results, work / "results", "benchmarks")
    if asked.docs:
        _write(results, DOCS, "benchmarks")
    for target in TARGETS:
        value = target.value(results)
        if value is not None:
            print(
                f"{target.verdict(results):12} {value:10.3g}  {target.measure} (at most {target.most:g} {target.unit})".rstrip()
            )
    print(f"\nAll figures: {work / 'results' / 'benchmarks.md'}")
    return 0


def _write(results: Results, folder: Path, name: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    lines = {
        label: [(n, wall) for n in results.sizes() if (wall := results.median(n, "scratch", key)) is not None]
        for key, label in results.labels.items()
        if key != UNSEARCHED  # its line would lie on that of the whole
    }
    (folder / f"{name}.svg").write_text(svg(lines), encoding="utf-8")
    (folder / f"{name}.md").write_text(markdown(results, f"{name}.svg"), encoding="utf-8")
    results.save(folder / f"{name}.json")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure ssg beside Hugo and Pelican on made archives of news.",
        epilog="Example:  python -m bench --sizes 1000 10000 --only scratch edited",
    )
    parser.add_argument("--sizes", type=_size, nargs="+", default=[1000, 10_000], metavar="N", help="articles of each archive")
    parser.add_argument("--only", nargs="+", choices=NAMES, default=list(NAMES), metavar="SCENARIO", help=", ".join(NAMES))
    parser.add_argument("--generators", nargs="+", choices=FAMILIES, default=list(FAMILIES), help="which to measure; all")
    parser.add_argument("--without", nargs="+", choices=KEYS, default=[], metavar="KEY", help=f"leave out: {', '.join(KEYS)}")
    parser.add_argument("--runs", type=_positive, metavar="N", help="runs of each (5; 3 from 100,000 articles on)")
    parser.add_argument("--limit", type=float, default=1200, metavar="SECONDS", help="end a build after so long (1200)")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="which archive (1)")
    parser.add_argument(
        "--work",
        type=Path,
        default=Path(tempfile.gettempdir()) / "ssg-bench",
        metavar="DIR",
        help="where environments, sites and results are kept between calls (%(default)s)",
    )
    parser.add_argument(
        "--docs", action="store_true", help="write docs/benchmarks.md anew, with its plot and its figures as JSON"
    )
    parser.add_argument(
        "--results",
        type=Path,
        nargs="+",
        metavar="FILE",
        help="measure nothing, and show the JSON files of earlier calls together",
    )
    return parser


def _positive(text: str) -> int:
    if (number := int(text)) < 1:
        raise argparse.ArgumentTypeError(f"{number} is less than 1")
    return number


def _size(text: str) -> int:
    if (number := int(text)) <= LINKS:
        raise argparse.ArgumentTypeError(f"an archive has more than {LINKS} articles")
    return number


if __name__ == "__main__":
    sys.exit(main())
