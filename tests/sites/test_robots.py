"""robots.txt: who may read the site, as crawlers read it, and which sitemaps there are."""

from __future__ import annotations

from collections.abc import Callable
from urllib.robotparser import RobotFileParser

import pytest

from ssg import settings
from ssg.crawlers import CRAWLERS
from tests.conftest import SITE_TOML, Made
from tests.sites.faults import told

Site = Callable[[str], Made]

ARTICLE = "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-03\n---\nIsi.\n"
PAGE = "https://kabar.example/2026/05/03/a/"
TRAINING = {crawler.name for crawler in CRAWLERS if crawler.use == "training"}
ANSWERS = {crawler.name for crawler in CRAWLERS if crawler.use == "answers"}
SEARCH = {"Googlebot", "Bingbot", "Applebot", "DuckDuckBot", "anybot"}


def with_robots(lines: str) -> str:
    return f"-- site.toml --\n{SITE_TOML}\n[robots]\n{lines}\n{ARTICLE}"


def rules(made: Made) -> RobotFileParser:
    """The rules of the published file."""
    parser = RobotFileParser()
    parser.parse((made.output / "robots.txt").read_text(encoding="ascii").splitlines())
    return parser


def kept_out(made: Made) -> set[str]:
    """Which crawlers may not read an article."""
    parser = rules(made)
    return {name for name in TRAINING | ANSWERS | SEARCH if not parser.can_fetch(f"{name}/1.0", PAGE)}


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("", set()),
        ('training = "deny"', TRAINING),
        ('answers = "deny"', ANSWERS),
        ('training = "deny"\nanswers = "deny"', TRAINING | ANSWERS),
        ('training = "deny"\nallow = ["ccbot"]', TRAINING - {"CCBot"}),
        ('deny = ["anybot", "GPTBot"]', {"anybot", "GPTBot"}),
        ('training = "deny"\ndeny = ["anybot", "gptbot"]', TRAINING | {"anybot"}),
    ],
)
def test_the_settings_say_which_crawlers_are_kept_out(site: Site, lines: str, expected: set[str]) -> None:
    """Those that gather texts to train models apart from those that answer questions; search engines are never among them."""
    made = site(with_robots(lines)).build()
    assert kept_out(made) == expected
    assert rules(made).site_maps() == ["https://kabar.example/sitemap.xml"]


def test_the_file_has_one_group_for_all_that_are_kept_out(site: Site) -> None:
    """As RFC 9309 has it: the names, each once and by alphabet, then their rule."""
    made = site(with_robots('deny = ["Wolf", "wolf", "Fox"]')).build()
    assert (made.output / "robots.txt").read_text(encoding="ascii") == (
        "User-agent: *\nDisallow:\n\nUser-agent: Fox\nUser-agent: Wolf\nDisallow: /\n\n"
        "Sitemap: https://kabar.example/sitemap.xml\n"
    )


def test_a_preview_keeps_out_who_trains_and_lets_in_who_shows(site: Site) -> None:
    """Who answers from the site has to read that none of it is to be shown; no sitemap is named."""
    made = site(with_robots('training = "deny"\nanswers = "deny"')).build("--noindex")
    assert kept_out(made) == TRAINING
    assert rules(made).site_maps() is None


def test_a_change_of_the_settings_is_seen_by_the_next_build(site: Site) -> None:
    """And by no other page."""
    made = site(with_robots("")).build()
    made.write(with_robots('training = "deny"')).build()
    assert kept_out(made) == TRAINING
    assert made.changes()["written"] == ["robots.txt"]


def test_a_file_of_the_sites_own_comes_first(site: Site) -> None:
    """It is published as it is; that `[robots]` does nothing then is told."""
    own = "-- static/robots.txt --\nUser-agent: *\nDisallow: /x/\n"
    made = site(with_robots('training = "deny"') + own).build()
    assert (made.output / "robots.txt").read_text(encoding="ascii") == "User-agent: *\nDisallow: /x/\n"
    ((place, level, code, what, mend),) = told(made, made.runs[-1])
    assert (place, level, code) == ("site.toml", "warning", "robots.own")
    assert "static/robots.txt" in what
    assert "static/robots.txt" in mend
    assert made.write(with_robots("")).build().problems() == []


@pytest.mark.parametrize(
    ("lines", "place", "what", "mend"),
    [
        ('deny = ["*"]', "site.toml:15:", "the name of a crawler alone", ""),
        ('deny = ["GPTBot/1.0"]', "site.toml:15:", "the name of a crawler alone", ""),
        ('allow = ["GTPBot"]', "site.toml:15:", "one of the crawlers", "Did you mean GPTBot?"),
        ('allow = ["Serigala"]', "site.toml:15:", "one of the crawlers", "Take it out"),
        ('allow = ["CCBot"]\ndeny = ["ccbot"]', "site.toml:16:", 'robots.allow has "ccbot" too', "Take it out"),
        ('training = "no"', "site.toml:15:", 'must be "allow" or "deny"', ""),
    ],
)
def test_what_names_no_crawler_is_refused(site: Site, lines: str, place: str, what: str, mend: str) -> None:
    """With its line, and what was probably meant: a slip would let in whom the newsroom keeps out."""
    made = site(with_robots(lines)).build(ok=False)
    ((where, _, code, said, cure),) = told(made, made.runs[-1])
    assert where.startswith(place)
    assert code == "settings.bad"
    assert what in said
    assert mend in cure


def test_every_crawler_has_a_name_that_robots_txt_can_hold_and_a_source() -> None:
    """Each stands in the table once."""
    assert len({crawler.name.casefold() for crawler in CRAWLERS}) == len(CRAWLERS)
    assert [crawler for crawler in CRAWLERS if not crawler.source.startswith("https://")] == []
    for crawler in CRAWLERS:
        parser = RobotFileParser()
        parser.parse([f"User-agent: {crawler.name}", "Disallow: /"])
        assert not parser.can_fetch(f"{crawler.name}/1.0", PAGE)


def test_the_settings_reference_lists_every_crawler() -> None:
    """With its maker, its use and where that is said."""
    page = settings.reference()
    for crawler in CRAWLERS:
        assert f"| `{crawler.name}` | {crawler.maker} | {crawler.use} | {crawler.source} |" in page
