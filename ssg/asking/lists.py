"""Questions about lists of articles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

import msgspec

from ssg.archive import Amendment, Group, Taxonomy, last_numbered
from ssg.asking.articles import ArticleQuestions
from ssg.asking.questions import shared
from ssg.asking.views import ArticleView, CorrectionCard, Corrections, Link, RegionNews, StoryNews
from ssg.model import Article, Card, CountedTerm, Document, Listing, Term
from ssg.settings import paths_of
from ssg.slugs import slug_of

Listed = TypeVar("Listed")


class ListQuestions(ArticleQuestions):
    """Questions about lists of articles: the blocks, the terms, their numbered pages and their feeds."""

    @shared
    def latest(self, most: int) -> tuple[Card, ...]:
        """The newest articles, newest first; expired ones are left out."""
        return self._cards(reversed(self._edition.current[-most:])) if most > 0 else ()

    @shared
    def latest_block(self) -> tuple[Card, ...]:
        """Terkini: the newest articles, as many as the settings give the block."""
        return self.latest(self._settings.blocks.latest)

    @shared
    def picks(self) -> tuple[Card, ...]:
        """Artikel Pilihan, in the editor's order."""
        return self._cards(self._edition.picks[: self._settings.blocks.picks])

    @shared
    def all_picks(self) -> tuple[Card, ...]:
        """Every pick of the desk, in the editor's order."""
        return self._cards(self._edition.picks)

    @shared
    def popular(self) -> tuple[Card, ...]:
        """Terpopuler, most read first; () where there are no figures."""
        return self._cards(self._archive.popular[self.language][: self._settings.blocks.popular])

    @shared
    def all_popular(self) -> tuple[Card, ...]:
        """All articles of which there are figures, most read first."""
        return self._cards(self._archive.popular[self.language])

    @shared
    def regional(self) -> tuple[RegionNews, ...]:
        """Kabar Daerah: the regions with the newest articles, each with as many as the one with the fewest has."""
        news = self.all_regional()[: self._settings.blocks.regions]
        fewest = min((len(one.cards) for one in news), default=0)
        return tuple(RegionNews(one.region, one.cards[:fewest]) for one in news)

    @shared
    def all_regional(self) -> tuple[RegionNews, ...]:
        """Every region with its newest articles; the region with the newest article first.

        An article of several regions stands in the first that it names, where its headline is right; a region that none
        names first is left out.
        """
        most = max(1, self._settings.blocks.regional)
        news = []
        for slug, group in self._edition.groups["region"].items():
            first_named = (a for a in reversed(group.articles) if slug_of(a.regions[0]) == slug)
            if articles := list(islice((a for a in first_named if not self._archive.moment.expired(a)), most)):
                news.append((-articles[0].date.timestamp(), slug, group, articles))
        ordered = sorted(news, key=lambda entry: entry[:2])
        return tuple(RegionNews(self._term(group), self._cards(articles)) for *_, group, articles in ordered)

    # -- terms and lists

    @shared
    def terms(self, taxonomy: Taxonomy) -> tuple[CountedTerm, ...]:
        """All tags, editors, sections, regions or stories, by name."""
        groups = _by_name(self._edition.groups[taxonomy].values())
        return tuple(CountedTerm(**msgspec.structs.asdict(self._term(g)), count=len(g.articles)) for g in groups)

    @shared
    def stories(self) -> tuple[StoryNews, ...]:
        """Every running story that has steps; the story with the newest step first."""
        told = [group for group in self._edition.groups["story"].values() if group.articles]
        told.sort(key=lambda group: (-group.articles[-1].date.timestamp(), group.slug))
        return tuple(self._story_news(group) for group in told)

    def _story_news(self, group: Group) -> StoryNews:
        newest = self._card(group.articles[-1])
        since = group.articles[0].date
        return StoryNews(self._term(group), len(group.articles), since, newest.date, newest.title, newest.photo)

    @shared
    def sections(self) -> tuple[Link, ...]:
        """The sections by name, as a menu shows them: without what changes with every article."""
        return tuple(Link(term.name, term.address) for term in self.terms("section"))

    @shared
    def terms_address(self, taxonomy: Taxonomy) -> str:
        """The list of all tags, editors, sections, regions or stories; "" where there are none."""
        address = self._addresses.link(self._addresses.term(self.language, taxonomy))
        return address if self._edition.groups[taxonomy] else ""

    @shared
    def term(self, taxonomy: Taxonomy, slug: str) -> Term:
        """One tag, editor, section, region or story."""
        return self._term(self._edition.groups[taxonomy][slug])

    @shared
    def section_news(self, slug: str, most: int) -> tuple[Card, ...]:
        """The newest articles of a section; expired ones are left out."""
        articles = self._edition.groups["section"][slug].articles
        return self._cards([a for a in reversed(articles) if not self._archive.moment.expired(a)][:most])

    @shared
    def roles(self, slug: str) -> tuple[str, ...]:
        """The roles in which a person stands in the archive: `editor`, `author`, or both."""
        articles = self._edition.groups["editor"][slug].articles
        edits = any(slug_of(name) == slug for a in articles for name in a.editors)
        writes = any(slug_of(name) == slug for a in articles for name in a.authors)
        return tuple(role for role, has in (("editor", edits), ("author", writes)) if has)

    def note(self, taxonomy: Taxonomy, slug: str) -> Document | None:
        """The file that describes a tag, editor, section, region or story."""
        return self._edition.groups[taxonomy][slug].note

    def _mark_note(self, taxonomy: Taxonomy, slug: str) -> bytes:
        note = self._edition.groups[taxonomy][slug].note
        return note.body_key.encode() if note else b"-"

    def latest_list(self, number: int) -> Listing:
        """A page of the list of all articles."""
        return self._listing(self._edition.articles, self._addresses.block(self.language, "latest"), number)

    def _mark_latest_list(self, number: int) -> bytes:
        return self._mark_listing(self._edition.articles, number)

    def term_list(self, taxonomy: Taxonomy, slug: str, number: int) -> Listing:
        """A page of the list of a term's articles."""
        group = self._edition.groups[taxonomy][slug]
        return self._listing(group.articles, self._addresses.term(self.language, taxonomy, slug), number)

    def _mark_term_list(self, taxonomy: Taxonomy, slug: str, number: int) -> bytes:
        return self._mark_listing(self._edition.groups[taxonomy][slug].articles, number)

    def day_list(self, year: int, month: int, day: int, number: int) -> Listing:
        """A page of the list of a day's articles."""
        articles = self._edition.by_day[year, month, day]
        return self._listing(articles, self._addresses.time(self.language, year, month, day), number)

    def _mark_day_list(self, year: int, month: int, day: int, number: int) -> bytes:
        return self._mark_listing(self._edition.by_day[year, month, day], number)

    def _mark_listing(self, articles: tuple[Article, ...], number: int) -> bytes:
        last = last_numbered(len(articles), self._settings.page_size)
        own = b"" if number else f"{len(articles)} {last} ".encode()  # a numbered page says nothing of what came after it
        return own + self._mark_cards(self._members(articles, number))

    def _members(self, listed: Sequence[Listed], number: int) -> Sequence[Listed]:
        size = self._settings.page_size
        if number == 0:
            return listed[last_numbered(len(listed), size) * size :]
        return listed[(number - 1) * size : number * size]

    def _listing(self, articles: tuple[Article, ...], front: str, number: int) -> Listing:
        cards = self._cards(reversed(self._members(articles, number)))
        return Listing(cards, number, *self._around(len(articles), front, number), count=0 if number else len(articles))

    def _around(self, count: int, front: str, number: int) -> tuple[str, str, str, str]:
        """The front of a list of so many, the page with older ones than page `number` of it, the one with newer ones, and the
        one with the oldest.
        """
        last = last_numbered(count, self._settings.page_size)
        older = (last if number == 0 else number - 1) or -1

        def at(page: int) -> str:
            return self._addresses.link(self._addresses.numbered(self.language, front, page)) if page >= 0 else ""

        # A numbered page always points at the number after it, so that it never changes: after the last stands a page that
        # leads on to the front.
        return at(0), at(older), at(number + 1) if number else "", at(1) if older > 1 else ""

    def corrections(self, number: int) -> Corrections:
        """A page of the list of all corrections and withdrawals."""
        amendments = self._archive.amendments[self.language]
        front = self._addresses.block(self.language, "corrections")
        around = self._around(len(amendments), front, number)
        feed = Link(self.site().title, self._addresses.link(self._addresses.feed(self.language, front)))
        cards = self._amended(reversed(self._members(amendments, number)))
        return Corrections(cards, number, *around, self.in_formats(feed))

    def newest_corrections(self) -> tuple[CorrectionCard, ...]:
        """The corrections and withdrawals of their feed, newest first."""
        return self._amended(islice(reversed(self._archive.amendments[self.language]), self._settings.feeds.term_size))

    def _amended(self, amendments: Iterable[Amendment]) -> tuple[CorrectionCard, ...]:
        return tuple(
            CorrectionCard(
                self._addresses.feed_id(one.id), one.article.title, self._link(one.article), one.date, one.text, one.withdrawn
            )
            for one in amendments
        )

    def feed_articles(self, taxonomy: Taxonomy | None = None, slug: str = "") -> tuple[ArticleView, ...]:
        """The articles of a feed, of the site or of a term, newest first; expired ones are left out."""
        return tuple(self._view(article) for article in self._in_feed(taxonomy, slug))

    def _mark_feed_articles(self, taxonomy: Taxonomy | None = None, slug: str = "") -> bytes:
        return self._mark_texts(self._in_feed(taxonomy, slug))

    def _mark_texts(self, articles: Iterable[Article]) -> bytes:
        return b"".join([self._mark_view(article) + self._mark_body(article.path) for article in articles])

    def _into_feed_articles(self, taxonomy: Taxonomy | None = None, slug: str = "") -> Iterator[str]:
        return (article.path for article in self._in_feed(taxonomy, slug))

    @shared
    def terms_with_feeds(self) -> tuple[tuple[str, tuple[Term, ...]], ...]:
        """The sections, regions, stories, people and tags, each by name, behind the word that addresses have for them."""
        words = paths_of(self._settings, self.language)
        kinds: tuple[Taxonomy, ...] = ("section", "region", "story", "editor", "tag")
        found = ((getattr(words, kind), _by_name(self._edition.groups[kind].values())) for kind in kinds)
        return tuple((word, tuple(self._term(group) for group in groups)) for word, groups in found if groups)

    def unarchived(self) -> int:
        """How many articles of the site's feed stand in no other document of it; 0 where there are no such documents."""
        left = self._archive.still_open(self.language)
        return len({article.path for article in self._in_feed(None, "")}.intersection(article.path for article in left))

    def archived_articles(self, year: int, month: int, number: int) -> tuple[ArticleView, ...]:
        """The articles of a closed part of a month, newest first."""
        return tuple(self._view(article) for article in self._in_archived(year, month, number))

    def _mark_archived_articles(self, year: int, month: int, number: int) -> bytes:
        return self._mark_texts(self._in_archived(year, month, number))

    def _into_archived_articles(self, year: int, month: int, number: int) -> Iterator[str]:
        return (article.path for article in self._in_archived(year, month, number))

    def _in_archived(self, year: int, month: int, number: int) -> Iterator[Article]:
        return reversed(self._archive.closed[self.language][self._closed_places()[year, month, number]].articles)

    @shared
    def _closed_places(self) -> dict[tuple[int, int, int], int]:
        return {(part.year, part.month, part.number): n for n, part in enumerate(self._archive.closed[self.language])}

    @shared
    def newest_archived_feed(self, format: str) -> str:
        """The link of the feed of the newest closed part of the archive; "" where nothing is closed."""
        return self._archived_feed(len(self._closed_places()) - 1, format)

    @shared
    def archived_feed_before(self, format: str, year: int, month: int, number: int) -> str:
        """The link of the feed of the closed part before one; "" where that is the first."""
        return self._archived_feed(self._closed_places()[year, month, number] - 1, format)

    def _archived_feed(self, place: int, format: str) -> str:
        if place < 0:
            return ""
        part = self._archive.closed[self.language][place]
        return self._addresses.link(self._addresses.archived_feed(self.language, part.year, part.month, part.number, format))

    def _in_feed(self, taxonomy: Taxonomy | None, slug: str) -> Iterator[Article]:
        articles = self._edition.groups[taxonomy][slug].articles if taxonomy else self._edition.articles
        current = (article for article in reversed(articles) if not self._archive.moment.expired(article))
        return islice(current, self._settings.feeds.term_size if taxonomy else self._settings.feeds.size)


def _by_name(groups: Iterable[Group]) -> list[Group]:
    return sorted(groups, key=lambda group: (group.name.casefold(), group.slug))
