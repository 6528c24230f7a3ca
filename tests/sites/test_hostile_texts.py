"""Whatever an author writes, everything that leaves the site is whole: feeds, lists of addresses, data and rules."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import feedparser
import pytest
from lxml import etree  # type: ignore[import-untyped]

from tests.conftest import Made
from tests.feed_readers import feedparser_finds_no_fault, feeds, feedsmith_reads_the_same, html_is_safe
from tests.hostile import HOSTILE, newsroom
from tests.sites.conftest import SiteIn

# What stands in no text for good: what XML 1.0 forbids, C1 controls, our own marks, lone surrogates.
FORBIDDEN = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ue000-\uf8ff\ufffe\uffff]")

pytestmark = pytest.mark.timeout(120)


@pytest.fixture(scope="module")
def made(site_in: SiteIn, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The newsroom of such texts, published."""
    return newsroom(site_in(tmp_path_factory.mktemp("hostile") / "site", "")).build()


def texts(made: Made, *endings: str) -> dict[Path, str]:
    """The files with these endings, as text; that they are UTF-8 is tested by that."""
    files = sorted(file for file in made.output.rglob("*") if file.name.endswith(endings))
    return {file: file.read_text(encoding="utf-8") for file in files}


def test_no_file_holds_a_character_that_no_text_may_have(made: Made) -> None:
    """In pages, feeds, sitemaps, data and rules."""
    found = texts(made, ".html", ".xml", ".json", ".md", ".opml", ".txt", "_redirects", "_headers")
    assert len(found) > 100
    for file, text in found.items():
        assert not FORBIDDEN.search(text), file


def test_feed_readers_see_every_item(made: Made) -> None:
    """In all formats, of all lists; the texts have nothing in them that a reader takes out."""
    every = feeds(made.output)
    assert len(every) > 100
    of_xml = [file for file in every if file.suffix == ".xml"]
    feedparser_finds_no_fault(of_xml)
    html_is_safe(of_xml)
    feedsmith_reads_the_same(every)


def test_feeds_say_what_the_page_shows(made: Made) -> None:
    """The title of every article, letter for letter, in each feed that holds it; and the data beside it too."""
    seen: dict[str, set[str]] = {}
    for file in feeds(made.output):
        if file.suffix == ".xml" and "ralat" not in file.parts:
            for entry in feedparser.parse(file.read_bytes()).entries:
                seen.setdefault(entry.link, set()).add(spaced(entry.title))
    for day, name in enumerate(HOSTILE, 1):
        address = f"/2026/04/{day:02}/{name.lower()}/"
        shown = spaced(made.page(address).one("h1").text)
        assert shown
        assert seen[f"https://kabar.example{address}"] == {shown}
        assert spaced(json.loads((made.output / address[1:] / "index.json").read_bytes())["title"]) == shown


def spaced(text: str) -> str:
    """A text with a blank wherever it has any space."""
    return " ".join(text.split())


def test_xml_is_well_formed_for_a_strict_parser(made: Made) -> None:
    """Feeds, sitemaps and the list of feeds: none is mended, none refers to anything outside."""
    for file, text in texts(made, ".xml", ".opml").items():
        root = etree.fromstring(text.encode(), etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
        assert root.getroottree().docinfo.internalDTD is None, file


def test_the_data_are_lines_of_json(made: Made) -> None:
    """One for each article and each that was taken back; what is beside the articles is JSON too."""
    lines = gzip.decompress((made.output / "data/articles-2026-04.jsonl.gz").read_bytes()).decode().split("\n")
    assert [json.loads(line)["title"] for line in lines[:-1]]
    assert lines[-1] == ""
    for text in texts(made, ".json").values():
        json.loads(text)


def test_no_text_makes_a_rule(made: Made) -> None:
    """A line of the host's files is a rule with three parts or none at all."""
    for text in texts(made, "_redirects").values():
        for line in text.splitlines():
            assert not line or line.startswith("#") or re.fullmatch(r"/\S* /\S* \d{3}!?", line), line
