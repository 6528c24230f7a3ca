"""`ssg id`: the id in effect is written down, and nothing else changes."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from ssg import site_toml
from ssg.problems import BuildStopped
from ssg.reading.articles import read_article, site_of
from ssg.scaffold.ids import add_ids
from ssg.settings import Site

YAML = b"---\ntitle: A\ndate: 2021-12-30\ntags: [x]\n---\n\nText.\n"


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return with_settings(tmp_path)


def with_settings(root: Path, more: str = "") -> Site:
    (root / "site.toml").write_text(f'title = "T"\nbase_url = "https://kabar.example/"\n{more}', encoding="utf-8")
    return site_toml.load(root)


def put(root: Path, path: str, data: bytes) -> Path:
    file = root / "content" / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(data)
    return file


def codes(stopped: pytest.ExceptionInfo[BuildStopped]) -> list[tuple[str, str]]:
    return [(problem.place.path, problem.code) for problem in stopped.value.problems]


CASES = {
    "yaml": (YAML, b"---\ntitle: A\ndate: 2021-12-30\nid: 2021/a\ntags: [x]\n---\n\nText.\n"),
    "yaml, date last, no body": (b"---\ntitle: A\ndate: 2021-12-30\n---", b"---\ntitle: A\ndate: 2021-12-30\nid: 2021/a\n---"),
    "yaml, crlf and a byte order mark": (
        b"\xef\xbb\xbf---\r\ntitle: A\r\ndate: 2021-12-30\r\n---\r\nB\nC\r\n",
        b"\xef\xbb\xbf---\r\ntitle: A\r\ndate: 2021-12-30\r\nid: 2021/a\r\n---\r\nB\nC\r\n",
    ),
    "yaml, cr": (b"---\rtitle: A\rdate: 2021-12-30\r---\rB\r", b"---\rtitle: A\rdate: 2021-12-30\rid: 2021/a\r---\rB\r"),
    "yaml, blank lines before, indented": (
        b"\n\n---\n  date: 2021-12-30\n  title: A\n---\n",
        b"\n\n---\n  date: 2021-12-30\n  id: 2021/a\n  title: A\n---\n",
    ),
    "yaml, a title over two lines": (
        b"---\ndate:\n  2021-12-30\ntitle: >\n  A\n  b\n---\n",
        b"---\nid: 2021/a\ndate:\n  2021-12-30\ntitle: >\n  A\n  b\n---\n",
    ),
    "yaml, an id without a value": (
        b"---\nid:   # fill in\ntitle: A\ndate: 2021-12-30\n---\n",
        b"---\nid: 2021/a\ntitle: A\ndate: 2021-12-30\n---\n",
    ),
    "yaml, no title yet": (b"---\ntags: [x]\n---\n", b"---\nid: 2021/a\ntags: [x]\n---\n"),
    "yaml, bytes that decoding changes": (
        b"---\ntitle: e\xcc\x81\x0b\ndate: 2021-12-30\n---\ne\xcc\x81\x0b\n",
        b"---\ntitle: e\xcc\x81\x0b\ndate: 2021-12-30\nid: 2021/a\n---\ne\xcc\x81\x0b\n",
    ),
    "toml": (
        b'+++\ntitle = "A"\ndate = 2021-12-30T10:00:00Z\n[image]\nsrc = "x"\n+++\nT\n',
        b'+++\ntitle = "A"\ndate = 2021-12-30T10:00:00Z\nid = "2021/a"\n[image]\nsrc = "x"\n+++\nT\n',
    ),
    "toml, an empty id": (
        b'+++\nid = ""\ntitle = "A"\ndate = 2021-12-30\n+++\n',
        b'+++\nid = "2021/a"\ntitle = "A"\ndate = 2021-12-30\n+++\n',
    ),
    "json": (
        b'{\n  "title": "A",\n  "date": "2021-12-30",\n  "tags": ["x"]\n}\n\nT\n',
        b'{\n  "title": "A",\n  "date": "2021-12-30",\n  "id": "2021/a",\n  "tags": ["x"]\n}\n\nT\n',
    ),
    "json, date last": (
        b'{\n\t"title": "A",\n\t"date": "2021-12-30"\n}\nT\n',
        b'{\n\t"title": "A",\n\t"id": "2021/a",\n\t"date": "2021-12-30"\n}\nT\n',
    ),
    "json, one line": (
        b'{"title": "A", "date": "2021-12-30"}\nT\n',
        b'{"id": "2021/a", "title": "A", "date": "2021-12-30"}\nT\n',
    ),
    "json, an empty id": (
        b'{\n  "id": null,\n  "title": "A",\n  "date": "2021-12-30"\n}\n',
        b'{\n  "id": "2021/a",\n  "title": "A",\n  "date": "2021-12-30"\n}\n',
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_one_line_is_written_and_every_other_byte_stays(tmp_path: Path, site: Site, case: str) -> None:
    """In every format the id stands after the date, or where else there is room for it."""
    before, after = CASES[case]
    file = put(tmp_path, "2021/a.md", before)
    assert add_ids(tmp_path, site) == [("content/2021/a.md", "2021/a")]
    assert file.read_bytes() == after
    assert add_ids(tmp_path, site) == []
    assert file.read_bytes() == after


@pytest.mark.parametrize("case", [name for name in CASES if "no title" not in name])
def test_the_article_is_the_same_with_its_id_written(tmp_path: Path, site: Site, case: str) -> None:
    """Read again, nothing differs but that the id is written (and where lines stand)."""
    reader = site_of(site.settings)
    file = put(tmp_path, "2021/a.md", CASES[case][0])
    before = read_article(file.read_bytes(), "content/2021/a.md", reader, body_key="")
    add_ids(tmp_path, site)
    after = read_article(file.read_bytes(), "content/2021/a.md", reader, body_key="")
    assert before.document is not None
    assert after.document is not None
    assert (before.document.id_written, after.document.id_written) == (False, True)
    for name in ("id", "key", "title", "date", "slug", "tags", "words", "extra"):
        assert getattr(after.document, name) == getattr(before.document, name)
    assert after.body == before.body


@pytest.mark.parametrize("name", ["2021-12-30", "no", "a: b", "it's", "a #x", "kabar é"])
def test_an_id_that_looks_like_something_else_is_quoted(tmp_path: Path, site: Site, name: str) -> None:
    """A file's name is a text to every YAML reader."""
    file = put(tmp_path, f"{name}.md", YAML)
    add_ids(tmp_path, site)
    article = read_article(file.read_bytes(), f"content/{name}.md", site_of(site.settings), body_key="").document
    assert article is not None
    assert (article.id, article.id_written) == (name, True)


def test_written_ids_pages_and_notes_are_left_alone(tmp_path: Path, site: Site) -> None:
    """Only articles without an id are touched, folders of their own included."""
    untouched = [
        put(tmp_path, "b.md", b"---\ntitle: B\ndate: 2021-12-30\nid: 0\n---\n"),
        put(tmp_path, "pages/tentang.md", b"---\ntitle: T\n---\n"),
        put(tmp_path, "tags/nato.md", b"---\ntitle: NATO\n---\n"),
        put(tmp_path, "plain.md", b"No front matter.\n"),
        put(tmp_path, "2021/g20/photo.txt", b"---\ntitle: T\n---\n"),
    ]
    before = [file.read_bytes() for file in untouched]
    put(tmp_path, "2021/g20/index.md", YAML)
    assert add_ids(tmp_path, site) == [("content/2021/g20/index.md", "2021/g20")]
    assert [file.read_bytes() for file in untouched] == before


def test_the_archives_own_key_counts_as_an_id(tmp_path: Path) -> None:
    """With `id` read from `guid`, an article with a guid has one; where `id` means something else, `guid` is written."""
    site = with_settings(tmp_path, '[fields]\nid = ["guid"]\nstory = ["id"]\n')
    put(tmp_path, "a.md", b"---\ntitle: A\ndate: 2021-12-30\nguid: 77\n---\n")
    file = put(tmp_path, "b.md", b"---\ntitle: B\ndate: 2021-12-30\nid: Semeru\n---\n")
    assert add_ids(tmp_path, site) == [("content/b.md", "b")]
    assert file.read_bytes() == b"---\ntitle: B\ndate: 2021-12-30\nguid: b\nid: Semeru\n---\n"


def test_permissions_and_symbolic_links_stay(tmp_path: Path, site: Site) -> None:
    """The file keeps its mode, a link stays a link, and nothing is left beside it."""
    real = put(tmp_path, "real/a.txt", YAML)
    real.chmod(0o640)
    link = tmp_path / "content" / "a.md"
    link.symlink_to(real)
    add_ids(tmp_path, site)
    assert link.is_symlink()
    assert b"\nid: a\n" in real.read_bytes()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert [left.name for left in (tmp_path / "content" / "real").iterdir()] == ["a.txt"]


def test_nothing_is_written_where_one_article_cannot_be_read(tmp_path: Path, site: Site) -> None:
    """All problems are told at once, and the good articles wait."""
    good = put(tmp_path, "a.md", YAML)
    put(tmp_path, "b.md", b"---\ntitle: A: b\n---\n")
    put(tmp_path, "c.md", b"\xff")
    with pytest.raises(BuildStopped) as stopped:
        add_ids(tmp_path, site)
    assert codes(stopped) == [("content/b.md", "frontmatter.bad"), ("content/c.md", "file.unreadable")]
    assert good.read_bytes() == YAML


@pytest.mark.parametrize("other", [b"---\ntitle: B\ndate: 2021-12-30\nid: a\n---\n", YAML])
def test_an_id_that_another_article_has_is_not_written(tmp_path: Path, site: Site, other: bytes) -> None:
    """`a.md` and `a/index.md` without ids have one id in effect; so does an article that writes it."""
    put(tmp_path, "a.md", YAML)
    put(tmp_path, "a/index.md", other)
    with pytest.raises(BuildStopped) as stopped:
        add_ids(tmp_path, site)
    assert [code for _, code in codes(stopped)] == ["id.twice"]


def test_where_there_is_no_room_the_line_is_shown(tmp_path: Path, site: Site) -> None:
    """Braces on one line of YAML are left to a person."""
    put(tmp_path, "a.md", b"---\n{title: A, date: 2021-12-30}\n---\n")
    with pytest.raises(BuildStopped) as stopped:
        add_ids(tmp_path, site)
    [problem] = stopped.value.problems
    assert (problem.code, problem.mend) == ("id.place", "Write `id: a` by hand.")
