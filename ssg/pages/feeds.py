"""The RSS feeds: of the site in each language, and of each tag, person, section, region and story."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.archive import TAXONOMIES, Archive
from ssg.asking import Ask
from ssg.model import Page
from ssg.pages.lists import claim_of
from ssg.pages.showing import FeedDocument, Kind, Shown


def _pages(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        root = archive.addresses.root(language)
        yield Page(archive.addresses.feed(language, root), "feed", language)
        for taxonomy in TAXONOMIES:
            for slug, group in edition.groups[taxonomy].items():
                front = archive.addresses.term(language, taxonomy, slug)
                yield Page(archive.addresses.feed(language, front), "feed", language, (taxonomy, slug), claim_of(group))


def _show(page: Page, ask: Ask) -> Shown:
    site = ask.site()
    if not page.about:
        articles = ask.feed_articles()
        return FeedDocument(title=site.title, description=site.description, link=site.address, articles=articles)
    taxonomy, slug = page.about[:2]
    assert taxonomy in TAXONOMIES
    term = ask.term(taxonomy, str(slug))
    return FeedDocument(
        title=f"{term.name} · {site.title}",
        description=site.description,
        link=term.address,
        articles=ask.feed_articles(taxonomy, str(slug)),
    )


FEED = Kind("feed", _pages, _show)
