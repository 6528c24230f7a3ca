"""The types that every room shares: frozen, typed, importing nothing of ours."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

import msgspec

Level = Literal["error", "warning"]

# Every key of front matter that the program knows; others go to `extra`.
_FIELD_NAMES = """
    title date updated editor author tags section region source image dateline summary slug id pick draft expires withdrawn
    aliases related story corrections canonical language translation_of weight menu address noindex
"""
FIELDS = frozenset(_FIELD_NAMES.split())


class Place(msgspec.Struct, frozen=True, order=True):
    """Where something stands: a path relative to the site's folder, and a line and column from 1 (0: the whole file)."""

    path: str
    line: int = 0
    column: int = 0

    def __str__(self) -> str:
        return ":".join([self.path, *(str(n) for n in (self.line, self.column) if n)])


class Problem(msgspec.Struct, frozen=True, order=True):
    """Something to mend: where, which code of the catalogue, what is wrong here, how to mend it here.

    `level` is None until the settings have decided it (see `problems.Levels`).
    """

    place: Place
    code: str
    what: str
    mend: str
    level: Level | None = None


# -- what one source file says ------------------------------------------------------------------


class Source(msgspec.Struct, frozen=True, omit_defaults=True):
    """Who the news came from (`Sumber:`): a name, and a web address or ""."""

    name: str  # as plain text
    url: str = ""  # its web address or ""


class Image(msgspec.Struct, frozen=True, omit_defaults=True):
    """A photo as front matter names it. `src` is as written; the archive turns it into an address."""

    src: str
    alt: str = ""
    caption: str = ""
    credit: str = ""
    line: int = 0


class Correction(msgspec.Struct, frozen=True):
    """One published correction (`Ralat`): its moment and its text."""

    date: datetime  # when it was published
    text: str  # as plain text


class Withdrawal(msgspec.Struct, frozen=True):
    """An article taken back by the newsroom: since when, and why."""

    date: datetime  # since when
    reason: str  # as plain text, or ""


class Target(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a link in a body points at, as written.

    `how` says how to look it up: `path` (a source file or attachment, relative to the linking file), `slug` (`[[slug]]`),
    `ref` (another generator's reference: a file's name, path or slug), `site` (an address from the site's root) or `page` (a
    fragment of the page itself).
    """

    how: Literal["path", "slug", "ref", "site", "page"]
    to: str
    fragment: str = ""
    line: int = 0


# -- a body: HTML with typed holes ---------------------------------------------------------------


class Href(msgspec.Struct, frozen=True, tag="href"):
    """A hole for the attribute ` href="..."` of an `<a>`; left out when the target is not there."""

    target: Target


class Address(msgspec.Struct, frozen=True, tag="address"):
    """A hole for a target's address as text."""

    target: Target


class Headline(msgspec.Struct, frozen=True, tag="headline"):
    """A hole for a whole link whose text is the target's present title: `[[slug]]`."""

    target: Target


class ReadAlso(msgspec.Struct, frozen=True, tag="read_also"):
    """A hole for a `Baca Juga` paragraph that links to one article by its present title and address."""

    target: Target


class Picture(msgspec.Struct, frozen=True, tag="picture"):
    """A hole for a picture in the body. `block`: it stands alone and becomes a figure, with its title as caption."""

    src: str
    alt: str = ""
    caption: str = ""
    block: bool = False
    line: int = 0


class Video(msgspec.Struct, frozen=True, tag="video"):
    """A hole for a video of a named host: a link with a local picture that loads the frame when clicked.

    `poster` is the `src` of a local picture or "".
    """

    host: str
    id: str
    title: str = ""
    poster: str = ""
    line: int = 0


class Dateline(msgspec.Struct, frozen=True, tag="dateline"):
    """A hole before the first sentence, for the place or name set apart from it.

    `written` is what the text itself begins with (`KARAWANG - `), if it is not what the site or the front matter say.
    """

    written: str = ""


class Gap(msgspec.Struct, frozen=True, tag="gap"):
    """A hole between two paragraphs, for a `Baca Juga` where the writer put none: the first (0) or second of the body."""

    number: int = 0


Hole = Href | Address | Headline | ReadAlso | Picture | Video | Dateline | Gap
Body = tuple[str | Hole, ...]


class Article(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What one source file says. Small: its rendered body is kept apart, under `body_key`.

    All datetimes are aware and stand in the site's time zone. `key` is the source path below `content/` without its suffix
    (a folder's `index.md` has the folder's path); `id` is permanent: written in front matter, else `key`.
    """

    path: str  # relative to the site's folder, "content/2021/12/a.md"
    key: str
    id: str
    id_written: bool
    title: str
    date: datetime
    slug: str
    language: str
    body_key: str
    updated: datetime | None = None
    editors: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    merged_tags: tuple[str, ...] = ()  # the slugs of the tags that it writes by a name of old; `tags` has the new ones
    regions: tuple[str, ...] = ()
    section: str = ""
    story: str = ""
    source: Source | None = None
    image: Image | None = None
    dateline: str | None = None  # None: the site's own; "": none
    summary: str = ""
    standfirst: bool = False  # the summary is an editor's, not taken from the first paragraph
    pick: int = 0  # 0: no pick; else the editor's order, 1 first
    draft: bool = False
    expires: datetime | None = None
    withdrawn: Withdrawal | None = None
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()  # ids, slugs or source paths
    corrections: tuple[Correction, ...] = ()
    canonical: str = ""
    noindex: bool = False
    translation_of: str = ""
    links: tuple[Target, ...] = ()  # to other articles, in order of the text
    pictures: tuple[Image, ...] = ()  # in the body, in order, posters too
    words: int = 0
    gaps: int = 0  # how many holes for a `Baca Juga` its body has
    face: str = ""  # the digest of all that other pages may show of it, names and photos that only the archive knows aside
    bundle: bool = False  # stands as index.md in a folder of its own
    lines: dict[str, int] = {}  # front matter key -> line
    extra: dict[str, object] = {}  # unknown keys, as read

    @property
    def changed(self) -> datetime | None:
        """The last change that the newsroom names: an update or a correction; None where it names neither."""
        if self.corrections:
            return max(self.updated or self.date, *[correction.date for correction in self.corrections])
        return self.updated

    def line(self, key: str) -> int:
        """The line on which `key` stands in the source file (1 if it is not written)."""
        return self.lines.get(key, 1)

    def place(self, key: str = "") -> Place:
        """Where `key` is written, for a Problem."""
        return Place(self.path, self.line(key))


class StandingPage(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A page without a date (`content/pages/`): Redaksi, Tentang, Kontak."""

    path: str
    key: str
    title: str
    slug: str
    language: str
    body_key: str
    address: str = ""  # an address of its own, else /slug/
    summary: str = ""
    menus: tuple[str, ...] = ()
    weight: int = 0
    updated: datetime | None = None
    aliases: tuple[str, ...] = ()
    links: tuple[Target, ...] = ()
    pictures: tuple[Image, ...] = ()
    translation_of: str = ""
    draft: bool = False
    noindex: bool = False
    bundle: bool = False
    lines: dict[str, int] = {}
    extra: dict[str, object] = {}

    def line(self, key: str) -> int:
        """The line on which `key` stands in the source file (1 if it is not written)."""
        return self.lines.get(key, 1)

    def place(self, key: str = "") -> Place:
        """Where `key` is written, for a Problem."""
        return Place(self.path, self.line(key))


class TermNote(msgspec.Struct, frozen=True, kw_only=True):
    """What `content/tags/nato.md` and the like say of a tag, person, section, region or story."""

    path: str
    taxonomy: str  # "tag", "editor", "section", "region", "story"
    title: str
    slug: str
    language: str
    body_key: str
    links: tuple[Target, ...] = ()
    pictures: tuple[Image, ...] = ()
    bundle: bool = False


Document = Article | StandingPage | TermNote


# -- what other pages may show --------------------------------------------------------------------


class Scaled(msgspec.Struct, frozen=True):
    """A smaller picture that is made of a photo: its width as shown, in pixels, and its media type."""

    width: int
    type: str


class StandIn(msgspec.Struct, frozen=True, array_like=True):
    """The smaller picture that pages show and name in the place of a photo that is too wide."""

    width: int  # pixels, as shown
    height: int
    size: int  # bytes


class PhotoSource(msgspec.Struct, frozen=True):
    """A photo in a format that not every browser knows, for a `source` in a `picture`."""

    type: str  # the media type: `image/webp`
    srcset: str  # for `srcset`: each width with its address


class Photo(msgspec.Struct, frozen=True):
    """A picture of this site, ready to show: its address, its size in pixels and in bytes, its media type.

    `sources` and `srcset` are the same picture in smaller widths; both are empty where none are made of it. Of a photo that is
    wider than 2,400 pixels all of this is said of its widest smaller picture in its own format: nobody is made to load more.
    """

    address: str  # for `src`
    width: int  # pixels
    height: int  # pixels
    size: int  # bytes
    type: str  # its media type: `image/jpeg`
    alt: str = ""  # what it shows, in words
    caption: str = ""  # as plain text
    credit: str = ""  # who made it
    sources: tuple[PhotoSource, ...] = ()  # in formats that not every browser knows, the smallest first
    srcset: str = ""  # for `srcset` of the `img`: smaller widths, and the picture at `address`; or ""


class Card(msgspec.Struct, frozen=True):
    """What other pages may show of an article."""

    title: str  # its headline, as plain text
    address: str  # for `href`
    date: datetime  # in the site's time zone
    summary: str = ""  # one or two sentences, as plain text
    section: str = ""  # the name of its section, or ""
    photo: Photo | None = None  # the lead photo


class Term(msgspec.Struct, frozen=True):
    """A tag, person, section, region or running story, as pages show it: its name, its address and its feed."""

    taxonomy: str  # `tag`, `editor`, `section`, `region` or `story`
    name: str  # as plain text
    slug: str  # its name in addresses, by which it is asked for
    address: str  # for `href`; "" for a person without a page
    feed: str  # for `href`


class CountedTerm(Term, frozen=True):
    """A tag, person, section, region or running story in the list of all of them."""

    count: int = 0  # how many articles it has


class Listing(msgspec.Struct, frozen=True):
    """One page of a list of articles, numbered from the oldest (`number` 0: the front of the list).

    `older` and `newer` are addresses of the neighbouring pages or ""; `first` is the address of the list's front, `oldest` that
    of its first page, where it is further away than `older`.
    """

    cards: tuple[Card, ...]  # newest first
    number: int  # 0: the front of the list
    first: str  # the address of the front
    older: str = ""  # the address of the page with older articles, or ""
    newer: str = ""  # the address of the page with newer articles, or ""
    oldest: str = ""  # the address of the page with the oldest articles, or "" where that is here or the next
    count: int = 0  # on the front: how many articles the whole list has


class Page(msgspec.Struct, frozen=True):
    """An address, the kind that makes it, and what it is about. Small: making the list of all pages is cheap.

    `about` is what the kind needs to render it (an article's key, a term's slug, a list page's number) and nothing more.
    `claim` says, for a reader of a Problem, what wants this address.
    """

    address: str
    kind: str
    language: str = ""
    about: tuple[str | int, ...] = ()
    claim: Place | None = None


class Day(msgspec.Struct, frozen=True):
    """A day, month or year that has articles: its date (first day), its address and how many articles it has."""

    date: date  # its first day
    address: str  # for `href`
    count: int  # how many articles it has


class YearStatistics(Day, frozen=True):
    """A year in the figures of the archive."""

    words: int  # the median length of its articles in words
