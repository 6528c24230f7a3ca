"""What is wrong with an archive, seen as a whole."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from ssg import merged_tags
from ssg.addresses import clean_address
from ssg.archive.archive import Archive
from ssg.archive.links import reference
from ssg.catalogue import CATALOGUE
from ssg.model import Article, Place, Problem, StandingPage, Target, TermNote
from ssg.problems import nearest, problem
from ssg.settings import Robots
from ssg.slugs import slug_of

_SUGGESTIONS = 20  # looking for the nearest name takes a while in a large archive


class _Absent(msgspec.Struct, frozen=True):
    """A document that is there and not published now: its path, why, and what a person can do about a link to it."""

    path: str
    why: str
    mend: str


def faults(archive: Archive) -> Iterator[Problem]:
    """Everything wrong that shows only when all documents are seen together."""
    yield from _same_ids(archive)
    yield from _same_notes(archive)
    yield from _notes_of_merged_tags(archive)
    yield from _bad_links(archive)
    yield from _bad_relations(archive)
    yield from _idle_settings(archive)
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


def _idle_settings(archive: Archive) -> Iterator[Problem]:
    if archive.has_own_robots and archive.settings.robots != Robots():
        what = "[robots] changes nothing: static/robots.txt is published as it is"
        yield problem(Place("site.toml"), "robots.own", what)


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


def _notes_of_merged_tags(archive: Archive) -> Iterator[Problem]:
    now = merged_tags.names_now(archive.settings.merged_tags)
    for note in archive.sources.notes:
        if note.taxonomy == "tag" and note.slug in now:
            name = now[note.slug]
            what = f"the tag {note.title!r} is merged into {name!r}, so that there is nothing left to describe"
            mend = f"Describe {name!r} in a file named {slug_of(name)}.md, or take the line out of [merged_tags] in site.toml."
            yield problem(Place(note.path), "note.merged", what, mend)


def _bad_links(archive: Archive) -> Iterator[Problem]:
    missing = 0
    gone = _gone(archive)
    for document in archive.documents:
        for target in document.links:
            found = archive.links.candidates(target, document)
            place = Place(document.path, target.line)
            if not found and target.to in gone:
                absent = gone[target.to]
                what = f"the link to {target.to!r} is left out: {absent.path} {absent.why}"
                yield problem(place, "link.unpublished", what, absent.mend)
            elif not found:
                missing += 1
                mend = _mend_link(archive, target, suggest=missing <= _SUGGESTIONS)
                yield problem(place, "link.missing", f"the link to {target.to!r} leads nowhere", mend)
            elif len(found) > 1:
                names = ", ".join(f.document.path for f in found if f.document)
                yield problem(place, "link.ambiguous", f"{target.to!r} could mean any of {names}")


def _mend_link(archive: Archive, target: Target, *, suggest: bool) -> str:
    guess = nearest(target.to, archive.links.known(target.how)) if suggest else ""
    cure = CATALOGUE["link.missing"].cure
    return f"Did you mean {guess!r}? {cure}" if guess else cure


def _gone(archive: Archive) -> dict[str, _Absent]:
    """By every name of it, each document that was or will be published, and is not now."""
    gone: dict[str, _Absent] = {}
    documents: tuple[Article | StandingPage, ...] = (*archive.sources.articles, *archive.sources.pages)
    for document in documents:
        if document.path not in archive.document:
            gone |= dict.fromkeys(_names_of(document), _absent(document, archive))
    for path in archive.sources.left_out:
        inside = path.removeprefix("content/")
        stem = inside.removesuffix(".md").removesuffix("/index")
        absent = _Absent(path, "has errors", f"Mend {path}: the link comes back with it.")
        gone |= dict.fromkeys((inside, stem, stem.rpartition("/")[2]), absent)
    return gone


def _absent(document: Article | StandingPage, archive: Archive) -> _Absent:
    path, by_itself = document.path, "the link comes by itself when it is published"
    if document.draft and not archive.moment.drafts:
        return _Absent(path, "is a draft", f"Publish {path}: {by_itself}. Or take the link out.")
    if isinstance(document, Article) and not archive.moment.publishes(document):
        when = f"{document.date:%Y-%m-%d %H:%M}"
        return _Absent(path, f"is scheduled for {when}", f"Leave it: {by_itself}. Or take the link out.")
    return _Absent(path, "has expired", "Take the link out, or bring the article back.")


def _names_of(document: Article | StandingPage) -> tuple[str, ...]:
    """What a link may call a document."""
    names = (document.slug, document.path.removeprefix("content/"))
    return (*names, document.id) if isinstance(document, Article) else names


def _escaping(place: Place, written: str) -> Iterator[Problem]:
    try:
        clean_address(written)
    except ValueError as reason:
        yield problem(place, "address.escape", f"{written!r} cannot be an address: {reason}")
