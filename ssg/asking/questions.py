"""What every question has in common: how it is answered, how it is noted, and how its answer is marked.

The *mark* of an answer is its digest, or bytes that differ whenever the answer differs. Most marks are made of the answer
itself. A question `x` that a hundred thousand pages ask has a `_mark_x` beside it, which gives the mark without the answer.

Most answers tell of an article what its card shows. A question `x` that tells more has an `_into_x` beside it, which names the
articles: where nothing but texts has changed, the answers of all others are as they were.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from functools import partial, wraps
from hashlib import blake2b
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from ssg.archive import Archive, Edition, Group
from ssg.asking.published import Published, Unpublished
from ssg.digests import of_value
from ssg.model import Article, Body, Card, Document, Image, Term
from ssg.slugs import slug_of

Bodies = Callable[[Document], Body]
Question = tuple[str, tuple[Any, ...]]  # its name, and what it asks about

P = ParamSpec("P")
T = TypeVar("T")
Asked = TypeVar("Asked", bound="Questions")
Class = TypeVar("Class", bound=type)


def shared(question: Callable[Concatenate[Asked, P], T]) -> Callable[Concatenate[Asked, P], T]:
    """Marks a question that many pages ask: it is answered once a build for each language."""

    @wraps(question)
    def answered_once(self: Asked, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (question.__name__, self.language, args, *kwargs.items())
        if key not in self._answers:
            self._answers[key] = question(self, *args, **kwargs)
        return cast(T, self._answers[key])

    return answered_once


def settled(question: Callable[P, T]) -> Callable[P, T]:
    """Marks a question whose answer lies in its words and in settings that every page depends on, so that it is not noted."""
    question.unnoted = True  # type: ignore[attr-defined]
    return question


def noted(door: Class) -> Class:
    """Lets each public question of a class note itself in `asked` when it is asked from outside."""
    for name in dir(door):
        question = getattr(door, name)
        if not name.startswith("_") and inspect.isfunction(question) and not hasattr(question, "unnoted"):
            setattr(door, name, _noted(name, question))
    return door


def _noted(name: str, question: Callable[..., T]) -> Callable[..., T]:
    signature = inspect.signature(question)

    @wraps(question)
    def ask(self: Questions, /, *args: Any, **kwargs: Any) -> T:
        if self._answering:  # a question that another one asks is a part of that
            return question(self, *args, **kwargs)
        if kwargs:
            bound = signature.bind(self, *args, **kwargs)
            args, kwargs = bound.args[1:], bound.kwargs
        self.asked[name, args] = None
        self._answering = True
        try:
            return question(self, *args, **kwargs)
        finally:
            self._answering = False

    return ask


class Questions:
    """What all questions are answered with: the archive, the language of the page, and what was answered before.

    `asked` are the questions noted since it was last emptied, in order. `published` is for pages that tell of published files.
    """

    def __init__(
        self,
        archive: Archive,
        bodies: Bodies,
        language: str,
        answers: dict[object, object],
        published: Published | None = None,
    ) -> None:
        self.language = language
        self.asked: dict[Question, None] = {}
        self._answering = False
        self._makers: dict[str, Callable[..., bytes | None]] = {}
        self._archive = archive
        self._answers = answers
        self._card_marks = cast(dict[str, bytes], answers.setdefault("card marks", {}))
        self._view_marks = cast(dict[str, bytes], answers.setdefault("view marks", {}))
        self._bodies = bodies
        self._published = published or Unpublished()
        self._addresses = archive.addresses
        self._settings = archive.settings

    def _mark_of_answer(self, name: str, *args: Any) -> bytes:
        return of_value(getattr(self, name)(*args)).encode()

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
            section = self._section_of(article)
            card = self._answers[key] = Card(
                title=article.title,
                address=self._link(article),
                date=article.date,
                summary=self._archive.summary(article),
                section=section.name if section else "",
                photo=self._archive.photo(article, article.image) if article.image else None,
            )
        return card  # type: ignore[return-value]

    def _section_of(self, article: Article) -> Group | None:
        return self._archive.editions[article.language].groups["section"].get(slug_of(article.section or "-"))

    def _mark_cards(self, articles: Iterable[Article]) -> bytes:
        return b"".join([self._mark_card(article) for article in articles])

    def _mark_card(self, article: Article) -> bytes:
        """16 bytes for what a card shows of an article, made of the article's own digest and of what only the archive knows."""
        mark = self._card_marks.get(article.path)
        if mark is None:
            section = self._section_of(article)
            summary = self._archive.summary(article) if "[[" in article.summary else ""
            photo = self._mark_photo(article, article.image) if article.image else ""
            parts = f"{article.face}\0{section.name if section else ''}\0{photo}\0{summary}"
            mark = self._card_marks[article.path] = blake2b(parts.encode(), digest_size=16).digest()
        return mark

    def _mark_photo(self, document: Document, image: Image) -> str:
        """The facts of a picture's file, and what is made of it; its address and words are those of the document."""
        file = self._archive.photo_file(document, image)
        if not file:
            return "-"
        made = " ".join([f"{one.width} {one.type} {name}" for one, name in self._archive.smaller(file)])
        return f"{file.width}x{file.height},{file.size},{file.type},{file.stand_in},{made}"

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
            )
        return term  # type: ignore[return-value]


# -- what the increment asks of a question; no method of the door, since nothing would note it in a template


def mark_of(ask: Questions, name: str, args: tuple[Any, ...]) -> bytes | None:
    """The mark of a question's present answer; None if it cannot be asked any more, or nothing is known of its answer."""
    maker = ask._makers.get(name)
    if maker is None:
        maker = ask._makers[name] = getattr(ask, f"_mark_{name}", None) or partial(ask._mark_of_answer, name)
    answering, ask._answering = ask._answering, True
    try:
        return maker(*args)
    except (KeyError, IndexError):  # what it asks about has gone
        return None
    finally:
        ask._answering = answering


def looks_deep(ask: Questions, name: str) -> bool:
    """Whether the answer to a question tells of articles more than their cards."""
    return hasattr(ask, f"_into_{name}")


def looks_into(ask: Questions, name: str, args: tuple[Any, ...]) -> Iterable[str]:
    """The paths of the articles of which the answer to such a question tells more than their cards. Raises LookupError."""
    return getattr(ask, f"_into_{name}")(*args)  # type: ignore[no-any-return]
