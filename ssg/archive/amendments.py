"""What a newsroom said afterwards of its articles: that one was corrected, or taken back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import msgspec

from ssg.model import Article


class Amendment(msgspec.Struct, frozen=True):
    """A correction of an article, or its withdrawal: when it was published, and what it says.

    `id` is permanent: made of the article's id and the moment, to which a number is added where several share it.
    """

    article: Article
    id: str
    date: datetime
    text: str
    withdrawn: bool = False


def amendments(articles: Iterable[Article]) -> tuple[Amendment, ...]:
    """The corrections and withdrawals of some articles, oldest first.

    Of an article that is withdrawn only that is told: what was corrected is not there any more.
    """
    found = [amendment for article in articles for amendment in _of(article)]
    return tuple(sorted(found, key=lambda one: (one.date, one.article.id)))  # those of one moment as they are written


def _of(article: Article) -> Iterator[Amendment]:
    if article.withdrawn:
        told, said = "withdrawal", [(article.withdrawn.date, article.withdrawn.reason)]
    else:
        told, said = "correction", [(correction.date, correction.text) for correction in article.corrections]
    count: Counter[str] = Counter()
    for date, text in said:
        moment = date.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="seconds")
        id = f"{article.id}:{told}:{moment}Z"
        count[id] += 1
        number = f":{count[id]}" if count[id] > 1 else ""
        yield Amendment(article, id + number, date, text, article.withdrawn is not None)
