"""The runs, in turn: each round measures every scenario with every generator, and begins with another one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench import agreement, inventory, phases, searching
from bench.archive import Archive
from bench.environments import MissingError
from bench.generators import Generator, named
from bench.measure import TooLongError
from bench.results import Results, Row, machine
from bench.scenarios import PHASES, PROGRAM, SCENARIOS, Outcome, Scenario
from bench.site import Site, remove_away

MANY = 100_000  # from so many articles on, three runs have to do
KEPT = "running.json"  # what was measured so far, should the call be ended

Tell = Callable[[str], None]


class DisagreementError(Exception):
    """Two generators did not make the same site, so their times say nothing. The message says where they differ."""


@dataclass(frozen=True)
class Wanted:
    """What is asked for. `runs` None: five, or three of many articles. `limit` in seconds."""

    sizes: tuple[int, ...]
    runs: int | None
    only: tuple[str, ...]
    families: tuple[str, ...]
    without: tuple[str, ...]  # keys of generators of these families that are left out
    seed: int
    limit: float
    work: Path
    command: str


def measured(wanted: Wanted, tell: Tell) -> Results:
    """Measure all that is wanted.

    Raises DisagreementError, `measure.CommandFailedError` where a build fails, and OSError.
    """
    results = Results([wanted.command], machine(), wanted.seed)
    generators = _ready(wanted, results, tell)
    for name in (name for name in PROGRAM if name in wanted.only and "ssg" in wanted.families):
        for turn in range(wanted.runs or 5):
            tell(f"{name}, run {turn + 1}")
            results.rows.append(_row(0, name, "ssg", turn, PROGRAM[name](wanted.work)))
    scenarios = [scenario for scenario in SCENARIOS if scenario.name in wanted.only]
    try:
        for size in wanted.sizes:
            if scenarios or PHASES in wanted.only:
                _one_size(wanted, size, generators, scenarios, results, tell)
    finally:
        for size in wanted.sizes:
            remove_away(_sites(wanted, size))
    return results


def _sites(wanted: Wanted, size: int) -> Path:
    return wanted.work / "sites" / str(size)


def _ready(wanted: Wanted, results: Results, tell: Tell) -> list[Generator]:
    """The generators that can run here; why another cannot stands in the results."""
    ready = []
    for generator in named(wanted.families, wanted.work / "environments"):
        if generator.key in wanted.without:
            continue
        try:
            generator.prepare()
        except MissingError as missing:
            if generator.family not in results.absent:
                tell(f"left out: {missing}")
            results.absent[generator.family] = str(missing)
            continue
        results.labels[generator.key] = generator.label
        results.versions.setdefault(generator.family, generator.version())
        ready.append(generator)
    return ready


def _one_size(
    wanted: Wanted, size: int, generators: list[Generator], scenarios: list[Scenario], results: Results, tell: Tell
) -> None:
    archive = Archive(size, wanted.seed)
    sites = {}
    for generator in generators:
        tell(f"{size:,} articles: laying out for {generator.label}")
        site = Site(archive, generator, _sites(wanted, size) / generator.key, wanted.limit)
        site.lay_out()
        sites[generator.key] = site
    too_long: set[str] = set()
    for turn in range(wanted.runs or (3 if size >= MANY else 5)):
        for scenario in scenarios:
            if scenario.once and turn:
                continue
            first = turn % max(1, len(generators))
            for generator in (*generators[first:], *generators[:first]):
                if not scenario.wanted(generator) or generator.key in too_long:
                    continue
                tell(f"{size:,} articles, run {turn + 1}: {scenario.name}, {generator.label}")
                try:
                    row = _row(size, scenario.name, generator.key, turn, scenario.measure(sites[generator.key]))
                except TooLongError as ended:
                    too_long.add(generator.key)
                    row = Row(size, scenario.name, generator.key, turn, stopped=ended.seconds)
                results.rows.append(row)
            if scenario.name == "scratch" and not turn:
                _note_searching(sites, results)
                _compare(archive, {key: site for key, site in sites.items() if key not in too_long}, results, tell)
            results.save(wanted.work / "results" / KEPT)
        if PHASES in wanted.only and "ssg" in sites:
            tell(f"{size:,} articles, run {turn + 1}: {PHASES}, {sites['ssg'].generator.label}")
            results.note_phases(size, phases.measured(sites["ssg"]))


def _note_searching(sites: dict[str, Site], results: Results) -> None:
    for site in sites.values():
        found = searching.figures(site.output)
        if found:
            results.searching[str(site.archive.size)] = found


def _row(size: int, scenario: str, key: str, turn: int, outcome: Outcome) -> Row:
    took = outcome.measured
    counted = outcome.files, outcome.size, outcome.changed, outcome.related
    return Row(size, scenario, key, turn, took.wall, took.cpu, took.memory, *counted)


def _compare(archive: Archive, sites: dict[str, Site], results: Results, tell: Tell) -> None:
    """Ours beside each peer, with the same settings where that was built; raises DisagreementError.

    Keeps how many files of each kind everyone made.
    """
    kinds = results.kinds.setdefault(str(archive.size), {})
    faults = []
    for key, site in sites.items():
        for kind, made in sorted(inventory.kinds(site.output).items()):
            kinds.setdefault(kind, {})[key] = made
        related = site.generator.related
        ours = sites.get("ssg") if related else sites.get("ssg-unrelated", sites.get("ssg"))
        if ours and site.generator.family != "ssg":
            found = agreement.differences(archive, ours.output, site.output, related=related)
            faults += [f"{site.generator.label} and ssg: {fault}" for fault in found]
    if faults:
        raise DisagreementError("The sites do not agree:\n" + "\n".join(faults))
    tell(f"{archive.size:,} articles: the sites agree")
