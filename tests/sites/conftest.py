"""Sites that build quickly: the theme's templates are compiled once a session, and every site begins with them."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SITE_TOML, Made

SiteIn = Callable[[Path, str], Made]

TEMPLATES = ".ssg-cache/templates"


@pytest.fixture(scope="session")
def site_in(tmp_path_factory: pytest.TempPathFactory) -> SiteIn:
    """Makes a site in a folder out of one string; it has a `site.toml` unless the string gives one."""
    first = Made(tmp_path_factory.mktemp("first")).put("site.toml", SITE_TOML.encode()).build()
    kept = first.root / TEMPLATES

    def make(folder: Path, text: str = "") -> Made:
        made = Made(folder).put("site.toml", SITE_TOML.encode())
        shutil.copytree(kept, folder / TEMPLATES)
        return made.write(text)

    return make


@pytest.fixture
def site(site_in: SiteIn, tmp_path: Path) -> Callable[[str], Made]:
    """Makes a site in a temporary folder, as `site` of all tests does."""
    return lambda text="": site_in(tmp_path / "site", text)
