"""Reading `site.toml`: its settings, or all that is wrong with them at once, each with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from ssg import digests, merged_tags, tables
from ssg import setting_rules as rules
from ssg.catalogue import CATALOGUE
from ssg.model import Place, Problem
from ssg.problems import BuildStopped, stop
from ssg.settings import DEFAULT_LANGUAGE, Settings, Site, built_in_paths, languages_of, paths_of
from ssg.tables import Fault
from ssg.toml_places import TomlPlaces

FILE = "site.toml"

_KIND_CODES = {"unknown": "settings.unknown", "bad": "settings.bad"}
_TOML_POSITION = re.compile(r" \(at (?:line (\d+), column (\d+)|end of document)\)$")
# In the place of what is required and was found bad, so that the rest can still be looked at together.
_STAND_INS = {"title": "?", "base_url": "https://site.invalid/"}


def load(root: Path, base_url: str | None = None, *, noindex: bool = False, offline: bool = True) -> Site:
    """The site in the folder `root`, from its `site.toml`.

    `base_url`, from the command line, stands in for the one of the file, but never decides who mints ids: an empty
    `identity.authority` becomes the host of the file's `base_url`. `noindex` asks for it whatever the file says (previews);
    without `offline` browsers keep nothing, whatever it says.
    Raises `problems.BuildStopped` with all problems at once.
    """
    text = _text_of(root / FILE)
    data, places = _parse(text)
    fitting, faults = tables.read(data, Settings)
    _complete_paths(fitting)
    settings = msgspec.convert(_STAND_INS | fitting, Settings)
    faults.extend(_faults_together(settings))

    problems = []
    for fault in faults:
        code = _KIND_CODES[fault.kind]
        place = Place(FILE, *places.at(fault.path))
        problems.append(Problem(place, code, fault.what, fault.mend or CATALOGUE[code].cure))
    address = settings.base_url
    if base_url is not None:
        try:
            rules.base_url(base_url)
        except tables.RuleError as refused:
            place = Place("--base-url")
            what = f"--base-url {refused.must}; it is {tables.shown(base_url)}"
            problems.append(Problem(place, "settings.bad", what, CATALOGUE["settings.bad"].cure))
        address = base_url
    if problems:
        raise BuildStopped(*sorted(problems, key=lambda one: one.place))

    identity = settings.identity
    if not identity.authority:
        identity = msgspec.structs.replace(identity, authority=rules.host_of(settings.base_url))
    settings = msgspec.structs.replace(
        settings,
        base_url=rules.normal_base_url(address),
        identity=identity,
        noindex=settings.noindex or noindex,
        offline=settings.offline and offline,
    )
    return Site(str(root.absolute()), settings, digests.of_value(settings))


def place_of_setting(root: Path, *key: str) -> Place:
    """Where a setting stands in the `site.toml` of the site in `root`, for what is found wrong with it later."""
    try:
        return Place(FILE, *TomlPlaces.of((root / FILE).read_bytes().decode("utf-8-sig")).at(key))
    except (OSError, UnicodeDecodeError, RecursionError):
        return Place(FILE)


def _text_of(file: Path) -> str:
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise stop(Place(FILE), "settings.missing", f"there is no {FILE} in {file.parent.absolute()}") from None
    except OSError as error:
        raise stop(Place(FILE), "file.unreadable", f"{FILE} cannot be read: {error.strerror}") from None
    try:
        return data.decode("utf-8-sig")  # Windows editors begin a file with a mark
    except UnicodeDecodeError as error:
        place = Place(FILE, data.count(b"\n", 0, error.start) + 1)
        raise stop(place, "settings.syntax", "this line is not UTF-8, which TOML is written in", "Save it as UTF-8.") from None


def _parse(text: str) -> tuple[dict[str, Any], TomlPlaces]:
    try:
        return tomllib.loads(text), TomlPlaces.of(text)
    except RecursionError:
        raise stop(Place(FILE), "settings.syntax", "its lists or tables stand too deep in each other") from None
    except ValueError as error:  # tomllib.TOMLDecodeError, and a number of more digits than Python reads
        message = str(error)
        match = _TOML_POSITION.search(message)
        line, column = (int(number or 0) for number in match.groups()) if match else (0, 0)
        if match and not line:
            line = text.count("\n") + 1
        what = message[: match.start()] if match else message
        raise stop(Place(FILE, line, column), "settings.syntax", what) from None


def _complete_paths(data: dict[str, Any]) -> None:
    """Give a table of path words that names only some of them the others of its own language, not those of Indonesian."""
    default = data.get("language", DEFAULT_LANGUAGE)
    tables_of_words = [(default, data), *data.get("languages", {}).items()]
    for language, table in tables_of_words:
        if "paths" in table:
            table["paths"] = msgspec.structs.asdict(built_in_paths(language)) | table["paths"]


def _faults_together(settings: Settings) -> Iterator[Fault]:
    """What no setting shows alone."""
    if settings.language in settings.languages:
        mend = "Its title, description, paths and menus stand at the top of the file and in [paths] and [menus]."
        yield Fault(("languages", settings.language), "bad", f'"{settings.language}" is the default language already', mend)
    for language in dict.fromkeys(languages_of(settings)):
        own: tuple[str, ...] = ("paths",) if language == settings.language else ("languages", language, "paths")
        seen: dict[str, str] = {}
        for key, word in msgspec.structs.asdict(paths_of(settings, language)).items():
            # Disks of macOS and Windows take Tag and tag for one folder.
            if (other := seen.setdefault(word.casefold(), key)) != key:
                what = f'the words {other} and {key} of the language "{language}" are both "{word}"'
                yield Fault((*own, key), "bad", what, "Give one of them another word.")
            if language == settings.language and word in settings.languages:
                what = f'{tables.name_of((*own, key))} is "{word}", which is the folder of a language'
                yield Fault((*own, key), "bad", what, "Give it another word.")
    for old, what, mend in merged_tags.faults(settings.merged_tags):
        yield Fault(("merged_tags", old), "bad", what, mend)
    let_in = {name.casefold() for name in settings.robots.allow}
    for place, name in enumerate(settings.robots.deny):
        if name.casefold() in let_in:
            yield Fault(("robots", "deny", place), "bad", f'robots.allow has "{name}" too', "Take it out of one of them.")
    for code, level in settings.problems.items():
        if level == "warning" and CATALOGUE[code].fixed:
            what = f"{code} cannot be a warning: there would be nothing right to publish"
            yield Fault(("problems", code), "bad", what, "Take the line out.")
    if not settings.identity.authority:
        try:
            rules.authority(rules.host_of(settings.base_url))
        except tables.RuleError:
            what = "identity.authority is missing, and the host of base_url is not a name that could stand in for it"
            yield Fault(("identity", "authority"), "bad", what, "Name a domain that the newsroom holds.")
