"""What is wrong with an archive, seen as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.addresses import clean_address
from ssg.archive.archive import Archive
from ssg.archive.links import reference
from ssg.model import Article, Place, Problem, StandingPage, Target, TermNote
from ssg.problems import CATALOGUE, nearest, problem

_SUGGESTIONS = 20  # looking for the nearest name takes a while in a large archive


def faults(archive: Archive) -> Iterator[Problem]:
    """Everything wrong that shows only when all documents are seen together."""
    yield from _same_ids(archive)
    yield from _same_notes(archive)
    yield from _bad_links(archive)
    yield from _bad_relations(archive)
    for document in archive.dated_and_standing:
        for alias in document.aliases:
            yield from _escaping(document.place("aliases"), alias)
        if isinstance(document, StandingPage) and document.address:
            yield from _escaping(document.place("address"), document.address)


def _bad_relations(archive: Archive) -> Iterator[Problem]:
    for article in archive.articles:
        for written in article.related:
            if archive.links.find(reference(written), article) is None:
                what = f"`related` names {written!r}, which is no article of this archive"
                yield problem(article.place("related"), "related.missing", what)
    for document in archive.dated_and_standing:
        if document.translation_of and archive.original(document) is None:
            kind = "article's id" if isinstance(document, Article) else "page's path or slug"
            what = f"`translation_of` names {document.translation_of!r}, which is no {kind}"
            yield problem(document.place("translation_of"), "translation.missing", what)


def _same_ids(archive: Archive) -> Iterator[Problem]:
    first: dict[str, Article] = {}
    for article in archive.articles:
        other = first.setdefault(article.id, article)
        if other is not article:
            what = f"the id {article.id!r} is also that of {other.place('id')}"
            yield problem(article.place("id"), "id.twice", what)


def _same_notes(archive: Archive) -> Iterator[Problem]:
    first: dict[tuple[str, str, str], TermNote] = {}
    for note in archive.sources.notes:
        other = first.setdefault((note.language, note.taxonomy, note.slug), note)
        if other is not note:
            what = f"the {note.taxonomy} {note.slug!r} is also described in {other.path}"
            yield problem(Place(note.path), "note.twice", what)


def _bad_links(archive: Archive) -> Iterator[Problem]:
    missing = 0
    unpublished = _unpublished(archive)
    for document in archive.documents:
        for target in document.links:
            found = archive.links.candidates(target, document)
            place = Place(document.path, target.line)
            if not found:
                missing += 1
                mend = _mend_link(archive, target, suggest=missing <= _SUGGESTIONS)
                what = f"the link to {target.to!r} leads nowhere"
                if hidden := unpublished.get(target.to):
                    what += f": {hidden} is not published (a draft, in the future, or expired)"
                yield problem(place, "link.missing", what, mend)
            elif len(found) > 1:
                names = ", ".join(f.document.path for f in found if f.document)
                yield problem(place, "link.ambiguous", f"{target.to!r} could mean any of {names}")


def _mend_link(archive: Archive, target: Target, *, suggest: bool) -> str:
    guess = nearest(target.to, archive.links.known(target.how)) if suggest else ""
    cure = CATALOGUE["link.missing"].cure
    return f"Did you mean {guess!r}? {cure}" if guess else cure


def _unpublished(archive: Archive) -> dict[str, str]:
    hidden = [article for article in archive.sources.articles if article.path not in archive.article]
    return {name: a.path for a in hidden for name in (a.slug, a.id, a.path.removeprefix("content/"))}


def _escaping(place: Place, written: str) -> Iterator[Problem]:
    try:
        clean_address(written)
    except ValueError as reason:
        yield problem(place, "address.escape", f"{written!r} cannot be an address: {reason}")
