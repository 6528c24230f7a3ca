"""newsboat, as a reader has it: it subscribes over loopback, and shows what is new and nothing twice."""

from __future__ import annotations

import re
import shutil
import subprocess
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.conftest import SITE_TOML, Made

SUBSCRIBED = ("feed.xml", "tag/harga/atom.xml", "en/feed.xml")
TOML = f'-- site.toml --\n%s{SITE_TOML}\n[feeds]\nalso = ["atom"]\n'
TEXTS = "".join(
    f"-- content/{folder}{name}.md --\n---\ntitle: {name}\ndate: 2026-05-0{n}\nid: {name}\n{more}---\nIsi {name}.\n"
    for n, (folder, name, more) in enumerate([("", "a", "tags: Harga\n"), ("", "b", ""), ("en/", "c", "")], 1)
)

pytestmark = [
    pytest.mark.skipif(shutil.which("newsboat") is None, reason="needs newsboat (Debian's package)"),
    pytest.mark.timeout(120),
]


class Reader:
    """newsboat with its own files in a folder, subscribed to some addresses."""

    def __init__(self, folder: Path, addresses: list[str]) -> None:
        folder.mkdir()
        self._folder = folder
        (folder / "urls").write_text("\n".join(addresses) + "\n", encoding="utf-8")
        (folder / "config").write_text("auto-reload no\n", encoding="utf-8")

    def _run(self, *arguments: str) -> str:
        files = [word for flag, file in (("-u", "urls"), ("-C", "config"), ("-c", "cache.db")) for word in (flag, file)]
        command = ["newsboat", *files, *arguments]
        environment = {"HOME": str(self._folder), "PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "TERM": "dumb"}
        run = subprocess.run(command, cwd=self._folder, env=environment, capture_output=True, text=True, check=False)
        assert run.returncode == 0, run.stdout + run.stderr
        return run.stdout

    def unread(self) -> int:
        """How many articles are unread after all feeds were fetched again."""
        said = self._run("-x", "reload", "print-unread")
        found = re.search(r"\d+", said)
        assert found, said
        return int(found[0])

    def read(self, ids: list[str]) -> None:
        """Mark articles as read."""
        (self._folder / "read").write_text("\n".join(ids) + "\n", encoding="utf-8")
        self._run("-I", "read")


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def send_header(self, keyword: str, value: str) -> None:
        """Say nothing of when a file was changed: two builds of one second would look alike."""
        if keyword != "Last-Modified":
            super().send_header(keyword, value)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """A published site with an article of a tag, another one, and one in English."""
    return Made(tmp_path / "site").write(TOML % "" + TEXTS).build()


@pytest.fixture
def reader(made: Made, tmp_path: Path) -> Iterator[Reader]:
    """A reader of three feeds who has read all that is there."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(made.output)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        reader = Reader(tmp_path / "reader", [f"http://127.0.0.1:{server.server_port}/{feed}" for feed in SUBSCRIBED])
        assert reader.unread() == 3, "an article of two feeds is one"
        reader.read([entry.id for feed in SUBSCRIBED for entry in made.feed(f"/{feed}").entries])
        assert reader.unread() == 0
        yield reader
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_new_article_is_unread_once(made: Made, reader: Reader) -> None:
    """It stands in the site's feed, and the other feeds have nothing new."""
    made.write("-- content/d.md --\n---\ntitle: d\ndate: 2026-05-09\nid: d\n---\nIsi d.\n").build()
    assert reader.unread() == 1


def test_nothing_is_new_where_only_addresses_changed(made: Made, reader: Reader) -> None:
    """Neither after another slug, nor on another host, nor by another pattern of addresses."""
    slug = (made.root / "content/a.md").read_text(encoding="utf-8").replace("id: a", "id: a\nslug: lain")
    made.write(f"-- content/a.md --\n{slug}").build()
    assert reader.unread() == 0
    made.build("--base-url", "https://baru.example/berita/")
    assert reader.unread() == 0
    made.write(TOML % 'permalink = "/{year}/{slug}/"\n').build()
    assert reader.unread() == 0
    assert made.feed("/feed.xml").entries[1].link == "https://kabar.example/2026/lain/"
