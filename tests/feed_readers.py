"""What independent readers make of the feeds of a built site: feedparser, feedsmith, and the rules of the W3C's validator."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

from tests.conftest import Html

TOOLS = Path(__file__).parent / "tools"
_FORMATS = {"feed": "rss", "atom": "atom"}
_AT_ONCE = 500  # files that one call of feedsmith reads

# What the W3C's feed validator lets pass without a word, of all that a text may have.
_ALLOWED = {
    *("alt", "cite", "class", "colspan", "datetime", "decoding", "dir", "height", "href", "hreflang", "id", "lang", "loading"),
    *("name", "rel", "reversed", "rowspan", "scope", "span", "src", "start", "title", "type", "value", "width"),
}
_FORBIDDEN = ("script", "style", "form", "input", "iframe", "object", "embed")


def feeds(output: Path) -> list[Path]:
    """The files of all feeds, the closed documents too."""
    return sorted(file for file in output.rglob("*") if re.fullmatch(r"(feed|atom)(-\d+)?\.(xml|json)", file.name))


def format_of(file: Path) -> str:
    """The format of a feed by its file's name: "rss", "atom" or "json"."""
    return "json" if file.suffix == ".json" else _FORMATS[file.stem.partition("-")[0]]


def ids_of(file: Path) -> list[str]:
    """The ids of the items of a feed, by the plainest of parsers."""
    if file.suffix == ".json":
        return [item["id"] for item in json.loads(file.read_bytes())["items"]]
    root = ElementTree.fromstring(file.read_bytes())
    return [found.text or "" for path in ("channel/item/guid", "{*}entry/{*}id") for found in root.iterfind(path)]


def feedparser_finds_no_fault(files: Iterable[Path]) -> None:
    """In feeds of XML: they are well formed, and every item is seen with its text, or at least its summary."""
    for file in files:
        found = feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False)
        assert not found.bozo, f"{file}: {found.get('bozo_exception')}"
        assert [entry.id for entry in found.entries] == ids_of(file), file
        texts = [[one.value for one in (*entry.get("content", ()), entry.summary_detail)] for entry in found.entries]
        assert all(any(written) for written in texts), file


def feedsmith_reads_the_same(files: Sequence[Path]) -> None:
    """Format, title and items; and what is JSON is so by its schema."""
    if shutil.which("node") is None or not (TOOLS / "node_modules" / "feedsmith").is_dir():
        pytest.skip("needs feedsmith: npm ci --prefix tests/tools")
    for begin in range(0, len(files), _AT_ONCE):
        part = files[begin : begin + _AT_ONCE]
        command = ["node", str(TOOLS / "feeds.mjs"), *map(str, part)]
        read = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        for file, found in zip(part, read, strict=True):
            assert (found["format"], found["ids"], found["faults"]) == (format_of(file), ids_of(file), []), file
            assert found["title"], file


def html_is_safe(files: Iterable[Path]) -> None:
    """In feeds of XML: no text has an element or attribute that a reader takes out, and all its addresses are whole."""
    seen: set[str] = set()
    for file in files:
        for item in feedparser.parse(file.read_bytes(), sanitize_html=False, resolve_relative_uris=False).entries:
            written = (*item.content, item.summary_detail)
            for text in {one.value for one in written if one.type != "text/plain"} - seen:
                seen.add(text)
                for element in Html(text).elements:
                    assert element.tag not in _FORBIDDEN, file
                    for name, value in element.attributes.items():
                        assert name.startswith("data-") or name in _ALLOWED, f"{file}: <{element.tag} {name}={value!r}>"
                        if name in ("href", "src"):
                            assert re.match(r"https?://|mailto:|tel:", value), f"{file}: {value}"
