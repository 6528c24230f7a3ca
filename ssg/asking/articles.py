"""Questions about one article."""

from __future__ import annotations

import math

from ssg.addresses import slug_of
from ssg.archive import Taxonomy, names_in
from ssg.asking.site import SiteQuestions
from ssg.asking.views import ArticleView, Link, Role
from ssg.model import Article, Body, Card, Document, Image, Photo, Target, Term

WORDS_A_MINUTE = 200


class ArticleQuestions(SiteQuestions):
    """Questions about an article, its body, and what stands beside it."""

    def article(self, path: str) -> ArticleView:
        """Everything that the page of an article shows of it."""
        article = self._archive.article[path]
        return self._view(article)

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
            roles=tuple(Role(role, self._people(names)) for role, names in roles if names),
            section=sections[0] if sections else None,
            regions=self._terms_of(article, "region"),
            tags=self._terms_of(article, "tag"),
            source=article.source,
            photo=self._archive.photo(article, article.image) if article.image else None,
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

    def _terms_of(self, article: Article, taxonomy: Taxonomy) -> tuple[Term, ...]:
        slugs = dict.fromkeys(slug_of(name) for name in names_in(article, taxonomy))
        groups = self._edition.groups[taxonomy]
        return tuple(self._term(groups[slug]) for slug in slugs if slug in groups)

    def _people(self, names: tuple[str, ...]) -> tuple[Term, ...]:
        groups = self._edition.groups["editor"]
        people = {slug_of(name): name for name in reversed(names)}  # of two spellings the first
        return tuple(
            self._term(groups[slug]) if slug in groups else Term("editor", people[slug], slug, "", "")
            for slug in dict.fromkeys(slug_of(name) for name in names)
        )

    def body(self, document: Document) -> Body:
        """The body of a document: HTML with typed holes."""
        return self._bodies(document.body_key)

    def document(self, path: str) -> Article:
        """The article of a source file, for whoever renders its body."""
        return self._archive.article[path]

    def dateline(self, article: Article, written: str = "") -> str:
        """What stands before the first sentence of an article: what its front matter says and what its text begins with
        (`written`), else the site's own; "" for nothing."""
        own = [text for text in (article.dateline, written) if text]
        if own or article.dateline is not None:
            return " - ".join(own)
        return self._settings.dateline.replace("{title}", self.site().title)

    def link_to(self, target: Target, source: Document) -> tuple[str, str]:
        """Where a link in a document leads, and the title of what stands there; ("", "") if it leads nowhere."""
        if target.how == "page":
            return self._addresses.anchor(target.fragment), ""
        fragment = self._addresses.anchor(target.fragment)
        if target.how == "site":  # with a query it is as its author wrote it, else decoded
            address = self._addresses.written(target.to) if "?" in target.to else self._addresses.link(target.to)
            return address + fragment, ""
        found = self._archive.links.find(target, source)
        if found is None:
            return "", ""
        address = (found.address if found.outside else self._addresses.link(found.address)) + fragment
        return address, found.document.title if found.document else ""

    def address_of(self, document: Document) -> str:
        """Where the page of a document stands."""
        return self._link(document)

    def photo_in(self, source: Document, image: Image) -> Photo | None:
        """A picture in a document's body, or None if it is not there."""
        return self._archive.photo(source, image)

    # -- what stands beside an article

    def related(self, path: str) -> tuple[Card, ...]:
        """Terkait: what front matter names comes first, then the ranking; nothing that the body already links to."""
        article = self._archive.article[path]
        most = self._settings.blocks.related
        linked = self._archive.linked(article)
        by_hand = [a for a in self._archive.related_by_hand(article) if a.path not in linked and not a.withdrawn][:most]
        without = linked | {a.path for a in by_hand}
        ranked = self._edition.ranking.related(article, most - len(by_hand), without) if most > len(by_hand) else ()
        return tuple(self._card(a) for a in (*by_hand, *ranked))

    def latest_before(self, path: str) -> tuple[Card, ...]:
        """Terkini as it stood when an article was published."""
        return self._cards(self._edition.before(self._archive.article[path], self._settings.blocks.latest))

    def neighbours(self, path: str) -> tuple[Card | None, Card | None]:
        """The articles just before and just after one, in its section if it has one."""
        before, after = self._edition.neighbours(self._archive.article[path])
        return (self._card(before) if before else None, self._card(after) if after else None)

    def story(self, path: str) -> tuple[Card, ...]:
        """The other articles of the running story that an article belongs to, oldest first."""
        article = self._archive.article[path]
        return self._cards(a for a in self._archive.story(article) if a is not article)

    def translations(self, path: str) -> tuple[tuple[str, Link], ...]:
        """An article or a page without a date in other languages: language code, and link."""
        document = self._archive.article.get(path) or self._archive.page[path]
        return tuple((d.language, Link(d.title, self._link(d))) for d in self._archive.translations(document))

    def feed_id(self, article: ArticleView) -> str:
        """The permanent id of an article in feeds: a tag URI (RFC 4151)."""
        return self._addresses.feed_id(article.id)
