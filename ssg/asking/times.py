"""Questions about time."""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from collections.abc import Iterable, Sequence
from datetime import date

from ssg.asking.questions import Questions, settled, shared
from ssg.asking.views import Calendar, CalendarDay, DayInHistory, History
from ssg.model import Article, Card, Day

ON_A_DAY = 5  # articles of each year among those of a day of the calendar
_ANY_YEAR = 2000  # for a day of the calendar: it has a 29 February


class TimeQuestions(Questions):
    """Questions about years, months and days."""

    @shared
    def archive_address(self) -> str:
        """The picture of the whole archive; "" where there are no articles."""
        return self._addresses.link(self._addresses.block(self.language, "archive")) if self._edition.articles else ""

    @shared
    def history(self) -> History:
        """The whole archive by time: its years and their months."""
        years = tuple((year, self._months_of(year.date.year)) for year in self.years())
        months = [month for _, twelve in years for month in twelve if month]
        fullest = max(months, key=lambda month: (month.count, month.date), default=None)
        return History(years, sum(year.count for year, _ in years), fullest)

    def _months_of(self, year: int) -> tuple[Day | None, ...]:
        """The twelve months of a year, None for one without articles."""
        counts = self._edition.by_year[year]
        return tuple(self._period(year, month, count=counts[month]) if month in counts else None for month in range(1, 13))

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

    @shared
    def calendar_days(self) -> tuple[tuple[CalendarDay, ...], ...]:
        """The days of the calendar, in any year: twelve months, each with all of its days."""
        have = self._edition.by_calendar_day
        return tuple(
            tuple(
                self._calendar_day(month, day) if (month, day) in have else CalendarDay(date(_ANY_YEAR, month, day), "")
                for day in range(1, monthrange(_ANY_YEAR, month)[1] + 1)
            )
            for month in range(1, 13)
        )

    def on_this_day(self, month: int, day: int) -> DayInHistory:
        """What was published on a day of the calendar, year by year."""
        years = tuple(
            (self._period(*on, count=len(self._edition.by_day[on])), self._cards(self._newest_of(on)))
            for on in reversed(self._edition.by_calendar_day[month, day])
        )
        beside = [self._calendar_day(*other) for other in self._beside(month, day)]
        before, after = beside or (None, None)
        return DayInHistory(date(_ANY_YEAR, month, day), years, before, after)

    def _calendar_day(self, month: int, day: int) -> CalendarDay:
        return CalendarDay(date(_ANY_YEAR, month, day), self.on_this_day_address(month, day))

    def _beside(self, month: int, day: int) -> list[tuple[int, int]]:
        """The days of the calendar that have articles just before and after one of them, round the year; [] if it is alone."""
        days = list(self._edition.by_calendar_day)
        place = bisect_left(days, (month, day))
        return [days[place - 1], days[(place + 1) % len(days)]] if len(days) > 1 else []

    def _mark_on_this_day(self, month: int, day: int) -> bytes:
        days = self._edition.by_calendar_day[month, day]
        counts = [(year, len(self._edition.by_day[year, month, day])) for year, *_ in days]
        cards = [self._mark_cards(self._newest_of(on)) for on in days]
        return repr((counts, self._beside(month, day))).encode() + b"".join(cards)

    def _newest_of(self, day: tuple[int, int, int]) -> Iterable[Article]:
        return reversed(self._edition.by_day[day][-ON_A_DAY:])

    @settled
    def on_this_day_address(self, month: int = 0, day: int = 0) -> str:
        """The address of the page of a day of the calendar that has articles, or (no day) of the list of all such days."""
        return self._addresses.link(self._addresses.on_this_day(self.language, month, day))

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
