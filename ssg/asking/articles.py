"""Questions about one article."""

from __future__ import annotations

import math
from collections.abc import Iterable
from hashlib import blake2b

from ssg.archive import Taxonomy, names_in
from ssg.asking.questions import settled
from ssg.asking.site import SiteQuestions
from ssg.asking.views import ArticleView, DrawnPicture, Link, Role, Story
from ssg.drawing import HEIGHT, WIDTH
from ssg.model import Article, Body, Card, StandingPage, Term
from ssg.slugs import slug_of

WORDS_A_MINUTE = 200
STEPS = 3  # of its story before an article, and as many after it: a new step changes the pages of so few, and of one


class ArticleQuestions(SiteQuestions):
    """Questions about an article, its body, and what stands beside it."""

    def article(self, path: str) -> ArticleView:
        """Everything that the page of an article shows of it."""
        return self._view(self._archive.article[path])

    def _mark_article(self, path: str) -> bytes:
        return self._mark_view(self._archive.article[path])

    def _into_article(self, path: str) -> Iterable[str]:
        return (path,)

    def _mark_view(self, article: Article) -> bytes:
        """16 bytes: of the source file, of what the archive calls its tags and people, and of its card."""
        mark = self._view_marks.get(article.path)
        if mark is None:
            parts = [article.body_key, str(article.date > self._archive.moment.now)]
            parts += self._archive.editions[article.language].renamed(article)
            mark = blake2b("\0".join(parts).encode() + self._mark_card(article), digest_size=16).digest()
            self._view_marks[article.path] = mark
        return mark

    def _view(self, article: Article) -> ArticleView:
        roles = (("editor", article.editors), ("author", article.authors))
        sections = self._terms_of(article, "section")
        return ArticleView(
            id=article.id,
            path=article.path,
            title=article.title,
            address=self._link(article),
            date=article.date,
            updated=article.updated,
            changed=article.changed,
            roles=tuple(Role(role, self._people(names, article.language)) for role, names in roles if names),
            section=sections[0] if sections else None,
            regions=self._terms_of(article, "region"),
            tags=self._terms_of(article, "tag"),
            source=article.source,
            photo=self._archive.photo(article, article.image) if article.image else None,
            drawn=self._drawn(article),
            summary=self._archive.summary(article),
            standfirst=self._archive.summary(article) if article.standfirst else "",
            corrections=article.corrections,
            withdrawn=article.withdrawn,
            draft=article.draft,
            scheduled=article.date > self._archive.moment.now,
            canonical=article.canonical,
            language=article.language,
            words=article.words,
            minutes=max(1, math.ceil(article.words / WORDS_A_MINUTE)),
            extra=article.extra,
        )

    def _drawn(self, article: Article) -> DrawnPicture | None:
        if not self._archive.has_card(article):
            return None
        return DrawnPicture(self._addresses.link(self._archive.card(article)), WIDTH, HEIGHT, article.title)

    def _terms_of(self, article: Article, taxonomy: Taxonomy) -> tuple[Term, ...]:
        slugs = dict.fromkeys(slug_of(name) for name in names_in(article, taxonomy))
        groups = self._archive.editions[article.language].groups[taxonomy]
        return tuple(self._term(groups[slug]) for slug in slugs if slug in groups)

    def _people(self, names: tuple[str, ...], language: str) -> tuple[Term, ...]:
        groups = self._archive.editions[language].groups["editor"]
        people = {slug_of(name): name for name in reversed(names)}  # of two spellings the first
        return tuple(
            self._term(groups[slug]) if slug in groups else Term("editor", people[slug], slug, "", "")
            for slug in dict.fromkeys(slug_of(name) for name in names)
        )

    def body(self, path: str) -> Body:
        """The body of the document of a source file: HTML with typed holes. Whoever asks for it may fill them."""
        return self._bodies(self._archive.document[path])

    def _mark_body(self, path: str) -> bytes:
        document = self._archive.document[path]
        parts = [document.body_key, self._settings.dateline, self.site().title]
        for target in document.links:
            found = self._archive.links.find(target, document)
            parts.append(f"{found.address}\0{found.document.title if found.document else ''}" if found else "\1")
        parts += [self._mark_photo(document, picture) for picture in document.pictures]
        return blake2b("\0".join(parts).encode(), digest_size=16).digest()

    def _into_body(self, path: str) -> Iterable[str]:
        return (path,)

    def document(self, path: str) -> Article:
        """The article of a source file, for whoever renders its body."""
        return self._archive.article[path]

    def _mark_document(self, path: str) -> bytes:
        return self._archive.document[path].body_key.encode()

    def _into_document(self, path: str) -> Iterable[str]:
        return (path,)

    # -- what stands beside an article

    def related(self, path: str) -> tuple[Card, ...]:
        """Terkait: what front matter names comes first, then the ranking; nothing that the body already links to.

        Of its running story only what is named: the story has a page.
        """
        return self._cards(self._related(path))

    def _mark_related(self, path: str) -> bytes:
        return self._mark_cards(self._related(path))

    def _into_related(self, path: str) -> Iterable[str]:
        return (path,)  # the ranking reads its text

    def _related(self, path: str) -> Iterable[Article]:
        return self._archive.related(self._archive.article[path])

    def read_also(self, path: str) -> tuple[Card, ...]:
        """What stands in the gaps of a text as `Baca Juga`: earlier articles close to it, and none that Terkait shows."""
        return self._cards(self._read_also(path))

    def _mark_read_also(self, path: str) -> bytes:
        return self._mark_cards(self._read_also(path))

    def _into_read_also(self, path: str) -> Iterable[str]:
        return (path,)

    def _read_also(self, path: str) -> Iterable[Article]:
        return self._archive.read_also(self._archive.article[path])

    def latest_before(self, path: str) -> tuple[Card, ...]:
        """Terkini as it stood when an article was published."""
        return self._cards(self._latest_before(path))

    def _mark_latest_before(self, path: str) -> bytes:
        return self._mark_cards(self._latest_before(path))

    def _latest_before(self, path: str) -> Iterable[Article]:
        return self._edition.before(self._archive.article[path], self._settings.blocks.latest)

    def neighbours(self, path: str) -> tuple[Card | None, Card | None]:
        """The articles just before and just after one, in its section if it has one."""
        before, after = self._edition.neighbours(self._archive.article[path])
        return (self._card(before) if before else None, self._card(after) if after else None)

    def _mark_neighbours(self, path: str) -> bytes:
        both = self._edition.neighbours(self._archive.article[path])
        return b",".join([self._mark_card(article) if article else b"-" for article in both])

    def story(self, path: str) -> Story | None:
        """The running story that an article belongs to, and its steps around the article, at most three on either side."""
        found = self._edition.steps(self._archive.article[path], STEPS)
        if found is None:
            return None
        first = self._card(found.first) if found.first else None
        return Story(self._term(found.group), first, self._cards(found.earlier), self._cards(found.later), found.goes_on)

    def _mark_story(self, path: str) -> bytes:
        found = self._edition.steps(self._archive.article[path], STEPS)
        if found is None:
            return b"-"
        first = (found.first,) if found.first else ()
        shape = f"{found.group.name}\0{found.group.slug}\0{len(first)} {len(found.earlier)} {found.goes_on}\0"
        return shape.encode() + self._mark_cards((*first, *found.earlier, *found.later))

    def translations(self, path: str) -> tuple[tuple[str, Link], ...]:
        """An article or a page without a date in other languages: language code, and link."""
        return tuple((d.language, Link(d.title, self._link(d))) for d in self._translations(path))

    def _mark_translations(self, path: str) -> bytes:
        return "\0".join([f"{d.language} {self._link(d)} {d.title}" for d in self._translations(path)]).encode()

    def _translations(self, path: str) -> Iterable[Article | StandingPage]:
        return self._archive.translations(self._archive.article.get(path) or self._archive.page[path])

    @settled
    def feed_id(self, article: ArticleView) -> str:
        """The permanent id of an article in feeds: a tag URI (RFC 4151)."""
        return self._addresses.feed_id(article.id)
