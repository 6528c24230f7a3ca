"""What a build wrote: its files, their kinds, their sizes and their digests. The addresses are alike in all generators."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from bench.searching import SEARCH

_ARTICLE = re.compile(r"\d{4}/\d\d/\d\d/(?!hal/)[^/]+/index\.html")
_TIME = re.compile(r"\d{4}/")
_LISTS = {"tag": "tag lists", "editor": "editor lists", "rubrik": "section lists"}


def files(folder: Path) -> Iterator[tuple[str, int]]:
    """Every file below a folder: its path with slashes, and its size in bytes."""
    start = len(str(folder)) + 1
    waiting = [str(folder)]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    waiting.append(entry.path)
                else:
                    yield entry.path[start:].replace(os.sep, "/"), entry.stat().st_size


def size(folder: Path) -> tuple[int, int]:
    """How many files stand below a folder, and how many bytes they have together."""
    sizes = [size for _, size in files(folder)]
    return len(sizes), sum(sizes)


def kind(path: str) -> str:
    """What a file of the output is, by its path."""
    first, _, rest = path.partition("/")
    if path.endswith("feed.xml"):
        return "feeds"
    if first == SEARCH:
        return "search"
    if first.startswith("sitemap"):
        return "sitemaps"
    if first in _LISTS:
        return _LISTS[first] if "/" in rest else "lists of lists"
    if _ARTICLE.fullmatch(path):
        return "articles"
    if _TIME.match(path):
        return "years, months, days"
    return "front and latest" if first in ("index.html", "hal", "terkini") else "other"


def kinds(folder: Path) -> Counter[str]:
    """How many files of each kind stand below a folder."""
    return Counter(kind(path) for path, _ in files(folder))


def digests(folder: Path) -> dict[str, bytes]:
    """The digest of every file below a folder, by its path."""
    return {path: hashlib.blake2b((folder / path).read_bytes(), digest_size=16).digest() for path, _ in files(folder)}


def differing(before: dict[str, bytes], after: dict[str, bytes]) -> int:
    """How many files came, went or changed between two builds: those that have to be sent to a host, or taken from it."""
    return sum(before.get(path) != after.get(path) for path in before.keys() | after.keys())
