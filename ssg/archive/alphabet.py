"""The subjects of an archive by their first letters, as its index shows them."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from ssg.archive.edition import TAXONOMIES, Group
from ssg.slugs import slugify

NO_LETTER = "0-9"  # of names that begin with a digit, or have neither letter nor digit

# Scripts whose names stand among those in Latin letters: one Han sign begins too few names to be a letter.
_AMONG_LATIN = ("LATIN", "CJK")


def by_letter(groups: Iterable[Group]) -> dict[str, tuple[Group, ...]]:
    """Groups of any kind by the letters of their names, in order: `NO_LETTER`, `a` to `z`, then those of other scripts.

    The letter of a name is its first letter or digit without case and accents, signs before it left aside. The groups of a
    letter stand by name, case and accents aside, those of one name in the order of `TAXONOMIES`.
    """
    found: dict[str, list[tuple[str, int, str, Group]]] = defaultdict(list)
    for group in groups:
        plain = _plain(group.name)
        found[_letter(plain)].append((plain, TAXONOMIES.index(group.taxonomy), group.slug, group))
    return {letter: tuple(group for *_, group in sorted(found[letter], key=lambda one: one[:3])) for letter in sorted(found)}


def _letter(plain: str) -> str:
    first = next((sign for sign in plain if sign.isalnum() and unicodedata.category(sign) != "Lm"), "")  # Lm: ʿ of ʿAbd
    if not first.isalpha():
        return NO_LETTER
    if first.isascii():
        return first
    if unicodedata.name(first, "").startswith(_AMONG_LATIN):
        return slugify(first)[:1] or NO_LETTER
    return first


def _plain(name: str) -> str:
    """A name without letter case and accents (NFKD, Unicode Standard Annex 15, without its combining signs)."""
    folded = name.casefold()
    if folded.isascii():
        return folded
    return "".join([sign for sign in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(sign)])
