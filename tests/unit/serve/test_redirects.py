"""The lines of `_redirects`: which are rules, where they lead, and what is said of the others."""

from __future__ import annotations

from typing import Any

import pytest

from ssg.serve import redirects
from ssg.serve.redirects import Rule
from ssg.toml_places import TomlPlaces


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("/a /b", Rule(source="/a", target="/b")),
        ("  /a\t/b   302!  # why", Rule(source="/a", target="/b", status=302, force=True)),
        ("/a q=1 id=:id /b/:id", Rule(source="/a", target="/b/:id", query=(("q", "1"), ("id", ":id")))),
        ("/a /b 301 Language=en,fr", Rule(source="/a", target="/b", conditions=(("Language", ("en", "fr")),))),
        ("/a/* 200", Rule(source="/a/*", target="/a/:splat", status=200)),
        ("https://lain.example/* /b/:splat 301!", Rule(source="https://lain.example/*", target="/b/:splat", force=True)),
    ],
)
def test_a_line_is_read_as_the_host_reads_it(line: str, rule: Rule) -> None:
    """Words in their order, whatever stands between them."""
    assert redirects.read(f"# first\n\n{line}\n", "_redirects") == ((rule,), ())


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("/a", "/a leads nowhere"),
        ("/a b", "/a leads nowhere"),
        ("/a 404", "/a leads nowhere"),
        ("a /b", "a is no address"),
        ("/*/a /b", "in /*/a an asterisk"),
        ("/a /b 999", "999 is no status"),
        ("/a /b x=1 301", "'x=1' stands where the status should be"),
        ("/a /b 301 Mood=good", "Mood is no condition"),
        ("/a x /b", "'x' is neither"),
    ],
)
def test_a_line_that_is_no_rule_is_told_and_the_others_hold(line: str, what: str) -> None:
    """With the line's number."""
    rules, (problem,) = redirects.read(f"/x /y\n{line}\n/z /y\n", "static/_redirects")
    assert [rule.source for rule in rules] == ["/x", "/z"]
    assert (str(problem.place), problem.code) == ("static/_redirects:2", "host.rule")
    assert problem.what.startswith(what)


def led(text: str, path: str, query: str = "", languages: tuple[str, ...] = (), *, published: bool = False) -> str:
    """Where the rules of a text lead an address, or ""."""
    rules, problems = redirects.read(text, "_redirects")
    assert problems == ()
    found = redirects.lead(rules, path, query, languages, published)
    return found.to if found else ""


def test_the_first_rule_that_fits_has_the_say() -> None:
    """A later one is for what the earlier ones leave."""
    assert led("/a/x /1\n/a/* /2", "/a/x") == "/1"
    assert led("/a/x /1\n/a/* /2", "/a/y") == "/2"


def test_the_last_slash_makes_no_difference() -> None:
    """Neither in the rule nor in the address."""
    assert led("/a/ /b", "/a") == led("/a /b", "/a/") == "/b"


def test_blanks_stand_for_one_part_each() -> None:
    """And the same name twice for the same part."""
    assert led("/:y/:m/:y /b/:m", "/1/2/1") == "/b/2"
    assert led("/:y/:m/:y /b/:m", "/1/2/3") == ""
    assert led("/a/:x /b/:x", "/a/1/2") == ""


def test_parameters_must_be_there_and_go_on() -> None:
    """A named one fills its blank; without any the whole query goes on, unless the target has its own."""
    assert led("/a id=:id /b/:id", "/a", "id=7") == "/b/7"
    assert led("/a id=:id /b/:id", "/a", "x=7") == ""
    assert led("/a /b", "/a", "x=7") == "/b?x=7"
    assert led("/a /b?y=1", "/a", "x=7") == "/b?y=1"


def test_what_is_published_is_shown_unless_the_rule_is_forced() -> None:
    """The mark `!` is for that."""
    assert led("/a /b", "/a", published=True) == ""
    assert led("/a /b 301!", "/a", published=True) == "/b"


def test_an_address_never_leads_to_itself() -> None:
    """Nor for ever round and round with another slash."""
    assert led("/a /a/", "/a") == ""
    assert led("/* /:splat", "/x/y") == ""


def test_what_a_reader_writes_stays_in_the_path() -> None:
    """Neither a query nor another host can come of it."""
    assert led("/a/* /b/:splat", "/a/x?y#z") == "/b/x%3Fy%23z"
    assert led("/a/* /:splat", "/a//evil.example") == "/evil.example"


def test_tables_of_netlify_toml_are_the_same_rules() -> None:
    """And what is none is told with its line."""
    text = '[[redirects]]\nfrom = "/a"\nto = "/b"\nstatus = 200\nforce = true\n[[redirects]]\nto = "/c"\n'
    entries: list[dict[str, Any]] = [
        {"from": "/a", "to": "/b", "status": 200, "force": True, "conditions": {"Language": ["en"]}},
        {"to": "/c"},
    ]
    rules, (problem,) = redirects.from_toml(entries, TomlPlaces.of(text), "netlify.toml")
    assert rules == (Rule(source="/a", target="/b", status=200, force=True, conditions=(("Language", ("en",)),)),)
    assert problem.place.line == 6
    assert "from" in problem.what
