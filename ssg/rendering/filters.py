"""What a template can write behind a `|`, in the language of the page; each method is a filter of its name."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel import Locale
from babel.numbers import format_decimal
from markupsafe import Markup, escape

from ssg import dates
from ssg.asking import ArticleView, Calendar, Site
from ssg.model import Day
from ssg.rendering.citing import CitationFile, citations

_JOINED = re.compile(r"\w[-/\u2010]\w")
_MANY = 5000


class Filters:
    """The filters of one site. `language` tells the code of the page's language at the moment of asking."""

    def __init__(self, zone: ZoneInfo, language: Callable[[], str]) -> None:
        self._zone = zone
        self._language = language
        self._iso: dict[int, tuple[datetime, str]] = {}  # by the moment's id: pages side by side show the same ones

    def table(self) -> dict[str, Callable[..., object]]:
        """Every filter by its name."""
        return {name: getattr(self, name) for name in vars(Filters) if not name.startswith("_") and name != "table"}

    def long(self, moment: datetime) -> str:
        """Day and hour: `Kamis, 30 Desember 2021, 19.29 WIB`."""
        return dates.together(dates.long(moment, self._zone, self._language()))

    def short(self, when: date) -> str:
        """The day: `30 Desember 2021`."""
        return dates.together(dates.short(when, self._zone, self._language()))

    def day(self, when: date) -> str:
        """The day with its weekday: `Kamis, 30 Desember 2021`."""
        return dates.together(dates.day(when, self._zone, self._language()))

    def weekday(self, when: date) -> str:
        """The day with its weekday, where the month is known: `Kamis, 30`."""
        return dates.together(dates.weekday(when, self._zone, self._language()))

    def daymonth(self, when: date) -> str:
        """The day, where the year is known: `30 Desember`."""
        return dates.together(dates.day_month(when, self._zone, self._language()))

    def month(self, when: date) -> str:
        """The month: `Desember 2021`."""
        return dates.together(dates.month(when, self._zone, self._language()))

    def monthname(self, when: date, width: str = "wide") -> str:
        """The month alone: `Desember`; `monthname("abbreviated")`: `Des`, `monthname("narrow")`: `D`."""
        return dates.month_name(when.month, self._language(), width)

    def weeks(self, month: Calendar) -> tuple[tuple[tuple[int, Day | None], ...], ...]:
        """The weeks of a month, seven days each: their numbers, 0 for one of another month, and what there is of them.

        They begin as a calendar of the language does; `weekdays()` names their days.
        """
        days = {day.date.day: day for day in month.parts}
        weeks = dates.weeks(month.date.year, month.date.month, self._language())
        return tuple(tuple((number, days.get(number)) for number in week) for week in weeks)

    def time(self, moment: datetime) -> str:
        """The hour: `19.29 WIB`."""
        return dates.together(dates.time(moment, self._zone, self._language()))

    def iso(self, when: date) -> str:
        """For machines, as in `<time datetime>`: `2021-12-30T19:29:00+07:00`, or of a day `2021-12-30`."""
        if not isinstance(when, datetime):
            return when.isoformat()
        key = id(when)
        known = self._iso.get(key)
        if known is None or known[0] is not when:
            if len(self._iso) > _MANY:
                self._iso.clear()
            known = self._iso[key] = when, dates.iso(when)
        return known[1]

    def number(self, number: int) -> str:
        """A number with the marks of the language: `12.500`."""
        return format_decimal(number, locale=self._language().replace("-", "_"))

    def unbroken(self, text: str) -> str:
        """A text none of whose words ends a line at its hyphen or slash, where a line holds the word: `COVID-19`; and none of
        whose days ends it before its month: `30 Desember 2021`.

        The words stay as they are, also for who copies them; a class of the style sheet (`whole`) keeps them together.
        """
        text = dates.days_together(text, self._language())
        if not _JOINED.search(text):
            return text
        words = [f'<span class="whole">{escape(w)}</span>' if _JOINED.search(w) else escape(w) for w in text.split(" ")]
        return Markup(" ".join(words))

    def citations(self, article: ArticleView, site: Site, address: str) -> tuple[CitationFile, ...]:
        """The article as programs cite it, in BibTeX, RIS and CSL-JSON: `article|citations(site, page.canonical)`."""
        return citations(article, site, address)

    def languagename(self, code: str) -> str:
        """A language's name in that language itself: `Bahasa Indonesia`."""
        return Locale.parse(code, sep="-").get_display_name() or code

    def territorial(self, code: str) -> str:
        """A language with its land, as shared links name it (ogp.me): `id_ID`; the likeliest one, if its code has none."""
        return dates.territorial(code)
