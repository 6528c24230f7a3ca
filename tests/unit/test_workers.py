"""The workers: order, errors, and how little waits."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest

from ssg import build, dates, site_toml, workers

ARTICLE = "---\ntitle: Berita {n}\ndate: 2026-01-01 08:{n:02}\ntags: [Uji]\n---\nIsi berita nomor {n}.\n"


def ten() -> int:
    return 10


def add(state: int, part: Sequence[int]) -> list[int]:
    return [state + item for item in part]


def divide(state: int, part: Sequence[int]) -> list[float]:
    return [state / item for item in part]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_results_come_in_the_order_of_the_work(count: int) -> None:
    """However many there are, and whoever is done first."""
    items = range(1000)
    found = [item for part in workers.spread(add, ten, items, workers=count, chunk=7) for item in part]
    assert found == [item + 10 for item in items]


def test_what_the_work_raises_is_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in a worker is no silence."""
    monkeypatch.setattr(workers, "FEW", 1)
    with pytest.raises(ZeroDivisionError):
        list(workers.spread(divide, ten, [1, 0, 2], workers=2, chunk=1))


def test_a_build_is_the_same_where_workers_cannot_be_forked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Elsewhere than on Linux all that a worker needs is handed to it; the clock's own zone too."""
    (tmp_path / "site.toml").write_text("title = 'Uji'\nbase_url = 'https://uji.example/'\n", encoding="utf-8")
    (tmp_path / "content").mkdir()
    for n in range(4):
        (tmp_path / "content" / f"b{n}.md").write_text(ARTICLE.format(n=n), encoding="utf-8")
    made = partial(build.Options, now=dates.parse("2026-06-01", dates.zone("Asia/Jakarta")))
    site = site_toml.load(tmp_path)
    assert build.build(site, made(output=tmp_path / "forked", workers=1)).published
    monkeypatch.setattr(workers, "FEW", 1)
    monkeypatch.setattr(sys, "platform", "darwin")
    report = build.build(site, made(output=tmp_path / "spawned", workers=2, clean=True))
    assert report.published, list(report.problems)
    forked, spawned = tmp_path / "forked", tmp_path / "spawned"
    files = {file.relative_to(forked): file.read_bytes() for file in forked.rglob("*") if file.is_file()}
    assert files == {file.relative_to(spawned): file.read_bytes() for file in spawned.rglob("*") if file.is_file()}


def test_the_clocks_moment_can_be_handed_to_a_worker() -> None:
    """A zone read from a file cannot; an offset can."""
    import pickle
    from datetime import datetime

    moment = dates.fixed(datetime(2026, 6, 1, 12, 30, 15, 99, tzinfo=dates.zone("Asia/Jakarta")))
    assert pickle.loads(pickle.dumps(moment)) == moment
    assert moment.isoformat() == "2026-06-01T12:30:15+07:00"
