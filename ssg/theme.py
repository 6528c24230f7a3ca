"""A theme: templates, static files and translations, in a chain of folders where the nearer one wins.

A site's own `themes/NAME/` stands before the theme of that name that comes with the program, and either before what it extends.
A template of a given theme, as it came, is reached as `NAME:article.html`, so that an overriding one can extend it.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from ssg.model import Place, Problem
from ssg.problems import problem, stop

_LINE = re.compile(r"at line (\d+), column (\d+)")


class Theme(msgspec.Struct, frozen=True):
    """A theme, ready to use: its folders (nearest first), which theme each belongs to, and its labels by language and key."""

    name: str
    folders: tuple[tuple[str, str], ...]  # theme's name, folder
    labels: Mapping[str, Mapping[str, str]]

    def template(self, name: str) -> Path | None:
        """The file of a template: of the nearest folder, or of the named theme (`default:base.html`) as it came."""
        owner, _, inner = name.rpartition(":")
        folders = [folder for theme, folder in self.folders if theme == owner][-1:] if owner else [f for _, f in self.folders]
        return next((file for f in folders if (file := Path(f, "templates", inner)).is_file()), None)

    def templates(self) -> list[str]:
        """The names of all templates, sorted."""
        names = {name for _, folder in self.folders for name in _files(Path(folder, "templates"))}
        return sorted(names)

    def statics(self) -> dict[str, Path]:
        """The static files by their path below `static/`, the nearest of each name."""
        found: dict[str, Path] = {}
        for _, folder in self.folders:
            for name in _files(Path(folder, "static")):
                found.setdefault(name, Path(folder, "static", name))
        return dict(sorted(found.items()))

    def label(self, language: str, key: str) -> str | None:
        """A label in a language (`pt-BR` falls back to `pt`), or None."""
        for code in (language, language.partition("-")[0]):
            if key in self.labels.get(code, {}):
                return self.labels[code][key]
        return None


class _Manifest(msgspec.Struct, forbid_unknown_fields=True):
    name: str = ""
    description: str = ""
    extends: str = ""


def shipped() -> Path:
    """The folder of the themes that come with the program: inside the package, or beside it in a working copy."""
    inside = Path(__file__).parent / "themes"
    return inside if inside.is_dir() else Path(__file__).parent.parent / "themes"


def load(root: Path, name: str) -> Theme:
    """The theme `name` of the site in `root`. Raises BuildStopped: theme.missing, theme.bad."""
    folders: list[tuple[str, str]] = []
    wanted, asked_by = name, Place("site.toml")
    while wanted:
        own, came = root / "themes" / wanted, shipped() / wanted
        here = [folder for folder in dict.fromkeys((own.resolve(), came.resolve())) if folder.is_dir()]
        if not here:
            raise stop(
                asked_by, "theme.missing", f"there is no theme {wanted!r} in themes/, nor does one come with the program"
            )
        if any(theme == wanted for theme, _ in folders):
            raise stop(asked_by, "theme.bad", f"the theme {wanted!r} extends itself")
        folders += [(wanted, str(folder)) for folder in here]
        manifest, asked_by = _manifest(root, here)
        wanted = manifest.extends
    return Theme(name, tuple(folders), _labels(root, folders))


def missing_labels(missing: Iterable[tuple[str, str]]) -> list[Problem]:
    """Labels (language, key) that a theme's templates asked for in vain, as Problems."""
    return [
        problem(Place(f"translations/{language}.toml"), "label.missing", f"the label {key!r} has no translation")
        for language, key in sorted(missing)
    ]


def _manifest(root: Path, folders: list[Path]) -> tuple[_Manifest, Place]:
    for folder in folders:
        file = folder / "theme.toml"
        if file.is_file():
            try:
                return msgspec.convert(_toml(root, file), _Manifest), _place(root, file)
            except msgspec.ValidationError as error:
                raise stop(_place(root, file), "theme.bad", str(error)) from None
    return _Manifest(), Place("site.toml")


def _labels(root: Path, folders: list[tuple[str, str]]) -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {}
    for _, folder in reversed(folders):
        for file in sorted(Path(folder, "translations").glob("*.toml")):
            own = labels.setdefault(file.stem, {})
            for key, text in _toml(root, file).items():
                if not isinstance(text, str):
                    raise stop(_place(root, file), "theme.bad", f"the label {key!r} is not one text in quotes")
                own[key] = text
    return labels


def _toml(root: Path, file: Path) -> dict[str, object]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise stop(_place(root, file), "theme.bad", f"the file cannot be read: {error.strerror}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        where = _LINE.search(str(error))
        line, column = (int(where[1]), int(where[2])) if where else (1, 0)
        raise stop(_place(root, file, line, column), "theme.bad", str(error)) from None


def _place(root: Path, file: Path, line: int = 0, column: int = 0) -> Place:
    return Place(place_of(root, file), line, column)


def place_of(root: Path, file: Path) -> str:
    """How a theme's file is named to a person: relative to the site, or to the themes that come with the program."""
    for base, prefix in ((root.resolve(), ""), (shipped().resolve().parent, "")):
        if file.resolve().is_relative_to(base):
            return prefix + file.resolve().relative_to(base).as_posix()
    return file.as_posix()


def _files(folder: Path) -> Iterator[str]:
    if folder.is_dir():
        for file in sorted(folder.rglob("*")):
            if file.is_file() and not file.name.startswith("."):
                yield file.relative_to(folder).as_posix()
