"""Running stories: those that there are, and those that the ranking of related articles lets us offer to an editor.

Two articles are *bound* if each stands in the other's list of related articles (or links to it), they are near in time, and
their headlines and tags share at least two names that few articles have. A story is offered where at least three articles are
bound among each other, and grows by every further one that is bound to two that are bound themselves: of the ways to find
communities in a graph one of the strictest (clique percolation; Palla, Derényi, Farkas and Vicsek, Nature 435, 2005). What is
offered wrongly costs an editor more than what is not found.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from itertools import groupby, pairwise
from pathlib import Path

import msgspec

from ssg import reading
from ssg.archive import Archive, Edition, Group, Moment, Sources
from ssg.build import CACHE
from ssg.cache import Cache
from ssg.model import Article, Problem
from ssg.reading.bodies import Stock
from ssg.related import Teller
from ssg.settings import Settings, Site
from ssg.slugs import slug_of
from ssg.words import STOP_WORDS, words
from ssg.workers import cores

LISTED = 10  # so many related articles of each are looked at, whatever the settings show of them
NEAREST = 5  # of these, or of as many as a story has, more than half must be of it for an article to join
NEAR = timedelta(days=60)  # between neighbouring steps
SHARED = 2  # names that two steps have in common
BOUND = 2  # steps of a story, if it has so many, that one more is bound to
FEWEST = 3  # articles that make a story

_PHRASE = re.compile(r"\w+(?:[-/.'’]\w+|\s+\w+)*")  # of a headline, between its other signs


class Running(msgspec.Struct, frozen=True):
    """A story that there is: its name, its steps, oldest first."""

    language: str
    name: str
    steps: tuple[Article, ...]


class Offer(msgspec.Struct, frozen=True):
    """Articles that may become a story, or join one that there is, oldest first.

    `written` is what to write as their `story`: of a story that a note names differently it is not its `name`.
    """

    language: str
    name: str
    written: str
    joins: bool
    articles: tuple[Article, ...]


class Stories(msgspec.Struct, frozen=True):
    """What is known of the running stories of a site, and what is wrong with its sources: articles with errors are left out."""

    running: tuple[Running, ...]
    offers: tuple[Offer, ...]
    problems: tuple[Problem, ...]


def stories(site: Site, moment: Moment) -> Stories:
    """The running stories of a site, language by language: those that there are by name, those offered by their first step.

    Raises BuildStopped as reading does.
    """
    root = Path(site.root)
    cache = Cache(root / CACHE)
    found = reading.read(reading.look(root, site, cache), site, cache, cores(), lambda phase, done, of: None)
    hide = site.settings.expired == "hide"
    shown = [article for article in moment.published(found.articles) if not (hide and moment.expired(article))]
    sources = Sources(
        articles=tuple(msgspec.structs.replace(article, expires=None) for article in shown),  # yesterday's news is a step too
        pages=found.pages,
        notes=found.notes,
        files=found.files,
        photos=found.photos,
    )
    archive = Archive(_settings(site.settings), sources, moment)
    archive.rank(Teller(Stock(root, cache.folder, site.settings, found), site.settings.related, cores()))
    running: list[Running] = []
    offers: list[Offer] = []
    for language, edition in archive.editions.items():
        there = [group for group in edition.groups["story"].values() if group.articles]
        running += [Running(language, group.name, group.articles) for group in sorted(there, key=_by_name)]
        offers += _Desk(archive, edition).offers()
    return Stories(tuple(running), tuple(offers), found.problems)


def _settings(settings: Settings) -> Settings:
    """Those of the site, but for what they say of the lists of related articles: what is offered does not depend on it."""
    return msgspec.structs.replace(settings, blocks=msgspec.structs.replace(settings.blocks, related=LISTED, read_also=0))


def _by_name(group: Group) -> tuple[str, str]:
    return group.name.casefold(), group.slug


class _Desk:
    """Judges the articles of one language."""

    def __init__(self, archive: Archive, edition: Edition) -> None:
        self._edition = edition
        self._article = {article.path: article for article in edition.articles}
        self._place = {article.path: n for n, article in enumerate(edition.articles)}
        related = {a.path: [b.path for b in archive.related(a) if b.path in self._article] for a in edition.articles}
        linked = {a.path: sorted(archive.linked(a) & self._article.keys()) for a in edition.articles}
        self._nearest = {path: (linked[path] + some)[:NEAREST] for path, some in related.items()}
        self._listed = {path: {*some, *linked[path]} for path, some in related.items()}
        self._names = self._telling()

    def _telling(self) -> dict[str, frozenset[str]]:
        """For each article the words of its headline and its tags, as far as few articles have them."""
        named = {article.path: _names_of(article) for article in self._edition.articles}
        self._held = Counter(name for names in named.values() for name in names)
        self._few = max(FEWEST, math.isqrt(len(named)))
        return {path: frozenset(name for name in names if self._held[name] <= self._few) for path, names in named.items()}

    def offers(self) -> Iterator[Offer]:
        """All that is offered: articles that join stories, by their names, then new stories, by their first steps."""
        taken: set[str] = set()
        for group in sorted(self._edition.groups["story"].values(), key=_by_name):
            if joining := [a for a in self._joining(group) if a.path not in taken]:
                taken |= {article.path for article in joining}
                yield Offer(self._edition.language, group.name, group.articles[-1].story, True, tuple(joining))
        names = set(self._edition.groups["story"])
        for articles in self._new(taken):
            name = next(name for name in self._names_for(articles) if slug_of(name) not in names)
            names.add(slug_of(name))
            yield Offer(self._edition.language, name, name, False, articles)

    # -- which articles belong together

    def _akin(self, one: str, other: str) -> bool:
        """Whether two articles stand in each other's lists and share names."""
        mutual = one in self._listed[other] and other in self._listed[one]
        return mutual and len(self._names[one] & self._names[other]) >= SHARED

    def _joining(self, group: Group) -> Iterator[Article]:
        """The articles without a story that belong to one: as near to it in time as its own steps are to each other."""
        steps = {article.path for article in group.articles}
        widest = max((b.date - a.date for a, b in pairwise(group.articles)), default=NEAR)
        asked = (path for step in steps for path in self._listed[step])
        for path in sorted(set(asked) - steps, key=self._place.__getitem__):
            article, nearest = self._article[path], self._nearest[path][: len(steps)]
            if article.story or 2 * len(steps.intersection(nearest)) <= len(nearest):
                continue
            near = min(abs(article.date - step.date) for step in group.articles) <= max(NEAR, widest)
            if near and sum(self._akin(path, step) for step in steps) >= min(BOUND, len(steps)):
                yield article

    def _new(self, taken: set[str]) -> Iterator[tuple[Article, ...]]:
        """Groups of articles without a story that are one: the larger ones first take what two could have."""
        free = [a for a in self._edition.articles if not a.story and a.path not in taken]
        bound: dict[int, set[int]] = defaultdict(set)
        for article in free:
            for path in self._listed[article.path]:
                other = self._article[path]
                near = not other.story and path not in taken and abs(other.date - article.date) <= NEAR
                if near and self._akin(article.path, path):
                    bound[self._place[article.path]].add(self._place[path])
        found = []
        for members in sorted(_communities(bound), key=lambda members: (-len(members), members)):
            left = [n for n in members if self._edition.articles[n].path not in taken]
            if len(left) >= FEWEST:
                articles = tuple(self._edition.articles[n] for n in left)
                taken |= {article.path for article in articles}
                found.append((left[0], articles))
        yield from (articles for _, articles in sorted(found))

    # -- what a new story may be called

    def _names_for(self, articles: Sequence[Article]) -> Iterator[str]:
        """Names for a new story, the best first; a name that is taken is told apart by its year."""
        names = [*self._tags_of(articles), *self._phrases_of([article.title for article in articles])]
        yield from names
        yield from (f"{name} {articles[0].date:%Y}" for name in names)
        yield from (article.title for article in articles)
        yield from (article.id for article in articles)

    def _tags_of(self, articles: Sequence[Article]) -> list[str]:
        """The tags of all the articles that hardly any others have, the rarest first."""
        tags = {slug_of(tag): tag for tag in reversed(articles[0].tags)}
        for article in articles:
            tags = {slug: tags[slug] for slug in map(slug_of, article.tags) if slug in tags}
        return [tags[slug] for slug in sorted(tags, key=self._held.__getitem__) if self._own(slug, len(articles))]

    def _own(self, name: str, count: int) -> bool:
        """Whether a name is above all that of `count` articles which have it."""
        return self._held[name] < 2 * count

    def _phrases_of(self, headlines: Sequence[str]) -> Iterator[str]:
        """What all headlines share, or two thirds of them: several words, or one that hardly any other headline has."""
        told = Counter(word for headline in headlines for word in set(_words(headline)))
        for thirds in (3, 2):
            common = {word for word, count in told.items() if 3 * count >= thirds * len(headlines)}
            phrases = [phrase for headline in headlines for phrase in _phrases(headline, common)]
            phrase = max(phrases, key=_telling, default=[])  # of equals the first
            names = {name for word in phrase for name in _words(word)}
            if any(0 < self._held[name] <= self._few for name in names) and (
                _telling(phrase) > 1 or any(self._own(name, len(headlines)) for name in names)
            ):
                text = " ".join(phrase)
                yield text[0].upper() + text[1:]


def _phrases(headline: str, common: set[str]) -> Iterator[list[str]]:
    """The parts of a headline all of whose words are `common`, without the empty words at their ends."""
    for part in _PHRASE.findall(headline):
        for shared, found in groupby(part.split(), key=lambda word: common.issuperset(_words(word))):
            phrase = list(found) if shared else []
            while phrase and _empty(phrase[-1]):
                phrase.pop()
            while phrase and _empty(phrase[0]):
                phrase.pop(0)
            if phrase:
                yield phrase


def _telling(phrase: Sequence[str]) -> int:
    return sum(not _empty(word) for word in phrase)


def _words(text: str) -> list[str]:
    return [word.decode() for word in words(text)]


def _empty(word: str) -> bool:
    """Whether a word of a headline says nothing of its subject."""
    return all(one in STOP_WORDS or (len(one) == 1 and not one.isdecimal()) for one in _words(word))


def _names_of(article: Article) -> set[str]:
    """What an article's headline and tags name."""
    named = (word for word in _words(article.title) if len(word) > 1 and not word.isdecimal() and word not in STOP_WORDS)
    return {*named, *map(slug_of, article.tags)}


def _communities(bound: Mapping[int, set[int]]) -> list[list[int]]:
    """What can be reached from triangle to triangle across their sides, each in order."""
    sides: dict[tuple[int, int], set[int]] = {}
    for one, others in bound.items():
        for other in others:
            if one < other and (thirds := others & bound[other]):
                sides[one, other] = thirds
    found = []
    while sides:
        members: set[int] = set()
        to_cross = [next(iter(sides))]
        while to_cross:
            side = to_cross.pop()
            for third in sides.pop(side, ()):
                members |= {*side, third}
                to_cross += [(min(one, third), max(one, third)) for one in side]
        found.append(sorted(members))
    return found
