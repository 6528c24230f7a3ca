"""What the ranking counts: what each shared feature weighs, what the lengths of texts and nearness in time make of it.

Everything is a whole number, so that no sum depends on its order, nor on the machine.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from functools import cache

import msgspec

from ssg.model import Article
from ssg.settings import Related

WIDEST = 200  # see `widest`
CANDIDATES = 32  # for each article those are ranked by all features that score best by rare ones
LATER = 1  # years after an article's own that its weights still know of
ENOUGH = 500  # articles; with fewer it cannot be told what is rare
LEAST = 100  # an article that scores less than this part of what the asking one scores against itself is like it by chance
FAINT = 250  # one that scores less than this part by rare features is no candidate
SCALE = 1024
SPARED = 12  # bits of a score that tell nothing
FAR = 9000  # days; beyond, nearness adds nothing
AHEAD = 2  # articles that may come ahead of a list
CLOSE = 12  # what comes ahead scores more than this part of what the asking one scores against itself
WEEK = 7  # days; see `chosen`
REACH = 12  # of so many that score best a list is chosen, or of as many as it may have
SKETCHED = 32  # parts of a text that are compared to find out whether two texts are the same; see `features.Features`
SAME = 12  # so many of them are the same in texts of which about three eighths are the same
MOST_TOLD = 64  # times; a word that comes more often tells no more
ROOTS = tuple(math.isqrt(16 * count) for count in range(MOST_TOLD + 1))  # four times the square root of a word's count


Chosen = tuple[Sequence[int], Sequence[int]]  # what comes ahead of a list, and the list


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An article that is ranked, and what is wanted of it."""

    article: Article
    most: int  # how many articles its list may have
    without: tuple[str, ...] = ()  # the paths of articles that its list must not have
    linked: tuple[str, ...] = ()  # the paths of articles that its text links to
    offered: bool = True  # whether other articles' lists may have it
    ahead: int = 0  # how many may come ahead of its list, at most `AHEAD`: see `chosen`


def step(count: int) -> int:
    """2 * log2(count) for a `count` of 1 or more, rounded to a whole number: one more when the count is two fifths more.

    What is known of the archive counts in such steps, so that one more article leaves nearly all weights as they are.
    """
    return ((2 * count**4).bit_length() - 1) // 2  # without a float: a logarithm may differ from machine to machine


def weight(articles: int, held: int) -> int:
    """What sharing a feature weighs that `held` (1 or more) of so many articles have: its squared rarity (inverse document
    frequency)."""
    return max(0, step(1 + articles) - step(held)) ** 2


def widest(articles: int) -> int:
    """A feature that more of so many articles have finds no candidates: it only helps to rank them.

    It grows as slowly as the root of their number, and in steps: each of them brings all lists into question.
    """
    return WIDEST << max(0, (articles.bit_length() - 16) // 2)


def enough_by(years: Sequence[int]) -> int:
    """The year by whose end there are `ENOUGH` articles of these `years`, which are in order; 0 without any."""
    return years[:ENOUGH][-1] if years else 0


def until(year: int, enough: int) -> int:
    """The last year whose articles count for what is rare to an article of a `year`.

    What its list is made of may be long past, and must not be weighed anew with each day's news.
    """
    return max(year + LATER, enough)


def shortness(length: int) -> int:
    """What a shared feature counts in a text of so many features (their counts summed): 2 ** 20 by the square root of it.

    In a long text much is shared by chance (the cosine's length, but of the counts alone, so that it never changes).
    """
    return math.isqrt((1 << 40) // max(1, length))


@cache
def nearness(related: Related) -> tuple[int, ...]:
    """What a score is multiplied by, by the days between the two articles, up to `FAR`."""
    bits = 80  # without a float, as in `step`
    day = int((-1 / Decimal(related.fading)).exp() * (1 << bits))
    gain = (SCALE * related.nearness << bits) // 100
    found = []
    for _ in range(FAR + 1):
        found.append(SCALE + (gain + (1 << bits - 1) >> bits))
        gain = gain * day >> bits
    return tuple(found)


def score(shared: int, length: int, near: int) -> int:
    """What an article scores: by the sum of the weights that it shares, its length, and its nearness."""
    return (shared * shortness(length) >> SPARED) * near


def alike(shared: int, length: int, whole: int, own: int, part: int = LEAST) -> bool:
    """Whether what is shared is more than chance, beside what the asking one, `own` long, shares with itself, the `whole`."""
    return shared * shortness(length) * part >= whole * shortness(own)


def chosen(
    best: Iterable[int], entry: Entry, days: Sequence[int], same: Callable[[int, int], bool], leading: Callable[[int], bool]
) -> Chosen:
    """What comes ahead of the list of an entry, and the list, of the articles that score `best`.

    Ahead come the first that are close to it and earlier, so that they stand still (`leading` says so). Of nearly the same
    texts (`same` says so) only one is there. The list is spread: not much more than half of it is of one `WEEK`, by the `days`
    of the articles, where there are others among the best.
    """
    reach = max(REACH, entry.most + entry.ahead)
    half = entry.most // 2
    ahead: list[int] = []
    first: list[int] = []
    behind: list[int] = []
    taken: list[int] = []
    for one in best:
        if (len(first) == entry.most and len(ahead) == entry.ahead) or len(taken) == reach:
            break
        for other in taken:
            if same(one, other):
                break
        else:
            taken.append(one)
            if len(ahead) < entry.ahead and leading(one):
                ahead.append(one)
            elif len(first) < entry.most and (
                len(first) <= half or sum([abs(days[one] - days[other]) <= WEEK for other in first]) <= half
            ):
                first.append(one)
            else:
                behind.append(one)
    return ahead, [*first, *behind][: entry.most]
