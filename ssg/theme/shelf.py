"""The themes at hand: those of the site, those that come with the program, those of installed packages."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ssg.model import Problem
from ssg.problems import BuildStopped
from ssg.theme import packages
from ssg.theme.files import shipped
from ssg.theme.theme import chain, names


class AtHand(msgspec.Struct, frozen=True):
    """A theme at hand: the name that `site.toml` and `extends` give it, what it says of itself, and who brings it.

    `brought_by`: `themes/NAME` of the site, a package (`kabar-theme 1.2`), "the program"; the nearest first.
    """

    name: str
    title: str
    description: str
    extends: str
    brought_by: tuple[str, ...]


def at_hand(root: Path) -> tuple[list[AtHand], list[Problem]]:
    """All themes at hand by name, and what is wrong with those that cannot be used."""
    found: list[AtHand] = []
    problems: list[Problem] = []
    for name in names(root):
        try:
            link = next(chain(root, name))
        except BuildStopped as stopped:
            problems += stopped.problems
            continue
        said = link.said
        found.append(AtHand(name, said.name, said.description, said.extends, _brought_by(root, name)))
    return found, problems


def _brought_by(root: Path, name: str) -> tuple[str, ...]:
    own, came = root / "themes" / name, shipped() / name
    who = [f"themes/{name}"] if own.is_dir() and own.resolve() != came.resolve() else []
    if came.is_dir():
        return (*who, "the program")
    return (*who, *sorted({one.distribution for one in packages.installed() if one.theme == name and one.folder}))
