"""The rankings that are compared: ours, and those that others use or that textbooks name."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from heapq import nsmallest
from html import escape

import numpy as np
import numpy.typing as npt

from bench.related.hidden import Hidden
from bench.related.measures import FIVE
from ssg import related
from ssg.settings import Related

Lists = list[Sequence[int]]
Scores = npt.NDArray[np.float64]

_WORD = re.compile(r"\w+")
_QUERY = 30  # terms of an article that ask for others
_K1, _B = 1.2, 0.75  # BM25, as Lucene has it
_YEAR = 365


def ours(articles: Sequence[Hidden]) -> Lists:
    """The program's own, with its default settings."""
    texts = {hidden.article.path: hidden.text for hidden in articles}
    entries = [related.Entry(hidden.article, FIVE) for hidden in articles]
    return list(related.ranked(entries, related.Teller(lambda article: (escape(texts[article.path]),), Related()))[0])


def nearest_in_date(articles: Sequence[Hidden]) -> Lists:
    """The nearest in date."""
    days = _days(articles)
    return _best(articles, lambda asking: -np.abs(days - days[asking]))


def shared_tags(articles: Sequence[Hidden]) -> Lists:
    """The most tags in common, as Hugo does by default; the newest first."""
    index = _Index([Counter(set(hidden.article.tags)) for hidden in articles])
    return _best(articles, lambda asking: index.sums(asking, lambda tag, often: (1.0, np.ones(len(often)))))


def bm25(articles: Sequence[Hidden]) -> Lists:
    """BM25, with the weightiest terms of the article as the query.

    Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond" (2009).
    """
    index = _Index([_terms(hidden) for hidden in articles])
    lengths = index.lengths / index.lengths.mean()

    def rarity(held: int) -> float:
        return math.log(1 + (len(articles) - held + 0.5) / (held + 0.5))

    def scores(asking: int) -> Scores:
        own = index.counts[asking]
        query = nsmallest(_QUERY, own, key=lambda term: (-own[term] * rarity(len(index.holders[term][0])), term))
        total = np.zeros(len(articles))
        for term in query:
            at, often = index.holders[term]
            total[at] += rarity(len(at)) * often * (_K1 + 1) / (often + _K1 * (1 - _B + _B * lengths[at]))
        return total

    return _best(articles, scores)


def tf_idf(articles: Sequence[Hidden]) -> Lists:
    """The cosine of the whole texts, words weighed by (1 + ln tf) ln(N / df)."""
    index = _Index([_terms(hidden) for hidden in articles])
    return _best(articles, index.cosines)


def tf_idf_by_time(articles: Sequence[Hidden]) -> Lists:
    """The same, times 1 + exp(-days / 365)."""
    index, days = _Index([_terms(hidden) for hidden in articles]), _days(articles)
    return _best(articles, lambda asking: index.cosines(asking) * (1 + np.exp(-np.abs(days - days[asking]) / _YEAR)))


RANKINGS: dict[str, Callable[[Sequence[Hidden]], Lists]] = {
    "ssg": ours,
    "nearest in date": nearest_in_date,
    "shared tags, newest first": shared_tags,
    "BM25, 30 best terms": bm25,
    "TF-IDF cosine": tf_idf,
    "TF-IDF cosine by time": tf_idf_by_time,
}


class _Index:
    """Which articles have each term, and how often."""

    def __init__(self, counts: Sequence[Counter[str]]) -> None:
        self.counts = counts
        held: dict[str, list[tuple[int, int]]] = {}
        for place, terms in enumerate(counts):
            for term, often in terms.items():
                held.setdefault(term, []).append((place, often))
        self.holders = {
            term: (np.array([place for place, _ in some]), np.array([often for _, often in some], np.float64))
            for term, some in held.items()
        }
        self.lengths = np.array([terms.total() for terms in counts], np.float64)
        squares = np.zeros(len(counts))
        for term, (at, counted) in self.holders.items():
            squares[at] += (self._rarity(term) * (1 + np.log(counted))) ** 2
        self._norms: Scores = np.sqrt(np.where(squares > 0, squares, 1))

    def _rarity(self, term: str) -> float:
        return math.log(len(self.counts) / len(self.holders[term][0]))

    def sums(self, asking: int, weights: Callable[[str, Scores], tuple[float, Scores]]) -> Scores:
        """For each article the sum of what it shares with one of them: by `weights`, that one's and those of the holders."""
        total = np.zeros(len(self.counts))
        for term in self.counts[asking]:
            at, often = self.holders[term]
            own, others = weights(term, often)
            total[at] += own * others
        return total

    def cosines(self, asking: int) -> Scores:
        """The cosine of each article's terms with those of one of them."""
        own = self.counts[asking]

        def weights(term: str, often: Scores) -> tuple[float, Scores]:
            rarity = self._rarity(term)
            return rarity * (1 + math.log(own[term])), rarity * (1 + np.log(often))

        found: Scores = self.sums(asking, weights) / (self._norms * self._norms[asking])
        return found


def _terms(hidden: Hidden) -> Counter[str]:
    return Counter(_WORD.findall(f"{hidden.article.title}\n{hidden.text}".casefold()))


def _days(articles: Sequence[Hidden]) -> Scores:
    return np.array([hidden.article.date.timestamp() / 86_400 for hidden in articles])


def _best(articles: Sequence[Hidden], scores: Callable[[int], Scores]) -> Lists:
    """The five others with the best scores for each article; of equal ones the newer."""
    days = _days(articles)
    lists: Lists = []
    for asking in range(len(articles)):
        found = scores(asking)
        found[asking] = -np.inf
        lists.append(np.lexsort((-days, -found))[:FIVE].tolist())
    return lists
