"""Tags that have another name now: articles have the new one, and whoever kept the old page or feed is led on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.conftest import SITE_TOML, Made
from tests.sites.faults import told

Site = Callable[[str], Made]

MERGED = """
[merged_tags]
"Covid19" = "Corona"
"corona" = "COVID-19"
"Wabah" = "covid-19"
"""


def article(name: str, day: int, tags: str, more: str = "") -> str:
    """`content/NAME.md` of a day in May."""
    return f"-- content/{name}.md --\n---\ntitle: {name.title()}\ndate: 2026-05-{day:02}\ntags: [{tags}]\n{more}---\nWords.\n"


def with_table(table: str) -> str:
    return f"-- site.toml --\n{SITE_TOML}{table}\n"


ARTICLES = article("one", 1, "Vaksin, Covid19, COVID-19, Corona") + article("two", 2, "Corona") + article("three", 3, "Vaksin")
# Ten articles, three on a page: two numbered pages, one behind them that leads to the front, and the front.
MANY = "".join(article(f"n{day}", day, "COVID19") for day in range(4, 14))


@pytest.fixture
def merged(site: Site) -> Made:
    """A site that published its articles with the old names first, and then with the table."""
    made = site(ARTICLES + MANY).build()
    assert made.feed("/tag/corona/feed.xml").entries
    return made.write(with_table(MERGED)).build()


def test_an_article_has_the_tag_by_its_new_name(merged: Made) -> None:
    """Once, at the place of the first spelling, through a chain; on its page, in the feed, and for search engines."""
    page = merged.page("/2026/05/01/one/")
    tags = [(text, link) for text, link in page.links() if link.startswith("/tag/")]
    assert tags == [("Vaksin", "/tag/vaksin/"), ("COVID-19", "/tag/covid-19/")]
    assert [meta["content"] for meta in page.find("meta", property="article:tag")] == ["Vaksin", "COVID-19"]
    (entry,) = [entry for entry in merged.feed("/feed.xml").entries if entry.title == "N13"]
    assert [tag.term for tag in entry.tags] == ["COVID-19"]
    assert "corona" not in merged.sitemap()


def test_the_list_of_the_new_tag_has_all_articles(merged: Made) -> None:
    """Whatever name they write; the list of all tags does not know the old ones."""
    titles = {
        link[0] for number in ("", "hal/1/", "hal/2/", "hal/3/") for link in merged.page(f"/tag/covid-19/{number}").links()
    }
    assert {"One", "Two", *(f"N{day}" for day in range(4, 14))} <= titles
    assert [link for _, link in merged.page("/tag/").links() if link.startswith("/tag/") and link != "/tag/"] == [
        "/tag/covid-19/",
        "/tag/vaksin/",
    ]


def test_articles_are_listed_by_either_name(merged: Made) -> None:
    """`ssg list --tag` understands the old one, in any spelling."""
    by_new = merged.run("list", "--tag", "covid-19").text
    assert len(by_new.splitlines()) == 12
    assert merged.run("list", "--tag", "Wabah").text == by_new
    assert merged.run("list", "--tag", "covid19").text == by_new


@pytest.mark.parametrize("old", ["/tag/covid-19-lama/", "/tag/wabah/", "/en/tag/wabah/"])
def test_the_old_page_leads_on_in_every_language(site: Site, old: str) -> None:
    """Also where no article ever wrote the old name."""
    english = article("english", 5, "COVID-19", "language: en\n")
    made = site(with_table('[merged_tags]\nwabah = "covid-19"\n"Covid-19 (lama)" = "covid-19"') + ARTICLES + english).build()
    new = f"{old.partition('tag/')[0]}tag/covid-19/"
    page = made.page(old)
    assert page.one("meta", http_equiv_="refresh")["content"].endswith(new)
    assert page.one("link", rel="canonical")["href"] == f"https://kabar.example{new}"
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_numbered_pages_of_the_old_tag_lead_on_too(site: Site) -> None:
    """As many as there were, and those of names that the old one had taken in; of a name that nobody writes there are none."""
    made = site(with_table("") + MANY).build()
    before = {file for file in made.files() if file.startswith("tag/")}
    made.write(with_table('[merged_tags]\n"covid19" = "Corona"\n"Corona" = "Wabah"\n"Pagebluk" = "Wabah"')).build()
    now = {file for file in made.files() if file.startswith("tag/")}
    assert {file for file in before if "/hal/" in file} == {f"tag/covid19/hal/{n}/index.html" for n in (1, 2, 3)}
    assert before < now
    assert {file for file in now if "/hal/" in file and "/wabah/" not in file} == {
        f"tag/{tag}/hal/{n}/index.html" for tag in ("covid19", "corona") for n in (1, 2, 3)
    }
    assert 'url=/tag/wabah/"' in (made.output / "tag/corona/hal/1/index.html").read_text(encoding="utf-8")


def test_subscribers_of_the_old_feed_lose_nothing(merged: Made) -> None:
    """At its address stands the feed of the new tag; no build tells of a feed that has gone."""
    assert merged.problems() == []
    new = merged.feed("/tag/covid-19/feed.xml")
    for old in ("corona", "wabah"):
        feed = merged.feed(f"/tag/{old}/feed.xml")
        assert [entry.id for entry in feed.entries] == [entry.id for entry in new.entries]
        assert (feed.feed.title, feed.feed.link) == ("COVID-19 · Kabar Uji", "https://kabar.example/tag/covid-19/")


def test_a_feed_whose_merger_is_taken_back_is_told(merged: Made) -> None:
    """Where no article writes the old name: with the line that keeps it."""
    merged.write(with_table("")).build()
    assert [line for line in merged.problems() if "feed.vanished" in line] == [
        "content/tags/wabah.md: warning[feed.vanished] the feed /tag/wabah/feed.xml was published and is not made any more: "
        'no article names the tag "Wabah" now'
    ]
    assert 'If the tag is called otherwise now: `"Wabah" = ...` in [merged_tags] of site.toml.' in merged.said
    assert merged.page("/tag/corona/").one("h1").text == "Corona"


def test_feeds_of_merged_tags_that_move_are_told_with_their_own_new_address(merged: Made) -> None:
    """Not with that of another old name."""
    merged.write(with_table(MERGED + '[paths]\ntag = "topik"')).build()
    told_of = [line.partition("] ")[2] for line in merged.problems() if "/tag/wabah/" in line or "/tag/covid-19/" in line]
    assert told_of == [
        f"the feed /tag/{name}/feed.xml was published and stands at /topik/{name}/feed.xml now"
        for name in ("covid-19", "wabah")
    ]


def test_without_a_page_of_the_new_tag_nothing_leads_to_it(site: Site) -> None:
    """A link into nothing would help nobody."""
    made = site(with_table('[merged_tags]\nWabah = "Pagebluk"') + ARTICLES).build()
    assert [file for file in made.files() if "wabah" in file or "pagebluk" in file] == []


@pytest.mark.parametrize(
    ("claim", "file", "other"),
    [
        (article("four", 4, "Vaksin", "aliases: [/tag/wabah/]\n"), "tag/wabah/index.html", "tag/wabah/feed.xml"),
        ("-- static/tag/Wabah/feed.xml --\n<rss/>\n", "tag/Wabah/feed.xml", "tag/wabah/index.html"),
        ("-- static/tag/wabah --\nA file.\n", "tag/wabah", "tag/wabah/index.html"),
    ],
)
def test_whatever_else_wants_the_old_address_has_it(site: Site, claim: str, file: str, other: str) -> None:
    """An alias, a file, and a file that stands where the folder would: all of them come first, and none is a problem."""
    made = site(ARTICLES + claim).build()
    before = made.files()[file]
    made.write(with_table('[merged_tags]\nWabah = "COVID-19"')).build()
    assert made.problems() == []
    assert made.files()[file] == before
    assert (other in made.files()) is (other != "tag/wabah/index.html" or file != "tag/wabah")


def test_the_description_of_a_merged_tag_is_a_problem(site: Site) -> None:
    """It says where the description belongs; without the line, or under the new name, all is well."""
    note = "-- content/tags/wabah.md --\n---\ntitle: Wabah\n---\nWords.\n"
    made = site(with_table('[merged_tags]\nWabah = "COVID-19"') + ARTICLES + note).build(ok=False)
    assert told(made, made.runs[-1]) == [
        (
            "content/tags/wabah.md",
            "error",
            "note.merged",
            "the tag 'Wabah' is merged into 'COVID-19', so that there is nothing left to describe",
            "Describe 'COVID-19' in a file named covid-19.md, or take the line out of [merged_tags] in site.toml.",
        )
    ]
    made.remove("content/tags/wabah.md").write(note.replace("tags/wabah", "tags/covid-19")).build()
    assert made.page("/tag/covid-19/").one("h1").text == "Wabah"


@pytest.mark.parametrize(
    ("lines", "place", "what", "mend"),
    [
        (
            'Nato = "NATO"',
            "2:1",
            '"Nato" is merged into itself: "NATO" has the same address',
            "content/tags/nato.md can name it",
        ),
        (
            'A = "B"\nB = "C"\nc = "a"\nD = "A"',
            "2:1",
            'these tags lead in a circle: "A" to "B" to "C" to "a"',
            "Take out the line of the name that is to stay.",
        ),
        ('"Covid 19" = "A"\n"covid-19" = "B"', "3:1", '"covid-19" is "Covid 19" once more', "Take one of the two lines out."),
        ('A = " "', "2:1", "merged_tags.A must be the name of a tag", ""),
        ('" " = "A"', "2:1", 'the key " " in [merged_tags] must be the name of a tag', ""),
        ("A = 1", "2:1", "merged_tags.A must be a text; it is 1", ""),
    ],
)
def test_a_line_that_leads_nowhere_is_told_with_its_place(site: Site, lines: str, place: str, what: str, mend: str) -> None:
    """Once, and before anything is read."""
    head = SITE_TOML.count("\n")
    line, _, column = place.partition(":")
    made = site(with_table(f"[merged_tags]\n{lines}") + ARTICLES).build(ok=False)
    (problem,) = told(made, made.runs[-1])
    assert problem[:3] == (f"site.toml:{head + int(line)}:{column}", "error", "settings.bad")
    assert what in problem[3]
    assert mend in problem[4]


def test_merging_after_a_build_is_building_with_the_table_from_the_first(merged: Made) -> None:
    """The same bytes, also when the table changes again; a build that follows changes nothing."""
    assert merged.run("build", "--now", "2026-06-01", "--verify").code == 0
    assert "0 written" in merged.said
    other = MERGED.replace('"Corona"', '"Vaksin"').replace('"COVID-19"', '"Vaksin"')
    assert merged.write(with_table(other)).run("build", "--now", "2026-06-01", "--verify").code == 0, merged.said
    assert ("Vaksin", "/tag/vaksin/") in merged.page("/2026/05/02/two/").links()
    assert merged.write(with_table("")).run("build", "--now", "2026-06-01", "--verify").code == 0, merged.said


def test_related_articles_know_the_new_name_alone(site: Site) -> None:
    """Two that write one tag by two names are as near as if they wrote it by one."""
    names = ("Banjir", "Banjir Bandang", "Rob", "Hujan")
    texts = "".join(article(f"a{n}", n + 1, names[n % 4]).replace("Words.", f"Kata{n} lain{n} lagi{n}.") for n in range(12))
    table = with_table('[merged_tags]\n"Banjir Bandang" = "Banjir"')
    made = site(table + texts).build()
    by_two = made.page("/2026/05/01/a0/").links("section")
    assert by_two
    made.write(texts.replace("tags: [Banjir Bandang]", "tags: [Banjir]")).build()
    assert made.page("/2026/05/01/a0/").links("section") == by_two
    made.write(with_table("") + texts).build()
    assert made.page("/2026/05/01/a0/").links("section") != by_two


def test_the_old_feed_follows_each_mended_comma(site: Site) -> None:
    """Also where a build looks at nothing but what the changed text has to do with."""
    text = article("two", 2, "COVID-19") + "\nA coda%s"
    made = site(with_table('[merged_tags]\nWabah = "COVID-19"') + text % ".").build()
    made.write(text % ", then.").build()
    for tag in ("covid-19", "wabah"):
        assert "A coda, then." in made.feed(f"/tag/{tag}/feed.xml").entries[0].content[0].value
