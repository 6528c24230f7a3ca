"""An article as it is printed: its words, in their order, and nothing else."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from io import BytesIO

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.browser.newsrooms import ARTICLE
from tests.browser.serving import served
from tests.conftest import Made

_ARTICLE = """\
-- content/2021/12/cetak.md --
---
title: Waduk baru diresmikan di hulu
date: 2021-12-30 19:29
updated: 2021-12-31 08:10
section: Nasional
editor: M Haidar
tags: [Waduk, Air]
region: Karawang
source: Pengelola waduk
summary: Waduk itu menampung air hujan untuk tiga kabupaten.
corrections: {date: 2022-01-02, text: Versi lama salah menulis luas waduk.}
---
"""

pytestmark = pytest.mark.timeout(120)


def printed(chromium: Browser, address: str) -> str:
    """The text of a page on paper (A4), from the first sheet to the last, without white space."""
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(address)
        sheets = PdfReader(BytesIO(page.pdf(format="A4"))).pages
        return folded("".join(sheet.extract_text() for sheet in sheets))


def folded(text: str) -> str:
    """A text without white space, its ligatures undone, so that where lines and sheets break does not count."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_the_words_are_printed_in_their_order(site: Callable[[str], Made], chromium: Browser) -> None:
    """Headline, standfirst, date, every paragraph over several sheets, source and correction follow each other."""
    paragraphs = [f"Alinea ke-{n} tentang waduk: " + f"air ke-{n} mengalir ke sawah dan ke kota. " * 12 for n in range(1, 31)]
    made = site(_ARTICLE + "\n\n".join(paragraphs) + "\n").build()
    with served(made.output) as origin:
        text = printed(chromium, f"{origin}/2021/12/30/cetak/")
    wanted = ["Waduk baru diresmikan di hulu", "Waduk itu menampung", "Kamis, 30 Desember 2021, 19.29 WIB", *paragraphs]
    wanted += ["Pengelola waduk", "Versi lama salah menulis luas waduk."]
    place = 0
    for words in wanted:
        found = text.find(folded(words), place)
        assert found >= 0, words
        place = found + len(folded(words))


def test_menu_tools_and_what_stands_beside_are_not_printed(chromium: Browser, origin: str) -> None:
    """Nobody wants a share button, or the headlines of another day, on paper."""
    text = printed(chromium, origin + ARTICLE)
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(origin + ARTICLE)
        seen = page.locator(".tools button, .tools summary, .site-menu a, .block h2, .story h2, .related h2, .pager .label")
        unwanted = {folded(words) for words in seen.all_inner_texts()} - {""}
        body = folded(page.locator(".body > p").first.inner_text())
    assert len(unwanted) > 8
    assert "Bagikan" in unwanted
    assert body in text
    everywhere = {"Internasional"}  # a section of the menu, and the article's own
    assert {words for words in unwanted - everywhere if words in text} == set()


def test_what_is_printed_is_black_on_white_by_night_too(chromium: Browser, origin: str) -> None:
    """A reader's dark screen costs no ink."""
    with chromium.new_context(color_scheme="dark") as context:
        page = context.new_page()
        page.goto(origin + ARTICLE)
        page.emulate_media(media="print")
        for selector in ("body", "h1", ".body > p", ".standfirst", "figcaption"):
            for part in page.locator(selector).all():
                colour = part.evaluate("(part) => getComputedStyle(part).color.match(/\\d+/g).map(Number)")
                assert max(colour[:3]) < 140, selector
        assert page.evaluate("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
