"""`ssg verify`: a copy of a site is checked by its own manifests, and nothing else is asked."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ssg.cli import app
from tests.conftest import SITE_TOML, Made, Run

Site = Callable[[str], Made]

TEXT = f"""\
-- site.toml --
{SITE_TOML}
[data]
manifests = true
-- content/a.md --
---
title: Harga beras
date: 2026-05-01
---
Isi a.
-- content/b.md --
---
title: Panen raya
date: 2026-04-01
---
Isi b.
-- static/berkas dengan spasi.txt --
Isi.
"""


@pytest.fixture
def copy(site: Site, tmp_path: Path) -> Path:
    """A copy of a published site, far from its sources."""
    return Path(shutil.copytree(site(TEXT).build().output, tmp_path / "copy"))


def verify(folder: Path) -> Run:
    """Run `ssg verify` on a folder."""
    result = CliRunner().invoke(app, ["verify", str(folder)])
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return Run(result.exit_code, result.output)


def test_a_true_copy_is_verified_in_one_line(copy: Path) -> None:
    """It says how many files and manifests; a folder above the copy will do as well, and nothing is written."""
    files = [file for file in copy.rglob("*") if file.is_file()]
    listed = len(files) - 1  # all but the manifest that lists the others
    assert verify(copy) == Run(0, f"Verified: {listed} files of 3 manifests, all as published, and none beside them\n")
    other = copy.parent / "above" / "kabar"
    shutil.copytree(copy, other)
    assert verify(other.parent).code == 0
    assert [file for file in copy.rglob("*") if file.is_file()] == files


def test_each_file_that_is_not_as_published_is_named(copy: Path) -> None:
    """A flipped byte, a file that is missing, one that was added, wherever it lies."""
    page = copy / "2026/05/01/a/index.html"
    data = bytearray(page.read_bytes())
    data[len(data) // 2] ^= 1
    page.write_bytes(data)
    (copy / "berkas dengan spasi.txt").unlink()
    (copy / "2026/04/01/b/tambahan.html").write_text("x", encoding="utf-8")
    (copy / "[x].html").write_text("x", encoding="utf-8")
    said = verify(copy)
    assert said.code == 1
    assert said.text.splitlines()[:-1] == [
        *("berkas dengan spasi.txt: missing", "2026/05/01/a/index.html: changed"),
        *("2026/04/01/b/tambahan.html: not listed", "[x].html: not listed"),
    ]
    assert said.text.splitlines()[-1].startswith("4 files not as published; checked: ")


@pytest.mark.parametrize("name", ["data/manifest.txt", "data/manifest-2026-05.txt"])
def test_a_manifest_cannot_go_unseen(copy: Path, name: str) -> None:
    """Each is listed by the one of the site, and that one must be there."""
    (copy / name).unlink()
    said = verify(copy)
    assert said.code == 1
    assert f"{name}: missing" in said.text.splitlines()


def test_a_changed_manifest_is_a_changed_file(copy: Path) -> None:
    """Sums that were made to fit a changed page do not help."""
    manifest = copy / "data/manifest-2026-05.txt"
    manifest.write_text("0" * 64 + "  2026/05/01/a/index.html\n", encoding="utf-8")
    assert {"data/manifest-2026-05.txt: changed", "2026/05/01/a/index.html: changed"} <= set(verify(copy).text.splitlines())


@pytest.mark.parametrize("line", ["nothing", "0" * 64 + "  ../outside", "0" * 64 + "  /etc/hostname", "0" * 63 + "  a", "\xff"])
def test_what_is_no_manifest_is_told_with_its_line(copy: Path, line: str) -> None:
    """Nothing outside the copy is looked at."""
    (copy / "data/manifest-2026-05.txt").write_bytes(line.encode("latin-1") + b"\n")
    said = verify(copy)
    assert said.code == 1
    assert "manifest-2026-05.txt" in said.text
    assert "error[manifest.bad]" in said.text


def test_a_folder_without_manifests_is_told(tmp_path: Path) -> None:
    """And how to come by them."""
    said = verify(tmp_path)
    assert said.code == 1
    assert "error[manifest.missing]" in said.text
    assert "manifests = true" in " ".join(said.text.split())


def test_its_help_tells_it_from_the_other_verify() -> None:
    """Nobody takes one for the other."""
    runner = CliRunner()
    assert "ssg build --verify" in " ".join(runner.invoke(app, ["verify", "--help"]).output.split())
    assert "ssg verify" in " ".join(runner.invoke(app, ["build", "--help"]).output.replace("│", " ").split())
