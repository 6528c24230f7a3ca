"""The generators that are measured, one module each; all that is told of them stands in `named`."""

from __future__ import annotations

from pathlib import Path

from bench.generators.base import Generator
from bench.generators.hugo import Hugo
from bench.generators.ours import Ours
from bench.generators.pelican import Pelican

FAMILIES = ("ssg", "hugo", "pelican")

__all__ = ["FAMILIES", "Generator", "Hugo", "Ours", "Pelican", "named"]


def named(families: list[str], environments: Path) -> list[Generator]:
    """The generators of these families (`FAMILIES`), peers in environments of their own below a folder."""
    every: list[Generator] = [
        Ours("ssg", "ssg"),
        Ours("ssg-unrelated", "ssg, related off", related=False),
        Ours("ssg-default", "ssg, its default theme", theme="default"),
        Hugo("hugo", "Hugo", environments),
        Hugo("hugo-unrelated", "Hugo, related off", environments, related=False),
        Pelican("pelican", "Pelican", environments),
    ]
    return [one for one in every if one.family in families]
