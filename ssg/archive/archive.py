"""The archive at one moment: everything that has a page, where it stands, and how it hangs together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from functools import cached_property
from itertools import chain, groupby
from pathlib import Path
from types import MappingProxyType

import msgspec

from ssg.addresses import SEARCH_SCRIPT, Addresses, card, clean_address, smaller
from ssg.archive.alphabet import by_letter
from ssg.archive.amendments import Amendment, amendments
from ssg.archive.closed import Closed, closed, still_open
from ssg.archive.edition import Edition, Group, Moment
from ssg.archive.indexed import Indexed, indexed, news
from ssg.archive.links import Links, reference
from ssg.archive.searched import Searched, searched
from ssg.archive.suggestions import Suggestions
from ssg.darkroom import SUFFIXES, planned
from ssg.drawing import drawable
from ssg.model import Article, Document, Image, Photo, PhotoSource, Scaled, StandingPage, TermNote
from ssg.reading.pictures import PhotoFile, file_behind
from ssg.related import Explanation, Teller
from ssg.settings import Settings, languages_of
from ssg.slugs import slug_of

_SLUG = re.compile(r"\[\[([^\[\]|]+)\]\]")


class Sources(msgspec.Struct, frozen=True):
    """All that reading found, by path. `files` are attachments and static files: path, and name on disk."""

    articles: tuple[Article, ...] = ()
    pages: tuple[StandingPage, ...] = ()
    notes: tuple[TermNote, ...] = ()
    files: Mapping[str, str] = {}
    photos: Mapping[str, PhotoFile] = {}
    popular: tuple[str, ...] = ()  # ids, most read first
    left_out: tuple[str, ...] = ()  # paths of documents that have errors
    assets: tuple[str, ...] = ()  # the theme's static files, by their path below its `static/`
    stamps: Mapping[str, str] = {}  # of those of `files` that are known not to change unseen: the same as long as the bytes are


def _sources(made: Iterable[tuple[Scaled, str]], own: str) -> tuple[PhotoSource, ...]:
    """The `sources` of a photo whose own type is `own`, of the smaller pictures that are made of it and their links."""
    sets: dict[str, list[str]] = {}
    for one, link in made:
        if one.type != own:
            sets.setdefault(one.type, []).append(f"{link} {one.width}w")
    return tuple(PhotoSource(type, ", ".join(links)) for type, links in sets.items())


class Archive:
    """The archive at one moment: everything that has a page, where it stands, and what links lead to."""

    def __init__(self, settings: Settings, sources: Sources, moment: Moment) -> None:
        self.settings = settings
        self.sources = sources
        self.moment = moment
        self.addresses = Addresses(settings)
        self.languages = languages_of(settings)
        hide = settings.expired == "hide"
        published = moment.published(sources.articles)
        self.articles = tuple([a for a in published if not (hide and moment.expired(a))])
        self.pages = tuple(p for p in sources.pages if moment.drafts or not p.draft)
        self.page = {p.path: p for p in self.pages}
        self.article = {a.path: a for a in self.articles}
        self._address = {a.path: self.addresses.of(a) for a in self.articles}
        self._address |= {p.path: self._page_address(p) for p in self.pages}
        self._address |= {
            n.path: self.addresses.term(n.language, n.taxonomy, n.slug) for n in sources.notes if n.language in self.languages
        }
        self.links = Links(self.documents, sources.files, self.address, self.attachment, settings.references)
        once = [a for a in published if a.withdrawn or a.path not in self.article]
        self.editions = {
            language: Edition(
                language,
                [a for a in self.articles if a.language == language and not a.withdrawn],
                [n for n in sources.notes if n.language == language],
                moment,
                [a for a in once if a.language == language],
            )
            for language in self.languages
        }
        self._suggestions: dict[str, Suggestions] | None = None

    def rank(
        self,
        told: Teller,
        files: Mapping[str, Path] = MappingProxyType({}),
        kept: Mapping[str, bytes] = MappingProxyType({}),
        texts: Set[str] | None = None,
    ) -> dict[str, bytes]:
        """Find out which articles are related, by their texts, which are `told`.

        `kept` is what an earlier call returned, for this archive or any other: bytes for each language, and `files` hold more.
        They only spare work; what is damaged, or was made by other code, spares none. `texts` are the paths of articles, if
        nothing but their texts has changed since. Returns what to keep for the next call, for each of `circles` in which there
        is anything worth keeping.
        """
        blocks = self.settings.blocks
        self._suggestions = {}
        kept_now = {}
        for name, languages in self.circles.items() if blocks.related or blocks.read_also else ():
            made = Suggestions(
                [a for a in self.articles if a.language in languages],
                {a.path for language in languages for a in self.editions[language].current},
                blocks.related,
                blocks.read_also,
                self.linked,
                self.related_by_hand,
                self._beside,
                told,
                files.get(name),
                kept.get(name),
                texts,
            )
            self._suggestions |= dict.fromkeys(languages, made)
            if made.kept:
                kept_now[name] = made.kept
        return kept_now

    @property
    def circles(self) -> dict[str, tuple[str, ...]]:
        """The languages whose articles are ranked together: by a name for each such circle, the codes."""
        if self.settings.related.languages == "all":
            return {"+".join(self.languages): self.languages}
        return {language: (language,) for language in self.languages}

    def ranked_anew(self) -> set[str]:
        """The paths of the articles that may have other related ones than when what `rank` was given was kept."""
        return {path for made in (self._suggestions or {}).values() for path in made.anew()}

    # -- where things stand

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
        file = self.photo_file(document, image)
        if file is None:
            return None
        address = self.attachment(document, file.path)
        folder = address.rpartition("/")[0]
        made = [(one, self.addresses.link(f"{folder}/{name}")) for one, name in self.smaller(file)]
        link, width, height, size = self.addresses.link(address), file.width, file.height, file.size
        own = [(one.width, beside) for one, beside in made if one.type == file.type]
        if file.stand_in and own and own[-1][0] == file.stand_in.width:
            _, link = own.pop()
            width, height, size = file.stand_in.width, file.stand_in.height, file.stand_in.size
        return Photo(
            *(link, width, height, size, file.type),
            alt=image.alt,
            caption=image.caption,
            credit=image.credit,
            sources=_sources(made, file.type),
            srcset=", ".join(f"{beside} {one}w" for one, beside in [*own, (width, link)]) if made else "",
        )

    def has_card(self, article: Article) -> bool:
        """Whether a picture is drawn of an article's headline: the settings want it, and it has no photo of its own."""
        if not self.settings.photos.card or article.withdrawn:
            return False
        shown = self.photo_file(article, article.image) if article.image else None
        return shown is None and drawable(article.title)

    def card(self, article: Article) -> str:
        """The address of the picture of an article's headline."""
        return card(self.address(article))

    def smaller(self, file: PhotoFile) -> tuple[tuple[Scaled, str], ...]:
        """The smaller pictures that are made of a photo, each with its name: no file that lies there already has it."""
        wanted = planned(file.width, file.height, file.type, self.settings.photos) if file.scales else ()
        files = self.sources.files
        named = [(one, smaller(file.path, one.width, SUFFIXES[one.type], files)) for one in wanted]
        return tuple([(one, path.rpartition("/")[2]) for one, path in named if path])

    def photo_file(self, document: Document, image: Image) -> PhotoFile | None:
        """The file of a picture that a document names; None if it is not there or not readable."""
        return self.sources.photos.get(file_behind(document.path, image.src))

    # -- what there is

    def summary(self, article: Article) -> str:
        """The summary, with the present titles of the articles that its text links to by slug."""
        if "[[" not in article.summary:
            return article.summary
        return _SLUG.sub(lambda found: self._title(found[1], article), article.summary)

    def _title(self, slug: str, source: Article) -> str:
        found = self.links.find(reference(slug), source)
        return found.document.title if found and found.document else slug

    @property
    def dated_and_standing(self) -> tuple[Article | StandingPage, ...]:
        """All articles, then all pages without a date."""
        return (*self.articles, *self.pages)

    @cached_property
    def documents(self) -> tuple[Document, ...]:
        """Everything that has a body: articles, pages without a date, and notes on tags and the like."""
        return (*self.articles, *self.pages, *(n for n in self.sources.notes if n.path in self._address))

    @cached_property
    def document(self) -> dict[str, Document]:
        """Everything that has a body, by its path."""
        return {document.path: document for document in self.documents}

    @cached_property
    def by_month(self) -> dict[tuple[int, int], tuple[Article, ...]]:
        """The articles of each month, of all languages, withdrawn ones too; oldest first."""
        grouped = groupby(self.articles, key=lambda a: (a.date.year, a.date.month))
        return {month: tuple(articles) for month, articles in grouped}

    @cached_property
    def closed(self) -> dict[str, tuple[Closed, ...]]:
        """For each language the closed parts of its archive, which have feeds of their own, oldest first; () without these."""
        feeds = self.settings.feeds
        return {code: closed(edition, feeds.size) if feeds.archive else () for code, edition in self.editions.items()}

    @cached_property
    def searched(self) -> dict[str, dict[tuple[int, int], Searched]]:
        """For each language the parts by which its articles are searched, by year and number, oldest first."""
        return {code: {(part.year, part.number): part for part in searched(edition)} for code, edition in self.editions.items()}

    @property
    def can_be_searched(self) -> bool:
        """Whether there are search pages: the settings want them, and the theme has the script."""
        return self.settings.search and SEARCH_SCRIPT in self.sources.assets

    @cached_property
    def indexed(self) -> tuple[Indexed, ...]:
        """Every page that search engines are told of."""
        return tuple(indexed(self))

    @cached_property
    def news(self) -> tuple[Article, ...]:
        """What the news sitemap tells of, newest first; () where the settings want none."""
        return news(self) if self.settings.sitemaps.news else ()

    @property
    def has_own_robots(self) -> bool:
        """Whether `static/` has a robots.txt, which stands in the place of the one that is made."""
        return "static/robots.txt" in self.sources.files

    def has_page_of(self, block: str, language: str) -> bool:
        """Whether there is anything for a page of its own of a block: `latest`, `picks`, `popular`, `regional`."""
        edition = self.editions[language]
        if block == "popular":
            return bool(self.popular[language])
        found = {
            "latest": edition.articles,
            "picks": edition.picks,
            "regional": any(g.articles for g in edition.groups["region"].values()),
        }
        return bool(found[block])

    def has_block(self, block: str, language: str) -> bool:
        """Whether other pages show a block: there is something for it, and the settings want it."""
        blocks = self.settings.blocks
        most = {
            "latest": blocks.latest,
            "picks": blocks.picks,
            "popular": blocks.popular,
            "regional": min(blocks.regional, blocks.regions),
        }
        return most[block] > 0 and self.has_page_of(block, language)

    # -- relations that front matter states

    def related_by_hand(self, article: Article) -> tuple[Article, ...]:
        """What the article's own `related` names, in its order."""
        found = (self.links.find(reference(written), article) for written in article.related)
        named = (f.document for f in found if f and isinstance(f.document, Article) and f.document is not article)
        return tuple({a.path: a for a in named}.values())

    def related(self, article: Article) -> tuple[Article, ...]:
        """What is related to an article: what it names itself comes first, then the ranking; nothing that its body links to."""
        found = self._suggested(article)
        return found.of(article) if found else ()

    def explained(self, article: Article) -> dict[str, Explanation]:
        """Why those in `related` and `read_also` are related to an article, by their paths."""
        found = self._suggested(article)
        return found.explained(article) if found else {}

    def _beside(self, article: Article) -> list[Article]:
        """What stands beside an article as well as its related ones: its running story, itself in other languages."""
        found = [other for other in self.story(article) if other is not article]
        if len(self.circles) < len(self.languages):
            found += [other for other in self.translations(article) if isinstance(other, Article)]
        return found

    def read_also(self, article: Article) -> tuple[Article, ...]:
        """What a text leads on to where its writer did not: earlier articles close to it, which `related` does not have."""
        found = self._suggested(article)
        return found.also_of(article) if found else ()

    def _suggested(self, article: Article) -> Suggestions | None:
        assert self._suggestions is not None, "`rank` comes first"
        return self._suggestions.get(article.language)

    def linked(self, article: Article) -> frozenset[str]:
        """The paths of the articles that the body of `article` links to."""
        found = [self.links.document(target, article) for target in article.links]
        return frozenset([document.path for document in found if isinstance(document, Article)])

    @cached_property
    def _translations(self) -> dict[str, tuple[Article | StandingPage, ...]]:
        groups: dict[str, list[Article | StandingPage]] = defaultdict(list)
        translated = {self._original(document) for document in self.dated_and_standing if document.translation_of}
        for document in self.dated_and_standing if translated else ():
            original = self._original(document)
            if original in translated and not (isinstance(document, Article) and document.withdrawn):
                groups[original].append(document)
        return {path: tuple(members) for path, members in groups.items() if len(members) > 1}

    def _original(self, document: Article | StandingPage) -> str:
        """The path of the document that this one translates, through however many steps; its own if it translates none."""
        seen = {document.path}
        while document.translation_of:
            original = self.original(document)
            if original is None or original.path in seen:
                break
            document = original
            seen.add(document.path)
        return document.path

    def original(self, document: Article | StandingPage) -> Article | StandingPage | None:
        """What `translation_of` names: an article by its id, a page by its path below `pages/` or by its slug."""
        if isinstance(document, Article):
            return self.links.by_id.get(document.translation_of)
        named = (p for p in self.pages if document.translation_of in (p.slug, p.key.partition("pages/")[2]))
        return next((page for page in named if page.path != document.path), None)

    def translations(self, document: Article | StandingPage) -> tuple[Article | StandingPage, ...]:
        """The same article or page in other languages, in the order of the site's languages."""
        groups = self._translations
        members = groups.get(self._original(document), ()) if groups else ()
        if not members:
            return ()
        others = (d for d in members if d is not document)
        return tuple(sorted(others, key=lambda d: (self.languages.index(d.language), d.path)))

    def story(self, article: Article) -> tuple[Article, ...]:
        """All articles of the running story that `article` belongs to, oldest first, itself among them; () if it has none."""
        group = self.editions[article.language].groups["story"].get(slug_of(article.story)) if article.story else None
        return group.articles if group else ()

    def still_open(self, language: str) -> tuple[Article, ...]:
        """The articles of a language that stand in none of its `closed` parts yet, oldest first; () without these."""
        feeds = self.settings.feeds
        return still_open(self.editions[language], feeds.size) if feeds.archive else ()

    @cached_property
    def popular(self) -> dict[str, tuple[Article, ...]]:
        """For each language the most read articles, most read first."""
        found = [self.links.by_id[id] for id in dict.fromkeys(self.sources.popular) if id in self.links.by_id]
        current = [a for a in found if not (a.withdrawn or self.moment.expired(a))]
        return {language: tuple(a for a in current if a.language == language) for language in self.languages}

    @cached_property
    def alphabets(self) -> dict[str, dict[str, tuple[Group, ...]]]:
        """For each language its tags, people, sections, regions and stories by the letters of their names (see `by_letter`)."""
        return {
            language: by_letter(chain.from_iterable(groups.values() for groups in edition.groups.values()))
            for language, edition in self.editions.items()
        }

    @cached_property
    def amendments(self) -> dict[str, tuple[Amendment, ...]]:
        """For each language the corrections and withdrawals of its articles, oldest first."""
        amended = [a for a in self.articles if a.corrections or a.withdrawn]
        return {language: amendments(a for a in amended if a.language == language) for language in self.languages}

    @property
    def taken_back(self) -> tuple[str, ...]:
        """The addresses of withdrawn articles, where a host that can be told to may answer 410 (RFC 9110, 15.5.11)."""
        return tuple(self.address(article) for article in self.articles if article.withdrawn)
