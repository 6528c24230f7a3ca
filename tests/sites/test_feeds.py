"""The feeds, as feed readers see them: every feed of a site that has something of everything."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import datetime
from email.utils import parsedate_to_datetime
from pathlib import Path
from xml.etree import ElementTree

import feedparser
import pytest

from tests.conftest import SITE_TOML, Html, Made
from tests.sites.rich import FEED_SIZE, PIECES, Piece, photo, published

ORIGIN = "https://kabar.example"

Holds = Callable[[Piece], bool]


def tagged(*names: str) -> Holds:
    return lambda piece: bool(set(names) & set(piece.tags))


def of(section: str) -> Holds:
    return lambda piece: piece.section == section


def by(name: str) -> Holds:
    return lambda piece: name in piece.editors + piece.authors


def in_region(name: str) -> Holds:
    return lambda piece: name in piece.regions


FEEDS: dict[str, Holds] = {
    "/feed.xml": lambda piece: True,
    "/tag/banjir/feed.xml": tagged("Banjir"),
    "/tag/cuaca/feed.xml": tagged("Cuaca", "cuaca"),
    "/tag/gempa/feed.xml": tagged("Gempa"),
    "/tag/harga/feed.xml": tagged("Harga"),
    "/tag/nato/feed.xml": tagged("NATO"),
    "/tag/pemilu/feed.xml": tagged("Pemilu"),
    "/rubrik/daerah/feed.xml": of("Daerah"),
    "/rubrik/ekonomi/feed.xml": of("Ekonomi"),
    "/rubrik/nasional/feed.xml": of("Nasional"),
    "/rubrik/olahraga/feed.xml": of("Olahraga"),
    "/editor/budi/feed.xml": by("Budi"),
    "/editor/m-haidar/feed.xml": by("M Haidar"),
    "/editor/siti-aminah/feed.xml": by("Siti Aminah"),
    "/daerah/bekasi/feed.xml": in_region("Bekasi"),
    "/daerah/karawang/feed.xml": in_region("Karawang"),
    "/kisah/gempa-jawa/feed.xml": lambda piece: "story: Gempa Jawa" in piece.more,
    "/en/feed.xml": lambda piece: True,
    "/en/tag/gempa/feed.xml": tagged("Gempa"),
    "/en/section/world/feed.xml": of("World"),
    "/en/editor/m-haidar/feed.xml": by("M Haidar"),
}


def expected(address: str) -> list[Piece]:
    """The articles that a feed ought to hold, newest first."""
    pieces = published("en" if address.startswith("/en/") else "id")
    return [piece for piece in reversed(pieces) if FEEDS[address](piece) and not piece.out][:FEED_SIZE]


def entries(made: Made, address: str) -> list[tuple[Piece, feedparser.FeedParserDict]]:
    return list(zip(expected(address), made.feed(address).entries, strict=True))


def content_of(entry: feedparser.FeedParserDict) -> Html:
    return Html(f"<main>{entry.content[0].value}</main>")


def raw(made: Made, address: str) -> ElementTree.Element:
    channel = ElementTree.fromstring((made.output / address.lstrip("/")).read_bytes()).find("channel")
    assert channel is not None
    return channel


def test_there_is_a_feed_of_the_site_and_of_every_tag_section_person_and_story(rich: Made) -> None:
    """These, that of corrections, and no others: in each language those of its own articles."""
    files = {f"/{file.relative_to(rich.output).as_posix()}" for file in rich.output.rglob("*.xml")}
    found = {file for file in files if not re.match(r"/sitemap|(/en)?/\d{4}/|.*/opensearch", file)}
    assert found == {*FEEDS, "/ralat/feed.xml"}, "but for those of months"


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_holds_the_newest_articles_in_order(rich: Made, address: str) -> None:
    """Newest first and no more than the settings say; what is expired, withdrawn, in the future or a draft is out."""
    pieces = expected(address)
    found = rich.feed(address).entries
    assert [entry.title for entry in found] == [piece.title for piece in pieces]
    assert [entry.link for entry in found] == [ORIGIN + piece.address for piece in pieces]
    assert [parsedate_to_datetime(entry.published) for entry in found] == [piece.when for piece in pieces]


@pytest.mark.parametrize("address", FEEDS)
def test_each_article_has_a_permanent_id_that_is_no_address(rich: Made, address: str) -> None:
    """`tag:AUTHORITY,DATE:ID` (RFC 4151), each once in a feed."""
    ids = [entry.id for _, entry in entries(rich, address)]
    assert ids == [f"tag:kabar.example,2026-11:{piece.id}" for piece in expected(address)]
    assert len(set(ids)) == len(ids)
    guids = raw(rich, address).findall("item/guid")
    assert [guid.get("isPermaLink") for guid in guids] == ["false"] * len(ids)


@pytest.mark.parametrize("address", FEEDS)
def test_the_text_in_a_feed_is_the_text_on_the_page(rich: Made, address: str) -> None:
    """Word for word, white space aside, and what was corrected at its foot: a feed's reader reads the whole article."""
    corrected = {"gempa": " Ralat, 2 Maret 2026: Angka diperbaiki"}
    for piece, entry in entries(rich, address):
        page = rich.page(piece.address).one("div", class_="body")
        assert content_of(entry).one("main").text == page.text + corrected.get(piece.name, "") != ""


@pytest.mark.parametrize("address", FEEDS)
def test_every_address_in_a_feed_is_whole(rich: Made, address: str) -> None:
    """A feed is read elsewhere, where no relative address leads anywhere."""
    for _, entry in entries(rich, address):
        written = [e.attributes[name] for e in content_of(entry).elements for name in ("href", "src") if name in e.attributes]
        assert [link for link in written if not link.startswith(("https://", "mailto:"))] == []


def test_the_source_of_a_quotation_is_a_whole_address_or_none(site: Callable[[str], Made]) -> None:
    """On the page and in a feed: no program knows where any other leads, and no reader sees it."""
    elements = {"blockquote": "/x/", "q": "x.html", "ins": "//x.example/", "del": "https:///"}
    bad = "\n\n".join(f'<{tag} cite="{cite}">Kata.</{tag}>' for tag, cite in elements.items())
    good = bad
    for cite in elements.values():
        good = good.replace(f'"{cite}"', '"https://sumber.example/a?b=1&amp;c#d"')
    made = site(TAGGED % "" + f"{bad}\n\n{good}\n").build()
    texts = [made.feed("/feed.xml").entries[0].content[0].value, made.page("/2026/05/01/a/").source]
    for text in map(Html, texts):
        for tag in elements:
            assert [element.attributes.get("cite") for element in text.find(tag)] == [None, "https://sumber.example/a?b=1&c#d"]


def test_what_readers_take_out_of_a_text_is_told_otherwise_there(site: Callable[[str], Made]) -> None:
    """A page may turn the order of letters round; a feed keeps the words, their direction, and what is no tag."""
    made = site(TAGGED % "" + 'Kata <bdo dir="rtl">terbalik</bdo> dan `<bdo>`.\n').build()
    assert made.page("/2026/05/01/a/").one("bdo")["dir"] == "rtl"
    written = raw(made, "/feed.xml").findtext("item/{http://purl.org/rss/1.0/modules/content/}encoded")
    text = Html(f"<main>{written}</main>")
    assert text.find("bdo") == []
    assert (text.one("span", dir="rtl").text, text.main) == ("terbalik", "Kabar Uji – Words. Kata terbalik dan <bdo>.")


@pytest.mark.parametrize("address", FEEDS)
def test_people_and_categories_go_with_each_article(rich: Made, address: str) -> None:
    """Authors before editors, each once; the section and then the tags, as their pages call them."""
    names = {"Banjir": "Banjir Rob", "cuaca": "Cuaca"}  # a described tag, and one that two articles write differently
    for piece, entry in entries(rich, address):
        people = list(dict.fromkeys(piece.authors + piece.editors))
        assert [author.name for author in entry.get("authors", [])] == people
        tags = [names.get(tag, tag) for tag in piece.tags]
        assert [tag.term for tag in entry.get("tags", [])] == [name for name in [piece.section, *tags] if name]


@pytest.mark.parametrize("address", FEEDS)
def test_a_photo_is_an_enclosure_with_its_true_length(rich: Made, address: str) -> None:
    """The length is that of the published file, out of which the place has been taken."""
    for piece, entry in entries(rich, address):
        found = [(e.href, int(e.length), e.type) for e in entry.get("enclosures", [])]
        if piece.photo:
            file = rich.output / piece.address.strip("/") / "foto.jpg"
            assert found == [(f"{ORIGIN}{piece.address}foto.jpg", file.stat().st_size, "image/jpeg")]
        else:
            assert found == []


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_says_where_it_stands_and_what_it_follows(rich: Made, address: str) -> None:
    """Its self link is its own address, its link the page that it belongs to."""
    feed = rich.feed(address).feed
    assert [link.href for link in feed.links if link.rel == "self"] == [ORIGIN + address]
    assert feed.link == ORIGIN + address.removesuffix("feed.xml")
    assert (rich.output / address.removesuffix("feed.xml").lstrip("/") / "index.html").is_file()
    assert feed.language == ("en" if address.startswith("/en/") else "id")
    assert feed.title


@pytest.mark.parametrize("address", FEEDS)
def test_a_feed_was_built_when_its_latest_article_was_written_or_changed(rich: Made, address: str) -> None:
    """`lastBuildDate` comes from the articles and never from the clock."""
    latest: datetime | None = max((piece.changed for piece in expected(address)), default=None)
    written = raw(rich, address).findtext("lastBuildDate")
    assert (parsedate_to_datetime(written) if written else None) == latest


@pytest.mark.parametrize("address", FEEDS)
def test_every_page_of_a_list_names_its_feed(rich: Made, address: str) -> None:
    """In its head, after the feed of the site."""
    page = rich.page(address.removesuffix("feed.xml"))
    named = [link["href"] for link in page.find("link", type="application/rss+xml")]
    site = "/en/feed.xml" if address.startswith("/en/") else "/feed.xml"
    assert named == list(dict.fromkeys([site, address]))


def test_an_article_names_the_feeds_of_its_terms(rich: Made) -> None:
    """The site's, its section's, its story's, its tags' and its people's."""
    page = rich.page("/2026/03/01/gempa/")
    named = [link["href"] for link in page.find("link", type="application/rss+xml")]
    terms = ["rubrik/daerah", "kisah/gempa-jawa", "tag/gempa", "tag/banjir", "editor/m-haidar", "editor/siti-aminah"]
    assert named == ["/feed.xml", *(f"/{term}/feed.xml" for term in terms)]


def test_a_feed_with_no_article_left_stays_a_feed(site: Callable[[str], Made]) -> None:
    """When the last article of a tag expires its subscribers find an empty feed, not an error."""
    made = site("-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\ntags: Harga\nexpires: 2026-05-02\n---\nWords.\n").build()
    feed = made.feed("/tag/harga/feed.xml")
    assert feed.entries == []
    assert feed.feed.title == "Harga · Kabar Uji"


@pytest.mark.parametrize(("date", "updated"), [("2026", "2026-01-01"), ("2026-11", "2026-11-01"), ("2026-11-05", "2026-11-05")])
def test_an_atom_feed_without_an_article_is_as_old_as_its_id(site: Callable[[str], Made], date: str, updated: str) -> None:
    """No validator takes the date for a slip, and a build on another day or a new article elsewhere changes nothing of it."""
    toml = f'-- site.toml --\n{SITE_TOML}\n[feeds]\nalso = ["atom"]\n'.replace("2026-11", date)
    made = site(toml + TAGGED % "tags: Harga\nexpires: 2026-05-02").build()
    assert made.feed("/tag/harga/atom.xml").feed.updated == f"{updated}T00:00:00+00:00"
    before = (made.output / "tag/harga/atom.xml").read_bytes()
    made.write("-- content/b.md --\n---\ntitle: B\ndate: 2026-06-01\n---\nIsi.\n").build("--now", "2026-07-01")
    assert (made.output / "tag/harga/atom.xml").read_bytes() == before


TAGGED = "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\n%s\n---\nWords.\n"


@pytest.mark.parametrize(
    ("key", "name", "file", "feed"),
    [
        ("tags", "Harga Beras", "content/tags/harga-beras.md", "/tag/harga-beras/feed.xml"),
        ("editor", "M Haidar", "content/editors/m-haidar.md", "/editor/m-haidar/feed.xml"),
        ("section", "Kabar Kami", "content/sections/kabar-kami.md", "/rubrik/kabar-kami/feed.xml"),
        ("region", "Karawang", "content/regions/karawang.md", "/daerah/karawang/feed.xml"),
        ("story", "Pemilu 2024", "content/stories/pemilu-2024.md", "/kisah/pemilu-2024/feed.xml"),
        ("language: en\nstory", "Election", "content/en/stories/election.md", "/en/story/election/feed.xml"),
        ("language: en\nsection", "Sport", "content/en/sections/sport.md", "/en/section/sport/feed.xml"),
    ],
)
def test_a_feed_that_has_gone_is_told_at_every_build_until_the_file_that_is_named_keeps_it(
    site: Callable[[str], Made], key: str, name: str, file: str, feed: str
) -> None:
    """It does not go unseen; whatever is described by a file of its own keeps its feed, also without an article."""
    made = site(TAGGED % f"{key}: {name}").build().write(TAGGED % "").build()
    for _ in range(2):
        assert f"{file}: warning[feed.vanished] the feed {feed} was published and is not made any more" in made.said
        assert f'a file {file} with the line `title: "{name}"`' in made.said
        made.build()
    made.write(f'-- {file} --\n---\ntitle: "{name}"\n---\n').build()
    assert made.problems() == []
    assert made.feed(feed).entries == []


def test_a_feed_that_has_gone_can_be_let_go_in_the_settings(site: Callable[[str], Made]) -> None:
    """With the words that the message gives; no build tells of it again."""
    made = site(TAGGED % "tags: Harga").build().write(TAGGED % "").build()
    assert 'If it may go, add "/tag/harga/feed.xml" to `gone` in [feeds] of site.toml.' in made.said
    made.write(f'-- site.toml --\n{SITE_TOML}\n[feeds]\ngone = ["/tag/harga/feed.xml"]\n').build()
    assert made.problems() == []
    made.write(f'-- site.toml --\n{SITE_TOML}\n[feeds]\ngone = ["tag/harga/feed.xml"]\n').build(ok=False)
    assert "an entry of feeds.gone must be an address from the site's root, such as /tag/nato/feed.xml" in made.said


def test_the_loss_of_a_feed_can_be_made_an_error(site: Callable[[str], Made]) -> None:
    """A newsroom whose feeds are its bread publishes nothing without them."""
    strict = f'-- site.toml --\n{SITE_TOML}\n[problems]\n"feed.vanished" = "error"\n'
    made = site(strict + TAGGED % "tags: Harga").build().write(TAGGED % "").build(ok=False)
    assert "content/tags/harga.md: error[feed.vanished]" in made.said
    assert made.feed("/tag/harga/feed.xml").entries


def test_feeds_that_have_moved_are_told_with_their_new_address(site: Callable[[str], Made]) -> None:
    """Another word in [paths] moves them; a file that describes the tag would bring none of them back."""
    made = site(TAGGED % "tags: Harga").build()
    made.write(f'-- site.toml --\n{SITE_TOML}\n[paths]\ntag = "topik"\nfeed = "rss.xml"\n').build()
    told = [line for line in made.problems() if "feed.vanished" in line]
    assert told == [
        f"site.toml: warning[feed.vanished] the feed {old} was published and stands at {new} now"
        for old, new in (("/feed.xml", "/rss.xml"), ("/tag/harga/feed.xml", "/topik/harga/rss.xml"))
    ]
    assert "Give it its old address again in site.toml; or lead its subscribers on" in made.said


def test_feeds_of_a_language_that_is_gone_are_told(site: Callable[[str], Made]) -> None:
    """No file of content/ would keep them."""
    made = site(TAGGED % "").build().write(f"-- site.toml --\n{SITE_TOML.partition('[languages')[0]}").build()
    assert "site.toml: warning[feed.vanished] the feed /en/feed.xml was published and is not made any more" in made.said
    assert "Bring its language back" in made.said


@pytest.mark.parametrize("end", ["expires: 2026-05-20", "withdrawn: {date: 2026-05-20, reason: Salah}"])
def test_a_feed_whose_last_article_ends_is_still_there(site: Callable[[str], Made], end: str) -> None:
    """Empty, and without a word: time alone takes no feed away, hidden or withdrawn."""
    toml = SITE_TOML.replace("page_size", 'expired = "hide"\npage_size')
    text = f"-- site.toml --\n{toml}-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\ntags: Harga\n%s---\nWords.\n"
    made = site(text % "").build("--now", "2026-05-10")
    assert len(made.feed("/tag/harga/feed.xml").entries) == 1
    assert made.write(text % f"{end}\n").build().problems() == []
    assert made.feed("/tag/harga/feed.xml").entries == []


def test_a_preview_of_drafts_never_makes_a_feed_vanish(site: Callable[[str], Made]) -> None:
    """What only a preview showed was never published."""
    draft = "-- content/a.md --\n---\ntitle: A\ndate: 2026-05-01\ntags: Harga\ndraft: yes\n---\nWords.\n"
    made = site(draft).build("--drafts")
    assert made.feed("/tag/harga/feed.xml").entries
    assert made.build().problems() == []


def test_feed_ids_outlive_a_new_address_and_a_new_title(site: Callable[[str], Made], tmp_path: Path) -> None:
    """A reader's feed program shows no article twice because a newsroom moved house or mended a headline."""
    text = "-- content/a.md --\n---\ntitle: %s\ndate: 2026-05-01\nslug: %s\nid: permanent\n---\nWords.\n"
    made = site(text % ("A", "one")).build()
    first = made.feed("/feed.xml").entries[0]
    made.write(text % ("B", "two")).build("--base-url", "https://new.example/berita/")
    second = made.feed("/feed.xml").entries[0]
    assert (first.id, first.link) == ("tag:kabar.example,2026-11:permanent", "https://kabar.example/2026/05/01/one/")
    assert (second.id, second.link) == (first.id, "https://new.example/berita/2026/05/01/two/")
    assert [p.id for p in PIECES] == list(dict.fromkeys(p.id for p in PIECES))


# -- further formats


ALSO = f'-- site.toml --\n{SITE_TOML}\n[feeds]\nalso = ["json", "atom"]\nhub = "https://hub.example/"\n'


def test_an_article_without_a_text_is_an_item_too(site: Callable[[str], Made]) -> None:
    """In every format: its text is empty, or not there, and its headline and link are."""
    made = site(
        f"{ALSO}-- content/a.md --\n---\ntitle: Judul\ndate: 2026-05-01\ncanonical: https://kantor.example/a\n---\n"
    ).build()
    for file in ("/feed.xml", "/atom.xml"):
        [entry] = made.feed(file).entries
        assert (entry.title, entry.link) == ("Judul", "https://kabar.example/2026/05/01/a/")
    [item] = json.loads((made.output / "feed.json").read_bytes())["items"]
    assert (item["title"], item["content_html"]) == ("Judul", "")


def test_each_feed_is_there_in_every_format_that_is_set(site: Callable[[str], Made]) -> None:
    """With the same articles, beside the feed in RSS; every page names those of the site and its own."""
    made = site(ALSO + TAGGED % "tags: Harga\nimage: foto.jpg").put("content/foto.jpg", photo()).build()
    for folder in ("/", "/tag/harga/", "/en/"):
        atom, news = made.feed(f"{folder}atom.xml"), json.loads((made.output / f"{folder[1:]}feed.json").read_bytes())
        ids = [entry.id for entry in made.feed(f"{folder}feed.xml").entries]
        assert [entry.id for entry in atom.entries] == ids == [item["id"] for item in news["items"]]
        assert atom.feed.id == f"tag:kabar.example,2026-11:feed:{folder}atom.xml"
        assert news["feed_url"] == f"https://kabar.example{folder}feed.json"
        assert news["hubs"] == [{"type": "WebSub", "url": "https://hub.example/"}]
    named = [(link["type"], link["href"]) for link in made.page("/tag/harga/").find("link", rel="alternate")]
    kinds = ("rss+xml", "feed.xml"), ("atom+xml", "atom.xml"), ("feed+json", "feed.json")
    assert named == [(f"application/{type}", folder + file) for folder in ("/", "/tag/harga/") for type, file in kinds]
    [enclosure] = [link for link in made.feed("/atom.xml").entries[0].links if link.rel == "enclosure"]
    assert enclosure.href == "https://kabar.example/2026/05/01/a/foto.jpg"
    assert raw(made, "/feed.xml").find("{http://www.w3.org/2005/Atom}link[@rel='hub']") is not None


def test_the_paper_wrote_what_names_nobody(site: Callable[[str], Made]) -> None:
    """Whatever a feed in Atom is of: a tag, a month or corrections wrote nothing; JSON names whom an item names alone."""
    text = TAGGED % "tags: Harga\ncorrections: {date: 2026-05-02, text: Angka diperbaiki}"
    newer = "-- content/b.md --\n---\ntitle: B\ndate: 2026-06-01\neditor: M Haidar\n---\nIsi.\n"
    made = site(ALSO + text + newer).build()
    for folder in ("/", "/tag/harga/", "/ralat/", "/2026/05/", "/editor/m-haidar/"):
        assert made.feed(f"{folder}atom.xml").feed.author == "Kabar Uji"
    news = json.loads((made.output / "feed.json").read_bytes())
    assert [item.get("authors") for item in (news, *news["items"])] == [None, [{"name": "M Haidar"}], None]


def test_a_hub_is_a_whole_web_address_or_nothing(site: Callable[[str], Made]) -> None:
    """Nothing may be written as the reference shows it."""
    toml = f"-- site.toml --\n{SITE_TOML}\n[feeds]\nhub = '%s'\n"
    made = site(toml % "" + TAGGED % "").build()
    assert made.problems() == []
    assert "feeds.hub must be a whole web address" in made.write(toml % "hub.example").build(ok=False).said


def test_a_format_that_is_not_written_any_more_is_told(site: Callable[[str], Made]) -> None:
    """Its feeds had subscribers."""
    made = site(ALSO + TAGGED % "").build().write(f"-- site.toml --\n{SITE_TOML}").build()
    assert [line.partition(" (")[0] for line in made.problems()] == [
        f"site.toml: warning[feed.vanished] the feed {address} was published and is not made any more"
        for address in ("/atom.xml", "/en/atom.xml", "/en/feed.json", "/feed.json")
    ]
    assert 'Add "atom" to `also` in [feeds] of site.toml' in made.said


def test_a_merged_tag_keeps_its_feeds_in_every_format(site: Callable[[str], Made]) -> None:
    """Under its old name, with the articles of the new one."""
    made = site(ALSO + '[merged_tags]\nBeras = "Harga"\n' + TAGGED % "tags: Beras").build()
    assert [entry.title for entry in made.feed("/tag/beras/atom.xml").entries] == ["A"]
    assert json.loads((made.output / "tag/beras/feed.json").read_bytes())["title"] == "Harga · Kabar Uji"


def test_the_feed_of_the_site_is_longer_than_those_of_its_parts(site: Callable[[str], Made]) -> None:
    """Fifty articles and twenty, unless it is set otherwise."""
    texts = "".join(
        f"-- content/a{n:02}.md --\n---\ntitle: A{n}\ndate: 2026-03-{1 + n // 24:02} {n % 24:02}:00\ntags: Harga\n---\nIsi.\n"
        for n in range(60)
    )
    made = site(texts).build()
    assert [len(made.feed(address).entries) for address in ("/feed.xml", "/tag/harga/feed.xml")] == [50, 20]
    made.write(f"-- site.toml --\n{SITE_TOML}\n[feeds]\nsize = 9\nterm_size = 4\n").build()
    assert [len(made.feed(address).entries) for address in ("/feed.xml", "/tag/harga/feed.xml")] == [9, 4]
