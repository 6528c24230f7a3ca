"""What every question has in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

from ssg.addresses import slug_of
from ssg.archive import Archive, Edition, Group
from ssg.model import Article, Body, Card, Document, Term

Bodies = Callable[[str], Body]

P = ParamSpec("P")
T = TypeVar("T")
Asked = TypeVar("Asked", bound="Questions")


def shared(question: Callable[Concatenate[Asked, P], T]) -> Callable[Concatenate[Asked, P], T]:
    """Marks a question that many pages ask: it is answered once a build for each language."""

    @wraps(question)
    def answered_once(self: Asked, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (question.__name__, self.language, args)
        if key not in self._answers:
            self._answers[key] = question(self, *args, **kwargs)
        return cast(T, self._answers[key])

    return answered_once


class Questions:
    """What all questions are answered with: the archive, the language of the page, and what was answered before."""

    def __init__(self, archive: Archive, bodies: Bodies, language: str, answers: dict[object, object]) -> None:
        self.language = language
        self._archive = archive
        self._answers = answers
        self._bodies = bodies
        self._addresses = archive.addresses
        self._settings = archive.settings

    @property
    def _edition(self) -> Edition:
        return self._archive.editions[self.language]

    def _link(self, document: Document) -> str:
        return self._addresses.link(self._archive.address(document))

    def _cards(self, articles: Iterable[Article]) -> tuple[Card, ...]:
        return tuple(self._card(article) for article in articles)

    def _card(self, article: Article) -> Card:
        key = ("card", article.path)
        card = self._answers.get(key)
        if card is None:
            section = self._archive.editions[article.language].groups["section"].get(slug_of(article.section or "-"))
            card = self._answers[key] = Card(
                title=article.title,
                address=self._link(article),
                date=article.date,
                summary=self._archive.summary(article),
                section=section.name if section else "",
                photo=self._archive.photo(article, article.image) if article.image else None,
            )
        return card  # type: ignore[return-value]

    def _term(self, group: Group) -> Term:
        key = ("term", group.language, group.taxonomy, group.slug)
        term = self._answers.get(key)
        if term is None:
            address = self._addresses.term(group.language, group.taxonomy, group.slug)
            term = self._answers[key] = Term(
                group.taxonomy,
                group.name,
                group.slug,
                self._addresses.link(address),
                self._addresses.link(self._addresses.feed(group.language, address)),
                len(group.articles),
            )
        return term  # type: ignore[return-value]
