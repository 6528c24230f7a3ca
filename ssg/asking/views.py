"""What answers are made of, beside the shared types: small frozen values that a template may show."""

from __future__ import annotations

from datetime import date, datetime

import msgspec

from ssg.model import Card, Correction, Day, Photo, Source, Term, Withdrawal


class Link(msgspec.Struct, frozen=True):
    """A place to go: the text of the link, and where it leads. `current`: it is the page itself."""

    title: str
    address: str
    current: bool = False


class Role(msgspec.Struct, frozen=True):
    """The people of an article in one role: `editor` or `author`."""

    name: str
    people: tuple[Term, ...]


class ArticleView(msgspec.Struct, frozen=True, kw_only=True):
    """What a template sees of the article whose page it renders."""

    id: str
    path: str  # its source file
    title: str
    address: str
    date: datetime
    updated: datetime | None
    roles: tuple[Role, ...]
    section: Term | None
    regions: tuple[Term, ...]
    tags: tuple[Term, ...]
    source: Source | None
    photo: Photo | None
    summary: str
    corrections: tuple[Correction, ...]
    withdrawn: Withdrawal | None
    draft: bool
    canonical: str
    language: str
    words: int
    minutes: int  # reading time
    extra: dict[str, object]

    def people(self, role: str) -> tuple[Term, ...]:
        """The people in one role."""
        return next((r.people for r in self.roles if r.name == role), ())


class StandingView(msgspec.Struct, frozen=True):
    """What a template sees of a page without a date."""

    title: str
    address: str
    summary: str
    updated: datetime | None
    extra: dict[str, object]


class RegionNews(msgspec.Struct, frozen=True):
    """A region and its newest articles."""

    region: Term
    cards: tuple[Card, ...]


class Calendar(msgspec.Struct, frozen=True):
    """A year or month: the parts of it that have articles, and the nearest other years or months that do ("" for none)."""

    date: date
    address: str
    parts: tuple[Day, ...]
    before: Day | None
    after: Day | None


class Site(msgspec.Struct, frozen=True):
    """The site, in one language."""

    title: str
    description: str
    language: str
    address: str
    feed: str
    base_url: str
    noindex: bool
    languages: tuple[str, ...]
    shared_blocks: bool
