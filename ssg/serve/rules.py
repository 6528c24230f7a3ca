"""The rules that a site gives to its host: `_redirects` and `_headers` of what was built, and the tables of `netlify.toml`."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from ssg.model import Place, Problem
from ssg.problems import problem
from ssg.serve import headers, redirects
from ssg.toml_places import TomlPlaces

NETLIFY = "netlify.toml"
REDIRECTS = "_redirects"
HEADERS = "_headers"

_LINE = re.compile(r"at line (\d+)")


class Rules(msgspec.Struct, frozen=True):
    """What the host does beside showing files, in the order in which rules are tried."""

    redirects: tuple[redirects.Rule, ...] = ()
    headers: tuple[headers.Rule, ...] = ()


def read(root: Path, output: Path) -> tuple[Rules, tuple[Problem, ...]]:
    """The rules of the site in `root` that is built into `output`, and a Problem (`host.rule`) for each that is none.

    Those of files come before those of `netlify.toml`, as Netlify has it.
    """
    leads, amiss = redirects.read(*_text(root, output, REDIRECTS))
    sent, also = headers.read(*_text(root, output, HEADERS))
    problems = [*amiss, *also]
    text, _ = _text(root, root, NETLIFY)
    try:
        data = tomllib.loads(text)
        places = TomlPlaces.of(text)
    except (ValueError, RecursionError) as error:
        line = _LINE.search(str(error))
        problems.append(problem(Place(NETLIFY, int(line[1]) if line else 0), "host.rule", f"it is no TOML: {error}"))
        return Rules(leads, sent), tuple(problems)
    more, amiss = redirects.from_toml(_tables(data, "redirects"), places, NETLIFY)
    others, also = headers.from_toml(_tables(data, "headers"), places, NETLIFY)
    return Rules((*leads, *more), (*sent, *others)), (*problems, *amiss, *also)


def _text(root: Path, folder: Path, name: str) -> tuple[str, str]:
    """The text of a file of `folder`, "" if there is none, and how to name it to a person."""
    shown = f"static/{name}" if (root / "static" / name).is_file() else name
    try:
        return (folder / name).read_bytes().decode("utf-8-sig", errors="replace"), shown
    except OSError:
        return "", shown


def _tables(data: dict[str, Any], name: str) -> list[dict[str, Any]]:
    found = data.get(name, [])
    return [one if isinstance(one, dict) else {} for one in found] if isinstance(found, list) else [{}]
