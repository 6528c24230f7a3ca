"""A Page -> bytes: by templates, as a feed or sitemap, or a file as it is."""

from __future__ import annotations

import sys
import zlib
from collections.abc import Iterable, Set
from functools import partial
from importlib.metadata import version
from pathlib import Path

import msgspec

from ssg import dates, pages
from ssg.archive import Archive
from ssg.asking import Ask, Filling, Published, Record
from ssg.asking.questions import Question, looks_deep, looks_into, mark_of
from ssg.digests import of_bytes, of_value
from ssg.drawing import Colours, headline
from ssg.model import Page, Place
from ssg.pages.showing import (
    ArticleData,
    Asset,
    Copy,
    CorrectionsFeed,
    DataIndex,
    DataSchema,
    FeedDocument,
    FeedList,
    FeedStyle,
    HeadlinePicture,
    MonthData,
    NewsDocument,
    PlainText,
    RobotsDocument,
    RuleDocument,
    SearchDescription,
    SearchList,
    SearchPartDocument,
    Shown,
    SitemapDocument,
    SitemapIndex,
    SmallerPicture,
    SumsDocument,
    Template,
    WorkerScript,
)
from ssg.problems import stop
from ssg.reading.bodies import Stock
from ssg.rendering import data, search
from ssg.rendering.as_markdown import as_markdown
from ssg.rendering.data_schema import schema as schema_of_articles
from ssg.rendering.feeding import Feeds
from ssg.rendering.redirects import redirects
from ssg.rendering.sitemaps import news_sitemap, robots, sitemap, sitemap_index
from ssg.rendering.templates import Templates
from ssg.rendering.traces import Marker, Shape, Trace, Traces, changed, shape_of
from ssg.rendering.worker import worker
from ssg.settings import Settings, languages_of, paths_of

__all__ = ["Rendered", "Renderer", "Trace", "Traces", "recipe"]

# What pages and feeds are made by: another version of one may make them otherwise.
LIBRARIES = ("babel", "feedgen", "jinja2", "lxml", "markupsafe", "msgspec", "pillow", "snowballstemmer", "tzdata")


def recipe(settings: Settings, code: str) -> str:
    """The digest of what every page depends on, and no question tells: our `code`, libraries, what addresses are made of."""
    named = (
        settings.base_url,
        settings.permalink,
        settings.identity,
        settings.language,
        settings.timezone,
        settings.feeds.also,
        settings.data.beside,
        settings.photos,
        zlib.ZLIB_RUNTIME_VERSION,
    )
    paths = [paths_of(settings, language) for language in languages_of(settings)]
    return of_value((code, sys.version, [version(name) for name in LIBRARIES], named, languages_of(settings), paths))


class Rendered(msgspec.Struct, frozen=True):
    """A page as rendered: its bytes, or the file whose bytes they are; and what it was made of (None: make it anew always).

    `shelved`: its bytes are worth keeping on the shelf; those of photos are not, which their own files and the darkroom have.
    """

    content: bytes | Path
    shape: Shape | None
    mark: bytes | None
    parts: bytes = b""
    shelved: bool = True


class Renderer:
    """Renders the pages of one build; every worker has one."""

    def __init__(self, archive: Archive, templates: Templates, stock: Stock, published: Published | None = None) -> None:
        """`published` is for pages that tell of published files (`pages.LAST`), and for none else."""
        self.templates = templates
        self._root, self._darkroom = stock.root, stock.darkroom
        self._statics = templates.theme.statics()
        colours = templates.theme.properties.light
        self._colours = Colours(**{name: colours[name] for name in Colours._fields if name in colours})
        answers: dict[object, object] = {}
        self._asks = {language: Ask(archive, stock, language, answers, published) for language in archive.languages}
        self._fillings = {language: Filling(archive, stock, language, answers) for language in archive.languages}
        self._default = archive.settings.language
        self._zone = dates.zone(archive.settings.timezone)
        self._marker = Marker(self._made_of, self._mark)
        self._still: dict[int, Shape] = {}
        self._feeds = Feeds(templates)
        self._shapes: dict[Shape, Shape] = {}  # one of each, so that the many pages share it

    def still(self, page: Page, trace: Trace) -> bool:
        """Whether a page would be rendered to the very bytes that its trace knows. Labels that it misses are told again."""
        shape = trace.shape
        if self._marker.mark(shape, page) != trace.mark:
            return False
        if id(shape) not in self._still:
            self._still[id(shape)] = shape
            for name, args in shape.same:
                if name == "label":
                    self.templates.label(*args)
        return True

    def looks_into_texts(self, shape: Shape) -> bool:
        """Whether pages of a shape asked for more of articles than their cards."""
        ask = self._asks[shape.language or self._default]
        return any(looks_deep(ask, name) for name, _ in (*shape.same, *shape.own))

    def looks_into(self, questions: Iterable[Question], language: str, paths: Set[str]) -> bool:
        """Whether one of some questions, asked in a language, asks for more than the card of one of the articles at `paths`."""
        ask = self._asks[language or self._default]
        return any(path in paths for name, args in questions if looks_deep(ask, name) for path in looks_into(ask, name, args))

    def would_differ(self, page: Page, trace: Trace) -> list[str] | None:
        """What is not as it was when a page was rendered, in words; None if it cannot be told without rendering it."""
        known = self._marker.mark_and_parts(trace.shape, page)
        return changed(trace, trace.shape, known[1]) if known else None

    def render(self, page: Page) -> Rendered:
        """A page, and what it was made of. Raises BuildStopped for a template's fault."""
        language = page.language or self._default
        ask = self._asks[language]
        asked = ask.asked = self.templates.asked = {}
        shown = pages.show(page, ask)
        content = self._content(page, shown, ask, self._fillings[language])
        shape = shape_of(page, _made_by(shown), asked)
        if shape is None:
            return Rendered(content, None, None)
        shape = self._shapes.setdefault(shape, shape)
        mark, parts = self._marker.mark_and_parts(shape, page) or (None, b"")
        return Rendered(content, shape, mark, parts, shelved=not isinstance(shown, Copy | SmallerPicture))

    def _made_of(self, made_by: str) -> str:
        kind, _, name = made_by.partition(" ")
        if kind == "colours":
            return of_value(self._colours)
        if kind != "asset":
            return self.templates.made_of(name)
        if name not in self._statics:
            return ""
        content = self.templates.theme.published(name, self._statics[name])
        try:
            return of_bytes(content if isinstance(content, bytes) else content.read_bytes())
        except OSError:  # whoever publishes it will say why
            return ""

    def _mark(self, language: str, question: Question) -> bytes | None:
        name, args = question
        if name == "label":
            return self.templates.mark_label(*args)
        return mark_of(self._asks[language or self._default], name, args)

    def _content(self, page: Page, shown: Shown, ask: Ask, filling: Filling) -> bytes | Path:
        match shown:
            case Template():
                return self.templates.render(page, shown, ask, filling)
            case FeedDocument() | CorrectionsFeed() | FeedList() | FeedStyle():
                return self._feeds.write(page, shown, ask, filling)
            case SitemapDocument(entries):
                return sitemap((ask.absolute(link), moment) for link, moment in entries)
            case SitemapIndex(parts):
                return sitemap_index(ask.absolute(link) for link in parts)
            case RuleDocument(rules):
                return redirects(rules)
            case NewsDocument(articles):
                return news_sitemap((ask.absolute(article.address), article) for article in articles)
            case RobotsDocument(links, denied):
                return robots([ask.absolute(link) for link in links], denied)
            case ArticleData(format, record):
                if format == "json":
                    return data.as_json(self._data(record, ask))
                return as_markdown(record, self._whole(record), ask.absolute)
            case MonthData(records):
                return data.packed(self._data(record, ask) for record in records)
            case DataSchema(link):
                return schema_of_articles(ask.absolute(link))
            case DataIndex(title, front, schema_link, months):
                return data.index(title, front, schema_link, months, ask.absolute)
            case SearchPartDocument(articles):
                return search.part(articles, page.language, partial(dates.short, zone=self._zone, language=page.language))
            case SearchList(parts, sections, people):
                return search.parts(parts, sections, people, page.language)
            case SearchDescription():
                return search.description(shown, ask.absolute)
            case SumsDocument(sums):
                return data.sums(sums)
            case WorkerScript(kept):
                return worker(kept)
            case PlainText(text):
                return text.encode()
            case Asset(path):
                return self.templates.theme.published(path, self._statics[path])
            case Copy(path, photo):
                file = self._root / path
                return _without_location(file, path) if photo else file
            case HeadlinePicture(title, site):
                return headline(title, site, self._colours)
            case SmallerPicture(disk, digest, type, scaled):
                return self._darkroom.picture(disk, digest, type, scaled)

    def _data(self, record: Record, ask: Ask) -> data.Told:
        return data.told(record, "" if record.article.withdrawn else self._whole(record), ask.absolute)

    def _whole(self, record: Record) -> str:
        """The text of an article as feeds have it, with whole addresses, in the words of its own language."""
        filling = self._fillings[record.article.language]
        document, body = filling.article(record.article.path)
        return self.templates.filler(filling, whole=True).fill(body, document)


def _made_by(shown: Shown) -> str:
    """What makes a page of answers: a template, a static file of the theme, its colours, or the program alone."""
    match shown:
        case Template(name=name):
            return f"template {name}"
        case Asset(path):
            return f"asset {path}"
        case HeadlinePicture():
            return "colours"
        case _:
            return ""


def _without_location(file: Path, path: str) -> bytes:
    from ssg import photos  # see `reading.pictures`

    try:
        data = file.read_bytes()
        return photos.published(data, photos.type_of(data))
    except (photos.BadPhoto, OSError) as fault:
        raise stop(Place(path), "photo.broken", f"the photo is not published: {fault}") from None
