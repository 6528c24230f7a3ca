"""The generators that are measured, one module each; all that is told of them stands in `named`."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from bench.generators.base import Generator
from bench.generators.hugo import Hugo
from bench.generators.ours import Ours
from bench.generators.pelican import Pelican

FAMILIES = ("ssg", "hugo", "pelican")
UNSEARCHED = "ssg-default-unsearched"  # what searching costs is seen beside `ssg-default`

__all__ = ["FAMILIES", "KEYS", "UNSEARCHED", "Generator", "Hugo", "Ours", "Pelican", "named"]


def named(families: Collection[str], environments: Path) -> list[Generator]:
    """The generators of these families (`FAMILIES`), peers in environments of their own below a folder."""
    return [one for one in _every(environments) if one.family in families]


def _every(environments: Path) -> list[Generator]:
    return [
        Ours("ssg", "ssg"),
        Ours("ssg-unrelated", "ssg, related off", related=False),
        Ours("ssg-default", "ssg, its default theme", theme="default"),
        Ours(UNSEARCHED, "ssg, its default theme, search off", theme="default", searched=False),
        Hugo("hugo", "Hugo", environments),
        Hugo("hugo-unrelated", "Hugo, related off", environments, related=False),
        Pelican("pelican", "Pelican", environments),
    ]


KEYS = tuple(generator.key for generator in _every(Path()))
