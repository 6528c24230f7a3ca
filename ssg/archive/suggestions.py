"""What stands beside each article as related: what front matter names comes first, then the ranking."""

from __future__ import annotations

from collections.abc import Callable, Sequence, Set

from ssg.model import Article
from ssg.related import Entry, ranked


class Suggestions:
    """For each of `articles`, those of one language, at most `most` articles that are related to it, best first.

    What the article's text links to (`linked` gives the paths) is left out, and so are the others of its running `story`, which
    stand beside it already; what the desk names (`by_hand`) comes first; the others are of those whose paths are `offered`.
    `kept` is the attribute of that name of earlier suggestions, for whatever articles: it only spares work. Afterwards it is
    what to keep for later ones, b"" if nothing is worth it.
    """

    def __init__(
        self,
        articles: Sequence[Article],
        offered: Set[str],
        most: int,
        linked: Callable[[Article], frozenset[str]],
        by_hand: Callable[[Article], Sequence[Article]],
        story: Callable[[Article], Sequence[Article]],
        kept: bytes | None = None,
    ) -> None:
        self._articles = articles
        self._numbers = {article.path: n for n, article in enumerate(articles)}
        self._by_hand: dict[str, tuple[Article, ...]] = {}
        entries: list[Entry] = []
        for article in articles:
            without = linked(article)
            named: tuple[Article, ...] = ()
            if article.related:
                named = tuple([a for a in by_hand(article) if a.path not in without and not a.withdrawn][:most])
                self._by_hand[article.path] = named
            barred = (*sorted(without), *[a.path for a in named])
            if article.story:
                barred = (*barred, *[a.path for a in story(article) if a is not article])
            entries.append(Entry(article, most - len(named), barred, article.path in offered))
        self._lists, self.kept = ranked(entries, kept)

    def anew(self) -> Sequence[str]:
        """The paths of the articles whose lists may not be as they were when `kept` was left: for the same articles, each with
        the same date, tags and links."""
        numbers = range(len(self._articles)) if self._lists.anew is None else self._lists.anew
        return [self._articles[n].path for n in numbers]

    def of(self, article: Article) -> tuple[Article, ...]:
        """Those of one of the articles."""
        found = [self._articles[n] for n in self._lists[self._numbers[article.path]]]
        return (*self._by_hand.get(article.path, ()), *found)
