"""A name as one segment of an address. Two names with the same slug are one."""

from __future__ import annotations

import re
from functools import lru_cache

from anyascii import anyascii
from slugify import slugify as _slugify

_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02bb`\u00b4]")
# What `anyascii` leaves out of Arabic: without these vowels different words would be one.
_VOWELS = str.maketrans({"ا": "a", "أ": "a", "إ": "i", "ٱ": "a", "ع": "a", "ء": "", "ؤ": "u", "ئ": "i"})


@lru_cache(maxsize=65536)
def slugify(text: str) -> str:
    """`text` as one lower-case ASCII segment of an address; "" if nothing of it can be kept.

    Scripts without Latin letters are transliterated; apostrophes join (`Jum'at` is `jumat`).
    """
    return str(_slugify(anyascii(_APOSTROPHES.sub("", text).translate(_VOWELS))))


def slug_of(name: str) -> str:
    """The slug of a tag, person, section or region, never empty: a name of signs alone becomes the hexadecimal of its UTF-8."""
    return slugify(name) or "x-" + name.encode().hex()
