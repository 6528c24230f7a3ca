"""The keys of front matter: ours, the archive's own names for them, and near misses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from functools import lru_cache

import msgspec

_EVERY_KEY = ("title", "date", "updated", "slug", "summary", "language", "translation_of", "draft", "aliases", "noindex")
ARTICLE_KEYS = (
    *_EVERY_KEY,
    *("id", "editor", "author", "tags", "section", "region", "source", "image", "dateline", "pick", "expires", "withdrawn"),
    *("related", "story", "corrections", "canonical"),
)
PAGE_KEYS = (*_EVERY_KEY, "address", "menu", "weight")  # a page has no date; one that is written is no fault
NOTE_KEYS = ("title", "language")

_NEAR = 0.82  # of difflib's ratio: one letter more or less in six, one other letter in six
_ENDINGS = ("s", "es", "d", "ed")
_WORDS_OF_THEIR_OWN = frozenset({"pic", "tile", "store", "dates"})


class Keys(msgspec.Struct, frozen=True):
    """For each key of ours the keys that are read for it, in order; and all keys that are read."""

    read: dict[str, tuple[str, ...]]
    known: frozenset[str]

    def near_miss(self, key: str) -> str:
        """The key of ours that an unknown `key` was probably meant to be, or ""."""
        return near_miss(key, tuple(ours for ours, names in self.read.items() if names))


def keys_of(ours: Iterable[str], mapped: Mapping[str, Sequence[str]]) -> Keys:
    """The keys of one kind of source, under the site's `[fields]`.

    A key of ours is read after the ones mapped to it, unless it is itself mapped to another (`editor = ["author"]`).
    """
    taken = {theirs for key, names in mapped.items() for theirs in names if theirs != key}
    read = {key: tuple(dict.fromkeys([*mapped.get(key, ()), *(() if key in taken else (key,))])) for key in ours}
    return Keys(read, frozenset(name for names in read.values() for name in names))


@lru_cache(maxsize=4096)
def near_miss(word: str, known: tuple[str, ...]) -> str:
    """The one of `known` that `word` very probably misspells, or "": `tittle`, `edtor`, `tag`, but not `topics` or `type`."""
    if word in _WORDS_OF_THEIR_OWN or word in known:
        return ""
    best, most = "", 0.0
    for key in known:
        likeness = _likeness(word, key)
        if likeness > most:
            best, most = key, likeness
    return best


def _likeness(word: str, key: str) -> float:
    """From 0 (another word) to 1. Beyond difflib's ratio it minds how words are misspelt: seldom in their first letter."""
    folded = word.casefold().replace("-", "").replace("_", "")
    plain = key.replace("_", "")
    if folded == plain or any(folded + ending == plain or plain + ending == folded for ending in _ENDINGS):
        return 1.0
    if folded[:1] != plain[0] or abs(len(folded) - len(plain)) > max(1, len(plain) // 5):
        return 0.0
    if len(plain) > 3 and sorted(folded) == sorted(plain):  # two letters changed places
        return 0.95
    ratio = SequenceMatcher(None, folded, plain).ratio()
    return ratio if ratio >= _NEAR else 0.0
