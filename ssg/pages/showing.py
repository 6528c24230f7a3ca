"""What a page kind answers: what a page shows, for rendering to turn into bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec

from ssg.archive import Archive
from ssg.asking import (
    ArticleView,
    Ask,
    CorrectionCard,
    DataLink,
    FileSum,
    Findable,
    KeptOffline,
    Link,
    MonthFile,
    NewsEntry,
    Record,
    SearchLinks,
    SearchPart,
)
from ssg.model import Card, CountedTerm, Document, Page, Scaled, Term


class Template(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the theme: which template, with what.

    `document` is the one whose body the template gets as `body`, with the articles to `read_also` in its gaps. `feeds` are the
    page's own, the site's comes by itself. `beside` are files in which its article stands as data.
    `canonical` is another address that is the page's true one.
    """

    name: str
    context: dict[str, object] = {}
    document: Document | None = None
    read_also: tuple[Card, ...] = ()
    feeds: tuple[Link, ...] = ()
    beside: tuple[DataLink, ...] = ()
    canonical: str = ""
    noindex: bool = False


class FeedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """A feed: of what, and its articles, newest first. `format` is `rss`, `atom` or `json`.

    `earlier` is the link of the document with the articles before these, or "". `of` is the address of the feed whose older
    articles these are, or "". As many of the newest as `lasting` are never left out, however long the feed is.
    """

    format: str
    title: str
    description: str
    link: str
    articles: tuple[ArticleView, ...]
    earlier: str = ""
    of: str = ""
    lasting: int = 0


class FeedList(msgspec.Struct, frozen=True, kw_only=True):
    """The list of all feeds: of the site, of corrections, and by groups, each behind its name, of all that have feeds.

    `feed` and `corrections` are the links of feeds, `corrected` that of the page of corrections; "" where there are none.
    """

    site: Link
    feed: str
    corrected: str
    corrections: str
    groups: tuple[tuple[str, tuple[Term, ...]], ...]


class FeedStyle(msgspec.Struct, frozen=True):
    """What a browser shows of a feed: the link of the theme's style sheet for feeds, and the title of the site."""

    sheet: str
    title: str


class CorrectionsFeed(msgspec.Struct, frozen=True, kw_only=True):
    """The feed of corrections and withdrawals, newest first, of the page at `link`. `format` is `rss`, `atom` or `json`."""

    format: str
    link: str
    cards: tuple[CorrectionCard, ...]


class SitemapDocument(msgspec.Struct, frozen=True):
    """A part of the sitemap: links, and for an article the moment of its last change."""

    entries: tuple[tuple[str, datetime | None], ...]


class SitemapIndex(msgspec.Struct, frozen=True):
    """The links of the parts of a sitemap."""

    parts: tuple[str, ...]


class RuleDocument(msgspec.Struct, frozen=True):
    """`_redirects`: the links that lead on, where to, and with which status."""

    rules: tuple[tuple[str, str, int], ...]


class NewsDocument(msgspec.Struct, frozen=True):
    """The news sitemap: what is news, newest first."""

    entries: tuple[NewsEntry, ...]


class RobotsDocument(msgspec.Struct, frozen=True):
    """robots.txt: the links of sitemaps, and the names of the crawlers that are to stay away."""

    sitemaps: tuple[str, ...]
    denied: tuple[str, ...]


class ArticleData(msgspec.Struct, frozen=True):
    """An article as data. `format` is `json` or `md`."""

    format: str
    record: Record


class MonthData(msgspec.Struct, frozen=True):
    """The articles of a month as data, oldest first."""

    records: tuple[Record, ...]


class DataSchema(msgspec.Struct, frozen=True):
    """What an article as data holds; `link` is the link of the schema itself."""

    link: str


class DataIndex(msgspec.Struct, frozen=True):
    """The list of the files with the articles of each month: the site's title, the links of its front and of the schema."""

    title: str
    front: str
    schema: str
    months: tuple[MonthFile, ...]


class SumsDocument(msgspec.Struct, frozen=True):
    """Files, by path, with what proves their bytes."""

    sums: tuple[FileSum, ...]


class SearchPartDocument(msgspec.Struct, frozen=True):
    """A part of the index by which articles are searched: these, oldest first."""

    articles: tuple[Findable, ...]


class SearchList(msgspec.Struct, frozen=True):
    """The list of the parts of the index, newest first, and what readers can narrow their search to."""

    parts: tuple[SearchPart, ...]
    sections: tuple[CountedTerm, ...]
    people: tuple[CountedTerm, ...]


class SearchDescription(msgspec.Struct, frozen=True):
    """How the site is searched in a language, for browsers (OpenSearch)."""

    title: str
    description: str
    language: str
    links: SearchLinks


class Copy(msgspec.Struct, frozen=True):
    """A file as it is, its name on disk relative to the site's folder. `photo`: a picture, out of which location data goes."""

    path: str
    photo: bool = False


class HeadlinePicture(msgspec.Struct, frozen=True):
    """A picture of a headline, with the title of the site, in the colours of the theme."""

    title: str
    site: str


class SmallerPicture(msgspec.Struct, frozen=True):
    """A smaller picture of a photo: the photo's name on disk relative to the site's folder, its digest and media type."""

    path: str
    digest: str
    type: str
    scaled: Scaled


class PlainText(msgspec.Struct, frozen=True):
    """A text that a program reads, as it is."""

    text: str


class Asset(msgspec.Struct, frozen=True):
    """A static file of the theme, by its path below the theme's `static/`."""

    path: str


class WorkerScript(msgspec.Struct, frozen=True):
    """The script that keeps articles for readers without a connection."""

    kept: KeptOffline


AnyFeed = FeedDocument | CorrectionsFeed | FeedList | FeedStyle
_Data = ArticleData | MonthData | DataSchema | DataIndex | SumsDocument
_Search = SearchPartDocument | SearchList | SearchDescription
_ForMachines = SitemapDocument | SitemapIndex | NewsDocument | RobotsDocument | RuleDocument | PlainText | WorkerScript
_Pictures = SmallerPicture | HeadlinePicture
Shown = Template | AnyFeed | _Data | _Search | _ForMachines | Copy | _Pictures | Asset


@dataclass(frozen=True)
class Kind:
    """A page kind: its name, which pages there are, and what each shows.

    `of_articles`, if each page is about one article: the pages that are about the articles at some paths.
    """

    name: str
    pages: Callable[[Archive], Iterable[Page]]
    show: Callable[[Page, Ask], Shown]
    of_articles: Callable[[Archive, Iterable[str]], Iterable[Page]] | None = None
