"""`ssg new`: the file of a new article, with its date and its permanent id."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import count
from pathlib import Path

from ssg import dates
from ssg.model import Place
from ssg.problems import stop
from ssg.reading import sources
from ssg.reading.keys import ARTICLE_KEYS, keys_of
from ssg.reading.text import strip_controls
from ssg.scaffold.keying import name_of, yaml_lines
from ssg.scaffold.writing import create, read
from ssg.settings import Site, languages_of
from ssg.slugs import slugify

LONGEST_SLUG = 80  # characters: readers pass addresses on, and file systems end at 255 bytes


def new(
    root: Path,
    site: Site,
    title: str,
    *,
    now: datetime,
    section: str = "",
    editors: Sequence[str] = (),
    tags: Sequence[str] = (),
    language: str = "",
) -> Path:
    """Write `content/YYYY/MM/slug.md` for an article dated `now` (aware; written in the site's zone, to the minute).

    Its id is `YYYY-MM-DD-slug`; `-2`, `-3` follow where a file or an article has that name or id already. `language` is one of
    the site's further languages, or "". Raises BuildStopped: title.missing, language.unknown, settings.bad, file.unwritable.
    """
    title = _folded(title)
    if not title:
        raise stop(Place("ssg new"), "title.missing", "the title is empty", 'Give it in quotes: `ssg new "Judul Berita"`.')
    if language and language not in languages_of(site.settings):
        raise stop(Place("ssg new"), "language.unknown", f'the site has no language "{language}"')
    moment = now.astimezone(dates.zone(site.settings.timezone))
    slug = _shortened(slugify(title)) or f"{moment:%H%M%S}"
    top = f"content/{language}" if language and language != site.settings.language else "content"
    folder = f"{top}/{moment.year:04}/{moment.month:02}"
    keys = keys_of(ARTICLE_KEYS, site.settings.fields)
    id = _free_id(root, site, f"{moment.date().isoformat()}-{slug}")
    written = {
        "title": title,
        "date": f"{moment.date().isoformat()} {moment.hour:02}:{moment.minute:02}",
        "id": id,
        "section": _folded(section),
        "editor": [name for name in map(_folded, editors) if name],
        "tags": [name for name in map(_folded, tags) if name],
    }
    front = yaml_lines({name_of(keys, key): value for key, value in written.items() if value})
    data = f"---\n{front}---\n\n".encode()
    for name in _numbered(slug):
        path = f"{folder}/{name}.md"
        # A folder of this name may hold an article as its index.md, which has the same address.
        if not (root / folder / name).exists() and create(root / path, data, path):
            break
    return root / path


def _folded(text: str) -> str:
    return " ".join(strip_controls(text).split())


def _shortened(slug: str) -> str:
    if len(slug) <= LONGEST_SLUG:
        return slug
    return slug[: slug.rfind("-", 0, LONGEST_SLUG + 1)] if "-" in slug[:LONGEST_SLUG] else slug[:LONGEST_SLUG]


def _numbered(name: str) -> Iterator[str]:
    yield name
    for number in count(2):
        yield f"{name}-{number}"


def _free_id(root: Path, site: Site, wanted: str) -> str:
    """`wanted`, or the first of its numbered sisters that stands in no article and is the implicit id of none."""
    found = sources.find(root, site.settings.languages)
    taken = {sources.key_of(file.path) for file in found.articles}
    # What is looked for may stand in a text too; a number too many does no harm, and no front matter need be parsed.
    sign = wanted.encode()
    texts = [data for file in found.articles if sign in (data := read(root / file.disk, file.path))]
    free = (id for id in _numbered(wanted) if id not in taken and not any(_stands(id.encode(), data) for data in texts))
    return next(free)


def _stands(id: bytes, data: bytes) -> bool:
    """Whether `id` stands in `data` as a whole: `...-banjir` is not found in `...-banjir-2`."""
    at = data.find(id)
    while at >= 0:
        after = data[at + len(id) : at + len(id) + 1]
        if not after.isalnum() and after not in (b"-", b"_"):
            return True
        at = data.find(id, at + 1)
    return False
