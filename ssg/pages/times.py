"""The archive by time: its picture, a page for each year, month and day that has articles, and for each day of the calendar."""

from __future__ import annotations

from collections.abc import Iterator

from ssg.archive import Archive
from ssg.asking import Ask
from ssg.model import Page
from ssg.pages.lists import numbered
from ssg.pages.showing import Kind, Shown, Template


def _archives(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        if edition.articles:
            yield Page(archive.addresses.block(language, "archive"), "archive", language)


def _show_archive(page: Page, ask: Ask) -> Shown:
    return Template(name="archive.html", context={"history": ask.history()})


def _years(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        for year in edition.by_year:
            yield Page(archive.addresses.time(language, year), "year", language, (year,))


def _show_year(page: Page, ask: Ask) -> Shown:
    return Template(name="year.html", context={"calendar": ask.year(int(page.about[0]))})


def _months(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        for year, month in edition.by_month:
            yield Page(archive.addresses.time(language, year, month), "month", language, (year, month))


def _show_month(page: Page, ask: Ask) -> Shown:
    year, month = (int(part) for part in page.about)
    return Template(name="month.html", context={"calendar": ask.month(year, month), "days": ask.month_news(year, month)})


def _days(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        for (year, month, day), articles in edition.by_day.items():
            front = archive.addresses.time(language, year, month, day)
            yield from numbered(archive, "day", language, front, len(articles), (year, month, day))


def _show_day(page: Page, ask: Ask) -> Shown:
    year, month, day, number = (int(part) for part in page.about)
    calendar = ask.day_alone(year, month, day) if number else ask.day(year, month, day)
    return Template(name="day.html", context={"calendar": calendar, "listing": ask.day_list(year, month, day, number)})


def _calendar_days(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        for month, day in edition.by_calendar_day:
            yield Page(archive.addresses.on_this_day(language, month, day), "on_this_day", language, (month, day))


def _show_calendar_day(page: Page, ask: Ask) -> Shown:
    month, day = (int(part) for part in page.about)
    return Template(name="on_this_day.html", context={"day": ask.on_this_day(month, day)})


def _calendars(archive: Archive) -> Iterator[Page]:
    for language, edition in archive.editions.items():
        if edition.articles:
            yield Page(archive.addresses.on_this_day(language), "every_day", language)


def _show_calendar(page: Page, ask: Ask) -> Shown:
    return Template(name="every_day.html", context={"months": ask.calendar_days()})


def emptied(archive: Archive) -> Iterator[Page]:
    """What leads on from days, months and years whose articles are all withdrawn or hidden, to what is left around them."""
    for language, edition in archive.editions.items():
        root, calendar = archive.addresses.root(language), archive.addresses.on_this_day(language)
        there = {*((year,) for year in edition.by_year), *edition.by_month, *edition.by_day}
        dates = {(article.date.year, article.date.month, article.date.day) for article in edition.once}
        for period in sorted({date[:length] for date in dates for length in (1, 2, 3)} - there):
            around = next((period[:length] for length in (2, 1) if period[:length] in there), None)
            target = archive.addresses.time(language, *around) if around else root
            yield Page(archive.addresses.time(language, *period), "onward", language, (target,))
        for month, day in sorted({(month, day) for _, month, day in dates} - edition.by_calendar_day.keys()):
            target = calendar if edition.articles else root
            yield Page(archive.addresses.on_this_day(language, month, day), "onward", language, (target,))


ARCHIVE = Kind("archive", _archives, _show_archive)
YEAR = Kind("year", _years, _show_year)
MONTH = Kind("month", _months, _show_month)
DAY = Kind("day", _days, _show_day)
ON_THIS_DAY = Kind("on_this_day", _calendar_days, _show_calendar_day)
EVERY_DAY = Kind("every_day", _calendars, _show_calendar)
