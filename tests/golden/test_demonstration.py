"""The addresses and feed ids of the demonstration: readers have kept them, so none changes unless the changelog says so.

`SSG_GOLDEN=write pytest tests/golden` writes both lists anew.
"""

from __future__ import annotations

import os
import re
import shutil
from hashlib import blake2b
from pathlib import Path

import frontmatter
import pytest

from tests.conftest import Made

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
NOW = "2026-11-22"
LISTS = {"addresses": HERE / "addresses.txt", "feed ids": HERE / "feed-ids.txt"}
OF_CORRECTIONS = re.compile(r"/(?:ralat|corrections)/feed\.xml$")

HOW = "If it is meant to change, run `SSG_GOLDEN=write pytest tests/golden` and look at the difference"


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The repository's own site, built in another folder."""
    made = Made(tmp_path_factory.mktemp("demonstration") / "site")
    for folder in ("content", "data", "static", "themes"):
        shutil.copytree(ROOT / folder, made.root / folder)
    shutil.copy(ROOT / "site.toml", made.root)
    return made.build("--now", NOW)


def addresses(made: Made) -> list[str]:
    """The address of every file but those of the theme, which no reader keeps."""
    files = [f"/{file}" for file in made.files() if not file.startswith("aset/")]
    return sorted(re.sub(r"/index\.html$", "/", file) for file in files)


def feed_ids(made: Made) -> list[str]:
    """For every article its id, and the guid that feeds know it by; for every correction the guid."""
    feeds = [f"/{file}" for file in made.files() if file.endswith("/feed.xml") or file == "feed.xml"]
    of_corrections = sorted({entry.id for feed in feeds if OF_CORRECTIONS.search(feed) for entry in made.feed(feed).entries})
    guids = sorted({entry.id for feed in feeds for entry in made.feed(feed).entries} - {*of_corrections})
    ids = sorted(str(frontmatter.load(str(file)).get("id", "")) for file in (made.root / "content").rglob("*.md"))
    found = [f"{id}\t{guid}" for id in ids if id for guid in guids if guid.endswith(f":{id}")]
    assert len(found) == len(guids), "every article of a feed has an id in its front matter"
    return found + [f"-\t{guid}" for guid in of_corrections]


def digest(lines: list[str]) -> str:
    """Eight hexadecimal digits that stand for a list."""
    return blake2b("\n".join(lines).encode(), digest_size=4).hexdigest()


@pytest.mark.parametrize("name", LISTS)
def test_the_demonstration_keeps_what_readers_have_kept(demonstration: Made, name: str) -> None:
    """Each address and each feed id is the one in the golden list, whose first line holds the digest of the others."""
    found = addresses(demonstration) if name == "addresses" else feed_ids(demonstration)
    written = [f"# {name}: {digest(found)}", *found]
    if os.environ.get("SSG_GOLDEN") == "write":
        LISTS[name].write_text("\n".join(written) + "\n", encoding="utf-8")
    golden = LISTS[name].read_text(encoding="utf-8").splitlines()
    gone, new = sorted({*golden} - {*written}), sorted({*written} - {*golden})
    assert golden == written, f"{HOW}. Gone: {gone[:10]}. New: {new[:10]}"


@pytest.mark.parametrize("name", LISTS)
def test_the_changelog_names_the_digest_of_each_golden_list(name: str) -> None:
    """A golden list changes together with a line of the changelog: the newest line that names a digest names this one."""
    head = LISTS[name].read_text(encoding="utf-8").splitlines()[0]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    named = re.search(rf"{name}: [0-9a-f]{{8}}", changelog)
    assert named, f"say in CHANGELOG.md, under Unreleased, what became of the {name}, with `{head.removeprefix('# ')}`"
    assert head == f"# {named[0]}", f"say in CHANGELOG.md, under Unreleased, why, with `{head.removeprefix('# ')}`"
