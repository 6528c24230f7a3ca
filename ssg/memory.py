"""What one build leaves for the next: which feeds there were, and which articles stood on each numbered page.

It changes no byte of the site; it only lets a build say what has moved or gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ssg.archive import Archive
from ssg.digests import of_value
from ssg.model import Page, Place, Problem
from ssg.pages.lists import members
from ssg.problems import problem


def notes_of(archive: Archive, plan: Sequence[Page]) -> dict[str, str]:
    """What to keep of this build, for the manifest."""
    notes = {f"feed {page.address}": "" for page in plan if page.kind == "feed"}
    numbered = ((page.address, members(archive, page)) for page in plan)
    return notes | {f"list {address}": of_value(ids) for address, ids in numbered if ids}


def vanished_feeds(before: Mapping[str, str], plan: Sequence[Page]) -> Iterator[Problem]:
    """The feeds that an earlier build published and that no page claims any more."""
    now = {page.address for page in plan if page.kind == "feed"}
    for note in sorted(before):
        kind, _, address = note.partition(" ")
        if kind == "feed" and address not in now:
            what = f"the feed {address} was published and is not made any more"
            yield problem(Place("content"), "feed.vanished", what)


def moved(before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """The numbered pages, which ought to hold for ever, that show other articles than before, by address."""
    lists = (note for note in before if note.startswith("list "))
    return sorted(note.partition(" ")[2] for note in lists if now.get(note) != before[note])
