"""What lists of five are worth, and how sure that is: hit, recall and nDCG, with intervals by the bootstrap."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Sequence
from random import Random

FIVE = 5
_RESAMPLED = 2000
_SEED = 1


def hit(listed: Sequence[int], linked: Collection[int]) -> float:
    """1 if one of the linked articles is listed, else 0."""
    return float(any(other in linked for other in listed[:FIVE]))


def recall(listed: Sequence[int], linked: Collection[int]) -> float:
    """Which part of the linked articles is listed, of as many as a list of five could hold."""
    return sum(other in linked for other in listed[:FIVE]) / min(FIVE, len(linked))


def ndcg(listed: Sequence[int], linked: Collection[int]) -> float:
    """Normalised discounted cumulative gain: the sooner a linked article stands in the list, the more it counts.

    After Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR techniques" (ACM TOIS 20, 2002), base 2.
    """
    gain = sum(1 / math.log2(place + 2) for place, other in enumerate(listed[:FIVE]) if other in linked)
    return gain / sum(1 / math.log2(place + 2) for place in range(min(FIVE, len(linked))))


MEASURES: dict[str, Callable[[Sequence[int], Collection[int]], float]] = {"hit@5": hit, "nDCG@5": ndcg, "recall@5": recall}


def mean(values: Sequence[float]) -> float:
    """The mean; 0 of none."""
    return sum(values) / len(values) if values else 0.0


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Between which bounds the mean lies with 95 per cent: percentiles of means over articles drawn again and again.

    Efron and Tibshirani, "An Introduction to the Bootstrap" (1993), chapter 13. Of differences of two rankings for the same
    articles it is the paired bootstrap.
    """
    if not values:
        return 0.0, 0.0
    draw = Random(_SEED)
    means = sorted(mean(draw.choices(values, k=len(values))) for _ in range(_RESAMPLED))
    return means[round(0.025 * _RESAMPLED)], means[round(0.975 * _RESAMPLED) - 1]
