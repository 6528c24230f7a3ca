"""A theme as a build uses it, and how it is put together from its chain of folders."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from ssg.catalogue import CATALOGUE
from ssg.model import Place, Problem
from ssg.problems import nearest, problem, stop
from ssg.site_toml import place_of_setting
from ssg.theme import doubts, manifest, packages
from ssg.theme.doubts import Translation
from ssg.theme.files import below, read_toml, shipped
from ssg.theme.manifest import Manifest
from ssg.theme.properties import COLOURS, SHEET, Properties, is_colour, unused


class Theme(msgspec.Struct, frozen=True):
    """A theme, ready to use: its folders (nearest first) with the theme that each belongs to, and what they say together.

    `labels` are by language and key. `pictures`: False where words stand in the place of pictures in texts. `problems` are what
    is doubtful in it.
    """

    name: str
    folders: tuple[tuple[str, str], ...]  # theme's name, folder
    labels: Mapping[str, Mapping[str, str]]
    properties: Properties = Properties()
    pictures: bool = True
    problems: tuple[Problem, ...] = ()

    def template(self, name: str) -> Path | None:
        """The file of a template: of the nearest folder, or of the named theme (`default:base.html`) as it came."""
        owner, _, inner = name.rpartition(":")
        folders = [folder for theme, folder in self.folders if theme == owner][-1:] if owner else [f for _, f in self.folders]
        return next((file for f in folders if (file := Path(f, "templates", inner)).is_file()), None)

    def templates(self) -> list[str]:
        """The names of all templates, sorted."""
        return sorted({name for _, folder in self.folders for name in below(Path(folder, "templates"))})

    def statics(self) -> dict[str, Path]:
        """The static files by their path below `static/`, the nearest of each name."""
        found: dict[str, Path] = {}
        for _, folder in self.folders:
            for name in below(Path(folder, "static")):
                found.setdefault(name, Path(folder, "static", name))
        return dict(sorted(found.items()))

    def published(self, path: str, file: Path) -> bytes | Path:
        """What is published of the static file `file` at `path`: its bytes, with the theme's properties, or the file itself.

        Raises BuildStopped (file.unreadable).
        """
        if path != SHEET or not self.properties.light:
            return file
        try:
            return self.properties.before(file.read_bytes())
        except OSError as error:
            raise stop(Place(file.as_posix()), "file.unreadable", f"it cannot be read: {error.strerror}") from None

    def label(self, language: str, key: str) -> str | None:
        """A label in a language (`pt-BR` falls back to `pt`), or None."""
        for code in (language, language.partition("-")[0]):
            if key in self.labels.get(code, {}):
                return self.labels[code][key]
        return None

    def label_place(self, root: Path, language: str, key: str) -> Place | None:
        """Where `label` finds a label, for a Problem."""
        for code in (language, language.partition("-")[0]):
            for _, folder in self.folders:
                file = Path(folder, "translations", f"{code}.toml")
                if file.is_file() and key in (toml := read_toml(root, file)).data:
                    return toml.place(key)
        return None


class Link(msgspec.Struct, frozen=True):
    """One theme of a chain: its name, its folders (nearest first) with what each one's theme.toml says, and all together."""

    name: str
    folders: tuple[tuple[Path, Manifest], ...]
    said: Manifest


def load(root: Path, name: str, languages: Collection[str] = ()) -> Theme:
    """The theme `name` of the site in `root`, whose `languages` are looked for among its labels.

    Raises BuildStopped: theme.missing, theme.bad.
    """
    links = list(chain(root, name))
    folders = [(link.name, str(folder)) for link in links for folder, _ in link.folders]
    manifests = [one for link in links for _, one in link.folders]
    properties = Properties()
    for one in reversed(manifests):
        properties = one.properties.over(properties)
    pictures = next((link.said.pictures for link in links if link.said.pictures is not None), True)
    translations = _translations(root, folders)
    theme = Theme(name, tuple(folders), _labels(translations), properties, pictures)
    amiss = doubts.look(root, [folder for _, folder in folders], translations, theme.template, languages)
    return msgspec.structs.replace(theme, problems=(*_doubts(theme, manifests), *amiss))


def chain(root: Path, name: str) -> Iterator[Link]:
    """The theme `name` and those that it extends. Raises BuildStopped: theme.missing, theme.bad."""
    wanted, asked_by = name, place_of_setting(root, "theme")
    seen: set[str] = set()
    while wanted:
        if wanted in seen:
            raise stop(asked_by, "theme.bad", f"the theme {wanted!r} extends itself")
        seen.add(wanted)
        folders = tuple((folder, manifest.read(root, folder)) for folder in homes(root, wanted, asked_by))
        said = Manifest()
        for _, one in reversed(folders):
            said = one.over(said)
        yield Link(wanted, folders, said)
        wanted, asked_by = said.extends, said.place


def homes(root: Path, name: str, asked_by: Place) -> list[Path]:
    """The folders of one theme, nearest first: the site's own, then that of the program or of an installed package.

    A name that comes with the program is never looked for among packages: what else is installed must not change a site.
    Raises BuildStopped: theme.missing, theme.bad.
    """
    own, came = root / "themes" / name, shipped() / name
    further = came if came.is_dir() else packages.folder_of(name, asked_by)
    found = [folder.resolve() for folder in (own, further) if folder and folder.is_dir()]
    if not found:
        near = nearest(name, names(root))
        what = f"there is no theme {name!r} in themes/, with the program, or in an installed package"
        raise stop(asked_by, "theme.missing", what, f"Did you mean {near!r}? `ssg theme list` shows all." if near else "")
    return list(dict.fromkeys(found))


def names(root: Path) -> list[str]:
    """The names of all themes at hand: of the site, of the program, of installed packages; sorted."""
    folders = (folder for base in (root / "themes", shipped()) if base.is_dir() for folder in base.iterdir() if folder.is_dir())
    found = {folder.name for folder in folders if not folder.name.startswith(".")}
    return sorted(found | {package.theme for package in packages.installed()})


def _translations(root: Path, folders: list[tuple[str, str]]) -> list[Translation]:
    """The files of labels, nearest first."""
    found = []
    for number, (_, folder) in enumerate(folders):
        for file in sorted(Path(folder, "translations").glob("*.toml")):
            toml = read_toml(root, file)
            for key, text in toml.data.items():
                if not isinstance(text, str):
                    raise stop(toml.place(key), "theme.bad", f"the label {key!r} is not one text in quotes")
            found.append(Translation(number, file.stem, toml))
    return found


def _labels(translations: Sequence[Translation]) -> dict[str, dict[str, str]]:
    labels: dict[str, dict[str, str]] = {}
    for one in reversed(translations):
        labels.setdefault(one.language, {}).update({key: str(text) for key, text in one.toml.data.items()})
    return labels


def _doubts(theme: Theme, manifests: list[Manifest]) -> Iterator[Problem]:
    """Properties that a theme.toml sets and nobody knows: neither a theme further away nor, by its name, a style sheet.

    And those that are colours further away, and here are none.
    """
    statics = theme.statics()
    if theme.properties.light and SHEET not in statics:
        one = next(one for one in manifests if one.properties.light)
        place = one.toml.place("properties") if one.toml else one.place
        yield problem(place, "theme.property", f"there is no static/{SHEET} in front of which the properties could stand")
        return
    sheets = [file.read_text(encoding="utf-8", errors="replace") for path, file in statics.items() if path.endswith(".css")]
    for number, one in enumerate(manifests):
        further = {name for other in manifests[number + 1 :] for name in other.properties.light}
        known = further | one.properties.light.keys()
        for key, strangers in (
            ((), unused(one.properties.light.keys() - further, sheets) if further else ()),
            (("dark",), [name for name in one.properties.dark if name not in known]),
        ):
            for name in sorted(strangers):
                near = nearest(name, sorted((further if not key else known) - {name}))
                yield problem(
                    one.toml.place("properties", *key, name) if one.toml else one.place,
                    "theme.property",
                    f"{'.'.join(('properties', *key, name))} is a property that the theme does not know",
                    f"Did you mean {near}?" if near else f"Known: {', '.join(sorted(further or known))}.",
                )
        came = Properties()
        for other in reversed(manifests[number + 1 :]):
            came = other.properties.over(came)
        for key, values in (((), one.properties.light), (("dark",), one.properties.dark)):
            for name, value in values.items():
                if is_colour(came.light.get(name, "")) and not is_colour(value):
                    place = one.toml.place("properties", *key, name) if one.toml else one.place
                    what = f"{'.'.join(('properties', *key, name))} is {value!r}, which is no colour of CSS"
                    yield problem(place, "theme.colour", what, _mend_colour(value))


def _mend_colour(value: str) -> str:
    near = nearest(value.casefold(), COLOURS)
    return f"Did you mean {near}?" if near else CATALOGUE["theme.colour"].cure
