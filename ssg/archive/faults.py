"""What is wrong with an archive, seen as a whole."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.addresses import clean_address
from ssg.archive.archive import Archive
from ssg.archive.links import reference
from ssg.catalogue import CATALOGUE
from ssg.model import Article, Place, Problem, StandingPage, Target, TermNote
from ssg.problems import nearest, problem

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
    gone = _gone(archive)
    for article in archive.articles:
        for written in article.related:
            if archive.links.find(reference(written), article) is None and written not in gone:
                what = f"`related` names {written!r}, which is no article of this archive"
                yield problem(article.place("related"), "related.missing", what)
    for document in archive.dated_and_standing:
        if document.translation_of and document.translation_of not in gone and archive.original(document) is None:
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
    gone, to_come = _gone(archive), _to_come(archive)
    for document in archive.documents:
        for target in document.links:
            found = archive.links.candidates(target, document)
            place = Place(document.path, target.line)
            if not found and target.to in gone:
                path, why = gone[target.to]
                yield problem(place, "link.unpublished", f"the link to {target.to!r} is left out: {path} {why}")
            elif not found:
                missing += 1
                mend = _mend_link(archive, target, suggest=missing <= _SUGGESTIONS)
                because = f": {to_come[target.to]}" if target.to in to_come else ""
                yield problem(place, "link.missing", f"the link to {target.to!r} leads nowhere{because}", mend)
            elif len(found) > 1:
                names = ", ".join(f.document.path for f in found if f.document)
                yield problem(place, "link.ambiguous", f"{target.to!r} could mean any of {names}")


def _mend_link(archive: Archive, target: Target, *, suggest: bool) -> str:
    guess = nearest(target.to, archive.links.known(target.how)) if suggest else ""
    cure = CATALOGUE["link.missing"].cure
    return f"Did you mean {guess!r}? {cure}" if guess else cure


def _gone(archive: Archive) -> dict[str, tuple[str, str]]:
    """By every name of it, each document that once was or will again be published, and why it is not now."""
    moment = archive.moment
    expired = [a for a in archive.sources.articles if moment.publishes(a) and a.path not in archive.article]
    gone = {name: (a.path, "has expired") for a in expired for name in names_of(a)}
    for path in archive.sources.left_out:
        inside = path.removeprefix("content/")
        stem = inside.removesuffix(".md").removesuffix("/index")
        gone |= dict.fromkeys((inside, stem, stem.rpartition("/")[2]), (path, "has errors"))
    return gone


def _to_come(archive: Archive) -> dict[str, str]:
    """By every name of it, each draft and each article of the future, in words."""
    hidden = [a for a in archive.sources.articles if not archive.moment.publishes(a)]
    words = {a.path: f"{a.path} is " + ("a draft" if a.draft else "dated in the future") for a in hidden}
    return {name: words[a.path] for a in hidden for name in names_of(a)}


def names_of(article: Article) -> tuple[str, ...]:
    """What a link may call an article."""
    return article.slug, article.id, article.path.removeprefix("content/")


def _escaping(place: Place, written: str) -> Iterator[Problem]:
    try:
        clean_address(written)
    except ValueError as reason:
        yield problem(place, "address.escape", f"{written!r} cannot be an address: {reason}")
