"""One file becomes one document: what is required, what is filled in, and what is wrong with it."""

from __future__ import annotations

import datetime
from collections import Counter
from pathlib import Path

import msgspec
import pytest

from ssg.model import Article, Place, StandingPage, Target, TermNote
from ssg.reading import articles
from ssg.reading.articles import Read, read_article, read_note, read_page, site_of
from ssg.reading.markdown import Rendered
from ssg.reading.rules import Rules
from ssg.settings import Language, Settings

ARCHIVES = Path(__file__).parents[4] / "shared" / "archives"
SETTINGS = Settings(title="Karawangpost", base_url="https://kabar.example/", languages={"en": Language(title="In English")})
SITE = site_of(SETTINGS)


def article(source: str, path: str = "content/2021/12/g20.md") -> Read[Article]:
    return read_article(source.encode(), path, SITE, body_key="k")


def whole(source: str, path: str = "content/2021/12/g20.md") -> Article:
    read = article(source, path)
    assert read.document is not None, read.problems
    return read.document


def codes(read: Read[Article] | Read[StandingPage] | Read[TermNote]) -> list[tuple[str, str]]:
    return [(problem.code, str(problem.place)) for problem in read.problems]


def test_every_field_reaches_the_article() -> None:
    """The keys of the documentation fill the fields of the model."""
    read = article(
        "---\ntitle: Putin & Biden\ndate: 2021-12-30 19:29\nupdated: 2021-12-31\neditor: M Haidar\nauthor: [Budi, Siti]\n"
        "tags: nato, rusia\nsection: Dunia\nregion: Karawang\nsource: Berbagai Sumber\nimage: {src: a.jpg, alt: Dua orang}\n"
        "dateline: MOSKWA\nsummary: Lima <b>puluh</b> menit.\nslug: Putin-Biden\nid: 2021-a\npick: 2\ndraft: yes\n"
        "expires: 2030-01-01\nwithdrawn: {date: 2022-01-01, reason: Keliru}\naliases: /lama/\nrelated: [g20]\nstory: ukraina\n"
        "corrections: [{date: 2022-01-02, text: Nama}]\ncanonical: https://a.example/x\nlanguage: en\ntranslation_of: b\n"
        "lain: 1\n---\nIsi.\n"
    )
    found = read.document
    assert found is not None
    assert read.problems == ()
    assert (found.title, found.date.isoformat(), found.slug) == ("Putin & Biden", "2021-12-30T19:29:00+07:00", "putin-biden")
    assert (found.id, found.id_written, found.key, found.body_key) == ("2021-a", True, "2021/12/g20", "k")
    assert (found.editors, found.authors, found.tags, found.regions) == (
        *(("M Haidar",), ("Budi", "Siti"), ("nato", "rusia"), ("Karawang",)),
    )
    assert (found.section, found.story, found.dateline, found.summary) == ("Dunia", "ukraina", "MOSKWA", "Lima puluh menit.")
    assert (found.pick, found.draft, found.aliases, found.related) == (2, True, ("/lama/",), ("g20",))
    assert (found.canonical, found.language, found.translation_of) == ("https://a.example/x", "en", "b")
    assert all((found.source, found.image, found.updated, found.expires, found.withdrawn, found.corrections))
    assert found.extra == {"lain": "1"}
    assert found.place("image") == Place("content/2021/12/g20.md", 11)


def test_an_article_survives_the_cache() -> None:
    """What is read is what comes back out of its record."""
    found = whole("---\ntitle: x\ndate: 2021-12-30\nlain: {a: [b]}\ncorrections: [{date: 2022-01-02, text: y}]\n---\nIsi.\n")
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Article) == found


def test_what_is_not_written_is_filled_in() -> None:
    """The id is the path, the slug the file's name, the language the site's, the summary the first paragraph."""
    found = whole("---\ntitle: x\ndate: 2021-12-30\n---\nPresiden bertemu.\n\nKedua.\n")
    assert (found.id, found.id_written, found.slug, found.language) == ("2021/12/g20", False, "g20", "id")
    assert (found.summary, found.dateline, found.bundle) == ("Presiden bertemu.", None, False)
    assert found.words > 0


@pytest.mark.parametrize(
    ("source", "problems"),
    [
        ("---\ndate: 2021-12-30\n---\n", [("title.missing", "content/2021/12/g20.md:1")]),
        ("---\ntitle:\ndate: 2021-12-30\n---\n", [("title.missing", "content/2021/12/g20.md:2")]),
        ("---\ntitle: x\n---\n", [("date.missing", "content/2021/12/g20.md:1")]),
        ("---\ntitle: x\ndate: kemarin\n---\n", [("date.bad", "content/2021/12/g20.md:3")]),
        ("---\ntitle: {a: b}\ndate: 2021-12-30\n---\n", [("field.bad", "content/2021/12/g20.md:2")]),
        ("---\n---\n", [("title.missing", "content/2021/12/g20.md:1"), ("date.missing", "content/2021/12/g20.md:1")]),
        ("Isi saja.\n", [("frontmatter.missing", "content/2021/12/g20.md:1")]),
        ("", [("frontmatter.missing", "content/2021/12/g20.md:1")]),
        ("---\ntitle: a: b\n---\n", [("frontmatter.bad", "content/2021/12/g20.md:2:9")]),
        ("---\ntitle: '<br>'\ndate: 2021-12-30\n---\n", [("title.missing", "content/2021/12/g20.md:2")]),
    ],
)
def test_without_title_or_date_there_is_no_article(source: str, problems: list[tuple[str, str]]) -> None:
    """Each cause is named once, with its line."""
    read = article(source)
    assert (read.document, codes(read)) == (None, problems)


def test_a_fault_in_another_field_leaves_the_article() -> None:
    """Links to it are then not reported as well; the error is."""
    read = article("---\ntitle: x\ndate: 2021-12-30\npick: utama\n---\nWords.\n")
    assert read.document is not None
    assert codes(read) == [("field.bad", "content/2021/12/g20.md:4")]


def test_a_bad_article_s_body_is_looked_at_too() -> None:
    """All problems of a file are shown at once, not the second after the first is mended."""
    read = article("---\ntitle: x\n---\n{{< asing >}}\n")
    assert [code for code, _ in codes(read)] == ["date.missing", "code.unknown"]
    assert read.problems[1].place.line == 4


@pytest.mark.parametrize(
    "path", ["content/2021-12-30-g20-bali.md", "content/dunia/2021-12-30-g20-bali.md", "content/2021-12-30-g20-bali/index.md"]
)
def test_a_date_may_stand_in_the_name_alone(path: str) -> None:
    """It gives the date, in the site's zone, and is no part of the slug."""
    found = whole("---\ntitle: x\n---\n", path)
    assert (found.date.isoformat(), found.slug) == ("2021-12-30T00:00:00+07:00", "g20-bali")


def test_a_folder_s_index_has_the_folder_s_name() -> None:
    """An article that has a folder of its own, for its photos, is known by it."""
    found = whole("---\ntitle: x\ndate: 2021-12-30\n---\n", "content/2021/g20/index.md")
    assert (found.key, found.slug, found.bundle) == ("2021/g20", "g20", True)


@pytest.mark.parametrize(
    ("head", "name", "slug"),
    [
        ("slug: 2021", "a", "2021"),
        ("slug: Jum'at Agung/2", "a", "jumat-agung-2"),
        ("slug: '!!!'", "a", "a"),
        ("id: tag-7", "!!!", "tag-7"),
        ("draft: no", "!!!", "artikel-20211230"),
        ("draft: no", "2021-12-30", "artikel-20211230"),
    ],
)
def test_a_slug_is_never_empty(head: str, name: str, slug: str) -> None:
    """Written, else from the file's name, else from the id, else from the date."""
    assert whole(f"---\ntitle: x\ndate: 2021-12-30\n{head}\n---\n", f"content/{name}.md").slug == slug


@pytest.mark.parametrize(
    ("path", "head", "language"),
    [
        ("content/a.md", "", "id"),
        ("content/en/a.md", "", "en"),
        ("content/en/a.md", "language: id\n", "id"),
        ("content/a.md", "language: EN\n", "en"),
        ("content/fr/a.md", "", "id"),
        ("content/en.md", "", "id"),
    ],
)
def test_the_language_is_written_or_the_folder_s(path: str, head: str, language: str) -> None:
    """A folder counts only if the site has its language."""
    assert whole(f"---\ntitle: x\ndate: 2021-12-30\n{head}---\n", path).language == language


def test_a_language_that_the_site_lacks_is_an_error() -> None:
    """The message says what could be written."""
    read = article("---\ntitle: x\ndate: 2021-12-30\nlanguage: fr\n---\nWords.\n")
    assert codes(read) == [("language.unknown", "content/2021/12/g20.md:4")]
    assert "[languages.fr]" in read.problems[0].mend


def test_a_long_first_paragraph_is_cut_for_the_summary() -> None:
    """It ends in a whole word and an ellipsis, within 200 characters."""
    summary = whole("---\ntitle: x\ndate: 2021-12-30\n---\n" + "kabar baru " * 60).summary
    assert summary.endswith(" kabar…") or summary.endswith(" baru…")
    assert 150 < len(summary) <= 200


def test_the_renderer_is_told_where_the_body_begins_and_which_datelines_there_are(monkeypatch: pytest.MonkeyPatch) -> None:
    """Problems of the body have the file's lines, and the article's own dateline is known beside the site's."""
    told: list[tuple[str, str, int, Rules]] = []

    def render(text: str, *, path: str, first_line: int, rules: Rules) -> Rendered:
        told.append((text, path, first_line, rules))
        return Rendered(("<p>",), links=(Target("slug", "b"),), first_paragraph="Isi.", text="isi", words=7)

    monkeypatch.setattr(articles, "render", render)
    found = whole("---\ntitle: x\ndate: 2021-12-30\ndateline: MOSKWA\n---\nIsi.\n")
    assert (found.links, found.words, found.summary) == ((Target("slug", "b"),), 7, "Isi.")
    [(text, path, line, rules)] = told
    assert (text, path, line) == ("Isi.\n", "content/2021/12/g20.md", 6)
    assert set(rules.datelines) == {"MOSKWA", "Karawangpost", "KARAWANGPOST"}


def test_a_standing_page_needs_no_date() -> None:
    """A date that is written is no fault."""
    read = read_page(
        b"---\ntitle: Redaksi\ndate: 2020-01-01\n"
        b"menu: footer\nweight: 3\naddress: /tentang/redaksi/\nnoindex: yes\n---\nKami.\n",
        "content/pages/redaksi.md",
        SITE,
        body_key="k",
    )
    page = read.document
    assert page is not None
    assert read.problems == ()
    assert (page.title, page.slug, page.key, page.menus, page.weight) == ("Redaksi", "redaksi", "pages/redaksi", ("footer",), 3)
    assert (page.address, page.noindex, page.summary, page.extra) == ("/tentang/redaksi/", True, "Kami.", {})


def test_a_page_without_title_is_none() -> None:
    """With front matter the title is missed, without it the front matter; neither asks for a date."""
    for source, code in ((b"---\nmenu: main\n---\n", "title.missing"), (b"Kami.\n", "frontmatter.missing")):
        read = read_page(source, "content/pages/redaksi.md", SITE, body_key="k")
        assert read.document is None
        assert [problem.code for problem in read.problems] == [code]
        assert "date" not in read.problems[0].mend


@pytest.mark.parametrize(
    ("path", "taxonomy", "slug", "language"),
    [
        ("content/tags/nato.md", "tag", "nato", "id"),
        ("content/editors/m-haidar/index.md", "editor", "m-haidar", "id"),
        ("content/en/sections/World.md", "section", "world", "en"),
        ("content/regions/karawang.md", "region", "karawang", "id"),
    ],
)
def test_a_note_is_named_by_its_file(path: str, taxonomy: str, slug: str, language: str) -> None:
    """Its folder says what it describes, its file's name which one."""
    note = read_note(b"---\ntitle: NATO\n---\nPakta.\n", path, SITE, body_key="k").document
    assert note is not None
    assert (note.title, note.taxonomy, note.slug, note.language) == ("NATO", taxonomy, slug, language)


def test_a_note_without_title_is_an_error() -> None:
    """Its title is the name that pages show."""
    read = read_note(b"---\ntitel: NATO\n---\n", "content/tags/nato.md", SITE, body_key="k")
    assert (read.document, codes(read)) == (
        None,
        [("title.missing", "content/tags/nato.md:1"), ("key.misspelt", "content/tags/nato.md:2")],
    )


def test_a_misspelt_key_is_named_even_where_it_costs_the_title() -> None:
    """That is when its author needs to hear of it."""
    read = article("---\ntittle: x\ndate: 2021-12-30\n---\n")
    assert [problem.code for problem in read.problems] == ["title.missing", "key.misspelt"]


def test_dates_do_not_depend_on_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A date without a zone is in the site's, wherever the build runs."""
    monkeypatch.setenv("TZ", "America/New_York")
    assert whole("---\ntitle: x\ndate: 2021-12-30\n---\n").date.utcoffset() == datetime.timedelta(hours=7)


@pytest.mark.skipif(not ARCHIVES.is_dir(), reason="the real archives do not stand beside the project")
@pytest.mark.parametrize(("name", "documents"), [("digitalgov-news", 2082), ("ccid-berita", 128)])
def test_a_real_archive_is_read_with_its_own_keys(name: str, documents: int) -> None:
    """Every article but the one without a title is there, and nothing is wrong but what is."""
    fields = {"tags": ["topics", "tags", "categories"], "author": ["authors", "author"], "image": ["featured_image"]}
    site = site_of(msgspec.structs.replace(SETTINGS, fields=fields))
    files = sorted(file for file in (ARCHIVES / name).rglob("*.md") if file.name != "_index.md")
    read = [
        read_article(file.read_bytes(), f"content/{file.relative_to(ARCHIVES / name).as_posix()}", site, body_key="k")
        for file in files
    ]
    assert sum(one.document is not None for one in read) == documents
    found = Counter(problem.code for one in read for problem in one.problems)
    faults = {
        code: number
        for code, number in found.items()
        if code not in ("code.unknown", "html.removed", "photo.remote", "photo.missing")
    }
    assert faults == ({"key.twice": 13, "key.misspelt": 5, "title.missing": 1} if name == "digitalgov-news" else {})
