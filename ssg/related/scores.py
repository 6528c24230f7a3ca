"""What the ranking counts: the features of an article, what each of them weighs, and what nearness in time adds.

Everything is a whole number, so that no sum depends on its order, nor on the machine.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from ssg.addresses import slug_of
from ssg.model import Article

WIDEST = 400  # a feature that more articles share tells too little for what it costs
LATER = 1  # years after an article's own that its weights still know of
ENOUGH = 500  # articles; with fewer it cannot be told what is rare
LEAST = 25  # an article that scores less than this part of what the asking one scores against itself is like it by chance
SCALE = 1024
FAR = 2800  # days; beyond, nearness adds nothing
WEIGHT_BITS = 12  # every weight is below 2 ** this, for fewer than 2 ** 31 articles


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An article that is ranked, and what is wanted of it."""

    article: Article
    most: int  # how many articles its list may have; 0: it needs none
    without: tuple[str, ...] = ()  # the paths of articles that its list must not have
    offered: bool = True  # whether other articles' lists may have it


def features(article: Article) -> list[str]:
    """The words, tags and the story of an article, each once: what it may share with others."""
    found = [*article.terms.split(), *[f"tag:{slug_of(tag)}" for tag in article.tags]]
    if article.story:
        found.append(f"story:{slug_of(article.story)}")
    return list(dict.fromkeys(found))


def step(count: int) -> int:
    """2 * log2(count) for a `count` of 1 or more, rounded to a whole number: one more when the count is two fifths more.

    What is known of the archive counts in such steps, so that one more article leaves nearly all weights as they are.
    """
    return ((2 * count**4).bit_length() - 1) // 2  # without a float: a logarithm may differ from machine to machine


def weight(articles: int, held: int) -> int:
    """What sharing a feature weighs that `held` (1 or more) of so many articles have: its squared rarity (inverse document
    frequency)."""
    return (step(1 + articles) - step(held)) ** 2


def enough_by(years: Sequence[int]) -> int:
    """The year by whose end there are `ENOUGH` articles of these `years`, which are in order; 0 without any."""
    return years[:ENOUGH][-1] if years else 0


def until(year: int, enough: int) -> int:
    """The last year whose articles count for what is rare to an article of a `year`.

    What its list is made of may be long past, and must not be weighed anew with each day's news.
    """
    return max(year + LATER, enough)


# A score is the sum of the shared weights times this, by the days between the two articles: at most twice the least.
NEARNESS = tuple(SCALE + round(SCALE * math.exp(-days / 365)) for days in range(FAR + 1))
