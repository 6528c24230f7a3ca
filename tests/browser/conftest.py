"""The newsrooms and the demonstration, each built once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator

import pytest

from tests.browser import newsrooms
from tests.browser.serving import PROJECT, served
from tests.browser.unbroken import unbroken as written_without_breaks
from tests.conftest import Made


@pytest.fixture(scope="session")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The fullest newsroom, drafts too."""
    return newsrooms.rich(Made(tmp_path_factory.mktemp("rich"))).build("--drafts")


@pytest.fixture(scope="session")
def rich_inline(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The fullest newsroom, its blocks in every page."""
    return newsrooms.rich_inline(Made(tmp_path_factory.mktemp("inline"))).build("--drafts")


@pytest.fixture(scope="session")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The fullest newsroom in the theme that is text alone, drafts too."""
    return newsrooms.plain(Made(tmp_path_factory.mktemp("plain"))).build("--drafts")


@pytest.fixture(scope="session")
def plain_origin(plain: Made) -> Iterator[str]:
    """Where the newsroom that is text alone is served."""
    with served(plain.output) as origin:
        yield origin


@pytest.fixture(scope="session")
def unbroken(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The newsroom whose words, tables and lines of code are too long for a telephone."""
    return written_without_breaks(Made(tmp_path_factory.mktemp("unbroken"))).build()


@pytest.fixture(scope="session")
def unbroken_plain(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The same in the theme that is text alone."""
    return written_without_breaks(Made(tmp_path_factory.mktemp("unbroken-plain")), theme="plain").build()


@pytest.fixture(scope="session")
def sparse(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The newsroom whose articles say nothing but what they must."""
    return newsrooms.sparse(Made(tmp_path_factory.mktemp("sparse"))).build()


@pytest.fixture(scope="session")
def keeping(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """The newsroom whose readers read on without a connection."""
    return newsrooms.keeping(Made(tmp_path_factory.mktemp("keeping"))).build()


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


@pytest.fixture(scope="session")
def origin(rich: Made) -> Iterator[str]:
    """Where the fullest newsroom is served."""
    with served(rich.output) as origin:
        yield origin
