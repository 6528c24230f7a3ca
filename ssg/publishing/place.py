"""Where an output, its state and its pointer stand, and how a fault of theirs is told."""

from __future__ import annotations

import os
from pathlib import Path

from ssg import digests
from ssg.model import Place, Problem
from ssg.problems import BuildStopped, problem, stop

SOURCES = ("content", "themes", "static", "data")
POINTER = ".ssg-journal-"


def state_of(output: str) -> str:
    """The folder of an output's state, beside it: `/site/output` has `/site/.output.ssg`. `output` is a real path."""
    folder, name = os.path.split(output)
    return os.path.join(folder, f".{name}.ssg")


def pointer_of(site: str, output: str) -> str:
    """The file in the site's folder that says where an unfinished journal stands. Both are real paths."""
    return os.path.join(site, POINTER + digests.of_bytes(os.fsencode(output))[:8])


def place_of(site: str, output: str, path: str = "") -> Place:
    """The place of a file of the output, for a Problem: relative to the site's folder if it lies inside."""
    whole = os.path.join(output, path) if path else output
    shown = os.path.relpath(whole, site) if within(whole, site) else whole
    return Place(shown.replace(os.sep, "/"))


def check_place(site_root: Path, output: Path) -> Problem | None:
    """An `output.place` Problem if `output` cannot be the output folder of the site in `site_root`, else None.

    It may neither be nor hold the site's folder, nor hold or lie inside one of its source folders, whether or not they exist
    yet, nor be a file, nor a mount point (its state beside it would lie on another file system, and no move between two file
    systems is done at once).
    """
    site, real = os.path.realpath(site_root), os.path.realpath(output)

    def refused(what: str, mend: str = "") -> Problem:
        return problem(place_of(site, real), "output.place", what, mend)

    if within(site, real):
        return refused("The output folder is or holds the site's own folder.")
    for name in (*SOURCES, ".git"):
        source = os.path.join(site, name)
        if within(real, source):
            return refused(f"The output folder lies in {name}/.")
        if within(os.path.realpath(source), real) or within(real, os.path.realpath(source)):
            return refused(f"The output folder and {name}/ lie one in the other.")
    if os.path.lexists(real) and not os.path.isdir(real):
        return refused("A file stands where the output folder should be.")
    if os.path.ismount(real):
        mend = "Name a folder inside it with --output DIR."
        return refused("The output folder is a mount point, so that nothing can be moved into it at once.", mend)
    return None


def stopped(site: str, output: str, error: OSError) -> BuildStopped:
    """What to raise when the system refuses a file operation on an output or its state."""
    reason = error.strerror or type(error).__name__
    named = f" ({error.filename})" if isinstance(error.filename, str) else ""
    return stop(place_of(site, output), "output.place", f"The output folder cannot be written: {reason}{named}.")


def within(path: str, folder: str) -> bool:
    """Whether a real path is a real folder or lies in it, as this system compares names."""
    path, folder = os.path.normcase(path), os.path.normcase(folder)
    return path == folder or path.startswith(folder.rstrip(os.sep) + os.sep)
