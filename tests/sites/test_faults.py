"""Whatever stands in a site's files and on the command line, a user reads what to mend, and never a traceback."""

from __future__ import annotations

import pytest

from tests.conftest import Made, digests
from tests.sites.faults import told, with_settings

# -- templates


@pytest.mark.parametrize(
    ("name", "template", "line", "what"),
    [
        ("article.html", "<p>A</p>\n{% if article %}\n<p>B</p>\n", 3, "'endif'"),
        ("article.html", "<p>\n\n{{ article.title|shout }}</p>\n", 3, "No filter named 'shout'"),
        ("article.html", "<p>\n{{ article.headline }}</p>\n", 2, "headline"),
        ("article.html", "<p>\n{{ 1 // 0 }}</p>\n", 2, "ZeroDivisionError"),
        ("terms.html", '{% extends "base.html" %}\n{% block title %}\n{{ ask.nothing() }}{% endblock %}', 3, "nothing"),
        ("macros.html", "{% macro cards(x) %}\n{{ x.y.z }}\n{% endmacro %}\n{% endfor %}", 4, "endfor"),
    ],
)
def test_a_fault_of_a_template_is_named_with_its_file_and_line(
    published: Made, name: str, template: str, line: int, what: str
) -> None:
    """Of syntax and of rendering alike, and without a traceback; nothing is published."""
    before = digests(published.output)
    published.write(f"-- themes/default/templates/{name} --\n{template}").build(ok=False)

    faults = [problem for problem in told(published, published.runs[-1]) if problem[2] == "template.fault"]
    assert any(place == f"themes/default/templates/{name}:{line}" and what in words for place, _, _, words, _ in faults), (
        published.said
    )
    assert "Traceback" not in published.said
    assert digests(published.output) == before


def test_a_fault_that_shows_on_every_page_is_told_once(published: Made) -> None:
    """A thousand articles with one template at fault are one thing to mend."""
    published.write("-- themes/default/templates/article.html --\n{{ nothing }}\n").build(ok=False)
    assert len(published.problems()) == 1
    assert "(while rendering /2026/05/01/sound/)" in published.said


# -- nothing ever ends in a traceback


def test_a_folder_named_like_an_article_is_a_folder(published: Made) -> None:
    """Whatever stands in `a.md/` is read as in any other folder."""
    published.write("-- content/a.md/inner.md --\n---\ntitle: Inner\ndate: 2026-05-03\n---\n.\n").build()
    assert published.page("/2026/05/03/inner/").one("h1").text == "Inner"


def test_a_link_to_nothing_and_a_link_out_of_the_site_are_problems(published: Made) -> None:
    """A symbolic link can neither break a build nor lead it to other people's files."""
    (published.root / "content/gone.md").symlink_to("nothing.md")
    (published.root / "content/out.md").symlink_to("/etc/hostname")
    published.build(ok=False)
    assert "content/gone.md: error[file.unreadable] the symbolic link leads to nothing" in published.said
    assert "content/out.md: error[address.escape] the symbolic link leads out of content/" in published.said


def test_static_files_are_looked_at_as_closely(published: Made) -> None:
    """A link out of static/ would publish other people's files, and one to nothing would be passed over."""
    (published.root / "static").mkdir()
    (published.root / "static/gone.txt").symlink_to("nothing.txt")
    (published.root / "static/out.txt").symlink_to("/etc/hostname")
    published.build(ok=False)
    assert "static/gone.txt: error[file.unreadable]" in published.said
    assert "static/out.txt: error[address.escape]" in published.said


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("themes/default/translations/id.toml", "theme.bad"),
        ("data/popular.json", "data.bad"),
        ("site.toml", "file.unreadable"),
    ],
)
def test_a_folder_in_the_place_of_a_file_is_named(published: Made, path: str, code: str) -> None:
    """It cannot be read, and says so."""
    (published.root / path).unlink(missing_ok=True)
    (published.root / path).mkdir(parents=True)
    published.build(ok=False)
    assert any(line.startswith(path) and f"error[{code}]" in line for line in published.problems()), published.said


@pytest.mark.parametrize(
    ("settings", "place", "what"),
    [
        ("title = 5\nbase_url = 'https://a.example/'\n", "site.toml:1:", "title"),
        ("title = 'A'\n", "site.toml", "base_url"),
        ("title = 'A'\nbase_url = 'a.example'\n", "site.toml:2:", "base_url"),
        ("title = 'A'\nbase_url = 'https://a.example/'\npage_size = 0\n", "site.toml:3:", "page_size"),
        ("title = 'A'\nbase_url = 'https://a.example/'\npage_size = 'ten'\n", "site.toml:3:", "page_size"),
        ("title = 'A'\nbase_url = 'https://a.example/'\n[feeds]\nsize = true\n", "site.toml:4:", "feeds.size"),
        ("title = 'A'\nbase_url = 'https://a.example/'\n[feeds]\nsise = 3\n", "site.toml:4:", "sise"),
        ("title = 'A'\nbase_url = 'https://a.example/'\nlanguages = 3\n", "site.toml:3:", "languages"),
        ("title = 'A'\nbase_url = 'https://a.example/'\n[languages.xx-yy]\ntitle = 'B'\n", "site.toml:3:", "xx-yy"),
        ("title = 'A'\nbase_url = 'https://a.example/'\n[problems]\n'link.mising' = 'error'\n", "site.toml:4:", "link.mising"),
        ("\x00", "site.toml", ""),
    ],
)
def test_a_bad_setting_is_named_with_its_line(published: Made, settings: str, place: str, what: str) -> None:
    """Whatever stands in site.toml, a user reads which line to mend."""
    published.write(f"-- site.toml --\n{settings}").build(ok=False)
    assert any(line.startswith(place) and "error[settings." in line and what in line for line in published.problems())
    assert "Traceback" not in published.said


def test_a_misspelt_setting_is_answered_with_the_nearest_one(published: Made) -> None:
    """The cure names what was probably meant."""
    problems = [
        problem
        for line in ("timezon = 'Asia/Jakarta'", "permalnk = '/{slug}/'")
        for problem in told(published, published.write(with_settings(line)).build(ok=False).runs[-1])
    ]
    assert "timezone" in problems[0][4]
    assert "permalink" in problems[1][4]


@pytest.mark.parametrize("now", ["nonsense", "2026-13-01", "", "31/31/2026"])
def test_a_moment_that_is_none_is_told_plainly(published: Made, now: str) -> None:
    """`--now` is read as a date of front matter is."""
    published.build("--now", now, ok=False)
    assert "--now: error[date.bad]" in published.said


@pytest.mark.parametrize(
    ("folder", "what"),
    [
        (".", "is or holds the site's own folder"),
        ("..", "is or holds the site's own folder"),
        ("content", "lies in content/"),
        ("static/x", "lies in static/"),
        ("themes", "lies in themes/"),
        (".git", "lies in .git/"),
        ("site.toml", "A file stands where the output folder should be"),
    ],
)
def test_the_output_is_never_put_among_the_sources(published: Made, folder: str, what: str) -> None:
    """Whatever --output names, no source is overwritten."""
    before = digests(published.root / "content")
    published.build("--output", str(published.root / folder), ok=False)
    assert "error[output.place]" in published.said
    assert what in published.said
    assert digests(published.root / "content") == before


def test_themes_that_extend_each_other_in_a_circle_are_named(published: Made) -> None:
    """Neither a theme that extends itself nor two that extend each other."""
    published.write(with_settings('theme = "a"') + '-- themes/a/theme.toml --\nextends = "a"\n').build(ok=False)
    assert "themes/a/theme.toml:1:1: error[theme.bad] the theme 'a' extends itself" in published.said

    published.write('-- themes/a/theme.toml --\nextends = "b"\n-- themes/b/theme.toml --\nextends = "a"\n').build(ok=False)
    assert "themes/b/theme.toml:1:1: error[theme.bad] the theme 'a' extends itself" in published.said


@pytest.mark.parametrize(
    ("file", "content", "what"),
    [
        ("theme.toml", b"extends = 5\n", "extends"),
        ("theme.toml", b"extend = 'default'\n", "extend"),
        ("theme.toml", b"extends = \n", ""),
        ("theme.toml", b"description = '\xff'\n", ""),
        ("theme.toml", b"extends = 'nowhere'\n", "nowhere"),
        ("translations/id.toml", b"latest = 5\n", "latest"),
        ("translations/id.toml", b"\xff\xfe\n", ""),
        ("templates/article.html", b"\xff\xfe\n", "UTF-8"),
    ],
)
def test_a_bad_file_of_a_theme_is_named(published: Made, file: str, content: bytes, what: str) -> None:
    """A theme's author reads which file and what in it."""
    published.put(f"themes/default/{file}", content).build(ok=False)
    assert any(line.startswith(f"themes/default/{file}") and what in line for line in published.problems()), published.said
    assert "Traceback" not in published.said


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b'{"articles": [{"id": 5}]}', b'{"articles": [{"name": "a"}]}', b"\xff", b'{"articles": [], "x": 1}'],
)
def test_broken_figures_are_told_with_the_format_that_is_asked_for(published: Made, content: bytes) -> None:
    """`data/popular.json` has one documented format; anything else publishes nothing."""
    before = digests(published.output)
    published.put("data/popular.json", content).build(ok=False)
    assert published.problems()[0].startswith("data/popular.json:1: error[data.bad]")
    assert '{"updated": "2021-12-31", "articles": [{"id": "...", "views": 120}]}' in published.said
    assert digests(published.output) == before


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00",
        b"\xff\xfe",
        b"---\n---\n",
        b"---\n",
        b"+++\n",
        b"{",
        b"---\n- a\n---\n",
        b"---\ntitle: [\n---\n",
        b"---\n&a [*a]\n---\n",
    ],
)
def test_whatever_a_file_holds_it_is_a_problem_and_no_traceback(published: Made, content: bytes) -> None:
    """Empty, cut off, or of another kind: every such file is named."""
    before = digests(published.output)
    published.put("content/2026/bad.md", content).build(ok=False)
    assert published.problems()
    assert all(line.startswith("content/2026/bad.md") for line in published.problems())
    assert digests(published.output) == before
