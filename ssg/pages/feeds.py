"""The feeds: of the site in each language, and of each tag, person, section, region and story; in every format that is set."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.archive import TAXONOMIES, Archive
from ssg.asking import Ask
from ssg.model import Page, Place
from ssg.pages.lists import claim_of
from ssg.pages.showing import FeedDocument, Kind, Shown


def _pages(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        root = archive.addresses.root(language)
        yield from in_formats(archive, language, root, ())
        for taxonomy in TAXONOMIES:
            for slug, group in edition.groups[taxonomy].items():
                front = archive.addresses.term(language, taxonomy, slug)
                yield from in_formats(archive, language, front, (taxonomy, slug), claim_of(group))


def in_formats(
    archive: Archive, language: str, front: str, about: tuple[str, ...], claim: Place | None = None
) -> Iterator[Page]:
    """The feed of the page at `front`, in each format; it is about the format, and what is given here."""
    for format in archive.addresses.feed_formats:
        yield Page(archive.addresses.feed(language, front, format), "feed", language, (format, *about), claim)


def _show(page: Page, ask: Ask) -> Shown:
    site = ask.site()
    format, *about = page.about
    if not about:
        articles = ask.feed_articles()
        return FeedDocument(
            format=str(format), title=site.title, description=site.description, link=site.address, articles=articles
        )
    taxonomy, slug = about[:2]
    assert taxonomy in TAXONOMIES
    term = ask.term(taxonomy, str(slug))
    return FeedDocument(
        format=str(format),
        title=f"{term.name} · {site.title}",
        description=site.description,
        link=term.address,
        articles=ask.feed_articles(taxonomy, str(slug)),
    )


FEED = Kind("feed", _pages, _show)
