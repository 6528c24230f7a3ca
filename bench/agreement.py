"""Whether two generators made the same site: as many pages of each kind, the same texts, lists and feeds, within a tenth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from bench import inventory
from bench.archive import Archive, Story

WITHIN = 0.1
SAMPLED = 25
# A list's front holds up to 39 articles in ours and up to 20 in the peers: only of longer lists do the files say something.
PAGES_OF_A_LIST = 3
SHARED = (
    *("articles", "tag lists", "editor lists", "section lists", "years, months, days"),
    *("front and latest", "lists of lists", "feeds"),
)
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
_LOCATION = re.compile(r"<loc>\s*([^<\s]+)\s*</loc>")
_HREF = re.compile(r'<a href="(?:https://bench\.example)?(/[^"]*)"')
_BESIDE = re.compile(r'<section class="(related|latest)">.*?</section>', re.DOTALL)
_WORD = re.compile(r"\w+")


def differences(archive: Archive, one: Path, other: Path, *, related: bool) -> list[str]:
    """What differs by more than a tenth between the outputs of two generators for one archive, in words; none: they agree.

    `related`: whether both name related articles; where one leaves them out, that block alone is not compared.
    """
    blocks = ("related", "latest") if related else ("latest",)
    return [*_files(archive, inventory.kinds(one), inventory.kinds(other)), *_contents(archive, one, other, blocks)]


def _files(archive: Archive, ours: Counter[str], theirs: Counter[str]) -> Iterator[str]:
    for made in (ours, theirs):
        if made["articles"] != archive.size:
            yield f"{made['articles']} article pages are made of {archive.size} articles"
    lists = {
        "tag lists": len({tag for story in archive.stories for tag in story.tags}),
        "editor lists": len({story.editor for story in archive.stories}),
        "section lists": len({story.section for story in archive.stories}),
        "years, months, days": len({story.date.date() for story in archive.stories}),
    }
    for kind in SHARED:
        short = max(ours[kind], theirs[kind]) < PAGES_OF_A_LIST * lists.get(kind, 0)
        if not short and not _near(ours[kind], theirs[kind], slack=2):
            yield f"{kind}: {ours[kind]} files and {theirs[kind]}"
    sums = [sum(made[kind] for kind in SHARED) for made in (ours, theirs)]
    if not _near(*sums):
        yield f"files of the kinds that both make: {sums[0]} and {sums[1]}"


def _contents(archive: Archive, one: Path, other: Path, blocks: tuple[str, ...]) -> Iterator[str]:
    for story in archive.stories[:: max(1, archive.size // SAMPLED)]:
        page = _address(story) + "index.html"
        ours, theirs = (_words(_Body.of(_text(folder, page))) for folder in (one, other))
        if not ours or not _alike(ours, theirs):
            yield f"the text of {page}: {ours.total()} words and {theirs.total()}, {(ours & theirs).total()} of them the same"
    sample = archive.stories[10 :: max(1, archive.size // SAMPLED)]  # before the tenth there are not ten earlier ones
    beside = [
        sum((_beside(_text(folder, _address(story) + "index.html")) for story in sample), Counter()) for folder in (one, other)
    ]
    for block in blocks:
        if not _near(beside[0][block], beside[1][block]):
            yield f"{block} articles on {len(sample)} pages: {beside[0][block]} and {beside[1][block]}"
    articles = {f"/{_address(story)}" for story in archive.stories}
    for word in ("tag", "editor", "rubrik"):
        yield from _lists(one / word, other / word, articles)
    months = sorted({f"{story.date:%Y/%m}" for story in archive.stories})
    for month in months[:: max(1, len(months) // 8)]:
        listed = [len(articles.intersection(_HREF.findall(_text(folder, f"{month}/index.html")))) for folder in (one, other)]
        if not listed[0] or not _near(*listed):
            yield f"the month {month}: {listed[0]} articles and {listed[1]}"
    tags = _names(one / "tag")
    for feed in ("feed.xml", *(f"tag/{tag}/feed.xml" for tag in tags[:: max(1, len(tags) // 4)])):
        yield from _feeds(feed, _text(one, feed), _text(other, feed))
    located = [len(_located(folder) & articles) for folder in (one, other)]
    if located != [archive.size] * 2:
        yield f"articles in the sitemap: {located[0]} and {located[1]}"


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_dir())


def _lists(one: Path, other: Path, articles: set[str]) -> Iterator[str]:
    """Whether there are the same lists of tags, editors or sections, and the same articles on them."""
    names = _names(one)
    if names != _names(other):
        yield f"the lists of /{one.name}/ are not the same"
        return
    for name in names[:: max(1, len(names) // 8)]:
        listed = [_listed(folder / name, articles) for folder in (one, other)]
        if not listed[0] or not _near(len(listed[0] & listed[1]), max(map(len, listed))):
            yield f"the list of /{one.name}/{name}/: {len(listed[0])} articles and {len(listed[1])}"


def _beside(page: str) -> Counter[str]:
    """How many articles the blocks beside a text name."""
    return Counter({block[1]: block[0].count("<li>") for block in _BESIDE.finditer(page)})


def _feeds(feed: str, one: str, other: str) -> Iterator[str]:
    ours, theirs = _items(one), _items(other)
    if len(ours) != len(theirs) or ours.keys() != theirs.keys():
        yield f"{feed}: {len(ours)} items and {len(theirs)}, {len(ours.keys() & theirs.keys())} of them the same"
    for link in ours.keys() & theirs.keys():
        if not ours[link] or not _alike(ours[link], theirs[link]):
            yield f"{feed}: the full text of {link}: {ours[link].total()} words and {theirs[link].total()}"
            return


def _items(feed: str) -> dict[str, Counter[str]]:
    """The words of each item's full text, by its link. Of two texts the longer one counts."""
    found = {}
    for item in ElementTree.fromstring(feed).iter("item"):
        texts = (item.findtext(_ENCODED, ""), item.findtext("description", ""))
        found[item.findtext("link", "")] = _words(max((_Body.of(text, whole=True) for text in texts), key=len))
    return found


def _located(folder: Path) -> set[str]:
    texts = (file.read_text(encoding="utf-8") for file in sorted(folder.glob("sitemap*.xml")))
    return {"/" + location.partition("://")[2].partition("/")[2] for text in texts for location in _LOCATION.findall(text)}


def _listed(folder: Path, articles: set[str]) -> set[str]:
    """The articles to which the pages of a list lead."""
    pages = (file.read_text(encoding="utf-8") for file in folder.rglob("index.html"))
    return {address for page in pages for address in _HREF.findall(page)} & articles


def _address(story: Story) -> str:
    return f"{story.date:%Y/%m/%d}/{story.slug}/"


def _text(folder: Path, path: str) -> str:
    file = folder / path
    return file.read_text(encoding="utf-8") if file.is_file() else "<none/>"


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text))


def _alike(one: Counter[str], other: Counter[str]) -> bool:
    return (one & other).total() >= (1 - WITHIN) * max(one.total(), other.total())


def _near(one: int, other: int, slack: int = 0) -> bool:
    return abs(one - other) <= max(WITHIN * max(one, other), slack)


class _Body(HTMLParser):
    """The text inside `<div class="body">`, or all of it."""

    def __init__(self, whole: bool) -> None:
        super().__init__(convert_charrefs=True)
        self._depth = 1 if whole else 0
        self._text: list[str] = []

    @classmethod
    def of(cls, page: str, *, whole: bool = False) -> str:
        parser = cls(whole)
        parser.feed(page)
        parser.close()
        return " ".join(parser._text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div" and (self._depth or ("class", "body") in attrs):
            self._depth += 1

    def handle_endtag(self, tag: str) -> None:
        if tag == "div" and self._depth:
            self._depth -= 1

    def handle_data(self, data: str) -> None:
        if self._depth:
            self._text.append(data)
