"""The door of questions: what the increment believes of them."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any, get_args, get_type_hints

import pytest

from ssg.asking import ArticleView, Ask
from ssg.model import Address, Article, Headline, Href

WHOLE = {ArticleView, Article, Href, Address, Headline}  # what tells more of an article than a card; a body has holes

QUESTIONS = [name for name, one in inspect.getmembers(Ask, inspect.isfunction) if not name.startswith("_")]


def types_in(hint: Any) -> Iterator[Any]:
    """A type, and all that it is made of."""
    yield hint
    for part in get_args(hint):
        yield from types_in(part)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_that_tells_more_than_cards_names_the_articles(name: str) -> None:
    """Else a page that asks it would not be looked at when a text is all that has changed. Notes and pages are no articles."""
    question = inspect.unwrap(getattr(Ask, name))
    answer = get_type_hints(question).get("return")
    whole = WHOLE & set(types_in(answer)) and name not in ("note", "standing_page")
    assert not whole or hasattr(Ask, f"_into_{name}")


def test_there_are_such_questions() -> None:
    """The types are found: an article's own page and the feeds ask for whole articles."""
    found = {
        name for name in QUESTIONS if WHOLE & set(types_in(get_type_hints(inspect.unwrap(getattr(Ask, name))).get("return")))
    }
    assert {"article", "body", "document", "feed_articles"} <= found
