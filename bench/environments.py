"""An environment for each peer, made once below the bench's working folder from a list of pinned versions."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

LISTS = Path(__file__).parent / "requirements"
_READY = "ready"  # written last, with the list's digest


class MissingError(Exception):
    """A peer cannot be installed here. The message says why."""


def environment(folder: Path, name: str) -> Path:
    """The environment of a peer (`requirements/NAME.txt`) below `folder`; made if it is not there or its list has changed.

    Raises MissingError with pip's last words.
    """
    wanted = LISTS / f"{name}.txt"
    place = folder / name
    if not installed(folder, name):
        shutil.rmtree(place, ignore_errors=True)
        place.parent.mkdir(parents=True, exist_ok=True)
        _try([sys.executable, "-m", "venv", str(place)], name)
        _try([str(place / "bin" / "python"), "-m", "pip", "install", "--quiet", "--requirement", str(wanted)], name)
        (place / _READY).write_text(_digest(wanted), encoding="utf-8")
    return place


def installed(folder: Path, name: str) -> bool:
    """Whether the environment of a peer is there already, as its list says."""
    ready = folder / name / _READY
    return ready.is_file() and ready.read_text(encoding="utf-8") == _digest(LISTS / f"{name}.txt")


def _digest(file: Path) -> str:
    return hashlib.blake2b(file.read_bytes(), digest_size=8).hexdigest()


def _try(command: list[str], name: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise MissingError(f"{name} cannot be installed: {(done.stderr or done.stdout).strip()[-500:]}")
