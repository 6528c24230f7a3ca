"""Problems, each with its place, its code in the catalogue and its level in this build; and the collector of them all."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

import msgspec

from ssg.catalogue import CATALOGUE
from ssg.model import Level, Place, Problem


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word most like `word`, or "" if none is near."""
    found = difflib.get_close_matches(word, list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


class Levels(msgspec.Struct, frozen=True):
    """Which level each code has in this build.

    `set_by_site` is `[problems]` of site.toml, `strict` makes every warning an error, and `keep_going` lowers the
    loss of a feed, which may come of what is left out.
    """

    set_by_site: dict[str, Level] = {}
    strict: bool = False
    keep_going: bool = False

    def of(self, code: str) -> Level:
        """The level of `code`, an entry of the catalogue."""
        entry = CATALOGUE[code]
        if entry.fixed:
            return "error"
        if self.keep_going and code == "feed.vanished":
            return "warning"
        return "error" if self.strict else self.set_by_site.get(code, entry.level)


class Problems:
    """All problems of one build, each with its level; errors first, since what is left out for them has consequences."""

    def __init__(self, levels: Levels | None = None) -> None:
        self.levels = levels or Levels()
        self._found: dict[Problem, None] = {}

    def add(self, place: Place, code: str, what: str, mend: str = "") -> None:
        """Note a problem; without `mend` the catalogue's cure is shown."""
        self.extend([Problem(place, code, what, mend or CATALOGUE[code].cure)])

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems that a room has found, giving each its level."""
        for problem in problems:
            self._found[msgspec.structs.replace(problem, level=self.levels.of(problem.code))] = None

    def __iter__(self) -> Iterator[Problem]:
        return iter(sorted(self._found, key=lambda p: (p.level != "error", p.place, p.code, p.what)))

    def __len__(self) -> int:
        return len(self._found)

    def at(self, level: Level) -> list[Problem]:
        """The problems of one level, by place."""
        return [problem for problem in self if problem.level == level]

    @property
    def errors(self) -> list[Problem]:
        """What keeps the build from publishing, by place."""
        return self.at("error")

    @property
    def warnings(self) -> list[Problem]:
        """What is worth mending but publishes, by place."""
        return self.at("warning")


class BuildStopped(Exception):
    """The build cannot go on; `problems` say why."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(f"{p.place}: {p.what}" for p in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[type[BuildStopped], tuple[Problem, ...]]:
        return type(self), self.problems  # a worker raises it too


def problem(place: Place, code: str, what: str, mend: str = "") -> Problem:
    """A problem of the catalogue; without `mend` it carries the catalogue's cure."""
    return Problem(place, code, what, mend or CATALOGUE[code].cure)


def stop(place: Place, code: str, what: str, mend: str = "") -> BuildStopped:
    """A `BuildStopped` of one problem, to raise."""
    return BuildStopped(problem(place, code, what, mend))
