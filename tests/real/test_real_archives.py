"""Two archives that nobody here wrote become sites as they stand: not a word is lost, not a link guessed.

What the articles say is found here with PyYAML and patterns alone, so that an error of ours cannot hide in both places.
"""

from __future__ import annotations

import html
import re
import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from xml.etree import ElementTree

import pytest

from ssg.slugs import slugify
from tests.conftest import AT_NIGHT
from tests.feed_readers import feedparser_finds_no_fault, feeds, feedsmith_reads_the_same, format_of
from tests.real.conftest import Built, Written, missing_words, words_of_html, words_of_markdown

pytestmark = pytest.mark.timeout(300)  # the first test of each archive builds it

_TAG_LINK = re.compile(r'<a href="([^"]+)" rel="tag">([^<]*)</a>')
_FEED = re.compile(r'<link rel="alternate" type="application/rss\+xml" title="([^"]*)" href="([^"]*)">')
_HREF = re.compile(r'<a (?:[^>]* )?href="([^"]*)"')
_REF = re.compile(r'\{\{<\s*ref\s+"([^"]*)"\s*>\}\}')
_MISSING = re.compile(r"the link to '(.*)' leads nowhere")


@pytest.fixture(params=["digitalgov", "ccid"])
def built(request: pytest.FixtureRequest) -> Built:
    """Each of the archives."""
    site = request.getfixturevalue(request.param)
    assert isinstance(site, Built)
    return site


def name_of(written: Written, site: Built) -> str:
    """The last part of an article's address, by the permalink pattern of the archive's `site.toml`."""
    last = (
        written.stem
        if "{filename}" in (site.root / "site.toml").read_text()
        else str(written.front.get("slug") or written.stem)
    )
    return slugify(last)


def same(tag: str) -> str:
    """A tag in the form in which two ways of writing it are equal."""
    return tag.casefold().replace(" ", "-")


def test_an_archive_is_published_whole(built: Built) -> None:
    """The build ends well, without a traceback, and every article has a page of its own."""
    assert built.code == 0, built.said[-2000:]
    assert "Traceback" not in built.said
    assert len(built.article_pages) == len(built.articles) == {"digitalgov": 2083, "ccid": 128}[built.settings]
    assert built.article_pages.keys() == {name_of(written, built) for written in built.articles}


def test_every_word_stands_in_its_article_in_order(built: Built) -> None:
    """The title and every word of the body stand in the `<article>` of the page, one after the other."""
    lost = {}
    for written in built.articles:
        shown = words_of_html(built.article(written, name_of(written, built)))
        titles = [str(written.front[key]) for key in ("title", "deck") if written.front.get(key)]
        missing = missing_words(words_of_markdown(titles[0]) + words_of_markdown(written.body), shown)
        if missing:
            lost[written.path] = missing[:3]
    assert lost == {}


def test_a_lost_word_is_seen() -> None:
    """The comparison that the test above rests on notices one word too few, and two that have changed places."""
    wanted = words_of_markdown('Satu **dua**, [tiga](a_b.md "c") {{< ref "x" >}}\n\n<b>em</b>pat &amp; li\\_ma {#id}\n')
    assert wanted == ["Satu", "dua", "tiga", "em", "pat", "li", "ma"]
    assert missing_words(wanted, words_of_html('<p>Satu dua <a href="e">tiga</a></p>0 em<i>pat</i> li_ma')) == []
    assert missing_words(wanted, words_of_html("<p>Satu tiga em<i>pat</i> li_ma</p>")) == ["Satu dua"]
    assert missing_words(["a", "b", "c"], ["b", "a", "c"]) == ["a b"]


def test_articles_keep_their_moment(built: Built) -> None:
    """The time on the page is the moment of the front matter, in whatever zone it was written, or in the site's."""
    for written in built.articles:
        date = written.front["date"]
        if isinstance(date, str):  # "2019-03-05 12:00:00 -0500" is no date of YAML's
            date = datetime.strptime(date, "%Y-%m-%d %H:%M:%S %z")
        if not isinstance(date, datetime):
            date = datetime.fromisoformat(str(date))
        shown = re.search(r'<time datetime="([^"]+)"', built.article(written, name_of(written, built)))
        assert shown
        moment = datetime.fromisoformat(shown[1])
        assert (moment if date.tzinfo else moment.replace(tzinfo=None)) == date, written.path


def test_no_code_of_another_generator_is_shown(built: Built) -> None:
    """No published file holds the signs that begin a code, nor do readers see the marks that we put in their place."""
    for file in built.output.rglob("*"):
        if file.is_file() and file.suffix != ".gz":  # among packed numbers any signs may meet
            data = file.read_bytes()
            assert b"{{<" not in data, file
            assert b"{{%" not in data, file
            assert "\ue000".encode() not in data, file


def test_every_tag_has_a_page_and_a_feed(built: Built) -> None:
    """A tag of an article leads to its page, which names its feed in its head; the feed is there, and is about the tag."""
    names: dict[str, str] = {}
    for written in built.articles:
        page = built.article(written, name_of(written, built))
        linked = {same(html.unescape(name)): address for address, name in _TAG_LINK.findall(page)}
        wanted = {same(tag) for tag in written.texts("topics", "tags", "tag", "categories")}
        assert linked.keys() == wanted, written.path
        names |= {address: name for name, address in linked.items()}
    for address, name in names.items():
        head = built.pages[address].partition("</head>")[0]
        feeds = {same(html.unescape(title)): feed for title, feed in _FEED.findall(head)}
        feed = ElementTree.fromstring((built.output / feeds[name].lstrip("/")).read_bytes())
        assert name in same(feed.findtext("channel/title") or "")
        assert feed.findall("channel/item")
    assert len(names) == {"digitalgov": 53, "ccid": 0}[built.settings]


def test_every_problem_has_a_place_and_a_mend(built: Built) -> None:
    """Each warning names a file and a line that is there, says what is wrong, and how to mend it."""
    problems = built.problems()
    assert len(problems) == sum("warning[" in line or "error[" in line for line in built.said.splitlines())
    assert f"with {len(problems):,} warnings" in built.said
    lengths = {written.path: written.line + written.body.count("\n") for written in built.articles}
    for place, level, _, _ in problems:
        assert level == "warning"
        path, line = place.removeprefix("content/").split(":")[:2]
        assert 1 <= int(line) <= lengths[path], place


def refs(site: Built) -> Iterator[tuple[Written, int, str]]:
    """Every `ref` of Hugo's: the article, the line in its file, and what it names."""
    for written in site.articles:
        for found in _REF.finditer(written.body):
            yield written, written.line + written.body.count("\n", 0, found.start()), found[1]


def test_references_resolve_or_are_reported(digitalgov: Built) -> None:
    """Of the 2,744 references 1,884 lead to a page, besides three within their own; all others are told by file and line.

    1,778 lead to articles. 106 name list pages of other parts of the site (`/guides/dap/_index.md`): by their file name alone
    they would lead to the archive's one list page, the news; by `[references]` they lead to where those pages stand.
    """
    stems = {written.stem for written in digitalgov.articles}
    to_pages: dict[str, list[str]] = {}
    within: list[str] = []
    unresolved: set[tuple[str, str]] = set()
    counted: Counter[str] = Counter()
    elsewhere = tomllib.loads((digitalgov.root / "site.toml").read_text(encoding="utf-8"))["references"]
    for written, line, named in refs(digitalgov):
        path, _, fragment = named.partition("#")
        stem = path.removesuffix(".md")
        if stem in stems:
            counted["article"] += 1
            to_pages.setdefault(written.path, []).append(digitalgov.article_pages[slugify(stem)])
        elif not path:
            counted["own page"] += 1
            within.append(fragment)
            assert f'href="#{fragment}"' in digitalgov.article(written, slugify(written.stem))
        elif path in elsewhere:
            counted["elsewhere"] += 1
            to_pages.setdefault(written.path, []).append(elsewhere[path])
        else:
            counted["not here"] += 1
            unresolved.add((f"content/{written.path}:{line}", path))
    assert counted == {"article": 1778, "own page": 3, "elsewhere": 106, "not here": 857}
    assert counted.total() == 2744
    assert counted["article"] + counted["elsewhere"] == 1884

    unlinked: list[str] = []
    for written in digitalgov.articles:
        if wanted := to_pages.get(written.path):
            links = _HREF.findall(digitalgov.article(written, slugify(written.stem)))
            unlinked += missing_words(wanted, [link.partition("#")[0] for link in links])
    assert (
        len(unlinked) == 4
    )  # no links by CommonMark: behind a tag of HTML on its line (4.6), or a blank too few or many (6.3)

    told = {(place, _MISSING.match(what)) for place, _, code, what in digitalgov.problems() if code == "link.missing"}
    named_by_problems = {(place, match[1]) for place, match in told if match}
    assert len(named_by_problems) == len(told)
    assert unresolved <= named_by_problems
    resolved = {target for targets in to_pages.values() for target in targets}
    assert not any(slugify(target.removesuffix(".md")) in resolved for _, target in named_by_problems)


def test_what_is_left_aside_is_told(built: Built) -> None:
    """List pages of the other generator become no articles, and codes that mean nothing here are named, once in each file."""
    lists = len(list(built.archive.rglob("_index.md")))
    assert f"{lists} list page" in built.said
    unknown = Counter(
        (place.split(":")[0], what.split("`")[1]) for place, _, code, what in built.problems() if code == "code.unknown"
    )
    assert set(unknown.values()) <= {1}
    written = {
        (f"content/{article.path}", name)
        for article in built.articles
        for name in re.findall(r"\{\{<\s*([\w-]+)", article.body)
    }
    mapped = set(re.findall(r"^([\w-]+) = ", (built.root / "site.toml").read_text().partition("[shortcodes]")[2], re.MULTILINE))
    assert unknown.keys() == {(path, name) for path, name in written if name not in mapped}


# -- the feeds


def test_feed_readers_see_every_item(built: Built) -> None:
    """In every format, the closed documents too; what JSON has is so by its schema. By day every fifth feed is looked at."""
    every = feeds(built.output)[:: 1 if AT_NIGHT else 5]
    assert {format_of(file) for file in every} == {"rss", "atom", "json"}
    feedparser_finds_no_fault(file for file in every if file.suffix == ".xml")
    feedsmith_reads_the_same(every)
