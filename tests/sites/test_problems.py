"""What a user sees of everything that can be wrong: its place, its level, its code, its words, its cure, and what becomes of the site."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ssg.cli import app
from ssg.problems import CATALOGUE
from tests.conftest import SITE_TOML, Made, Run, digests
from tests.sites.conftest import SiteIn

SOUND = """\
-- content/2026/sound.md --
---
title: Sound
date: 2026-05-01 08:00
id: sound
tags: NATO
---
A sound article.
-- content/2026/other.md --
---
title: Other
date: 2026-05-02 08:00
id: other
---
Another.
"""

Site = Callable[[str], Made]


@dataclass(frozen=True)
class Case:
    """A fault put into a sound site, and what is said of it.

    `place` is where it stands, `what` what is wrong and `mend` the cure, each at least in part. `data` are files of bytes.
    `command` is what is run, with {site} for the site's folder; by default a build.
    """

    place: str
    what: str
    mend: str
    files: str = ""
    data: tuple[tuple[str, bytes], ...] = ()
    without: str = ""
    command: tuple[str, ...] = ("build", "--source", "{site}", "--now", "2026-06-01")


def article(front: str, body: str = "Words.") -> str:
    """The site's third article, `content/2026/bad.md`, with this front matter (from line 2) and this body."""
    return f"-- content/2026/bad.md --\n---\n{front}\n---\n{body}\n"


def with_settings(lines: str) -> str:
    """The usual `site.toml` with lines before its first table."""
    head, table, rest = SITE_TOML.partition("[identity]")
    return f"-- site.toml --\n{head}{lines}\n{table}{rest}"


GOOD = "title: Third\ndate: 2026-05-03 08:00"
AFTER_GOOD = 5  # the line on which a body stands

CASES: dict[str, Case] = {
    "settings.missing": Case("site.toml", "there is no site.toml in ", "ssg init DIR", without="site.toml"),
    "settings.syntax": Case("site.toml:2:", "", "strings stand in quotes", "-- site.toml --\ntitle = 'A'\nbase_url = \n"),
    "settings.unknown": Case("site.toml:6:1", "page_sise", "page_size", with_settings("page_sise = 4")),
    "settings.bad": Case("site.toml:6:", "timezone", "Asia/Jakarta", with_settings('theme = "a"\n').replace("Asia/Jakarta", "Asia/Jakata")),
    "site.exists": Case("site.toml", "there is a site in ", "ssg build", command=("init", "{site}")),
    "file.unwritable": Case(
        "content/2026/06/judul.md",
        "a file stands where one of its folders should be",
        "Mend the permissions",
        "-- content/2026/06 --\nA file.\n",
        command=("new", "Judul", "--source", "{site}", "--now", "2026-06-01"),
    ),
    "file.unreadable": Case(
        "content/2026/bad.md:5",
        "the byte 0xE9 is not UTF-8",
        "Save it as UTF-8",
        data=(("content/2026/bad.md", article(GOOD, "Caf\xe9.").partition("--\n")[2].encode("latin-1")),),
    ),
    "frontmatter.bad": Case("content/2026/bad.md:2", "", "quotes", article("title: Gempa: warga mengungsi\ndate: 2026-05-03")),
    "frontmatter.missing": Case("content/2026/bad.md:1", "the article has no front matter", "title", "-- content/2026/bad.md --\nJust words.\n"),
    "title.missing": Case("content/2026/bad.md:1", "the article has no title", "`title: ...`", article("date: 2026-05-03")),
    "date.missing": Case("content/2026/bad.md:1", "the article has no date", "`date: 2021-12-30 19:29`", article("title: Third")),
    "date.bad": Case("content/2026/bad.md:3", "`date: 2026-02-31`", "2021-12-30 19:29", article("title: Third\ndate: 2026-02-31")),
    "field.bad": Case("content/2026/bad.md:4", "`draft` is `perhaps`", "`draft: true`", article(f"{GOOD}\ndraft: perhaps")),
    "language.unknown": Case("content/2026/bad.md:4", "jv", "[languages.jv]", article(f"{GOOD}\nlanguage: jv")),
    "key.twice": Case("content/2026/bad.md:4", "`title` is given twice, on lines 2 and 4", "Take one", article(f"{GOOD}\ntitle: Again")),
    "key.misspelt": Case("content/2026/bad.md:4", "`sumary`", "`summary`", article(f"{GOOD}\nsumary: Short")),
    "text.control": Case("content/2026/bad.md:5", "control character", "PDF", article(GOOD, "A\x0bB")),
    "code.unknown": Case("content/2026/bad.md:6", "the code `peta` means nothing here", "[shortcodes]", article(GOOD, 'Words.\n{{< peta id="1" >}}').replace("Words.\n", "Words.\n\n", 1).replace("\n\n{{", "\n{{")),
    "html.removed": Case("content/2026/bad.md:5", "<script>", "Markdown", article(GOOD, "<script>alert(1)</script>")),
    "photo.missing": Case("content/2026/bad.md:4", "'foto.jpg' is not there: no file content/2026/foto.jpg", "beside the article", article(f"{GOOD}\nimage: foto.jpg")),
    "photo.broken": Case(
        "content/2026/bad.md:4", "'foto.jpg' cannot be shown", "Export it again", article(f"{GOOD}\nimage: foto.jpg"), data=(("content/2026/foto.jpg", b"no photo"),)
    ),
    "photo.remote": Case("content/2026/bad.md:5", "https://other.example/a.jpg lies on another host", "Download it", article(GOOD, "![A](https://other.example/a.jpg)")),
    "id.twice": Case("content/2026/sound.md:4", "the id 'sound' is also that of content/2026/bad.md:4", "an id of its own", article(f"{GOOD}\nid: sound")),
    "id.place": Case("content/2026/bad.md:1", "", "by hand", "-- content/2026/bad.md --\n---\n{title: Third, date: 2026-05-03}\n---\nWords.\n", command=("id", "--source", "{site}")),
    "link.missing": Case("content/2026/bad.md:5", "the link to '2026/sund.md' leads nowhere", "Did you mean '2026/sound.md'?", article(GOOD, "[There](sund.md)")),
    "link.ambiguous": Case(
        "content/2026/bad.md:5", "'sound' could mean any of content/2025/sound.md, content/2026/sound.md", "source path",
        article(GOOD, "[[sound]]").replace("id: sound", "") + "-- content/2025/sound.md --\n---\ntitle: Sound of old\ndate: 2025-05-01\nid: old\n---\n.\n-- content/2026/sound.md --\n---\ntitle: Sound\ndate: 2026-05-01\n---\n.\n",
    ),
    "related.missing": Case("content/2026/bad.md:4", "`related` names 'nowhere'", "id, slug or path", article(f"{GOOD}\nrelated: [nowhere]")),
    "translation.missing": Case("content/2026/bad.md:4", "`translation_of` names 'nowhere'", "id of the original", article(f"{GOOD}\ntranslation_of: nowhere")),
    "data.bad": Case("data/popular.json:1", "", '"articles"', '-- data/popular.json --\n{"articles": 5}\n'),
    "data.article": Case("data/popular.json", "no article has the id 'nowhere'", "remove the id", '-- data/popular.json --\n{"articles": [{"id": "nowhere"}]}\n'),
    "address.collision": Case("content/2026/sound.md", "/2026/05/01/sound/ is wanted by content/2026/sound.md", "another slug", article("title: Third\ndate: 2026-05-01\nslug: sound")),
    "address.escape": Case("content/2026/bad.md:4", "'../../etc/passwd' cannot be an address", "`..`", article(f"{GOOD}\naliases: ../../etc/passwd")),
    "note.twice": Case("content/tags/nato.md", "the tag 'nato' is also described in content/tags/NATO.md", "Merge", "-- content/tags/NATO.md --\n---\ntitle: NATO\n---\n.\n-- content/tags/nato.md --\n---\ntitle: Nato\n---\n.\n"),
    "theme.missing": Case("site.toml", "there is no theme 'pretty'", "Correct `theme`", with_settings('theme = "pretty"')),
    "theme.bad": Case("themes/default/translations/id.toml:2:", "", "Mend the line", '-- themes/default/translations/id.toml --\nfront = "Depan"\nlatest = \n'),
    "template.missing": Case("themes/default/templates/page.html:1", "there is no template 'nowhere.html'", "Add the file", '-- themes/default/templates/page.html --\n{% extends "nowhere.html" %}\n-- content/pages/tentang.md --\n---\ntitle: Tentang\n---\n.\n'),
    "template.fault": Case("themes/default/templates/latest.html:3", "'nothing' is undefined (while rendering /terkini/)", "Mend the line", "-- themes/default/templates/latest.html --\n<main>\n<p>A</p>\n{{ nothing }}\n</main>\n"),
    "label.missing": Case("translations/id.toml", "the label 'hello' has no translation", "Add the label", '-- themes/default/templates/latest.html --\n<main>{{ label("hello") }}</main>\n'),
    "output.foreign": Case("output/2026/05/03/bad/index.html", "", "static/", article(GOOD), data=(("output/2026/05/03/bad/index.html", b"mine"),)),
    "output.place": Case("content/out", "The output folder lies in content/", "--output DIR", command=("build", "--source", "{site}", "--now", "2026-06-01", "--output", "{site}/content/out")),
    "feed.vanished": Case("content", "the feed /tag/nato/feed.xml was published and is not made any more", "content/tags/SLUG.md", without="content/2026/sound.md"),
}


@pytest.fixture(scope="module")
def sound(site_in: SiteIn, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a sound site that is published already."""
    return site_in(tmp_path_factory.mktemp("sound") / "site", SOUND).build().root


@pytest.fixture
def published(sound: Path, tmp_path: Path) -> Made:
    """A sound site, published, to put a fault into."""
    shutil.copytree(sound, tmp_path / "site", symlinks=True)
    return Made(tmp_path / "site")


def run(made: Made, command: tuple[str, ...]) -> Run:
    result = CliRunner().invoke(app, [word.replace("{site}", str(made.root)) for word in command])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Run(result.exit_code, result.output)


def told(made: Made, said: Run) -> list[tuple[str, str, str, str, str]]:
    """The problems that were shown: place, level, code, what is wrong, how to mend it."""
    text = said.text.replace(f"{made.root}/", "")
    return re.findall(r"^(\S.*?): (error|warning)\[([a-z.]+)\] (.*)\n    (\S.*)$", text, re.MULTILINE)


@pytest.mark.parametrize("code", CASES)
def test_each_problem_is_told_with_place_level_words_and_cure(published: Made, code: str) -> None:
    """A user sees where the fault is, what it is and how to mend it; an error publishes nothing, a warning publishes."""
    case = CASES[code]
    published.write(case.files)
    for path, data in case.data:
        published.put(path, data)
    if case.without:
        published.remove(case.without)
    before = digests(published.output)

    said = run(published, case.command)

    problems = [problem for problem in told(published, said) if problem[2] == code]
    assert len(problems) == 1, said.text
    place, level, _, what, mend = problems[0]
    assert place.startswith(case.place)
    assert level == CATALOGUE[code].level
    assert case.what in what
    assert what.strip()
    assert case.mend in mend
    if level == "error":
        assert said.code == 1
        assert digests(published.output) == before
    else:
        assert said.code == 0
        assert "Published to" in said.text
        assert digests(published.output) != before


def test_every_code_of_the_catalogue_is_shown_here() -> None:
    """No problem joins the catalogue without a test of what a user sees."""
    assert set(CASES) == set(CATALOGUE)
