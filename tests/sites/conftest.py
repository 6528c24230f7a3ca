"""Sites that build quickly: the theme's templates are compiled once a session, and every site begins with them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SITE_TOML, Made
from tests.sites.faults import SOUND
from tests.sites.rich import FILES, NOW, TEXT

SiteIn = Callable[[Path, str], Made]

CACHE = ".ssg-cache"


@pytest.fixture(scope="session")
def site_in(tmp_path_factory: pytest.TempPathFactory) -> SiteIn:
    """Makes a site in a folder out of one string; it has a `site.toml` unless the string gives one."""
    first = Made(tmp_path_factory.mktemp("first")).put("site.toml", SITE_TOML.encode()).build()

    def make(folder: Path, text: str = "") -> Made:
        made = Made(folder).put("site.toml", SITE_TOML.encode())
        shutil.copytree(first.root / CACHE, folder / CACHE)
        return made.write(text)

    return make


@pytest.fixture
def site(site_in: SiteIn, tmp_path: Path) -> Callable[[str], Made]:
    """Makes a site in a temporary folder, as `site` of all tests does."""

    def make(text: str = "") -> Made:
        return site_in(tmp_path / "site", text)

    return make


@pytest.fixture(scope="module")
def sound(site_in: SiteIn, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sound site that is published already."""
    return site_in(tmp_path_factory.mktemp("sound") / "site", SOUND).build().root


@pytest.fixture
def published(sound: Path, tmp_path: Path) -> Made:
    """A sound site, published, to put a fault into."""
    shutil.copytree(sound, tmp_path / "site", symlinks=True)
    return Made(tmp_path / "site")


@pytest.fixture(scope="session")
def rich(site_in: SiteIn, tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A site with something of everything, published. Tests read it and change nothing."""
    made = site_in(tmp_path_factory.mktemp("rich") / "site", TEXT)
    for path, data in FILES.items():
        made.put(path, data)
    return made.build("--now", NOW)
