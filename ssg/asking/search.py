"""Questions about searching: where that is done, and what the parts of the index hold."""

from __future__ import annotations

from collections.abc import Iterable

from ssg.addresses import file_of
from ssg.archive import Searched
from ssg.asking.articles import ArticleQuestions
from ssg.asking.questions import shared
from ssg.asking.views import Findable, SearchLinks, SearchPart
from ssg.digests import of_value
from ssg.model import Article
from ssg.related.features import plain_text


class SearchQuestions(ArticleQuestions):
    """Questions about searching."""

    @shared
    def search_links(self) -> SearchLinks | None:
        """Where the articles of this language are searched; none where they are not."""
        if not self._archive.can_be_searched:
            return None
        link, addresses = self._addresses.link, self._addresses
        return SearchLinks(
            page=link(addresses.search(self.language)),
            parts=link(addresses.search_parts(self.language)),
            description=link(addresses.search_description(self.language)),
        )

    def findable(self, year: int, number: int) -> tuple[Findable, ...]:
        """The articles of a part of the index, oldest first."""
        return tuple(self._findable(article) for article in self._in_part(year, number))

    def _mark_findable(self, year: int, number: int) -> bytes:
        return b"".join([self._mark_view(article) for article in self._in_part(year, number)])

    def _into_findable(self, year: int, number: int) -> Iterable[str]:
        return (article.path for article in self._in_part(year, number))

    def _in_part(self, year: int, number: int) -> tuple[Article, ...]:
        return self._archive.searched[self.language][year, number].articles

    def _findable(self, article: Article) -> Findable:
        sections, people = self._terms_of(article, "section"), self._people(article.editors + article.authors, self.language)
        named = (*self._terms_of(article, "tag"), *self._terms_of(article, "region"), *self._terms_of(article, "story"))
        summary = self._archive.summary(article)
        text = plain_text(self._bodies(article))
        return Findable(
            title=article.title,
            address=self._link(article),
            date=article.date,
            summary=summary,
            section=sections[0] if sections else None,
            people=people,
            others=tuple(term.name for term in named),
            words=article.words,
            text=f"{text} {summary}" if article.standfirst else text,
        )

    # -- published files: for pages that are made last

    def search_parts(self) -> tuple[SearchPart, ...]:
        """The parts of the index, newest first."""
        return tuple(self._search_part(part) for part in self._made_parts())

    def _search_part(self, part: Searched) -> SearchPart:
        address = self._address_of_part(part)
        sha256, size = self._published.sum(file_of(address))
        return SearchPart(part.year, self._addresses.link(address), len(part.articles), size, sha256)

    def _mark_search_parts(self) -> bytes:
        parts = self._made_parts()
        told = [(part.year, len(part.articles), self._address_of_part(part)) for part in parts]
        return of_value([(*one, self._published.digest(file_of(one[-1]))) for one in told]).encode()

    def _into_search_parts(self) -> Iterable[str]:
        return self._archive.article.keys()

    def _made_parts(self) -> list[Searched]:
        """The parts whose files could be made, newest first; of any other a problem tells."""
        made = self._published.paths()
        parts = reversed(self._archive.searched[self.language].values())
        return [part for part in parts if file_of(self._address_of_part(part)) in made]

    def _address_of_part(self, part: Searched) -> str:
        return self._addresses.search_part(self.language, part.year, part.number)
