"""Running stories: the page of one, what an article shows of its own, and what `ssg stories` offers and writes."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import pytest
from rich.console import Console

from tests.conftest import Html, Made

Site = Callable[[str], Made]

PAGE_SIZE = 3  # of the sites of tests
NOTE = "-- content/stories/banjir.md --\n---\ntitle: Banjir Citarum\n---\nSejak **Januari**.\n"


def steps(count: int, story: str = "Banjir", more: str = "") -> str:
    """Steps 0, 1, 2 ... of a story, each a month younger than the one before."""
    return "".join(
        f"-- content/s{n:02}.md --\n---\ntitle: S{n:02}\ndate: {2020 + n // 12}-{1 + n % 12:02}-05 08:00\n"
        f"summary: Langkah {n}.\nstory: {story}\n{more}---\n.\n"
        for n in range(count)
    )


def told(page: Html) -> list[str]:
    """The headlines of a timeline, in the order in which they stand."""
    return [headline.text for headline in page.find("h3", class_="headline")]


def at(number: int) -> str:
    """The address of a step."""
    return f"/{2020 + number // 12}/{1 + number % 12:02}/05/s{number:02}/"


# -- the page of a story


def test_a_story_is_told_from_its_beginning(site: Site) -> None:
    """Each step with its date, its headline and its summary; the note gives the name and stands above."""
    made = site(steps(4) + NOTE).build()
    page = made.page("/kisah/banjir/")
    assert page.one("h1").text == "Banjir Citarum"
    assert told(page) == ["S00", "S01", "S02", "S03"]
    assert page.main.index("Sejak Januari.") < page.main.index("S00")
    assert re.search(r"2020 5 Januari S00 Langkah 0\.", page.main)
    assert ("S02", at(2)) in page.links()
    assert ("Semua rangkaian berita", "/kisah/") in page.links("nav")
    assert [entry.title for entry in made.feed("/kisah/banjir/feed.xml").entries] == ["S03", "S02", "S01", "S00"]
    assert ("Banjir Citarum", "/kisah/banjir/") in made.page("/kisah/").links()
    assert "https://kabar.example/kisah/banjir/" in made.sitemap()
    assert ("Semua rangkaian berita", "/kisah/") in made.page("/").links("nav")


def test_the_steps_of_a_story_stand_by_years(site: Site) -> None:
    """Said once each, above their steps."""
    made = site(f'-- site.toml --\ntitle = "K"\nbase_url = "https://k.example/"\n{steps(26)}').build()
    assert [heading.text for heading in made.page("/kisah/banjir/").find("h2")] == ["2020", "2021", "2022"]


def test_a_long_story_is_parted_as_lists_are(site: Site) -> None:
    """The front shows the newest part and the way to what came before; a full part is the same ever after."""
    made = site(steps(8)).build()
    front, first = made.page("/kisah/banjir/"), made.page("/kisah/banjir/hal/1/")
    assert (told(front), told(first)) == (["S03", "S04", "S05", "S06", "S07"], ["S00", "S01", "S02"])
    assert ("Perkembangan sebelumnya", "/kisah/banjir/hal/1/") in front.links("nav")
    assert ("Perkembangan selanjutnya", "/kisah/banjir/hal/2/") in first.links("nav")
    assert made.page("/kisah/banjir/hal/2/").one("meta", http_equiv="refresh")["content"] == "0; url=/kisah/banjir/"
    before = made.files()["kisah/banjir/hal/1/index.html"]
    assert made.write(steps(12)).build().files()["kisah/banjir/hal/1/index.html"] == before
    assert told(made.page("/kisah/banjir/hal/3/")) == ["S06", "S07", "S08"]
    assert "has moved" not in made.said


def test_the_theme_of_text_alone_tells_a_story_too(site: Site) -> None:
    """From its beginning, below the year."""
    made = site(f'-- site.toml --\ntitle = "K"\nbase_url = "https://k.example/"\ntheme = "plain"\npage_size = 2\n{steps(5)}')
    page = made.build().page("/kisah/banjir/")
    assert [element.text for element in page.find("h2")] == ["2020"]
    assert [text for text, _ in page.links() if text.startswith("S0")] == ["S02", "S03", "S04"]
    article = made.page(at(2))
    assert ("Banjir", "/kisah/banjir/") in article.links()
    assert "5 Februari 2020S01 5 Maret 2020, sedang dibacaS02 5 April 2020S03" in article.main


def test_a_story_that_another_address_is_taken_by_is_told(site: Site) -> None:
    """A story claims its address like a tag, and the article that names it is blamed."""
    said = site(steps(1) + "-- content/pages/x.md --\n---\ntitle: X\naddress: /kisah/banjir/\n---\n.\n").build(ok=False).said
    assert "content/s00.md:5: error[address.collision] /kisah/banjir/ is wanted by content/s00.md:5" in said


def test_a_note_alone_makes_a_story_and_keeps_its_feed(site: Site) -> None:
    """Before the first step and after the last one is gone."""
    made = site(NOTE).build()
    assert told(made.page("/kisah/banjir/")) == []
    assert made.feed("/kisah/banjir/feed.xml").entries == []


def test_the_list_of_all_stories_tells_how_much_there_is_of_each_and_its_newest_step(site: Site) -> None:
    """The one with the newest step first; one that has a note alone is not among them."""
    more = "-- content/lain.md --\n---\ntitle: Lain\ndate: 2020-06-01 07:00\nstory: Gempa\n---\n.\n"
    empty = "-- content/stories/kosong.md --\n---\ntitle: Kosong\n---\n"
    page = site(steps(15).replace("2020-0", "2019-0") + more + empty).build().page("/kisah/")
    told = [card.text for card in page.find("article")]
    assert told == ["Banjir 15 artikel 2019–2021 Terbaru: S14", "Gempa 1 artikel 2020 Terbaru: Lain"]


# -- the page of an article


def test_an_article_shows_three_steps_before_it_and_three_after_it(site: Site) -> None:
    """The first and those around it, oldest first, itself in its place and no link; the story's name leads to its page."""
    page = site(steps(10) + NOTE).build().page(at(4))
    around = re.sub(r" 5 \w+ 2020", "", page.one("section", class_="story").text)
    assert around == "Rangkaian berita: Banjir Citarum S00 S02 S03 Sedang dibaca S04 S05 S06 S07"
    links = [("Banjir Citarum", "/kisah/banjir/"), *((f"S0{n}", at(n)) for n in (0, 2, 3, 5, 6, 7))]
    assert page.links("section")[: len(links)] == links
    assert page.one("li", aria_current="page").text.endswith("S04")
    assert page.one("li", class_="skips").text.endswith("S00")
    assert page.one("ol", class_="goes-on")
    assert "/kisah/banjir/feed.xml" in {link["href"] for link in page.find("link", type="application/rss+xml")}


def test_what_stands_among_the_steps_is_not_once_more_before_or_after(site: Site) -> None:
    """The neighbours of an article that are of its story are told there."""
    other = "-- content/lain.md --\n---\ntitle: Lain\ndate: 2020-03-01 07:00\n---\n.\n"
    page = site(steps(4) + other).build().page(at(2))
    [pager] = page.find("nav", class_="pager")
    assert pager.text == "Sebelumnya Lain"


@pytest.mark.parametrize(
    ("number", "around"),
    [(0, ["S00", "S01", "S02", "S03"]), (5, ["S00", "S03", "S04", "S05"]), (2, [f"S0{n}" for n in range(6)])],
)
def test_at_either_end_there_is_no_more_than_there_is(site: Site, number: int, around: list[str]) -> None:
    """The first step has none before it, the last none after it."""
    page = site(steps(6)).build().page(at(number))
    assert re.findall(r"S0\d", page.one("section", class_="story").text) == around


def test_an_article_alone_in_its_story_names_it(site: Site) -> None:
    """There is no timeline of one, but a way to the page that will have more."""
    page = site(steps(1)).build().page(at(0))
    assert not page.find("section", class_="story")
    assert page.one("p", class_="alone").text == "Rangkaian berita: Banjir"
    assert ("Banjir", "/kisah/banjir/") in page.links("footer")


def test_a_story_is_of_one_language(site: Site) -> None:
    """Its page in English stands under `story`, and has the steps in English alone."""
    toml = '-- site.toml --\ntitle = "K"\nbase_url = "https://k.example/"\n[languages.en]\ntitle = "N"\n'
    made = site(toml + steps(2) + steps(3).replace("content/s", "content/en/s")).build()
    assert told(made.page("/en/story/banjir/")) == ["S00", "S01", "S02"]
    assert told(made.page("/kisah/banjir/")) == ["S00", "S01"]
    assert "Running story: Banjir" in made.page("/en" + at(1)).main


def test_a_withdrawn_step_is_no_step(site: Site) -> None:
    """It is neither told nor shown beside others."""
    made = site(steps(3)).build()
    text = (made.root / "content/s01.md").read_text().replace("story:", "withdrawn: {date: 2021-02-02, reason: Keliru}\nstory:")
    made.put("content/s01.md", text.encode()).build()
    assert told(made.page("/kisah/banjir/")) == ["S00", "S02"]
    assert "S01" not in made.page(at(0)).one("section", class_="story").text


# -- what is offered

FLOOD = "Sungai Citarum meluap. Banjir di Baleendah merendam rumah warga, dan pengungsi Dayeuhkolot menunggu di tenda."
OTHERS = {
    "Harga Beras Naik di Pasar Induk": "Pedagang beras mengeluh tentang gabah dan ongkos angkut dari penggilingan.",
    "Timnas Menang Tipis atas Vietnam": "Gol tunggal pada babak kedua menentukan laga kualifikasi di stadion utama.",
    "Kereta Cepat Diuji Malam Hari": "Rangkaian melaju tanpa penumpang untuk memeriksa sinyal, rel dan pantograf.",
    "Museum Nasional Dibuka Kembali": "Arca dan prasasti dipindahkan ke ruang pamer yang baru dipugar.",
    "Gerhana Bulan Tampak dari Kupang": "Pengamat langit memakai teropong ketika bayangan bumi menutup bulan.",
    "Panen Kopi Gayo Mundur": "Petani menunggu ceri merah, sebab musim hujan lebih panjang.",
}


def flood(day: int) -> str:
    """A text about the flood; with words of its own, for of texts that are nearly the same only one is related."""
    return f"{FLOOD} {' '.join(f'hari{day}kata{n}' for n in range(24))}."


def news(*floods: str, story: str = "", day: int = 1, month: int = 5) -> str:
    """Articles about a flood under these headlines, a day apart, some with a story; and others about other things."""
    line = f"story: {story}\n" if story else ""
    text = "".join(
        f"-- content/b{n}.md --\n---\ntitle: {title}\ndate: 2026-{month:02}-{n + day:02}\n{line}---\n{flood(n)}\n"
        for n, title in enumerate(floods)
    )
    for n, (title, body) in enumerate(OTHERS.items()):
        text += f"-- content/o{n}.md --\n---\ntitle: {title}\ndate: 2026-05-0{n + 1}\n---\n{body}\n"
    return text


THREE = ("Banjir Citarum Rendam Baleendah", "Banjir Citarum Mulai Surut", "Sesudah Banjir Citarum, Warga Pulang")


def rows(made: Made, *words: str) -> list[list[str]]:
    """The lines that `ssg stories` prints."""
    return [line.split("\t") for line in made.run("stories", "--now", "2026-06-01", *words).text.splitlines()]


def test_articles_that_are_one_story_are_offered_under_what_their_headlines_share(site: Site) -> None:
    """With date, path and headline, oldest first; articles about other things are not."""
    made = site(news(*THREE))
    assert rows(made) == [
        ["offer", "id", "Banjir Citarum", f"2026-05-0{n + 1}T00:00:00+07:00", f"content/b{n}.md", title]
        for n, title in enumerate(THREE)
    ]


def test_a_tag_of_theirs_alone_names_a_story(site: Site) -> None:
    """It says more than what headlines share; a tag that as many others have does not."""
    text = (
        news(*THREE)
        .replace("---\nSungai", "tags: [Cuaca, Bandung Selatan]\n---\nSungai")
        .replace("---\nP", "tags: Cuaca\n---\nP")
    )
    assert {row[2] for row in rows(site(text))} == {"Bandung Selatan"}


def test_without_a_tag_or_words_in_common_the_first_headline_names_it(site: Site) -> None:
    """Each shares names with two others, and no name is of most of them."""
    floods = ("Banjir Citarum Surut Baleendah", "Banjir Citarum Tenda Dibongkar Sekolah Bersih")
    later = ("Surut Baleendah Tenda Dibongkar Tanggul Diperkuat", "Sekolah Bersih Tanggul Diperkuat")
    found = rows(site(news(*floods, *later)))
    assert [row[2] for row in found] == [floods[0]] * 4


@pytest.mark.parametrize(
    "floods",
    [
        THREE[:2],
        ("Banjir Citarum Rendam Baleendah", "Air Mulai Surut", "Warga Pulang"),
    ],
)
def test_too_few_or_too_unlike_articles_are_not_offered(site: Site, floods: tuple[str, ...]) -> None:
    """Two are no story, and neither are texts alike under headlines that share no names."""
    assert rows(site(news(*floods))) == []


def test_what_lies_far_apart_is_not_one_story(site: Site) -> None:
    """The same words half a year later tell of another flood."""
    made = site(news(*THREE))
    text = (made.root / "content/b2.md").read_text().replace("2026-05-03", "2025-11-03")
    assert rows(made.put("content/b2.md", text.encode())) == []


def test_an_article_is_offered_to_the_story_that_it_belongs_to(site: Site) -> None:
    """Under the name that the note gives; what is written is what the other articles write."""
    made = site(
        news(*THREE[:2], story="Luapan Citarum") + "-- content/stories/luapan-citarum.md --\n---\ntitle: Citarum 2026\n---\n"
    )
    new = f"-- content/baru.md --\n---\ntitle: Tanggul Dibangun Usai Banjir Citarum\ndate: 2026-05-20\n---\n{flood(9)}\n"
    found = rows(made.write(new))
    assert found[0] == ["story", "id", "Citarum 2026", "2", "2026-05-01T00:00:00+07:00", "2026-05-02T00:00:00+07:00"]
    assert [row[0:3] + row[4:] for row in found[1:]] == [
        ["join", "id", "Citarum 2026", "content/baru.md", "Tanggul Dibangun Usai Banjir Citarum"]
    ]
    made.run("stories", "--now", "2026-06-01", "--accept", "citarum 2026")
    assert made.said == "content/baru.md: Luapan Citarum\n1 written\n"
    assert len(rows(made)) == 1


def test_accepting_writes_one_line_into_each_article_and_nothing_else(site: Site) -> None:
    """In any format, with any line ends; afterwards the story has a page, and nothing is offered again."""
    made = site(news(*THREE))
    made.put("content/b1.md", f'+++\r\ntitle = "{THREE[1]}"\r\ndate = 2026-05-02\r\n+++\r\n{flood(1)}  '.encode())
    made.put("content/b2.md", f'{{"title": "{THREE[2]}", "date": "2026-05-03"}}\n{flood(2)}\n'.encode())
    before = {file: file.read_bytes() for file in sorted(made.root.rglob("*.md"))}
    run = made.run("stories", "--now", "2026-06-01", "--accept", "banjir citarum", "--as", "Banjir: Citarum")
    assert run.text == "".join(f"content/b{n}.md: Banjir: Citarum\n" for n in range(3)) + "3 written\n"
    lines = [b"story: 'Banjir: Citarum'\n", b'story = "Banjir: Citarum"\r\n', b'"story": "Banjir: Citarum", ']
    for file, data in before.items():
        line = lines[int(file.stem[1:])] if file.stem.startswith("b") else b""
        assert line in file.read_bytes()
        assert file.read_bytes().replace(line, b"", 1) == data
    assert [row[:4] for row in rows(made)] == [["story", "id", "Banjir: Citarum", "3"]]
    assert told(made.build("--now", "2026-06-01").page("/kisah/banjir-citarum/")) == list(THREE)


def test_what_is_offered_depends_neither_on_settings_of_blocks_nor_on_expiry(site: Site) -> None:
    """A site may show no related articles, and yesterday's news is a step too."""
    made = site(news(*THREE).replace("---\nSungai", "expires: 2026-05-20\n---\nSungai"))
    toml = (made.root / "site.toml").read_text()
    first = rows(made)
    assert len(first) == 3
    made.put("site.toml", toml.replace("[identity]", "[blocks]\nrelated = 0\n\n[identity]").encode())
    assert rows(made) == first
    made.put("site.toml", ('expired = "hide"\n' + toml).encode())
    assert rows(made) == []


def test_drafts_and_the_future_are_offered_on_demand(site: Site) -> None:
    """As a build shows them."""
    made = site(news(*THREE))
    for name, line in (("b0", "draft: true\n"), ("b2", "")):
        text = (made.root / f"content/{name}.md").read_text().replace("2026-05-03", "2026-06-03")
        made.put(f"content/{name}.md", text.replace("---\nSungai", f"{line}---\nSungai").encode())
    assert rows(made) == []
    assert rows(made, "--drafts") == rows(made, "--future") == []
    assert len(rows(made, "--drafts", "--future")) == 3


def test_programs_read_json(site: Site) -> None:
    """All that people are told, and the ids."""
    made = site(news(*THREE) + steps(2))
    found = json.loads(made.run("stories", "--now", "2026-06-01", "--format", "json").text)
    assert [(story["name"], [a["id"] for a in story["articles"]]) for story in found["stories"]] == [("Banjir", ["s00", "s01"])]
    [offer] = found["offers"]
    assert (offer["name"], offer["language"], offer["joins"]) == ("Banjir Citarum", "id", False)
    assert offer["articles"][1] == {
        "path": "content/b1.md",
        "id": "b1",
        "date": "2026-05-02T00:00:00+07:00",
        "title": "Banjir Citarum Mulai Surut",
    }


def test_another_name_goes_with_one_to_accept(site: Site) -> None:
    """`--as` alone is a slip, and nothing is written."""
    made = site(news(*THREE))
    assert made.run("stories", "--as", "Citarum").code == 2
    assert "--accept" in made.said
    assert len(rows(made)) == 3


def test_an_article_that_cannot_be_read_is_told_and_the_others_are_offered(site: Site) -> None:
    """The answer stands, and the command says that it is not whole."""
    made = site(news(*THREE) + "-- content/bad.md --\n---\ntitle: A: b\n---\n")
    run = made.run("stories", "--now", "2026-06-01")
    assert run.code == 1
    assert "content/bad.md:2:9: error[frontmatter.bad]" in run.text
    assert run.text.count("Banjir Citarum\t") == 3


def test_people_see_a_table_and_how_to_go_on(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a terminal: the stories that there are, what is offered with its paths, and the command that accepts it."""
    monkeypatch.setattr(
        "ssg.cli.terminal.out", lambda: Console(force_terminal=True, no_color=True, soft_wrap=True, highlight=False)
    )
    made = site(news(*THREE) + steps(2, story="'Banjir [lama]'"))
    said = re.sub(r"\x1b\[[0-9;]*m", "", made.run("stories", "--now", "2026-06-01").text)
    assert re.search(r"^Banjir \[lama\] +2 +2020-01-05 +2020-02-05 *$", said, re.MULTILINE)
    assert "Banjir Citarum  3 articles may be a story\n  2026-05-01  Banjir Citarum Rendam Baleendah\n" in said
    assert said.splitlines()[-1].endswith(f"ssg stories --source {made.root} --accept 'Banjir Citarum'")
    assert "Nothing more is offered." in made.remove("content/b0.md").run("stories", "--now", "2026-06-01").text
