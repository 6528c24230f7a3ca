"""What is known of the entries that are ranked without looking at their features."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b

import msgspec

from ssg.related.columns import Flags, Ints, Longs, Raw, np
from ssg.related.scores import Entry

_KEY = 16  # bytes
_encode = msgspec.msgpack.Encoder().encode


class Heads(msgspec.Struct, frozen=True):
    """What is known of each entry without looking at its features: a change of any of it makes the entry another one."""

    keys: bytes  # a digest for each, one behind the other
    days: Ints
    most: Ints  # how long its list may be, with what comes ahead of it
    offered: Flags

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> Heads:
        """Those of some entries."""
        return cls(
            b"".join([blake2b(_told(entry), digest_size=_KEY).digest() for entry in entries]),
            np.array([entry.article.date.toordinal() for entry in entries], "<i4"),
            np.array([entry.most + entry.ahead for entry in entries], "<i4"),
            np.array([entry.offered for entry in entries], "?"),
        )

    def with_others(self, numbers: Sequence[int], entries: Sequence[Entry]) -> Heads:
        """These, but for those of a few entries, which are what `entries` has at their numbers."""
        others = Heads.of([entries[n] for n in numbers])
        keys = bytearray(self.keys)
        for place, n in enumerate(numbers):
            keys[n * _KEY : (n + 1) * _KEY] = others.keys[place * _KEY : (place + 1) * _KEY]
        days, most, offered = self.days.copy(), self.most.copy(), self.offered.copy()
        at = np.array(numbers, np.int64)
        days[at], most[at], offered[at] = others.days, others.most, others.offered
        return Heads(bytes(keys), days, most, offered)

    def __len__(self) -> int:
        return len(self.days)

    def places_in(self, other: Heads) -> Longs:
        """For each entry its number among the others, -1 where it is not there just as it is here."""
        mine, others = self._rows(), other._rows()
        shorter = min(len(mine), len(others))
        ahead = _alike(mine[:shorter], others[:shorter])
        behind = _alike(mine[len(mine) - shorter + ahead :][::-1], others[len(others) - shorter + ahead :][::-1])
        places = np.full(len(mine), -1)
        places[:ahead] = np.arange(ahead)
        places[len(mine) - behind :] = np.arange(len(others) - behind, len(others))
        numbers = {row.tobytes(): n for n, row in enumerate(others[ahead : len(others) - behind], ahead)}
        for n, row in enumerate(mine[ahead : len(mine) - behind], ahead):
            places[n] = numbers.get(row.tobytes(), -1)
        return places

    def _rows(self) -> Raw:
        """All of it as one row of bytes for each entry."""
        kinds = [("key", f"V{_KEY}"), ("days", "<i4"), ("most", "<i4"), ("offered", "?")]
        rows = np.empty(len(self), kinds)
        rows["key"] = np.frombuffer(self.keys, f"V{_KEY}")
        rows["days"], rows["most"], rows["offered"] = self.days, self.most, self.offered
        return rows.view(f"V{rows.itemsize}")


def _told(entry: Entry) -> bytes:
    """All that tells an article from others and from what it was; an article that was read has a key of its whole file."""
    article = entry.article
    if article.body_key:
        return "\0".join((article.body_key, str(entry.ahead), *entry.without, "", *entry.linked)).encode()
    told = (article.path, article.id, article.date, article.title, article.tags, article.story)
    return _encode((told, entry.ahead, entry.without, entry.linked))


def _alike(some: Raw, others: Raw) -> int:
    """How many of the first ones are the same."""
    differ = np.flatnonzero(some != others)
    return int(differ[0]) if len(differ) else len(some)
