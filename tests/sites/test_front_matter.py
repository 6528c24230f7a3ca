"""Every field of front matter, as a reader sees it on the page, in lists and in feeds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import SITE_TOML, Html, Made

Site = Callable[[str], Made]

GEMPA = "/2026/03/01/gempa/"


@pytest.fixture
def gempa(rich: Made) -> Html:
    """The fullest article of the rich site."""
    return rich.page(GEMPA)


def test_the_title_is_headline_and_name(rich: Made, gempa: Html) -> None:
    """One h1, the page's title, its shared title; quoted characters are shown as they are."""
    assert gempa.one("h1").text == "Gempa Terasa sampai Karawang"
    assert gempa.one("title").text == "Gempa Terasa sampai Karawang · Kabar Uji"
    assert gempa.one("meta", property="og:title")["content"] == "Gempa Terasa sampai Karawang"
    assert rich.page("/2026/02/03/harga/").one("h1").text == "Harga Beras & Gula"


def test_date_and_update_are_shown_for_people_and_machines(gempa: Html) -> None:
    """In the site's language and zone, the date linked to its day."""
    when, updated = gempa.find("time")[:2]
    assert (when["datetime"], when.text) == ("2026-03-01T06:30:00+07:00", "Minggu, 1 Maret 2026, 06.30 WIB")
    assert (updated["datetime"], updated.text) == ("2026-05-20T09:00:00+07:00", "20 Mei 2026, 09.00 WIB")
    assert ("Minggu, 1 Maret 2026, 06.30 WIB", "/2026/03/01/") in gempa.links()
    assert gempa.one("meta", property="article:published_time")["content"] == "2026-03-01T06:30:00+07:00"
    assert gempa.one("meta", property="article:modified_time")["content"] == "2026-05-20T09:00:00+07:00"


def test_editor_and_author_are_shown_with_their_roles(gempa: Html) -> None:
    """Each linked to the person's page."""
    assert [role.text for role in gempa.find("span", class_="role")] == ["Editor: M Haidar", "Penulis: Siti Aminah"]
    assert {("M Haidar", "/editor/m-haidar/"), ("Siti Aminah", "/editor/siti-aminah/")} <= set(gempa.links())
    assert [meta["content"] for meta in gempa.find("meta", name="author")] == ["M Haidar", "Siti Aminah"]


def test_section_tags_and_regions_lead_to_their_pages(gempa: Html) -> None:
    """In the order written, under the names that their pages have."""
    links = gempa.links("article")
    assert [pair for pair in links if pair[1].startswith("/tag/")] == [("Gempa", "/tag/gempa/"), ("Banjir Rob", "/tag/banjir/")]
    assert [pair for pair in links if pair[1].startswith("/daerah/")] == [
        ("Karawang", "/daerah/karawang/"),
        ("Bekasi", "/daerah/bekasi/"),
    ]
    assert ("Daerah", "/rubrik/daerah/") in gempa.links("main")
    assert gempa.one("meta", property="article:section")["content"] == "Daerah"


def test_the_source_is_a_text_or_a_link(site: Site, gempa: Html) -> None:
    """`Sumber:` names who the news came from."""
    assert gempa.one("p", class_="source").text == "Sumber: BMKG"
    assert ("BMKG", "https://bmkg.example/") in gempa.links()
    made = site("-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\nsource: Berbagai Sumber\n---\n.\n").build()
    assert made.page("/2026/05/01/a/").one("p", class_="source").text == "Sumber: Berbagai Sumber"


def test_the_lead_photo_has_caption_credit_and_size(gempa: Html) -> None:
    """Caption and credit told apart, the photo loaded first."""
    image = gempa.find("img")[0]
    assert (image["src"], image["alt"], image["width"], image["height"]) == (f"{GEMPA}foto.jpg", "Retakan", "64", "40")
    assert image["fetchpriority"] == "high"
    assert "loading" not in image.attributes
    assert gempa.one("span", class_="caption").text == "Jalan retak"
    assert gempa.one("span", class_="credit").text == "Foto: Antara"
    assert gempa.one("meta", property="og:image")["content"] == f"https://kabar.example{GEMPA}foto.jpg"


def test_the_dateline_stands_apart_before_the_first_sentence(rich: Made, gempa: Html) -> None:
    """The article's own, not said twice where the text begins with it; else the site's; none where it is written empty."""
    assert gempa.one("span", class_="dateline").text == "KARAWANG"
    assert gempa.one("div", class_="body").text.startswith('KARAWANG – Kalimat pertama tentang "tanda kutip" & lainnya.')
    assert rich.page("/2026/02/03/harga/").one("div", class_="body").text == "Kabar Uji – Isi berita."
    assert rich.page("/2026/03/04/vaksin/").one("div", class_="body").text == "Isi berita."


def test_the_summary_is_the_hand_written_one_or_the_first_paragraph(rich: Made, gempa: Html) -> None:
    """On cards, in the head and in feeds, without dateline and notes."""
    assert rich.page("/2026/03/04/vaksin/").one("meta", name="description")["content"] == "Ringkasan tangan."
    assert gempa.one("meta", name="description")["content"] == 'Kalimat pertama tentang "tanda kutip" & lainnya.'
    assert "Ringkasan tangan." in [p.text for p in rich.page("/terkini/").find("p", class_="summary")]
    assert rich.feed("/tag/nato/feed.xml").entries[0].summary == "Ringkasan tangan."


def test_corrections_are_announced_at_the_head_and_written_at_the_foot(gempa: Html) -> None:
    """`Ralat`: when, and what was put right."""
    assert ("Artikel ini telah diralat", "#_corrections") in gempa.links()
    assert gempa.one("section", class_="corrections").text == "Ralat 2 Maret 2026: Angka diperbaiki"


def test_a_withdrawn_article_leaves_its_headline_and_the_reason(rich: Made) -> None:
    """Its text is gone, its address stays; it stands in no list, feed or block, but in those of corrections."""
    page = rich.page("/2026/02/06/cabut/")
    assert page.one("h1").text == "Berita yang Dicabut"
    assert "Alasan: Sumber keliru" in page.main
    assert page.one("time", datetime="2026-02-07T00:00:00+07:00").text.startswith("Sabtu, 7 Februari 2026")
    assert "Isi berita" not in page.source
    assert page.one("meta", name="robots")["content"] == "noindex"
    others = [
        file
        for file in rich.files()
        if file.endswith((".html", ".xml")) and not file.startswith(("2026/02/06/cabut/", "ralat/"))
    ]
    assert [file for file in others if "Berita yang Dicabut" in (rich.output / file).read_text(encoding="utf-8")] == []


def test_canonical_names_another_place(rich: Made) -> None:
    """For an article that first stood elsewhere."""
    assert rich.page("/2026/03/04/vaksin/").one("link", rel="canonical")["href"] == "https://other.example/vaksin"
    assert rich.page(GEMPA).one("link", rel="canonical")["href"] == f"https://kabar.example{GEMPA}"


def test_related_articles_by_hand_come_first_and_none_that_the_text_links_to(rich: Made, gempa: Html) -> None:
    """By slug or id, in the order written; the ranking fills up, but not with what the article's own story tells."""

    def related(page: Html) -> list[str]:
        if not page.find("section", class_="related"):
            return []
        block = page.one("section", class_="related")
        return [e["href"] for e in page.elements[page.elements.index(block) :] if e.tag == "a"][: block.text.count("2026")]

    assert related(rich.page("/2026/03/01/susulan/"))[:2] == ["/2026/02/03/harga/", "/2026/02/03/banjir/"]
    assert not {"/2026/02/03/banjir/", "/2026/02/03/pemilu/", GEMPA} & set(related(gempa))


def test_the_section_decides_which_articles_come_before_and_after(rich: Made, gempa: Html) -> None:
    """The neighbours in its section; one of its own running story stands there, and not here again."""
    both = [("Banjir Surut", "/2026/02/03/banjir/"), ("Gempa Susulan", "/2026/03/01/susulan/")]
    assert [pair for pair in gempa.links("nav") if pair in both] == both[:1]
    assert both[1] in [pair for pair in gempa.links("section") if pair in both]


@pytest.mark.parametrize(
    "front",
    [
        "---\ntitle: Judul\ndate: 2026-05-01 08:00\ntags: [NATO, Rusia]\n---\nIsi.\n",
        '+++\ntitle = "Judul"\ndate = 2026-05-01T08:00:00\ntags = ["NATO", "Rusia"]\n+++\nIsi.\n',
        '{"title": "Judul", "date": "2026-05-01 08:00", "tags": ["NATO", "Rusia"]}\nIsi.\n',
        "---\r\ntitle: Judul\r\ndate: 2026-05-01 08:00\r\ntags: NATO, Rusia\r\n---\r\nIsi.\r\n",
        "\ufeff---\ntitle: Judul\ndate: 2026-05-01 08:00\ntags:\n- NATO\n- Rusia\n...\nIsi.\n",
    ],
)
def test_every_form_of_front_matter_gives_the_same_page(site: Site, front: str) -> None:
    """YAML, TOML and JSON, with the line ends of any system."""
    made = site("").put("content/a.md", front.encode()).build()
    page = made.page("/2026/05/01/a/")
    assert page.one("h1").text == "Judul"
    assert page.one("div", class_="body").text == "Kabar Uji – Isi."
    assert [href for _, href in page.links("ul") if href.startswith("/tag/")] == ["/tag/nato/", "/tag/rusia/"]
    assert page.find("time")[0]["datetime"] == "2026-05-01T08:00:00+07:00"
    assert made.problems() == []


def test_scalars_stay_what_was_written(site: Site) -> None:
    """`no` is a tag, `2021` a tag, `1:00:19` a title: YAML's guesses have no say."""
    made = site(
        "-- content/a.md --\n---\ntitle: 1:00:19\ndate: 2026-05-01\ntags: [no, 2021, 0x1F]\nslug: 007\n---\n.\n"
    ).build()
    page = made.page("/2026/05/01/007/")
    assert page.one("h1").text == "1:00:19"
    assert [text for text, href in page.links("ul") if href.startswith("/tag/")] == ["no", "2021", "0x1F"]


def test_an_archive_keeps_its_own_keys(site: Site) -> None:
    """`[fields]` says which keys an archive uses; its files are not touched."""
    fields = SITE_TOML + '\n[fields]\neditor = ["author", "authors"]\ntags = ["topics", "tags"]\nsection = ["category"]\n'
    text = (
        "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\nauthors: [Ana]\ntopics: [X]\ntags: [Y]\ncategory: Dunia\n---\n.\n"
    )
    made = site(f"-- site.toml --\n{fields}{text}").build()
    page = made.page("/2026/05/01/a/")
    assert page.one("p", class_="editor").text == "Editor: Ana"
    assert [text for text, href in page.links("ul") if href.startswith("/tag/")] == ["X", "Y"]
    assert ("Dunia", "/rubrik/dunia/") in page.links()


def test_a_key_of_the_archives_own_is_there_for_templates(site: Site) -> None:
    """What the program does not know is kept in `extra`."""
    template = '-- themes/default/templates/slots/after-lead.html --\n<p class="own">{{ article.extra.rating }}</p>\n'
    made = site(template + "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\nrating: five\n---\n.\n").build()
    assert made.page("/2026/05/01/a/").one("p", class_="own").text == "five"
    assert made.problems() == []


@pytest.mark.parametrize(
    ("front", "body", "shown"),
    [
        ("", "KARAWANG - Hujan turun.", "KARAWANG – Hujan turun."),
        ("", "BOGOR, Kabar Uji – Hujan turun.", "BOGOR, Kabar Uji – Hujan turun."),
        ("", "Hujan turun.", "Kabar Uji – Hujan turun."),
        ("", "KABAR UJI - Hujan turun.", "Kabar Uji – Hujan turun."),
        ("", "TNI - Polri bersiaga.", "TNI – Polri bersiaga."),
        ("dateline: JAKARTA\n", "JAKARTA - Hujan turun.", "JAKARTA – Hujan turun."),
        ("dateline: JAKARTA\n", "BOGOR - Hujan turun.", "JAKARTA – BOGOR – Hujan turun."),
        ("dateline: ''\n", "Hujan turun.", "Hujan turun."),
    ],
)
def test_a_dateline_is_shown_once_wherever_it_is_written(site: Site, front: str, body: str, shown: str) -> None:
    """In the front matter, by hand in the text, or the site's name; never in the summary, and no word is lost."""
    made = site(f"-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n{front}---\n{body}\n").build()
    page = made.page("/2026/05/01/a/")
    assert page.one("div", class_="body").text == shown
    assert page.one("meta", name="description")["content"].rstrip(".") in ("Hujan turun", "Polri bersiaga")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("summary: Juara #1 dan #2", 'summary: "Juara #1 dan #2"'),
        ("summary: C # dan Java", 'summary: "C # dan Java"'),
        ("summary: #gempa", 'summary: "#gempa"'),
        ("section: Liga #1", 'section: "Liga #1"'),
        ("image: \n  src: a.jpg\n  caption: Foto #1", 'caption: "Foto #1"'),
        ("tags:\n  - Liga #1", '- "Liga #1"'),
        ("judul: Liga #1", 'judul: "Liga #1"'),
    ],
)
def test_a_value_that_a_hash_cuts_is_told_with_the_line_to_write(site: Site, line: str, said: str) -> None:
    """Half a headline is not published in silence."""
    made = site(f"-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n{line}\n---\nWords.\n").build()
    (told,) = [one for one in made.problems() if "photo." not in one]
    number = 4 + line.count("\n")
    assert told.startswith(f"content/a.md:{number}: warning[frontmatter.comment] `")
    assert f"Put the value in quotes: {said} (or, if a comment is meant, two blanks before its #)." in made.said


@pytest.mark.parametrize(
    "line",
    [
        "date: 2026-05-01 19:29 #zona situs",
        "date: 2026-05-01            # in the site's time zone",
        "date: 2026-05-01\ndraft: false #nanti",
        "date: 2026-05-01\nsummary: Juara.    # else from the first paragraph",
        "date: 2026-05-01\nsummary: Juara.  #1",
        "date: 2026-05-01\nsummary: # nanti",
        "date: 2026-05-01\nsection: Olahraga # satu saja",
        "date: 2026-05-01\npick: 1 #satu",
        "date: 2026-05-01\nsummary: 'Juara #1'",
        "date: 2026-05-01\nsummary: Juara#1",
        "date: 2026-05-01\ntags: [Liga, Bola] #dua",
        "date: 2026-05-01\ntags:\n  - Liga # satu",
    ],
)
def test_a_comment_that_was_meant_is_not_told(site: Site, line: str) -> None:
    """Behind two blanks, or behind a date, a flag, a number, a list."""
    assert site(f"-- content/a.md --\n---\ntitle: A\n{line}\n---\nWords.\n").build().problems() == []


def test_the_readmes_own_article_has_no_comment_that_is_told(site: Site) -> None:
    """What newcomers copy is sound."""
    readme = (Path(__file__).parent.parent.parent / "README.md").read_text(encoding="utf-8")
    example = readme.partition("```markdown\n")[2].partition("```")[0]
    made = site(f"-- content/a.md --\n{example}")
    made.run("build", "--now", "2026-06-01", "--keep-going")
    assert example
    assert "frontmatter" not in made.said


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("image: {src: a.jpg, kredit: M Haidar}", "image.kredit` is not a key of the program; `image.credit"),
        ("image: {src: a.jpg, captoin: Banjir}", "image.captoin` is not a key of the program; `image.caption"),
        ("source: {name: A, urls: https://a.example/}", "source.urls` is not a key of the program; `source.url"),
    ],
)
def test_a_misspelt_key_inside_a_mapping_is_told(site: Site, written: str, meant: str) -> None:
    """Also where the word of another language begins with another letter; what it says would be lost in silence."""
    made = site(f"-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n{written}\n---\nWords.\n").build()
    assert f"content/a.md:4: warning[key.misspelt] `{meant}` is" in made.said


def test_keys_of_an_archives_own_inside_a_mapping_are_no_slips(site: Site) -> None:
    """What is unlike any of ours is left alone."""
    image = "image: {src: /a.jpg, width: 3, license: CC, position: top, sumber: B}"
    made = site(f"-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n{image}\n---\nWords.\n").build()
    assert "key.misspelt" not in made.said


@pytest.mark.parametrize(
    "line",
    [
        *("canonical: https://a.example/", "source: {name: A, url: https://a.example/}", "draft: true", "image: /a.jpg"),
        "source_url: https://a.example/",  # of an archive that has no [fields] yet
        "withdrawn: {date: 2026-05-02, reason: B}",
    ],
)
def test_an_article_without_text_may_have_a_reason(site: Site, line: str) -> None:
    """Its text is elsewhere, or to come, or taken back; or a photo is all of it."""
    made = site(f"-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n{line}\n---\n").build("--drafts")
    assert "text.empty" not in made.said
