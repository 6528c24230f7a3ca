"""A Page -> bytes: by templates, as a feed or sitemap, or a file as it is."""

from __future__ import annotations

from pathlib import Path

from ssg import pages, photos
from ssg.archive import Archive
from ssg.asking import ArticleView, Ask, Bodies
from ssg.model import Page, Place
from ssg.pages.showing import Asset, Copy, FeedDocument, RobotsDocument, SitemapDocument, SitemapIndex, Template
from ssg.problems import stop
from ssg.rendering.feeds import Enclosure, Feed, Item, rss
from ssg.rendering.sitemaps import robots, sitemap, sitemap_index
from ssg.rendering.templates import Templates


class Renderer:
    """Renders the pages of one build; every worker has one."""

    def __init__(self, root: Path, archive: Archive, templates: Templates, bodies: Bodies) -> None:
        self.templates = templates
        self._root = root
        self._statics = templates.theme.statics()
        answers: dict[object, object] = {}
        self._asks = {language: Ask(archive, bodies, language, answers) for language in archive.languages}
        self._default = archive.settings.language

    def render(self, page: Page) -> bytes | Path:
        """The bytes of a page, or the file whose bytes they are. Raises BuildStopped for a template's fault."""
        ask = self._asks[page.language or self._default]
        shown = pages.show(page, ask)
        match shown:
            case Template():
                return self.templates.render(page, shown, ask)
            case FeedDocument():
                return self._feed(page, shown, ask)
            case SitemapDocument(entries):
                return sitemap((ask.absolute(link), moment) for link, moment in entries)
            case SitemapIndex(parts):
                return sitemap_index(ask.absolute(link) for link in parts)
            case RobotsDocument(link, noindex):
                return robots(ask.absolute(link), noindex)
            case Asset(path):
                return self.templates.theme.published(path, self._statics[path])
            case Copy(path, photo):
                file = self._root / path
                return _without_location(file, path) if photo else file

    def _feed(self, page: Page, shown: FeedDocument, ask: Ask) -> bytes:
        filler = self.templates.filler(ask, whole=True)

        def item(article: ArticleView) -> Item:
            document = ask.document(article.path)
            people = (*article.people("author"), *article.people("editor"))
            photo = article.photo
            return Item(
                guid=ask.feed_id(article),
                title=article.title,
                link=ask.absolute(article.address),
                date=article.date,
                updated=article.updated,
                html=filler.fill(ask.body(article.path), document),
                summary=article.summary,
                authors=tuple(dict.fromkeys(person.name for person in people)),
                categories=tuple(term.name for term in ((article.section,) if article.section else ()) + article.tags),
                enclosure=Enclosure(ask.absolute(photo.address), photo.size, photo.type) if photo else None,
            )

        items = tuple(item(article) for article in shown.articles)
        return rss(
            Feed(
                title=shown.title,
                description=shown.description,
                link=ask.absolute(shown.link),
                self_link=ask.absolute(ask.link(page.address)),
                language=page.language,
                items=items,
            )
        )


def _without_location(file: Path, path: str) -> bytes:
    try:
        data = file.read_bytes()
        return photos.published(data, photos.type_of(data))
    except (photos.BadPhoto, OSError) as fault:
        raise stop(Place(path), "photo.broken", f"the photo is not published: {fault}") from None
