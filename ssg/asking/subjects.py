"""Questions about what the archive tells of: its figures, each of its subjects in short, and the index of all of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import msgspec

from ssg.archive import Group, Taxonomy, by_year, figures, fullest, tags_beside
from ssg.asking.questions import settled, shared
from ssg.asking.times import TimeQuestions
from ssg.asking.views import IndexLetter, Link, Profile, Statistics
from ssg.model import Article, Card, CountedTerm, Day, Term, YearStatistics

MOST = 20  # sections, and people, in the figures of the archive
GAPS = 5
TAGS = 8  # beside one subject
YEARS = 3  # of one subject, those with the most articles


class SubjectQuestions(TimeQuestions):
    """Questions about the figures of the archive, and about its subjects: tags, people, sections, regions and stories."""

    @shared
    def statistics(self) -> Statistics:
        """The archive in figures."""
        found = figures(self._edition, GAPS)
        return Statistics(
            articles=found.articles,
            words=found.words,
            first=self._named(found.first),
            newest=self._named(found.newest),
            years=tuple(
                YearStatistics(**msgspec.structs.asdict(self._year(one.year, one.articles)), words=one.words)
                for one in found.years
            ),
            sections=tuple(self._counted(group, len(group.articles)) for group in found.sections[:MOST]),
            more_sections=max(0, len(found.sections) - MOST),
            people=tuple(self._counted(group, len(group.articles)) for group in found.people[:MOST]),
            more_people=max(0, len(found.people) - MOST),
            gaps=found.gaps,
        )

    def _into_statistics(self) -> Iterable[str]:
        return (article.path for article in self._edition.articles)  # their lengths

    def _named(self, article: Article | None) -> Card | None:
        return Card(article.title, self._link(article), article.date) if article else None

    def _year(self, year: int, count: int) -> Day:
        return self._period(year, count=count) if count else Day(date(year, 1, 1), "", 0)

    def _counted(self, group: Group, count: int) -> CountedTerm:
        return CountedTerm(**msgspec.structs.asdict(self._term(group)), count=count)

    @shared
    def statistics_address(self) -> str:
        """The page of the archive in figures; "" while there is no article."""
        address = self._addresses.link(self._addresses.block(self.language, "statistics"))
        return address if self._edition.articles else ""

    # -- one subject

    def profile(self, taxonomy: Taxonomy, slug: str) -> Profile:
        """A tag, person, section, region or story in short: its articles by year, and the tags that they have most often."""
        group = self._edition.groups[taxonomy][slug]
        years = by_year(group)
        return Profile(
            years=tuple(self._year(year, count) for year, count in years.items()),
            fullest=tuple(self._period(year, count=count) for year, count in fullest(years, YEARS)),
            tags=tuple(self._counted(tag, count) for tag, count in tags_beside(self._edition, group, TAGS)),
        )

    def _mark_profile(self, taxonomy: Taxonomy, slug: str) -> bytes:
        group = self._edition.groups[taxonomy][slug]
        beside = [(tag.name, tag.slug, count) for tag, count in tags_beside(self._edition, group, TAGS)]
        return repr((by_year(group), beside)).encode()

    # -- the index

    @shared
    def index_address(self) -> str:
        """The front of the index of all tags, people, sections, regions and stories; "" where there are none."""
        address = self._addresses.link(self._addresses.block(self.language, "index"))
        return address if self._archive.alphabets[self.language] else ""

    @shared
    def index_letters(self) -> tuple[IndexLetter, ...]:
        """The letters of the index with how many subjects each has: digits, then `A` to `Z`, then those of other scripts."""
        letters = self._archive.alphabets[self.language]
        return tuple(IndexLetter(*self._letter(letter), len(groups)) for letter, groups in letters.items())

    @shared
    def index_row(self) -> tuple[Link, ...]:
        """The letters of the index, as each of its pages shows them: without what changes with every new subject."""
        return tuple(Link(*self._letter(letter)) for letter in self._archive.alphabets[self.language])

    @settled
    def index_letter(self, letter: str) -> Link:
        """One letter of the index."""
        return Link(*self._letter(letter))

    def _letter(self, letter: str) -> tuple[str, str]:
        address = self._addresses.link(self._addresses.letter(self.language, letter))
        return letter.upper().replace("-", "\u2013"), address

    def subjects(self, letter: str) -> tuple[Term, ...]:
        """The tags, people, sections, regions and stories of a letter of the index, by name, without what grows with news."""
        return tuple(self._term(group) for group in self._archive.alphabets[self.language][letter])

    def _mark_subjects(self, letter: str) -> bytes:
        groups = self._archive.alphabets[self.language][letter]
        return "\0".join([f"{group.taxonomy} {group.slug} {group.name}" for group in groups]).encode()
