"""The page of an article, and the tombstone of a withdrawn one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssg.archive import Archive
from ssg.asking import Ask, Link
from ssg.model import Article, Page
from ssg.pages.showing import Kind, Shown, Template


def pages(archive: Archive) -> Iterator[Page]:
    """One page for each article."""
    return _pages(archive, archive.articles)


def _of_articles(archive: Archive, paths: Iterable[str]) -> Iterator[Page]:
    return _pages(archive, [archive.article[path] for path in paths if path in archive.article])


def _pages(archive: Archive, articles: Iterable[Article]) -> Iterator[Page]:
    for article in articles:
        yield Page(archive.address(article), "article", article.language, (article.path,), article.place("slug"))


def show(page: Page, ask: Ask) -> Shown:
    """The article with all that stands beside it; of a withdrawn one only its headline and the reason."""
    path = str(page.about[0])
    article = ask.article(path)
    if article.withdrawn:
        return Template(name="withdrawn.html", context={"article": article}, noindex=True)
    document = ask.document(path)
    before, after = ask.neighbours(path)
    story = ask.story(path)
    people = [person for role in article.roles for person in role.people]
    terms = (article.section, story and story.term, *article.tags, *people)
    return Template(
        name="article.html",
        context={
            "article": article,
            "related": ask.related(path),
            "latest_then": ask.latest_before(path) if ask.site().shared_blocks else (),
            "before": before,
            "after": after,
            "story": story,
            "translations": ask.translations(path),
        },
        document=document,
        read_also=ask.read_also(path),
        feeds=tuple(Link(term.name, term.feed) for term in terms if term and term.feed),
        beside=ask.beside(article),
        canonical=article.canonical,
        noindex=document.noindex,
    )


KIND = Kind("article", pages, show, _of_articles)
