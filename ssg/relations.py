"""What an article leads on to, and why: the list beside it, and the lines in its text."""

from __future__ import annotations

import msgspec

from ssg.model import Article
from ssg.present import Present
from ssg.related import Explanation


class Relation(msgspec.Struct, frozen=True):
    """An article to which another leads on. `why` is None for one that the desk named and the ranking would not have."""

    article: Article
    by_hand: bool
    why: Explanation | None


class Relations(msgspec.Struct, frozen=True):
    """The relations of one article, in the order in which its page shows them."""

    article: Article
    related: list[Relation]  # Terkait
    read_also: list[Relation]  # Baca Juga by itself


def relations(now: Present, named: str) -> Relations:
    """The relations of the article that is `named`. Raises BuildStopped (`why.unknown`) if there is none."""
    article = now.article(named)
    why = now.archive.explained(article)
    by_hand = {other.path for other in now.archive.related_by_hand(article)}

    def relation(other: Article) -> Relation:
        explanation = why.get(other.path)
        return Relation(other, other.path in by_hand, explanation if explanation and explanation.parts else None)

    related, read_also = now.archive.related(article), now.archive.read_also(article)
    return Relations(article, [relation(other) for other in related], [relation(other) for other in read_also])
