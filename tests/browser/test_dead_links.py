"""No link and no anchor of the demonstration leads nowhere, as hyperlink has followed them from the front page."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import AT_NIGHT, Made

CHECKER = Path(__file__).parent.parent / "tools" / "node_modules" / "hyperlink" / "lib" / "cli.js"
BASE_URL = "https://arsipkabar.example/"

pytestmark = pytest.mark.timeout(300)


def failed(output: Path) -> tuple[int, list[str]]:
    """How many links and anchors were followed, and those that lead nowhere, in the words of the Test Anything Protocol."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("hyperlink needs node")
    if not CHECKER.is_file():
        pytest.skip("needs hyperlink: npm ci --prefix tests/tools")
    command = [node, str(CHECKER), str(output / "index.html"), "--root", str(output), "--canonicalroot", BASE_URL]
    command += ["-r", "--internal", "--check-anchors"]
    said = subprocess.run(command, capture_output=True, check=False, text=True).stdout
    count = re.search(r"^1\.\.(\d+)$", said, re.MULTILINE)
    assert count, said[-2000:]
    return int(count[1]), re.findall(r"^not ok .*", said, re.MULTILINE)


def test_the_checker_finds_what_is_dead(tmp_path: Path) -> None:
    """A page that is gone, and an anchor that its page does not have."""
    page = '<!doctype html><html lang="id"><title>-</title><a href="/pergi/">1</a><a href="#pergi">2</a>'
    (tmp_path / "index.html").write_text(page, encoding="utf-8")
    _, dead = failed(tmp_path)
    assert len(dead) == 2


@pytest.mark.skipif(not AT_NIGHT, reason="takes a minute: .ci/nightly")
def test_no_link_of_the_demonstration_is_dead(demonstration: Made) -> None:
    """Every address within the site, and every anchor."""
    count, dead = failed(demonstration.output)
    assert dead == []
    assert count > 1000
