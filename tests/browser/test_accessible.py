"""Pages that everybody can use, as far as axe-core can tell: https://dequeuniversity.com/rules/axe/ names its rules."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from tests.browser.newsrooms import ARTICLE
from tests.browser.published import HTML_KINDS, extremes, published
from tests.browser.visits import scroll_through
from tests.conftest import Made

AXE = Path(__file__).parent.parent / "tools" / "node_modules" / "axe-core" / "axe.min.js"
_RUN = "async () => (await axe.run()).violations.map((one) => `${one.impact} ${one.id}: ${one.nodes[0].html}`)"

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def axe() -> str:
    """The text of axe-core."""
    if not AXE.is_file():
        pytest.skip("needs axe-core: npm ci --prefix tests/tools")
    return AXE.read_text(encoding="utf-8")


def violations(chromium: Browser, axe: str, origin: str, address: str, scheme: Literal["light", "dark"]) -> list[str]:
    """What axe-core finds on a page: how grave, which rule, and the first element that breaks it."""
    with chromium.new_context(viewport={"width": 1280, "height": 800}, color_scheme=scheme) as context:
        page = context.new_page()
        page.goto(origin + address)
        scroll_through(page)
        page.evaluate(axe)
        found: list[str] = page.evaluate(_RUN)
        return found


@pytest.mark.parametrize("kind", sorted(set(HTML_KINDS) - {"fragment", "onward"}))
def test_the_fullest_page_of_each_kind_has_no_barrier(chromium: Browser, axe: str, origin: str, rich: Made, kind: str) -> None:
    """Names, roles, contrast, order of headings and landmarks are right on every kind of page."""
    page, *_ = extremes(page for page in published(rich.output) if page.kind == kind and page.language == "id")
    assert violations(chromium, axe, origin, page.address, "light") == []


@pytest.mark.parametrize("address", ["/", ARTICLE, "/tag/nato/"])
def test_the_dark_page_has_no_barrier(chromium: Browser, axe: str, origin: str, address: str) -> None:
    """The colours of the night are as easy to read as those of the day."""
    assert violations(chromium, axe, origin, address, "dark") == []


def test_axe_finds_a_barrier_where_there_is_one(chromium: Browser, axe: str) -> None:
    """A clean answer of the other tests is not that of a checker which looked at nothing."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.set_content('<!doctype html><html lang="id"><title>-</title><main><h1>-</h1><img src="data:,"></main>')
        page.evaluate(axe)
        assert any("image-alt" in one for one in page.evaluate(_RUN))
