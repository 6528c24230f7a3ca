"""A cache only spares work: whatever becomes of it, the site is the same."""

from __future__ import annotations

import shutil
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
    file.write_bytes(b"nothing that the program ever wrote, but long enough to look like something" * 40)


def rotten(file: Path) -> None:
    data = bytearray(file.read_bytes())
    for place in range(len(data) // 8, len(data), max(1, len(data) // 4)):
        data[place] ^= 0x15
    file.write_bytes(data)


FILES = (
    "read/*.pack",
    "read/*.index",
    "pages/*.pack",
    "pages/*.index",
    "seen",
    "traces-*",
    "templates-*/*",
    "standing-*",
    "texts-*",
)


@pytest.mark.parametrize("harm", [deleted, truncated, other_file, rotten])
@pytest.mark.parametrize("files", FILES)
@pytest.mark.parametrize("output", ["output", "again"])
def test_a_damaged_cache_is_made_anew(
    site: Callable[[str], Made], harm: Callable[[Path], None], files: str, output: str
) -> None:
    """The next build gives the same bytes, where a site stands and where none does, and so does the one after it."""
    made = site(SITE).build()
    made.build("--output", str(made.root / "again"))
    expected = made.files()
    harmed = list((made.root / ".ssg-cache").glob(files))
    assert harmed
    for file in harmed:
        harm(file)
    for _ in range(2):
        made.build("--output", str(made.root / output))
        assert made.output_of(output) == expected
        shutil.rmtree(made.root / "again", ignore_errors=True)


@pytest.mark.parametrize("harm", [deleted, truncated, other_file, rotten])
@pytest.mark.parametrize("files", FILES)
def test_a_damaged_cache_hides_no_edit(site: Callable[[str], Made], harm: Callable[[Path], None], files: str) -> None:
    """A word of a text is changed after the harm: the page and the feeds have it, all else is as it was."""
    edited = (
        "-- content/b2.md --\n---\ntitle: Berita 2\ndate: 2026-01-02\ntags: [Uji]\n---\nIsi berita *nomor* 2.\n\nLagi, lain.\n"
    )
    made = site(SITE + edited.replace(", lain", "")).build()
    for file in (made.root / ".ssg-cache").glob(files):
        harm(file)
    made.write(edited).build()
    found = made.files()
    for page in ("2026/01/02/b2/index.html", "tag/uji/feed.xml"):
        assert "Lagi, lain." in (made.output / page).read_text(encoding="utf-8")
    assert found == made.build("--clean").files()


def test_a_body_that_was_lost_is_read_again_once(site: Callable[[str], Made]) -> None:
    """What is damaged is put right by the build that finds it, or by the next one."""
    made = site(SITE).build()
    (pack,) = made.root.glob(".ssg-cache/read/*.pack")
    rotten(pack)
    for number in range(2):
        made.build("--output", str(made.root / f"again{number}"))
    assert not pack.exists()
    assert list(made.root.glob(".ssg-cache/read/*.pack"))


def test_an_output_that_is_gone_comes_back_without_rendering(site: Callable[[str], Made]) -> None:
    """As in a fresh clone with a kept cache: every page is on the shelf.

    Only files of the theme are copied again, and what tells of files already made is told again.
    """
    made = site(SITE).build()
    expected = made.files()
    shutil.rmtree(made.output)
    assert made.build().files() == expected
    rendered = made.changes()["rendered"]
    assert isinstance(rendered, list)
    assert {address for address in rendered if not address.startswith("/aset/")} == {
        "/cari/parts.json",
        "/en/search/parts.json",
    }


@pytest.mark.parametrize("harm", [deleted, truncated, other_file, rotten])
def test_a_page_that_is_damaged_on_the_shelf_is_rendered(site: Callable[[str], Made], harm: Callable[[Path], None]) -> None:
    """Its neighbours are not."""
    made = site(SITE).build()
    expected = made.files()
    for pack in made.root.glob(".ssg-cache/pages/*.pack"):
        harm(pack)
    shutil.rmtree(made.output)
    assert made.build().files() == expected
    assert made.changes()["rendered"]


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
    packs = list(made.root.glob(".ssg-cache/read/*.pack"))
    assert len(packs) <= 17
    kept = b"".join(pack.read_bytes() for pack in packs)
    assert all(kept.count(b"<em>nomor</em> %d" % n) == 1 for n in range(2, 6))
    assert kept.count(b"Isi.") <= 5 + 3 + 1
