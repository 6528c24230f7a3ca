"""Reading: every source file becomes a document and a body, each file by itself, what was read before out of the cache."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Generic

import msgspec

from ssg import settings
from ssg.cache import Cache
from ssg.digests import of_bytes, of_value
from ssg.model import Article, Body, Place, Problem, StandingPage, TermNote
from ssg.problems import problem
from ssg.reading import articles, sources
from ssg.reading.articles import Document
from ssg.reading.pictures import PhotoFile, inspect_all
from ssg.reading.sources import SourceFile
from ssg.workers import spread

# What a body is made by: another version of one may make it otherwise.
LIBRARIES = (
    *("anyascii", "babel", "markdown-it-py", "mdit-py-plugins", "msgspec"),
    *("nh3", "python-frontmatter", "python-slugify", "pyyaml", "tzdata"),
)

Tell = Callable[[str, int, int], None]


class Reading(msgspec.Struct, frozen=True):
    """All that was read. `files` are attachments and static files: path, and name on disk, both relative to the site."""

    articles: tuple[Article, ...] = ()
    pages: tuple[StandingPage, ...] = ()
    notes: tuple[TermNote, ...] = ()
    files: dict[str, str] = {}
    photos: dict[str, PhotoFile] = {}
    problems: tuple[Problem, ...] = ()
    skipped: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()

    @property
    def documents(self) -> tuple[Article | StandingPage | TermNote, ...]:
        """Articles, standing pages and notes together."""
        return (*self.articles, *self.pages, *self.notes)


class _Kept(msgspec.Struct, Generic[Document]):
    """What the cache keeps of a file beside its body."""

    document: Document | None
    problems: tuple[Problem, ...]


class _Reader(msgspec.Struct):
    """What a worker reads with."""

    root: Path
    recipe: str
    site: articles.Site
    cache: Cache


class _Outcome(msgspec.Struct):
    """One file read: the key of its body, its `_Kept` encoded, and its body encoded if it was not in the cache."""

    key: str
    kept: bytes
    body: bytes | None = None
    problem: Problem | None = None


_READ: dict[str, Callable[..., Any]] = {
    "article": articles.read_article,
    "page": articles.read_page,
    "note": articles.read_note,
}
_DECODE: dict[str, msgspec.json.Decoder[Any]] = {
    "article": msgspec.json.Decoder(_Kept[Article]),
    "page": msgspec.json.Decoder(_Kept[StandingPage]),
    "note": msgspec.json.Decoder(_Kept[TermNote]),
}
_encode = msgspec.json.Encoder().encode  # JSON keeps the offset of a date, MessagePack does not
_encode_body = msgspec.msgpack.Encoder().encode
_bodies = msgspec.msgpack.Decoder(Body)


def body_of(kept: bytes) -> Body:
    """A body as the cache keeps it, decoded."""
    return _bodies.decode(kept)


def read(root: Path, site: settings.Site, kept: Cache, workers: int, tell: Tell) -> Reading:
    """Every document of the site in `root`; their bodies are put into the cache `kept`, under each document's `body_key`."""
    found = sources.find(root, site.settings.languages)
    problems = list(found.problems)
    files = {file.path: file.disk for file in found.attachments} | _static(root)
    recipe = of_value((site.digest, _code(), [version(library) for library in LIBRARIES]))
    reader = partial(_reader, root, recipe, site.settings, kept.folder)
    documents: dict[str, list[Any]] = {"article": [], "page": [], "note": []}
    every = [("article", file) for file in found.articles]
    every += [("page", file) for file in found.pages] + [("note", file) for file in found.notes]
    done = 0
    for part in spread(_read_part, reader, every, workers=workers, chunk=100):
        kept.put_many(_made(part))
        for outcome, (kind, _) in zip(part, every[done:], strict=False):
            if outcome.problem:
                problems.append(outcome.problem)
                continue
            entry = _DECODE[kind].decode(outcome.kept)
            problems += entry.problems
            if entry.document is not None:
                documents[kind].append(entry.document)
        done += len(part)
        tell("reading", done, len(every))
    read = Reading(
        articles=tuple(documents["article"]),
        pages=tuple(documents["page"]),
        notes=tuple(documents["note"]),
        files=files,
        skipped=found.skipped,
        paths=tuple(file.path for _, file in every),
    )
    photos, amiss = inspect_all(root, read.documents, files)
    return msgspec.structs.replace(read, photos=photos, problems=(*problems, *amiss))


def _made(part: Sequence[_Outcome]) -> list[tuple[str, bytes]]:
    rows = [(outcome.key, outcome.body) for outcome in part if outcome.body is not None]
    return rows + [(_beside(outcome.key), outcome.kept) for outcome in part if outcome.body is not None]


def _beside(key: str) -> str:
    return f"{key}.document"


def _reader(root: Path, recipe: str, settings: settings.Settings, folder: Path) -> _Reader:
    return _Reader(root, recipe, articles.site_of(settings), Cache(folder))


def _read_part(reader: _Reader, part: Sequence[tuple[str, SourceFile]]) -> list[_Outcome]:
    return [_read_one(reader, kind, file) for kind, file in part]


def _read_one(reader: _Reader, kind: str, file: SourceFile) -> _Outcome:
    try:
        data = (reader.root / file.disk).read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return _Outcome("", b"", problem=problem(Place(file.path), "file.unreadable", f"the file cannot be read: {reason}"))
    key = of_value((reader.recipe, file.path, of_bytes(data)))
    kept = reader.cache.get(_beside(key))
    if kept is not None and reader.cache.get(key) is not None and _decodes(kind, kept):
        return _Outcome(key, kept)
    read = _READ[kind](data, file.path, reader.site, body_key=key)
    return _Outcome(key, _encode(_Kept(read.document, read.problems)), _encode_body(read.body))


def _decodes(kind: str, kept: bytes) -> bool:
    """Whether the cache gives what it was given: a damaged entry counts as none."""
    try:
        _DECODE[kind].decode(kept)
    except msgspec.DecodeError:
        return False
    return True


@cache
def _code() -> str:
    """The digest of our own code: a cache made by other code is as good as none."""
    package = Path(__file__).parent.parent
    return of_value([of_bytes(file.read_bytes()) for file in sorted(package.rglob("*.py"))])


def _static(root: Path) -> dict[str, str]:
    """Every file below static/, dot files too (`.well-known`)."""
    return {path: path for path in sorted(_files(root, "static")) if not path.endswith(("/.DS_Store", "/.gitkeep"))}


def _files(root: Path, folder: str) -> Iterator[str]:
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        path = f"{folder}/{entry.name}"
        if entry.is_dir(follow_symlinks=False):
            yield from _files(root, path)
        elif entry.is_file():
            yield path
