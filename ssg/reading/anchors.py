"""The ids of headings, by the rule of GitHub and Hugo, so that the fragments in an archive's own links stay true."""

from __future__ import annotations

import re

_OTHER = re.compile(r"[^\w\- ]")


def anchor(words: str, taken: set[str]) -> str:
    """An id for a heading of these `words` that is not in `taken`, and is from now on; "" if the words hold no letter."""
    slug = _OTHER.sub("", " ".join(words.split()).lower()).strip().replace(" ", "-")
    if not slug.strip("-_"):
        return ""
    id_, number = slug, 0
    while id_ in taken:
        number += 1
        id_ = f"{slug}-{number}"
    taken.add(id_)
    return id_
