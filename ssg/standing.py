"""Where nothing has changed since the last build, nothing is done: whether it is so is judged without reading one article.

A site is a function of its sources, its settings, its theme, the program, and the moment. The last build left a digest of all
that but the moment, and between which moments its answer holds: until the next article's hour comes, or one expires, or is news
no more.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import msgspec

from ssg.archive import news_after, news_until
from ssg.cache import read_sealed, write_sealed
from ssg.digests import of_bytes, of_value
from ssg.model import Article, Problem


class Told(msgspec.Struct):
    """What a build told of its site, and what the next one tells again where nothing has changed (see `build.Report`)."""

    articles: int
    pages: int
    files: int
    skipped: list[str]
    left_out: list[str]
    kept_back: tuple[int, int]
    problems: list[Problem]


class Standing(msgspec.Struct):
    """What a build that published left behind: what it was made of, between which moments that holds, and what it told."""

    inputs: str
    manifest: str  # the fingerprint of what was published (see `publishing.looking`)
    ranking: str  # the digest of what the ranking left (see `increment.keep_rankings`)
    since: datetime | None
    until: datetime | None
    told: Told

    def holds(self, inputs: str, now: datetime) -> bool:
        """Whether a build of these inputs at this moment would publish the same."""
        if self.inputs != inputs:
            return False
        return (self.since is None or self.since <= now) and (self.until is None or now < self.until)


_encode = msgspec.json.Encoder().encode  # JSON keeps the offset of a moment
_decoder = msgspec.json.Decoder(Standing)


def load(file: Path) -> Standing | None:
    """What the last build left in `file`; None if there is nothing that can be read."""
    try:
        return _decoder.decode(read_sealed(file))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def keep(file: Path, standing: Standing | None) -> None:
    """Leave it for the next build; None: the next build has to look at everything. Raises OSError."""
    if standing is None:
        file.unlink(missing_ok=True)
        return
    write_sealed(file, _encode(standing))


def inputs_of(parts: Iterable[object], folders: Iterable[str], files: Iterable[Path]) -> str:
    """The digest of values, of all files below folders, and of single files that may be missing. Raises OSError."""
    below = [sorted(_below(folder)) for folder in folders]
    single = [of_bytes(file.read_bytes()) if os.path.lexists(file) else "" for file in files]
    return of_value((list(parts), below, single))


def _below(folder: str) -> Iterator[tuple[str, str]]:
    """Each file by its path below the folder, with the digest of its bytes: the same wherever the folder stands."""
    for inner, _, names in os.walk(folder):
        for name in names:
            yield f"{inner.removeprefix(folder)}/{name}", of_bytes(Path(inner, name).read_bytes())


def window(articles: Sequence[Article], now: datetime, *, news: bool) -> tuple[datetime | None, datetime | None]:
    """Between which moments what is published stays the same: from the last one at which something came or went to the next.

    An article comes at its date and goes when it expires; with `news` it also leaves the news sitemap.
    """
    dates = [article.date for article in articles]
    moments = [*dates, *(article.expires for article in articles if article.expires)]
    if news:
        moments += [news_until(date) for date in _around(dates, news_after(now)) if date]
    return _around(moments, now)


def _around(moments: Sequence[datetime], at: datetime) -> tuple[datetime | None, datetime | None]:
    """The last of some moments that has come, and the next one."""
    return max((m for m in moments if m <= at), default=None), min((m for m in moments if m > at), default=None)
