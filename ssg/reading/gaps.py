"""The gaps of a body: where between two of its paragraphs a line may stand that the writer did not put there.

A gap has a paragraph of the text before it and one behind it: it is never in a list or a quotation, nor beside a heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

import msgspec

_LONG_ENOUGH = (900, 2400)  # characters of text, for the first gap, and for the second
_OPENING = 300  # characters, which no gap interrupts
_APART = 600  # characters between two gaps

Place = tuple[int, int]  # which part of the body, and where in it


class _Gap(msgspec.Struct, frozen=True):
    place: Place
    texts: int  # how many texts of the body come before it


class Gaps:
    """The gaps of one body, while its blocks are settled in order."""

    def __init__(self) -> None:
        self._found: list[_Gap] = []
        self._behind: Place | None = None  # where the last paragraph ends

    def paragraph_begins(self, place: Place, texts: int) -> None:
        """A paragraph of the body begins at a place, behind so many texts."""
        if place == self._behind:
            self._found.append(_Gap(place, texts))

    def paragraph_ends(self, place: Place, text: str) -> None:
        """A paragraph ends there. One that announces what follows leaves no gap."""
        self._behind = None if text.rstrip().endswith(":") else place

    def chosen(self, texts: Sequence[str]) -> list[Place]:
        """The gaps that divide the text best: two, one or none, by how long it is. `texts` are all those of the body."""
        lengths = list(accumulate(map(len, texts), initial=0))
        most = sum(lengths[-1] >= least for least in _LONG_ENOUGH)
        found: list[_Gap] = []
        for number in range(1, most + 1):
            aim = lengths[-1] * number // (most + 1)
            after = lengths[found[-1].texts] + _APART if found else _OPENING
            open_ = [gap for gap in self._found if lengths[gap.texts] >= after]
            if open_:
                found.append(min(open_, key=lambda gap: abs(lengths[gap.texts] - aim)))
        return [gap.place for gap in found]
