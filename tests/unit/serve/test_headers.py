"""The lines of `_headers`: which headers an address has."""

from __future__ import annotations

import pytest

from ssg.serve import headers

TEXT = """\
# for all
/*
  X-All: yes
/a/*.js
  X-Script: yes
/*/feed.xml
  X-Feed: yes
/:year/
  X-All: no
  Basic-Auth: somebody:secret
"""


@pytest.mark.parametrize(
    ("path", "sent"),
    [
        ("/", {"x-all": "yes"}),
        ("/a/b.js", {"x-all": "yes", "x-script": "yes"}),
        ("/a/b/c.js", {"x-all": "yes", "x-script": "yes"}),
        ("/feed.xml", {"x-all": "yes, no", "x-feed": "yes"}),
        ("/tag/nato/feed.xml", {"x-all": "yes", "x-feed": "yes"}),
        ("/2021/", {"x-all": "yes, no"}),
        ("/2021/12/", {"x-all": "yes"}),
    ],
)
def test_an_address_has_the_headers_of_every_path_that_matches_it(path: str, sent: dict[str, str]) -> None:
    """Those of one name together; the password of a host is none."""
    rules, problems = headers.read(TEXT, "_headers")
    assert problems == ()
    assert headers.headers(rules, path) == sent


@pytest.mark.parametrize("line", ["a", "  X-A: 1", "/a\n  X A: 1", "/a\n  X-A", "/a\n  X-A:", "/a\n  X-A: \u2014"])
def test_a_line_that_is_no_header_is_told(line: str) -> None:
    """With its number."""
    _, (problem,) = headers.read(f"{line}\n", "_headers")
    assert (problem.place.line, problem.code) == (line.count("\n") + 1, "host.rule")
