"""Both ways to rank, whatever the number of articles."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path

from ssg.related import Entry, Teller, increment
from ssg.related import plain as _plain
from ssg.settings import Related

TELLER = Teller(lambda article: (str(article.extra.get("text", "")),), Related())  # tests write the text of an article there


def plain(entries: Sequence[Entry]) -> list[tuple[int, ...]]:
    """The lists as they are made for few articles."""
    return list(_plain.ranked(entries, TELLER.features(entries), TELLER.related))


def batch(entries: Sequence[Entry]) -> list[tuple[int, ...]]:
    """The lists as they are made for many articles, from scratch."""
    with tempfile.TemporaryDirectory() as folder:
        return list(increment.ranked(entries, TELLER, Path(folder) / "related", None)[0])
