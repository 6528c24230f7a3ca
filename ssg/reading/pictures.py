"""The pictures that documents name: where each file lies, and what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from posixpath import normpath
from urllib.parse import unquote

import msgspec

from ssg.darkroom import Darkroom, planned, recipe, stand_in
from ssg.digests import of_value
from ssg.model import Article, Document, Image, Place, Problem, StandIn
from ssg.problems import problem
from ssg.reading.freshness import Facts, Looked, Seen
from ssg.reading.sources import SourceFile
from ssg.settings import Photos
from ssg.workers import AHEAD, spread

LARGE = 2_000_000  # bytes: ten seconds and more on a slow phone
_REMOTE = ("http:", "https:", "//")
_MOST_AT_ONCE = 8  # photos that a worker is handed together; making smaller ones takes a second for one of many pixels
_SOME = 10  # once more than a tenth of all photos are new, it is worth looking for what is not used any more

Tell = Callable[[str, int, int], None]


class PhotoFile(msgspec.Struct, frozen=True):
    """A picture file of the site: its path relative to the site's folder, and what it is, as published.

    `digest` is that of the file itself. `scales`: smaller pictures are made of it, if it is wide enough for any.
    """

    path: str
    width: int  # pixels, as shown
    height: int
    size: int  # bytes
    type: str  # the media type
    digest: str = ""
    scales: bool = False
    stand_in: StandIn | None = None  # what is shown in its place


class Lab(msgspec.Struct, frozen=True):
    """With what pictures are looked into: the site's folder, its settings, and where smaller ones are made, if they are."""

    root: Path
    settings: Photos
    darkroom: Darkroom | None

    @property
    def recipe(self) -> str:
        """What smaller pictures are made by, and which: "" where none are asked for."""
        wanted = self.settings
        return of_value((wanted.widths, wanted.format, recipe())) if wanted.widths else ""


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
    lab: Lab, documents: Sequence[Document], files: Mapping[str, SourceFile], seen: Seen, workers: int, tell: Tell
) -> tuple[dict[str, PhotoFile], list[Problem]]:
    """The pictures of all documents by their path, each looked into once, and what is wrong with them.

    `files` are the site's attachments and static files by their path. Smaller pictures are made of those that are new.
    """
    named = [
        (document, image, file_behind(document.path, image.src)) for document in documents for image in images_of(document)
    ]
    there = {path: files[path] for _, image, path in named if path in files and not image.src.startswith(_REMOTE)}
    facts = _facts(lab, there, seen, workers, tell)
    photos: dict[str, PhotoFile] = {}
    problems: list[Problem] = []
    for document, image, path in named:
        place = Place(document.path, image.line)
        if image.src.startswith(_REMOTE):
            problems.append(problem(place, "photo.remote", f"the photo {image.src} lies on another host"))
        elif path not in files:
            problems.append(problem(place, "photo.missing", f"the photo {image.src!r} is not there: no file {path}"))
        elif isinstance(found := facts[path], str):
            problems.append(problem(place, "photo.broken", f"the photo {image.src!r} cannot be shown: {found}"))
        elif path not in photos:
            scales = found.scaling == "can"
            photos[path] = PhotoFile(
                *(path, found.width, found.height, found.size, found.type, found.digest, scales, found.stand_in)
            )
            problems += _too_large(found, lab.settings, image, place)
    return photos, problems


def _facts(lab: Lab, photos: Mapping[str, SourceFile], seen: Seen, workers: int, tell: Tell) -> dict[str, Facts]:
    """Of each picture what it is, or why it cannot be shown. What is not known is looked into, on all workers."""
    wanted = lab.recipe
    facts: dict[str, Facts] = {}
    todo: list[tuple[str, SourceFile]] = []
    for path, file in photos.items():
        known = seen.facts(file.disk, file.stat)
        if known is None or (lab.darkroom and isinstance(known, Looked) and known.recipe != wanted):
            todo.append((path, file))
        else:
            facts[path] = known
    if todo:
        import_module("ssg.scaling")  # once for all workers; Pillow takes a while, and most builds look into no new picture
        tell("photos", 0, len(todo))
    done = 0
    chunk = max(1, min(_MOST_AT_ONCE, len(todo) // (workers * AHEAD)))
    for looked in spread(_look_into, partial(_prepared, lab), todo, workers=workers, chunk=chunk, few=2):
        for (path, file), found in zip(todo[done:], looked, strict=False):
            facts[path] = found
            seen.note_facts(file.disk, file.stat, found)
        done += len(looked)
        tell("photos", done, len(todo))
    if lab.darkroom and len(todo) > len(photos) // _SOME:
        lab.darkroom.tidy(set(_pictures(lab.darkroom, lab.settings, facts.values())))
    return {path: _shown(found, wanted) for path, found in facts.items()}


def _pictures(darkroom: Darkroom, settings: Photos, photos: Iterable[Facts]) -> Iterator[Path]:
    """Where the smaller pictures of photos lie."""
    for found in photos:
        if isinstance(found, Looked) and found.scaling == "can":
            yield from (darkroom.file(found.digest, one) for one in planned(found.width, found.height, found.type, settings))


def _shown(found: Facts, wanted: str) -> Facts:
    """What is known of a picture now: one of which smaller ones could not be made is broken, where these are wanted."""
    return found.fault if isinstance(found, Looked) and found.fault and found.recipe == wanted else found


def _prepared(lab: Lab) -> Lab:
    return lab


def _look_into(lab: Lab, part: Sequence[tuple[str, SourceFile]]) -> list[Facts]:
    return [_looked_into(lab, file.disk) for _, file in part]


def _looked_into(lab: Lab, disk: str) -> Facts:
    from ssg.photos import BadPhoto, inspect

    try:
        found = inspect(lab.root / disk)
    except BadPhoto as bad:
        return bad.reason
    facts = found.width, found.height, found.size, found.type, found.scaling, found.digest
    if not lab.darkroom:
        return Looked(*facts)
    if found.scaling != "can":
        return Looked(*facts, lab.recipe)
    try:
        wanted = planned(found.width, found.height, found.type, lab.settings)
        lab.darkroom.make(disk, found.digest, found.type, wanted)
        shown = stand_in(found.width, found.type, wanted)
        instead = _stand_in(lab.darkroom.picture(disk, found.digest, found.type, shown), found.type) if shown else None
    except BadPhoto as bad:
        return Looked(*facts, lab.recipe, bad.reason)
    return Looked(*facts, lab.recipe, "", instead)


def _stand_in(made: bytes, type: str) -> StandIn:
    from ssg.photos import opened

    with opened(made, type) as picture:
        return StandIn(picture.width, picture.height, len(made))


def _too_large(photo: Looked, settings: Photos, image: Image, place: Place) -> Iterator[Problem]:
    pixels = f"{photo.width:,} x {photo.height:,} pixels"
    if photo.scaling == "enormous" and settings.widths:
        yield problem(place, "photo.enormous", f"no smaller pictures are made of the photo {image.src!r}: it has {pixels}")
    elif photo.size > LARGE:
        yield problem(place, "photo.large", f"the photo {image.src!r} has {photo.size / 1_000_000:.1f} MB and {pixels}")
