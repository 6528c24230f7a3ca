"""The search of a built site, as tests look at it: its files, read without our code, and its script, run by node."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest

TESTS = Path(__file__).parent.parent
SCRIPT = TESTS.parent / "themes" / "default" / "static" / "search.js"


@dataclass(frozen=True)
class Part:
    """A part of an index: what it shows of articles, its words by line, and by word the titles that have it, and how often."""

    head: dict[str, Any]
    lines: list[list[str]]
    holding: dict[str, dict[str, int]]


def part(file: Path) -> Part:
    """A part, unpacked."""
    line, _, columns = gzip.decompress(file.read_bytes()).partition(b"\n")
    head = json.loads(line)
    lines = [forms.split(" ") for forms in head["words"].split("\n")] if head["words"] else []
    words = [word for forms in lines for word in forms]
    held, rest = columns[: len(words)], columns[len(words) :]
    steps, times = rest[: sum(held)], rest[sum(held) :]
    assert len(steps) == len(times) == sum(held)
    holding: dict[str, dict[str, int]] = {}
    first = 0
    for word, count in zip(words, held, strict=True):
        numbers = accumulate(steps[first : first + count])
        holding[word] = {head["titles"][n]: often for n, often in zip(numbers, times[first : first + count], strict=True)}
        first += count
    return Part(head, lines, holding)


def parts(output: Path, address: str = "/cari/parts.json") -> dict[str, Any]:
    """The list of parts at an address."""
    told = json.loads((output / address.lstrip("/")).read_text(encoding="utf-8"))
    assert isinstance(told, dict)
    return told


def asked(
    output: Path, *queries: dict[str, Any], words: tuple[str, ...] = (), address: str = "/cari/parts.json"
) -> dict[str, Any]:
    """What the script of the search page finds (see `tests/tools/search.mjs`)."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("needs node")
    command = [node, str(TESTS / "tools" / "search.mjs"), str(SCRIPT), str(output), address]
    question = json.dumps({"words": words, "queries": queries})
    run = subprocess.run(command, input=question, check=True, capture_output=True, text=True, encoding="utf-8")
    answer = json.loads(run.stdout)
    assert isinstance(answer, dict)
    return answer
