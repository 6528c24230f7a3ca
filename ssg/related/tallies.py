"""The features of many articles at once: those that `features` gives one by one, counted in columns of numbers."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence

from ssg.related.columns import Bytes, Halves, Longs, Names, Sorted, np, order_of
from ssg.related.features import ALL, HALF, NAME_BITS, NAMES, Joined, beside_text, empty_parts, known_words
from ssg.related.scores import MOST_TOLD, ROOTS, SKETCHED, Entry
from ssg.settings import Related

_AT_ONCE = 128  # articles whose features are sorted together: what the processor's own memory holds
_NAME = np.uint64(ALL)
_BEHIND_NAME = np.uint64(NAME_BITS)
_ROOTS = np.array(ROOTS, np.uint8)


def tallied(entries: Sequence[Entry], texts: Iterable[str], related: Related) -> Joined:
    """The features of articles whose bodies have these plain texts (see `features.features`)."""
    told = iter(texts)
    parts = [_tallied(entries[n : n + _AT_ONCE], told, related) for n in range(0, len(entries), _AT_ONCE)]
    counts, lengths, names, roots, sketches = zip(*parts, strict=True) if parts else ((), (), (), (), ())
    return Joined(
        array("q", b"".join([one.tobytes() for one in counts])),
        array("q", b"".join([one.tobytes() for one in lengths])),
        b"".join([one.tobytes() for one in names]),
        b"".join([one.tobytes() for one in roots]),
        b"".join([one.tobytes() for one in sketches]),
    )


def _tallied(entries: Sequence[Entry], texts: Iterable[str], related: Related) -> tuple[Longs, Longs, Names, Bytes, Halves]:
    known, beside = array(NAMES), array(NAMES)
    owners: list[int] = []
    sizes: list[int] = []
    counted: list[tuple[int, int]] = []  # the row and the count of each feature beside the text
    for row, (entry, text) in enumerate(zip(entries, texts, strict=False)):
        for some, times in known_words(entry, text, related):
            for _ in range(times if some else 0):
                known.extend(some)
                owners.append(row)
                sizes.append(len(some))
        for name, times in beside_text(entry, related).items():
            beside.append(name)
            counted.append((row, times))
    keys = _keys(known, beside, np.repeat(owners, sizes), sizes, np.array(counted or np.zeros((0, 2)), np.int64))
    keys = keys[order_of(keys, NAME_BITS + len(entries).bit_length())]
    heads = np.flatnonzero(np.append(True, keys[1:] != keys[:-1])) if len(keys) else np.zeros(0, np.int64)
    names, rows = (keys[heads] & _NAME).astype(np.uint32), (keys[heads] >> _BEHIND_NAME).astype(np.int64)
    often = np.diff(np.append(heads, len(keys)))
    counts = np.bincount(rows, minlength=len(entries)).astype(np.int64)
    lengths = np.bincount(rows, often, minlength=len(entries)).astype(np.int64)
    return counts, lengths, names, _ROOTS[np.minimum(often, MOST_TOLD)], _sketches(entries, names, rows)


def _keys(known: array[int], beside: array[int], owner: Longs, sizes: Sequence[int], counted: Longs) -> Sorted:
    """Each feature as often as it counts, as one number with its row."""
    words = np.frombuffer(known, np.uint32).astype(np.uint64)
    rows = owner.astype(np.uint64) << _BEHIND_NAME
    pairs = words[1:] * words[:-1] >> np.uint64(16) & _NAME
    pairs[np.cumsum(sizes)[:-1] - 1] = 0  # the last word of one part and the first of the next are no pair
    shown, paired = np.flatnonzero(words), np.flatnonzero(pairs)
    others = counted[:, 0].astype(np.uint64) << _BEHIND_NAME | np.frombuffer(beside, np.uint32)
    return np.concatenate([rows[shown] | words[shown], rows[paired] | pairs[paired], np.repeat(others, counted[:, 1])])


def _sketches(entries: Sequence[Entry], names: Names, rows: Longs) -> Halves:
    found = np.array([empty_parts(entry.article.path) for entry in entries], np.uint64).ravel()
    # The names of a row are in order: from behind, what is written last into a part is the least.
    found[(rows * SKETCHED + names % SKETCHED)[::-1]] = names[::-1]
    sketches: Halves = (found >> np.uint64(HALF)).astype(np.uint16)
    return sketches
