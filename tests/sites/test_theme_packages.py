"""A theme that an installed package brings: used where it is named, never run, and of no effect where it is not."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.conftest import NOW, Made
from tests.sites.faults import with_settings
from tests.theme_guide import examples

Site = Callable[[str], Made]

ROOT = Path(__file__).parent.parent.parent
ARTICLE = "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\nWords.\n"
USED = with_settings('theme = "kabar"') + ARTICLE
FILES = {
    "__init__.py": "raise RuntimeError('a theme is never run')\n",
    "theme.toml": 'name = "Kabar"\nextends = "default"\n[properties]\nink = "navy"\n',
    "templates/not_found.html": "<p>{{ label('not_found') }}</p>",
    "translations/id.toml": 'not_found = "Kosong"\n',
    "static/own.txt": "own",
}


def put(folder: Path) -> None:
    for path, text in FILES.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


def install(packages: Path, *, distribution: str = "kabar-theme", name: str = "kabar", value: str = "kabar_theme") -> None:
    """Lays a package out as an installer does."""
    info = packages / f"{distribution.replace('-', '_')}-1.2.dist-info"
    info.mkdir()
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {distribution}\nVersion: 1.2\n", encoding="utf-8")
    (info / "entry_points.txt").write_text(f"[ssg.themes]\n{name} = {value}\n", encoding="utf-8")
    put(packages / value.replace(".", "/"))


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder of packages that Python looks into."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def ink(made: Made) -> str:
    return (made.output / "aset/style.css").read_text(encoding="utf-8").partition("--ink:")[2].partition(";")[0]


def not_found(made: Made) -> str:
    return (made.output / "404.html").read_text(encoding="utf-8")


def test_a_theme_comes_in_an_installed_package(site: Site, packages: Path) -> None:
    """Its templates, labels, static files and properties are used, and none of its code is run."""
    install(packages)
    made = site(USED).build()
    assert not_found(made) == "<p>Kosong</p>"
    assert (made.output / "aset/own.txt").read_text() == "own"
    assert ink(made) == "navy"
    assert made.page("/2026/05/01/a/").one("h1").text == "A"
    assert "kabar_theme" not in sys.modules


def test_a_changed_file_of_an_installed_theme_changes_the_pages(site: Site, packages: Path) -> None:
    """And no cache stands in the way."""
    install(packages)
    made = site(USED).build()
    (packages / "kabar_theme/templates/not_found.html").write_text("baru", encoding="utf-8")
    (packages / "kabar_theme/theme.toml").write_text('extends = "default"\n[properties]\nink = "teal"\n', encoding="utf-8")
    made.build()
    assert (not_found(made), ink(made)) == ("baru", "teal")


def test_a_theme_of_the_site_extends_an_installed_one_and_stands_before_it(site: Site, packages: Path) -> None:
    """By `extends`, or by a folder of its name."""
    install(packages, value="kabar_paket.tema")
    text = with_settings('theme = "koran"') + ARTICLE + '-- themes/koran/theme.toml --\nextends = "kabar"\n'
    made = site(text).build()
    assert not_found(made) == "<p>Kosong</p>"
    own = "-- themes/kabar/templates/not_found.html --\n{}\n"
    assert not_found(made.write(own.format('{% extends "kabar:not_found.html" %}')).build()) == "<p>Kosong</p>"
    assert not_found(made.write(own.format("sendiri")).build()) == "sendiri"


def test_what_happens_to_be_installed_changes_nothing(site: Site, packages: Path) -> None:
    """Neither a theme that nobody names nor one that calls itself like one of the program's."""
    made = site(ARTICLE).build()
    before = made.files()
    install(packages)
    install(packages, distribution="impostor", name="default", value="impostor_theme")
    assert made.build("--clean").files() == before


def test_two_packages_of_one_name_are_told(site: Site, packages: Path) -> None:
    """Which of them is found first would hang on the machine."""
    install(packages)
    install(packages, distribution="other-theme", value="other_theme")
    told = "site.toml:7:1: error[theme.bad] two packages bring a theme 'kabar': kabar-theme 1.2 and other-theme 1.2"
    assert site(USED).build(ok=False).problems() == [told]


def test_a_package_without_its_folder_is_told(site: Site, packages: Path) -> None:
    """With the package's name, so that somebody can be asked."""
    install(packages)
    shutil.rmtree(packages / "kabar_theme")
    told = "site.toml:7:1: error[theme.missing] the package kabar-theme 1.2 names a theme 'kabar', but its folder is not there"
    assert site(USED).build(ok=False).problems() == [told]


def test_a_package_made_as_the_guide_says_is_installed_by_pip_and_used(site: Site, tmp_path: Path) -> None:
    """In a process of its own, which finds it as it finds any package."""
    if not find_spec("hatchling"):
        pytest.skip("hatchling, which builds the wheel, is not installed")
    source, place = tmp_path / "source", tmp_path / "place"
    put(source / "kabar_theme")
    (source / "pyproject.toml").write_text(examples()["pyproject.toml"], encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-build-isolation"]
    subprocess.run([*pip, "--target", str(place), str(source)], check=True, capture_output=True)
    made = site(USED)
    command = [sys.executable, "-m", "ssg", "build", "--source", str(made.root), "--now", NOW]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(place), os.environ.get("PYTHONPATH", "")))}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not_found(made) == "<p>Kosong</p>"
