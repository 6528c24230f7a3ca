"""Lighthouse on the demonstration; how fast it is, which depends on the machine, is left to `make lighthouse`."""

from __future__ import annotations

import pytest

from tests.browser import lighthouse
from tests.browser.lighthouse import Look
from tests.browser.serving import served
from tests.conftest import AT_NIGHT, Made

FAULTY = '<!doctype html><html><title>-</title><img src="x.png">'

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def looks(tmp_path_factory: pytest.TempPathFactory) -> list[Look]:
    """What Lighthouse says of the demonstration's front page, an article and a tag page, and last of a page full of faults.

    At night also of all pages by which articles are found.
    """
    if lack := lighthouse.lacking():
        pytest.skip(lack)
    made = Made(tmp_path_factory.mktemp("lighthouse"))
    made.output.mkdir()
    categories = [name for name in lighthouse.LIMITS if name != "performance"]
    with served(made.output) as origin:
        pages = lighthouse.demonstration(made, origin)
        pages = pages if AT_NIGHT else pages[: 1 + len(lighthouse.READ)]
        made.put("output/faulty.html", FAULTY.encode())
        return lighthouse.look([*pages, f"{origin}/faulty.html"], ["phone"], categories)


def test_nothing_costs_the_demonstration_a_point(looks: list[Look]) -> None:
    """Each page has the full hundred for accessibility, best practices and search engines, save where these stay away."""
    *published, _ = looks
    assert len(published) == 1 + len(lighthouse.READ) + (len(lighthouse.FOUND_BY) if AT_NIGHT else 0)
    assert [(one.page, one.faults) for one in published if lighthouse.missed(one.page, one.scores)] == []


def test_lighthouse_finds_a_fault_where_there_is_one(looks: list[Look]) -> None:
    """A full hundred is not that of a checker that looked at nothing."""
    assert max(looks[-1].scores.values()) < 100
    assert any("image-alt" in fault for fault in looks[-1].faults)
