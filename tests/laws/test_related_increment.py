"""Related articles, made by several workers or from what an earlier build left: the site is the same as from scratch."""

from __future__ import annotations

import random
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from ssg.build import CACHE, Options, build
from ssg.site_toml import load
from tests.laws.conftest import Tree, article, everything, tree, write

pytestmark = pytest.mark.timeout(300)

NOW = datetime(2026, 6, 1, tzinfo=ZoneInfo("Asia/Jakarta"))


def built(root: Path, workers: int = 1, now: datetime = NOW) -> tuple[Tree, dict[str, bytes]]:
    """The site, and what is kept of its ranking."""
    report = build(load(root), Options(output=root / "output", now=now, workers=workers))
    assert report.published, list(report.problems)
    return tree(root / "output"), {file.name: file.read_bytes() for file in sorted((root / CACHE).glob("related-*-features"))}


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any archive is ranked as a large one is."""
    monkeypatch.setattr("ssg.related.FEW", 0)


def test_how_an_archive_is_ranked_does_not_show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few articles or many, one worker or two."""
    files = everything(200)
    monkeypatch.setattr("ssg.related.FEW", 1000)
    few, nothing = built(write(tmp_path / "few", files))
    monkeypatch.setattr("ssg.related.FEW", 0)
    one, kept = built(write(tmp_path / "one", files))
    two, kept_by_two = built(write(tmp_path / "two", files, seed=1), workers=2)
    assert one == two == few
    assert (nothing, list(kept)) == ({}, ["related-en-features", "related-id-features"])
    assert kept == kept_by_two


@pytest.mark.usefixtures("many")
def test_a_ranking_that_goes_on_is_as_good_as_from_scratch(tmp_path: Path) -> None:
    """After articles came, changed, expired and went; and when what was kept is damaged."""
    chance = random.Random(5)
    files = everything(60)
    root = write(tmp_path / "site", files)
    built(root, now=datetime(2020, 2, 20, tzinfo=ZoneInfo("Asia/Jakarta")))
    for step in range(5):
        gone = chance.choice([path for path in files if "/berita-" in path])
        del files[gone]
        (root / gone).unlink()
        path, text = article(60 + step)
        edited = chance.choice([path for path in files if "/berita-" in path])
        changed = {path: text.encode(), edited: files[edited].replace(b"Isi ", b"Kata3 kata5 [[berita-030]] ")}
        files |= changed
        write(root, changed)
        if step > 1:
            file = root / CACHE / ("related-id" if step == 2 else "related-id-features")
            file.write_bytes(file.read_bytes()[:-9])
        output, _ = built(root)
        assert output == built(write(tmp_path / f"scratch-{step}", files))[0]


@pytest.mark.usefixtures("many")
def test_no_related_articles_is_no_ranking(tmp_path: Path) -> None:
    """A site that shows none pays for none."""
    files = everything(20)
    files["site.toml"] += b"\n[blocks]\nrelated = 0\nread_also = 0\n"
    _, kept = built(write(tmp_path / "site", files))
    assert kept == {}
