"""The whole archive by feed (RFC 5005, 4), the list of all feeds, and what a browser shows of one."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.conftest import SITE_TOML, Made

Site = Callable[[str], Made]

ROOT = Path(__file__).parent.parent.parent
ORIGIN = "https://kabar.example"
ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
FEEDS = f'-- site.toml --\n{SITE_TOML}\n[feeds]\nsize = 3\nalso = ["atom", "json"]\n'


def article(name: str, date: str, more: str = "") -> str:
    return f"-- content/{name}.md --\n---\ntitle: {name}\ndate: {date}\nid: {name}\n{more}---\nIsi {name}.\n"


# Seven articles of March, two of April, four of May: with three in a document, May has one that is full.
MARCH = [article(f"maret-{n}", f"2026-03-{n + 1:02}", "tags: Harga\n") for n in range(7)]
APRIL = [article(f"april-{n}", f"2026-04-{n + 1:02}") for n in range(2)]
MAY = [article(f"mei-{n}", f"2026-05-{n + 1:02}") for n in range(4)]
TEXTS = "".join([*MARCH, *APRIL, *MAY])
CLOSED = ["2026/05/{}.xml", "2026/04/{}.xml", "2026/03/{}-3.xml", "2026/03/{}-2.xml", "2026/03/{}.xml"]


def walked(made: Made, first: str = "/feed.xml") -> Iterator[tuple[str, ElementTree.Element]]:
    """The documents of a feed, as a client of RFC 5005 comes by them: from the newest back."""
    address = first
    while address:
        root = ElementTree.fromstring((made.output / address.lstrip("/")).read_bytes())
        feed = root if root.tag == f"{ATOM}feed" else root[0]
        yield address, feed
        links = {link.get("rel"): link.get("href", "") for link in feed.findall(f"{ATOM}link")}
        assert links.get("current", ORIGIN + first) == ORIGIN + first
        assert (feed.find(f"{HISTORY}archive") is not None) is (address != first) is ("current" in links)
        address = links.get("prev-archive", "").removeprefix(ORIGIN)


def ids_of(feed: ElementTree.Element) -> list[str]:
    found = feed.iterfind("item/guid") if feed.tag == "channel" else feed.iterfind(f"{ATOM}entry/{ATOM}id")
    return [(id.text or "").rpartition(":")[2] for id in found]


def documents(made: Made) -> dict[str, bytes]:
    return {file: (made.output / file).read_bytes() for form in CLOSED for file in (form.format("feed"), form.format("atom"))}


@pytest.mark.parametrize(("first", "name"), [("/feed.xml", "feed"), ("/atom.xml", "atom")])
def test_a_client_that_goes_back_gets_every_article_once(site: Site, first: str, name: str) -> None:
    """The newest three, and behind them document by document all that was closed, newest first, none of them twice."""
    made = site(FEEDS + TEXTS).build()
    found = dict(walked(made, first))
    assert list(found) == [first, *(f"/{form.format(name)}" for form in CLOSED)]
    closed = [id for address, feed in found.items() if address != first for id in ids_of(feed)]
    every = ["mei-2", "mei-1", "mei-0", "april-1", "april-0", *(f"maret-{n}" for n in (6, 5, 4, 3, 2, 1, 0))]
    assert closed == every
    assert set(ids_of(found[first])) | set(closed) == {"mei-3", *every}


def test_documents_are_of_one_feed_and_know_their_month(site: Site) -> None:
    """In Atom they share the feed's id, whose articles they hold; the title says the month, the link leads to its page."""
    made = site(FEEDS + TEXTS).build()
    assert {feed.findtext(f"{ATOM}id") for _, feed in walked(made, "/atom.xml")} == {"tag:kabar.example,2026-11:feed:/atom.xml"}
    march = made.feed("/2026/03/feed-2.xml")
    assert march.feed.title == "Kabar Uji · Maret 2026"
    assert march.feed.link == f"{ORIGIN}/2026/03/"
    assert [entry.title for entry in march.entries] == ["maret-5", "maret-4", "maret-3"]
    assert made.feed("/2026/03/atom-2.xml").entries[0].content[0].value.endswith("Isi maret-5.</p>")


def test_a_feed_in_json_leads_back_as_well(site: Site) -> None:
    """By `next_url` (JSON Feed 1.1), to the same articles."""
    made = site(FEEDS + TEXTS).build()
    address, seen = "/feed.json", []
    while address:
        read = json.loads((made.output / address.lstrip("/")).read_bytes())
        seen += [item["title"] for item in read["items"]]
        address = read.get("next_url", "").removeprefix(ORIGIN)
    assert seen[3:] == ["mei-2", "mei-1", "mei-0", "april-1", "april-0", *(f"maret-{n}" for n in (6, 5, 4, 3, 2, 1, 0))]


def test_a_new_article_changes_no_document(site: Site) -> None:
    """Neither one of the open month nor the first of a new month, which closes the month before it; nor the clock."""
    made = site(FEEDS + TEXTS).build()
    before = documents(made)
    made.build("--now", "2031-01-01")
    assert documents(made) == before
    made.write(article("mei-4", "2026-05-20")).build()
    assert documents(made) == before
    made.write(article("juni-0", "2026-06-01")).build("--now", "2026-06-02")
    assert documents(made) == before
    assert [address for address, _ in walked(made)][1] == "/2026/05/feed-2.xml"
    assert ids_of(dict(walked(made))["/2026/05/feed-2.xml"]) == ["mei-4", "mei-3"]


def test_a_correction_and_a_withdrawal_change_their_own_document_alone(site: Site) -> None:
    """A withdrawn article goes, and no other moves into its place."""
    made = site(FEEDS + TEXTS).build()
    before = documents(made)
    made.write(article("maret-1", "2026-03-02", "tags: Harga\nwithdrawn: {date: 2026-05-30, reason: Salah}\n")).build()
    assert {file for file, data in documents(made).items() if data != before[file]} == {"2026/03/feed.xml", "2026/03/atom.xml"}
    assert ids_of(dict(walked(made))["/2026/03/feed.xml"]) == ["maret-2", "maret-0"]
    before = documents(made)
    made.write(article("april-0", "2026-04-01", "updated: 2026-05-31\n").replace("Isi", "Isi baru")).build()
    assert {file for file, data in documents(made).items() if data != before[file]} == {"2026/04/feed.xml", "2026/04/atom.xml"}


def test_each_language_has_its_own_archive(site: Site) -> None:
    """An English article closes no Indonesian month."""
    made = site(FEEDS + TEXTS + article("en/june", "2026-06-01") + article("en/may", "2026-05-09")).build()
    assert [address for address, _ in walked(made, "/en/feed.xml")] == ["/en/feed.xml", "/en/2026/05/feed.xml"]
    assert [address for address, _ in walked(made)][1] == "/2026/05/feed.xml"


def test_a_long_feed_keeps_what_no_other_document_has(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """However short a feed has to be, no article falls between it and the documents behind it."""
    monkeypatch.setattr("ssg.rendering.feeds.items.MOST", 10)
    made = site(FEEDS + TEXTS + article("mei-4", "2026-05-05")).build()
    found = dict(walked(made))
    assert ids_of(found["/feed.xml"]) == ["mei-4", "mei-3"]
    assert ids_of(found["/2026/03/feed.xml"]) == ["maret-2", "maret-1", "maret-0"]


def test_the_archive_by_feed_can_be_left_out(site: Site) -> None:
    """Then the newest articles are all that feeds have."""
    made = site(FEEDS + "archive = false\n" + TEXTS).build()
    assert [address for address, _ in walked(made)] == ["/feed.xml"]
    assert not (made.output / "2026/03/feed.xml").exists()


def test_an_empty_archive_leads_nowhere(site: Site) -> None:
    """Its feeds are there all the same."""
    made = site(FEEDS).build()
    assert [address for address, _ in walked(made)] == ["/feed.xml"]


# -- the list of all feeds


def test_the_list_of_feeds_has_each_of_them_once(site: Site) -> None:
    """Of the site, of corrections, and in groups of sections, people and tags by name; every address is that of a file."""
    more = "section: Ekonomi & Niaga\neditor: Sri Wahyuni\ntags: [Harga, Beras]\n"
    more += "corrections: {date: 2026-05-02, text: Angka diperbaiki}\n"
    made = site(article("a", "2026-05-01", more)).build()
    root = ElementTree.fromstring((made.output / "feeds.opml").read_bytes())
    assert (root.tag, root.get("version"), root.findtext("head/title")) == ("opml", "2.0", "Kabar Uji")
    outer = root.findall("body/outline")
    assert [outline.get("text") for outline in outer] == ["Kabar Uji", "Ralat dan pencabutan", "Rubrik", "Editor", "Tag"]
    assert [feed.get("text") for feed in outer[4]] == ["Beras", "Harga"]
    every = [outline for outline in root.iter("outline") if outline.get("type") == "rss"]
    files = {Path(made.output / (feed.get("xmlUrl") or "").removeprefix(f"{ORIGIN}/")) for feed in every}
    assert files == set(made.output.rglob("feed.xml")) - set((made.output / "en").rglob("feed.xml"))
    for feed in every:
        assert (made.output / (feed.get("htmlUrl") or "").removeprefix(f"{ORIGIN}/") / "index.html").is_file()
    assert (made.output / "en/feeds.opml").is_file()
    assert ("Semua umpan (OPML)", "/feeds.opml") in made.page("/").links("footer")


# -- in a browser


def test_a_feed_names_a_style_sheet_that_says_what_it_is(site: Site) -> None:
    """In the language of the feed; the declaration stays the first thing in it, and a reader still reads it."""
    made = site(FEEDS + article("a", "2026-05-01", "tags: Harga\n")).build()
    for address, sheet in (("/tag/harga/feed.xml", "/feed.css"), ("/atom.xml", "/feed.css"), ("/en/feed.xml", "/en/feed.css")):
        first, second, *_ = (made.output / address.lstrip("/")).read_text(encoding="utf-8").split("\n")
        assert first.startswith("<?xml version=")
        assert second.startswith(f'<?xml-stylesheet type="text/css" href="{sheet}"?>')
        assert made.feed(address).version in ("rss20", "atom10")
    told = (made.output / "en/feed.css").read_text(encoding="utf-8")
    assert '@import url("/aset/feed.css");' in told
    assert 'content: "This is a web feed of Kabar Uji in English.' in told


def test_a_title_cannot_leave_its_string_in_the_style_sheet(site: Site) -> None:
    """Quotes and backslashes are told as themselves."""
    toml = SITE_TOML.replace('"Kabar Uji"', "'Kabar \"Uji\" \\ Baru'")
    made = site(f"-- site.toml --\n{toml}").build()
    assert 'umpan web Kabar \\"Uji\\" \\\\ Baru.' in (made.output / "feed.css").read_text(encoding="utf-8")


def test_a_feed_in_json_says_what_it_is(site: Site) -> None:
    """To whoever opens the bare file, in the words that the style sheet shows; each feed does, of whatever it is."""
    more = "tags: Harga\nlanguage: en\ncorrections: {date: 2026-05-02, text: Mended}\n"
    made = site(FEEDS + article("a", "2026-05-01", more) + article("b", "2026-06-01", "language: en\n")).build()
    told = (made.output / "en/feed.css").read_text(encoding="utf-8")
    for folder in ("en/", "en/tag/harga/", "en/2026/05/", "en/corrections/"):
        comment = json.loads((made.output / folder / "feed.json").read_bytes())["user_comment"]
        assert comment.startswith("This is a web feed of Kabar Uji in English.")
        assert f'content: "{comment}";' in told


def test_a_theme_without_a_sheet_for_feeds_has_plain_ones(site: Site) -> None:
    """Nothing points at what is not there, and no label is missed that says what a feed is."""
    made = site(FEEDS.replace("-- site.toml --\n", '-- site.toml --\ntheme = "koran"\n'))
    own = made.root / "themes" / "koran"
    shutil.copytree(ROOT / "themes" / "plain", own, ignore=shutil.ignore_patterns("feed.css"))
    for file in (own / "translations").iterdir():
        file.write_text(re.sub("feed_explained = .*\n", "", file.read_text(encoding="utf-8")), encoding="utf-8")
    assert made.build().problems() == []
    assert b"xml-stylesheet" not in (made.output / "feed.xml").read_bytes()
    assert "user_comment" not in json.loads((made.output / "feed.json").read_bytes())
    assert not (made.output / "feed.css").exists()


def test_a_feed_of_long_articles_stays_short(site: Site) -> None:
    """Parts of a month are closed by their length too, so that the newest feed need not hold more than 2 MB."""
    words = "kata demi kata " * 7_000
    long = "".join(article(f"a{n:02}", f"2026-05-{n + 1:02}").replace("Isi", words) for n in range(30))
    made = site(f'-- site.toml --\n{SITE_TOML}\n[feeds]\nalso = ["atom"]\n' + long).build()
    for name in ("feed.xml", "atom.xml"):
        files = [made.output / name, *made.output.glob(f"2026/05/{name.partition('.')[0]}*.xml")]
        assert len(files) > 5
        assert max(file.stat().st_size for file in files) < 2_000_000
        found = [id for _, feed in walked(made, f"/{name}") for id in ids_of(feed)]
        assert set(found) == {f"a{n:02}" for n in range(30)}
    made.write(article("a00", "2026-05-01")).build("--verify")
