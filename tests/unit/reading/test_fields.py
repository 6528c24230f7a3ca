"""The fields of front matter: each with its type, and a Problem with its line where it has another."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssg import dates
from ssg.model import Correction, Image, Problem, Source, Withdrawal
from ssg.reading.fields import PICKED, Fields
from ssg.reading.frontmatter import FrontMatter, split
from ssg.reading.keys import ARTICLE_KEYS, PAGE_KEYS, keys_of, near_miss

ZONE = dates.zone("Asia/Jakarta")


def fields(head: str, mapped: dict[str, list[str]] | None = None) -> Fields:
    front = split(f"---\n{head}\n---\n".encode(), "content/a.md")
    assert isinstance(front, FrontMatter), front
    return Fields(front, "content/a.md", keys_of((*ARTICLE_KEYS, "weight"), mapped or {}), ZONE)


def only(read: Fields) -> Problem:
    assert len(read.problems) == 1, read.problems
    return read.problems[0]


# -- texts and lists


@pytest.mark.parametrize(
    ("written", "title"),
    [
        ("AT&amp;T <em>menang</em>", "AT&T menang"),
        ("'Harga < 5 & turun'", "Harga < 5 & turun"),
        ("Q&notes &#8211; a", "Q&notes \u2013 a"),
        ("  satu\n  dua ", "satu dua"),
        ("'<script>x</script>y'", "<script>x</script>y"),
        ("Tag <title> di HTML", "Tag <title> di HTML"),
        ("if a<b && c>d", "if a<b && c>d"),
        ("Satu<br/>dua", "Satu dua"),
        ("'&lt;b&gt; tebal &#xE000;&#8;'", "<b> tebal"),
        ("2021", "2021"),
    ],
)
def test_a_headline_is_plain_text(written: str, title: str) -> None:
    """Tags go, entities are resolved, white space is folded, and an ampersand or a "less than" of the author's stays."""
    assert fields(f"title: {written}").headline("title") == title


def test_lists_accept_a_single_text() -> None:
    """One tag needs no brackets; empty entries and repetitions go."""
    assert fields("tags: nato").texts("tags") == ("nato",)
    assert fields("tags: [nato, '', ~, gnu/linux, nato, no]").texts("tags") == ("nato", "gnu/linux", "no")
    assert fields("tags:").texts("tags") == ()


def test_one_line_is_parted_at_commas_where_archives_write_so() -> None:
    """Tags, editors, authors and regions are; a story's related articles, and the entries of a list, are not."""
    assert fields("tags: a, b,c").texts("tags") == ("a", "b", "c")
    assert fields("region: Karawang, Bekasi").texts("region") == ("Karawang", "Bekasi")
    assert fields("related: a, b").texts("related") == ("a, b",)
    assert fields("tags: ['a, b']").texts("tags") == ("a, b",)


def test_a_degree_stays_with_its_bearer() -> None:
    """`S.H.` after a comma is no second editor."""
    assert fields("editor: Budi Santoso, S.H., M.H., Siti Aminah, Ph.D., Jo").people("editor") == (
        *("Budi Santoso, S.H., M.H.", "Siti Aminah, Ph.D.", "Jo"),
    )


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("M Haidar", ("M Haidar",)),
        ("[M Haidar, budi, M Haidar]", ("M Haidar", "budi")),
        ("{name: M Haidar, photo: a.jpg}", ("M Haidar",)),
        ("[{name: M Haidar}, budi]", ("M Haidar", "budi")),
    ],
)
def test_people_may_be_mappings(written: str, people: tuple[str, ...]) -> None:
    """A name, names, a mapping with a name, or a list of such."""
    read = fields(f"author: {written}")
    assert (read.people("author"), read.problems) == (people, [])


@pytest.mark.parametrize(
    ("head", "key"),
    [
        ("section: [a, b]", "section"),
        ("section: {a: b}", "section"),
        ("tags: [{a: b}]", "tags"),
        ("author: {foto: x}", "author"),
    ],
)
def test_a_value_of_the_wrong_shape_is_a_problem(head: str, key: str) -> None:
    """It is named with its line, and is then as if it were not written."""
    read = fields(f"title: x\n{head}")
    value = read.people(key) if key == "author" else read.texts(key) if key == "tags" else read.text(key)
    assert not value
    assert (only(read).code, only(read).place.line) == ("field.bad", 3)
    assert key in only(read).what


def test_a_list_of_one_is_a_text() -> None:
    """Other generators write a single category as a list."""
    assert fields("section: [Nasional]").text("section") == "Nasional"


def test_an_empty_dateline_is_written_and_a_missing_one_is_not() -> None:
    """`dateline: ""` asks for none; without the key, or without a value, the site's own stands."""
    assert fields('dateline: ""').text_or_none("dateline") == ""
    assert fields("dateline:").text_or_none("dateline") is None
    assert fields("title: x").text_or_none("dateline") is None
    assert fields("dateline: KARAWANG").text_or_none("dateline") == "KARAWANG"


# -- single values


@pytest.mark.parametrize(
    ("written", "flag"),
    [
        *((w, True) for w in ("yes", "true", "'true'", "On", "1")),
        *((w, False) for w in ("no", "False", "off", "'0'", "", "''")),
    ],
)
def test_yes_and_no_in_every_spelling(written: str, flag: bool) -> None:
    """A yes or no in quotes means what it says."""
    read = fields(f"draft: {written}")
    assert (read.flag("draft"), read.problems) == (flag, [])


def test_a_word_that_is_neither_yes_nor_no_is_a_problem() -> None:
    """It is not guessed at."""
    read = fields("draft: mungkin")
    assert read.flag("draft") is False
    assert only(read).code == "field.bad"


@pytest.mark.parametrize(("written", "rank"), [("1", 1), ("12", 12), ("0", 0), ("no", 0), ("true", PICKED), ("", 0)])
def test_a_pick_is_a_rank(written: str, rank: int) -> None:
    """Numbers keep the editor's order, a mere yes comes after them."""
    read = fields(f"pick: {written}")
    assert (read.pick("pick"), read.problems) == (rank, [])


@pytest.mark.parametrize("written", ["-1", "1.5", "utama", "9999999"])
def test_a_pick_that_is_no_rank_is_a_problem(written: str) -> None:
    """Nothing below 1, no fraction, no word."""
    read = fields(f"pick: {written}")
    assert read.pick("pick") == 0
    assert only(read).code == "field.bad"


def test_a_number_may_be_negative() -> None:
    """A menu's weight is any whole number."""
    assert fields("weight: -3").number("weight") == -3
    read = fields("weight: berat")
    assert read.number("weight") == 0
    assert only(read).code == "field.bad"


def test_a_date_stands_in_the_site_s_zone() -> None:
    """Without a zone it is the newsroom's wall clock; with one it is turned."""
    moment = fields("date: 2019-03-05 12:00:00 -0500").moment("date")
    assert moment is not None
    assert moment.isoformat() == "2019-03-06T00:00:00+07:00"
    local = fields("date: 2021-12-30 19:29").moment("date")
    assert local is not None
    assert local.utcoffset() == timedelta(hours=7)


def test_a_date_that_is_none_is_a_problem_with_its_reason() -> None:
    """The day that does not exist is named, on its line."""
    read = fields("title: x\ndate: 2021-02-30")
    assert read.moment("date") is None
    assert (only(read).code, only(read).place.line) == ("date.bad", 3)
    assert "2021-02-30" in only(read).what


def test_a_web_address_is_one() -> None:
    """Nothing but http and https goes into a page's head."""
    assert fields("canonical: https://a.example/x").web_address("canonical") == "https://a.example/x"
    for bad in ("javascript:alert(1)", "/x", "'http://['"):
        read = fields(f"canonical: {bad}")
        assert read.web_address("canonical") == ""
        assert only(read).code == "field.bad"


# -- values of several parts


@pytest.mark.parametrize(
    ("written", "source"),
    [
        ("Berbagai Sumber", Source("Berbagai Sumber")),
        ("{name: Antara, url: 'https://antara.example/a'}", Source("Antara", "https://antara.example/a")),
        ("https://www.antara.example/a", Source("antara.example", "https://www.antara.example/a")),
        ("{url: 'https://antara.example/a'}", Source("antara.example", "https://antara.example/a")),
        ("{name: ''}", None),
    ],
)
def test_a_source_is_a_name_or_a_name_and_an_address(written: str, source: Source | None) -> None:
    """An address alone is named by its host."""
    read = fields(f"source: {written}")
    assert (read.source("source"), read.problems) == (source, [])


def test_a_source_s_address_is_checked() -> None:
    """The name stays, the address goes."""
    read = fields("source: {name: Antara, url: 'javascript:x'}")
    assert read.source("source") == Source("Antara")
    assert "source.url" in only(read).what


def test_an_image_is_a_path_or_a_mapping() -> None:
    """Its line is that of `src`."""
    assert fields("title: x\nimage: a.jpg").image("image") == Image("a.jpg", line=3)
    read = fields("image:\n  alt: Dua orang\n  src: a.jpg\n  caption: <b>Foto</b>\n  credit: Antara/Budi")
    assert read.image("image") == Image("a.jpg", "Dua orang", "Foto", "Antara/Budi", line=4)
    assert fields("image: {src: '', alt: ''}").image("image") is None


def test_an_image_without_a_photo_is_a_warning() -> None:
    """Another generator's id for a photo does not keep the article from being published."""
    read = fields("image: {uid: a-photo, alt: x}")
    assert read.image("image") is None
    assert only(read).code == "photo.missing"


def test_a_withdrawal_has_date_and_reason() -> None:
    """Both are needed; which one is missing is said. A key without a value is no withdrawal."""
    assert fields("withdrawn: ''").withdrawal("withdrawn") is None
    read = fields("withdrawn: {date: 2022-01-02, reason: Keliru}")
    assert read.withdrawal("withdrawn") == Withdrawal(dates.parse("2022-01-02", ZONE), "Keliru")
    for bad, named in (
        ("{date: 2022-01-02}", "`reason`"),
        ("{reason: x}", "`date`"),
        ("2022-01-02", "a text"),
        ("[a, b]", "a list"),
    ):
        read = fields(f"withdrawn: {bad}")
        assert read.withdrawal("withdrawn") is None
        assert only(read).code == "field.bad"
        assert named in only(read).what


def test_corrections_are_a_list_with_a_line_each() -> None:
    """A bad one is named by its own line, the good ones stay."""
    read = fields("corrections:\n  - {date: 2022-01-02, text: Satu}\n  - date: kemarin\n    text: Dua\n  - {text: Tiga}")
    assert read.corrections("corrections") == (Correction(dates.parse("2022-01-02", ZONE), "Satu"),)
    assert [(p.code, p.place.line) for p in read.problems] == [("date.bad", 4), ("field.bad", 6)]
    assert len(fields("corrections: {date: 2022-01-02, text: Satu}").corrections("corrections")) == 1


def test_a_misspelt_part_is_seen() -> None:
    """The near misses inside a mapping warn as those outside do."""
    read = fields("image: {src: a.jpg, capton: x}")
    read.image("image")
    assert (only(read).code, "image.caption" in only(read).what) == ("key.misspelt", True)


# -- the keys of an archive


def test_the_archive_s_keys_are_read_in_order() -> None:
    """Lists are joined, of single values the first that is not empty counts, and our own key is read after them."""
    mapped = {"tags": ["topics", "categories"], "date": ["published"]}
    read = fields("categories: [b, c]\ntopics: [a, b]\ntags: d\npublished: ''\ndate: 2021-12-30", mapped)
    assert read.texts("tags") == ("a", "b", "c", "d")
    assert read.moment("date") == dates.parse("2021-12-30", ZONE)
    assert read.extra() == {}
    assert read.lines() == {"date": 5, "tags": 3}


def test_a_key_of_ours_that_means_another_is_not_read_twice() -> None:
    """Where `author` is the archive's word for the editor, it is not the author as well."""
    read = fields("author: Haidar\neditor: Budi", {"editor": ["author"]})
    assert read.people("editor") == ("Haidar", "Budi")
    assert read.people("author") == ()


def test_unknown_keys_are_kept_as_read() -> None:
    """A theme may show them; everyday words of other generators do not warn."""
    read = fields("weight: 3\nlayout: post\nnested: {a: [1, yes]}")
    assert read.extra() == {"layout": "post", "nested": {"a": ["1", "yes"]}}
    assert read.problems == []


def test_a_near_miss_is_named() -> None:
    """It stays in `extra`, with a warning on its line that says what was meant."""
    read = fields("title: x\ntittle: y")
    assert read.extra() == {"tittle": "y"}
    assert (only(read).code, only(read).place.line, "`title`" in only(read).mend) == ("key.misspelt", 3, True)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        *(
            ("tittle", "title"),
            ("titel", "title"),
            ("Title", "title"),
            ("edtor", "editor"),
            ("tag", "tags"),
            ("authors", "author"),
        ),
        *(
            ("alias", "aliases"),
            ("translationOf", "translation_of"),
            ("summery", "summary"),
            ("draf", "draft"),
            ("imag", "image"),
        ),
    ],
)
def test_misspelt_words(word: str, meant: str) -> None:
    """A letter too many, too few or in another place, another case, a plural."""
    assert near_miss(word, ARTICLE_KEYS) == meant


@pytest.mark.parametrize(
    "word",
    [
        "weight",
        "layout",
        "type",
        "topics",
        "categories",
        "description",
        "keywords",
        "religion",
        "selection",
        "resources",
        "deck",
        "kicker",
        "lang",
        "status",
        "data",
        "menu",
        "url",
        "source_url",
        "featured_image",
        "lastmod",
        "subtitle",
        "published",
        "listed",
        "comments",
        "expirydate",
        "stories",
        "store",
    ],
)
def test_words_of_their_own(word: str) -> None:
    """Keys that other generators and newsrooms use in earnest are not taken for misspelt."""
    assert near_miss(word, ARTICLE_KEYS) == ""


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8) | st.sampled_from(["2021-12-30", "1", "a, b", "http://["]),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "url", "src", "alt", "date", "text", "reason", "x"]), below, max_size=3)
    ),
    max_leaves=6,
)


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(st.sampled_from([*ARTICLE_KEYS, *PAGE_KEYS]), _VALUES, max_size=5))
def test_no_value_breaks_a_field(values: dict[str, object]) -> None:
    """Whatever shape a value has, every field gives a value or a Problem."""
    front = split(json.dumps(values).encode(), "content/a.md")
    assert isinstance(front, FrontMatter)
    read = Fields(front, "content/a.md", keys_of((*ARTICLE_KEYS, *PAGE_KEYS), {}), ZONE)
    readers = (
        *(read.text, read.headline, read.text_or_none, read.flag, read.number, read.pick, read.moment, read.web_address),
        *(read.texts, read.people, read.source, read.image, read.withdrawal, read.corrections),
    )
    for key in values:
        for reader in readers:
            reader(key)
    assert all(problem.place.line == 1 for problem in read.problems)
