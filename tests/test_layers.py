"""The rooms of the house: imports go one way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "ssg"

# From the ground floor to the doors; a module may import what stands before it, and its own room.
ORDER = (
    *("model", "catalogue", "problems", "hosts", "digests", "dates", "words"),
    *("slugs", "merged_tags", "crawlers", "toml_places", "tables", "table_docs", "setting_rules", "settings", "site_toml"),
    *("addresses", "cache", "shelf", "photos", "scaling", "drawing", "darkroom", "workers"),
    *("reading", "data", "theme", "related", "archive", "tagging", "asking", "pages", "rendering", "theme_docs"),
    *("ledger", "memory", "standing", "changes", "publishing", "sums", "notifying"),
    *("increment", "quiet", "handover", "watching", "build", "verifying"),
    *("present", "why", "relations", "stories", "copies", "fitting", "due"),
    *("scaffold", "serve", "cli", "__main__"),
)


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def imports(file: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} if node.module != "ssg" else {f"ssg.{alias.name}" for alias in node.names}
    return {name for name in found if name.startswith("ssg.") and name != "ssg.__version__"}


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.relative_to(PACKAGE).as_posix())
def test_a_room_imports_only_from_rooms_above_it(file: Path) -> None:
    """A newcomer can read the rooms in order: none knows one that comes later."""
    room = file.relative_to(PACKAGE).parts[0].removesuffix(".py")
    if room == "__init__":
        return
    assert room in ORDER, f"{room} has no place in the house: give it one in ORDER"
    later = {name for name in imports(file) if ORDER.index(room_of(name)) > ORDER.index(room)}
    assert later == set()


def test_the_types_import_nothing_of_ours() -> None:
    """`model` stands on the ground."""
    assert imports(PACKAGE / "model.py") == set()
