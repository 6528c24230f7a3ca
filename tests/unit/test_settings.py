"""Settings: every fault of site.toml at once, each with its line and its cure."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg import setting_rules, settings, site_toml, table_docs, tables
from ssg.catalogue import CATALOGUE
from ssg.model import FIELDS, Problem
from ssg.problems import BuildStopped

ROOT = Path(__file__).parents[2]
LEAST = 'title = "Kabar"\nbase_url = "https://kabar.example"\n'


def _load(folder: Path, text: str | bytes, base_url: str | None = None) -> settings.Site:
    (folder / "site.toml").write_bytes(text.encode() if isinstance(text, str) else text)
    return site_toml.load(folder, base_url)


def _problems(folder: Path, text: str | bytes, base_url: str | None = None) -> list[Problem]:
    with pytest.raises(BuildStopped) as stopped:
        _load(folder, text, base_url)
    return list(stopped.value.problems)


def _only(folder: Path, more: str) -> Problem:
    """The one problem of a site that is well but for `more`, which begins on line 3."""
    (problem,) = _problems(folder, LEAST + more)
    assert problem.code in CATALOGUE
    assert problem.mend
    return problem


# -- what is well -----------------------------------------------------------------------------------


def test_title_and_address_are_enough(tmp_path: Path) -> None:
    """All else has a default, and the address gets its slash."""
    site = _load(tmp_path, LEAST)
    assert site.root == str(tmp_path.absolute())
    assert site.settings.base_url == "https://kabar.example/"
    assert site.settings.identity.authority == "kabar.example"
    assert site.settings.page_size == 20


def test_a_file_from_windows_is_read(tmp_path: Path) -> None:
    """A byte order mark and line ends of two signs are no fault."""
    assert _load(tmp_path, b"\xef\xbb\xbf" + LEAST.replace("\n", "\r\n").encode()).settings.title == "Kabar"


def test_every_setting_can_be_set(tmp_path: Path) -> None:
    """One file that uses every table; nothing of it is lost."""
    text = (
        LEAST
        + """
language = "en-GB"
timezone = "Asia/Makassar"
permalink = "/{section}/{year}-{month}/{id}/"
video_hosts = ["vimeo"]
noindex = true
menus.main = [{title = "About", address = "/about/", weight = 2}]
[feeds]
size = 500
[blocks]
mode = "inline"
latest = 0
[identity]
authority = "redaksi@kabar.example"
date = "2026-03-01"
[paths]
tag = "topic"
[languages.id]
title = "Kabar Kita"
[languages.id.paths]
tag = "topik"
[[languages.id.menus.footer]]
title = "Tentang"
address = "https://other.example/x"
[fields]
editor = ["author", "authors"]
[shortcodes]
ref = "link"
"youtube-lite" = "youtube"
[problems]
"link.missing" = "warning"
"date.bad" = "error"
"""
    )
    site = _load(tmp_path, text).settings
    assert site.menus["main"][0].weight == 2
    assert site.languages["id"].menus["footer"][0].title == "Tentang"
    assert site.identity == settings.Identity(authority="redaksi@kabar.example", date="2026-03-01")
    assert (site.feeds.size, site.blocks.mode, site.video_hosts) == (500, "inline", ["vimeo"])
    assert site.problems == {"link.missing": "warning", "date.bad": "error"}
    assert site.fields == {"editor": ["author", "authors"]}


def test_path_words_not_named_are_those_of_their_own_language(tmp_path: Path) -> None:
    """An English site that names one word does not get the Indonesian others."""
    text = LEAST + 'language = "en"\n[paths]\ntag = "topic"\n[languages.id.paths]\ntag = "topik"\n[languages.jv]\n'
    site = _load(tmp_path, text).settings
    assert settings.paths_of(site, "en") == msgspec.structs.replace(settings.ENGLISH_PATHS, tag="topic")
    assert settings.paths_of(site, "id") == settings.Paths(tag="topik")
    assert settings.paths_of(site, "jv") == settings.ENGLISH_PATHS
    with pytest.raises(KeyError):
        settings.paths_of(site, "de")


def test_the_default_language_comes_first(tmp_path: Path) -> None:
    """The others follow by alphabet, however the file orders them, since the digest does not see that order either."""
    one = _load(tmp_path, LEAST + "[languages.jv]\n[languages.en]\n")
    other = _load(tmp_path, LEAST + "[languages.en]\n[languages.jv]\n")
    assert settings.languages_of(one.settings) == settings.languages_of(other.settings) == ("id", "en", "jv")
    assert one.digest == other.digest


def test_the_digest_differs_with_every_setting(tmp_path: Path) -> None:
    """What is kept under it is made anew when a setting changes, and not when a comment does."""
    plain = _load(tmp_path, LEAST).digest
    assert _load(tmp_path, "# a comment\n" + LEAST).digest == plain
    assert _load(tmp_path, LEAST + "page_size = 21").digest != plain
    assert _load(tmp_path, LEAST, "https://preview.example").digest != plain


def test_the_command_line_moves_the_site_but_not_its_identity(tmp_path: Path) -> None:
    """A preview at another address keeps the ids that feed readers know."""
    site = _load(tmp_path, LEAST, "https://deploy-1--kabar.example.app:8000/sub").settings
    assert site.base_url == "https://deploy-1--kabar.example.app:8000/sub/"
    assert site.identity.authority == "kabar.example"


def test_a_preview_can_ask_search_engines_to_leave_it_out(tmp_path: Path) -> None:
    """Asked at the door, whatever the file says; not asked, the file decides."""
    _load(tmp_path, LEAST)
    assert site_toml.load(tmp_path, noindex=True).settings.noindex
    assert not site_toml.load(tmp_path).settings.noindex
    assert _load(tmp_path, LEAST + "noindex = true").settings.noindex


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("HTTPS://Kabar.Example", "https://kabar.example/"),
        ("http://localhost:8000", "http://localhost:8000/"),
        ("https://kabar.example/arsip//", None),
        ("https://kabar.example/arsip/", "https://kabar.example/arsip/"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://[::1]:80/x", "http://[::1]:80/x/"),
        ("kabar.example", None),
        ("//kabar.example", None),
        ("ftp://kabar.example", None),
        ("https:///path", None),
        ("https://kabar.example/?a=1", None),
        ("https://kabar.example/#a", None),
        ("https://user@kabar.example/", None),
        ("https://kabar.example/a b/", None),
        ("https://kabar.example\n/", None),
        ("https://kabar.example/../x", None),
        ("https://kabar..example/", None),
        ("https://kabar.example:99999/", None),
        ("https://[kabar/", None),
        ("https://", None),
        ("", None),
    ],
)
def test_an_address_of_the_site_is_normal_or_refused(written: str, used: str | None) -> None:
    """Scheme, host and path are those that feeds and sitemaps may carry."""
    if used is None:
        with pytest.raises(tables.RuleError):
            setting_rules.normal_base_url(written)
    else:
        assert setting_rules.normal_base_url(written) == used
        assert setting_rules.normal_base_url(used) == used


@given(st.text(alphabet="htps:/[]@.%?#x1é \\", max_size=25))
def test_any_address_is_normal_or_refused(text: str) -> None:
    """No address brings down the loader."""
    try:
        once = setting_rules.normal_base_url(f"https://{text}")
    except tables.RuleError:
        return
    assert setting_rules.normal_base_url(once) == once


# -- what is not --------------------------------------------------------------------------------------


def test_a_folder_without_settings_says_what_to_do(tmp_path: Path) -> None:
    """The commonest first step: the command was run in the wrong folder."""
    with pytest.raises(BuildStopped) as stopped:
        site_toml.load(tmp_path)
    (problem,) = stopped.value.problems
    assert problem.code == "settings.missing"
    assert str(problem.place) == "site.toml"
    assert "ssg init" in problem.mend


@pytest.mark.parametrize(
    ("text", "place", "what"),
    [
        ('title = "a"\nbase_url "b"\n', "site.toml:2:10", "Expected '='"),
        ('title = "a"\ntitle = "b"\n', "site.toml:2:12", "Cannot overwrite"),
        ('title = "a"\n[feeds', "site.toml:2", "Expected"),
        (b'title = "a"\ndescription = "\xff"\n', "site.toml:2", "not UTF-8"),
        ("size = " + "9" * 5000, "site.toml", "digits"),
        ("x = " + "[" * 50_000, "site.toml", "too deep"),
    ],
)
def test_what_is_no_toml_is_named_with_its_line(tmp_path: Path, text: str | bytes, place: str, what: str) -> None:
    """Never a traceback, whatever the bytes are."""
    (problem,) = _problems(tmp_path, text)
    assert problem.code == "settings.syntax"
    assert str(problem.place) == place
    assert what in problem.what


def test_a_file_that_cannot_be_opened_is_a_problem(tmp_path: Path) -> None:
    """A folder of that name, or a file without permission."""
    (tmp_path / "site.toml").mkdir()
    with pytest.raises(BuildStopped) as stopped:
        site_toml.load(tmp_path)
    assert stopped.value.problems[0].code == "file.unreadable"


@pytest.mark.parametrize(
    ("more", "line", "what", "mend"),
    [
        ("page_sise = 3", 3, "page_sise is not a setting", "Did you mean page_size?"),
        ("[feeds]\nsise = 3", 4, "feeds.sise is not a setting", "Did you mean size?"),
        ("[feeds]\npage_size = 3", 4, "feeds.page_size is not a setting", "belongs to the top of the file"),
        ("size = 3", 3, "size is not a setting", "belongs to the table [feeds]"),
        ("[feeds]\nxyzzy = 3", 4, "feeds.xyzzy is not a setting", "Known here: also, archive, gone, hub, size, term_size."),
        ("[languages.en]\ntitel = 'x'", 4, "languages.en.titel is not a setting", "title"),
        ("[[menus.main]]\ntitle='a'\naddress='/'\nwieght=1", 6, "menus.main.wieght is not a setting", "weight"),
        ("[fields]\nedtor = ['author']", 4, "fields.edtor is not known", "Did you mean editor?"),
        ("[problems]\n'link.mising' = 'warning'", 4, 'problems."link.mising" is not known', "link.missing"),
    ],
)
def test_an_unknown_key_names_the_nearest_known_one(tmp_path: Path, more: str, line: int, what: str, mend: str) -> None:
    """At any depth; and a key in the wrong table is told where it belongs."""
    problem = _only(tmp_path, more)
    assert problem.code == "settings.unknown"
    assert problem.place.line == line
    assert what in problem.what
    assert mend in problem.mend


@pytest.mark.parametrize(
    ("more", "line", "what"),
    [
        ('page_size = "ten"', 3, 'page_size must be a whole number from 1 to 1000; it is "ten"'),
        ("page_size = 0", 3, "page_size must be a whole number from 1 to 1000; it is 0"),
        ("page_size = true", 3, "it is true"),
        ("noindex = 'yes'", 3, 'noindex must be true or false; it is "yes"'),
        ("expired = 'gone'", 3, 'expired must be "hide" or "keep"; it is "gone"'),
        ("description = 2021-12-30", 3, "description must be a text; it is the date or time 2021-12-30, without quotes"),
        ("feeds = 3", 3, "feeds must be a table; it is 3"),
        ("menus.main = {title = 'x'}", 3, "menus.main must be a list, each entry a table; it is a table"),
        ("[fields]\neditor = 'author'", 4, 'fields.editor must be a list, each entry a text; it is "author"'),
        ("[fields]\neditor = [\n'author',\n3]", 6, "an entry of fields.editor must be a text; it is 3"),
        ("[fields]\neditor = []", 4, "fields.editor must name at least one key"),
        ("logo = 'logo.png'", 3, "logo must be the address of a picture from the site's root"),
        ("logo = '//lain.example/logo.png'", 3, "logo must be the address of a picture from the site's root"),
        ("[[menus.main]]\ntitle = 'x'", 3, "menus.main.address is missing"),
        ("[[menus.main]]\ntitle = 'x'\naddress = 'javascript:x'", 5, "must be an address from the site's root"),
        ("[identity]\ndate = 2026", 4, "identity.date must be a text; it is 2026"),
        ("[identity]\ndate = '2026-13'", 4, "identity.date must be a year, a month or a day"),
        ("[identity]\ndate = '2026-02-30'", 4, "identity.date must be a year, a month or a day"),
        ("[identity]\nauthority = 'https://kabar.example'", 4, "identity.authority must be a domain name"),
        ("[identity]\nauthority = 'Kabar'", 4, "in small letters"),
        ("timezone = 'WIB'", 3, "timezone must be a time zone of the IANA database"),
        ("language = 'xx'", 3, "language must be the code of a language"),
        ("language = 'ID'", 3, "language must be the code of a language"),
        ("[languages.en_US]", 3, 'the key "en_US" in [languages] must be the code of a language'),
        ("[languages.id]", 3, '"id" is the default language already'),
        ("theme = '../x'", 3, "theme must be the name of a folder"),
        ("dateline = '{place}'", 3, "no other placeholder than {title}, not {place}"),
        ("permalink = '/{slug}'", 3, "permalink must begin and end with /"),
        ("permalink = '/'", 3, "permalink must begin and end with /"),
        ("permalink = '/{year}/'", 3, "must contain {slug}, {id} or {filename}"),
        ("permalink = '/{yaer}/{slug}/'", 3, "not {yaer}"),
        ("permalink = '/{year}//{slug}/'", 3, "must have parts"),
        ("permalink = '/../{slug}/'", 3, "must have parts"),
        ("permalink = '/{slug/'", 3, "must contain"),
        ("permalink = '/{slug}/{/'", 3, "must have parts"),
        ("[paths]\ntag = 'a/b'", 4, "paths.tag must be one part of an address"),
        ("[paths]\ntag = ''", 4, "paths.tag must be one part of an address"),
        ("[paths]\ntag = '.tag'", 4, "paths.tag must be one part of an address"),
        ("[paths]\nfeed = 'feed'", 4, "paths.feed must end in .xml or .rss"),
        ("[paths]\ntag = 'Editor'", 3, 'the words tag and editor of the language "id" are both "editor"'),
        ("[paths]\ntag = 'en'\n[languages.en]", 4, "the folder of a language"),
        ("[languages.en.paths]\nsection = 'tag'", 4, 'the words tag and section of the language "en" are both "tag"'),
        ("[shortcodes]\n'{{< ref' = 'link'", 4, "must be the name of a code alone"),
        ("[shortcodes]\nref = 'lonk'", 4, 'it is "lonk"'),
        ("[problems]\n'date.bad' = 'warning'", 4, "date.bad cannot be a warning"),
        ("[problems]\nlink.missing = 'warning'", 4, "problems.link is read as a table"),
    ],
)
def test_a_bad_value_is_told_in_plain_words(tmp_path: Path, more: str, line: int, what: str) -> None:
    """What it must be, what it is, and on which line."""
    problem = _only(tmp_path, more)
    assert problem.code == "settings.bad"
    assert problem.place.line == line
    assert what in problem.what


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    """A missing title, an unknown key, two bad values, a fault of two settings together, and one at the door."""
    text = "base_url = 3\ntitel = 'x'\npage_size = 'ten'\n[paths]\nsection = 'tag'\n[problems]\n'date.bad' = 'warning'\n"
    problems = _problems(tmp_path, text, "nowhere")
    assert [(str(problem.place), problem.what.split(";")[0].split(" ")[0]) for problem in problems] == [
        ("--base-url", "--base-url"),
        ("site.toml:1:1", "base_url"),
        ("site.toml:1:1", "title"),
        ("site.toml:2:1", "titel"),
        ("site.toml:3:1", "page_size"),
        ("site.toml:5:1", "the"),
        ("site.toml:7:1", "date.bad"),
    ]


def test_a_host_that_mints_no_ids_asks_for_an_authority(tmp_path: Path) -> None:
    """An address of numbers cannot stand in a tag URI; the file must name a domain."""
    text = 'title = "x"\nbase_url = "http://[::1]/"\n'
    (problem,) = _problems(tmp_path, text)
    assert "identity.authority is missing" in problem.what
    assert _load(tmp_path, text + '[identity]\nauthority = "kabar.example"').settings.identity.authority == "kabar.example"


def test_stand_ins_cover_all_that_is_required() -> None:
    """Else a missing setting would hide the problems of the others."""
    required = {field.encode_name for field in tables.fields_of(settings.Settings) if field.required}
    assert required == set(site_toml._STAND_INS)


# -- documentation --------------------------------------------------------------------------------------


def test_the_reference_is_up_to_date() -> None:
    """The page is made from the types; a new setting is documented or this fails."""
    command = "python -c 'from ssg import settings; print(settings.reference(), end=\"\")' > docs/settings.md"
    assert (ROOT / "docs/settings.md").read_text(encoding="utf-8") == settings.reference(), f"run: {command}"


def test_the_reference_has_every_setting_and_word() -> None:
    """Nested tables, bounds and the words of other languages too."""
    page = settings.reference()
    for expected in (
        "| `page_size` | a whole number from 1 to 1000 | `20` |",
        "## `[blocks]`",
        "## `[[menus.NAME]]`",
        "`section` is `section`",
        "none: it must be given",
    ):
        assert expected in page


def test_a_setting_without_documentation_is_refused() -> None:
    """A new setting cannot be forgotten in the page."""
    record = msgspec.defstruct("Record", [("silent", int, 3)])
    with pytest.raises(ValueError, match="silent has no description"):
        table_docs.markdown(record)


def test_the_known_keys_of_front_matter_can_all_be_mapped(tmp_path: Path) -> None:
    """`[fields]` takes every key of ours, and the list of them is the one that reading uses."""
    lines = "".join(f'{key} = ["x-{key}"]\n' for key in sorted(FIELDS))
    assert set(_load(tmp_path, f"{LEAST}[fields]\n{lines}").settings.fields) == FIELDS
