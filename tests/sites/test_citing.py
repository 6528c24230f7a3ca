"""Citing an article: what programs that keep references find in its head, and the files that readers may take from its foot."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import pytest

from tests.conftest import SITE_TOML, Html, Made

Site = Callable[[str], Made]

ADDRESS = "/2021/12/30/putin/"
ARTICLE = """\
-- content/putin.md --
---
title: %s
date: 2021-12-30 19:29
id: 2021-12-30-putin
%s---
Isi.
"""
PEOPLE = "author: [Siti Aminah, 'Budi Santoso, S.H.']\neditor: M Haidar\n"

# Signs that mean something to LaTeX, to BibTeX, to RIS, to JSON or to HTML; lines of RIS; letters of other scripts.
HOSTILE = (
    r"C:\textbf{kunci} }{ tak seimbang",
    "100% & Rp5_000 #1 $x^2$ ~ `a`",
    'Kata "dia": \'ya\', <b>tidak</b> &amp; "%C3%A9"',
    "Baris\nER  - \nTY  - BOOK",
    "@article{palsu, title={x}}",
    "مرحبا {العالم} 👩‍🚒 é ꦗꦮ \u2067RTL\u2069",
    "a and b and {c}",
    "tab\tdan\u2028pemisah\u00a0baris",
)


MONTHS = {name: str(n) for n, name in enumerate(re.findall("...", "janfebmaraprmayjunjulaugsepoctnovdec"), 1)}


def files(page: Html) -> dict[str, str]:
    """The files that a page offers, by their names."""
    links = [link for link in page.find("a") if "download" in link.attributes]
    return {link["download"]: unquote(link["href"].partition(",")[2]) for link in links}


def read_bibtex(text: str) -> tuple[str, str, dict[str, str]]:
    """The type, the key and the fields of a file with one entry, whose braces are counted as BibTeX counts them.

    A value without braces is the name of a month that every style defines.
    """
    head = re.match(r"@(\w+)\{([^,{}\s\"#%'()=\\~]+),\s*", text)
    assert head, text
    fields, at = {}, head.end()
    while text[at] != "}":
        name = re.compile(r"(\w+)\s*=\s*(\{|[a-z]+)").match(text, at)
        assert name, text[at:]
        end, depth = name.end(), int(name[2] == "{")
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        fields[name[1]] = text[name.end() : end - 1] if name[2] == "{" else MONTHS[name[2]]
        at = end + len(re.match(r"[,\s]*", text[end:])[0])  # type: ignore[index]
    assert text[at:].strip() == "}"
    return head[1], head[2], fields


def typeset(text: str) -> str:
    """What LaTeX sets of a text; every sign that means something to it must be told by name or stand behind a backslash."""
    named = {"textbackslash": "\\", "textbraceleft": "{", "textbraceright": "}", "textasciitilde": "~", "textasciicircum": "^"}
    parts = re.findall(r"\\(\w+)\{\}|\\([%&#_$])|([^\\{}%&#_$~^])", text)
    assert sum(map(len, re.findall(r"\\\w+\{\}|\\[%&#_$]|[^\\{}%&#_$~^]", text))) == len(text), text
    return "".join(named[name] if name else escaped or plain for name, escaped, plain in parts)


def whole(value: str) -> str:
    """What stands in a second pair of braces, which keep it as it is."""
    assert value[0] + value[-1] == "{}", value
    return typeset(value[1:-1])


def read_ris(text: str) -> list[tuple[str, str]]:
    """The tags of a file with one reference, and what they say."""
    assert text.endswith("\r\n")
    lines = [re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n]*)", line) for line in text[:-2].split("\r\n")]
    assert all(lines), text
    return [(line[1], line[2]) for line in lines if line]


def read_csl(text: str) -> dict[str, Any]:
    """The only item of a file."""
    [item] = json.loads(text)
    assert isinstance(item, dict)
    return item


def names_in(page: Html, name: str) -> list[str]:
    return [element["content"] for element in page.find("meta", name=name)]


# -- for programs that read the page


def test_the_head_tells_what_makes_a_newspapers_article(site: Site) -> None:
    """The type and the paper as Dublin Core, the rest as scholars' crawlers know it; nothing that would make it a journal's."""
    page = site(ARTICLE % ("Putin & Biden", PEOPLE)).build().page(ADDRESS)
    told = [
        (element["name"], element["content"])
        for element in page.find("meta")
        if re.match(r"DC\.|citation_", element.attributes.get("name", ""))
    ]
    assert told == [
        ("DC.type", "NewsItem"),
        ("DC.source", "Kabar Uji"),
        ("citation_title", "Putin & Biden"),
        ("citation_author", "Siti Aminah"),
        ("citation_author", "Budi Santoso, S.H."),
        ("citation_publication_date", "2021/12/30"),
        ("citation_public_url", f"https://kabar.example{ADDRESS}"),
        ("citation_language", "id"),
    ]
    assert page.one("meta", property="og:type")["content"] == "article"


def test_where_nobody_wrote_it_the_editor_is_named(site: Site) -> None:
    """In the head in the author's place, where there is no other; elsewhere as the editor."""
    page = site(ARTICLE % ("Putin", "editor: M Haidar\n")).build().page(ADDRESS)
    assert names_in(page, "citation_author") == ["M Haidar"]
    assert page.one("p", class_="citation").text.startswith("M Haidar (editor). “Putin”. Kabar Uji, 30 Desember 2021.")
    made = files(page)
    assert read_bibtex(made["2021-12-30-putin.bib"])[2]["editor"] == "{M Haidar}"
    assert ("ED", "M Haidar") in read_ris(made["2021-12-30-putin.ris"])
    assert read_csl(made["2021-12-30-putin.json"])["editor"] == [{"literal": "M Haidar"}]


def test_without_any_name_the_title_comes_first(site: Site) -> None:
    """No format has an empty name."""
    page = site(ARTICLE % ("Putin", "")).build().page(ADDRESS)
    assert names_in(page, "citation_author") == []
    assert page.one("p", class_="citation").text.startswith("“Putin”. Kabar Uji")
    made = files(page)
    assert list(read_bibtex(made["2021-12-30-putin.bib"])[2]) == ["title", "journal", "year", "date", "url", "month"]
    assert [tag for tag, _ in read_ris(made["2021-12-30-putin.ris"])] == ["TY", "TI", "T2", "PY", "DA", "UR", "LA", "ER"]
    assert "author" not in (item := read_csl(made["2021-12-30-putin.json"]))
    assert "editor" not in item


# -- for readers


def test_an_article_can_be_cited_in_words_and_in_three_formats(site: Site) -> None:
    """Each file is in the link itself, and says all that there is to say."""
    page = site(ARTICLE % ("Putin dan Biden", PEOPLE)).build().page(ADDRESS)
    assert page.one("details", class_="citing").text.startswith("Kutip artikel ini Siti Aminah, Budi Santoso, S.H. “Putin")
    link = f"https://kabar.example{ADDRESS}"
    assert page.one("p", class_="citation").text.endswith(f"“Putin dan Biden”. Kabar Uji, 30 Desember 2021. {link}")
    made = files(page)
    assert made["2021-12-30-putin.bib"] == (
        "@article{2021-12-30-putin,\nauthor={{Siti Aminah} and {Budi Santoso, S.H.}},\ntitle={{Putin dan Biden}},\n"
        f"journal={{{{Kabar Uji}}}},\nyear={{2021}},\ndate={{2021-12-30}},\nurl={{{link}}},\nmonth=dec\n}}\n"
    )
    assert made["2021-12-30-putin.ris"] == (
        "TY  - NEWS\r\nAU  - Siti Aminah\r\nAU  - Budi Santoso, S.H.\r\nTI  - Putin dan Biden\r\nT2  - Kabar Uji\r\n"
        f"PY  - 2021\r\nDA  - 2021/12/30/\r\nUR  - {link}\r\nLA  - id\r\nER  - \r\n"
    )
    assert read_csl(made["2021-12-30-putin.json"]) == {
        "id": "2021-12-30-putin",
        "type": "article-newspaper",
        "title": "Putin dan Biden",
        "author": [{"literal": "Siti Aminah"}, {"literal": "Budi Santoso, S.H."}],
        "container-title": "Kabar Uji",
        "issued": {"date-parts": [[2021, 12, 30]]},
        "URL": link,
        "language": "id",
    }
    assert [link["href"].partition(",")[0] for link in page.find("a") if "download" in link.attributes] == [
        "data:application/x-bibtex",
        "data:application/x-research-info-systems",
        "data:application/vnd.citationstyles.csl+json",
    ]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_breaks_a_format(site: Site, text: str) -> None:
    """As a title, a name and the site's name: each parser finds the words that stand on the page, and nothing else."""
    written = json.dumps(text, ensure_ascii=False)
    toml = SITE_TOML.replace('"Kabar Uji"', written, 1)
    made = site(f"-- site.toml --\n{toml}" + ARTICLE % (written, f"author: [{written}, Siti]\n"))
    page = made.build().page(ADDRESS)
    [title], [name, _] = names_in(page, "citation_title"), names_in(page, "citation_author")
    [paper] = names_in(page, "DC.source")
    title, name, paper = (" ".join(one.split()) for one in (title, name, paper))
    assert set(re.findall(r"[\\{}%&_$#~^@]", text)) <= set(title), "what is looked for is there"
    entry, _, fields = read_bibtex(files(page)["2021-12-30-putin.bib"])
    assert entry == "article"
    assert (whole(fields["title"]), whole(fields["journal"])) == (title, paper)
    assert (fields["year"], fields["month"], fields["date"]) == ("2021", "12", "2021-12-30")
    assert fields["author"].endswith(" and {Siti}")
    assert whole(fields["author"].removesuffix(" and {Siti}")) == name
    assert read_ris(files(page)["2021-12-30-putin.ris"]) == [
        ("TY", "NEWS"),
        ("AU", name),
        ("AU", "Siti"),
        ("TI", title),
        ("T2", paper),
        ("PY", "2021"),
        ("DA", "2021/12/30/"),
        ("UR", f"https://kabar.example{ADDRESS}"),
        ("LA", "id"),
        ("ER", ""),
    ]
    item = read_csl(files(page)["2021-12-30-putin.json"])
    assert (item["title"], item["container-title"]) == (title, paper)
    assert item["author"] == [{"literal": name}, {"literal": "Siti"}]


def test_all_three_formats_together_are_small(site: Site) -> None:
    """An archive of a hundred thousand articles holds them a hundred thousand times."""
    title = "Putin dan Biden Dijadwalkan Bertelepon, Jaminan Keamanan Jadi Sorotan"
    page = site(ARTICLE % (f'"{title}"', "author: Redaksi Internasional\n")).build().page(ADDRESS)
    assert sum(len(link["href"]) for link in page.find("a") if "download" in link.attributes) < 1500


def test_what_is_cited_does_not_depend_on_the_day(site: Site) -> None:
    """No citation says when the page was read: a page made today is the one made in ten years."""
    made = site(ARTICLE % ("Putin", PEOPLE)).build("--now", "2026-06-01")
    before = (made.output / ADDRESS.strip("/") / "index.html").read_bytes()
    made.build("--now", "2036-06-01", "--clean")
    assert (made.output / ADDRESS.strip("/") / "index.html").read_bytes() == before


def test_an_article_whose_true_page_is_elsewhere_is_cited_there(site: Site) -> None:
    """With an address that no brace can break."""
    page = site(ARTICLE % ("Putin", "canonical: 'https://mitra.example/a{b}%20c'\n")).build().page(ADDRESS)
    assert names_in(page, "citation_public_url") == ["https://mitra.example/a{b}%20c"]
    made = files(page)
    assert read_bibtex(made["2021-12-30-putin.bib"])[2]["url"] == "https://mitra.example/a%7Bb%7D%20c"
    assert ("UR", "https://mitra.example/a%7Bb%7D%20c") in read_ris(made["2021-12-30-putin.ris"])


def test_a_changed_title_is_cited_as_it_is_now(site: Site) -> None:
    """By the next build, whatever was kept."""
    made = site(ARTICLE % ("Lama", "")).build().write(ARTICLE % ("Baru", "")).build()
    assert whole(read_bibtex(files(made.page(ADDRESS))["2021-12-30-putin.bib"])[2]["title"]) == "Baru"


def test_a_withdrawn_article_offers_nothing_to_cite(site: Site) -> None:
    """Who cites it finds its address, and that it was taken back."""
    page = site(ARTICLE % ("Putin", "withdrawn: {date: 2022-01-02, reason: Keliru}\n")).build().page(ADDRESS)
    assert files(page) == {}
    assert not re.search(r"citation_|DC\.type", page.source)


def test_a_site_can_leave_it_out(site: Site) -> None:
    """By a block of its own that is empty."""
    own = '-- themes/default/templates/article.html --\n{% extends "default:article.html" %}{% block citing %}{% endblock %}\n'
    made = site(ARTICLE % ("Putin", "") + own).build()
    assert made.problems() == []
    assert made.page(ADDRESS).find("details", class_="citing") == []


def test_the_theme_of_text_alone_cites_the_same(site: Site) -> None:
    """Head, words and files."""
    made = site(ARTICLE % ("Putin", PEOPLE))
    both = []
    for theme in ("default", "plain"):
        page = made.write(f'-- site.toml --\ntheme = "{theme}"\n{SITE_TOML}').build().page(ADDRESS)
        head = [(name, names_in(page, name)) for name in ("DC.type", "DC.source", "citation_title", "citation_author")]
        words = page.one("details", class_="citing").text.replace(" · ", " ")
        both.append((head, words, files(page)))
    assert both[0] == both[1]
