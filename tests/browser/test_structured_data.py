"""What search engines and social networks ask of a page, as structured-data-testing-tool has gathered it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Made

CHECKER = Path(__file__).parent.parent / "tools" / "node_modules" / "structured-data-testing-tool" / "bin" / "cli.js"
OPTIONS = ("--presets", "Google,Twitter,Facebook", "--schemas", "NewsArticle,BreadcrumbList")
ARTICLE = re.compile(r"\d{4}/\d\d/\d\d/[^/]+/index\.html")

pytestmark = pytest.mark.timeout(300)


def check(page: Path) -> subprocess.CompletedProcess[str]:
    """What the checker says of a page; it ends with 0 where nothing is missing."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("structured-data-testing-tool needs node")
    if not CHECKER.is_file():
        pytest.skip("needs structured-data-testing-tool: npm ci --prefix tests/tools")
    return subprocess.run([node, str(CHECKER), "--file", str(page), *OPTIONS], capture_output=True, check=False, text=True)


def test_the_checker_finds_a_fault_where_there_is_one(demonstration: Made) -> None:
    """A list is no article: it has none of what is asked of one."""
    run = check(demonstration.output / "terkini" / "index.html")
    assert run.returncode == 1
    assert "NewsArticle" in run.stdout


def test_articles_have_all_that_is_asked_of_them(demonstration: Made) -> None:
    """One of each year, with its photo; the accounts of the newsroom that could be named are no fault."""
    first: dict[str, Path] = {}
    for page in sorted(demonstration.output.rglob("index.html")):
        path = page.relative_to(demonstration.output).as_posix()
        if ARTICLE.fullmatch(path) and "og:image" in page.read_text(encoding="utf-8"):
            first.setdefault(path[:4], page)
    assert len(first) > 4
    failed = {year: run.stdout for year, page in first.items() if (run := check(page)).returncode}
    assert failed == {}
