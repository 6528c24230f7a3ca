"""Which pages there are, and what each one shows. Each kind is a small module; all of them stand in `KINDS`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from ssg.addresses import unclaimed
from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page, Place
from ssg.pages import (
    articles,
    blocks,
    cards,
    corrections,
    data,
    feeds,
    files,
    fronts,
    indexnow,
    lists,
    merged,
    offline,
    onward,
    rules,
    search,
    sitemaps,
    standing,
    stories,
    subjects,
    times,
)
from ssg.pages.showing import Kind, Shown

KINDS: dict[str, Kind] = {
    kind.name: kind
    for kind in (
        fronts.FRONT,
        articles.KIND,
        standing.STANDING,
        search.PART,
        lists.LATEST,
        lists.TERM,
        stories.STORY,
        lists.TERMS,
        corrections.CORRECTIONS,
        times.ARCHIVE,
        subjects.STATISTICS,
        subjects.INDEX,
        subjects.LETTER,
        times.YEAR,
        times.MONTH,
        times.DAY,
        times.ON_THIS_DAY,
        times.EVERY_DAY,
        blocks.BLOCK,
        blocks.FRAGMENT,
        search.SEARCH,
        fronts.NOT_FOUND,
        offline.OFFLINE,
        onward.MOVED,
        onward.ONWARD,
        feeds.FEED,
        feeds.ARCHIVED_FEED,
        feeds.FEED_LIST,
        feeds.FEED_STYLE,
        sitemaps.SITEMAP,
        sitemaps.ROBOTS,
        indexnow.INDEXNOW_KEY,
        search.DESCRIPTION,
        files.FILE,
        files.PHOTO,
        cards.KIND,
        files.ASSET,
        rules.KIND,
        data.BESIDE,
        data.MONTH,
        data.SCHEMA,
        offline.WORKER,
        data.INDEX,
        search.LIST,
        data.MONTH_MANIFEST,
        data.MANIFEST,
    )
}

# Kinds whose pages tell of the files of all others, and of those of the kinds before them here: they are made last.
LAST = (offline.WORKER.name, data.INDEX.name, search.LIST.name, data.MONTH_MANIFEST.name, data.MANIFEST.name)


def plan(archive: Archive) -> Iterator[Page]:
    """Every page of the site, kind by kind; what leads on from what stood there before, where nothing else stands."""
    every = list(_claiming(archive))
    every += unclaimed(list(_leading_on(archive)), every)
    yield from rules.with_rules(archive, every)


def of_kind(archive: Archive, name: str) -> Iterable[Page]:
    """The pages of the site that are of a kind because it claims them, or because they lead on from what stood there before."""
    yield from KINDS[name].pages(archive)
    yield from unclaimed([page for page in _leading_on(archive) if page.kind == name], _claiming(archive))


def _claiming(archive: Archive) -> Iterator[Page]:
    for kind in KINDS.values():
        yield from kind.pages(archive)


def _leading_on(archive: Archive) -> Iterator[Page]:
    seen: set[str] = set()
    for page in chain(merged.pages(archive), onward.of_patterns_before(archive), times.emptied(archive)):
        if page.address not in seen:  # two articles may have had one address, each in its time: the earlier keeps it
            seen.add(page.address)
            yield page


def claims(archive: Archive, plan: Iterable[Page]) -> Iterator[Page]:
    """The pages of `plan`, between those whose addresses are kept free, and those that have been let go."""
    kept = {page.address: page for page in _reserved(archive)}
    yield from kept.values()
    yield from (page for page in plan if page.address not in kept or page != kept[page.address])
    yield from _let_go(archive)


def _reserved(archive: Archive) -> Iterator[Page]:
    """What is kept free: the address of the search page in each language, and what comes and goes with the news."""
    for language in archive.languages:
        yield Page(archive.addresses.search(language), "search", language)
    yield from sitemaps.reserved(archive)


def _let_go(archive: Archive) -> Iterator[Page]:
    """The addresses at which, as site.toml says, nothing stands any more."""
    for address, target in archive.settings.redirects.items():
        if not target:
            yield Page(address, "moved", archive.settings.language, claim=Place("site.toml"))


def show(page: Page, ask: Ask) -> Shown:
    """What a page shows."""
    return KINDS[page.kind].show(page, ask)
