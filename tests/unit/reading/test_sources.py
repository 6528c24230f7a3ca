"""Which files below content/ are read, and as what."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from ssg.reading.sources import SourceFile, Sources, find, is_bundle, key_of, kind_of, language_of


def site(root: Path, *names: str) -> Path:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("x", encoding="utf-8")
    return root


def paths(files: tuple[SourceFile, ...]) -> list[str]:
    return [file.path for file in files]


def problems(found: Sources) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.place)) for problem in found.problems]


def test_the_folder_says_what_a_file_is(tmp_path: Path) -> None:
    """Articles stand anywhere but in the reserved folders, which each further language has too."""
    names = (
        *("a.md", "2021/12/B.MD", "2021/pages/c.md", "pages.md", "fr/tags/d.md"),
        *(
            "pages/redaksi.md",
            "en/pages/about.md",
            "tags/nato.md",
            "en/editors/m.md",
            "sections/x/index.md",
            "regions/karawang.md",
        ),
        *("2021/12/foto.jpg", "tags/nato.png"),
    )
    found = find(site(tmp_path, *(f"content/{name}" for name in names)), {"en"})
    assert paths(found.articles) == [
        f"content/{n}" for n in ("2021/12/B.MD", "2021/pages/c.md", "a.md", "fr/tags/d.md", "pages.md")
    ]
    assert paths(found.pages) == ["content/en/pages/about.md", "content/pages/redaksi.md"]
    assert paths(found.notes) == [
        f"content/{n}" for n in ("en/editors/m.md", "regions/karawang.md", "sections/x/index.md", "tags/nato.md")
    ]
    assert [(file.path, file.folder) for file in found.attachments] == [
        ("content/2021/12/foto.jpg", "content/2021/12"),
        ("content/tags/nato.png", "content/tags"),
    ]
    assert found.problems == ()


def test_list_pages_of_other_generators_are_said_to_be_skipped(tmp_path: Path) -> None:
    """They are no articles, and they do not vanish in silence."""
    found = find(site(tmp_path, "content/_index.md", "content/tags/_index.en.md", "content/_x.md", "content/_index.png"))
    assert found.skipped == ("content/_index.md", "content/tags/_index.en.md")
    assert (paths(found.articles), paths(found.attachments)) == (["content/_x.md"], ["content/_index.png"])


def test_hidden_files_and_backups_are_left_out(tmp_path: Path) -> None:
    """What editors and systems leave behind is not published."""
    found = find(
        site(tmp_path, *(f"content/{name}" for name in (".DS_Store", ".git/a.md", "a.md~", "#a.md#", ".#a.md", "b.md")))
    )
    assert (paths(found.articles), found.attachments, found.problems) == (["content/b.md"], (), ())


def test_the_order_is_that_of_the_bytes(tmp_path: Path) -> None:
    """Neither the file system nor the locale has a say."""
    names = ["b.md", "B.md", "a/z.md", "a-b.md", "a.md", "é.md", "z.md"]
    forward, backward = (
        find(site(tmp_path / str(n), *(f"content/{name}" for name in some))) for n, some in ((1, names), (2, names[::-1]))
    )
    assert paths(forward.articles) == paths(backward.articles) == sorted((f"content/{n}" for n in names), key=str.encode)


def test_a_site_without_content_has_no_files(tmp_path: Path) -> None:
    """A site may begin empty."""
    assert find(tmp_path) == Sources()


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for a privilege to make symbolic links")
def test_links_are_followed_to_files_inside_alone(tmp_path: Path) -> None:
    """A link out of content/, to a folder or to nothing is a Problem, and no cycle is walked."""
    content = site(tmp_path / "s", "content/2021/a.md", "rahasia.md") / "content"
    site(tmp_path, "content-lain/x.md")
    (content / "b.md").symlink_to("2021/a.md")
    (content / "luar.md").symlink_to("../rahasia.md")
    (content / "sebelah.md").symlink_to(tmp_path / "content-lain" / "x.md")
    (content / "putus.md").symlink_to("tidak-ada.md")
    (content / "putar.md").symlink_to("putar.md")
    (content / "2021" / "lingkar").symlink_to("..")
    (content / "keluar").symlink_to("/")
    found = find(tmp_path / "s")
    assert paths(found.articles) == ["content/2021/a.md", "content/b.md"]
    assert problems(found) == [
        ("file.unreadable", "content/2021/lingkar"),
        ("address.escape", "content/keluar"),
        ("address.escape", "content/luar.md"),
        ("file.unreadable", "content/putar.md"),
        ("file.unreadable", "content/putus.md"),
        ("address.escape", "content/sebelah.md"),
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows asks for a privilege to make symbolic links")
def test_content_itself_may_be_a_link(tmp_path: Path) -> None:
    """An archive may lie on another disk."""
    site(tmp_path, "arsip/a.md", "situs/site.toml")
    (tmp_path / "situs" / "content").symlink_to("../arsip")
    (tmp_path / "arsip" / "b.md").symlink_to("a.md")
    assert paths(find(tmp_path / "situs").articles) == ["content/a.md", "content/b.md"]


@pytest.mark.skipif(os.name == "nt", reason="Windows composes names itself or refuses them")
def test_names_are_composed_and_still_found_on_disk(tmp_path: Path) -> None:
    """A name that macOS wrote in two parts is the same path everywhere; its own spelling opens the file."""
    [file] = find(site(tmp_path, "content/cafe\u0301/re\u0301.md")).articles
    assert (file.path, file.disk) == ("content/caf\u00e9/r\u00e9.md", "content/cafe\u0301/re\u0301.md")
    assert (tmp_path / file.disk).read_text(encoding="utf-8") == "x"


@pytest.mark.skipif(os.name != "posix" or os.uname().sysname == "Darwin", reason="this file system would not hold them")
def test_names_that_no_address_can_have_are_problems(tmp_path: Path) -> None:
    """Control characters, backslashes, bytes that are not UTF-8, and two names that are one when composed."""
    site(tmp_path, "content/a\\b.md", "content/a\nb.md", "content/\u00e9.md", "content/e\u0301.md")
    (tmp_path / "content" / os.fsdecode(b"\xff.md")).write_bytes(b"x")
    found = find(tmp_path)
    assert paths(found.articles) == ["content/\u00e9.md"]
    assert sorted(problems(found)) == [
        ("address.collision", "content/\u00e9.md"),
        ("address.escape", "content/a\\x0ab.md"),
        ("address.escape", "content/a\\x5cb.md"),
        ("file.unreadable", "content/\\xff.md"),
    ]
    for problem in found.problems:
        problem.place.path.encode()


@pytest.mark.skipif(os.name != "posix", reason="only POSIX has named pipes in folders")
def test_what_is_neither_file_nor_folder_is_a_problem(tmp_path: Path) -> None:
    """Reading a pipe would wait for ever."""
    site(tmp_path, "content/a.md")
    os.mkfifo(tmp_path / "content" / "pipa.md")
    found = find(tmp_path)
    assert (paths(found.articles), problems(found)) == (["content/a.md"], [("file.unreadable", "content/pipa.md")])


def test_a_folder_that_cannot_be_opened_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its articles would be missed without a word."""
    site(tmp_path, "content/a.md", "content/tertutup/b.md")
    scandir = os.scandir

    def closed(path: Path) -> object:
        if path.name == "tertutup":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    found = find(tmp_path)
    assert (paths(found.articles), problems(found)) == (["content/a.md"], [("file.unreadable", "content/tertutup")])


@pytest.mark.parametrize(
    ("path", "kind", "language", "key", "bundle"),
    [
        ("content/a.md", "article", "", "a", False),
        ("content/index.md", "article", "", "index", False),
        ("content/2021/g20/index.md", "article", "", "2021/g20", True),
        ("content/en/tags/nato.md", "tag", "en", "en/tags/nato", False),
        ("content/en.md", "article", "", "en", False),
        ("content/tags.md", "article", "", "tags", False),
        ("content/2021/tags/x.md", "article", "", "2021/tags/x", False),
        ("content/sections/dunia/index.md", "section", "", "sections/dunia", True),
    ],
)
def test_a_path_tells_kind_language_key_and_bundle(path: str, kind: str, language: str, key: str, bundle: bool) -> None:
    """All of it from the path alone, so that any worker knows."""
    assert (kind_of(path, {"en"}), language_of(path, {"en"}), key_of(path), is_bundle(path)) == (kind, language, key, bundle)
