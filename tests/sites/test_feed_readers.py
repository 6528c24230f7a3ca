"""Every feed of the demonstration in every format, as two independent readers see it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

from tests.conftest import Html, Made

ROOT = Path(__file__).parent.parent.parent
TOOLS = ROOT / "tests" / "tools"
FORMATS = {"feed": "rss", "atom": "atom"}

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The repository's own site with its feeds in all formats."""
    made = Made(tmp_path_factory.mktemp("demonstration") / "site")
    for folder in ("content", "data", "static", "themes"):
        shutil.copytree(ROOT / folder, made.root / folder)
    settings = (ROOT / "site.toml").read_text(encoding="utf-8")
    made.put("site.toml", f'{settings}\n[feeds]\nalso = ["atom", "json"]\n'.encode())
    return made.build("--now", "2026-11-22")


def feeds(made: Made) -> list[Path]:
    """The files of all feeds."""
    return sorted(file for file in made.output.rglob("*") if re.fullmatch(r"(feed|atom)(-\d+)?\.(xml|json)", file.name))


def format_of(file: Path) -> str:
    return "json" if file.suffix == ".json" else FORMATS[file.stem.partition("-")[0]]


def ids_of(file: Path) -> list[str]:
    """The ids of the items of a feed, by the plainest of parsers."""
    if file.suffix == ".json":
        return [item["id"] for item in json.loads(file.read_bytes())["items"]]
    root = ElementTree.fromstring(file.read_bytes())
    return [found.text or "" for path in ("channel/item/guid", "{*}entry/{*}id") for found in root.iterfind(path)]


def test_feedparser_finds_no_fault(demonstration: Made) -> None:
    """And every item, with its text."""
    every = [file for file in feeds(demonstration) if file.suffix == ".xml"]
    assert len(every) > 100
    for file in every:
        found = feedparser.parse(file.read_bytes())
        assert not found.bozo, f"{file}: {found.get('bozo_exception')}"
        assert [entry.id for entry in found.entries] == ids_of(file)
        assert all(entry.content[0].value for entry in found.entries)


def test_feedsmith_reads_the_same(demonstration: Made) -> None:
    """Format, title and items; and what is JSON is so by its schema."""
    if shutil.which("node") is None or not (TOOLS / "node_modules" / "feedsmith").is_dir():
        pytest.skip("needs feedsmith: npm ci --prefix tests/tools")
    every = feeds(demonstration)
    command = ["node", str(TOOLS / "feeds.mjs"), *map(str, every)]
    read = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    for file, found in zip(every, read, strict=True):
        assert (found["format"], found["ids"], found["faults"]) == (format_of(file), ids_of(file), []), file
        assert found["title"]


def test_the_html_in_feeds_is_safe(demonstration: Made) -> None:
    """It has no element or attribute that a feed reader takes out, and whole addresses alone."""
    seen: set[str] = set()
    for file in (file for file in feeds(demonstration) if file.name in ("feed.xml", "atom.xml")):
        for item in feedparser.parse(file.read_bytes(), sanitize_html=False).entries:
            for text in (item.content[0].value, item.summary):
                if text in seen:
                    continue
                seen.add(text)
                for element in Html(text).elements:
                    assert element.tag not in ("script", "style", "form", "input", "iframe", "object", "embed"), file
                    for name, value in element.attributes.items():
                        assert name.startswith("data-") or name in ALLOWED, f"{file}: <{element.tag} {name}={value!r}>"
                        if name in ("href", "src"):
                            assert re.match(r"https?://|mailto:|tel:", value), f"{file}: {value}"


# What the W3C's feed validator lets pass without a word, of all that a text may have.
ALLOWED = {
    *("alt", "cite", "class", "colspan", "datetime", "decoding", "dir", "height", "href", "hreflang", "id", "lang", "loading"),
    *("name", "rel", "reversed", "rowspan", "scope", "span", "src", "start", "title", "type", "value", "width"),
}
