"""The files of a theme: where those that come with the program stand, how a file is named to a person, and reading TOML."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import msgspec

from ssg.catalogue import CATALOGUE
from ssg.model import Place
from ssg.problems import stop
from ssg.toml_places import TomlPlaces

_PACKAGE = Path(__file__).parent.parent
_AT = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")


class Toml(msgspec.Struct, frozen=True):
    """A TOML file of a theme: what it says, and where each of its keys stands. `path` is how a person knows the file."""

    path: str
    data: dict[str, object]
    places: TomlPlaces

    def place(self, *key: str) -> Place:
        """Where a key stands, for a Problem."""
        return Place(self.path, *self.places.at(key))


def shipped() -> Path:
    """The folder of the themes that come with the program: inside the package, or beside it in a working copy."""
    inside = _PACKAGE / "themes"
    return inside if inside.is_dir() else _PACKAGE.parent / "themes"


def place_of(root: Path, file: Path) -> str:
    """How a theme's file is named to a person: relative to the site; one of the program's `default:templates/page.html`."""
    file = file.resolve()
    if file.is_relative_to(root.resolve()):
        return file.relative_to(root.resolve()).as_posix()
    if file.is_relative_to(shipped().resolve()):
        name, *inside = file.relative_to(shipped().resolve()).parts
        return f"{name}:{'/'.join(inside)}"
    return file.as_posix()


def below(folder: Path) -> Iterator[str]:
    """The files below a folder by their path in it, with `/`, sorted; none if it is not there. Hidden ones are left out."""
    if folder.is_dir():
        for file in sorted(folder.rglob("*")):
            path = file.relative_to(folder)
            if file.is_file() and not any(part.startswith(".") for part in path.parts):
                yield path.as_posix()


def read_toml(root: Path, file: Path) -> Toml:
    """A TOML file of a theme. Raises BuildStopped: theme.bad, with the line that cannot be read."""
    path = place_of(root, file)
    try:
        text = file.read_bytes().decode("utf-8-sig")
        return Toml(path, tomllib.loads(text), TomlPlaces.of(text))
    except OSError as error:
        raise stop(Place(path), "theme.bad", f"the file cannot be read: {error.strerror}") from None
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise stop(Place(path, line), "theme.bad", "this line is not UTF-8", "Save the file as UTF-8.") from None
    except RecursionError:
        raise stop(Place(path), "theme.bad", "its lists or tables stand too deep in each other") from None
    except ValueError as error:  # not TOML, or a number of more digits than Python reads
        where = _AT.search(str(error))
        line, column = (int(number or 0) for number in where.groups()) if where else (1, 0)
        what = str(error)[: where.start()] if where else str(error)
        place = Place(path, line or text.count("\n") + 1, column)
        raise stop(place, "theme.bad", what, CATALOGUE["settings.syntax"].cure) from None
