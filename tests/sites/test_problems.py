"""What a user sees of everything that can be wrong: its place, level, code, words and cure, and what becomes of the site."""

from __future__ import annotations

import os
import signal
import struct
import sys
import zlib
from dataclasses import dataclass
from io import BytesIO

import pytest
from PIL import Image

from ssg.catalogue import CATALOGUE
from tests.conftest import SITE_TOML, Made, digests
from tests.sites.faults import GOOD, article, run, told, with_settings


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


def heavy_photo() -> bytes:
    """A small JPEG with much in it that is published too."""
    file = BytesIO()
    Image.new("RGB", (8, 6), "navy").save(file, "JPEG", icc_profile=b"x" * 2_100_000)
    return file.getvalue()


def enormous_photo() -> bytes:
    """A PNG that says that it has 60 million pixels."""
    file = BytesIO()
    Image.new("L", (8, 6)).save(file, "PNG")
    head = b"IHDR" + struct.pack(">II", 10_000, 6_000) + file.getvalue()[24:29]
    return file.getvalue()[:12] + head + struct.pack(">I", zlib.crc32(head)) + file.getvalue()[33:]


CASES: dict[str, Case] = {
    "settings.missing": Case("site.toml", "there is no site.toml in ", "ssg init DIR", without="site.toml"),
    "settings.syntax": Case("site.toml:2:", "", "strings stand in quotes", "-- site.toml --\ntitle = 'A'\nbase_url = \n"),
    "settings.unknown": Case("site.toml:7:1", "page_sise", "page_size", with_settings("page_sise = 4")),
    "settings.bad": Case("site.toml:4:", "timezone", "Asia/Jakarta", with_settings("").replace("Asia/Jakarta", "Asia/Jakata")),
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
    "frontmatter.comment": Case(
        "content/2026/bad.md:2",
        "`title` ends before ` #`",
        'Put the value in quotes: title: "Juara #1 Semarang"',
        article("title: Juara #1 Semarang\ndate: 2026-05-03"),
    ),
    "frontmatter.missing": Case(
        "content/2026/bad.md:1", "the article has no front matter", "title", "-- content/2026/bad.md --\nJust words.\n"
    ),
    "title.missing": Case("content/2026/bad.md:1", "the article has no title", "`title: ...`", article("date: 2026-05-03")),
    "date.missing": Case(
        "content/2026/bad.md:1", "the article has no date", "`date: 2021-12-30 19:29`", article("title: Third")
    ),
    "date.bad": Case(
        "content/2026/bad.md:3", "`date: 2026-02-31`", "2021-12-30 19:29", article("title: Third\ndate: 2026-02-31")
    ),
    "field.bad": Case("content/2026/bad.md:4", "`draft` is `perhaps`", "`draft: true`", article(f"{GOOD}\ndraft: perhaps")),
    "language.unknown": Case("content/2026/bad.md:4", "jv", "[languages.jv]", article(f"{GOOD}\nlanguage: jv")),
    "key.twice": Case(
        "content/2026/bad.md:4", "`title` is given twice, on lines 2 and 4", "Take one", article(f"{GOOD}\ntitle: Again")
    ),
    "key.misspelt": Case("content/2026/bad.md:4", "`sumary`", "`summary`", article(f"{GOOD}\nsumary: Short")),
    "text.empty": Case(
        "content/2026/bad.md:5", "the article has no text below its front matter", "`draft: true`", article(GOOD, "")
    ),
    "text.control": Case("content/2026/bad.md:5", "control character", "PDF", article(GOOD, "A\x0bB")),
    "code.unknown": Case(
        "content/2026/bad.md:6",
        "the code `peta` means nothing here",
        "[shortcodes]",
        article(GOOD, 'Words.\n{{< peta id="1" >}}'),
    ),
    "html.removed": Case("content/2026/bad.md:5", "<script>", "Markdown", article(GOOD, "<script>alert(1)</script>")),
    "photo.missing": Case(
        "content/2026/bad.md:4",
        "'foto.jpg' is not there: no file content/2026/foto.jpg",
        "beside the article",
        article(f"{GOOD}\nimage: foto.jpg"),
    ),
    "photo.broken": Case(
        "content/2026/bad.md:4",
        "'foto.jpg' cannot be shown",
        "Export it again",
        article(f"{GOOD}\nimage: foto.jpg"),
        data=(("content/2026/foto.jpg", b"no photo"),),
    ),
    "photo.large": Case(
        "content/2026/bad.md:4",
        "the photo 'foto.jpg' has 2.1 MB and 8 x 6 pixels",
        "Save it some 1,600 pixels wide",
        article(f"{GOOD}\nimage: foto.jpg"),
        data=(("content/2026/foto.jpg", heavy_photo()),),
    ),
    "photo.enormous": Case(
        "content/2026/bad.md:4",
        "no smaller pictures are made of the photo 'foto.png': it has 10,000 x 6,000 pixels",
        "Save it as an ordinary JPEG",
        article(f"{GOOD}\nimage: foto.png"),
        data=(("content/2026/foto.png", enormous_photo()),),
    ),
    "photo.remote": Case(
        "content/2026/bad.md:5",
        "https://other.example/a.jpg lies on another host",
        "Download it",
        article(GOOD, "![A](https://other.example/a.jpg)"),
    ),
    "id.twice": Case(
        "content/2026/bad.md:4",
        "the id 'sound' is also that of content/2026/sound.md:4",
        "an id of its own",
        article(f"{GOOD}\nid: sound"),
    ),
    "id.place": Case(
        "content/2026/bad.md:1",
        "",
        "by hand",
        "-- content/2026/bad.md --\n---\n{title: Third, date: 2026-05-03}\n---\nWords.\n",
        command=("id", "--source", "{site}"),
    ),
    "story.place": Case(
        "content/2026/bad.md:1",
        "no line of this front matter has room for `story: Banjir Citarum` after it",
        "by hand",
        "".join(
            f"-- content/2026/{name}.md --\n---\n{front}\n---\nBanjir Citarum merendam rumah warga Baleendah.\n"
            for name, front in (
                ("bad", "{title: Banjir Citarum, date: 2026-05-03}"),
                ("surut", "title: Banjir Citarum Surut\ndate: 2026-05-04"),
                ("tanggul", "title: Banjir Citarum Surut Lagi\ndate: 2026-05-05"),
            )
        ),
        command=("stories", "--source", "{site}", "--now", "2026-06-01", "--accept", "Banjir Citarum"),
    ),
    "story.unknown": Case(
        "--accept",
        "no story is offered under the name 'Banjir'",
        "`ssg stories`",
        command=("stories", "--source", "{site}", "--accept", "Banjir"),
    ),
    "link.missing": Case(
        "content/2026/bad.md:5",
        "the link to '2026/sund.md' leads nowhere",
        "Did you mean '2026/sound.md'?",
        article(GOOD, "[There](sund.md)"),
    ),
    "link.unpublished": Case(
        "content/2026/bad.md:5",
        "the link to 'old' is left out: content/2026/old.md has expired",
        "bring the article back",
        with_settings('expired = "hide"')
        + "-- content/2026/old.md --\n---\ntitle: Old\ndate: 2025-05-01\nexpires: 2025-06-01\n---\nWords.\n"
        + article(GOOD, "[[old]]"),
    ),
    "link.bare": Case(
        "content/2026/bad.md:7",
        "`Baca juga: banjir-rob-surut` is no link",
        "Write `Baca juga: [[banjir-rob-surut]]`.",
        article(GOOD, "Words.\n\n**Baca juga:** banjir-rob-surut"),
    ),
    "link.nowhere": Case(
        "content/2026/bad.md:5",
        "nothing is published at /tentang-kami/",
        "link to the source file or slug",
        article(GOOD, "[There](/tentang-kami/)"),
    ),
    "address.long": Case(
        "content/2026/bad.md:4",
        "has a part of 300 bytes",
        "a shorter `slug`",
        article(f"{GOOD}\nslug: {'x' * 300}"),
    ),
    "link.ambiguous": Case(
        "content/2026/bad.md:5",
        "'g20' could mean any of content/2025/g20.md, content/2026/g20.md",
        "source path",
        article(GOOD, "[[g20]]")
        + "-- content/2025/g20.md --\n---\ntitle: G20 of old\ndate: 2025-05-01\n---\nWords.\n"
        + "-- content/2026/g20.md --\n---\ntitle: G20\ndate: 2026-05-01\n---\nWords.\n",
    ),
    "related.missing": Case(
        "content/2026/bad.md:4", "`related` names 'nowhere'", "id, slug or path", article(f"{GOOD}\nrelated: [nowhere]")
    ),
    "translation.missing": Case(
        "content/2026/bad.md:4",
        "`translation_of` names 'nowhere'",
        "id of the original",
        article(f"{GOOD}\ntranslation_of: nowhere"),
    ),
    "data.bad": Case("data/popular.json:1", "", '"articles"', '-- data/popular.json --\n{"articles": 5}\n'),
    "data.article": Case(
        "data/popular.json",
        "no article has the id 'nowhere'",
        "remove the id",
        '-- data/popular.json --\n{"articles": [{"id": "nowhere"}]}\n',
    ),
    "address.collision": Case(
        "content/2026/sound.md",
        "/2026/05/01/sound/ is wanted by content/2026/sound.md",
        "another slug",
        article("title: Third\ndate: 2026-05-01\nslug: sound"),
    ),
    "address.escape": Case(
        "content/2026/bad.md:4",
        "'../../etc/passwd' cannot be an address",
        "`..`",
        article(f"{GOOD}\naliases: ../../etc/passwd"),
    ),
    "note.twice": Case(
        "content/tags/nato.md",
        "the tag 'nato' is also described in content/tags/NATO.md",
        "Merge",
        "-- content/tags/NATO.md --\n---\ntitle: NATO\n---\n.\n-- content/tags/nato.md --\n---\ntitle: Nato\n---\n.\n",
    ),
    "note.merged": Case(
        "content/tags/otan.md",
        "the tag 'OTAN' is merged into 'NATO'",
        "Describe 'NATO' in a file named nato.md",
        f'-- site.toml --\n{SITE_TOML}\n[merged_tags]\notan = "NATO"\n-- content/tags/otan.md --\n---\ntitle: OTAN\n---\n.\n',
    ),
    "theme.missing": Case("site.toml:7:1", "there is no theme 'pretty'", "Correct `theme`", with_settings('theme = "pretty"')),
    "theme.bad": Case(
        "themes/default/translations/id.toml:2:",
        "",
        "Mend the line that is named; strings stand in quotes",
        '-- themes/default/translations/id.toml --\nfront = "Depan"\nlatest = \n',
    ),
    "theme.property": Case(
        "themes/default/theme.toml:2:1",
        "properties.acent",
        "accent",
        '-- themes/default/theme.toml --\n[properties]\nacent = "#060"\n',
    ),
    "theme.colour": Case(
        "themes/default/theme.toml:2:1",
        "properties.accent is 'hijau', which is no colour of CSS",
        "#0a6b4f",
        '-- themes/default/theme.toml --\n[properties]\naccent = "hijau"\n',
    ),
    "theme.unused": Case(
        "themes/default/templates/latest.html:2",
        "no template above has a block mian, so it is not shown",
        "Did you mean main?",
        '-- themes/default/templates/latest.html --\n{% extends "default:latest.html" %}\n{% block mian %}{% endblock %}\n',
    ),
    "theme.file": Case(
        "artikel.html", "artikel.html", "article.html", command=("theme", "copy", "artikel.html", "--source", "{site}")
    ),
    "theme.copied": Case(
        "themes/default/templates/day.html",
        "",
        "ssg theme diff",
        "-- themes/default/templates/day.html --\nmine\n",
        command=("theme", "copy", "day.html", "--source", "{site}"),
    ),
    "serve.address": Case(
        "--host",
        "192.0.2.1:0 cannot be used",
        "leave --host out",
        command=("serve", "--source", "{site}", "--host", "192.0.2.1", "--port", "0"),
    ),
    "template.missing": Case(
        "themes/default/templates/page.html:1",
        "there is no template 'nowhere.html'",
        "Add the file",
        '-- themes/default/templates/page.html --\n{% extends "nowhere.html" %}\n'
        "-- content/pages/tentang.md --\n---\ntitle: Tentang\n---\nWords.\n",
    ),
    "template.fault": Case(
        "themes/default/templates/latest.html:3",
        "'nothing' is undefined (while rendering /terkini/)",
        "Mend the line",
        "-- themes/default/templates/latest.html --\n<main>\n<p>A</p>\n{{ nothing }}\n</main>\n",
    ),
    "label.missing": Case(
        "themes/default/translations/id.toml",
        "the label 'hello' has no translation; themes/default/templates/latest.html:1 asks for it",
        'Add a line hello = "..." to themes/default/translations/id.toml.',
        '-- themes/default/templates/latest.html --\n<main>{{ label("hello") }}</main>\n',
    ),
    "label.bad": Case(
        "themes/default/translations/id.toml:2:1",
        "the label 'reading_time' has {menit}, and nothing of that name is filled in",
        "In braces may stand {n}, as in '{n} menit baca'.",
        '-- themes/default/translations/id.toml --\n# Ours.\nreading_time = "{menit} menit"\n',
    ),
    "label.incomplete": Case(
        "themes/default/translations/id.toml:1:1",
        "the label 'count' lacks {n}, which is filled in there",
        "Put {n} where it is to stand, as in '{n} artikel'.",
        '-- themes/default/translations/id.toml --\ncount = "banyak artikel"\n',
    ),
    "output.foreign": Case(
        "output/2026/05/03/bad/index.html", "", "static/", article(GOOD), data=(("output/2026/05/03/bad/index.html", b"mine"),)
    ),
    "output.place": Case(
        "content/out",
        "The output folder lies in content/",
        "--output DIR",
        command=("build", "--source", "{site}", "--now", "2026-06-01", "--output", "{site}/content/out"),
    ),
    "why.unknown": Case(
        "/tag/nata/",
        "no page has this address; did you mean /tag/nato/",
        "/tag/nato/",
        command=("why", "/tag/nata/", "--source", "{site}"),
    ),
    "robots.own": Case(
        "site.toml",
        "[robots] changes nothing: static/robots.txt is published as it is",
        "Write the crawlers into static/robots.txt",
        with_settings('[robots]\ntraining = "deny"') + "-- static/robots.txt --\nUser-agent: *\nDisallow:\n",
    ),
    "feed.vanished": Case(
        "content/tags/nato.md",
        'the feed /tag/nato/feed.xml was published and is not made any more: no article names the tag "NATO" now',
        'the line `title: "NATO"`. If the tag is called otherwise now: `"NATO" = ...` in [merged_tags] of site.toml. '
        'If it may go, add "/tag/nato/feed.xml" to `gone`',
        without="content/2026/sound.md",
    ),
}


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
        assert "1 warning" in said.text


def test_every_code_of_the_catalogue_is_shown_here() -> None:
    """No problem joins the catalogue without a test of what a user sees; some have theirs below and elsewhere."""
    elsewhere = {"worker.died", "host.rule", "changes.many"}  # here, in tests/serve, in test_increments.py
    elsewhere |= {"address.lost", "ledger.bad"}  # in test_ledger.py
    elsewhere |= {"host.limit", "output.missing", "changes.missing", "notify.failed"}  # in test_hosting.py
    elsewhere |= {"manifest.missing", "manifest.bad"}  # in test_copies.py
    assert set(CASES) | elsewhere == set(CATALOGUE)


@pytest.mark.skipif(sys.platform != "linux", reason="workers are forked on Linux only")
def test_a_worker_that_the_system_kills_is_told(published: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    """Out of memory or by hand: nothing is published, and a user reads what to do."""
    ours = os.getpid()

    def killed(*_: object) -> None:
        assert os.getpid() != ours
        os.kill(os.getpid(), signal.SIGKILL)

    monkeypatch.setattr("ssg.workers.FEW", 1)
    monkeypatch.setattr("ssg.reading._read_one", killed)
    before = digests(published.output)
    published.build("--workers", "2", ok=False)
    assert "ssg: error[worker.died] the system ended a worker process" in published.said
    assert "`--workers 1`" in published.said
    assert digests(published.output) == before


# -- many at once, levels, and what is left out


BROKEN = """\
-- content/2026/a.md --
---
date: 2026-05-03
---
No title.
-- content/2026/b.md --
---
title: B
date: yesterday
---
[There](nowhere.md)
-- content/2026/c.md --
---
title: C
date: 2026-05-04
title: C again
---
[There](a.md) and [where](sound.md).
"""


def test_all_problems_of_a_build_are_shown_at_once_in_the_order_of_their_places(published: Made) -> None:
    """One run names every fault, also those that show only when all articles are seen together; errors first."""
    published.write(BROKEN).build(ok=False)

    found = [(level, place, code) for place, level, code, _, _ in told(published, published.runs[-1])]
    assert found == sorted(found)  # "error" before "warning"
    shown = [(place, code) for _, place, code in found]
    assert {
        ("content/2026/a.md:1", "title.missing"),
        ("content/2026/b.md:3", "date.bad"),
        ("content/2026/c.md:4", "key.twice"),
        ("content/2026/c.md:6", "link.unpublished"),
    } <= set(shown)
    assert "Mend content/2026/a.md: the link comes back with it." in published.said
    assert "2 errors, 2 warnings" in published.said
    assert "Nothing was published" in published.said


def test_keep_going_leaves_the_bad_articles_out_and_says_so(published: Made) -> None:
    """The rest is published; a link to what is left out is a warning, its words stay and the link goes."""
    published.write(BROKEN).build("--keep-going")

    assert "Left out, for their errors: content/2026/a.md, content/2026/b.md" in published.said
    codes = {(place, level, code) for place, level, code, _, _ in told(published, published.runs[-1])}
    assert ("content/2026/c.md:6", "warning", "link.unpublished") in codes
    assert ("content/2026/a.md:1", "error", "title.missing") in codes
    body = published.page("/2026/05/04/c/").one("div", class_="body")
    assert body.text.endswith("There and where.")
    assert [text for text, _ in published.page("/2026/05/04/c/").links("div")][-1:] != ["There"]
    assert published.page("/2026/05/01/sound/").one("h1").text == "Sound"


def test_keep_going_does_not_publish_a_site_without_its_settings_or_its_theme(published: Made) -> None:
    """Only articles can be left out."""
    before = digests(published.output)
    published.write("-- themes/default/templates/article.html --\n{% if %}\n").build("--keep-going", ok=False)
    assert digests(published.output) == before


def test_a_site_sets_the_level_of_a_problem(published: Made) -> None:
    """`[problems]` lowers an error to a warning, and raises a warning to an error."""
    link = article(GOOD, "[There](nowhere.md)")
    lowered = SITE_TOML + '\n[problems]\n"link.missing" = "warning"\n"photo.missing" = "error"\n'
    published.write(f"-- site.toml --\n{lowered}{link}").build()
    assert "content/2026/bad.md:5: warning[link.missing]" in published.said

    published.write(article(f"{GOOD}\nimage: foto.jpg")).build(ok=False)
    assert "content/2026/bad.md:4: error[photo.missing]" in published.said


def test_a_level_that_cannot_be_lowered_is_refused_with_its_line(published: Made) -> None:
    """There would be nothing right to publish."""
    published.write(f'-- site.toml --\n{SITE_TOML}\n[problems]\n"title.missing" = "warning"\n').build(ok=False)
    line = SITE_TOML.count("\n") + 3
    assert f"site.toml:{line}:1: error[settings.bad] title.missing cannot be a warning" in published.said


def test_strict_makes_every_warning_an_error(published: Made) -> None:
    """A newsroom that wants nothing amiss publishes nothing amiss."""
    published.write(article(f"{GOOD}\nimage: foto.jpg"))
    before = digests(published.output)
    published.build("--strict", ok=False)
    assert "error[photo.missing]" in published.said
    assert digests(published.output) == before


def test_of_many_alike_warnings_the_first_are_shown_and_the_rest_counted(published: Made) -> None:
    """A thousand missing photos do not hide the one fault that matters; --verbose shows all."""
    for number in range(13):
        published.write(f"-- content/2026/p{number:02}.md --\n---\ntitle: P\ndate: 2026-05-03\nimage: foto.jpg\n---\n.\n")
    published.build()
    assert len(published.problems()) == 10
    assert "… and 3 more [photo.missing]; --verbose shows them all" in published.said
    assert "13 warnings" in published.said
    assert len(published.build("--verbose").problems()) == 13


def test_a_warning_of_an_unchanged_file_is_shown_at_every_build(published: Made) -> None:
    """What the cache knows of a file is told again."""
    published.write(article(f"{GOOD}\nsumary: Short"))
    first, second = published.build().problems(), published.build().problems()
    assert first == second
    assert len(first) == 1


def test_keep_going_leaves_an_article_with_a_dead_link_out_too(published: Made) -> None:
    """A page with a fault is not published; what linked to it is, with the words and without the link."""
    published.write(article(GOOD, "[There](nowhere.md)"))
    published.write("-- content/2026/good.md --\n---\ntitle: Good\ndate: 2026-05-04\n---\nSee [the third](bad.md).\n")
    published.build("--keep-going")
    assert "Left out, for their errors: content/2026/bad.md" in published.said
    assert not (published.output / "2026/05/03/bad").exists()
    body = published.page("/2026/05/04/good/").one("div", class_="body")
    assert body.text.endswith("See the third.")


def test_the_cause_is_told_before_its_consequences(published: Made) -> None:
    """A missing title comes before the warnings about those who link to the article, whatever their names."""
    published.write("-- content/2026/aaa.md --\n---\ntitle: A\ndate: 2026-05-04\n---\nSee [it](bad.md).\n")
    published.write(article("date: 2026-05-03")).build(ok=False)
    assert [line.partition(" ")[2].partition("]")[0] for line in published.problems()] == [
        "error[title.missing",
        "warning[link.unpublished",
    ]


def test_a_build_says_how_much_waits(published: Made) -> None:
    """An article that does not appear is not looked for in vain."""
    published.build()
    assert "left out" not in published.said
    published.write(article(f"{GOOD}\ndraft: true"))
    published.write("-- content/pages/kontak.md --\n---\ntitle: Kontak\ndraft: true\n---\n.\n").build()
    assert "\n2 drafts left out\n" in published.said
    published.write("-- content/2026/later.md --\n---\ntitle: Later\ndate: 2026-07-01\n---\nWords.\n").build()
    assert "\n1 scheduled, 2 drafts left out\n" in published.said
    assert "\n1 scheduled left out\n" in published.build("--drafts").said
    assert "left out" not in published.build("--drafts", "--future").said
