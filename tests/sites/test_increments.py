"""What a user sees of the increment: what changed, why, how long it took, and that it can be trusted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable

import pytest

from tests.conftest import SITE_TOML, Made

Site = Callable[[str], Made]

ARTICLES = "".join(
    f"-- content/b{n}.md --\n---\ntitle: Berita {n}\ndate: 2026-01-{n:02}\ntags: [Uji]\n---\nIsi berita nomor {n}.\n\nAkhir.\n"
    for n in range(1, 9)
)
NEWEST = "-- content/b9.md --\n---\ntitle: Berita 9\ndate: 2026-01-09\ntags: [Uji]\n---\nIsi berita nomor 9.\n"
EDITED = "-- content/b1.md --\n---\ntitle: Berita 1\ndate: 2026-01-01\ntags: [Uji]\n---\nIsi berita nomor 1.\n\nAkhir, lain.\n"


def test_a_build_lists_what_it_changed(site: Site) -> None:
    """The article that was edited, and the one page, the feeds and the part of the index that hold its text."""
    made = site(ARTICLES).build().write(EDITED).build()
    told = made.changes()
    assert told["sources"] == {"added": [], "changed": ["content/b1.md"], "removed": []}
    assert told["rendered"] == [
        *("/2026/01/01/b1/", "/feed.xml", "/tag/uji/feed.xml", "/cari/2026-1.gz", "/cari/parts.json"),
    ]
    assert told["written"] == [
        *("2026/01/01/b1/index.html", "cari/2026-1.gz", "cari/parts.json", "feed.xml", "tag/uji/feed.xml"),
    ]
    assert f": 5 written, {told['kept']:,} kept, 0 removed" in made.said


def test_where_nothing_changed_nothing_is_done(site: Site) -> None:
    """The second build reads no article, and says what the first one said; its warnings too."""
    made = site(ARTICLES + "-- content/b0.md --\n---\ntitel: A\ntitle: A\ndate: 2026-01-01\n---\nSatu.\n").build()
    warnings = made.problems()
    assert warnings
    made.build().build()
    assert made.problems() == warnings
    assert "s (reading 0." in made.said
    assert "rendering" not in made.said
    assert (made.changes()["rendered"], made.changes()["written"]) == ([], [])


def test_an_articles_hour_comes_though_no_file_has_changed(site: Site) -> None:
    """What is published is decided by the moment, and looked at in every build."""
    made = site(ARTICLES).build("--now", "2026-01-08 23:00")
    made.write(NEWEST).build("--now", "2026-01-08 23:00")
    assert not (made.output / "2026/01/09/b9/index.html").exists()
    made.build("--now", "2026-01-09 12:00")
    assert (made.output / "2026/01/09/b9/index.html").exists()
    made.build("--now", "2026-01-08 23:00")
    assert not (made.output / "2026/01/09/b9/index.html").exists()


def test_a_page_says_why_it_was_rendered(site: Site) -> None:
    """By its address, its web address, its source or its file: what it is made of, and what had changed."""
    made = site(ARTICLES).build().write(EDITED).build()
    for named in ("/2026/01/01/b1/", "https://kabar.example/2026/01/01/b1", f"{made.root}/content/b1.md"):
        said = made.run("why", named).text
        assert "/2026/01/01/b1/  article, id: 2026/01/01/b1/index.html" in said
        assert "sources\n    content/b1.md\n" in said
        assert "    article.html\n" in said
        assert "    related of the page\n" in said
        assert "rendered it, for these had changed:\n        article of the page\n" in said
        assert said.endswith("next build\n    keeps it\n")
    assert "last build\n    kept it" in made.run("why", "/2026/01/02/b2/").text


def test_a_page_says_what_will_change_it(site: Site) -> None:
    """Before it is built."""
    made = site(ARTICLES).build().write(NEWEST)
    made.put("themes/default/translations/id.toml", b'feed = "Langganan"\n')
    said = made.run("why", "/").text
    assert "renders it, for these have changed:\n" in said
    assert "        label('id', 'feed')\n" in said
    assert "        front_news()\n" in said
    made.output.joinpath("404.html").unlink()
    assert "its file is not there" in made.run("why", "404.html").text


def test_an_address_that_is_none_is_told(site: Site) -> None:
    """With the nearest one that is."""
    made = site(ARTICLES).build()
    run = made.run("why", "/tag/uju/")
    assert run.code == 1
    assert run.problems() == ["/tag/uju/: error[why.unknown] no page has this address; did you mean /tag/uji/"]


def test_a_build_can_be_verified(site: Site) -> None:
    """It is built from scratch beside it, nothing of that stays, and a file that differs is named."""
    made = site(ARTICLES).build().write(EDITED).build("--verify")
    assert "Verified: " in made.said
    page = made.output / "2026/01/02/b2/index.html"
    known = page.stat()
    page.write_bytes(page.read_bytes().replace(b"nomor", b"n0mor"))
    os.utime(page, ns=(known.st_atime_ns, known.st_mtime_ns))
    made.build("--verify", ok=False)
    assert "2026/01/02/b2/index.html: other bytes\n" in made.said
    assert "1 file not as a build from scratch makes them" in made.said
    assert not list((made.root / ".ssg-cache").glob("verify-*"))
    made.build("--clean", "--verify")
    assert "Verified: " in made.said


def test_a_profile_names_what_took_long(site: Site) -> None:
    """Phases, templates, pages and sources."""
    said = site(ARTICLES).build("--profile").said
    for name in ("rendering\n", "template article.html\n", "kind feed\n", "  /2026/01/01/b1/\n", "  content/b1.md\n"):
        assert name in said


BUDGET = f"-- site.toml --\nchange_budget = {{}}\n{SITE_TOML}"


def test_a_theme_that_puts_news_into_every_page_breaks_the_budget(site: Site) -> None:
    """The build fails before anything is published, and names some of the files."""
    asks = '{% extends "default:article.html" %}{% block main %}{{ ask.latest(1)[0].title }}{% endblock %}'
    made = site(BUDGET.format(12) + ARTICLES + f"-- themes/default/templates/article.html --\n{asks}\n").build()
    before = made.files()
    made.write(NEWEST).build(ok=False)
    assert made.files() == before
    [told] = made.problems()
    assert told.startswith("site.toml: error[changes.many] ")
    assert "files would change for 1 changed in content/, 12 are allowed for each: 2026/01/01/b1/index.html, " in told
    made.write(BUDGET.format(60)).build()


@pytest.mark.parametrize("other", ["-- static/a.txt --\nA\n", "-- themes/default/translations/id.toml --\nfront = 'Muka'\n"])
def test_the_budget_is_for_articles_alone(site: Site, other: str) -> None:
    """A new label or setting may change every page."""
    site(BUDGET.format(1) + ARTICLES).build().write(other).build()


def test_the_budget_holds_in_a_fresh_clone(site: Site) -> None:
    """A host has the cache and the output of the last build, and every source file anew, in another folder."""
    asks = '{% extends "default:article.html" %}{% block main %}{{ ask.latest(1)[0].title }}{% endblock %}'
    made = site(BUDGET.format(12) + ARTICLES + f"-- themes/default/templates/article.html --\n{asks}\n").build()
    clone = Made(made.root.with_name("clone"))
    shutil.copytree(made.root, clone.root)
    clone.write(NEWEST).build(ok=False)
    assert "error[changes.many]" in clone.said
    clone.remove("content/b9.md").build()
    assert clone.files() == made.files()
    assert clone.changes()["rendered"] == []
