"""The pictures that documents name: where each file lies, and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

import msgspec

from ssg.model import Article, Document, Image, Place, Problem
from ssg.problems import problem
from ssg.reading.freshness import Facts, Seen
from ssg.reading.sources import SourceFile

LARGE = 2_000_000  # bytes: ten seconds and more on a slow phone


class PhotoFile(msgspec.Struct, frozen=True):
    """A picture file of the site: its path relative to the site's folder, and what it is, as published."""

    path: str
    width: int  # pixels, as shown
    height: int
    size: int  # bytes
    type: str  # the media type


def file_behind(document_path: str, written: str) -> str:
    """The path, relative to the site's folder, of the file that `written` means in a document: `/x` lies in static/,
    any other beside the document."""
    name = unquote(written)
    folder = "static" if name.startswith("/") else document_path.rpartition("/")[0]
    return normpath(f"{folder}/{name}")


def images_of(document: Document) -> tuple[Image, ...]:
    """Every picture that a document names, the lead photo first."""
    lead = (document.image,) if isinstance(document, Article) and document.image else ()
    return lead + document.pictures


def inspect_all(
    root: Path, documents: Iterable[Document], files: Mapping[str, SourceFile], seen: Seen
) -> tuple[dict[str, PhotoFile], list[Problem]]:
    """The pictures of all documents by their path, each looked into once, and what is wrong with them.

    `files` are the site's attachments and static files by their path.
    """
    photos: dict[str, PhotoFile] = {}
    broken: dict[str, str] = {}
    problems: list[Problem] = []
    for document in documents:
        for image in images_of(document):
            place = Place(document.path, image.line)
            path = file_behind(document.path, image.src)
            if image.src.startswith(("http:", "https:", "//")):
                problems.append(problem(place, "photo.remote", f"the photo {image.src} lies on another host"))
            elif path not in files:
                problems.append(problem(place, "photo.missing", f"the photo {image.src!r} is not there: no file {path}"))
            elif path not in photos and path not in broken:
                facts = _facts(root, files[path], seen)
                if isinstance(facts, str):
                    broken[path] = facts
                else:
                    photos[path] = PhotoFile(path, *facts)
                    problems += _too_large(photos[path], image, place)
            if path in broken:
                problems.append(problem(place, "photo.broken", f"the photo {image.src!r} cannot be shown: {broken[path]}"))
    return photos, problems


def _facts(root: Path, file: SourceFile, seen: Seen) -> Facts:
    facts = seen.facts(file.disk, file.stat)
    if facts is None:
        from ssg.photos import BadPhoto, inspect  # Pillow takes a while, and most builds look into no new picture

        try:
            found = inspect(root / file.disk)
            facts = (found.width, found.height, found.size, found.type)
        except BadPhoto as bad:
            facts = bad.reason
        seen.note_facts(file.disk, file.stat, facts)
    return facts


def _too_large(photo: PhotoFile, image: Image, place: Place) -> Iterator[Problem]:
    if photo.size > LARGE:
        shape = f"{photo.size / 1_000_000:.1f} MB and {photo.width:,} x {photo.height:,} pixels"
        yield problem(place, "photo.large", f"the photo {image.src!r} has {shape}")
