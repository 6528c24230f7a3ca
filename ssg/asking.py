"""The one door through which pages and templates learn about the archive: a question, and its answer.

An answer is made of small frozen values (Cards, Terms, Photos, an `ArticleView`), never of the machinery behind them. A
question that many pages ask is answered once a build.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar, cast

import msgspec

from ssg.addresses import slug_of
from ssg.archive import Archive, Document, Edition, Group, Taxonomy, names_in
from ssg.model import (
    Article,
    Body,
    Card,
    Correction,
    Day,
    Image,
    Listing,
    Photo,
    Source,
    StandingPage,
    Target,
    Term,
    Withdrawal,
)
from ssg.related import Ranking, SharedWords

WORDS_A_MINUTE = 200

Bodies = Callable[[str], Body]

P = ParamSpec("P")
T = TypeVar("T")


class Link(msgspec.Struct, frozen=True):
    """A place to go: the text of the link, and where it leads. `current`: it is the page itself."""

    title: str
    address: str
    current: bool = False


class Role(msgspec.Struct, frozen=True):
    """The people of an article in one role: `editor` or `author`."""

    name: str
    people: tuple[Term, ...]


class ArticleView(msgspec.Struct, frozen=True, kw_only=True):
    """What a template sees of the article whose page it renders."""

    id: str
    key: str
    title: str
    address: str
    date: datetime
    updated: datetime | None
    roles: tuple[Role, ...]
    section: Term | None
    regions: tuple[Term, ...]
    tags: tuple[Term, ...]
    source: Source | None
    photo: Photo | None
    summary: str
    corrections: tuple[Correction, ...]
    withdrawn: Withdrawal | None
    draft: bool
    canonical: str
    language: str
    words: int
    minutes: int  # reading time
    extra: dict[str, object]

    def people(self, role: str) -> tuple[Term, ...]:
        """The people in one role."""
        return next((r.people for r in self.roles if r.name == role), ())


class RegionNews(msgspec.Struct, frozen=True):
    """A region and its newest articles."""

    region: Term
    cards: tuple[Card, ...]


class Calendar(msgspec.Struct, frozen=True):
    """A year or month: the parts of it that have articles, and the nearest other years or months that do ("" for none)."""

    date: date
    address: str
    parts: tuple[Day, ...]
    before: Day | None
    after: Day | None


class Site(msgspec.Struct, frozen=True):
    """The site, in one language."""

    title: str
    description: str
    language: str
    address: str
    feed: str
    base_url: str
    noindex: bool
    languages: tuple[str, ...]
    shared_blocks: bool


def shared(question: Callable[Concatenate[Ask, P], T]) -> Callable[Concatenate[Ask, P], T]:
    """Marks a question that many pages ask: it is answered once a build for each language."""

    @wraps(question)
    def answered_once(self: Ask, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (question.__name__, self.language, args)
        if key not in self.answers:
            self.answers[key] = question(self, *args, **kwargs)
        return cast(T, self.answers[key])

    return answered_once


class Ask:
    """The door, for the pages of one language."""

    def __init__(self, archive: Archive, bodies: Bodies, language: str, answers: dict[object, object]) -> None:
        self.archive = archive
        self.language = language
        self.answers = answers
        self._bodies = bodies
        self._addresses = archive.addresses
        self._settings = archive.settings

    def in_language(self, language: str) -> Ask:
        """The same door for another language."""
        return Ask(self.archive, self._bodies, language, self.answers)

    @property
    def _edition(self) -> Edition:
        return self.archive.editions[self.language]

    # -- the site

    @shared
    def site(self) -> Site:
        """The site in this language."""
        settings = self._settings
        other = settings.languages.get(self.language)
        root = self._addresses.root(self.language)
        return Site(
            title=(other.title if other else "") or settings.title,
            description=other.description if other else settings.description,
            language=self.language,
            address=self._addresses.link(root),
            feed=self._addresses.link(self._addresses.feed(self.language, root)),
            base_url=settings.base_url,
            noindex=settings.noindex,
            languages=self.archive.languages,
            shared_blocks=settings.blocks.mode == "shared",
        )

    @shared
    def menu(self, name: str) -> tuple[Link, ...]:
        """The entries of a menu: those of `site.toml`, and the pages that name the menu in their front matter."""
        other = self._settings.languages.get(self.language)
        menus = other.menus if other else self._settings.menus
        entries = [(item.weight, item.title, self._addresses.written(item.address)) for item in menus.get(name, [])]
        for page in self.archive.pages:
            if page.language == self.language and name in page.menus:
                entries.append((page.weight, page.title, self._link(page)))
        return tuple(Link(title, address) for _, title, address in sorted(entries))

    @shared
    def languages(self) -> tuple[tuple[str, Link], ...]:
        """Every language of the site with its front page; () where there is only one."""
        if len(self.archive.languages) < 2:
            return ()
        return tuple(
            (language, Link(language, self._addresses.link(self._addresses.root(language)), language == self.language))
            for language in self.archive.languages
        )

    @shared
    def block_address(self, name: str) -> str:
        """The page of a block: `latest`, `picks`, `popular` or `regional`; "" if it has none now."""
        return (
            self._addresses.link(self._addresses.block(self.language, name))
            if self.archive.has_block(name, self.language)
            else ""
        )

    @shared
    def fragment_address(self, name: str) -> str:
        """The shared fragment of a block; "" if the block has none now."""
        return (
            self._addresses.link(self._addresses.fragment(self.language, name))
            if self.archive.has_block(name, self.language)
            else ""
        )

    @shared
    def asset(self, path: str) -> str:
        """The address of a static file of the theme."""
        return self._addresses.link(self._addresses.asset(path))

    @shared
    def root(self) -> str:
        """The address of this language's front page."""
        return self._addresses.link(self._addresses.root(self.language))

    def absolute(self, link: str) -> str:
        """The whole web address of a link of this site."""
        return self._addresses.absolute(link)

    # -- one article

    def article(self, key: str) -> ArticleView:
        """Everything that the page of an article shows of it."""
        article = self.archive.article[key]
        door = self if article.language == self.language else self.in_language(article.language)
        return door._view(article)

    def _view(self, article: Article) -> ArticleView:
        roles = (("editor", article.editors), ("author", article.authors))
        sections = self._terms_of(article, "section")
        return ArticleView(
            id=article.id,
            key=article.key,
            title=article.title,
            address=self._link(article),
            date=article.date,
            updated=article.updated,
            roles=tuple(Role(role, tuple(self._person(name) for name in names)) for role, names in roles if names),
            section=sections[0] if sections else None,
            regions=self._terms_of(article, "region"),
            tags=self._terms_of(article, "tag"),
            source=article.source,
            photo=self.archive.photo(article, article.image) if article.image else None,
            summary=article.summary,
            corrections=article.corrections,
            withdrawn=article.withdrawn,
            draft=article.draft or article.date > self.archive.moment.now,
            canonical=article.canonical,
            language=article.language,
            words=article.words,
            minutes=max(1, math.ceil(article.words / WORDS_A_MINUTE)),
            extra=article.extra,
        )

    def _terms_of(self, article: Article, taxonomy: Taxonomy) -> tuple[Term, ...]:
        slugs = dict.fromkeys(slug_of(name) for name in names_in(article, taxonomy))
        groups = self._edition.groups[taxonomy]
        return tuple(self._term(groups[slug]) for slug in slugs if slug in groups)

    def _person(self, name: str) -> Term:
        group = self._edition.groups["editor"].get(slug_of(name))
        return self._term(group) if group else Term("editor", name, slug_of(name), "", "")

    def body(self, document: Document) -> Body:
        """The body of a document: HTML with typed holes."""
        return self._bodies(document.body_key)

    def document(self, key: str) -> Article:
        """The article behind a key, for whoever renders its body."""
        return self.archive.article[key]

    def dateline(self, article: Article) -> str:
        """What stands before the first sentence of an article; "" for nothing."""
        if article.dateline is not None:
            return article.dateline
        return self._settings.dateline.replace("{title}", self.site().title)

    def link_to(self, target: Target, source: Document) -> tuple[str, str]:
        """Where a link in a document leads, and the title of what stands there; ("", "") if it leads nowhere."""
        if target.how == "page":
            return f"#{target.fragment}", ""
        fragment = f"#{target.fragment}" if target.fragment else ""
        if target.how == "site":
            return self._addresses.written(target.to) + fragment, ""
        found = self.archive.find(target, source)
        if found is None:
            return "", ""
        address = self._addresses.link(found.address) + fragment
        return address, found.document.title if found.document else ""

    def address_of(self, document: Document) -> str:
        """Where the page of a document stands."""
        return self._link(document)

    def photo_in(self, source: Document, image: Image) -> Photo | None:
        """A picture in a document's body, or None if it is not there."""
        return self.archive.photo(source, image)

    # -- what stands beside an article

    def related(self, key: str) -> tuple[Card, ...]:
        """Terkait: what front matter names comes first, then the ranking; nothing that the body already links to."""
        article = self.archive.article[key]
        most = self._settings.blocks.related
        linked = self.archive.linked(article)
        by_hand = [a for a in self.archive.related_by_hand(article) if a.key not in linked and not a.withdrawn][:most]
        without = linked | {a.key for a in by_hand}
        ranked = self._ranking().related(article, most - len(by_hand), without) if most > len(by_hand) else ()
        return tuple(self._card(a) for a in (*by_hand, *ranked))

    @shared
    def _ranking(self) -> Ranking:
        return SharedWords(self._edition.current)

    def latest_before(self, key: str) -> tuple[Card, ...]:
        """Terkini as it stood when an article was published."""
        return self._cards(self._edition.before(self.archive.article[key], self._settings.blocks.latest))

    def neighbours(self, key: str) -> tuple[Card | None, Card | None]:
        """The articles just before and just after one, in its section if it has one."""
        before, after = self._edition.neighbours(self.archive.article[key])
        return (self._card(before) if before else None, self._card(after) if after else None)

    def story(self, key: str) -> tuple[Card, ...]:
        """The other articles of the running story that an article belongs to, oldest first."""
        article = self.archive.article[key]
        return self._cards(a for a in self.archive.story(article) if a is not article)

    def translations(self, key: str) -> tuple[tuple[str, Link], ...]:
        """The article in other languages: language code, and link."""
        article = self.archive.article[key]
        return tuple((a.language, Link(a.title, self._link(a))) for a in self.archive.translations(article))

    # -- blocks

    @shared
    def latest(self, most: int) -> tuple[Card, ...]:
        """The newest articles, newest first; expired ones are left out."""
        return self._cards(reversed(self._edition.current[-most:])) if most > 0 else ()

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
        return self._cards(self.archive.popular[self.language][: self._settings.blocks.popular])

    @shared
    def all_popular(self) -> tuple[Card, ...]:
        """All articles of which there are figures, most read first."""
        return self._cards(self.archive.popular[self.language])

    @shared
    def regional(self) -> tuple[RegionNews, ...]:
        """Kabar Daerah: the regions with the newest articles, and those articles."""
        return self.all_regional()[: self._settings.blocks.regions]

    @shared
    def all_regional(self) -> tuple[RegionNews, ...]:
        """Every region with its newest articles; the region with the newest article first."""
        most = self._settings.blocks.regional
        news = []
        for group in self._edition.groups["region"].values():
            current = [a for a in group.articles if not self.archive.moment.expired(a)]
            if current:
                news.append((-current[-1].date.timestamp(), group.slug, group, current))
        ordered = sorted(news, key=lambda entry: entry[:2])
        return tuple(RegionNews(self._term(group), self._cards(reversed(c[-most:]))) for *_, group, c in ordered)

    # -- terms and lists

    @shared
    def terms(self, taxonomy: Taxonomy) -> tuple[Term, ...]:
        """All tags, editors, sections or regions, by name."""
        groups = self._edition.groups[taxonomy].values()
        return tuple(self._term(group) for group in sorted(groups, key=lambda g: (g.name.casefold(), g.slug)))

    @shared
    def term(self, taxonomy: Taxonomy, slug: str) -> Term:
        """One tag, editor, section or region."""
        return self._term(self._edition.groups[taxonomy][slug])

    @shared
    def section_news(self, slug: str, most: int) -> tuple[Card, ...]:
        """The newest articles of a section; expired ones are left out."""
        articles = self._edition.groups["section"][slug].articles
        return self._cards([a for a in reversed(articles) if not self.archive.moment.expired(a)][:most])

    def roles(self, slug: str) -> tuple[str, ...]:
        """The roles in which a person stands in the archive: `editor`, `author`, or both."""
        articles = self._edition.groups["editor"][slug].articles
        edits = any(slug_of(name) == slug for a in articles for name in a.editors)
        writes = any(slug_of(name) == slug for a in articles for name in a.authors)
        return tuple(role for role, has in (("editor", edits), ("author", writes)) if has)

    def note(self, taxonomy: Taxonomy, slug: str) -> Document | None:
        """The file that describes a tag, editor, section or region."""
        return self._edition.groups[taxonomy][slug].note

    def latest_list(self, number: int) -> Listing:
        """A page of the list of all articles."""
        return self._listing(self._edition.articles, self._addresses.block(self.language, "latest"), number)

    def term_list(self, taxonomy: Taxonomy, slug: str, number: int) -> Listing:
        """A page of the list of a term's articles."""
        group = self._edition.groups[taxonomy][slug]
        return self._listing(group.articles, self._addresses.term(self.language, taxonomy, slug), number)

    def day_list(self, year: int, month: int, day: int, number: int) -> Listing:
        """A page of the list of a day's articles."""
        articles = self._edition.by_day[year, month, day]
        return self._listing(articles, self._addresses.time(self.language, year, month, day), number)

    def _listing(self, articles: tuple[Article, ...], front: str, number: int) -> Listing:
        size = self._settings.page_size
        last = last_numbered(len(articles), size)
        members = articles[last * size :] if number == 0 else articles[(number - 1) * size : number * size]
        older = (last if number == 0 else number - 1) or -1

        def at(page: int) -> str:
            return self._addresses.link(self._addresses.numbered(self.language, front, page)) if page >= 0 else ""

        # A numbered page always points at the number after it, so that it never changes: after the last stands a page that
        # leads on to the front.
        return Listing(self._cards(reversed(members)), number, at(0), older=at(older), newer=at(number + 1) if number else "")

    # -- time

    @shared
    def years(self) -> tuple[Day, ...]:
        """The years that have articles, newest first."""
        return tuple(self._period(year, count=sum(months.values())) for year, months in reversed(self._edition.by_year.items()))

    @shared
    def year(self, year: int) -> Calendar:
        """A year and its months."""
        months = self._edition.by_year[year]
        parts = tuple(self._period(year, month, count=count) for month, count in months.items())
        return self._calendar(date(year, 1, 1), parts, [(y,) for y in self._edition.by_year], (year,))

    @shared
    def month(self, year: int, month: int) -> Calendar:
        """A month and its days."""
        days = self._edition.by_month[year, month]
        parts = tuple(self._period(year, month, day, count=count) for day, count in days.items())
        return self._calendar(date(year, month, 1), parts, self._months, (year, month))

    @shared
    def day(self, year: int, month: int, day: int) -> Calendar:
        """A day, with the nearest other days that have articles."""
        return self._calendar(date(year, month, day), (), self._days, (year, month, day))

    @property
    def _months(self) -> list[tuple[int, int]]:
        return self._kept("months", lambda: list(self._edition.by_month))

    @property
    def _days(self) -> list[tuple[int, int, int]]:
        return self._kept("days", lambda: list(self._edition.by_day))

    def _kept(self, name: str, make: Callable[[], list[T]]) -> list[T]:
        key = (name, self.language)
        if key not in self.answers:
            self.answers[key] = make()
        return self.answers[key]  # type: ignore[return-value]

    def month_news(self, year: int, month: int) -> tuple[tuple[Day, tuple[Card, ...]], ...]:
        """The days of a month, newest first, each with its articles."""
        days = self._edition.by_month[year, month]
        return tuple(
            (
                self._period(year, month, day, count=days[day]),
                self._cards(reversed(self._edition.by_day[year, month, day])),
            )
            for day in reversed(days)
        )

    def _period(self, year: int, month: int = 0, day: int = 0, count: int = 0) -> Day:
        address = self._addresses.link(self._addresses.time(self.language, year, month, day))
        return Day(date(year, month or 1, day or 1), address, count)

    def _calendar(
        self, at: date, parts: tuple[Day, ...], all_periods: Sequence[tuple[int, ...]], own: tuple[int, ...]
    ) -> Calendar:
        place = bisect_left(all_periods, own)
        before = self._period(*all_periods[place - 1]) if place else None
        after = self._period(*all_periods[place + 1]) if place + 1 < len(all_periods) else None
        return Calendar(at, self._period(*own).address, parts, before, after)

    @shared
    def day_address(self, year: int, month: int, day: int) -> str:
        """The address of a day's page; "" if the day has no articles."""
        has = (year, month, day) in self._edition.by_day
        return self._addresses.link(self._addresses.time(self.language, year, month, day)) if has else ""

    # -- making the small values

    def _link(self, document: Document) -> str:
        return self._addresses.link(self.archive.address(document))

    def _cards(self, articles: Iterable[Article]) -> tuple[Card, ...]:
        return tuple(self._card(article) for article in articles)

    def _card(self, article: Article) -> Card:
        key = ("card", article.key)
        card = self.answers.get(key)
        if card is None:
            section = self.archive.editions[article.language].groups["section"].get(slug_of(article.section or "-"))
            card = self.answers[key] = Card(
                title=article.title,
                address=self._link(article),
                date=article.date,
                summary=article.summary,
                section=section.name if section else "",
                photo=self.archive.photo(article, article.image) if article.image else None,
                id=article.id,
            )
        return card  # type: ignore[return-value]

    def _term(self, group: Group) -> Term:
        key = ("term", group.language, group.taxonomy, group.slug)
        term = self.answers.get(key)
        if term is None:
            address = self._addresses.term(group.language, group.taxonomy, group.slug)
            term = self.answers[key] = Term(
                group.taxonomy,
                group.name,
                group.slug,
                self._addresses.link(address),
                self._addresses.link(self._addresses.feed(group.language, address)),
                len(group.articles),
            )
        return term  # type: ignore[return-value]

    def standing_page(self, key: str) -> StandingPage:
        """A page without a date."""
        return next(page for page in self.archive.pages if page.key == key)


def last_numbered(count: int, size: int) -> int:
    """How many numbered pages a list of `count` articles has, `size` on each.

    The front shows what stands on no numbered page yet: at least `size` articles (where there are so many) and at most
    2 * size - 1, so a numbered page is full when it is made and never changes again.
    """
    return max(0, count // size - 1)
