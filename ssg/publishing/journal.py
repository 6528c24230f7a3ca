"""The journal: what is still to be done to make an output the new site, and the doing of it, from any point on.

Each step can be done twice. A removal is done only while the very file stands there that was to be removed, a move only while
its source is there, so that whoever was killed half-way is followed by somebody who begins again at the top.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import stat
from pathlib import Path

import msgspec

from ssg.problems import stop
from ssg.publishing import disk, lock, place
from ssg.publishing.staging import staged_name

VERSION = 1
STAGING = "staged-"


class Removal(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A file to be removed, with the size in bytes and time of change in nanoseconds that it had at the commit."""

    path: str
    size: int
    mtime: int


class Journal(msgspec.Struct, frozen=True):
    """What to do, in this order: files to remove, folders to remove if they are empty now, what to move out of the staging."""

    staging: str
    removals: list[Removal]
    folders: list[str]
    moves: list[str]
    version: int = VERSION


class _Version(msgspec.Struct):
    version: int = 0


_encoder = msgspec.msgpack.Encoder()
_version = msgspec.msgpack.Decoder(_Version)
_decoder = msgspec.msgpack.Decoder(Journal)


def write(site: str, output: str, journal: Journal) -> str:
    """Put a journal into force; give "" or what is amiss. Its staging folder is complete, and the lock is held.

    From the moment at which this replaces the name `journal` the new site is the one that will stand. Raises OSError.
    """
    state, amiss = place.state_of(output), ""
    shown = os.path.relpath(output, site) if place.within(output, site) else output
    try:
        disk.write(place.pointer_of(site, output), [os.fsencode(shown) + b"\n"], sync=True)
        disk.sync_folder(site)
    except OSError as error:
        amiss = (
            f"The site's folder cannot be written ({error.strerror}); if this command is killed while it publishes, "
            "only the next build will finish it."
        )
    disk.write(f"{state}/journal.new", [_encoder.encode(journal)], sync=True)
    os.replace(f"{state}/journal.new", f"{state}/journal")
    disk.sync_folder(state)
    return amiss


def read(site: str, output: str) -> tuple[Journal | None, str]:
    """The journal in force for an output or None, and "" or what is wrong with it.

    Raises BuildStopped (`output.place`) for the journal of another version of the program, which that version has to finish,
    and OSError if it cannot be read.
    """
    path = f"{place.state_of(output)}/journal"
    try:
        with open(path, "rb") as file:
            data = file.read()
    except (FileNotFoundError, NotADirectoryError):
        return None, ""
    try:
        version = _version.decode(data).version
        if version == VERSION:
            return _decoder.decode(data), ""
    except (msgspec.MsgspecError, UnicodeDecodeError):
        # It was synced before it got its name, so this is a fault of the disk.
        return None, f"The journal {path} is damaged; the output may hold parts of two builds until the next build."
    raise stop(
        place.place_of(site, output),
        "output.place",
        f"Another version of the program was killed while it published (its journal has version {version}).",
        "Run any command of that version to finish it.",
    )


def finish(site: str, output: str, journal: Journal) -> None:
    """Do what a journal says, all of it or what is left of it, and take it out of force. The lock is held. Raises OSError."""
    state = place.state_of(output)
    staging = f"{state}/{journal.staging}"
    disk.make_folder(output)
    for removal in journal.removals:
        _remove(f"{output}/{removal.path}", removal)
    for folder in journal.folders:
        with contextlib.suppress(OSError):  # what cannot go holds files of others, and stays
            os.rmdir(f"{output}/{folder}")
    for move in journal.moves:
        _move(f"{staging}/{staged_name(move)}", f"{output}/{move}", output)
    _move(f"{staging}/manifest", f"{state}/manifest", state)
    drop(site, output)
    shutil.rmtree(staging, ignore_errors=True)  # empty by now; a rest is cleared by the next build


def drop(site: str, output: str) -> None:
    """Take whatever journal and pointer there is out of force. The lock is held. Raises OSError."""
    state = place.state_of(output)
    for path in (f"{state}/journal", f"{state}/journal.new", place.pointer_of(site, output)):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path)


def recover(site_root: Path) -> list[Path]:
    """Finish what was interrupted while it was published from this site's folder; give the outputs that were finished.

    Every command calls this first; it lists one folder if there is nothing to do. What a living process is publishing is left
    to it, and a damaged journal to the next build, which tells of it.

    Raises BuildStopped (`output.place`) if the system refuses, or another version's journal is in force.
    """
    site = os.path.realpath(site_root)
    try:
        pointers = sorted(name for name in os.listdir(site) if name.startswith(place.POINTER))
    except OSError:
        return []  # a missing folder has nothing to recover; whoever reads it next says so
    return [Path(output) for name in pointers if (output := _recover(site, f"{site}/{name}"))]


def _recover(site: str, pointer: str) -> str:
    try:
        with open(pointer, "rb") as file:
            said = file.read()
        if not said.endswith(b"\n"):
            return ""  # killed while it wrote the pointer, before any journal; or writing it just now
        output = os.path.realpath(os.path.join(site, os.fsdecode(said[:-1])))
        if not os.path.isdir(place.state_of(output)):
            os.unlink(pointer)
            return ""
    except OSError as error:
        raise place.stopped(site, pointer, error) from error
    try:
        held = lock.take(f"{place.state_of(output)}/lock")
        if held is None:
            return ""
        try:
            journal, amiss = read(site, output)
            if amiss:
                return ""
            if journal is not None:
                finish(site, output, journal)
            with contextlib.suppress(FileNotFoundError):  # of another name if the site was moved meanwhile
                os.unlink(pointer)
        finally:
            lock.release(held)
    except OSError as error:
        raise place.stopped(site, output, error) from error
    return output if journal is not None else ""


def _remove(path: str, removal: Removal) -> None:
    with contextlib.suppress(FileNotFoundError, NotADirectoryError):
        standing = os.lstat(path)
        # A second time, something new may stand there: a folder of ours, or Foo moved to foo where both are one.
        if stat.S_ISREG(standing.st_mode) and (standing.st_size, standing.st_mtime_ns) == (removal.size, removal.mtime):
            os.unlink(path)


def _move(source: str, target: str, below: str) -> None:
    try:
        os.replace(source, target)
    except FileNotFoundError:
        if not os.path.lexists(source):
            return  # moved before the interruption
        disk.make_folders(os.path.dirname(target), below)
        os.replace(source, target)
    except OSError:
        # A folder appeared where ours was to be moved as a whole: its own files stay, ours go in one by one.
        if not os.path.isdir(source) or not os.path.isdir(target) or os.path.islink(target):
            raise
        for name in sorted(os.listdir(source)):
            _move(f"{source}/{name}", f"{target}/{name}", below)
