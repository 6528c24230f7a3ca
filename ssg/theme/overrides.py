"""What a site changes of its theme: files of its own in the place of those that came."""

from __future__ import annotations

import difflib
import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import msgspec

from ssg.model import Place
from ssg.problems import nearest, stop
from ssg.theme.files import below, shipped
from ssg.theme.theme import Theme

_ROOMS = ("templates", "static", "translations")  # where a bare name is looked for, in this order
_EXTENDS = re.compile(r"\{%-?\s*extends\s*[\"']([^\"']+)[\"']")


class Override(msgspec.Struct, frozen=True):
    """A file of a theme by its `path` (`templates/article.html`): the site's own place for it, and the one that came if any.

    `owner` is the theme that the latter belongs to; `shown` is the own one as a person knows it, relative to the site.
    """

    path: str
    own: Path
    shown: str
    came: Path | None = None
    owner: str = ""

    @property
    def template(self) -> str:
        """The name by which a template extends the one that came (`default:article.html`); "" for other files."""
        room, _, name = self.path.partition("/")
        return f"{self.owner}:{name}" if room == "templates" and self.came else ""

    @property
    def merged(self) -> bool:
        """Whether the file is merged with the one that came, key by key, so that it may hold only what differs."""
        return self.path.endswith(".toml") and not self.path.startswith(("templates/", "static/"))

    def difference(self) -> list[str]:
        """What the site's file changes of the one that came, as the lines of a unified diff; [] if nothing.

        Of a file that is merged only its own keys are compared; a template that extends the one that came is shown whole, as
        added. Raises BuildStopped (file.unreadable).
        """
        if self.came is None:
            return []
        own, came = _read(self.own, self.shown), _read(self.came, str(self.came))
        if own == came:
            return []
        try:
            after, before = own.decode("utf-8-sig"), came.decode("utf-8-sig")
        except UnicodeDecodeError:
            return [f"--- {self.owner}/{self.path}", f"+++ {self.shown}", "The two files differ, and are no text."]
        if self.merged:
            mine = dict(_flat(tomllib.loads(after)))
            theirs = dict(_flat(tomllib.loads(before)))
            after, before = _lines(mine), _lines({key: theirs[key] for key in mine if key in theirs})
        elif (extends := _EXTENDS.search(after)) and extends[1] == self.template:
            before = ""
        lines = difflib.unified_diff(
            before.splitlines(), after.splitlines(), f"{self.owner}/{self.path}", self.shown, lineterm=""
        )
        return list(lines)


def overrides(root: Path, theme: Theme) -> list[Override]:
    """Every file that the site has in its own folder of the theme in use, by path; `came` is None for what it adds."""
    own = _own_folder(root, theme)
    came = _came(root, theme)
    return [_override(theme, own, path, came) for path in below(own)] if own.resolve() != _came_with(theme) else []


def choose(root: Path, theme: Theme, wanted: str) -> Override:
    """The file of the theme that a person means by `article.html`, `static/style.css` or `id.toml`.

    Raises BuildStopped (theme.file) if there is none, with the nearest name, or if several are meant.
    """
    came = _came(root, theme)
    if wanted in came:
        return _override(theme, _own_folder(root, theme), wanted, came)
    found = [path for room in _ROOMS if (path := f"{room}/{wanted}") in came]
    if len(found) == 1:
        return _override(theme, _own_folder(root, theme), found[0], came)
    if found:
        raise stop(Place(wanted), "theme.file", f"{wanted!r} is {' and '.join(found)}", "Write the whole path.")
    spoken = {path: path for path in came} | {path.partition("/")[2]: path for path in came if "/" in path}
    near = nearest(wanted, spoken)
    what = f"the theme {theme.name!r} has no file {wanted!r}"
    raise stop(Place(wanted), "theme.file", what, f"Did you mean {near}?" if near else f"There are: {', '.join(came)}.")


def _own_folder(root: Path, theme: Theme) -> Path:
    return root / "themes" / theme.name


def _came_with(theme: Theme) -> Path:
    return (shipped() / theme.name).resolve()


def _came(root: Path, theme: Theme) -> dict[str, tuple[str, Path]]:
    """Every file of the theme as it came, by path: whose it is, and where it stands."""
    own = _own_folder(root, theme).resolve()
    found: dict[str, tuple[str, Path]] = {}
    for owner, folder in theme.folders:
        if Path(folder) != own or own == _came_with(theme):
            for path in below(Path(folder)):
                if path.partition("/")[0] in _ROOMS or path == "theme.toml":
                    found.setdefault(path, (owner, Path(folder, path)))
    return dict(sorted(found.items()))


def _override(theme: Theme, own: Path, path: str, came: Mapping[str, tuple[str, Path]]) -> Override:
    owner, file = came.get(path, ("", None))
    return Override(path, own / path, f"themes/{theme.name}/{path}", file, owner)


def _read(file: Path, shown: str) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise stop(Place(shown), "file.unreadable", f"it cannot be read: {error.strerror}") from None


def _flat(table: Mapping[str, object], above: str = "") -> Iterator[tuple[str, object]]:
    for key, value in table.items():
        name = f"{above}{key}"
        if isinstance(value, dict):
            yield from _flat(value, f"{name}.")
        else:
            yield name, value


def _lines(values: Mapping[str, object]) -> str:
    return "\n".join(f"{key} = {json.dumps(value, ensure_ascii=False, default=str)}" for key, value in values.items())
