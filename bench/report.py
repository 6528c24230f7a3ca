"""The results as a page to read: `docs/benchmarks.md`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from bench.generators import UNSEARCHED
from bench.phases import PHASES
from bench.results import Figure, Results
from bench.scenarios import PROGRAM, SCENARIOS
from bench.searching import FIGURES
from bench.targets import TARGETS, Target

ENOUGH = 3  # runs, of which a median leaves the odd one out

_HEAD = """\
# What a build costs

This page and its plot are written by `python -m bench --docs`; everything on it was measured in the calls named below.
Absolute times belong to the machine; ratios of one call hold.

A made archive (`bench/archive.py`) is laid out for each generator, with settings and templates as alike as each allows
(`bench/sites/`, `bench/generators/`): article pages with five related articles and the ten latest, lists of 20 for each tag,
editor and section, pages for days, months and years, a paged front page, feeds of 20 full texts for the site and each tag,
editor and section, and a sitemap.
The generators run in turn, one run each, round by round; what stands in a table is the median of all runs.
Wall and CPU time are of the whole process tree, memory is the highest PSS summed over its processes.
Before anything counts, the outputs are compared: as many pages of each kind, the same texts, lists and feeds, within a tenth.
"""

_DIFFERENCES = """\
## What is not alike

- Pages for years, months and days: Pelican has them built in; to Hugo they are taxonomies, as it has no pages for days.
- ssg sanitises every text; Hugo and Pelican trust it.
- Lists of ssg are numbered from the oldest article, so a list's front holds 20 to 39, and an address after the last numbered
  page leads to the front. The peers number from the newest.
- "The ten latest" are those at an article's own time in ssg, and those of today in the peers: theirs are the same on every
  page, and Hugo makes them once (`partialCached`).
- Related articles: ssg ranks by all words of the text, pairs of them, tags, links and nearness in time; Hugo by tags and year
  (`site.RegularPages.Related`); Pelican by the number of shared tags (a plugin of some lines in `bench/sites/pelican`, as
  Pelican has none of its own).
- Feeds of ssg carry a summary beside the full text.
- The sitemap of ssg is an index with a file for each month of articles; that of the peers is one file.
- Hugo's own binary is run, not the Python launcher in front of it. Pelican writes with one process; it has no others.
- A peer's build after an edit is its build of everything: nothing less of theirs gives a site that is right throughout.
"""


def markdown(results: Results, plot: str) -> str:
    """The whole page; `plot` is the file name of the plot beside it."""
    parts = [
        _HEAD,
        f"![Wall time of a build from scratch over the number of articles, both axes logarithmic]({plot})\n",
        "\n".join(["## What has to be reached", "", *_targets(results)]) + "\n",
    ]
    for articles in results.sizes():
        parts.append("\n".join([f"## {articles:,} articles", "", *_sections(results, articles)]) + "\n")
    parts.append("\n".join(["## The program alone", "", *_program(results)]) + "\n")
    parts.append(_DIFFERENCES)
    parts.append("\n".join(["## How it was measured", "", *_circumstances(results)]) + "\n")
    return "\n".join(parts)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'|'.join(' --- ' if number == 0 else ' ---: ' for number in range(len(head)))}|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _targets(results: Results) -> Iterator[str]:
    rows = []
    for target in TARGETS:
        value = target.value(results)
        shown = "" if value is None else _figure(value, target)
        most = f"{target.most:g}" + (f" (aim: {target.aim:g})" if target.aim else "")
        rows.append((target.measure, f"{most} {target.unit}".strip(), shown, target.verdict(results)))
    yield from _table(("measure", "at most", "measured", ""), rows)


def _figure(value: float, target: Target) -> str:
    return f"{value:,.3g} {target.unit}".strip() if value < 1000 else f"{value:,.0f} {target.unit}".strip()


def _sections(results: Results, articles: int) -> Iterator[str]:
    runs = max((row.round + 1 for row in results.rows if row.articles == articles), default=0)
    if runs < ENOUGH:
        yield f"Measured {'once' if runs == 1 else 'twice'} only: whatever else the machine did then shows in these figures."
        yield ""
    for scenario in SCENARIOS:
        rows = [row for key in results.labels if (row := _row(results, articles, scenario.name, key))]
        if not rows:
            continue
        yield f"### {scenario.title}"
        yield ""
        head = ["generator", "wall, s", "CPU, s", "memory, MiB", "files", "output, MiB", "runs"]
        if scenario.once:
            head.insert(-1, "files that differ")
        else:
            rows = [(*row[:-2], row[-1]) for row in rows]
        yield from _table(head, rows)
        yield ""
    ranked = list(_ranked(results, articles))
    if ranked:
        yield "### Related articles, within a build of ours"
        yield ""
        yield from _table(("build", "related, s", "of the build's wall"), ranked)
        yield ""
    if str(articles) in results.searching:
        yield "### Searching, in the default theme"
        yield ""
        yield from _searching(results, articles)
        yield ""
    if str(articles) in results.phases:
        yield "### What one article costs from scratch, phase by phase"
        yield ""
        yield from _phases(results, articles)
        yield ""
    kinds = results.kinds.get(str(articles))
    if kinds:
        keys = [key for key in results.labels if any(key in made for made in kinds.values())]
        yield "### Files of each kind"
        yield ""
        head = ["kind", *(results.labels[key] for key in keys)]
        yield from _table(head, ([kind, *(f"{made.get(key, 0):,}" for key in keys)] for kind, made in kinds.items()))


def _row(results: Results, articles: int, scenario: str, key: str) -> tuple[str, ...] | None:
    label = results.labels[key]
    runs = len(results.figures(articles, scenario, key, "wall"))
    if not runs:
        stopped = results.stopped(articles, scenario, key)
        return (label, f"ended after {stopped:g}", "", "", "", "", "", "") if stopped else None
    wall, cpu = (results.median(articles, scenario, key, figure) for figure in ("wall", "cpu"))
    memory, files, size, changed = (
        results.median(articles, scenario, key, figure) for figure in ("memory", "files", "size", "changed")
    )
    return (
        label,
        _seconds(wall),
        _seconds(cpu),
        _mebibytes(memory),
        _count(files),
        _mebibytes(size),
        _count(changed),
        str(runs),
    )


def _ranked(results: Results, articles: int) -> Iterator[tuple[str, ...]]:
    for scenario in SCENARIOS:
        related, wall = (results.median(articles, scenario.name, "ssg", figure) for figure in ("related", "wall"))
        if related is not None and wall:
            yield scenario.title, _seconds(related), f"{related / wall:.1%}"


def _searching(results: Results, articles: int) -> Iterator[str]:
    found = results.searching[str(articles)]
    units = {"files": 1.0, "bytes": 1e6}
    rows = [(what, f"{found[figure] / units.get(figure, 1e3):,.4g}") for figure, what in FIGURES.items()]
    figures: tuple[Figure, ...] = ("wall", "cpu")
    for of in figures:
        with_it, without = (results.median(articles, "scratch", key, of) for key in ("ssg-default", UNSEARCHED))
        if with_it is not None and without:
            rows.append((f"{of} of a build from scratch, with it / without", f"{with_it / without:.3f}"))
    yield from _table(("what", "figure"), rows)


def _phases(results: Results, articles: int) -> Iterator[str]:
    yield (
        "Milliseconds of CPU for each article, one process without workers; its lists and feeds are in it. The least is what a"
        " loop costs that reads the same sources and writes the same output, and does nothing else."
    )
    yield ""
    rows, sums = [], [0.0, 0.0]
    for phase, what in PHASES.items():
        took = [results.phase(articles, whose, phase) for whose in ("ours", "least")]
        rows.append((f"{phase}: {what}", *("" if spent is None else f"{1000 * spent / articles:.3f}" for spent in took)))
        sums = [total + (spent or 0.0) for total, spent in zip(sums, took, strict=True)]
    rows.append(("all", *(f"{1000 * spent / articles:.3f}" for spent in sums)))
    yield from _table(("phase", "ssg", "the least"), rows)


def _seconds(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


def _mebibytes(value: float | None) -> str:
    return "" if value is None else f"{value / 1024**2:,.0f}"


def _count(value: float | None) -> str:
    return "" if value is None else f"{value:,.0f}"


def _program(results: Results) -> Iterator[str]:
    rows = []
    for name, measure in PROGRAM.items():
        runs = len(results.figures(0, name, "ssg", "cpu"))
        if runs:
            wall, cpu = (results.median(0, name, "ssg", figure) for figure in ("wall", "cpu"))
            rows.append(((measure.__doc__ or name).rstrip("."), _seconds(wall), _seconds(cpu), str(runs)))
    if rows:
        yield from _table(("command", "wall, s", "CPU, s", "runs"), rows)
    else:
        yield "Not measured."


def _circumstances(results: Results) -> Iterator[str]:
    yield "```sh"
    yield from results.commands
    yield "```"
    yield ""
    yield from _table(
        ("what", "which"),
        [*results.machine.items(), ("seed of the archive", str(results.seed)), *results.versions.items()],
    )
    for family, why in results.absent.items():
        yield ""
        yield f"{family} was not measured: {why}"
