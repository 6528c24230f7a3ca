"""The pictures that documents name: where each file lies, and what it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

import msgspec

from ssg.model import Article, Document, Image, Place, Problem
from ssg.photos import BadPhoto, inspect
from ssg.problems import problem

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
    root: Path, documents: Iterable[Document], files: Mapping[str, str]
) -> tuple[dict[str, PhotoFile], list[Problem]]:
    """The pictures of all documents by their path, each looked at once, and what is wrong with them.

    `files` are the site's attachments and static files: path, and name on disk.
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
                try:
                    facts = inspect(root / files[path])
                    photos[path] = PhotoFile(path, facts.width, facts.height, facts.size, facts.type)
                    if facts.size > LARGE:
                        shape = f"{facts.size / 1_000_000:.1f} MB and {facts.width:,} x {facts.height:,} pixels"
                        problems.append(problem(place, "photo.large", f"the photo {image.src!r} has {shape}"))
                except BadPhoto as bad:
                    broken[path] = bad.reason
            if path in broken:
                problems.append(problem(place, "photo.broken", f"the photo {image.src!r} cannot be shown: {broken[path]}"))
    return photos, problems
