"""The sitemap: an index, a part for each month of articles, one for all other pages, and what is news."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from lxml import etree  # type: ignore[import-untyped]

from tests.conftest import SITE_TOML, Made
from tests.sites.faults import with_settings

Site = Callable[[str], Made]

ORIGIN = "https://kabar.example/"
OFFICIAL = Path(__file__).parent.parent / "tools" / "node_modules" / "sitemap" / "schema" / "sitemap.xsd"
NAMESPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
ARTICLES = "".join(
    f"-- content/b{n}.md --\n---\ntitle: Berita {n}\ndate: {2020 + n // 4}-05-{n + 1:02}\ntags: [Uji]\n---\nIsi {n}.\n"
    for n in range(12)
)
MONTHS = ["sitemap-2020-05.xml", "sitemap-2021-05.xml", "sitemap-2022-05.xml"]

# The protocol 0.9 as its page tells it: which elements there are, in which order, and what they hold.
PROTOCOL = etree.XMLSchema(
    etree.fromstring("""\
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
    targetNamespace="http://www.sitemaps.org/schemas/sitemap/0.9" elementFormDefault="qualified">
  <xs:simpleType name="location">
    <xs:restriction base="xs:anyURI"><xs:pattern value="https?://[!-~]+"/><xs:maxLength value="2048"/></xs:restriction>
  </xs:simpleType>
  <xs:simpleType name="moment"><xs:union memberTypes="xs:date xs:dateTime"/></xs:simpleType>
  <xs:complexType name="page">
    <xs:sequence>
      <xs:element name="loc" type="location"/>
      <xs:element name="lastmod" type="moment" minOccurs="0"/>
      <xs:any namespace="##other" processContents="skip" minOccurs="0"/>
    </xs:sequence>
  </xs:complexType>
  <xs:element name="urlset">
    <xs:complexType><xs:sequence><xs:element name="url" type="page" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
  </xs:element>
  <xs:element name="sitemapindex">
    <xs:complexType><xs:sequence><xs:element name="sitemap" type="page" maxOccurs="unbounded"/></xs:sequence></xs:complexType>
  </xs:element>
</xs:schema>""")
)


def article(name: str, date: str, more: str = "", title: str = "") -> str:
    """An article's file; its name is its slug."""
    return f"-- content/{name}.md --\n---\ntitle: {title or name.capitalize()}\ndate: {date}\n{more}\n---\nIsi {name}.\n"


def addresses(made: Made, file: str) -> list[str]:
    """The addresses that a sitemap names, without the part that all have."""
    root = ElementTree.fromstring((made.output / file).read_bytes())
    return [(place.text or "").removeprefix(ORIGIN) for place in root.iter(f"{NAMESPACE}loc")]


def of_articles(made: Made) -> dict[str, str]:
    """The `lastmod` of each address that has one, in all parts."""
    pages = (url for part in addresses(made, "sitemap.xml") for url in urls(made, part))
    return {
        url.findtext(f"{NAMESPACE}loc", "").removeprefix(ORIGIN): moment
        for url in pages
        if (moment := url.findtext(f"{NAMESPACE}lastmod", ""))
    }


def urls(made: Made, file: str) -> list[ElementTree.Element]:
    """The entries of a sitemap."""
    return ElementTree.fromstring((made.output / file).read_bytes()).findall(f"{NAMESPACE}url")


def sitemaps(made: Made) -> dict[str, str]:
    """The files of the sitemap and robots.txt, with their digests."""
    return {file: digest for file, digest in made.files().items() if file.startswith(("sitemap", "robots"))}


def differing(before: dict[str, str], after: dict[str, str]) -> set[str]:
    """The files that are not the same in both."""
    return {file for file in before.keys() | after.keys() if before.get(file) != after.get(file)}


# -- the index and its parts ------------------------------------------------------------------------------


def test_the_index_names_a_part_for_each_month_and_one_for_all_else(site: Site) -> None:
    """Articles stand in the part of their month; lists, days and standing pages in the other; each page once."""
    made = site(ARTICLES + "-- content/pages/tentang.md --\n---\ntitle: Tentang\n---\nKami.\n").build()
    assert addresses(made, "sitemap.xml") == [*MONTHS, "sitemap-pages.xml"]
    assert addresses(made, "sitemap-2021-05.xml") == [f"2021/05/{n + 1:02}/b{n}/" for n in range(4, 8)]
    others = addresses(made, "sitemap-pages.xml")
    assert {"", "tentang/", "terkini/", "tag/", "tag/uji/", "2021/", "2021/05/", "2021/05/05/"} <= set(others)
    found = [address for part in addresses(made, "sitemap.xml") for address in addresses(made, part)]
    assert len(found) == len(set(found))
    assert not [address for address in found if "/hal/" in address or address.endswith((".xml", "404.html"))]
    for address in found:
        assert (made.output / address / "index.html").is_file()


def test_every_part_is_as_the_protocol_wants_it(rich: Made, site: Site) -> None:
    """Elements, order, whole addresses in ASCII and moments with their offset; also where a part is of news."""
    made = site(ARTICLES + article("baru", "2026-05-31", title="Sebuah 'kutip' & <tanda>")).build()
    for published in (rich, made):
        for file in published.output.glob("sitemap*.xml"):
            assert PROTOCOL.validate(etree.parse(file)), (file.name, PROTOCOL.error_log)
    assert not PROTOCOL.validate(etree.fromstring("<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>"))


def test_the_official_schema_accepts_every_part(rich: Made, site: Site) -> None:
    """That of sitemaps.org, as the npm package has it, which knows neither an index nor what is news."""
    if not OFFICIAL.is_file():
        pytest.skip("needs the schema of sitemaps.org: npm ci --prefix tests/tools")
    schema = etree.XMLSchema(etree.parse(OFFICIAL))
    for made in (rich, site(ARTICLES).build()):
        parts = [file for file in made.output.glob("sitemap-*.xml") if file.name != "sitemap-news.xml"]
        assert len(parts) > 2
        for file in parts:
            assert schema.validate(etree.parse(file)), (file.name, schema.error_log)


def test_an_article_tells_its_last_change_and_a_list_none(site: Site) -> None:
    """An update or the newest correction, whichever came last, else its date; what no newsroom names has no moment."""
    corrected = "corrections: [{date: 2021-03-01, text: A}, {date: 2021-02-01, text: B}]"
    made = site(
        article("a", "2021-01-01 08:00")
        + article("b", "2021-01-02 08:00", "updated: 2021-01-05 10:00")
        + article("c", "2021-01-03 08:00", corrected)
        + article("d", "2021-01-04 08:00", f"updated: 2021-04-01\n{corrected}")
    ).build()
    assert of_articles(made) == {
        "2021/01/01/a/": "2021-01-01T08:00:00+07:00",
        "2021/01/02/b/": "2021-01-05T10:00:00+07:00",
        "2021/01/03/c/": "2021-03-01T00:00:00+07:00",
        "2021/01/04/d/": "2021-04-01T00:00:00+07:00",
    }
    assert b"lastmod" not in (made.output / "sitemap.xml").read_bytes()


def test_what_is_not_to_be_found_is_not_in_it(site: Site) -> None:
    """Withdrawn, hidden since it expired, a draft, of the future, with its true page elsewhere, or `noindex`."""
    gone = {
        "cabut": article("cabut", "2021-01-01", "withdrawn: {date: 2021-01-02, reason: Keliru}"),
        "lewat": article("lewat", "2021-01-01", "expires: 2021-02-01"),
        "naskah": article("naskah", "2021-01-01", "draft: true"),
        "nanti": article("nanti", "2031-01-01"),
        "mitra": article("mitra", "2021-01-01", "canonical: https://mitra.example/a/"),
        "dalam": "-- content/pages/dalam.md --\n---\ntitle: Dalam\nnoindex: true\n---\nKami.\n",
    }
    made = site(with_settings('expired = "hide"') + article("ada", "2021-01-01") + "".join(gone.values())).build()
    assert f"{ORIGIN}2021/01/01/ada/" in made.sitemap()
    assert [name for name in gone if f"/{name}/" in made.sitemap()] == []


def test_a_new_article_touches_the_part_of_its_month(site: Site) -> None:
    """Of a day and a tag that are there already nothing else; of a new month the index and the lists as well."""
    made = site(ARTICLES).build()
    before = sitemaps(made)
    after = sitemaps(made.write(article("baru", "2022-05-12 12:00", "tags: [Uji]")).build())
    assert differing(before, after) == {"sitemap-2022-05.xml"}
    later = sitemaps(made.write(article("lain", "2022-06-01", "tags: [Uji]")).build())
    assert differing(after, later) == {"sitemap-2022-06.xml", "sitemap-pages.xml", "sitemap.xml"}
    assert later == sitemaps(made.build("--clean"))


def test_a_backdated_or_deleted_article_touches_the_part_of_its_month(site: Site) -> None:
    """The old month tells of it; a month that has none left goes."""
    made = site(ARTICLES + article("dulu", "2019-01-01")).build()
    before = sitemaps(made)
    made.remove("content/b0.md").remove("content/dulu.md").build()
    after = sitemaps(made)
    assert differing(before, after) == {"sitemap-2019-01.xml", "sitemap-2020-05.xml", "sitemap-pages.xml", "sitemap.xml"}
    assert addresses(made, "sitemap-2020-05.xml")[0] == "2020/05/02/b1/"
    assert "sitemap-2019-01.xml" not in after


def test_a_part_that_is_too_long_is_cut(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """No file is over the limit, none is missing, and a new article touches the last file of its month."""
    made = site(ARTICLES).build()
    whole = [address for part in addresses(made, "sitemap.xml") for address in addresses(made, part)]
    monkeypatch.setattr("ssg.pages.sitemaps.MOST", 3)
    made.build("--clean")
    parts = addresses(made, "sitemap.xml")
    assert {"sitemap-2020-05.xml", "sitemap-2020-05-2.xml", "sitemap-pages.xml", "sitemap-pages-2.xml"} <= set(parts)
    assert all(0 < len(addresses(made, part)) <= 3 for part in parts)
    assert [address for part in parts for address in addresses(made, part)] == whole
    before = sitemaps(made)
    made.write(article("baru", "2022-05-12 12:00", "tags: [Uji]")).build()
    assert differing(before, sitemaps(made)) == {"sitemap-2022-05-2.xml"}


def test_the_longest_addresses_fit_into_a_file() -> None:
    """50 MB uncompressed, as the protocol has it, whatever is written in each of them."""
    from ssg.addresses import MOST_IN_ALL
    from ssg.pages.sitemaps import MOST
    from ssg.rendering.sitemaps import sitemap

    longest = ORIGIN + "'" * MOST_IN_ALL
    moment = datetime(2021, 1, 1, tzinfo=UTC)
    entry = len(sitemap([(longest, moment)] * 2)) - len(sitemap([(longest, moment)]))
    assert MOST <= 50_000
    assert MOST * entry < 50 * 2**20


# -- the news ---------------------------------------------------------------------------------------------

YOUNG = article("senin", "2026-05-30 08:00") + article("selasa", "2026-05-31 08:00") + article("rabu", "2026-06-01 08:00")


def news(made: Made) -> list[str]:
    """The slugs of the articles in the news sitemap; [] if it is not there."""
    if not (made.output / "sitemap-news.xml").is_file():
        return []
    return [address.split("/")[-2] for address in addresses(made, "sitemap-news.xml")]


def named(made: Made) -> list[bool]:
    """Whether the index and robots.txt name the news sitemap."""
    robots = (made.output / "robots.txt").read_text(encoding="utf-8").splitlines()
    return ["sitemap-news.xml" in addresses(made, "sitemap.xml"), f"Sitemap: {ORIGIN}sitemap-news.xml" in robots]


def test_news_is_told_as_google_wants_it(site: Site) -> None:
    """The site's title and language, the date with its offset, and the headline; newest first, in all languages."""
    english = '-- content/en/flood.md --\n---\ntitle: The "flood" & after\ndate: 2026-06-01 09:00\n---\nWords.\n'
    made = site(YOUNG + english).build("--now", "2026-06-01 12:00")
    told = [
        [(one.tag.removeprefix(NEWS), (one.text or "").strip()) for one in url.iter() if one.tag.startswith(NEWS)]
        for url in urls(made, "sitemap-news.xml")
    ]
    assert news(made) == ["flood", "rabu", "selasa"]
    assert told[0] == [
        ("news", ""),
        ("publication", ""),
        ("name", "Kabar Uji in English"),
        ("language", "en"),
        ("publication_date", "2026-06-01T09:00:00+07:00"),
        ("title", 'The "flood" & after'),
    ]
    assert told[1][2:] == [
        ("name", "Kabar Uji"),
        ("language", "id"),
        ("publication_date", "2026-06-01T08:00:00+07:00"),
        ("title", "Rabu"),
    ]
    assert named(made) == [True, True]


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-05-30 07:59", []),
        ("2026-05-30 08:00", ["senin"]),
        ("2026-05-31 08:00", ["selasa", "senin"]),
        ("2026-06-01 07:59:59", ["selasa", "senin"]),
        ("2026-06-01 08:00", ["rabu", "selasa"]),
        ("2026-06-02 08:00", ["rabu"]),
        ("2026-06-03 07:59:59", ["rabu"]),
        ("2026-06-03 08:00", []),
    ],
)
def test_news_is_of_the_two_days_before_the_build(site: Site, now: str, expected: list[str]) -> None:
    """From its very moment on, for 48 hours; without any the file is not there, and nothing names it."""
    made = site(YOUNG).build("--now", now)
    assert news(made) == expected
    assert named(made) == [bool(expected)] * 2


def test_time_passes_for_news_where_nothing_else_has_changed(site: Site) -> None:
    """Forwards and backwards: a build that finds the same sources makes what one from scratch makes at that moment."""
    made = site(YOUNG)
    for now in (
        "2026-06-01 08:00",
        "2026-06-02 07:59",
        "2026-06-02 08:00",
        "2026-06-03 08:00",
        "2026-06-03 07:59",
        "2026-12-01",
    ):
        increment = made.build("--now", now).files()
        assert increment == made.build("--now", now, "--clean").files(), now
        assert made.build("--now", now).changes()["rendered"] == []


def test_only_what_names_the_news_is_rendered_when_it_is_news_no_more(site: Site) -> None:
    """No page of an article or list knows of the two days."""
    made = site(YOUNG).build("--now", "2026-06-02 07:59")
    assert made.build("--now", "2026-06-02 08:00").changes()["rendered"] == ["/sitemap-news.xml"]
    rendered = made.build("--now", "2026-06-03 08:00").changes()["rendered"]
    assert rendered == ["/sitemap.xml", "/robots.txt"]


@pytest.mark.parametrize(("now", "is_news"), [("2026-03-30 12:59", True), ("2026-03-30 13:00", False)])
def test_two_days_are_48_hours_where_clocks_are_changed(site: Site, now: str, is_news: bool) -> None:
    """Read or remembered, whatever hour the clock shows."""
    settings = SITE_TOML.replace("Asia/Jakarta", "Europe/Berlin")
    made = site(f"-- site.toml --\n{settings}" + article("jam", "2026-03-28 12:00"))
    for _ in range(2):
        assert bool(news(made.build("--now", now))) is is_news
        made.write(article("lain", "2020-01-01"))


def test_what_is_taken_back_or_another_sites_is_no_news(site: Site) -> None:
    """Nor what has expired, waits, or is a draft."""
    made = site(
        YOUNG
        + article("cabut", "2026-06-01", "withdrawn: {date: 2026-06-01, reason: Keliru}")
        + article("lewat", "2026-06-01", "expires: 2026-06-01 09:00")
        + article("mitra", "2026-06-01", "canonical: https://mitra.example/a/")
        + article("nanti", "2026-06-01 13:00")
        + article("naskah", "2026-06-01", "draft: true")
    )
    assert news(made.build("--now", "2026-06-01 12:00")) == ["rabu", "selasa"]
    assert news(made.build("--now", "2026-06-01 12:00", "--future")) == ["rabu", "selasa"]


def test_of_too_much_news_the_newest_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file may name a thousand."""
    monkeypatch.setattr("ssg.archive.indexed.MOST_NEWS", 2)
    made = site(YOUNG)
    assert news(made.build("--now", "2026-06-01 07:00")) == ["selasa", "senin"]
    assert news(made.build("--now", "2026-06-01 08:00")) == ["rabu", "selasa"]


def test_a_site_may_tell_no_news(site: Site) -> None:
    """`news = false` in `[sitemaps]`; nothing changes then when two days have passed."""
    made = site(f"-- site.toml --\n{SITE_TOML}\n[sitemaps]\nnews = false\n{YOUNG}").build("--now", "2026-06-02")
    assert (news(made), named(made)) == ([], [False, False])
    assert made.build("--now", "2026-06-09").changes()["rendered"] == []


@pytest.mark.parametrize("now", ["2026-06-01 12:00", "2026-12-01"])
def test_the_address_of_the_news_is_kept_free(site: Site, now: str) -> None:
    """Also while there is none: what stands there would be in its way with the next article."""
    made = site(YOUNG + "-- static/sitemap-news.xml --\n<x/>\n").build("--now", now, ok=False)
    assert any("[address.collision] /sitemap-news.xml is wanted by" in line for line in made.problems()), made.said
    made.write(f"-- site.toml --\n{SITE_TOML}\n[sitemaps]\nnews = false\n").build("--now", now)
    assert (made.output / "sitemap-news.xml").read_text(encoding="utf-8") == "<x/>\n"


@pytest.mark.parametrize("now", ["0001-01-02", "9999-12-30", "9999-12-31"])
def test_news_is_told_at_the_ends_of_the_calendar(site: Site, now: str) -> None:
    """Where there are no two days before, or none after."""
    made = site(article("kini", now)).build("--now", now)
    assert news(made) == ["kini"]
