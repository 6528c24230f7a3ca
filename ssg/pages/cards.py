"""What shared links show of articles without a photo: pictures of their headlines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Article, Page
from ssg.pages.showing import HeadlinePicture, Kind, Shown


def _pages(archive: Archive) -> Iterator[Page]:
    return _of(archive, archive.articles if archive.settings.photos.card else ())


def _of_articles(archive: Archive, paths: Iterable[str]) -> Iterator[Page]:
    return _of(archive, [archive.article[path] for path in paths if path in archive.article])


def _of(archive: Archive, articles: Iterable[Article]) -> Iterator[Page]:
    for article in articles:
        if archive.has_card(article):
            yield Page(archive.card(article), "card", article.language, (article.path,), article.place("slug"))


def _show(page: Page, ask: Ask) -> Shown:
    return HeadlinePicture(ask.article(str(page.about[0])).title, ask.site().title)


KIND = Kind("card", _pages, _show, _of_articles)
