"""Reading: every source file becomes a document and a body, each file by itself, what was read before out of the cache."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from heapq import nlargest
from importlib.metadata import version
from io import FileIO
from operator import itemgetter
from pathlib import Path
from time import perf_counter
from typing import Any, Generic

import msgspec

from ssg import settings
from ssg.cache import Cache, Pack, Source, Spot
from ssg.darkroom import Darkroom
from ssg.digests import of_bytes, of_value
from ssg.model import Article, Body, Place, Problem, StandingPage, TermNote
from ssg.problems import problem
from ssg.reading import articles, sources
from ssg.reading.articles import Document
from ssg.reading.freshness import Seen
from ssg.reading.pictures import Lab, PhotoFile, inspect_all
from ssg.reading.sources import SourceFile
from ssg.reading.survey import Survey, survey
from ssg.workers import spread

# What a body is made by: another version of one may make it otherwise.
LIBRARIES = (
    *("anyascii", "babel", "markdown-it-py", "mdit-py-plugins", "mdurl", "msgspec"),
    *("nh3", "python-frontmatter", "python-slugify", "pyyaml", "tzdata"),
)

Tell = Callable[[str, int, int], None]


class Reading(msgspec.Struct, frozen=True):
    """All that was read. `files` are attachments and static files: path, and name on disk, both relative to the site.

    `stamps` says of each of `files` that will be known again what it is known by: its size, times and inode. `spots` says where
    the body of each document lies, by its `body_key`; `recipe` is what all was read by.
    """

    articles: tuple[Article, ...] = ()
    pages: tuple[StandingPage, ...] = ()
    notes: tuple[TermNote, ...] = ()
    files: dict[str, str] = {}
    stamps: dict[str, str] = {}
    photos: dict[str, PhotoFile] = {}
    problems: tuple[Problem, ...] = ()
    skipped: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    recipe: str = ""
    spots: dict[str, Spot] = {}
    slowest: tuple[tuple[str, float], ...] = ()  # the files that took longest to read, with their seconds

    @property
    def documents(self) -> tuple[Article | StandingPage | TermNote, ...]:
        """Articles, standing pages and notes together."""
        return (*self.articles, *self.pages, *self.notes)


class _Kept(msgspec.Struct, Generic[Document]):
    """What the cache keeps of a file beside its body."""

    document: Document | None
    problems: tuple[Problem, ...]


class _Reader(msgspec.Struct):
    """What a worker reads with. `known` are the sources that need not be read into again once their digest is found."""

    root: Path
    recipe: str
    site: articles.Site
    pack: Pack
    known: Mapping[Source, object]


class _Outcome(msgspec.Struct):
    """One file looked into: the digest of its bytes, and unless they are known its `_Kept` encoded and its body's spot."""

    digest: str = ""
    kept: bytes = b""
    spot: Spot | None = None
    problem: Problem | None = None
    seconds: float = 0.0


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


def read_anew(root: Path, site: settings.Settings, recipe: str, path: str) -> tuple[str, Body] | None:
    """The body of the document in a source file and its `body_key` as they are now; None if the file is gone."""
    found = sources.find(root, site.languages)
    for kind, files in (("article", found.articles), ("page", found.pages), ("note", found.notes)):
        for file in files:
            if file.path == path:
                data = (root / file.disk).read_bytes()
                key = of_value((recipe, path, of_bytes(data)))
                return key, _READ[kind](data, path, articles.site_of(site), body_key=key).body
    return None


def article_before(kept: Cache, path: str, digest: str) -> Article | None:
    """The article in a source file when its bytes had this digest; None if the cache, loaded, does not know of it."""
    row = kept.row(path, digest)
    return _DECODE["article"].decode(row.kept).document if row else None


def look(root: Path, site: settings.Site, kept: Cache, *, fresh: bool = False) -> Survey:
    """What stands in the source folders of a site; with `fresh` nothing that is known of earlier builds is believed."""
    recipe = of_value((articles.settings_read(site.settings), code(), sys.version, [version(name) for name in LIBRARIES]))
    return survey(root, site.settings.languages, recipe, Seen(kept.folder, code(), fresh=fresh))


def read(
    here: Survey,
    site: settings.Site,
    kept: Cache,
    workers: int,
    tell: Tell,
    *,
    fresh: bool = False,
    darkroom: Darkroom | None = None,
) -> Reading:
    """Every document of a site. Their bodies lie in packs of the cache `kept`; with `fresh` nothing is taken out of it.

    Smaller pictures of its photos are made in a `darkroom`, for whoever publishes them.
    """
    known = kept.load(here.recipe)
    if fresh:
        known = {}
    todo = [(kind, file) for kind, file in here.documents if (file.path, here.digests[file.path]) not in known]
    problems = list(here.problems)
    read: list[tuple[Source, bytes, Spot]] = []
    took: list[tuple[str, float]] = []
    reader = partial(_reader, here.root, here.recipe, site.settings, kept.folder, known)
    every = len(here.documents)
    done = every - len(todo)
    tell("reading", done, every)
    for files, part in _parts(todo, reader, workers):
        for (_, file), outcome in zip(files, part, strict=True):
            if outcome.problem:
                problems.append(outcome.problem)
            elif outcome.spot:
                read.append(((file.path, outcome.digest), outcome.kept, outcome.spot))
            here.digests[file.path] = outcome.digest
            took.append((file.path, outcome.seconds))
            if outcome.digest:
                here.seen.note_digest(file.disk, file.stat, outcome.digest)
        done += len(part)
        tell("reading", done, every)
    known |= kept.keep(here.recipe, read)
    documents: dict[str, list[Any]] = {"article": [], "page": [], "note": []}
    spots: dict[str, Spot] = {}
    for kind, file in here.documents:
        place = known.get((file.path, here.digests[file.path]))
        if place is None:
            continue  # it could not be read, and a problem says so
        pack, row = place
        entry = _DECODE[kind].decode(row.kept)
        problems += entry.problems
        if entry.document is not None:
            documents[kind].append(entry.document)
            spots[entry.document.body_key] = Spot(pack, row.at, row.size, row.check)
    attached = here.attached
    result = Reading(
        articles=tuple(documents["article"]),
        pages=tuple(documents["page"]),
        notes=tuple(documents["note"]),
        files={path: file.disk for path, file in attached.items()},
        stamps=here.stamps,
        skipped=here.found.skipped,
        paths=tuple(file.path for _, file in here.documents),
        recipe=here.recipe,
        spots=spots,
        slowest=tuple(nlargest(SLOWEST, took, key=itemgetter(1))),
    )
    lab = Lab(here.root, site.settings.photos, darkroom)
    photos, amiss = inspect_all(lab, result.documents, attached, here.seen, workers, tell)
    here.seen.keep()
    return msgspec.structs.replace(result, photos=photos, problems=(*problems, *amiss))


_CHUNK = 100
SLOWEST = 10  # that are told by name


def _parts(
    todo: list[tuple[str, SourceFile]], reader: Callable[[], _Reader], workers: int
) -> Iterator[tuple[list[tuple[str, SourceFile]], list[_Outcome]]]:
    parts = spread(_read_part, reader, todo, workers=workers, chunk=_CHUNK)
    for number, part in enumerate(parts):
        yield todo[number * _CHUNK : (number + 1) * _CHUNK], part


def _reader(root: Path, recipe: str, site: settings.Settings, folder: Path, known: Mapping[Source, object]) -> _Reader:
    return _Reader(root, recipe, articles.site_of(site), Pack(folder), known)


def _read_part(reader: _Reader, part: Sequence[tuple[str, SourceFile]]) -> list[_Outcome]:
    outcomes: list[_Outcome] = []
    bodies: list[bytes] = []
    made: list[_Outcome] = []
    for kind, file in part:
        begun = perf_counter()
        outcome, body = _read_one(reader, kind, file)
        outcome.seconds = perf_counter() - begun
        outcomes.append(outcome)
        if body is not None:
            bodies.append(body)
            made.append(outcome)
    for outcome, spot in zip(made, reader.pack.add(bodies) if bodies else (), strict=True):
        outcome.spot = spot
    return outcomes


def _read_one(reader: _Reader, kind: str, file: SourceFile) -> tuple[_Outcome, bytes | None]:
    try:
        with FileIO(f"{reader.root}/{file.disk}") as source:
            data = source.readall()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        what = f"the file cannot be read: {reason}"
        return _Outcome(problem=problem(Place(file.path), "file.unreadable", what)), None
    digest = of_bytes(data)
    if (file.path, digest) in reader.known:
        return _Outcome(digest), None
    key = of_value((reader.recipe, file.path, digest))
    read = _READ[kind](data, file.path, reader.site, body_key=key)
    return _Outcome(digest, _encode(_Kept(read.document, read.problems))), _encode_body(read.body)


@cache
def code() -> str:
    """The digest of our own code: what other code has made is as good as not made."""
    package = Path(__file__).parent.parent
    files = (*package.rglob("*.py"), *package.glob("rendering/*.js"))  # of which some pages are made
    return of_value([of_bytes(file.read_bytes()) for file in sorted(files)])
