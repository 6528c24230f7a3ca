"""Pages that everybody can use, as far as axe-core can tell: https://dequeuniversity.com/rules/axe/ names its rules."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.newsrooms import ARTICLE, KEPT
from tests.browser.published import HTML_KINDS, extremes, published
from tests.browser.serving import PROJECT, served
from tests.browser.visits import IS_KEPT, scroll_through, until
from tests.conftest import Made

AXE = Path(__file__).parent.parent / "tools" / "node_modules" / "axe-core" / "axe.min.js"
PHONE, DESK = 360, 1280  # pixels
KINDS = sorted(set(HTML_KINDS) - {"fragment", "offline", "onward"})

Scheme = Literal["light", "dark"]
_View = tuple[int, Scheme]
_VIEWS: tuple[_View, ...] = ((PHONE, "light"), (PHONE, "dark"), (DESK, "light"), (DESK, "dark"))
_APART: tuple[_View, ...] = ((PHONE, "light"), (DESK, "dark"))  # each width and each scheme once

# The size of what is clicked (WCAG 2.2, 2.5.8) is not among the rules that axe-core looks at of itself.
_RUN = """async () => {
  const { violations } = await axe.run({ rules: { "target-size": { enabled: true } } });
  return violations.map((one) => `${one.impact} ${one.id}: ${one.nodes[0].html}`);
}"""

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def axe() -> str:
    """The text of axe-core."""
    if not AXE.is_file():
        pytest.skip("needs axe-core: npm ci --prefix tests/tools")
    return AXE.read_text(encoding="utf-8")


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """An empty page on a telephone."""
    with chromium.new_context(viewport={"width": PHONE, "height": 800}) as context:
        yield context.new_page()


def violations(page: Page, axe: str, views: tuple[_View, ...] = _VIEWS) -> list[str]:
    """What axe-core finds on an open page on a telephone and on a desk, by day and by night.

    Each is told as where, how grave, which rule, and the first element that breaks it.
    """
    page.evaluate(axe)
    found = []
    for width, scheme in views:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        found += [f"{width} {scheme} {one}" for one in page.evaluate(_RUN)]
    return found


@pytest.fixture(params=["default", "plain"])
def themed(request: pytest.FixtureRequest) -> tuple[Made, str]:
    """The fullest newsroom in each theme that comes with the program, and where it is served."""
    made, origin = ("rich", "origin") if request.param == "default" else ("plain", "plain_origin")
    return request.getfixturevalue(made), request.getfixturevalue(origin)


@pytest.mark.parametrize("kind", KINDS)
def test_no_kind_of_page_has_a_barrier(
    page: Page, axe: str, themed: tuple[Made, str], kind: str, request: pytest.FixtureRequest
) -> None:
    """Names, roles, contrast, order of headings and landmarks are right on the fullest and the emptiest page of every kind.

    In every view on the fullest of each kind in the default theme; on the others each width and each scheme is looked at once.
    """
    made, origin = themed
    chosen = extremes(one for one in published(made.output) if one.kind == kind)
    if kind == "search" and origin != request.getfixturevalue("origin"):
        assert chosen == []  # it is a script's, and the theme that is text alone has none
        return
    assert {one.language for one in chosen} >= {"id"}
    found = {}
    seen: set[str] = set()
    for one in chosen:  # the fullest of each language comes first
        whole = one.language not in seen and origin == request.getfixturevalue("origin")
        seen.add(one.language)
        page.goto(origin + one.address)
        scroll_through(page, pause=0)
        found[one.address] = violations(page, axe, _VIEWS if whole else _APART)
    assert {address: faults for address, faults in found.items() if faults} == {}


def test_the_pages_of_a_site_without_an_article_have_no_barrier(page: Page, axe: str, bare: Made) -> None:
    """Who has only begun a site has nothing to mend."""
    with served(bare.output) as origin:
        for one in extremes(published(bare.output)):
            page.goto(origin + one.address)
            assert violations(page, axe) == [], one.address


def test_the_page_for_readers_without_a_connection_has_no_barrier(page: Page, axe: str, keeping: Made) -> None:
    """In each language, whether the browser has kept an article or not."""
    with served(keeping.output) as origin:
        for address in ("/luring/", KEPT, "/luring/", "/en/offline/"):
            page.goto(origin + address)
            if address == KEPT:
                until(page, IS_KEPT)
            assert violations(page, axe, _APART) == [], address


def test_a_search_has_no_barrier_whether_it_finds_or_not(page: Page, axe: str, origin: str) -> None:
    """What was found, what is marked in it, and the help where nothing was."""
    page.goto(f"{origin}/cari/?q=berita+telepon+keamanan")
    expect(page.locator("#_more")).to_be_visible()
    assert violations(page, axe) == []
    page.locator("#_q").fill("tidakadakataini")
    expect(page.locator("#_help")).to_be_visible()
    assert violations(page, axe) == []


def test_an_open_menu_and_an_open_share_panel_have_no_barrier(page: Page, axe: str, origin: str) -> None:
    """What is seen only after a click is as easy to use as the rest."""
    page.goto(origin + ARTICLE)
    page.locator(".share summary").click()
    expect(page.locator(".share a").first).to_be_visible()
    assert violations(page, axe) == []
    page.keyboard.press("Escape")
    page.set_viewport_size({"width": PHONE, "height": 800})
    page.locator(".reach .menu-button").click()
    expect(page.locator(".site-menu a").first).to_be_visible()
    assert violations(page, axe) == []


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_every_colour_of_text_stands_out_from_every_ground(theme: str) -> None:
    """Where axe-core cannot tell, as where a link covers its card, the theme's own pairs do (WCAG 2.2, 1.4.3)."""
    properties = tomllib.loads((PROJECT / "themes" / theme / "theme.toml").read_text(encoding="utf-8"))["properties"]
    night = properties.pop("dark")
    for colours in (properties, properties | night):
        for text in {"ink", "faint", "link", "accent"} & colours.keys():
            for ground in {"paper", "tint", "notice"} & colours.keys():
                assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground, colours[text], colours[ground])


def contrast(one: str, other: str) -> float:
    """How far two colours (`#rrggbb`) stand apart, from 1 to 21: WCAG 2.2, "contrast ratio" and "relative luminance"."""

    def luminance(colour: str) -> float:
        parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_axe_finds_a_barrier_where_there_is_one(page: Page, axe: str) -> None:
    """A clean answer of the other tests is not that of a checker which looked at nothing."""
    page.set_content('<!doctype html><html lang="id"><title>-</title><main><h1>-</h1><img src="data:,"></main>')
    assert len([one for one in violations(page, axe) if "image-alt" in one]) == len(_VIEWS)
    assert contrast("#777777", "#ffffff") < 4.5 < contrast("#767676", "#ffffff")
