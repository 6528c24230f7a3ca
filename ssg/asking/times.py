"""Questions about time."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from datetime import date

from ssg.asking.questions import Questions, settled, shared
from ssg.asking.views import Calendar
from ssg.model import Card, Day


class TimeQuestions(Questions):
    """Questions about years, months and days."""

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
        return self._calendar(date(year, month, 1), parts, self._edition.months, (year, month))

    @shared
    def day(self, year: int, month: int, day: int) -> Calendar:
        """A day, with the nearest other days that have articles."""
        return self._calendar(date(year, month, day), (), self._edition.days, (year, month, day))

    def day_alone(self, year: int, month: int, day: int) -> Calendar:
        """A day without its neighbours, for a page that holds for ever."""
        return Calendar(date(year, month, day), self._period(year, month, day).address, (), None, None)

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

    def _mark_month_news(self, year: int, month: int) -> bytes:
        days = self._edition.by_month[year, month]
        marks = [self._mark_cards(self._edition.by_day[year, month, day]) for day in days]
        return repr(list(days.items())).encode() + b"".join(marks)

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

    @settled
    def time_address(self, year: int, month: int = 0, day: int = 0) -> str:
        """The address of the page of a year, month or day that has articles."""
        return self._addresses.link(self._addresses.time(self.language, year, month, day))
