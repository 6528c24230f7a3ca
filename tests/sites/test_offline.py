"""Reading without a connection: what a site publishes for it, and only where it is asked to."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from typer.testing import CliRunner

from ssg.cli import app
from ssg.site_toml import load
from tests.conftest import SITE_TOML, Made
from tests.sites.faults import with_settings

Site = Callable[[str], Made]

ARTICLES = """\
-- content/satu.md --
---
title: Satu
date: 2026-05-01
tags: NATO
---
Isi satu.
-- content/en/one.md --
---
title: One
date: 2026-05-01
---
Text.
"""
ON = with_settings("offline = true")
OFF = f"-- site.toml --\n{SITE_TOML}"


def told(made: Made) -> dict[str, Any]:
    """What the script knows of its site."""
    script = (made.output / "sw.js").read_text(encoding="utf-8")
    known = json.loads(script.partition("const SITE = ")[2].partition(";\n")[0])
    assert isinstance(known, dict)
    return known


def test_a_site_keeps_nothing_in_browsers_unless_it_is_asked_to(site: Site) -> None:
    """And once it is asked no longer, not one byte tells that it ever was."""
    made = site(ARTICLES).build()
    never = made.files()
    assert "sw.js" not in "".join(file.read_text(encoding="utf-8") for file in made.output.rglob("*.html"))
    made.write(ON).build()
    assert made.files().keys() - never.keys() == {"sw.js", "luring/index.html", "en/offline/index.html"}
    made.write(OFF).build("--verify")
    assert made.files() == never


def test_every_page_loads_the_script_and_an_article_is_kept(site: Site) -> None:
    """The page of each language for readers without a connection is no search result."""
    made = site(ON + ARTICLES).build()
    for address, keeps in {
        "/": [],
        "/tag/nato/": [],
        "/luring/": [],
        "/2026/05/01/satu/": [""],
        "/en/2026/05/01/one/": [""],
    }.items():
        (script,) = made.page(address).find("script", src="/sw.js")
        assert [script[name] for name in script.attributes if name == "data-keep"] == keeps, address
        assert "defer" in script.attributes
    page = made.page("/en/offline/")
    assert page.one("h1").text == "No connection"
    assert page.one("meta", name="robots")["content"] == "noindex"
    assert "data-kept" in page.one("ul", class_="headlines").attributes
    assert "offline" not in made.sitemap()
    assert "luring" not in made.sitemap()


def test_the_script_knows_the_pages_of_each_language_and_what_they_need(site: Site) -> None:
    """By links, so that a site in a folder of its host has a say in that folder alone."""
    made = site(ON + ARTICLES).build("--base-url", "https://kabar.example/arsip/")
    known = told(made)
    assert known["pages"] == [["/arsip/en/", "/arsip/en/offline/"], ["/arsip/", "/arsip/luring/"]]
    assert known["files"] == ["/arsip/en/offline/", "/arsip/luring/", "/arsip/aset/style.css"]
    assert known["assets"] == "/arsip/aset/"
    assert made.page("/").find("script", src="/arsip/sw.js")


def test_the_version_is_made_of_bytes_and_news_is_none(site: Site) -> None:
    """A new article leaves the script as it is; a changed file of the theme, or a new word on the page, makes it another."""
    made = site(ON + ARTICLES).build()
    first = told(made)["version"]
    made.write(ARTICLES.replace("satu", "dua").replace("Satu", "Dua")).build("--verify")
    assert told(made)["version"] == first
    made.write('-- themes/default/theme.toml --\n[properties]\naccent = "#0a6b4f"\n').build()
    second = told(made)["version"]
    made.write('-- themes/default/translations/id.toml --\noffline = "Luring"\n').build()
    assert len({first, second, told(made)["version"]}) == 3


def test_the_sums_of_all_files_know_the_script(site: Site) -> None:
    """It is made before they are told."""
    made = site(ON + "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\n.\n")
    settings = (made.root / "site.toml").read_text(encoding="utf-8")
    made.put("site.toml", f"{settings}\n[data]\nmanifests = true\n".encode()).build()
    assert "  sw.js\n" in (made.output / "data/manifest.txt").read_text(encoding="utf-8")
    assert CliRunner().invoke(app, ["verify", str(made.output)]).exit_code == 0


def test_the_theme_of_text_alone_keeps_articles_too(site: Site) -> None:
    """The only script that it ever has."""
    made = site(with_settings('theme = "plain"\noffline = true') + ARTICLES).build()
    assert made.problems() == []
    assert made.page("/2026/05/01/satu/").scripts == ["/sw.js"]
    assert "data-kept" in made.page("/luring/").one("ul", class_="list").attributes


def test_a_script_of_the_sites_own_at_that_address_is_told(site: Site) -> None:
    """Two workers cannot have one scope."""
    made = site(ON + ARTICLES + "-- static/sw.js --\n// ours\n").build(ok=False)
    assert any("/sw.js is wanted by" in problem for problem in made.problems())


def test_nothing_is_kept_while_a_site_is_written(site: Site) -> None:
    """A browser would show what it has kept, and not the last change."""
    made = site(ON)
    assert load(made.root).settings.offline
    assert not load(made.root, offline=False).settings.offline
