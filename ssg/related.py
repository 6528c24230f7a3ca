"""Which articles are about the same thing: a first, honest ranking behind one small interface."""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from ssg.addresses import slug_of
from ssg.model import Article

_WIDEST = 400  # a word that more articles share tells too little for what it costs
_LEAST = 0.04  # of what the article would score against itself: below that the likeness is chance
_SCALE = 1024  # weights are whole numbers, so that no sum depends on its order, nor on the machine


class Ranking(Protocol):
    """Ranks the articles of one language. Deterministic: ties are broken by newer date, then by id."""

    def related(self, article: Article, most: int, without: frozenset[str] = frozenset()) -> Sequence[Article]:
        """At most `most` articles, best first, never `article` itself nor one whose path is in `without`."""
        ...


class SharedWords:
    """Ranks by shared words and tags, each weighed by its rarity (squared inverse document frequency), and by nearness in time.

    The nearness is the factor 1 + exp(-days/365). Articles of the same story count as sharing a very rare word. An article
    with which hardly anything is shared is never suggested: a list that is too short stays short.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        self._numbers = {article.path: n for n, article in enumerate(articles)}
        self._days = [article.date.toordinal() for article in articles]
        holders: dict[str, list[int]] = defaultdict(list)
        for n, article in enumerate(articles):
            for feature in _features(article):
                holders[feature].append(n)
        # No default here: a question must not change what later ones are answered from.
        self._holders = {feature: (self._weight(len(held)), held) for feature, held in holders.items() if len(held) <= _WIDEST}

    def _weight(self, held: int) -> int:
        return round(_SCALE * math.log((1 + len(self._articles)) / held) ** 2)

    def related(self, article: Article, most: int, without: frozenset[str] = frozenset()) -> Sequence[Article]:
        """See `Ranking.related`."""
        scores: dict[int, int] = defaultdict(int)
        whole = 0
        for feature in _features(article):
            weight, holders = self._holders.get(feature, (0, ()))
            whole += weight
            for n in holders:
                scores[n] += weight
        for path in (article.path, *without):
            scores.pop(self._numbers.get(path, -1), None)
        # Nearness at most doubles a score: what is under half of the best few cannot come among them.
        best = heapq.nlargest(most, scores.values())
        least = max(whole * _LEAST, best[-1] / 2 if len(best) == most else 0)
        day = article.date.toordinal()
        ranked = [(score * _nearness(day - self._days[n]), n) for n, score in scores.items() if score >= least]
        ranked.sort(key=lambda pair: (-pair[0], -self._articles[pair[1]].date.timestamp(), self._articles[pair[1]].id))
        return [self._articles[n] for _, n in ranked[:most]]


def _nearness(days: int) -> int:
    return _SCALE + round(_SCALE * math.exp(-abs(days) / 365))


def _features(article: Article) -> list[str]:
    features = [*article.terms.split(), *(f"tag:{slug_of(tag)}" for tag in article.tags)]
    if article.story:
        features.append(f"story:{slug_of(article.story)}")
    return features
