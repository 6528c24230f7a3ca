"""What the program has to reach, and whether it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bench.generators import UNSEARCHED
from bench.results import Figure, Results

GIB = 1024**3


@dataclass(frozen=True)
class Target:
    """One line: what is measured, how it is read from the results (None: not measured), and how much it may be at most."""

    measure: str
    value: Callable[[Results], float | None]
    most: float
    unit: str = ""
    aim: float | None = None

    def verdict(self, results: Results) -> str:
        """`reached`, `not reached`, or `not measured`."""
        value = self.value(results)
        if value is None:
            return "not measured"
        return "reached" if value <= self.most else "not reached"


@dataclass(frozen=True)
class _Of:
    """One median: of what archive, scenario and generator, and which figure."""

    articles: int
    scenario: str
    generator: str
    figure: Figure = "wall"

    def __call__(self, results: Results) -> float | None:
        return results.median(self.articles, self.scenario, self.generator, self.figure)

    def __truediv__(self, other: _Of) -> Callable[[Results], float | None]:
        def ratio(results: Results) -> float | None:
            ours, theirs = self(results), other(results)
            return ours / theirs if ours is not None and theirs else None

        return ratio

    def __sub__(self, other: _Of) -> Callable[[Results], float | None]:
        def difference(results: Results) -> float | None:
            one, less = self(results), other(results)
            return one - less if one is not None and less is not None else None

        return difference


@dataclass(frozen=True)
class _Searching:
    """One of `searching.FIGURES` of an archive of 10,000."""

    figure: str
    unit: float = 1.0

    def __call__(self, results: Results) -> float | None:
        found = results.searching.get("10000")
        return found[self.figure] / self.unit if found else None


def _memory(results: Results) -> float | None:
    most = max(results.figures(100_000, "scratch", "ssg", "memory"), default=None)
    return most / GIB if most is not None else None


def _scratch(articles: int, generator: str = "ssg", figure: Figure = "wall") -> _Of:
    return _Of(articles, "scratch", generator, figure)


TARGETS = (
    Target("from scratch, 10,000, related on: our wall / Hugo's", _scratch(10_000) / _scratch(10_000, "hugo"), 0.4, aim=0.2),
    Target(
        "from scratch, 10,000, related off: our wall / Hugo's",
        _scratch(10_000, "ssg-unrelated") / _scratch(10_000, "hugo-unrelated"),
        0.9,
        aim=0.5,
    ),
    Target("from scratch, 10,000: our wall / Pelican's", _scratch(10_000) / _scratch(10_000, "pelican"), 0.2),
    Target(
        "from scratch, 100,000: our wall with related / Hugo's without",
        _scratch(100_000) / _scratch(100_000, "hugo-unrelated"),
        0.8,
        aim=0.4,
    ),
    Target(
        "from scratch, 100,000: our CPU / our CPU at 10,000",
        _scratch(100_000, figure="cpu") / _scratch(10_000, figure="cpu"),
        12,
    ),
    Target("peak memory at 100,000, all our processes, the highest of all runs", _memory, 2, "GiB"),
    Target(
        "nothing changed, 100,000: our wall / Hugo's full build without related",
        _Of(100_000, "unchanged", "ssg") / _scratch(100_000, "hugo-unrelated"),
        0.02,
    ),
    Target(
        "one article edited, 100,000: our wall / Hugo's full build without related",
        _Of(100_000, "edited", "ssg") / _scratch(100_000, "hugo-unrelated"),
        0.03,
    ),
    Target(
        "one article edited, 10,000: our wall / Hugo's full build with related",
        _Of(10_000, "edited", "ssg") / _scratch(10_000, "hugo"),
        0.04,
    ),
    Target("10,000, fresh clone, cache kept: our wall / from scratch", _Of(10_000, "cloned", "ssg") / _scratch(10_000), 0.5),
    Target(
        "10,000, fresh clone, cache and output kept: our wall / from scratch",
        _Of(10_000, "cloned-kept", "ssg") / _scratch(10_000),
        0.15,
    ),
    *(
        Target(f"files that differ after the newest article, {articles:,}", _Of(articles, "added", "ssg", "changed"), 60)
        for articles in (1_000, 100_000)
    ),
    Target(
        "files that differ after the newest article, 100,000: more than at 1,000",
        _Of(100_000, "added", "ssg", "changed") - _Of(1_000, "added", "ssg", "changed"),
        10,
    ),
    Target(
        "from scratch, 100,000: related articles, of our wall", _scratch(100_000, figure="related") / _scratch(100_000), 0.334
    ),
    Target(
        "related articles from scratch, 100,000: so many times as long as at 10,000",
        _scratch(100_000, figure="related") / _scratch(10_000, figure="related"),
        12,
    ),
    *(
        Target(
            f"one article edited, {articles:,}: related articles / the same from scratch",
            _Of(articles, "edited", "ssg", "related") / _scratch(articles, figure="related"),
            0.05,
        )
        for articles in (10_000, 100_000)
    ),
    Target("searching 10,000: files", _Searching("files"), 100),
    Target("searching 10,000: all files", _Searching("bytes", 1e6), 30, "MB"),
    Target("searching 10,000: read for the first ten results at most", _Searching("first", 1e3), 400, "KB"),
    *(
        Target(
            f"from scratch, {articles:,}, default theme: our wall with search / without",
            _scratch(articles, "ssg-default") / _scratch(articles, UNSEARCHED),
            1.1,
        )
        for articles in (10_000, 100_000)
    ),
    Target("`ssg --help`: CPU", _Of(0, "help", "ssg", "cpu"), 0.25, "s"),
    Target("`ssg build` on the demonstration, nothing changed: CPU", _Of(0, "demonstration", "ssg", "cpu"), 0.5, "s"),
)
