"""`ssg tags`: few pairs and right ones, and for articles without a tag those that their own words name."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable

import pytest

from tests.conftest import SITE_TOML, Made

Site = Callable[[str], Made]
Tags = str | tuple[str, str]  # the tags of an article, and its text


def archive(*articles: Tags, language: str = "") -> str:
    """An article for each, of the days of May, with its tags and its text."""
    text = ""
    for day, one in enumerate(articles, 1):
        tags, body = one if isinstance(one, tuple) else (one, "Kata.")
        extra = f"language: {language}\n" if language else ""
        text += f"-- content/{language}{day:02}.md --\n---\ntitle: Berita {day}\ndate: 2026-05-{day:02}\n{extra}"
        text += f"tags: [{tags}]\n---\n{body}\n"
    return text


def lines(made: Made) -> dict[str, list[str]]:
    """What `ssg tags` writes where it is no terminal: by the old name, what stands behind it."""
    rows = [row.split("\t") for row in made.run("tags").text.splitlines()]
    found: dict[str, list[str]] = {}
    for kind, line, *more in rows:
        if kind == "alike":
            ((old, new),) = tomllib.loads(line).items()
            found[old] = [new, *more]
    return found


@pytest.mark.parametrize(
    ("articles", "old", "expected"),
    [
        (["COVID-19", "COVID-19", "Covid19"], "Covid19", ["COVID-19", "1", "2", "joined or parted"]),
        (["Kereta Api", "Keretaapi", "Keretaapi"], "Kereta Api", ["Keretaapi", "1", "2", "joined or parted"]),
        (["Serikat Amerika", "Amerika Serikat"], "Serikat Amerika", ["Amerika Serikat", "1", "1", "other order"]),
        (["Hak Anak", "Hak Anak-Anak", "Hak Anak"], "Hak Anak-Anak", ["Hak Anak", "1", "2", "plural or doubled"]),
        (["Startups", "Startup", "Startups"], "Startup", ["Startups", "1", "2", "plural or doubled"]),
        (["Soekarno", "Soekarno", "Sukarno"], "Sukarno", ["Soekarno", "1", "2", "other spelling"]),
        (["Gempa Sumatra", "Gempa Sumatera"], "Gempa Sumatra", ["Gempa Sumatera", "1", "1", "other spelling"]),
        (["Kesehatan", "Kesehatan", "Kesehataan"], "Kesehataan", ["Kesehatan", "1", "2", "slip of a letter"]),
        (["Bencana Alam", "Bencana Alam", "Becnana Alam"], "Becnana Alam", ["Bencana Alam", "1", "2", "slip of a letter"]),
        (["PBB", "PBB, Perserikatan Bangsa-Bangsa"], "Perserikatan Bangsa-Bangsa", ["PBB", "1", "2", "initials"]),
        (
            [("KPK", "Komisi Pemberantasan Korupsi menahan dua orang."), "Komisi Pemberantasan Korupsi"],
            "KPK",
            ["Komisi Pemberantasan Korupsi", "1", "1", "initials"],
        ),
        (
            [("AS", "Amerika Serikat (AS) mundur."), "Amerika Serikat", "Amerika Serikat"],
            "AS",
            ["Amerika Serikat", "1", "2", "initials"],
        ),
    ],
)
def test_tags_that_may_be_one_are_listed_with_the_line_that_merges_them(
    site: Site, articles: list[Tags], old: str, expected: list[str]
) -> None:
    """The more used name stays; of two that are used as much the first by name."""
    assert lines(site(archive(*articles))) == {old: expected}


@pytest.mark.parametrize(
    "articles",
    [
        ["Pemilu 2019", "Pemilu 2019", "Pemilu 2024"],
        ["Aksi 2-12", "Aksi 21-2"],
        ["Perang Dunia I", "Perang Dunia II", "Perang Dunia III"],
        ["Pekan Olahraga XXIII", "Pekan Olahraga XXII"],
        ["Hepatitis A", "Hepatitis B"],
        ["Jawa Barat", "Jawa Timur", "Jawa Tengah"],
        ["Bencana", "Rencana"],
        ["Pelatih Nasional", "Pelatihan Nasional"],
        [("Mengubah", "Mengubah syair."), "Menggubah"],
        ["Undang-Undang", "Undang"],
        ["Virus", "Viru", "Banjir", "Banji"],
        [*["Pemilihan"] * 3, ("Pemulihan", "Pemulihan ekonomi berlanjut.")],
        [*["Pemilihan"] * 4, *["Pemulihan"] * 3],
        ["Kesehatan", "Kesehataan"],
        [*["AS, Arab Saudi"] * 2, "Arab Saudi"],
        ["Kantor Berita Antara", "KBA"],
        ["HTTP", "HTTPS"],
        ["NATO", "Nato", "nato"],
    ],
    ids=lambda articles: str(articles[0]),
)
def test_tags_that_only_look_alike_are_left_in_peace(site: Site, articles: list[Tags]) -> None:
    """Numbers, letters that count, other words, what is much used; and spellings that are one tag already."""
    assert lines(site(archive(*articles))) == {}


def test_tags_of_two_languages_are_not_compared(site: Site) -> None:
    """Each is right in its own."""
    made = site(archive("Internasional, Demokrasi") + archive("International, Demokrasie", language="en"))
    assert lines(made) == {}
    made.write(archive("International, Internasional", language="en"))
    assert lines(made) == {"International": ["Internasional", "1", "2", "slip of a letter"]}


def test_the_lines_do_what_they_promise(site: Site) -> None:
    """Put into site.toml as they stand, also with quotation marks in a name, they merge the tags and are told no more."""
    made = site(archive("COVID-19", "Covid19", "'Tim \"Garuda\"'", "TimGaruda, Anak", "Anak-anak"))
    rows = [row.split("\t") for row in made.run("tags").text.splitlines()]
    table = "\n".join(row[1] for row in rows)
    made.write(f"-- site.toml --\n{SITE_TOML}\n[merged_tags]\n{table}\n").build()
    assert made.problems() == []
    assert made.page("/2026/05/02/02/").links().count(("COVID-19", "/tag/covid-19/")) == 1
    assert made.run("tags").text == ""


def untagged(made: Made) -> dict[str, str]:
    rows = (row.split("\t") for row in made.run("tags").text.splitlines())
    return {path: could_have for kind, path, _, could_have in (row for row in rows if row[0] == "untagged")}


def plain(name: str, title: str, text: str, more: str = "") -> str:
    return f"-- content/{name}.md --\n---\ntitle: {title}\ndate: 2026-06-01\n{more}---\n{text}\n"


KNOWN = archive("Joko Widodo, Kesehatan, WHO", "Bank Dunia, Bank, COVID-19", "AS, Jum'at Agung, Artikel")


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("Joko Widodo ke Karawang", "Presiden tiba pagi hari.", "Joko Widodo"),
        ("Presiden Tiba", "Joko Widodo tiba. Menurut Joko Widodo, semua lancar.", "Joko Widodo"),
        ("Presiden Tiba", "Joko Widodo tiba.", ""),
        ("Vaksin", "Kesehatan itu mahal: kesehatan, kesehatan. Covid-19, COVID 19 dan COVID-19.", "COVID-19, Kesehatan"),
        ("Bank Dunia Memberi Pinjaman", "Bank Dunia di Jakarta.", "Bank Dunia"),
        ("Kata WHO", "WHO dan WHO lagi, as usual, as ever, as always.", "WHO"),
        ("Perayaan Jum’at Agung", "Umat berkumpul.", "Jum'at Agung"),
        ("Artikel tentang apa saja", "Artikel, artikel, artikel.", ""),
        ("Tak ada", "Tak ada yang disebut.", ""),
    ],
)
def test_an_article_without_a_tag_could_have_those_that_its_words_name(
    site: Site, title: str, text: str, expected: str
) -> None:
    """In the headline, or several times in the text; the longer name of two, capitals where the name has them, or none."""
    made = site(KNOWN + plain("baru", title, text))
    assert untagged(made) == {"content/baru.md": expected}


def test_a_name_that_says_little_is_not_offered(site: Site) -> None:
    """Where headlines have the word and the desk does not use the tag for it, it is no sign of it."""
    many = "".join(plain(f"n{n}", f"Harga {n} Naik", "Kata.", "tags: [Ekonomi]\n") for n in range(5))
    one = plain("satu", "Satu", "Kata.", "tags: [Harga, Ekonomi]\n")
    made = site(many + one + plain("baru", "Harga Ekonomi", "Kata."))
    assert untagged(made) == {"content/baru.md": "Ekonomi"}


def test_scheduled_articles_are_looked_at_and_drafts_and_withdrawn_ones_are_not(site: Site) -> None:
    """What is to come can be tagged in time."""
    later = plain("nanti", "Nanti", "Kata.").replace("2026-06-01", "2126-06-01")
    others = plain("draf", "Draf", "Kata.", "draft: true\n")
    others += plain("cabut", "Cabut", "Kata.", "withdrawn: {date: 2026-06-02, reason: Salah}\n")
    assert list(untagged(site(later + others))) == ["content/nanti.md"]


def test_programs_get_the_same_as_people(site: Site) -> None:
    """As JSON, with names and numbers apart."""
    made = site(archive("COVID-19", "COVID-19", "Covid19") + plain("baru", "COVID-19 Reda", "Kata."))
    assert json.loads(made.run("tags", "--format", "json").text) == {
        "alike": [
            {
                "name": "COVID-19",
                "count": 2,
                "others": [{"name": "Covid19", "count": 1, "why": "joined or parted", "line": '"Covid19" = "COVID-19"'}],
            }
        ],
        "untagged": [
            {
                "path": "content/baru.md",
                "title": "COVID-19 Reda",
                "date": "2026-06-01T00:00:00+07:00",
                "could_have": ["COVID-19"],
            }
        ],
    }


def test_on_a_terminal_the_lines_can_be_copied_as_they_stand(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said of them is a comment of TOML."""
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setenv("NO_COLOR", "1")
    made = site(archive("COVID-19", "COVID-19", "Covid19", "'PBB [lama]'", "PBB-lama", "PBBlama"))
    said = without_style(made.run("tags").text)
    copied = [line for line in said.splitlines() if line.startswith('"')]
    assert tomllib.loads("\n".join(copied)) == {"Covid19": "COVID-19", "PBBlama": "PBB [lama]"}
    assert "# 1 and 2 articles: joined or parted" in said
    assert "2 tags may have other names. What is right goes into [merged_tags] of site.toml:" in said
    assert "Every article has a tag." in said
    made.write(plain("baru", "COVID-19 Reda", "Kata.") + plain("lain", "Lain", "Kata."))
    said = without_style(made.run("tags").text)
    assert "2 articles without a tag; 1 of them names tags that there are:" in said
    assert [line.split()[-1] for line in said.splitlines() if "content/baru.md" in line] == ["COVID-19"]


def without_style(text: str) -> str:
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


def test_an_article_that_cannot_be_read_is_told(site: Site) -> None:
    """The others are looked at all the same."""
    made = site(archive("COVID-19", "Covid19") + "-- content/bad.md --\nJust words.\n")
    run = made.run("tags")
    assert run.code == 1
    assert 'alike\t"Covid19" = "COVID-19"' in run.text
    assert "content/bad.md:1: error[frontmatter.missing]" in run.text
