"""`ssg new`: a file with title, date and a permanent id, over nothing that is there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from ssg import site_toml
from ssg.problems import BuildStopped
from ssg.reading.frontmatter import FrontMatter, split
from ssg.scaffold.new import LONGEST_SLUG, new
from ssg.settings import Site

NOW = datetime(2021, 12, 30, 20, 29, 59, tzinfo=UTC)  # the next day in Jakarta


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return with_settings(tmp_path)


def with_settings(root: Path, more: str = "") -> Site:
    text = f'title = "T"\nbase_url = "https://kabar.example/"\n{more}'
    (root / "site.toml").write_text(text, encoding="utf-8")
    return site_toml.load(root)


def values(file: Path) -> dict[str, object]:
    front = split(file.read_bytes(), file.name)
    assert isinstance(front, FrontMatter)
    assert not front.problems
    return dict(front.values)


def test_the_file_is_named_and_dated_in_the_sites_zone(tmp_path: Path, site: Site) -> None:
    """Title, date to the minute and id, nothing else, in the folder of the site's own day."""
    file = new(tmp_path, site, "Jum'at Berkah", now=NOW)
    assert file == tmp_path / "content/2021/12/jumat-berkah.md"
    assert file.read_text(encoding="utf-8") == (
        "---\ntitle: Jum'at Berkah\ndate: 2021-12-31 03:29\nid: 2021-12-31-jumat-berkah\n---\n\n"
    )


@pytest.mark.parametrize(
    "title",
    [
        "Gempa: 12 tewas",
        "# satu",
        "no",
        "2021",
        "'kutip' \"ganda\" \\",
        "- a",
        "{a: b}",
        "[x]",
        "*a*",
        "&b",
        "%c",
        "@d",
        "ꦱꦮ é 🙂",
    ],
)
def test_any_title_is_read_back_as_it_was_given(tmp_path: Path, site: Site, title: str) -> None:
    """Whatever means something to YAML is quoted."""
    assert values(new(tmp_path, site, title, now=NOW))["title"] == title


def test_a_very_long_title_stays_on_one_line_and_its_name_is_cut_at_a_word(tmp_path: Path, site: Site) -> None:
    """A file name has bounds, a title has none."""
    title = "Presiden meresmikan jalan tol " * 12
    file = new(tmp_path, site, title, now=NOW)
    assert file.read_text(encoding="utf-8").splitlines()[1] == f"title: {title.strip()}"
    assert len(file.stem) <= LONGEST_SLUG
    assert file.stem.split("-")[-1] in title.casefold().split()


def test_section_editors_and_tags_are_written_when_given(tmp_path: Path, site: Site) -> None:
    """What is given is written in the shape that the reader expects."""
    file = new(tmp_path, site, "A", now=NOW, section="Nasional", editors=["M. Haidar"], tags=["NATO", "a, b", "no"])
    found = values(file)
    assert list(found) == ["title", "date", "id", "section", "editor", "tags"]
    assert (found["section"], found["editor"], found["tags"]) == ("Nasional", ["M. Haidar"], ["NATO", "a, b", "no"])


def test_the_archives_own_keys_are_written_where_ours_mean_something_else(tmp_path: Path) -> None:
    """With `editor` read from `author`, the editor is written where it is read."""
    site = with_settings(tmp_path, '[fields]\neditor = ["author"]\nauthor = ["editor"]\ntags = ["topics"]\n')
    found = values(new(tmp_path, site, "A", now=NOW, editors=["Ana"], tags=["x"]))
    assert (found["author"], found["tags"]) == (["Ana"], ["x"])
    assert "editor" not in found


def test_nothing_is_overwritten_and_no_id_is_given_twice(tmp_path: Path, site: Site) -> None:
    """The same title again gets the next number, in its name and in its id."""
    files = [new(tmp_path, site, "Banjir", now=NOW) for _ in range(3)]
    assert [file.name for file in files] == ["banjir.md", "banjir-2.md", "banjir-3.md"]
    ids = [values(file)["id"] for file in files]
    assert ids == ["2021-12-31-banjir", "2021-12-31-banjir-2", "2021-12-31-banjir-3"]


def test_an_id_that_stands_in_another_article_is_not_taken(tmp_path: Path, site: Site) -> None:
    """Written by hand in a file of another name, or implied by a file's path."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "x.md").write_text("---\ntitle: X\ndate: 2001-01-01\nid: '2021-12-31-banjir'\n---\n")
    (tmp_path / "content" / "2021-12-31-banjir-2.md").write_text("---\ntitle: Y\n---\n")
    assert values(new(tmp_path, site, "Banjir", now=NOW))["id"] == "2021-12-31-banjir-3"


def test_a_longer_id_of_another_article_is_no_hindrance(tmp_path: Path, site: Site) -> None:
    """`...-banjir` is free though `...-banjir-jakarta` is taken."""
    new(tmp_path, site, "Banjir Jakarta", now=NOW)
    assert values(new(tmp_path, site, "Banjir", now=NOW))["id"] == "2021-12-31-banjir"


def test_an_articles_folder_has_the_name_too(tmp_path: Path, site: Site) -> None:
    """banjir/index.md and banjir.md would have one address."""
    (tmp_path / "content/2021/12/banjir").mkdir(parents=True)
    assert new(tmp_path, site, "Banjir", now=NOW).name == "banjir-2.md"


def test_a_title_of_signs_has_a_name_all_the_same(tmp_path: Path, site: Site) -> None:
    """The hour stands in for a slug that is empty."""
    file = new(tmp_path, site, "?!", now=NOW)
    assert (file.name, values(file)["id"]) == ("032959.md", "2021-12-31-032959")


def test_an_article_of_a_further_language_stands_in_its_folder(tmp_path: Path) -> None:
    """The folder says the language."""
    site = with_settings(tmp_path, "[languages.en]\n")
    assert new(tmp_path, site, "Flood", now=NOW, language="en") == tmp_path / "content/en/2021/12/flood.md"
    assert new(tmp_path, site, "Banjir", now=NOW, language="id") == tmp_path / "content/2021/12/banjir.md"


@pytest.mark.parametrize(("title", "language", "code"), [(" \x07 ", "", "title.missing"), ("A", "fr", "language.unknown")])
def test_a_bad_wish_is_told_and_nothing_is_written(tmp_path: Path, site: Site, title: str, language: str, code: str) -> None:
    """An empty title and an unknown language stop before anything is made."""
    with pytest.raises(BuildStopped) as stopped:
        new(tmp_path, site, title, now=NOW, language=language)
    assert stopped.value.problems[0].code == code
    assert not (tmp_path / "content").exists()


def test_a_file_in_the_place_of_a_folder_is_a_problem(tmp_path: Path, site: Site) -> None:
    """No traceback where a folder cannot be made."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "2021").write_text("", encoding="utf-8")
    with pytest.raises(BuildStopped) as stopped:
        new(tmp_path, site, "A", now=NOW)
    assert stopped.value.problems[0].code == "file.unwritable"
