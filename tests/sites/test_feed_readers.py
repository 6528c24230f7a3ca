"""Every feed of the demonstration in every format, as independent readers see it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import Made
from tests.feed_readers import feedparser_finds_no_fault, feeds, feedsmith_reads_the_same, html_is_safe

ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.timeout(180)


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The feeds of the repository's own site, in all formats."""
    made = Made(tmp_path_factory.mktemp("demonstration") / "site")
    for folder in ("content", "data", "static", "themes"):
        shutil.copytree(ROOT / folder, made.root / folder)
    settings = (ROOT / "site.toml").read_text(encoding="utf-8")
    made.put("site.toml", f'{settings}\n[feeds]\nalso = ["atom", "json"]\n\n[photos]\nwidths = []\n'.encode())
    return feeds(made.build("--now", "2026-11-22").output)


def test_feedparser_finds_no_fault(every: list[Path]) -> None:
    """And every item, with its text."""
    of_xml = [file for file in every if file.suffix == ".xml"]
    assert len(of_xml) > 100
    feedparser_finds_no_fault(of_xml)


def test_feedsmith_reads_the_same(every: list[Path]) -> None:
    """Format, title and items; and what is JSON is so by its schema."""
    feedsmith_reads_the_same(every)


def test_the_html_in_feeds_is_safe(every: list[Path]) -> None:
    """It has no element or attribute that a feed reader takes out, and whole addresses alone."""
    html_is_safe(file for file in every if file.name in ("feed.xml", "atom.xml"))
