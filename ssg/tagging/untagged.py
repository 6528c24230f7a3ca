"""Articles without any tag, each with those that it could have: tags that its own words name."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

import msgspec
from anyascii import anyascii

from ssg.model import Article
from ssg.slugs import slug_of
from ssg.tagging.tags import Tag, Texts
from ssg.words import STOP_WORDS
from ssg.workers import spread

MOST = 5  # tags that an article is offered
_TITLE = 3  # so many times a word of the headline tells
_LEAST = 3  # what a tag must be told of to be offered
_WORDS = 200  # in a long text one more for so many words
_COMMON = 0.2  # the part of all articles from which on a tag's name says nothing, unless the headline has it
_FEW = 20  # articles that are too few to say what is common
_TRIED = 2000  # the newest articles with tags on which it is tried which names tell of their tags
_OFFERS = 4  # that say whether a name does
_PART = 500

_WORD = re.compile(r"[A-Za-z0-9]+")
_APOSTROPHES = re.compile("['\u2018\u2019\u02bc\u02bb`\u00b4]")
_FOREIGN = re.compile(r"[^\x00-\x7f]+")


class Untagged(msgspec.Struct, frozen=True):
    """An article without a tag, and the names of those that it could have, the one that it tells most of first."""

    article: Article
    could_have: tuple[str, ...]


class _Names:
    """The names of tags by the word that they begin with, those of more words first, for each language."""

    def __init__(self, tags: Iterable[Tag]) -> None:
        self._by_first: dict[str, dict[str, list[Tag]]] = defaultdict(lambda: defaultdict(list))
        for tag in sorted(tags, key=lambda tag: (-len(tag.words), tag.slug)):
            if len(tag.words) > 1 or tag.name.isupper() or tag.slug not in STOP_WORDS:
                for language in tag.languages:
                    self._by_first[language][tag.words[0]].append(tag)

    def told(self, language: str, text: str) -> Counter[str]:
        """How often a text names each tag of a language, by its slug; of a name in a name (`Bank`, `Bank Dunia`) the longer.

        A name in capitals is named in capitals: `who` is not WHO.
        """
        found: Counter[str] = Counter()
        by_first = self._by_first.get(language)
        if not by_first:
            return found
        written = _words(text)
        words = [word.lower() for word in written]
        free = 0
        for at, word in enumerate(words):
            if word in by_first and at >= free:
                for tag in by_first[word]:
                    end = at + len(tag.words)
                    if tuple(words[at:end]) == tag.words and (written[at].isupper() or not tag.name.isupper()):
                        found[tag.slug] += 1
                        free = end
                        break
        return found


def _words(text: str) -> list[str]:
    """The words of a text, as slugs have them but for capitals."""
    text = _APOSTROPHES.sub("", text)
    return _WORD.findall(_FOREIGN.sub(lambda found: anyascii(found[0]), text))


class _Told(msgspec.Struct, frozen=True):
    """What an article tells of tags, by their slugs: those that its headline names, and how often it names each."""

    titled: frozenset[str]
    scores: dict[str, int]


class _Telling:
    def __init__(self, articles: Sequence[Article], names: _Names, text: Texts) -> None:
        self.articles, self.names, self.text = articles, names, text


def untagged(articles: Sequence[Article], tags: Sequence[Tag], text: Texts, workers: int = 1) -> list[Untagged]:
    """Those of `articles` that have no tag, in their order, each with at most `MOST` of the `tags`.

    A tag is offered if the headline names it, or the text does so several times; and only if it would not be wrong more often
    than right where the desk has tagged the articles itself: that `design` is written says little.
    """
    without = [article for article in articles if not article.tags]
    if not without:
        return []
    tried = [article for article in articles if article.tags][-_TRIED:]
    asked = [*without, *tried]
    known = {tag.slug: tag for tag in tags}
    prepare = partial(_Telling, asked, _Names(tags), text)
    told = [one for part in spread(_tell, prepare, range(len(asked)), workers=workers, chunk=_PART) for one in part]
    common = _common(told)
    likely = [_likely(one, article, known, common) for article, one in zip(asked, told, strict=True)]
    misleading = _misleading(tried, likely[len(without) :])
    return [
        Untagged(article, tuple(known[slug].name for slug in offered if slug not in misleading)[:MOST])
        for article, offered in zip(without, likely, strict=False)
    ]


def _tell(state: _Telling, numbers: Sequence[int]) -> list[_Told]:
    return list(_told(state, numbers))


def _told(state: _Telling, numbers: Iterable[int]) -> Iterator[_Told]:
    for number in numbers:
        article = state.articles[number]
        titled = state.names.told(article.language, article.title)
        scores = state.names.told(article.language, state.text(article))
        for slug, count in titled.items():
            scores[slug] += _TITLE * count
        yield _Told(frozenset(titled), dict(scores))


def _common(told: Sequence[_Told]) -> frozenset[str]:
    held = Counter(slug for one in told for slug in one.scores)
    return frozenset(slug for slug, count in held.items() if count > max(_FEW, _COMMON * len(told)))


def _likely(told: _Told, article: Article, known: Mapping[str, Tag], common: frozenset[str]) -> list[str]:
    """The slugs of what an article tells most of; a name of more words tells twice as much."""
    weighed = {
        slug: score * min(2, len(known[slug].words))
        for slug, score in told.scores.items()
        if slug in told.titled or slug not in common
    }
    least = max([_LEAST, article.words / _WORDS, *(score / 4 for score in weighed.values())])
    likely = [slug for slug, score in weighed.items() if score >= least]
    return sorted(likely, key=lambda slug: (-weighed[slug], -known[slug].count, slug))


def _misleading(articles: Sequence[Article], likely: Sequence[Sequence[str]]) -> frozenset[str]:
    offers: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for article, slugs in zip(articles, likely, strict=True):
        offers.update(slugs)
        right.update(set(slugs).intersection(map(slug_of, article.tags)))
    return frozenset(slug for slug, count in offers.items() if count >= _OFFERS and 2 * right[slug] < count)
