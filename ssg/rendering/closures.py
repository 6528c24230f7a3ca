"""What a template is made of: its own source and that of every template that it takes in."""

from __future__ import annotations

from pathlib import Path

import jinja2
import jinja2.meta
import msgspec

from ssg.cache import read_sealed, write_sealed
from ssg.digests import of_bytes, of_value
from ssg.theme import Theme


class Closures:
    """Digests of the templates of a theme, each with all that it extends, includes and imports.

    A template that names another only while it renders may take in any: it counts the whole theme. Which names a source holds
    is kept in `folder` (only to spare the parsing).
    """

    def __init__(self, theme: Theme, folder: Path) -> None:
        self._theme = theme
        self._file = folder / "references.json"
        self._known = self._load()
        self._new = False
        self._parser = jinja2.Environment(trim_blocks=True, lstrip_blocks=True)
        self._sources: dict[str, tuple[str, list[str | None]]] = {}  # name -> digest of the source, names that it takes in
        self._digests: dict[str, str] = {}

    def digest(self, name: str) -> str:
        """The digest of a template with all that it takes in."""
        if name not in self._digests:
            self._digests[name] = of_value(sorted(self._closure(name).items()))
        return self._digests[name]

    def names(self, name: str) -> list[str]:
        """A template, and all that it takes in."""
        return list(self._closure(name))

    def _closure(self, name: str) -> dict[str, str]:
        found: dict[str, str] = {}
        todo = [name]
        while todo:
            if (one := todo.pop()) in found:
                continue
            found[one], names = self._source(one)
            todo += self._theme.templates() if None in names else [other for other in names if other]
        return found

    def keep(self) -> None:
        """Write down what was parsed."""
        if self._new:
            write_sealed(self._file, msgspec.json.encode(self._known))

    def _source(self, name: str) -> tuple[str, list[str | None]]:
        if name not in self._sources:
            file = self._theme.template(name)
            self._sources[name] = self._read(file) if file else ("", [])
        return self._sources[name]

    def _read(self, file: Path) -> tuple[str, list[str | None]]:
        data = file.read_bytes()
        digest = of_bytes(data)
        names = self._known.get(digest)
        if names is None:
            tree = self._parser.parse(data.decode())
            names = self._known[digest] = list(jinja2.meta.find_referenced_templates(tree))
            self._new = True
        return digest, names

    def _load(self) -> dict[str, list[str | None]]:
        data = read_sealed(self._file)
        return msgspec.json.decode(data, type=dict[str, list[str | None]]) if data else {}
