"""Writing into a site's sources: never over a file of somebody else's, and never half of one."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

from ssg.model import Place
from ssg.problems import BuildStopped, stop


def read(file: Path, shown: str) -> bytes:
    """The bytes of a file that a person knows as `shown`. Raises BuildStopped (file.unreadable)."""
    try:
        return file.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise stop(Place(shown), "file.unreadable", f"the file cannot be read: {reason}") from None


def create(file: Path, data: bytes, shown: str) -> bool:
    """Write a new file, with the folders that it needs; False, and nothing is done, if something stands there already.

    `shown` names the file to a person. Raises BuildStopped (file.unwritable) if the system does not let us.
    """
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("xb") as new:
            new.write(data)
    except FileExistsError:
        if file.parent.is_dir():
            return False
        raise stop(Place(shown), "file.unwritable", "a file stands where one of its folders should be") from None
    except OSError as error:
        raise unwritable(shown, error) from None
    return True


def replace(file: Path, data: bytes, shown: str) -> None:
    """Write `data` in the place of an existing file at once, keeping its permissions; a symbolic link stays one.

    Raises BuildStopped (file.unwritable) if the system does not let us; the file is then as it was.
    """
    real = Path(os.path.realpath(file))
    try:
        handle, name = tempfile.mkstemp(prefix=f".{real.name[:40]}.", dir=real.parent)
        try:
            with os.fdopen(handle, "wb") as new:
                new.write(data)
            shutil.copymode(real, name)
            Path(name).replace(real)
        finally:
            Path(name).unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(shown, error) from None


def unwritable(shown: str, error: OSError) -> BuildStopped:
    """What to raise when the system refuses to write the file that a person knows as `shown`."""
    return stop(Place(shown), "file.unwritable", f"it cannot be written: {error.strerror or type(error).__name__}")
