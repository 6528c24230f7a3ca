"""Reading: every source file becomes a document and a body, each file by itself, what was read before out of the cache."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any, Generic

import msgspec

from ssg import settings
from ssg.cache import Cache, CacheDamagedError
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
    *("anyascii", "babel", "markdown-it-py", "mdit-py-plugins", "mdurl", "msgspec"),
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
    fresh: bool


class _Outcome(msgspec.Struct):
    """One file read: the key of its body, its `_Kept` encoded, and its body encoded if it was not in the cache."""

    kind: str
    key: str = ""
    kept: bytes = b""
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


def read(root: Path, site: settings.Site, kept: Cache, workers: int, tell: Tell, *, fresh: bool = False) -> Reading:
    """Every document of the site in `root`; their bodies are put into the cache `kept`, under each document's `body_key`.

    With `fresh` nothing is taken out of the cache.
    """
    found = sources.find(root, site.settings.languages)
    static, static_problems = sources.find_static(root)
    recipe = of_value((articles.settings_read(site.settings), code(), sys.version, [version(name) for name in LIBRARIES]))
    reader = partial(_reader, root, recipe, site.settings, kept.folder, fresh)
    try:
        outcomes = _read_all(found, reader, kept, workers, tell)
    except CacheDamagedError:
        kept.delete()
        outcomes = _read_all(found, reader, kept, workers, tell)
    documents: dict[str, list[Any]] = {"article": [], "page": [], "note": []}
    problems = [*found.problems, *static_problems]
    for outcome in outcomes:
        if outcome.problem:
            problems.append(outcome.problem)
            continue
        entry = _DECODE[outcome.kind].decode(outcome.kept)
        problems += entry.problems
        if entry.document is not None:
            documents[outcome.kind].append(entry.document)
    files = {file.path: file.disk for file in (*found.attachments, *static)}
    read = Reading(
        articles=tuple(documents["article"]),
        pages=tuple(documents["page"]),
        notes=tuple(documents["note"]),
        files=files,
        skipped=found.skipped,
        paths=tuple(file.path for file in (*found.articles, *found.pages, *found.notes)),
    )
    photos, amiss = inspect_all(root, read.documents, files)
    return msgspec.structs.replace(read, photos=photos, problems=(*problems, *amiss))


def _read_all(found: sources.Sources, reader: Callable[[], _Reader], kept: Cache, workers: int, tell: Tell) -> list[_Outcome]:
    every = [("article", file) for file in found.articles]
    every += [("page", file) for file in found.pages] + [("note", file) for file in found.notes]
    outcomes: list[_Outcome] = []
    kept.close()
    for part in spread(_read_part, reader, every, workers=workers, chunk=100):
        kept.keep((outcome.key, outcome.kept, outcome.body) for outcome in part if outcome.body is not None)
        outcomes += [msgspec.structs.replace(outcome, body=None) for outcome in part]
        tell("reading", len(outcomes), len(every))
    return outcomes


def _reader(root: Path, recipe: str, settings: settings.Settings, folder: Path, fresh: bool) -> _Reader:
    return _Reader(root, recipe, articles.site_of(settings), Cache(folder), fresh)


def _read_part(reader: _Reader, part: Sequence[tuple[str, SourceFile]]) -> list[_Outcome]:
    return [_read_one(reader, kind, file) for kind, file in part]


def _read_one(reader: _Reader, kind: str, file: SourceFile) -> _Outcome:
    try:
        data = (reader.root / file.disk).read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        what = f"the file cannot be read: {reason}"
        return _Outcome(kind, problem=problem(Place(file.path), "file.unreadable", what))
    key = of_value((reader.recipe, file.path, of_bytes(data)))
    kept = None if reader.fresh else reader.cache.document(key)
    if kept is not None:
        return _Outcome(kind, key, kept)
    read = _READ[kind](data, file.path, reader.site, body_key=key)
    return _Outcome(kind, key, _encode(_Kept(read.document, read.problems)), _encode_body(read.body))


@cache
def code() -> str:
    """The digest of our own code: what other code has made is as good as not made."""
    package = Path(__file__).parent.parent
    return of_value([of_bytes(file.read_bytes()) for file in sorted(package.rglob("*.py"))])
