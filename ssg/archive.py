"""All Articles, and what is known of them together. It is asked; it is never changed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import groupby
from posixpath import normpath
from typing import Literal

import msgspec

from ssg.addresses import Addresses, clean_address, slug_of
from ssg.model import Article, Image, Photo, Place, Problem, StandingPage, Target, TermNote
from ssg.problems import CATALOGUE, nearest, problem
from ssg.reading.pictures import PhotoFile, file_behind
from ssg.settings import Settings, languages_of

Taxonomy = Literal["tag", "editor", "section", "region"]
TAXONOMIES: tuple[Taxonomy, ...] = ("tag", "editor", "section", "region")

Document = Article | StandingPage | TermNote

_SUGGESTIONS = 20  # looking for the nearest name takes a while in a large archive


class Moment(msgspec.Struct, frozen=True):
    """What decides which articles are published: the time, and whether drafts and the future count."""

    now: datetime
    drafts: bool = False
    future: bool = False

    def publishes(self, article: Article) -> bool:
        """Whether the article has a page at this moment, expiry aside."""
        return (self.drafts or not article.draft) and (self.future or article.date <= self.now)

    def expired(self, article: Article) -> bool:
        """Whether the article's `expires` has come."""
        return article.expires is not None and article.expires <= self.now


class Sources(msgspec.Struct, frozen=True):
    """All that reading found, by path. `files` are attachments and static files: path, and name on disk."""

    articles: tuple[Article, ...] = ()
    pages: tuple[StandingPage, ...] = ()
    notes: tuple[TermNote, ...] = ()
    files: Mapping[str, str] = {}
    photos: Mapping[str, PhotoFile] = {}
    popular: tuple[str, ...] = ()  # ids, most read first
    assets: tuple[str, ...] = ()  # the theme's static files, by their path below its `static/`


class Group(msgspec.Struct, frozen=True):
    """A tag, person, section or region with its articles, oldest first."""

    taxonomy: Taxonomy
    slug: str
    name: str
    language: str
    articles: tuple[Article, ...]
    note: TermNote | None = None


class Found(msgspec.Struct, frozen=True):
    """What a link leads to: an address, and the document that stands there (None: a file, or an address as written)."""

    address: str
    document: Document | None = None


def order(article: Article) -> tuple[datetime, str]:
    """The total order of articles: by date, then id."""
    return article.date, article.id


class Edition:
    """The published articles of one language, in order, and the indexes over them."""

    def __init__(self, language: str, articles: Sequence[Article], notes: Iterable[TermNote], moment: Moment) -> None:
        self.language = language
        self.articles = tuple(sorted(articles, key=order))
        self.current = tuple(a for a in self.articles if not moment.expired(a))
        self._place = {article.key: n for n, article in enumerate(self.articles)}
        self._notes = {(note.taxonomy, note.slug): note for note in notes}
        self.groups: dict[Taxonomy, dict[str, Group]] = {taxonomy: self._group(taxonomy) for taxonomy in TAXONOMIES}

    def _group(self, taxonomy: Taxonomy) -> dict[str, Group]:
        members: dict[str, list[Article]] = defaultdict(list)
        names: dict[str, str] = {}
        for article in self.articles:
            for slug, name in {slug_of(name): name for name in reversed(names_in(article, taxonomy))}.items():
                names.setdefault(slug, name)
                members[slug].append(article)
        for kind, slug in self._notes:
            if kind == taxonomy:
                members.setdefault(slug, [])
        groups = {}
        for slug in sorted(members):
            note = self._notes.get((taxonomy, slug))
            name = note.title if note else names[slug]
            groups[slug] = Group(taxonomy, slug, name, self.language, tuple(members[slug]), note)
        return groups

    def neighbours(self, article: Article) -> tuple[Article | None, Article | None]:
        """The articles just before and just after `article`, in its section if it has one."""
        if article.key not in self._place:
            return None, None
        articles: Sequence[Article] = self.articles
        place = self._place[article.key]
        if article.section:
            articles = self.groups["section"][slug_of(article.section)].articles
            place = self._places_in_section[article.key]
        before = articles[place - 1] if place else None
        after = articles[place + 1] if place + 1 < len(articles) else None
        return before, after

    @cached_property
    def _places_in_section(self) -> dict[str, int]:
        return {a.key: n for group in self.groups["section"].values() for n, a in enumerate(group.articles)}

    def before(self, article: Article, most: int) -> tuple[Article, ...]:
        """The newest articles as they stood when `article` was published: those just before it, newest first."""
        place = self._place.get(article.key, 0)
        return tuple(reversed(self.articles[max(0, place - most) : place]))

    @cached_property
    def by_day(self) -> dict[tuple[int, int, int], tuple[Article, ...]]:
        """The articles of each day, oldest first."""
        grouped = groupby(self.articles, key=lambda a: (a.date.year, a.date.month, a.date.day))
        return {day: tuple(articles) for day, articles in grouped}

    @cached_property
    def by_month(self) -> dict[tuple[int, int], dict[int, int]]:
        """How many articles each day of each month has."""
        months: dict[tuple[int, int], dict[int, int]] = defaultdict(dict)
        for (year, month, day), articles in self.by_day.items():
            months[year, month][day] = len(articles)
        return dict(months)

    @cached_property
    def by_year(self) -> dict[int, dict[int, int]]:
        """How many articles each month of each year has."""
        years: dict[int, dict[int, int]] = defaultdict(dict)
        for (year, month), days in self.by_month.items():
            years[year][month] = sum(days.values())
        return dict(years)

    @cached_property
    def picks(self) -> tuple[Article, ...]:
        """The desk's picks in the editor's order: numbered ones first, then the newest."""
        picked = [a for a in reversed(self.current) if a.pick]
        return tuple(sorted(picked, key=lambda a: a.pick))


def names_in(article: Article, taxonomy: Taxonomy) -> tuple[str, ...]:
    """What an article says for one taxonomy. Editors and authors are people alike: a person has one page with all roles."""
    if taxonomy == "tag":
        return article.tags
    if taxonomy == "region":
        return article.regions
    if taxonomy == "section":
        return (article.section,) if article.section else ()
    return article.editors + article.authors


class Archive:
    """The archive at one moment: everything that has a page, where it stands, and what links lead to."""

    def __init__(self, settings: Settings, sources: Sources, moment: Moment) -> None:
        self.settings = settings
        self.sources = sources
        self.moment = moment
        self.addresses = Addresses(settings)
        self.languages = languages_of(settings)
        hide = settings.expired == "hide"
        public = [a for a in sources.articles if moment.publishes(a) and not (hide and moment.expired(a))]
        self.articles = tuple(sorted(public, key=order))
        self.pages = tuple(p for p in sources.pages if moment.drafts or not p.draft)
        self.article = {a.key: a for a in self.articles}
        self.by_id = {a.id: a for a in self.articles}
        self._address = {a.path: self._article_address(a) for a in self.articles}
        self._address |= {p.path: self._page_address(p) for p in self.pages}
        self._address |= {
            n.path: self.addresses.term(n.language, n.taxonomy, n.slug) for n in sources.notes if n.language in self.languages
        }
        self.editions = {
            language: Edition(
                language,
                [a for a in self.articles if a.language == language and not a.withdrawn],
                [n for n in sources.notes if n.language == language],
                moment,
            )
            for language in self.languages
        }

    # -- where things stand

    def _article_address(self, article: Article) -> str:
        return self.addresses.article(
            date=article.date,
            slug=article.slug,
            section=article.section,
            id=article.id,
            language=article.language,
            key=article.key,
        )

    def _page_address(self, page: StandingPage) -> str:
        if page.address:
            try:
                return clean_address(page.address)
            except ValueError:
                return page.address  # named by `problems`
        return f"{self.addresses.root(page.language)}{page.slug}/"

    def address(self, document: Document) -> str:
        """The address of the page of a document of this archive."""
        return self._address[document.path]

    def attachment(self, document: Document, file: str) -> str:
        """The address at which a file is published for a document: beside its page, or where static/ puts it."""
        if file.startswith("static/"):
            return file.removeprefix("static")
        folder = document.path.rpartition("/")[0] + "/"
        inside = file.removeprefix(folder) if file.startswith(folder) else file.rpartition("/")[2]
        return self.address(document).rpartition("/")[0] + "/" + inside

    def photo(self, document: Document, image: Image) -> Photo | None:
        """The picture that `image` means in a document, ready to show; None if it is not there or not readable."""
        file = self.sources.photos.get(file_behind(document.path, image.src))
        if file is None:
            return None
        address = self.addresses.link(self.attachment(document, file.path))
        return Photo(
            address, file.width, file.height, file.size, file.type, alt=image.alt, caption=image.caption, credit=image.credit
        )

    # -- what links lead to

    @property
    def dated_and_standing(self) -> tuple[Article | StandingPage, ...]:
        """All articles, then all pages without a date."""
        return (*self.articles, *self.pages)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Everything that has a body: articles, pages without a date, and notes on tags and the like."""
        return (*self.articles, *self.pages, *(n for n in self.sources.notes if n.path in self._address))

    @cached_property
    def _by_path(self) -> dict[str, Document]:
        return {d.path.removeprefix("content/"): d for d in self.documents}

    @cached_property
    def _by_slug(self) -> dict[str, list[Document]]:
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self.dated_and_standing:
            found[document.slug].append(document)
        return found

    @cached_property
    def _by_name(self) -> dict[str, list[Document]]:
        found: dict[str, list[Document]] = defaultdict(list)
        for document in self.documents:
            found[_name(document.path)].append(document)
        return found

    def candidates(self, target: Target, source: Document) -> list[Found]:
        """Everything that a link could mean: none, the one thing, or several."""
        if target.how in ("site", "page"):
            return [Found(target.to)]
        if target.how == "path":
            return self._at_path(target.to, source)
        documents = self._by_reference(target.to, source) if target.how == "ref" else self._by_word(target.to)
        if len(documents) > 1:
            same = [d for d in documents if d.language == source.language]
            documents = same or documents
        return [Found(self.address(d), d) for d in documents]

    def find(self, target: Target, source: Document) -> Found | None:
        """What a link leads to; None if nothing or more than one thing answers to it."""
        found = self.candidates(target, source)
        return found[0] if len(found) == 1 else None

    def _at_path(self, path: str, source: Document) -> list[Found]:
        document = self._by_path.get(path) or self._by_path.get(f"{path.rstrip('/')}/index.md")
        if document:
            return [Found(self.address(document), document)]
        file = f"content/{path}"
        return [Found(self.attachment(source, file))] if file in self.sources.files else []

    def _by_word(self, word: str) -> list[Document]:
        if word in self.by_id:
            return [self.by_id[word]]
        return self._by_slug.get(word, [])

    def _by_reference(self, written: str, source: Document) -> list[Document]:
        """Another generator's reference: a path from the content's root or from the file itself, a file's name, or a slug.

        The root of the other site may lie above or below ours, so of two paths one may be the tail of the other.
        """
        path = written.strip("/")
        folder = source.path.removeprefix("content/").rpartition("/")[0]
        exact = [
            p for p in (path, f"{path}.md", f"{path}/index.md") for p in (p, normpath(f"{folder}/{p}")) if p in self._by_path
        ]
        if exact:
            return [self._by_path[exact[0]]]
        stem = _stem(path)
        named = self._by_name.get(_name(path), [])
        tails = [d for d in named if _is_tail(_stem(d.path.removeprefix("content/")), stem)]
        return tails or ([] if "/" in stem else self._by_word(stem))

    # -- what is wrong

    def problems(self) -> Iterator[Problem]:
        """Everything wrong that shows only when all articles are seen together."""
        yield from self._twice((a.id, a) for a in self.articles)
        yield from self._twice_noted()
        yield from self._bad_links()
        for article in self.articles:
            for reference in article.related:
                if len(self.candidates(self._reference(reference, article), article)) != 1:
                    what = f"`related` names {reference!r}, which is no article of this archive"
                    yield problem(article.place("related"), "related.missing", what)
            if article.translation_of and article.translation_of not in self.by_id:
                what = f"`translation_of` names {article.translation_of!r}, which is no article's id"
                yield problem(article.place("translation_of"), "translation.missing", what)
        for page in self.dated_and_standing:
            for alias in page.aliases:
                yield from _escaping(page.place("aliases"), alias)
            if isinstance(page, StandingPage) and page.address:
                yield from _escaping(page.place("address"), page.address)

    def _twice(self, ids: Iterable[tuple[str, Article]]) -> Iterator[Problem]:
        first: dict[str, Article] = {}
        for id, article in ids:
            other = first.setdefault(id, article)
            if other is not article:
                what = f"the id {id!r} is also that of {other.place('id')}"
                yield problem(article.place("id"), "id.twice", what)

    def _twice_noted(self) -> Iterator[Problem]:
        first: dict[tuple[str, str, str], TermNote] = {}
        for note in self.sources.notes:
            other = first.setdefault((note.language, note.taxonomy, note.slug), note)
            if other is not note:
                what = f"the {note.taxonomy} {note.slug!r} is also described in {other.path}"
                yield problem(Place(note.path), "note.twice", what)

    def _bad_links(self) -> Iterator[Problem]:
        missing = 0
        for document in self.documents:
            for target in document.links:
                found = self.candidates(target, document)
                place = Place(document.path, target.line)
                if not found:
                    missing += 1
                    mend = self._mend_link(target, suggest=missing <= _SUGGESTIONS)
                    what = f"the link to {target.to!r} leads nowhere{self._why_absent(target)}"
                    yield problem(place, "link.missing", what, mend)
                elif len(found) > 1:
                    names = ", ".join(f.document.path for f in found if f.document)
                    yield problem(place, "link.ambiguous", f"{target.to!r} could mean any of {names}")

    def _why_absent(self, target: Target) -> str:
        path = self._unpublished.get(target.to)
        return f": {path} is not published (a draft, in the future, or expired)" if path else ""

    @cached_property
    def _unpublished(self) -> dict[str, str]:
        hidden = [a for a in self.sources.articles if a.key not in self.article]
        return {name: a.path for a in hidden for name in (a.slug, a.id, a.path.removeprefix("content/"))}

    def _mend_link(self, target: Target, suggest: bool) -> str:
        known: Iterable[str] = self._by_slug if target.how == "slug" else self._by_path
        guess = nearest(target.to, known) if suggest else ""
        cure = CATALOGUE["link.missing"].cure
        return f"Did you mean {guess!r}? {cure}" if guess else cure

    def has_block(self, name: str, language: str) -> bool:
        """Whether a block (`latest`, `picks`, `popular`, `regional`) has anything to show, and the settings want it."""
        blocks, edition = self.settings.blocks, self.editions[language]
        if name == "latest":
            return bool(blocks.latest and edition.current)
        if name == "picks":
            return bool(blocks.picks and edition.picks)
        if name == "popular":
            return bool(blocks.popular and self.popular[language])
        return bool(blocks.regional and blocks.regions and edition.groups["region"])

    # -- relations that front matter states

    def _reference(self, written: str, source: Article) -> Target:
        return Target("slug" if not written.endswith(".md") else "ref", written)

    def related_by_hand(self, article: Article) -> tuple[Article, ...]:
        """What the article's own `related` names, in its order."""
        found = (self.find(self._reference(written, article), article) for written in article.related)
        return tuple(f.document for f in found if f and isinstance(f.document, Article) and f.document is not article)

    def linked(self, article: Article) -> frozenset[str]:
        """The keys of the articles that the body of `article` links to."""
        found = (self.find(target, article) for target in article.links)
        return frozenset(f.document.key for f in found if f and isinstance(f.document, Article))

    @cached_property
    def _translations(self) -> dict[str, tuple[Article, ...]]:
        groups: dict[str, list[Article]] = defaultdict(list)
        for article in self.articles:
            groups[article.translation_of or article.id].append(article)
        return {id: tuple(members) for id, members in groups.items() if len(members) > 1}

    def translations(self, article: Article) -> tuple[Article, ...]:
        """The same article in other languages, in the order of the site's languages."""
        members = self._translations.get(article.translation_of or article.id, ())
        return tuple(sorted((a for a in members if a is not article), key=lambda a: (self.languages.index(a.language), a.id)))

    @cached_property
    def _stories(self) -> dict[tuple[str, str], tuple[Article, ...]]:
        groups: dict[tuple[str, str], list[Article]] = defaultdict(list)
        for edition in self.editions.values():
            for article in edition.articles:
                if article.story:
                    groups[edition.language, slug_of(article.story)].append(article)
        return {story: tuple(members) for story, members in groups.items()}

    def story(self, article: Article) -> tuple[Article, ...]:
        """All articles of the running story that `article` belongs to, oldest first, itself among them; () if it has none."""
        return self._stories.get((article.language, slug_of(article.story)), ()) if article.story else ()

    @cached_property
    def popular(self) -> dict[str, tuple[Article, ...]]:
        """For each language the most read articles, most read first."""
        found = [self.by_id[id] for id in self.sources.popular if id in self.by_id]
        keep: Callable[[Article], bool] = lambda a: not (a.withdrawn or self.moment.expired(a))  # noqa: E731 - one line, used once
        return {language: tuple(a for a in found if a.language == language and keep(a)) for language in self.languages}


def _escaping(place: Place, written: str) -> Iterator[Problem]:
    try:
        clean_address(written)
    except ValueError as reason:
        yield problem(place, "address.escape", f"{written!r} cannot be an address: {reason}")


def _stem(path: str) -> str:
    return path.removesuffix("/index.md").removesuffix("/_index.md").removesuffix(".md").casefold()


def _name(path: str) -> str:
    return _stem(path).rpartition("/")[2]


def _is_tail(one: str, other: str) -> bool:
    long, short = (one, other) if len(one) >= len(other) else (other, one)
    return long == short or long.endswith("/" + short)
