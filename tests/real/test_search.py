"""Forty searches of an archive that nobody here wrote: what a reader remembers of an article leads to it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from ssg.slugs import slugify
from tests.real.conftest import Built, Written, words_of_markdown
from tests.sites.search import asked, parts

pytestmark = pytest.mark.timeout(300)  # the first test builds the archive

EACH = 20  # searches by words of headlines, and as many by words of bodies


def remembered(text: str, known: Counter[str]) -> list[str]:
    """The four rarest words of the middle of a text, in their order: what is left of it in a reader's memory."""
    words = [word.lower() for word in words_of_markdown(text)]
    middle = words[max(0, len(words) // 2 - 30) : len(words) // 2 + 30]
    rarest = sorted({word for word in middle if len(word) > 3}, key=lambda word: (known[word], word))[:4]
    return [word for word in dict.fromkeys(middle) if word in rarest]


def chosen(articles: list[Written], offset: int) -> list[Written]:
    """Twenty articles from the oldest to the newest."""
    dated = sorted(articles, key=lambda written: (str(written.front["date"])[:10], written.path))
    return [dated[offset + n * (len(dated) - 100) // EACH] for n in range(EACH)]


@pytest.fixture(scope="module")
def searches(digitalgov: Built) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    """What was asked, with the address that should be found; and the answers, to the oldest article and in the first step."""
    known = Counter(word.lower() for written in digitalgov.articles for word in set(words_of_markdown(written.body)))
    titles = [(one, str(one.front.get("title") or one.front["deck"])) for one in chosen(digitalgov.articles, 7)]
    texts = [(one, one.body) for one in chosen([one for one in digitalgov.articles if len(one.body) > 800], 13)]
    wanted = [(" ".join(remembered(text, known)), digitalgov.article_pages[slugify(one.stem)]) for one, text in titles + texts]
    queries = [{"q": query, "all": to_the_end} for query, _ in wanted for to_the_end in (True, False)]
    return wanted, asked(digitalgov.output, *queries, address="/search/parts.json")


def test_the_right_article_is_among_the_first_three(searches: tuple[list[tuple[str, str]], dict[str, Any]]) -> None:
    """For twenty searches by words of headlines and twenty by words of bodies."""
    wanted, found = searches
    missed = {
        query: answer["addresses"][:3]
        for (query, address), answer in zip(wanted, found["answers"][::2], strict=True)
        if address not in answer["addresses"][:3]
    }
    assert len(wanted) == 2 * EACH
    assert missed == {}


def test_the_first_results_cost_no_more_than_400_kilobytes(searches: tuple[list[tuple[str, str]], dict[str, Any]]) -> None:
    """Of each of the forty, the list of parts and all parts that were read."""
    _, found = searches
    most = max(sum(size for _, size in answer["read"]) for answer in found["answers"][1::2])
    assert most <= 400_000


def test_the_index_keeps_to_its_bounds(digitalgov: Built) -> None:
    """At most 100 files and 30 MB for 10,000 articles: so many for 2,083."""
    told = parts(digitalgov.output, "/search/parts.json")["parts"]
    assert sum(one["articles"] for one in told) == len(digitalgov.articles)
    assert len(told) + 3 <= 100 * len(digitalgov.articles) / 10_000 + 16  # the archive has 16 years, the last parts not full
    assert sum(one["bytes"] for one in told) <= 30_000_000 * len(digitalgov.articles) / 10_000
