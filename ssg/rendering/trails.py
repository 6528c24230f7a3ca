"""The way from the front page down to a page: what its breadcrumb shows, and its structured data tell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ssg.archive import TAXONOMIES
from ssg.asking import ArticleView, Ask, Calendar
from ssg.model import Term
from ssg.pages.showing import Template

Trail = tuple[tuple[str, str], ...]

_BY_THEMSELVES = frozenset({"front", "not_found", "offline", "onward", "fragment"})
_OF_THE_ARCHIVE = frozenset({"year", "month", "day", "on_this_day", "every_day", "statistics", "index", "letter"})


def trail_to(kind: str, shown: Template, ask: Ask, label: Callable[[str], str], month: Callable[[date], str]) -> Trail:
    """The steps above a page of a kind, as pairs of text and link; () where nothing stands above it.

    `label` gives a label of the theme in the page's language, `month` a month with its year.
    """
    if kind in _BY_THEMSELVES:
        return ()
    steps = [(label("front"), ask.site().address)]
    article, term, calendar = (shown.context.get(name) for name in ("article", "term", "calendar"))
    if isinstance(article, ArticleView) and article.section:
        steps.append((article.section.name, article.section.address))
    elif isinstance(term, Term):
        taxonomy = term.taxonomy
        assert taxonomy in TAXONOMIES
        steps.append((label(f"all_{taxonomy}"), ask.terms_address(taxonomy)))
    elif kind in _OF_THE_ARCHIVE:
        steps.append((label("archive"), ask.archive_address()))
        if kind == "letter":
            steps.append((label("index"), ask.index_address()))
        elif kind == "on_this_day":
            steps.append((label("on_this_day"), ask.on_this_day_address()))
        elif isinstance(calendar, Calendar) and kind in ("month", "day"):
            day = calendar.date
            steps.append((str(day.year), ask.time_address(day.year)))
            if kind == "day":
                steps.append((month(day), ask.time_address(day.year, day.month)))
    return tuple(steps)
