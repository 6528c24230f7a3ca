"""The newsrooms and the demonstration, each built once."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.browser import newsrooms
from tests.conftest import Made

PROJECT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The fullest newsroom, drafts too."""
    return newsrooms.rich(Made(tmp_path_factory.mktemp("rich"))).build("--drafts")


@pytest.fixture(scope="session")
def rich_inline(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The fullest newsroom, its blocks in every page."""
    return newsrooms.rich_inline(Made(tmp_path_factory.mktemp("inline"))).build("--drafts")


@pytest.fixture(scope="session")
def sparse(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The newsroom whose articles say nothing but what they must."""
    return newsrooms.sparse(Made(tmp_path_factory.mktemp("sparse"))).build()


@pytest.fixture(scope="session")
def bare(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The newsroom without an article, as a preview."""
    return newsrooms.bare(Made(tmp_path_factory.mktemp("bare"))).build("--noindex")


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """A copy of the site that comes with the project."""
    made = Made(tmp_path_factory.mktemp("demonstration"))
    for name in ("content", "data", "static"):
        if (PROJECT / name).is_dir():
            shutil.copytree(PROJECT / name, made.root / name)
    made.put("site.toml", (PROJECT / "site.toml").read_bytes())
    return made.build()
