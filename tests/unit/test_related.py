"""The ranking of related articles."""

from __future__ import annotations

import random
from datetime import datetime, timedelta, timezone

from ssg.model import Article
from ssg.related import SharedWords

START = datetime(2021, 1, 1, 8, tzinfo=timezone(timedelta(hours=7)))


def article(name: str, *terms: str, days: int = 0, tags: tuple[str, ...] = (), story: str = "") -> Article:
    return Article(
        path=f"content/{name}.md",
        key=name,
        id=name,
        id_written=True,
        title=name,
        date=START + timedelta(days=days),
        slug=name,
        language="id",
        body_key="",
        terms=" ".join(terms),
        tags=tags,
        story=story,
    )


def named(articles: list[Article], of: Article, most: int = 5, without: frozenset[str] = frozenset()) -> list[str]:
    return [found.id for found in SharedWords(articles).related(of, most, without)]


GEMPA = article("gempa", "gempa", "cianjur", "bmkg", days=10)
SUSULAN = article("susulan", "gempa", "cianjur", "tenda", days=12)
PALU = article("palu", "gempa", "palu", "bmkg", days=-900)
SEPAK_BOLA = article("bola", "liga", "gol", days=10)
REST = [article(f"lain{n}", f"kata{n}", f"hal{n}") for n in range(20)]
ALL = [GEMPA, SUSULAN, PALU, SEPAK_BOLA, *REST]


def test_what_shares_more_and_rarer_words_comes_first() -> None:
    """The same event, then the same subject, and never the article itself."""
    assert named(ALL, GEMPA) == ["susulan", "palu"]


def test_nothing_shared_is_nothing_suggested() -> None:
    """A list that is too short is not padded."""
    assert named(ALL, SEPAK_BOLA) == []


def test_what_is_left_out_does_not_take_a_place() -> None:
    """Articles that the body links to already make room for the next."""
    assert named(ALL, GEMPA, most=1) == ["susulan"]
    assert named(ALL, GEMPA, most=1, without=frozenset({SUSULAN.path})) == ["palu"]


def test_the_nearer_in_time_of_two_alike_comes_first() -> None:
    """A year's distance halves the bonus; a tie is the newer's, then the lesser id's."""
    far, near = article("far", "nikel", "tambang", days=-800), article("near", "nikel", "tambang", days=3)
    twins = [article("b", "nikel", "tambang", days=5), article("a", "nikel", "tambang", days=5)]
    of = article("asal", "nikel", "tambang", days=4)
    assert named([far, near, of, *REST], of) == ["near", "far"]
    assert named([*twins, near, of, *REST], of) == ["a", "b", "near"]


def test_tags_and_stories_count_as_words() -> None:
    """Written by hand, they tell as much as a rare word does."""
    of = article("satu", "x", tags=("NATO",), story="Ketegangan")
    others = [article("dua", "y", tags=("nato",)), article("tiga", "z", story="Ketegangan"), *REST]
    assert sorted(named([of, *others], of)) == ["dua", "tiga"]


def test_a_word_in_every_article_tells_nothing() -> None:
    """What hundreds share neither costs time nor finds anything."""
    many = [article(f"n{n}", "indonesia") for n in range(500)]
    assert named(many, many[0]) == []


def test_the_order_of_the_archive_does_not_matter() -> None:
    """The same lists, however the articles come."""
    words = [f"w{n}" for n in range(40)]
    chance = random.Random(3)
    articles = [article(f"a{n:02}", *chance.sample(words, 6), days=chance.randrange(2000)) for n in range(60)]
    shuffled = articles.copy()
    chance.shuffle(shuffled)
    assert [named(articles, of) for of in articles] == [named(shuffled, of) for of in articles]
