"""Which articles are about the same thing: a first, honest ranking behind one small interface."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import Protocol

from ssg.addresses import slug_of
from ssg.model import Article

_YEAR = 365 * 86400.0
_WIDEST = 400  # a word that more articles share tells too little for what it costs
_TERMS = 24
_LEAST = 0.04  # of what the article would score against itself: below that the likeness is chance
_SCALE = 1_000_000


class Ranking(Protocol):
    """Ranks the articles of one language. Deterministic: ties are broken by newer date, then by id."""

    def related(self, article: Article, most: int, without: frozenset[str]) -> Sequence[Article]:
        """At most `most` articles, best first, never `article` itself nor one whose key is in `without`."""
        ...


class SharedWords:
    """Ranks by shared words and tags, each weighed by its rarity (inverse document frequency), and by nearness in time.

    The nearness is the factor 1 + exp(-days/365). Articles of the same story count as sharing a very rare word. An article
    with which nothing is shared is never suggested: a list that is too short stays short.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self._articles = articles
        self._holders: dict[str, list[int]] = defaultdict(list)
        for n, article in enumerate(articles):
            for feature in _features(article):
                self._holders[feature].append(n)

    def _weight(self, feature: str) -> float:
        rarity = math.log((1 + len(self._articles)) / len(self._holders[feature]))
        return rarity * rarity

    def related(self, article: Article, most: int, without: frozenset[str] = frozenset()) -> Sequence[Article]:
        """See `Ranking.related`."""
        scores: dict[int, float] = defaultdict(float)
        whole = 0.0
        for feature in _features(article):
            holders = self._holders.get(feature, ())
            if holders and len(holders) <= _WIDEST:
                weight = self._weight(feature)
                whole += weight
                for n in holders:
                    scores[n] += weight
        ranked = []
        for n, score in scores.items():
            other = self._articles[n]
            if score < whole * _LEAST or other.key == article.key or other.key in without:
                continue
            apart = abs((other.date - article.date).total_seconds()) / _YEAR
            ranked.append((-round(score * (1 + math.exp(-apart)) * _SCALE), -other.date.timestamp(), other.id, n))
        ranked.sort()
        return [self._articles[n] for *_, n in ranked[:most]]


def _features(article: Article) -> list[str]:
    features = list(article.terms[:_TERMS])
    features += [f"tag:{slug_of(tag)}" for tag in article.tags]
    if article.story:
        features.append(f"story:{slug_of(article.story)}")
    return features
