"""The project's own frame: what its files name, what its wheel holds, and that the documents know every command."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from typer.main import get_command

from ssg.cli import app

ROOT = Path(__file__).parent.parent
# Cut in two, so that this file names none of them either.
HOSTS = tuple(
    left + right
    for left, right in (
        ("pypi", ".org"),
        ("python", "hosted.org"),
        ("registry.npm", "js.org"),
        ("registry.yarn", "pkg.com"),
        ("deb.deb", "ian.org"),
    )
)

needs_hatchling = pytest.mark.skipif(not find_spec("hatchling"), reason="hatchling, which builds the wheel, is not installed")


def sources() -> list[Path]:
    """The files of the project: those that git knows or would add."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        pytest.skip("this is no git checkout")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    return [file for name in listed.split("\0") if name and (file := ROOT / name).is_file()]


def text_of(*names: str) -> str:
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


def test_no_file_names_a_package_host() -> None:
    """Where packages come from is the machine's matter: no lock file, script or page names a host."""
    found = [
        f"{file.relative_to(ROOT)}: {host}"
        for file in sources()
        for host in HOSTS
        if host.encode() in (data := file.read_bytes()) and b"\0" not in data[:1000]
    ]
    assert found == []


def test_every_locked_package_has_a_hash_and_every_dependency_is_locked() -> None:
    """A fresh machine installs exactly what was tried, and nothing that nobody looked at."""
    project = tomllib.loads(text_of("pyproject.toml"))
    wanted = project["project"]["dependencies"] + project["build-system"]["requires"]
    for name, also in (("requirements.txt", []), ("requirements-dev.txt", project["project"]["optional-dependencies"]["dev"])):
        lines = text_of(name).splitlines()
        pins = [number for number, line in enumerate(lines) if "==" in line]
        assert pins
        for number in pins:
            assert lines[number].endswith("\\"), lines[number]
            assert lines[number + 1].strip().startswith("--hash=sha256:"), lines[number]
        locked = {lines[number].partition("==")[0] for number in pins}
        assert {need.partition(">=")[0].lower() for need in wanted + also} <= locked


def test_node_tools_are_locked_by_their_digests_alone() -> None:
    """package-lock.json has an integrity for every package and no address."""
    lock = json.loads(text_of("tests/tools/package-lock.json"))
    packages = {name: entry for name, entry in lock["packages"].items() if name}
    assert packages
    assert all(entry["integrity"] and "resolved" not in entry for entry in packages.values())


def test_the_demonstration_is_served_with_the_headers_of_any_site() -> None:
    """The repository's netlify.toml and the one that `ssg init` writes say the same headers and contexts."""
    ours = tomllib.loads(text_of("netlify.toml"))
    theirs = tomllib.loads(text_of("ssg/scaffold/files/netlify.toml").replace("$$", "$").replace("$feed", "feed.xml"))
    for rule in theirs["headers"]:
        rule["for"] = rule["for"].replace("$blocks", "blok").replace("$assets", "aset")
    # The demonstration has a second language, whose blocks have a folder of their own.
    assert [rule for rule in ours["headers"] if not rule["for"].startswith("/en/")] == theirs["headers"]
    assert ours["build"]["publish"] == theirs["build"]["publish"]
    assert ours["build"]["ignore"] == f"{theirs['build']['ignore']} ssg pyproject.toml", (
        "the program is part of the demonstration"
    )
    assert ours["build"]["environment"] == theirs["build"]["environment"]
    for context in theirs["context"]:
        assert (
            ours["context"][context]["command"].rpartition(" && ")[2]
            == (theirs["context"][context]["command"].rpartition(" && ")[2])
        )


def test_every_command_stands_in_the_readme() -> None:
    """A new command is documented or this fails."""
    commands = sorted(getattr(get_command(app), "commands", {}))
    assert commands
    readme = text_of("README.md")
    assert [name for name in commands if f"`ssg {name}" not in readme] == []


def test_every_room_stands_in_the_picture_of_the_house() -> None:
    """CONTRIBUTING.md knows each folder of the package."""
    rooms = [folder.name for folder in (ROOT / "ssg").iterdir() if (folder / "__init__.py").is_file()]
    picture = text_of("CONTRIBUTING.md").partition("```text")[2].partition("```")[0]
    assert [room for room in sorted(rooms) if room not in picture] == []


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the source distribution."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-t", "sdist", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return folder


@needs_hatchling
def test_the_wheel_holds_the_theme_and_the_files_of_a_new_site(built: Path) -> None:
    """Everything that the installed program reads is inside, and no test."""
    [wheel] = built.glob("newsarchive-*-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for base, inside in ((ROOT / "themes", "ssg/themes"), (ROOT / "ssg" / "scaffold" / "files", "ssg/scaffold/files")):
        held = {f"{inside}/{file.relative_to(base).as_posix()}" for file in base.rglob("*") if file.is_file()}
        assert held
        assert held <= names
    assert "ssg/py.typed" in names
    assert all(name.startswith(("ssg/", "newsarchive-")) for name in names)


@needs_hatchling
def test_the_source_distribution_can_build_the_wheel(built: Path) -> None:
    """It holds the package, the themes, the licence and what pyproject.toml reads."""
    [sdist] = built.glob("newsarchive-*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert {"pyproject.toml", "README.md", "LICENSE", "ssg/__init__.py", "themes/default/theme.toml"} <= names


@needs_hatchling
def test_the_installed_wheel_begins_and_builds_a_site_that_carries_it(built: Path, tmp_path: Path) -> None:
    """In an empty folder, away from the working copy, the wheel does all; the site's requirements install that very wheel."""
    [wheel] = built.glob("*.whl")
    place = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*install, "--target", str(place), str(wheel)], check=True, capture_output=True)
    environment = os.environ | {"PYTHONPATH": str(place), "PYTHONDONTWRITEBYTECODE": "1"}

    def ssg(*arguments: str) -> None:
        command = [sys.executable, "-m", "ssg", *arguments]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr

    ssg("init", "kabar", "--base-url", "https://kabar.example/")
    ssg("build", "--source", "kabar")
    site = tmp_path / "kabar"
    assert (site / "output" / "index.html").is_file()
    assert (site / "output" / "tentang" / "index.html").is_file()
    [line] = [row for row in (site / "requirements.txt").read_text(encoding="utf-8").splitlines() if row[0] != "#"]
    again = tmp_path / "again"
    subprocess.run([*install, "--target", str(again), str(site / line)], check=True, capture_output=True)

    def tree(folder: Path) -> dict[str, bytes]:
        files = (file for file in folder.rglob("*") if file.is_file() and ".dist-info" not in str(file.parent))
        return {file.relative_to(folder).as_posix(): file.read_bytes() for file in files}

    assert tree(again) == tree(place)
