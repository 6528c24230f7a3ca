"""Themes that installed packages bring: entry points of the group `ssg.themes`.

The entry point's name is the theme's, its value an importable package whose folder holds `theme.toml`, `templates/` and the
rest (https://packaging.python.org/en/latest/specifications/entry-points/). None of its code is run.
"""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points
from importlib.util import find_spec
from pathlib import Path

import msgspec

from ssg.model import Place
from ssg.problems import stop

GROUP = "ssg.themes"


class Package(msgspec.Struct, frozen=True):
    """A theme of an installed package: its name, who brings it (`kabar-theme 1.2`), and its folder if there is one."""

    theme: str
    distribution: str
    folder: Path | None


def installed() -> list[Package]:
    """All themes of installed packages, by name."""
    return sorted((_package(entry) for entry in entry_points(group=GROUP)), key=lambda one: (one.theme, one.distribution))


def folder_of(name: str, asked_by: Place) -> Path | None:
    """The folder of the theme that an installed package brings under this name; None if none does.

    Raises BuildStopped: theme.missing if the package lacks the folder, theme.bad if two packages bring the name.
    """
    found = [_package(entry) for entry in entry_points(group=GROUP, name=name)]
    if not found:
        return None
    if len({one.folder for one in found}) > 1:  # which is first would hang on the machine
        who = " and ".join(sorted(one.distribution for one in found))
        raise stop(asked_by, "theme.bad", f"two packages bring a theme {name!r}: {who}", "Uninstall one of them.")
    if found[0].folder is None:
        what = f"the package {found[0].distribution} names a theme {name!r}, but its folder is not there"
        raise stop(asked_by, "theme.missing", what, "Install the package again, unpacked, or ask its maker.")
    return found[0].folder


def _package(entry: EntryPoint) -> Package:
    name = f"{entry.dist.name} {entry.dist.version}" if entry.dist else "?"
    return Package(entry.name, name, _folder(entry))


def _folder(entry: EntryPoint) -> Path | None:
    top, *parts = entry.module.split(".")
    if entry.dist:  # where it was installed, whatever stands before it on the path of modules
        folder = Path(str(entry.dist.locate_file(top)), *parts)
        if folder.is_dir():
            return folder
    try:
        spec = find_spec(top)  # of a package at the top, finding runs none of its code
    except (ImportError, ValueError):
        return None
    places = (spec.submodule_search_locations if spec else None) or ()
    return next((folder for place in places if (folder := Path(place, *parts)).is_dir()), None)
