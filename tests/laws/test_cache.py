"""A cache only spares work: whatever becomes of it, the site is the same."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Made

SITE = "".join(
    f"-- content/b{n}.md --\n---\ntitle: Berita {n}\ndate: 2026-01-{n:02}\ntags: [Uji]\n---\nIsi berita *nomor* {n}.\n"
    for n in range(1, 6)
)


def deleted(file: Path) -> None:
    file.unlink()


def truncated(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def other_file(file: Path) -> None:
    file.write_bytes(b"not a database at all, but long enough to look like something" * 40)


def other_shape(file: Path) -> None:
    file.unlink()
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE read (name TEXT)")
    connection.close()


def rotten_bodies(file: Path) -> None:
    with sqlite3.connect(file) as connection:
        connection.execute("UPDATE read SET body = x'c1c1c1'")
    connection.close()


def rotten_pages(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:8192] = b"\xa5" * 4096
    file.write_bytes(data)


@pytest.mark.parametrize("harm", [deleted, truncated, other_file, other_shape, rotten_bodies, rotten_pages])
def test_a_damaged_cache_is_made_anew(site: Callable[[str], Made], harm: Callable[[Path], None]) -> None:
    """The next build gives the same bytes, and the one after it too."""
    made = site(SITE).build()
    expected = made.files()
    file = made.root / ".ssg-cache" / "read.sqlite"
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    harm(file)
    for _ in range(2):
        made.build("--output", str(made.root / "again"))
        assert Made(made.root).output_of("again") == expected


def test_a_cache_that_cannot_be_used_is_told(site: Callable[[str], Made]) -> None:
    """A file in the place of its folder is no traceback."""
    made = site(SITE + "-- .ssg-cache --\nhere\n").build(ok=False)
    assert ".ssg-cache: error[file.unwritable] the cache cannot be used" in made.said


def test_what_no_build_has_used_of_late_leaves(site: Callable[[str], Made], monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache does not grow for ever, and keeps what is in use."""
    monkeypatch.setattr("ssg.cache.MOST_UNUSED", 3)
    made = site(SITE).build()
    for edit in range(20):
        made.write(f"-- content/b1.md --\n---\ntitle: Suntingan {edit}\ndate: 2026-01-01\n---\nIsi.\n").build()
    with sqlite3.connect(made.root / ".ssg-cache" / "read.sqlite") as connection:
        (count,) = connection.execute("SELECT count(*) FROM read").fetchone()
        (used,) = connection.execute("SELECT count(*) FROM read WHERE instr(body, CAST('nomor' AS BLOB))").fetchone()
    connection.close()
    assert count <= 5 + 5 + 3 + 1
    assert used >= 4
