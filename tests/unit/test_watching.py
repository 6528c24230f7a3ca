"""What is seen of a site's sources, and what is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from ssg import watching
from ssg.watching import changes


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Iterator[tuple[str, ...]]]:
    """The changes of a site with one article, begun."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("a")
    (tmp_path / "site.toml").write_text("a")
    stopped = Event()
    found = changes(tmp_path, stopped=stopped)
    assert next(found) == ()
    yield found
    stopped.set()
    assert list(found) == []


def test_a_burst_is_told_once_with_its_files(tmp_path: Path, watched: Iterator[tuple[str, ...]]) -> None:
    """By their names below the site, in order; the settings too."""
    (tmp_path / "site.toml").write_text("other")
    (tmp_path / "content/b.md").write_text("b")
    (tmp_path / "content/a.md").write_text("b")
    seen: set[str] = set()
    while not {"content/a.md", "content/b.md", "site.toml"} <= seen:
        seen |= set(next(watched))


def test_what_changes_while_nobody_asks_is_told_later(tmp_path: Path, watched: Iterator[tuple[str, ...]]) -> None:
    """Also in a folder that is new, and one that another takes the place of."""
    (tmp_path / "themes/default").mkdir(parents=True)
    assert "themes" in next(watched)
    (tmp_path / "themes/default/theme.toml").write_text("")
    assert next(watched) == ("themes/default/theme.toml",)
    (tmp_path / "themes").rename(tmp_path / "old")
    (tmp_path / "old").rename(tmp_path / "themes")
    (tmp_path / "content").rename(tmp_path / "before")
    (tmp_path / "content").mkdir()
    assert "content" in next(watched)


def test_what_is_no_source_is_not_told(tmp_path: Path, watched: Iterator[tuple[str, ...]]) -> None:
    """What a build writes, what editors keep for themselves, and files beside the sources."""
    for path in ("output/index.html", ".ssg-cache/x", "README.md", "content/a.md~", "content/.a.md.swp", "content/#a.md#"):
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text("x")
    (tmp_path / "content/z.md").write_text("z")
    assert next(watched) == ("content/z.md",)


def test_where_the_system_watches_no_more_all_files_are_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its limit of watched folders stops nobody."""
    asked: list[bool | None] = []

    def watch(*paths: Path, **options: Any) -> Iterator[set[tuple[int, str]]]:
        asked.append(options["force_polling"])
        if not options["force_polling"]:
            raise OSError("OS file watch limit reached")
        yield set()
        yield {(1, str(tmp_path / "content/a.md"))}

    monkeypatch.setattr(watching, "watch", watch)
    assert list(changes(tmp_path)) == [(), ("content/a.md",)]
    assert asked == [None, True]
