"""Links between articles: written as paths, slugs or references, shown with the addresses and titles of today."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import SITE_TOML, Html, Made

Site = Callable[[str], Made]

TARGET = """\
-- content/2026/04/g20.md --
---
title: G20 & Bali
date: 2026-04-01
id: g20-bali
---
Words.

## Hasil

More.
"""
SOURCE = "-- content/2026/05/a.md --\n---\ntitle: A\ndate: 2026-05-01\n---\n%s\n"
ADDRESS = "/2026/04/01/g20/"


def body(made: Made) -> Html:
    """The text of the linking article."""
    return Html(made.page("/2026/05/01/a/").source.partition('<div class="body">')[2].partition("<footer>")[0])


def link(made: Made) -> tuple[str, str]:
    """The one link in the text."""
    (found,) = body(made).find("a")
    return found.text, found["href"]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("[teks](../04/g20.md)", ("teks", ADDRESS)),
        ("[teks](/2026/04/g20.md)", ("teks", ADDRESS)),
        ("[teks](../04/g20.md#hasil)", ("teks", f"{ADDRESS}#hasil")),
        ("[teks][1]\n\n[1]: ../04/g20.md", ("teks", ADDRESS)),
        ("[[g20]]", ("G20 & Bali", ADDRESS)),
        ("[[g20-bali]]", ("G20 & Bali", ADDRESS)),
        ("[[g20#hasil]]", ("G20 & Bali", f"{ADDRESS}#hasil")),
        ("Baca Juga: [[g20]]", ("G20 & Bali", ADDRESS)),
        ("**Baca juga:** [judul lama](../04/g20.md)", ("G20 & Bali", ADDRESS)),
        ("[teks](/terkini/)", ("teks", "/terkini/")),
        ("[teks](https://other.example/?a=1&b=2)", ("teks", "https://other.example/?a=1&b=2")),
        ("[teks](#bagian)", ("teks", "#bagian")),
        ("[teks](mailto:a@b.example)", ("teks", "mailto:a@b.example")),
    ],
)
def test_a_link_leads_to_the_page_of_today(site: Site, written: str, shown: tuple[str, str]) -> None:
    """Whatever way it is written, it shows the present address, and where it has no text of its own the present title."""
    made = site(TARGET + SOURCE % written).build()
    assert link(made) == shown
    assert made.problems() == []


def test_a_new_title_and_slug_show_in_every_link(site: Site) -> None:
    """Nobody looks for the old ones by hand."""
    made = site(TARGET + SOURCE % "Baca Juga: [[g20-bali]]").build()
    made.write(TARGET.replace("title: G20 & Bali", "title: Judul baru\nslug: baru")).build()
    assert link(made) == ("Judul baru", "/2026/04/01/baru/")


def test_read_also_is_a_paragraph_of_its_own_with_the_themes_label(site: Site) -> None:
    """Set apart, so that a theme can show it as such."""
    made = site(TARGET + SOURCE % "Words.\n\nBaca Juga: [[g20]]\n\nMore.").build()
    paragraph = body(made).one("p", class_="read-also")
    assert paragraph.text == "Baca juga: G20 & Bali"


@pytest.mark.parametrize(
    ("written", "line"),
    [
        ("[x](../04/nowhere.md)", 5),
        ("Words.\n\n[[nowhere]]", 7),
        ("Words.\n\nBaca Juga: [[nowhere]]", 7),
        ("- a\n- [x](file.pdf)", 6),
    ],
)
def test_a_link_that_leads_nowhere_is_an_error_with_its_line(site: Site, written: str, line: int) -> None:
    """And as a warning, its words stay and the link goes."""
    made = site(TARGET + SOURCE % written).build(ok=False)
    assert [text.partition(" the link")[0] for text in made.problems()] == [f"content/2026/05/a.md:{line}: error[link.missing]"]
    made.write(f'-- site.toml --\n{SITE_TOML}\n[problems]\n"link.missing" = "warning"\n').build()
    assert [e for e in body(made).elements if "href" in e.attributes] == []
    assert "nowhere.md" not in body(made).source


def test_a_slug_of_two_articles_is_never_guessed(site: Site) -> None:
    """Both are named; a path decides."""
    other = "-- content/2025/g20.md --\n---\ntitle: G20 lama\ndate: 2025-04-01\n---\n.\n"
    made = site(TARGET + other + SOURCE % "[[g20]]").build(ok=False)
    assert "'g20' could mean any of content/2025/g20.md, content/2026/04/g20.md" in made.said
    made.write(SOURCE % "[lama](../../2025/g20.md)").build()
    assert link(made) == ("lama", "/2025/04/01/g20/")


def test_of_two_languages_a_link_means_its_own(site: Site) -> None:
    """A translation with the same slug makes nothing ambiguous."""
    made = site(TARGET + "-- content/en/g20.md --\n---\ntitle: G20\ndate: 2026-04-01\n---\n.\n" + SOURCE % "[[g20]]").build()
    assert link(made) == ("G20 & Bali", ADDRESS)


def test_the_description_of_a_tag_hides_no_article_of_its_name(site: Site) -> None:
    """`[[g20]]` is the article, though there is a `content/tags/g20.md`."""
    made = site(TARGET + "-- content/tags/g20.md --\n---\ntitle: G20\n---\nSee [[g20]].\n" + SOURCE % "[[g20]]").build()
    assert link(made) == ("G20 & Bali", ADDRESS)


@pytest.mark.parametrize("written", ["Baca juga: [[g20]]", "See [it](../04/g20.md).", "See [[g20-bali]]."])
@pytest.mark.parametrize(
    ("written_date", "why", "mend"),
    [
        (
            "2026-04-01\ndraft: yes",
            "is a draft",
            "Publish content/2026/04/g20.md: the link comes by itself when it is published.",
        ),
        ("2026-07-01 08:00", "is scheduled for 2026-07-01 08:00", "Leave it: the link comes by itself when it is"),
    ],
)
def test_a_link_to_what_is_not_published_yet_is_left_out_until_then(
    site: Site, written: str, written_date: str, why: str, mend: str
) -> None:
    """Whoever schedules two articles, or drafts one of them, is told, and is not stopped; the link comes by itself."""
    target = TARGET.replace("2026-04-01", written_date)
    made = site(target + SOURCE % written).build()
    (told,) = made.problems()
    assert "warning[link.unpublished]" in told
    assert told.endswith(f"is left out: content/2026/04/g20.md {why}")
    assert mend in made.said
    assert [e for e in body(made).find("a") if "href" in e.attributes] == []
    made.write(target.replace("draft: yes\n", "")).build("--now", "2026-07-02")
    assert made.problems() == []
    assert link(made)[0] in ("G20 & Bali", "it")


def test_a_link_to_a_page_that_is_a_draft_is_left_out_too(site: Site) -> None:
    """A page without a date waits as an article does; so does what `related` names."""
    page = "-- content/pages/kontak.md --\n---\ntitle: Kontak\ndraft: yes\n---\nWords.\n"
    related = TARGET.replace("---\n", "---\nrelated: [rancangan]\n", 1)
    draft = "-- content/rancangan.md --\n---\ntitle: Rancangan\ndate: 2026-01-01\ndraft: yes\n---\nWords.\n"
    made = site(related + page + draft + SOURCE % "[Kontak](../../pages/kontak.md)").build()
    (told,) = made.problems()
    assert told.endswith("is left out: content/pages/kontak.md is a draft")


def test_another_generators_references_are_links_by_setting(site: Site) -> None:
    """Hugo's `ref` and `relref`, as the whole address of a link or in the text."""
    settings = f'-- site.toml --\n{SITE_TOML}\n[shortcodes]\nref = "link"\nrelref = "link"\n'
    made = site(settings + TARGET + SOURCE % '[satu]({{< ref "g20.md" >}}) dan [dua]({{< relref "/2026/04/g20" >}}).').build()
    assert body(made).links("p") == [("satu", ADDRESS), ("dua", ADDRESS)]
    assert "{{" not in body(made).source


REFERENCES = (
    f'-- site.toml --\n{SITE_TOML}\n[shortcodes]\nref = "link"\n[references]\n'
    '"/about/_index.md" = "https://old.example/about/"\n"g20.md" = "https://old.example/g20/"\n'
)


def test_a_reference_to_what_the_archive_lacks_may_lead_elsewhere(site: Site) -> None:
    """To the address that `[references]` gives it; an article of the archive comes first."""
    codes = '[a]({{< ref "/about/_index.md#who" >}}), [b]({{< ref "g20.md" >}})'
    made = site(REFERENCES + TARGET + SOURCE % codes).build()
    assert [link["href"] for link in body(made).find("a")] == ["https://old.example/about/#who", ADDRESS]


def test_a_reference_is_not_guessed_from_a_files_name(site: Site) -> None:
    """What `[references]` does not name is missing, even where it names another file of that name."""
    made = site(REFERENCES + TARGET + SOURCE % '[c]({{< ref "/events/_index.md" >}})').build(ok=False)
    assert "error[link.missing]" in made.said


def test_a_reference_leads_elsewhere_by_a_whole_address_only(site: Site) -> None:
    """A path would be taken for a page of this site."""
    made = site(f'-- site.toml --\n{SITE_TOML}\n[references]\n"/about/_index.md" = "/about/"\n').build(ok=False)
    assert "must be a whole web address" in made.said


def test_links_in_standing_pages_and_descriptions_are_filled_too(rich: Made) -> None:
    """They are documents as any other."""
    assert ("berita", "/2026/02/03/banjir/") in rich.page("/tentang/").links()
    assert ("Banjir Surut", "/2026/02/03/banjir/") in rich.page("/tag/banjir/").links("p")


def test_everything_markdown_knows_is_on_the_page(rich: Made) -> None:
    """Tables, footnotes, strikethrough, code, headings with an address, the end mark of the house, a video that waits."""
    page = rich.page("/2026/03/01/gempa/")
    assert [cell.text for cell in page.find("td")] == ["Karawang", "12"]
    assert "Catatan kaki." in page.one("div", class_="footnotes").text
    assert page.one("code").text == "kode <b>"
    assert page.find("s")[0].text == "Coret"
    assert [h.text for h in page.find("h2", id="akibat")] == ["Akibat"]
    assert page.one("span", class_="end-mark").text == "***"
    video = page.one("a", class_="video")
    assert video["href"] == "https://www.youtube.com/watch?v=abcdefghijk"
    assert video["data-embed"].startswith("https://www.youtube-nocookie.com/")
    assert page.find("iframe") == []


@pytest.mark.parametrize("written", ["Baca juga: Banjir", "Baca juga banjir", "Baca juga: banjir di mana-mana", "banjir-rob"])
def test_words_behind_baca_juga_that_are_no_slug_are_no_slip(site: Site, written: str) -> None:
    """A sentence may begin so."""
    assert site(SOURCE % written).build().problems() == []
