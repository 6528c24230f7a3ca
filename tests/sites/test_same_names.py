"""Sources that are nearly the same, and are still told apart."""

from __future__ import annotations

from collections.abc import Callable

from tests.conftest import Made

Site = Callable[[str], Made]

ARTICLE = "---\ntitle: {title}\ndate: 2026-05-0{day}\nid: {id}\nslug: {id}\n{more}---\n{body}\n"


def test_a_file_and_a_folder_of_one_name_are_two_articles(site: Site) -> None:
    """`a.md` and `a/index.md` each keep their own words."""
    made = site(
        "-- content/a.md --\n"
        + ARTICLE.format(title="Satu", day=1, id="satu", more="", body="Kata pertama.")
        + "-- content/a/index.md --\n"
        + ARTICLE.format(title="Dua", day=2, id="dua", more="", body="Kata kedua.")
    ).build()
    assert "Kata pertama." in made.page("/2026/05/01/satu/").one("article").text
    assert "Kata kedua." in made.page("/2026/05/02/dua/").one("article").text


def test_an_article_named_twice_in_related_is_shown_once(site: Site) -> None:
    """By its id and by its path is still one article."""
    made = site(
        "-- content/a.md --\n"
        + ARTICLE.format(title="Asal", day=1, id="asal", more="related: [lain, lain.md]\n", body="Isi.")
        + "-- content/lain.md --\n"
        + ARTICLE.format(title="Lain", day=2, id="lain", more="", body="Hal berbeda.")
    ).build()
    page = made.page("/2026/05/01/asal/")
    related = page.one("section", class_="related")
    assert related.text.count("Lain") == 1


def test_standing_pages_are_linked_to_their_translations(site: Site) -> None:
    """`translation_of` of a page names another by its slug; what names nothing is told."""
    made = site(
        "-- content/pages/tentang.md --\n---\ntitle: Tentang\n---\nKami.\n"
        "-- content/en/pages/about.md --\n---\ntitle: About\ntranslation_of: tentang\n---\nWe.\n"
    ).build()
    assert "/en/about/" in [href for _, href in made.page("/tentang/").links()]
    assert "/tentang/" in [href for _, href in made.page("/en/about/").links()]
    made.write("-- content/en/pages/about.md --\n---\ntitle: About\ntranslation_of: tentag\n---\nWe.\n").build()
    assert any("content/en/pages/about.md:3: warning[translation.missing]" in line for line in made.problems())


def test_a_preview_in_between_does_not_forget_a_feed(site: Site) -> None:
    """What was published is remembered by builds that publish; a preview neither adds to it nor wipes it."""
    tagged = ARTICLE.format(title="A", day=1, id="a", more="tags: [Nikel]\n", body="Isi.")
    made = site("-- content/a.md --\n" + tagged).build()
    made.write("-- content/a.md --\n" + tagged.replace("tags: [Nikel]\n", "")).build("--drafts")
    made.build()
    assert any("warning[feed.vanished] the feed /tag/nikel/feed.xml" in line for line in made.problems())
