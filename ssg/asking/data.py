"""Questions about the archive as data: an article as a record, the articles of a month, the files that are published."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from ssg.addresses import DATA_TYPES, file_of, manifest, month_data
from ssg.asking.articles import ArticleQuestions
from ssg.asking.questions import settled, shared
from ssg.asking.views import ArticleView, DataLink, FileSum, KeptOffline, MonthFile, Record
from ssg.digests import of_value
from ssg.model import Article
from ssg.slugs import slug_of
from ssg.theme.properties import SHEET

_Month = tuple[int, int]


class DataQuestions(ArticleQuestions):
    """Questions about the archive as data."""

    @settled
    def beside(self, article: ArticleView) -> tuple[DataLink, ...]:
        """The files in which an article stands as data beside its page."""
        return tuple(
            DataLink(self._addresses.beside(article.address, format), DATA_TYPES[format])
            for format in self._addresses.data_formats
        )

    def record(self, path: str) -> Record:
        """An article as data."""
        return self._record(self._archive.article[path])

    def _mark_record(self, path: str) -> bytes:
        translations = self._mark_translations(path)
        return self._mark_view(self._archive.article[path]) + self._mark_body(path) + translations

    def _into_record(self, path: str) -> Iterable[str]:
        return (path,)

    def _record(self, article: Article) -> Record:
        stories = self._archive.editions[article.language].groups["story"]
        story = stories.get(slug_of(article.story)) if article.story else None
        return Record(self._view(article), self._term(story) if story else None, self.translations(article.path))

    def month_records(self, year: int, month: int) -> tuple[Record, ...]:
        """The articles of a month as data, in all languages, in order of date, then id; those that were withdrawn too."""
        return tuple(self._record(article) for article in self._archive.by_month[year, month])

    def _mark_month_records(self, year: int, month: int) -> bytes:
        marks = [self._mark_record(article.path) for article in self._archive.by_month[year, month]]
        return b"".join([b"%d:%b" % (len(mark), mark) for mark in marks])

    def _into_month_records(self, year: int, month: int) -> Iterable[str]:
        return (article.path for article in self._archive.by_month.get((year, month), ()))

    # -- published files: for pages that are made last

    def month_files(self) -> tuple[MonthFile, ...]:
        """The file of each month that has articles, oldest first."""
        return tuple(self._month_file(month, self._archive.by_month[month]) for month in self._made_months())

    def _made_months(self) -> list[_Month]:
        """The months whose files could be made; of any other a problem tells."""
        made = self._published.paths()
        return [month for month in self._archive.by_month if file_of(month_data(*month)) in made]

    def _month_file(self, month: _Month, articles: Sequence[Article]) -> MonthFile:
        address = month_data(*month)
        sha256, size = self._published.sum(file_of(address))
        withdrawn = sum(article.withdrawn is not None for article in articles)
        return MonthFile(*month, self._addresses.link(address), len(articles) - withdrawn, withdrawn, size, sha256)

    def _mark_month_files(self) -> bytes:
        return of_value(
            [(month, self._published.digest(file_of(month_data(*month)))) for month in self._made_months()]
        ).encode()

    def _into_month_files(self) -> Iterable[str]:
        return self._archive.article.keys()

    def kept_offline(self) -> KeptOffline:
        """What browsers keep for readers without a connection, beside the articles that these read last."""
        addresses, assets = self._addresses, self._archive.sources.assets
        languages = reversed(self._archive.languages)
        pages = {addresses.root(language): addresses.block(language, "offline") for language in languages}
        sheet = [addresses.asset(SHEET)] if SHEET in assets else []
        made = self._published.paths()
        files = map(file_of, (*pages.values(), *map(addresses.asset, assets)))
        return KeptOffline(
            pages=tuple((addresses.link(front), addresses.link(page)) for front, page in pages.items()),
            files=tuple(map(addresses.link, (*pages.values(), *sheet))),
            assets=addresses.link(addresses.asset("")),
            digests=tuple(self._published.digest(file) for file in files if file in made),  # of any other a problem tells
        )

    def sums_of_month(self, year: int, month: int) -> tuple[FileSum, ...]:
        """The files that stand below the addresses of a month's articles, by path."""
        return self._sums(self._files_of_months()[year, month])

    def _mark_sums_of_month(self, year: int, month: int) -> bytes:
        return self._mark_sums(self._files_of_months()[year, month])

    def _into_sums_of_month(self, year: int, month: int) -> Iterable[str]:
        return self._archive.article.keys()

    def sums_of_others(self) -> tuple[FileSum, ...]:
        """All other files that are published, by path, but for the one in which they are told."""
        return self._sums(self._other_files())

    def _mark_sums_of_others(self) -> bytes:
        return self._mark_sums(self._other_files())

    def _into_sums_of_others(self) -> Iterable[str]:
        return self._archive.article.keys()

    def _sums(self, paths: Iterable[str]) -> tuple[FileSum, ...]:
        return tuple(FileSum(path, *self._published.sum(path)) for path in sorted(paths))

    def _mark_sums(self, paths: Iterable[str]) -> bytes:
        return of_value([(path, self._published.digest(path)) for path in sorted(paths)]).encode()

    def _other_files(self) -> set[str]:
        every = set(self._published.paths()).difference(*self._files_of_months().values())
        every.discard(file_of(manifest()))
        return every

    @shared
    def _files_of_months(self) -> dict[_Month, list[str]]:
        """By month the files that stand below the address of one of its articles, in the folder of its page or deeper."""
        months = {
            file_of(self._archive.address(article)).rpartition("/")[0]: (article.date.year, article.date.month)
            for article in self._archive.articles
        }
        found: dict[_Month, list[str]] = defaultdict(list)
        for path in self._published.paths():
            folder = path.rpartition("/")[0]
            while folder and folder not in months:
                folder = folder.rpartition("/")[0]
            if folder:
                found[months[folder]].append(path)
        return found
