"""What a built site spends on being searched: files, bytes, and what a browser reads before the first results."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

from bench.generators.base import PACKAGE

SEARCH = "cari"  # the folder of the search page and of all that belongs to it
FIGURES = {
    "files": "files",
    "bytes": "all files, MB",
    "largest": "the largest part, KB",
    "list": "the list of parts, as it comes over the wire, KB",
    "first": "read for the first ten results at most, KB",
}
_BUDGET = re.compile(r"const BUDGET = ([\d_]+);")


def figures(output: Path) -> dict[str, int] | None:
    """Those of FIGURES of a built site, `files` a count and all else in bytes; None where it cannot be searched."""
    folder = output / SEARCH
    listed = folder / "parts.json"
    if not listed.is_file():
        return None
    sizes = [file.stat().st_size for file in folder.iterdir()]
    parts = [part["bytes"] for part in json.loads(listed.read_bytes())["parts"]]
    told = len(gzip.compress(listed.read_bytes(), 6))
    return {
        "files": len(sizes),
        "bytes": sum(sizes),
        "largest": max(parts),
        "list": told,
        "first": told + _read_first(parts),
    }


def _read_first(parts: list[int]) -> int:
    """The bytes of the newest parts, which come first, as far as the script of the default theme reads them unasked."""
    script = (PACKAGE.parent / "themes" / "default" / "static" / "search.js").read_text(encoding="utf-8")
    found = _BUDGET.search(script)
    assert found, "the script names its budget"
    most, spent = int(found[1]), 0
    for part in parts:
        if spent and spent + part > most:
            break
        spent += part
    return spent
