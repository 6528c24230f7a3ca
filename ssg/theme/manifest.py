"""`theme.toml`: what a theme says of itself, all faults at once, each with its line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import msgspec

from ssg import setting_rules as rules
from ssg import tables
from ssg.model import Place
from ssg.problems import BuildStopped, problem
from ssg.theme import properties
from ssg.theme.files import Toml, place_of, read_toml
from ssg.theme.properties import Properties

FILE = "theme.toml"


def _doc(
    text: str, *, rule: Callable[[str], None] | None = None, key_rule: Callable[[str], None] | None = None
) -> msgspec.Meta:
    beyond: dict[str, Any] = {"rule": rule, "key_rule": key_rule}
    return msgspec.Meta(description=text, extra={name: one for name, one in beyond.items() if one is not None})


def _extended(name: str) -> None:
    if name:
        rules.theme(name)


_Values = dict[str, Annotated[str, msgspec.Meta(extra={"rule": properties.value})]]


class ThemeToml(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A theme's `theme.toml`. What it leaves out is as in the theme that it changes or extends."""

    name: Annotated[str, _doc("What `ssg theme list` calls it, beside the name of its folder.")] = ""
    description: Annotated[str, _doc("One sentence about it, for `ssg theme list`.")] = ""
    extends: Annotated[
        str, _doc("The theme from which all comes that is not here: a folder's name. Empty: none.", rule=_extended)
    ] = ""
    pictures: Annotated[
        bool | None, _doc("`false`: in texts, words stand in the place of pictures. `true`, if no theme of the chain says it.")
    ] = None
    properties: Annotated[
        _Values,
        _doc(
            'Custom properties of the style sheet: `accent = "#a3191f"` is `var(--accent)` there. '
            "`[properties.dark]` holds those that differ in the dark.",
            key_rule=properties.name,
        ),
    ] = {}


class _Dark(msgspec.Struct, frozen=True, kw_only=True):
    dark: Annotated[_Values, msgspec.Meta(extra={"key_rule": properties.name})] = {}


class _Night(msgspec.Struct, frozen=True, kw_only=True):
    properties: _Dark = _Dark()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What the `theme.toml` files of one theme say together; `properties` are those of one file. `place`: of `extends`."""

    name: str = ""
    description: str = ""
    extends: str = ""
    pictures: bool | None = None
    properties: Properties = Properties()
    place: Place = Place("site.toml")
    toml: Toml | None = None

    def over(self, further: Manifest) -> Manifest:
        """This one before one further away of the same theme: what is not said here is said there."""
        return Manifest(
            name=self.name or further.name,
            description=self.description or further.description,
            extends=self.extends or further.extends,
            pictures=further.pictures if self.pictures is None else self.pictures,
            place=self.place if self.extends else further.place,
        )


def read(root: Path, folder: Path) -> Manifest:
    """What the `theme.toml` in a theme's folder says; nothing if there is none.

    Raises BuildStopped (theme.bad) with all its faults: what is not TOML, keys that nobody knows, bad values.
    """
    file = folder / FILE
    if not file.is_file():
        return Manifest(place=Place(place_of(root, folder)))
    toml = read_toml(root, file)
    light, dark = dict(toml.data), {}
    table = light.get("properties")
    if isinstance(table, dict) and "dark" in table:
        dark = {"properties": {"dark": table["dark"]}}
        light["properties"] = {key: one for key, one in table.items() if key != "dark"}
    fitting, faults = tables.read(light, ThemeToml)
    night, more = tables.read(dark, _Night)
    if faults or more:
        found = [
            problem(Place(toml.path, *toml.places.at(fault.path)), "theme.bad", fault.what, fault.mend)
            for fault in (*faults, *more)
        ]
        raise BuildStopped(*sorted(found, key=lambda one: one.place))
    said = msgspec.convert(fitting, ThemeToml)
    by_night = msgspec.convert(night, _Night).properties.dark
    return Manifest(
        name=said.name,
        description=said.description,
        extends=said.extends,
        pictures=said.pictures,
        properties=Properties(said.properties, by_night),
        place=toml.place("extends"),
        toml=toml,
    )
