"""The question of what stands on a front page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from ssg.asking.lists import ListQuestions
from ssg.asking.questions import shared
from ssg.asking.views import FrontNews, RegionNews
from ssg.model import Card, CountedTerm

# How many articles stand on a front page, in which part of it.
LATEST = 6
PICKS = 4  # without the one that leads
IN_SECTION = 3
REGIONS = 6  # with one each
_IN_ROW = 3  # sections, where there is room
_LOOKED_AT = LATEST + PICKS + 1 + 2 * IN_SECTION  # of a section: all that may stand above it, and some to choose among

_Section = tuple[CountedTerm, tuple[Card, ...]]


class FrontQuestions(ListQuestions):
    """The question of what stands on a front page."""

    @shared
    def front_news(self) -> FrontNews:
        """Each article once: what leads, the desk's picks, the newest others, the sections, one of each region.

        Sections that have less left than others come last, and those side by side show as many, so that they are of one height.
        """
        shown: set[str] = set()

        def once(cards: Iterable[Card], most: int) -> tuple[Card, ...]:
            new = {card.address: card for card in cards if card.address not in shown}
            taken = tuple(new.values())[:most]
            shown.update(card.address for card in taken)
            return taken

        def sections() -> Iterator[_Section]:
            for term in self.terms("section"):
                news = [card for card in self.section_news(term.slug, _LOOKED_AT) if card.address not in shown]
                if news:
                    yield term, once((_leading(news), *news), IN_SECTION)

        def regions() -> Iterator[RegionNews]:
            for news in self.all_regional():
                if cards := once(news.cards, 1):
                    yield RegionNews(news.region, cards)

        picks, newest = self.picks(), self.latest(LATEST + PICKS + 1)
        first = picks[0] if picks else _leading(newest[:LATEST]) if newest else None
        return FrontNews(
            lead=once([first], 1)[0] if first else None,
            picks=once(picks, PICKS),
            latest=once(newest, LATEST),
            sections=_levelled(sorted(sections(), key=lambda section: -len(section[1]))),
            regions=tuple(islice(regions(), REGIONS)),
        )


def _levelled(sections: Sequence[_Section]) -> tuple[_Section, ...]:
    """Sections, those with the most first; each shows as many as the one with the least in its row has."""
    full, left = divmod(len(sections), _IN_ROW)
    widths = [_IN_ROW] * (full - 1) + [2, 2] if full and left == 1 else [_IN_ROW] * full + [left]  # none stands alone
    remaining = iter(sections)
    rows = [list(islice(remaining, width)) for width in widths]
    return tuple((term, cards[: len(row[-1][1])]) for row in rows for term, cards in row)


def _leading(cards: Sequence[Card]) -> Card:
    """Of cards, newest first, the newest that has a photo; the newest, if none has one."""
    return next((card for card in cards if card.photo), cards[0])
