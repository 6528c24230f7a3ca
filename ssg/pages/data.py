"""The archive as data: each article beside its page, the articles of each month, and the sums of all files."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssg.addresses import DATA_INDEX, DATA_SCHEMA, manifest, month_data
from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Article, Page
from ssg.pages.showing import ArticleData, DataIndex, DataSchema, Kind, MonthData, Shown, SumsDocument


def _beside(archive: Archive) -> Iterator[Page]:
    return _beside_pages(archive, archive.articles)


def _beside_of_articles(archive: Archive, paths: Iterable[str]) -> Iterator[Page]:
    return _beside_pages(archive, [archive.article[path] for path in paths if path in archive.article])


def _beside_pages(archive: Archive, articles: Iterable[Article]) -> Iterator[Page]:
    formats = archive.addresses.data_formats
    for article in articles if formats else ():
        if not article.withdrawn:
            front = archive.address(article)
            for format in formats:
                address = archive.addresses.beside(front, format)
                yield Page(address, "article_data", article.language, (article.path, format), article.place("slug"))


def _show_beside(page: Page, ask: Ask) -> Shown:
    path, format = page.about
    return ArticleData(str(format), ask.record(str(path)))


def _months(archive: Archive) -> Iterator[Page]:
    for month in archive.by_month if archive.settings.data.months else ():
        yield Page(month_data(*month), "month_data", about=month)


def _show_month(page: Page, ask: Ask) -> Shown:
    year, month = (int(one) for one in page.about)
    return MonthData(ask.month_records(year, month))


def _schema(archive: Archive) -> Iterator[Page]:
    if archive.settings.data.months:
        yield Page(DATA_SCHEMA, "data_schema")


def _show_schema(_: Page, ask: Ask) -> Shown:
    return DataSchema(ask.link(DATA_SCHEMA))


def _index(archive: Archive) -> Iterator[Page]:
    if archive.settings.data.months:
        yield Page(DATA_INDEX, "data_index")


def _show_index(_: Page, ask: Ask) -> Shown:
    site = ask.site()
    return DataIndex(site.title, site.address, ask.link(DATA_SCHEMA), ask.month_files())


def _month_manifests(archive: Archive) -> Iterator[Page]:
    for month in archive.by_month if archive.settings.data.manifests else ():
        yield Page(manifest(*month), "month_manifest", about=month)


def _show_month_manifest(page: Page, ask: Ask) -> Shown:
    year, month = (int(one) for one in page.about)
    return SumsDocument(ask.sums_of_month(year, month))


def _manifest(archive: Archive) -> Iterator[Page]:
    if archive.settings.data.manifests:
        yield Page(manifest(), "manifest")


def _show_manifest(_: Page, ask: Ask) -> Shown:
    return SumsDocument(ask.sums_of_others())


BESIDE = Kind("article_data", _beside, _show_beside, _beside_of_articles)
MONTH = Kind("month_data", _months, _show_month)
SCHEMA = Kind("data_schema", _schema, _show_schema)
INDEX = Kind("data_index", _index, _show_index)
MONTH_MANIFEST = Kind("month_manifest", _month_manifests, _show_month_manifest)
MANIFEST = Kind("manifest", _manifest, _show_manifest)
