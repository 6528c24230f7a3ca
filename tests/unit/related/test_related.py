"""The ranking of related articles: what it says, whichever way it is made."""

from __future__ import annotations

import math
import random
from datetime import datetime, timedelta, timezone

import pytest

from ssg.model import Article
from ssg.related import Entry, Teller, increment, ranked, scores
from ssg.related import plain as _plain
from ssg.settings import Related
from tests.unit.related.conftest import TELLER, batch, plain

START = datetime(2021, 1, 1, 8, tzinfo=timezone(timedelta(hours=7)))


def article(name: str, *words: str, days: int = 0, tags: tuple[str, ...] = (), story: str = "") -> Article:
    text = " dan ".join(words)  # so that no two of them are a pair
    return Article(
        path=f"content/{name}.md",
        key=name,
        id=name,
        id_written=True,
        title=name,
        date=START + timedelta(days=days),
        slug=name,
        language="id",
        body_key=f"{name} {text} {days} {tags} {story}",
        tags=tags,
        story=story,
        extra={"text": text},
    )


def named(articles: list[Article], of: Article, most: int = 5, without: frozenset[str] = frozenset()) -> list[str]:
    """The ids in the list of one article; both ways to rank must say the same."""
    entries = [Entry(one, most, tuple(sorted(without)) if one is of else ()) for one in articles]
    lists = plain(entries)
    assert lists == batch(entries) == list(ranked(entries, TELLER)[0])
    return [articles[n].id for n in lists[articles.index(of)]]


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
    """A tie is the newer's, then the lesser id's."""
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


def test_what_is_not_offered_has_a_list_and_is_on_none() -> None:
    """So it is with an expired article: its page stands, and no other page leads there."""
    entries = [Entry(one, 5, offered=one is not GEMPA) for one in ALL]
    for lists in (plain(entries), batch(entries)):
        assert [ALL[n].id for n in lists[0]] == ["susulan", "palu"]
        assert not any(0 in one for one in lists)


def test_a_list_is_as_long_as_it_is_wanted() -> None:
    """Each article says how long its own may be; none at all too."""
    entries = [Entry(one, most) for most, one in enumerate(ALL)]
    for lists in (plain(entries), batch(entries)):
        assert lists[:2] == [(), (0,)]


def test_nothing_to_rank_is_no_fault() -> None:
    """No articles, articles without words, articles that want no list."""
    for entries in ([], [Entry(article("a"), 5)], [Entry(one, 0) for one in ALL]):
        assert plain(entries) == batch(entries) == [()] * len(entries)


def test_a_tag_that_is_written_twice_counts_once() -> None:
    """Two spellings of a tag are one tag."""
    of = article("satu", tags=("NATO", "nato", "Nato"))
    once, twice = article("dua", tags=("Nato",), days=5), article("tiga", tags=("nato", "NATO"), days=5)
    assert named([of, once, twice, *REST], of) == ["dua", "tiga"]


def test_a_step_is_crossed_when_a_count_grows_by_two_fifths() -> None:
    """Twice the base-two logarithm, in whole numbers."""
    assert [scores.step(count) for count in (1, 2, 3, 4, 5, 6, 8, 100, 400, 2**31)] == [0, 2, 3, 4, 5, 5, 6, 13, 17, 62]
    crossed = [n for n in range(1000, 100_000) if scores.step(n + 1) != scores.step(n)]
    assert len(crossed) == 13


def test_one_more_article_leaves_nearly_all_weights() -> None:
    """Of the features of a large archive only those that the newcomer brings over a step weigh something else."""
    chance = random.Random(1)
    held = [1 + int(399 * chance.random() ** 2) for _ in range(5000)]  # how many articles have each feature
    newcomer = set(chance.sample(range(5000), 30))
    before = [scores.weight(20_000, count) for count in held]
    after = [scores.weight(20_001, count + (n in newcomer)) for n, count in enumerate(held)]
    assert sum(one != other for one, other in zip(before, after, strict=True)) < 10


def test_the_lists_of_long_ago_are_not_weighed_anew_with_the_days_news() -> None:
    """What is rare to an article was settled a year after its own; only the newcomer itself may come into its list."""
    chance = random.Random(1)
    words = [f"kata{n}" for n in range(400)]
    articles = [article(f"b{n}", *chance.sample(words, 12), days=n * 3) for n in range(1000)]  # eight years
    newcomer = article("baru", *chance.sample(words, 60), days=3000)
    before = batch([Entry(one, 5) for one in articles])
    after = batch([Entry(one, 5) for one in (*articles, newcomer)])
    old, both = [], 0
    for n, one in enumerate(articles):
        if before[n] != after[n]:
            both += 1
            if len(articles) not in after[n]:
                old.append(one.date.year)
    assert both
    assert all(year >= newcomer.date.year - scores.LATER for year in old)


def test_nearness_falls_as_the_settings_say() -> None:
    """From so many hundredths on the same day to the 1/e of it after so many days, and to nothing."""
    near = scores.nearness(Related(nearness=150, fading=1000))
    exact = [scores.SCALE * (1 + 1.5 * math.exp(-days / 1000)) for days in range(scores.FAR + 1)]
    assert all(abs(one - other) <= 0.5 + 1e-6 for one, other in zip(near, exact, strict=True))
    assert set(scores.nearness(Related(nearness=0))) == {scores.SCALE}


STORY = [f"warga{n}" for n in range(40)]


def test_of_nearly_the_same_texts_one_is_shown() -> None:
    """The agency's story, printed twice and once with another end, is suggested once, and never to itself."""
    agency = article("antara", *STORY, days=3)
    copies = [article("salinan", *STORY, days=4), article("lain", *STORY[:34], "bupati", "camat", days=5)]
    other = article("asing", *STORY[:6], "panen", "raya", "padi", days=6)
    archive = [agency, *copies, other, *REST]
    assert named(archive, agency) == ["asing"]
    assert named(archive, other) == ["lain"]


def test_a_list_is_spread_over_more_than_a_week() -> None:
    """Of five at most three are of one week where there are others; where there are none it is full all the same."""
    asking = article("asal", *STORY[:20])
    week = [article(f"pekan{n}", *STORY[:6], f"a{n}", f"b{n}", days=n) for n in range(1, 6)]
    years = [article(f"tahun{n}", *STORY[:3], f"a{n}", f"b{n}", days=-400 * n) for n in (1, 2)]
    assert named([asking, *week, *REST], asking) == ["pekan1", "pekan2", "pekan3", "pekan4", "pekan5"]
    assert named([asking, *week, *years, *REST], asking) == ["pekan1", "pekan2", "pekan3", "tahun1", "tahun2"]


def test_what_weighs_nothing_is_not_told() -> None:
    """With a weight of 0 a tag, a link, a headline brings nothing together; with a greater one more."""
    tagged = [article("satu", "padi", tags=("Banjir",)), article("dua", "jagung", tags=("Banjir",))]
    entries = [
        Entry(one, 5, linked=("content/dua.md",) if one.id == "tiga" else ()) for one in (*tagged, article("tiga", "kopi"))
    ]
    entries += [Entry(one, 5) for one in REST]

    def lists(related: Related) -> list[tuple[int, ...]]:
        teller = Teller(lambda article: (str(article.extra["text"]),), related)
        found = list(_plain.ranked(entries, teller.features(entries), related))
        assert found == list(increment.ranked(entries, teller, None, None)[0])
        return found[:3]

    assert lists(Related()) == [(1,), (2, 0), (1,)]
    assert lists(Related(links=1, tags=9)) == [(1,), (0, 2), (1,)]
    assert lists(Related(tags=0)) == [(), (2,), (1,)]
    assert lists(Related(links=0, tags=0)) == [(), (), ()]


@pytest.mark.parametrize("length", [1, 1_000, 1_000_000])
def test_what_is_shared_is_exact_as_a_float(length: int) -> None:
    """Also of texts of a million words, each of which no other article has, in an archive of two thousand million."""
    whole = length * scores.ROOTS[1] ** 2 * scores.weight(2**31 - 2, 1)
    assert whole * scores.shortness(length) < 2**53


def test_archives_without_anything_to_tell() -> None:
    """One article, two, a thousand copies of one, and articles without a text: no list pretends to know."""
    assert plain([Entry(GEMPA, 5)]) == batch([Entry(GEMPA, 5)]) == [()]
    assert named([GEMPA, SEPAK_BOLA], GEMPA) == []
    assert named([GEMPA, SUSULAN], GEMPA) == ["susulan"]
    copies = [Entry(article(f"salinan{n}", "gempa", "cianjur", "bmkg"), 5) for n in range(1000)]
    assert list(ranked(copies, TELLER)[0]) == [()] * 1000
    empty = [Entry(article(f"kosong{n}"), 5) for n in range(150)]
    assert list(ranked(empty, TELLER)[0]) == plain(empty) == [()] * 150


def test_links_between_articles_count_in_both_directions() -> None:
    """The one that is linked to finds the one that links, and what links to the same article is alike."""
    old, one, other = article("lama"), article("satu", days=3), article("dua", days=5)
    entries = [Entry(old, 5), Entry(one, 5, (old.path,), (old.path,)), Entry(other, 5, (old.path,), (old.path,))]
    entries += [Entry(lain, 5) for lain in REST]
    lists = plain(entries)
    assert lists == batch(entries)
    assert [sorted(lists[n]) for n in range(3)] == [[1, 2], [2], [1]]  # what a text links to is not repeated below it
