"""The theme that is text alone, in a browser: it asks for a page and a style sheet, fits any screen, and takes on a colour."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser import newsrooms
from tests.browser.published import extremes, published
from tests.browser.serving import served
from tests.browser.visits import WATCH, Visit, visit
from tests.conftest import Made

ALONE = {"fragment", "onward"}  # a part of a page, and what leads on at once

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def visits(chromium: Browser, plain: Made, plain_origin: str) -> list[Visit]:
    """The fullest page of each kind, looked at once at every width."""
    fullest = {page.kind: page.address for page in reversed(extremes(published(plain.output))) if page.kind not in ALONE}
    with chromium.new_context() as context:
        context.add_init_script(WATCH)
        # A browser asks for an icon by itself; no page of this theme names one.
        context.route("**/favicon.ico", lambda route: route.fulfill(status=204))
        page = context.new_page()
        return [visit(page, plain_origin, address) for address in fullest.values()]


def test_a_page_asks_for_itself_and_its_style_sheet_alone(visits: list[Visit]) -> None:
    """No picture, no script, no other host."""
    assert len(visits) > 10
    for one in visits:
        paths = [url.split("/", 3)[3] for url in one.requests if not url.endswith("/favicon.ico")]
        assert paths == [one.address.lstrip("/"), "aset/style.css"], one.address


def test_no_page_breaks_the_policy_makes_the_console_complain_or_scrolls_sideways(visits: list[Visit]) -> None:
    """It is as sound as the default theme, from 320 pixels."""
    for one in visits:
        assert one.breaches == one.complaints == (), one.address
        assert {width: by for width, by in one.overflow.items() if by > 0} == {}, one.address


@pytest.mark.parametrize(("scheme", "colour"), [("light", "rgb(18, 52, 86)"), ("dark", "rgb(171, 205, 239)")])
def test_a_site_changes_a_colour_with_a_few_lines(chromium: Browser, tmp_path: Path, scheme: str, colour: str) -> None:
    """What its theme.toml says is what a reader sees, by day and by night; all else stays."""
    own = '-- themes/plain/theme.toml --\n[properties]\nink = "#123456"\n[properties.dark]\nink = "#abcdef"\n'
    made = newsrooms.sparse(Made(tmp_path / "site"))
    text = (made.root / "site.toml").read_text(encoding="utf-8")
    made.put("site.toml", f'theme = "plain"\n{text}'.encode()).write(own).build()
    with served(made.output) as origin, chromium.new_context(color_scheme=scheme) as context:  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(f"{origin}/")
        assert page.evaluate("() => getComputedStyle(document.body).color") == colour
        paper = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
    assert paper == ("rgb(255, 254, 251)" if scheme == "light" else "rgb(22, 21, 15)")
