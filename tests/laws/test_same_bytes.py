"""The law of the house: a site is a function of its archive. Whatever surrounds a build, the bytes are the same."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.laws.conftest import Build, Process, Tree, everything, tree, write

pytestmark = pytest.mark.timeout(300)

FILES = everything(200)  # enough that workers start

# Python reads this file as it begins: folders are then listed backwards.
BACKWARDS = """\
import os

class Backwards:
    def __init__(self, entries):
        self.entries = iter(list(entries)[::-1])
    def __iter__(self):
        return self.entries
    def __next__(self):
        return next(self.entries)
    def __enter__(self):
        return self
    def __exit__(self, *why):
        pass
    def close(self):
        pass

scandir, listdir = os.scandir, os.listdir

def scan(*where):
    with scandir(*where) as entries:
        return Backwards(entries)

os.scandir = scan
os.listdir = lambda *where: listdir(*where)[::-1]
"""


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The site, built by one worker in the plainest surroundings."""
    root = write(tmp_path_factory.mktemp("plain"), FILES)
    Process().run(root)
    yield root
    shutil.rmtree(root)


@pytest.fixture(scope="module")
def expected(plain: Path) -> Tree:
    """What every other build must make."""
    return tree(plain / "output")


@pytest.fixture
def copy(plain: Path, tmp_path: Path) -> Path:
    """A copy of the site as it was built: its cache, its output and its manifest too."""
    return Path(shutil.copytree(plain, tmp_path / "copy"))


def test_the_site_has_something_of_everything(plain: Path, expected: Tree) -> None:
    """What the law is tried on is no bare list of articles: each kind of page is there, and none that is not due."""
    for path in (
        *("index.html", "en/index.html", "404.html", "feed.xml", "sitemap.xml", "robots.txt", ".well-known/x.txt"),
        *("2021/12/30/gempa/index.html", "2021/12/30/gempa/foto.jpg", "lama/gempa/index.html", "redaksi/index.html"),
        *("tag/bencana/index.html", "tag/bencana/hal/1/index.html", "tag/bencana/hal/10/index.html", "tag/bencana/feed.xml"),
        *("editor/m-haidar/index.html", "rubrik/nasional/hal/3/index.html", "daerah/cianjur/index.html", "2019/01/index.html"),
        *("terkini/hal/30/index.html", "pilihan/index.html", "terpopuler/index.html", "kabar-daerah/index.html"),
        *("blok/terkini.html", "en/tag/disaster/feed.xml", "2020/01/01/ditarik/index.html", "aset/style.css"),
    ):
        assert path in expected, path
    assert not any("naskah" in path or "nanti" in path for path in expected)
    page = (plain / "output/2021/12/30/gempa/index.html").read_text(encoding="utf-8")
    for part in ('class="footnotes"', "<blockquote>", "youtube-nocookie", "<figcaption>", "/arsip/2019/01/"):
        assert part in page, part


@pytest.mark.parametrize(
    ("arguments", "environment", "umask"),
    [
        (("--workers", "2"), {"PYTHONHASHSEED": "1", "TZ": "America/New_York", "LC_ALL": "C.UTF-8", "LANGUAGE": "id"}, 0o077),
        (("--workers", "4"), {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8"}, 0o002),
        (
            ("--workers", "1"),
            {"PYTHONHASHSEED": "0", "TZ": "XYZ-5:45", "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
            0o027,
        ),
    ],
    ids=["two workers in New York", "four workers on Kiritimati", "one worker with nothing but ASCII"],
)
def test_surroundings_never_show(
    build: Build, expected: Tree, tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str], umask: int
) -> None:
    """Workers, hash seed, time zone, locale, working folder, umask, and the order in which files were made."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    process = Process(arguments, environment, elsewhere, umask)
    assert build(FILES, process, seed=umask) == expected


def test_the_order_of_folders_never_shows(build: Build, expected: Tree, tmp_path: Path) -> None:
    """A file system that lists every folder backwards makes the same site."""
    (tmp_path / "sitecustomize.py").write_text(BACKWARDS, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(Path(__file__).parent.parent.parent)])
    assert build(FILES, Process(("--workers", "2"), {"PYTHONPATH": path})) == expected


def test_a_cache_only_spares_work(copy: Path, expected: Tree) -> None:
    """From a full cache, a truncated one, a damaged one and none at all comes the same site, over an old output or none."""
    process = Process(("--workers", "2"))
    assert " 0 written" in process.run(copy)
    assert tree(copy / "output") == expected

    caches = [file for file in (copy / ".ssg-cache").rglob("*") if file.is_file()]
    assert caches
    for file in caches:
        file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    shutil.rmtree(copy / "output")
    process.run(copy)
    assert tree(copy / "output") == expected

    for file in [file for file in (copy / ".ssg-cache").rglob("*") if file.is_file()]:
        file.write_bytes(b"no cache" * 1000)
    assert " 0 written" in process.run(copy)
    assert tree(copy / "output") == expected

    shutil.rmtree(copy / ".ssg-cache")
    assert " 0 written" in process.run(copy)
    assert tree(copy / "output") == expected


def test_what_was_published_before_never_shows(copy: Path, expected: Tree) -> None:
    """Another site in the output folder before, a third of it gone, leaves nothing behind."""
    for file in sorted((copy / "content").rglob("berita-*.md"))[::3]:
        file.unlink()
    (copy / "content" / "baru.md").write_text("---\ntitle: Baru\ndate: 2020-05-05\ntags: [baru]\n---\nIsi.\n", encoding="utf-8")
    process = Process(("--workers", "2"))
    process.run(copy)
    assert tree(copy / "output") != expected
    (copy / "content" / "baru.md").unlink()
    write(copy, FILES)
    process.run(copy)
    assert tree(copy / "output") == expected


def test_now_decides_only_what_is_published(plain: Path, copy: Path, expected: Tree) -> None:
    """Two moments between which nothing is due make the same bytes; two between which something is, do not."""
    early, late = (replace(Process(), arguments=("--workers", "1", "--now", now)) for now in ("2023-01-01", "2029-12-31 23:59"))
    early.run(copy)
    assert tree(copy / "output") == expected
    late.run(copy)
    assert tree(copy / "output") == expected
    replace(late, arguments=("--workers", "1", "--now", "2030-02-02")).run(copy)
    changed = tree(copy / "output")
    assert "2030/02/01/nanti/index.html" in changed
    assert "2030/02/01/nanti/index.html" not in expected
