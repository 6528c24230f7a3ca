"""Data files of a site: `data/popular.json`, the figures of what is read most."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ssg.model import Place, Problem
from ssg.problems import problem

POPULAR = "data/popular.json"


class PopularArticle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One article with how often it was read: its `id`, and its views in the time that was counted."""

    id: str
    views: int = 0


class Popular(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The format of `data/popular.json`: the day of the count, and the articles in any order."""

    articles: tuple[PopularArticle, ...]
    updated: str = ""


def read_popular(root: Path) -> tuple[tuple[str, ...], tuple[Problem, ...]]:
    """The ids of `data/popular.json`, most read first (of equals the first written); () where there is no such file."""
    file = root / POPULAR
    try:
        popular = msgspec.json.decode(file.read_bytes(), type=Popular)
    except FileNotFoundError:
        return (), ()
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
        mend = 'Write it as {"updated": "2021-12-31", "articles": [{"id": "...", "views": 120}]}.'
        return (), (Problem(Place(POPULAR, 1), "data.bad", str(error), mend),)
    ranked = sorted(popular.articles, key=lambda article: -article.views)
    return tuple(article.id for article in ranked), ()


def unknown_popular(ids: tuple[str, ...], known: frozenset[str]) -> list[Problem]:
    """The ids that no article has, as Problems."""
    return [problem(Place(POPULAR), "data.article", f"no article has the id {id!r}") for id in ids if id not in known]
