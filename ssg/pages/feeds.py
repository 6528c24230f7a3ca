"""The feeds: of the site in each language, of each tag, person, section, region and story, and of corrections; in every format
that is set.

The site's own leads back through the whole archive: what leaves it for good stands in a document of its month, which holds
(RFC 5005, 4: archived feeds).
"""

from __future__ import annotations

from collections.abc import Iterator

from ssg import dates
from ssg.addresses import FEED_STYLE as SHEET
from ssg.archive import TAXONOMIES, Archive
from ssg.asking import Ask, Link
from ssg.model import Page, Place
from ssg.pages.lists import claim_of
from ssg.pages.showing import CorrectionsFeed, FeedDocument, FeedList, FeedStyle, Kind, Shown

CORRECTIONS = "corrections"  # what their feed is about: no taxonomy


def _pages(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        root = archive.addresses.root(language)
        yield from in_formats(archive, language, root, ())
        if archive.amendments[language]:
            yield from in_formats(archive, language, archive.addresses.block(language, "corrections"), (CORRECTIONS,))
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
        return FeedDocument(
            format=str(format),
            title=site.title,
            description=site.description,
            link=site.address,
            articles=ask.feed_articles(),
            earlier=ask.newest_archived_feed(str(format)),
            lasting=ask.unarchived(),
        )
    if about[0] == CORRECTIONS:
        return CorrectionsFeed(format=str(format), link=ask.corrections_address(), cards=ask.newest_corrections())
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


def _archived(archive: Archive) -> Iterator[Page]:
    for language, parts in archive.closed.items():
        for part in parts:
            place = part.year, part.month, part.number
            for format in archive.addresses.feed_formats:
                address = archive.addresses.archived_feed(language, *place, format)
                yield Page(address, "archived_feed", language, (format, *place))


def _show_archived(page: Page, ask: Ask) -> Shown:
    site = ask.site()
    format = str(page.about[0])
    year, month, number = (int(one) for one in page.about[1:])
    return FeedDocument(
        format=format,
        title=f"{site.title} · {dates.month_name(month, page.language)} {year}",
        description=site.description,
        link=ask.time_address(year, month),
        articles=ask.archived_articles(year, month, number),
        earlier=ask.archived_feed_before(format, year, month, number),
        of=ask.feed_address(format),
    )


def _lists(archive: Archive) -> Iterator[Page]:
    for language in archive.languages:
        yield Page(archive.addresses.feed_list(language), "feed_list", language)


def _show_list(_: Page, ask: Ask) -> Shown:
    site = ask.site()
    return FeedList(
        site=Link(site.title, site.address),
        feed=site.feed,
        corrected=ask.corrections_address(),
        corrections=ask.corrections_feed(),
        groups=ask.terms_with_feeds(),
    )


def _styles(archive: Archive) -> Iterator[Page]:
    for language in archive.languages if SHEET in archive.sources.assets else ():
        yield Page(archive.addresses.feed_style(language), "feed_style", language)


def _show_style(page: Page, ask: Ask) -> Shown:
    return FeedStyle(ask.asset(SHEET), ask.site().title)


FEED = Kind("feed", _pages, _show)
ARCHIVED_FEED = Kind("archived_feed", _archived, _show_archived)
FEED_LIST = Kind("feed_list", _lists, _show_list)
FEED_STYLE = Kind("feed_style", _styles, _show_style)
