"""Which articles are about the same thing: an honest ranking behind one small interface.

Articles are ranked by the words, pairs of neighbouring words, tags, authors, regions and links that they share, each weighed by
its rarity, and by nearness in time. What is rare to an article is settled a year after its own, so that today's news leaves the
lists of old articles alone, unless it comes into them. An article with which hardly anything is shared is never suggested: a
list that is too short stays short. Ties are broken by newer date, then by id. Of nearly the same texts a list has one, and of
one week not much more than half.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

from ssg.related.explain import Explanation, explained
from ssg.related.lists import Lists
from ssg.related.scores import Entry
from ssg.related.teller import Teller

FEW = 100  # with fewer entries the list of each is made sooner than numpy is imported

__all__ = ["FEW", "Entry", "Explanation", "Lists", "Teller", "explained", "ranked"]


def ranked(
    entries: Sequence[Entry],
    told: Teller,
    file: Path | None = None,
    kept: bytes | None = None,
    *,
    numbers: Mapping[str, int] | None = None,
    changed: Collection[int] | None = None,
) -> tuple[Lists, bytes]:
    """The list of each of `entries` (in any order, no path twice), and what to keep for the next time.

    A list has the numbers of entries that are offered, best first: at most `most` of them, never the entry itself, nor one
    whose path is in `without`, nor what comes `ahead` of it. `told` tells their texts. `kept` is what an earlier call returned,
    for whatever entries, and `file` holds more of it: they only spare work, the lists are the same without them. They are
    believed if they are whole and were made by this code. What is returned may be b"": nothing worth keeping, or there is no
    `file` that can be written.

    Two things spare work to whoever knows them: the `numbers` of the entries by path; and `changed`, the numbers of those that
    may not be what they were when `kept` was made, of as many entries in the same order. Others are then not even looked at.
    """
    if len(entries) < FEW:
        from ssg.related import plain

        return plain.ranked(entries, told.features(entries), told.related), b""
    from ssg.related import increment  # imports numpy

    return increment.ranked(entries, told, file, kept, numbers=numbers, changed=changed)
