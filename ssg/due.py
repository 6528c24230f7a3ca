"""When the next build will publish something else though nobody has touched a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Literal

import msgspec

from ssg.model import Article


class Due(msgspec.Struct, frozen=True):
    """What becomes of an article at a moment: it is `published`, or it `expires`."""

    moment: datetime
    what: Literal["published", "expires"]
    article: Article


def next_due(articles: Iterable[Article], now: datetime) -> list[Due]:
    """What comes next after `now`: all that falls on the same moment, by the articles' paths; nothing of drafts."""
    coming = [due for article in articles if not article.draft for due in _of(article) if due.moment > now]
    first = min((due.moment for due in coming), default=now)
    return sorted((due for due in coming if due.moment == first), key=lambda due: due.article.path)


def _of(article: Article) -> Iterator[Due]:
    yield Due(article.date, "published", article)
    if article.expires and article.expires > article.date:
        yield Due(article.expires, "expires", article)
