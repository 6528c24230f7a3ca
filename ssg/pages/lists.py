"""Lists of articles, numbered from the oldest: all of them (Terkini), and those of each tag, person, section and region."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssg.archive import TAXONOMIES, Amendment, Archive, Group, Taxonomy, last_numbered
from ssg.asking import Ask, Link
from ssg.model import Article, Page, Place
from ssg.pages.showing import Kind, Shown, Template


def numbered(
    archive: Archive,
    kind: str,
    language: str,
    front: str,
    count: int,
    about: tuple[str | int, ...],
    claim: Place | None = None,
) -> Iterator[Page]:
    """The pages of a list: its front (number 0), its numbered pages, and one that leads from after the last to the front."""
    last = last_numbered(count, archive.settings.page_size)
    for number in range(last + 1):
        yield Page(archive.addresses.numbered(language, front, number), kind, language, (*about, number), claim)
    if last:
        yield Page(archive.addresses.numbered(language, front, last + 1), "onward", language, (front,), claim)


def _latest(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        if archive.has_page_of("latest", language):
            front = archive.addresses.block(language, "latest")
            yield from numbered(archive, "latest", language, front, len(edition.articles), ())


def _show_latest(page: Page, ask: Ask) -> Shown:
    (number,) = page.about
    return Template(name="latest.html", context={"listing": ask.latest_list(int(number))})


def _terms(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        for taxonomy in (one for one in TAXONOMIES if one != "story"):
            for slug, group in edition.groups[taxonomy].items():
                front = archive.addresses.term(language, taxonomy, slug)
                about = (taxonomy, slug)
                yield from numbered(archive, "term", language, front, len(group.articles), about, claim_of(group))


def claim_of(group: Group) -> Place:
    """Where a tag, person, section, region or story comes from: its own file, else its oldest article."""
    if group.note:
        return Place(group.note.path)
    if not group.articles:
        return Place("content")
    article = group.articles[0]
    key = {"tag": "tags", "editor": "editor" if article.editors else "author"}.get(group.taxonomy, group.taxonomy)
    return article.place(key)


def _show_term(page: Page, ask: Ask) -> Shown:
    taxonomy, slug, number = page.about
    assert taxonomy in TAXONOMIES
    term = ask.term(taxonomy, str(slug))
    return Template(
        name="term.html",
        context={
            "term": term,
            "listing": ask.term_list(taxonomy, str(slug), int(number)),
            "roles": ask.roles(str(slug)) if taxonomy == "editor" else (),
            "profile": ask.profile(taxonomy, str(slug)) if number == 0 else None,
        },
        document=ask.note(taxonomy, str(slug)) if number == 0 else None,
        feeds=(Link(term.name, term.feed),),
    )


def _all_terms(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        for taxonomy in TAXONOMIES:
            if edition.groups[taxonomy]:
                yield Page(archive.addresses.term(language, taxonomy), "terms", language, (taxonomy,))


def _show_all_terms(page: Page, ask: Ask) -> Shown:
    (taxonomy,) = page.about
    assert taxonomy in TAXONOMIES
    return Template(name="terms.html", context={"taxonomy": taxonomy, "terms": ask.terms(taxonomy)})


def members(archive: Archive, page: Page) -> tuple[str, ...]:
    """The ids of the articles, or corrections, on a numbered page of a list; () for any other page.

    A build compares them with those of the last one, to say when a page that ought to hold for ever has moved.
    """
    if page.kind not in ("latest", "term", "story", "day", "corrections") or not page.about or page.about[-1] == 0:
        return ()
    edition = archive.editions[page.language]
    listed: Sequence[Article | Amendment]
    if page.kind == "latest":
        listed = edition.articles
    elif page.kind == "corrections":
        listed = archive.amendments[page.language]
    elif page.kind == "term":
        taxonomy: Taxonomy = page.about[0]  # type: ignore[assignment]
        listed = edition.groups[taxonomy][str(page.about[1])].articles
    elif page.kind == "story":
        listed = edition.groups["story"][str(page.about[0])].articles
    else:
        year, month, day = (int(part) for part in page.about[:3])
        listed = edition.by_day[year, month, day]
    size, number = archive.settings.page_size, int(page.about[-1])
    return tuple(one.id for one in listed[(number - 1) * size : number * size])


LATEST = Kind("latest", _latest, _show_latest)
TERM = Kind("term", _terms, _show_term)
TERMS = Kind("terms", _all_terms, _show_all_terms)
