"""The rules for Netlify, as Netlify's own readers take them."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Made
from tests.sites.moved import TEXTS, on

ROOT = Path(__file__).parent.parent.parent
TOOLS = ROOT / "tests" / "tools"

Site = Callable[[str], Made]


def read(folder: Path) -> dict[str, Any]:
    """What the readers make of the rules in a folder; they find no fault in any."""
    if shutil.which("node") is None or not (TOOLS / "node_modules" / "@netlify").is_dir():
        pytest.skip("needs Netlify's readers: npm ci --prefix tests/tools")
    command = ["node", str(TOOLS / "netlify.mjs"), str(folder)]
    found: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    assert found["errors"] == []
    return found


def test_redirects_are_what_was_meant(site: Site) -> None:
    """What moved leads on for good, what was withdrawn is shown as gone, and what is not there is said in its language."""
    made = site(on("netlify") + TEXTS).build()
    rules = read(made.output)["redirects"]
    assert [(rule["from"], rule["to"], rule["status"], rule.get("force", False)) for rule in rules] == [
        ("/2026/05/02/panen-raya/", "/2026/05/02/panen-raya/index.html", 410, True),
        ("/hilang/", "/404.html", 410, True),
        ("/lama/", "/2026/05/01/harga-beras/", 301, False),
        ("/berita/kopi%20%C3%BCnik/", "/2026/05/01/harga-beras/", 301, False),
        ("/dulu/", "https://lain.example/", 301, False),
        ("/en/*", "/en/404.html", 404, False),
    ]


def test_headers_are_what_was_meant() -> None:
    """For every page the policy and its companions, for feeds their types; the repository's own file is that of `ssg init`."""
    headers = {rule["for"]: {name.lower(): value for name, value in rule["values"].items()} for rule in read(ROOT)["headers"]}
    assert "default-src 'none'" in headers["/*"]["content-security-policy"]
    assert headers["/*"]["strict-transport-security"].startswith("max-age=31536000")
    assert headers["/*/feed.xml"]["content-type"] == "application/rss+xml; charset=utf-8"
