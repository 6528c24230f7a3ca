"""What stands beside each article as related: what front matter names comes first, then the ranking."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence, Set
from pathlib import Path
from typing import overload

from ssg.model import Article
from ssg.related import Entry, Explanation, Teller, explained, ranked


class _Entries(Sequence[Entry]):
    """Articles as entries of the ranking, each made one when it is first asked for."""

    def __init__(self, articles: Sequence[Article], entry: Callable[[Article], Entry]) -> None:
        self._articles = articles
        self._entry = entry
        self._made: dict[int, Entry] = {}

    def __len__(self) -> int:
        return len(self._articles)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> list[Entry]: ...
    def __getitem__(self, at: int | slice) -> Entry | list[Entry]:
        if isinstance(at, slice):
            return [self[n] for n in range(*at.indices(len(self)))]
        made = self._made.get(at)
        if made is None:
            made = self._made[at] = self._entry(self._articles[at])
        return made


class Suggestions:
    """For each of `articles`, which are ranked together, at most `most` articles that are related to it, best first.

    What the article's text links to (`linked` gives the paths) is left out, and so is what stands `beside` it already; what the
    desk names (`by_hand`) comes first; the others are of those whose paths are `offered`.
    What may be read also while its text is read is in neither: earlier articles that are close to it, at most `also`.

    `told` tells their texts. `kept` is the attribute of that name of earlier suggestions, for whatever articles, and `file`
    holds more of it: they only spare work. Afterwards `kept` is what to keep for later ones, b"" if nothing is worth it.
    `texts` are the paths of articles, if their texts alone have changed since `kept` was made; None: it was made of others.
    """

    def __init__(
        self,
        articles: Sequence[Article],
        offered: Set[str],
        most: int,
        also: int,
        linked: Callable[[Article], frozenset[str]],
        by_hand: Callable[[Article], Sequence[Article]],
        beside: Callable[[Article], Iterable[Article]],
        told: Teller,
        file: Path | None = None,
        kept: bytes | None = None,
        texts: Set[str] | None = None,
    ) -> None:
        def named(article: Article, without: Set[str]) -> tuple[Article, ...]:
            return tuple([a for a in by_hand(article) if a.path not in without and not a.withdrawn][:most])

        def entry(article: Article) -> Entry:
            without = linked(article)
            by_desk = named(article, without) if article.related else ()
            barred = (*sorted(without), *[a.path for a in by_desk], *[a.path for a in beside(article)])
            links, gaps = tuple(sorted(without)), min(also, article.gaps)
            return Entry(article, most - len(by_desk), barred, links, article.path in offered, gaps)

        self._articles = articles
        self._numbers = {article.path: n for n, article in enumerate(articles)}
        self._by_hand = {article.path: named(article, linked(article)) for article in articles if article.related}
        changed = None if texts is None else [self._numbers[path] for path in texts if path in self._numbers]
        self._told, self._file = told, file
        self._entries = _Entries(articles, entry)
        self._lists, self.kept = ranked(self._entries, told, file, kept, numbers=self._numbers, changed=changed)
        self._anew = self._lists.anew if texts is not None else None

    def __getstate__(self) -> dict[str, object]:
        """What goes to a worker that cannot be forked: it shows the lists, and is not asked to explain them."""
        return {name: value for name, value in vars(self).items() if name not in ("_entries", "_told", "kept")}

    def anew(self) -> Sequence[str]:
        """The paths of the articles whose lists may not be as they were when `kept` was left: all of them without `texts`."""
        numbers = range(len(self._articles)) if self._anew is None else self._anew
        return [self._articles[n].path for n in numbers]

    def of(self, article: Article) -> tuple[Article, ...]:
        """Those of one of the articles."""
        listed = self._lists[self._numbers[article.path]]
        return (*self._by_hand.get(article.path, ()), *[self._articles[n] for n in listed])

    def also_of(self, article: Article) -> tuple[Article, ...]:
        """What may be read also, while one of the articles is read."""
        return tuple([self._articles[n] for n in self._lists.ahead(self._numbers[article.path])])

    def explained(self, article: Article) -> dict[str, Explanation]:
        """Why others are related to one of the articles, by their paths."""
        asking = self._numbers[article.path]
        named = [self._numbers[other.path] for other in self._by_hand.get(article.path, ())]
        others = [*self._lists.ahead(asking), *self._lists[asking], *named]
        found = explained(self._entries, self._told, asking, others, self._file, self.kept)
        return {self._articles[one.number].path: one for one in found}
