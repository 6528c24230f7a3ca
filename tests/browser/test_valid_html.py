"""Every page is valid HTML, by the W3C's Nu checker: of small newsrooms, of the demonstration, and of a real archive."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.published import HTML_KINDS, Published, extremes, published
from tests.conftest import AT_NIGHT, DATA, Made

TESTS = Path(__file__).parent.parent
CHECKER = TESTS / "tools" / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"
DIGITALGOV = TESTS / "real" / "digitalgov" / "site.toml"
SAMPLE = 100  # articles of digitalgov

# What is left in the sample of HTML that the articles' own authors wrote: the checker's words, and how often.
# One article opens a <span> around its last headings, paragraphs and notes.
_IN_A_SPAN = (
    "Element “{}” not allowed as child of element “span” in this context. (Suppressing further errors from this subtree.)"
)
AUTHORS_FAULTS = {_IN_A_SPAN.format(tag): count for tag, count in {"h2": 1, "p": 2, "hr": 1, "div": 1}.items()}

# A fragment is no page: it stands in an article's page, below a heading of the second level.
_AROUND = '<!doctype html><html lang="{}"><title>-</title><body><h1>-</h1><h2>-</h2>{}'

pytestmark = pytest.mark.timeout(300)


@dataclass(frozen=True)
class Fault:
    """What the checker says of a page; `level` is "error" or "info" (its word for a warning)."""

    level: str
    page: str
    words: str
    extract: str


def check(folder: Path, pages: list[Published]) -> list[Fault]:
    """What the checker finds in pages, which are laid out in an empty folder for it."""
    if shutil.which("java") is None:
        pytest.skip("the Nu HTML checker needs java")
    if not CHECKER.is_file():
        pytest.skip("needs the Nu HTML checker: npm ci --prefix tests/tools")
    names = {}
    for number, page in enumerate(pages):
        names[f"{number}.html"] = page.address
        text = _AROUND.format(page.language, page.text) if page.kind == "fragment" else page.text
        (folder / f"{number}.html").write_text(text, encoding="utf-8")
    command = ["java", "-jar", str(CHECKER), "--format", "json", str(folder)]
    run = subprocess.run(command, capture_output=True, check=False, env={**os.environ, "LC_ALL": "C.UTF-8"})
    found = json.loads(run.stderr)["messages"]
    return [Fault(one["type"], names[one["url"].rpartition("/")[2]], one["message"], one.get("extract", "")) for one in found]


def test_the_checker_finds_a_fault_where_there_is_one(tmp_path: Path) -> None:
    """A clean answer of the other tests is one of the checker, not of a checker that looked at nothing."""
    bad = Published("/bad/", "page", "id", "<!doctype html><html lang=id><title>-</title><p id=a><p id=a>")
    good = Published("/good/", "page", "id", "<!doctype html><html lang=id><title>-</title><p>Baik.")
    faults = check(tmp_path, [good, bad])
    assert {fault.page for fault in faults if fault.level == "error"} == {"/bad/"}
    assert any("Duplicate ID" in fault.words for fault in faults)


def test_every_kind_of_page_stands_in_the_newsrooms_in_both_languages(rich: Made, keeping: Made, sparse: Made) -> None:
    """A new kind of page is looked at from its first day: full, and as empty as it can be."""
    found = {(page.kind, page.language) for made in (rich, keeping) for page in published(made.output)}
    assert found == {(kind, language) for kind in HTML_KINDS for language in ("id", "en")}
    # Terms, the picks' page and the others are there only where an article names one.
    assert {page.kind for page in published(sparse.output)} == set(HTML_KINDS) - {
        "term",
        "story",
        "terms",
        "block",
        "corrections",
        "offline",
        "index",
        "letter",
    }


def test_the_fullest_and_the_emptiest_page_of_each_kind_are_valid(
    rich: Made, rich_inline: Made, plain: Made, keeping: Made, sparse: Made, bare: Made, tmp_path: Path
) -> None:
    """Whatever an article says or leaves out, in either language, the checker has neither error nor warning."""
    pages = [page for made in (rich, rich_inline, plain, keeping, sparse, bare) for page in extremes(published(made.output))]
    assert check(tmp_path, pages) == []


@pytest.mark.skipif(not AT_NIGHT, reason="its kinds of pages are looked at by day; all of them by .ci/nightly")
def test_every_page_of_the_demonstration_in_the_theme_of_text_alone_is_valid(demonstration: Made, tmp_path: Path) -> None:
    """A theme that shares no template with the default one shows the same archive without error or warning."""
    made = Made(tmp_path / "site")
    shutil.copytree(demonstration.root, made.root, ignore=shutil.ignore_patterns("output", ".*"))
    text = (made.root / "site.toml").read_text(encoding="utf-8")
    made.put("site.toml", text.replace('theme = "default"', 'theme = "plain"').encode()).build()
    (tmp_path / "pages").mkdir()
    pages = list(published(made.output))
    assert not any("<img" in page.text or "<script" in page.text.replace(DATA, "") for page in pages)
    assert check(tmp_path / "pages", pages) == []


def test_every_page_of_the_demonstration_is_valid(demonstration: Made, tmp_path: Path) -> None:
    """The site that people look at first is without error or warning."""
    assert check(tmp_path, list(published(demonstration.output))) == []


@pytest.mark.skipif(not AT_NIGHT, reason="takes most of a minute: .ci/nightly")
def test_a_hundred_pages_of_a_real_archive_have_only_their_authors_faults(archives: Path, tmp_path: Path) -> None:
    """Articles that nobody here wrote become valid pages, but for HTML of their own that no program could mend."""
    source = archives / "digitalgov-news"
    if not source.is_dir():
        pytest.skip("needs digitalgov-news in ../shared/archives")
    made = Made(tmp_path / "site").put("site.toml", DIGITALGOV.read_bytes())
    (made.root / "content").symlink_to(source.resolve(), target_is_directory=True)
    made.build()
    articles = [page for page in published(made.output) if page.kind == "article"]
    assert len(articles) > 2000
    chosen = [articles[number * len(articles) // SAMPLE] for number in range(SAMPLE)]
    (tmp_path / "pages").mkdir()
    errors = [fault for fault in check(tmp_path / "pages", chosen) if fault.level != "info"]
    assert Counter(fault.words for fault in errors) == AUTHORS_FAULTS, errors
