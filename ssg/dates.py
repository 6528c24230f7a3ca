"""Dates: read from front matter and file names, and shown in the language and zone of the site.

Nothing here asks the clock, the locale or the environment. The rules of time zones come from the `tzdata` package, never from
the system, so that two machines show one article at the same hour.
"""

from __future__ import annotations

import re
from calendar import Calendar
from collections.abc import Mapping
from copy import deepcopy
from datetime import UTC, date, datetime, timedelta, timezone
from datetime import time as clock_time
from functools import lru_cache
from importlib.resources import files
from typing import Literal
from zoneinfo import ZoneInfo

import msgspec
from babel import Locale, localedata
from babel.core import get_global, parse_locale
from babel.dates import DateTimePattern, get_timezone_gmt, get_timezone_name, parse_pattern

# The zones of Indonesia (Keppres 41/1987) and the names of UTC; other abbreviations have several meanings (IST, CST, EST).
_NAMED_OFFSETS = {"Z": 0, "UTC": 0, "GMT": 0, "WIB": 7 * 60, "WITA": 8 * 60, "WIT": 9 * 60}

_WRITTEN = re.compile(
    r"""\s* (\d{4}) - (\d{1,2}) - (\d{1,2})
    (?: (?:[Tt]|[ \t]+) (\d{1,2}) ([:.]) (\d{2}) (?: \5 (\d{2}) (?:[.,]\d+)? )?
        (?: \s* ( [A-Za-z]{1,5} | [+-]\d{2}:?\d{2} | [+-]\d{1,2} ) )?
    )? \s*""",
    re.VERBOSE | re.ASCII,
)
_BRIEF = 4  # letters of an abbreviated day, at most
_LEADING_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?!\d)", re.ASCII)


# -- reading --------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def zone_names() -> frozenset[str]:
    """The names of all time zones in the IANA database (`tzdata`)."""
    return frozenset((files("tzdata") / "zones").read_text(encoding="utf-8").split())


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """The time zone of an IANA name such as `Asia/Jakarta`; one object per name and process (hand workers the name).

    Raises ValueError if there is no such zone.
    """
    if name not in zone_names():
        raise ValueError(f'"{name}" is not a time zone of the IANA database')
    with (files("tzdata") / "zoneinfo" / name).open("rb") as file:
        return ZoneInfo.from_file(file, key=name)


@lru_cache(maxsize=256)
def _fixed(minutes: int) -> timezone:
    return timezone(timedelta(minutes=minutes))


@lru_cache(maxsize=256)
def _written_zone(text: str) -> timezone:
    """The offset that the end of a written date names; raises ValueError with a plain reason."""
    if text[0] not in "+-":
        minutes = _NAMED_OFFSETS.get(text.upper())
        if minutes is None:
            raise ValueError(f'the zone "{text}" is not certain; write its offset, such as +07:00')
        return _fixed(minutes)
    digits = text[1:].replace(":", "")
    hours, minutes = int(digits[:2]), int(digits[2:] or 0)
    if hours > 23 or minutes > 59:
        raise ValueError(f'the zone "{text}" is not an offset from -23:59 to +23:59')
    return _fixed((hours * 60 + minutes) * (-1 if text[0] == "-" else 1))


def _why_not(year: int, month: int, day: int, hour: int, minute: int, second: int) -> str:
    """Why these numbers are not a moment (asked only when they are not)."""
    bounds = (
        ("year", year, 1, 9999),
        ("month", month, 1, 12),
        ("day", day, 1, 31),
        ("hour", hour, 0, 23),
        ("minute", minute, 0, 59),
        ("second", second, 0, 59),
    )
    for unit, number, least, most in bounds:
        if not least <= number <= most:
            return f"the {unit} is {number}; it must be from {least} to {most}"
    return f"the month {year:04}-{month:02} has no day {day}"


def parse(text: str, zone: ZoneInfo) -> datetime:
    """The moment that front matter means by `text`: `2021-12-30`, `2021-12-30 19:29`, `2021-12-30T19:29:05.2+07:00`.

    Hours may have one digit and stand before `:` or `.`; fractions of a second are dropped. Without a zone the site's `zone`
    counts, wherever the build runs: a wall time that a change of clocks skips is moved forward, and of one that comes twice the
    first is meant (PEP 495, fold 0). The answer is aware, stands in the site's zone and carries a fixed offset of whole minutes
    (all that RFC 3339 can write), so that it compares and survives JSON; MessagePack keeps the moment, but moves it to UTC.
    Raises ValueError with a plain reason.
    """
    match = _WRITTEN.fullmatch(text)
    if match is None:
        raise ValueError("it does not have the form 2021-12-30, or 2021-12-30 19:29")
    year, month, day, hour, _, minute, second, zone_written = match.groups()
    numbers = (int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0))
    try:
        written = datetime(*numbers)
    except ValueError:
        raise ValueError(_why_not(*numbers)) from None
    try:
        # By way of UTC: that is what moves a skipped wall time forward.
        moment = written.replace(tzinfo=_written_zone(zone_written) if zone_written else zone).astimezone(UTC).astimezone(zone)
    except OverflowError:
        raise ValueError("it lies outside the years 1 to 9999") from None
    return fixed(moment)


def fixed(moment: datetime) -> datetime:
    """An aware moment with its offset alone for a zone, in whole minutes and seconds: so it can be kept and handed on."""
    offset = moment.utcoffset() or timedelta()
    # Local mean time before the 1920s has seconds; rounded down, a midnight never falls into the day before.
    return moment.replace(tzinfo=_fixed(offset // timedelta(minutes=1)), microsecond=0, fold=0)


def from_filename(name: str) -> str:
    """The date that a file's name begins with, as written (`2021-12-30-putin.md`), or "" if there is none."""
    match = _LEADING_DATE.match(name)
    if match is None:
        return ""
    try:
        date.fromisoformat(match.group())
    except ValueError:  # 2021-99-99 is a number of something else
        return ""
    return match.group()


# -- showing --------------------------------------------------------------------------------------


class _Forms(msgspec.Struct, frozen=True):
    """How one language writes dates: its CLDR data, a pattern for each form, and what joins day and hour."""

    locale: Locale
    day: DateTimePattern
    short: DateTimePattern
    weekday: DateTimePattern
    day_month: DateTimePattern
    month: DateTimePattern
    clock: DateTimePattern
    joined: str  # {1}: the day, {0}: the hour


@lru_cache(maxsize=64)
def _forms(language: str) -> _Forms:
    # The house's own forms: Indonesian without CLDR's "05 Desember", and a plain "en" in the order that Britain writes.
    if language == "en":
        return _own_forms(Locale("en", "GB"), "HH:mm")
    locale = Locale.parse(language, sep="-")
    if locale.language == "id":
        return _own_forms(locale, "HH.mm")
    return _Forms(
        locale,
        day=locale.date_formats["full"],
        short=locale.date_formats["long"],
        weekday=locale.datetime_skeletons["Ed"],
        day_month=locale.datetime_skeletons["MMMMd"],
        month=locale.datetime_skeletons["yMMMM"],
        clock=locale.time_formats["short"],
        # CLDR quotes literal words inside; the quotes are not for readers (Unicode TR 35, part 4).
        joined=str(locale.datetime_formats["full"]).replace("'", ""),
    )


def _own_forms(locale: Locale, clock: str) -> _Forms:
    written = ("EEEE, d MMMM y", "d MMMM y", "EEEE, d", "d MMMM", "MMMM y")
    day, short, weekday, day_month, month = map(parse_pattern, written)
    return _Forms(locale, day, short, weekday, day_month, month, parse_pattern(clock), "{1}, {0}")


@lru_cache(maxsize=8192)
def _shown_day(day: date, language: str) -> str:
    forms = _forms(language)
    return forms.day.apply(day, forms.locale)


@lru_cache(maxsize=8192)
def _shown_short(day: date, language: str) -> str:
    forms = _forms(language)
    return forms.short.apply(day, forms.locale)


@lru_cache(maxsize=8192)
def _shown_day_month(day: date, language: str) -> str:
    forms = _forms(language)
    return forms.day_month.apply(day, forms.locale)


@lru_cache(maxsize=8192)
def _shown_clock(hour: int, minute: int, language: str) -> str:
    forms = _forms(language)
    return forms.clock.apply(clock_time(hour, minute), forms.locale)


_zone_names: dict[tuple[str | None, str, timedelta | None, timedelta | None], str] = {}


def _shown_zone(local: datetime, zone: ZoneInfo, language: str) -> str:
    key = (zone.key, language, local.utcoffset(), local.dst())
    name = _zone_names.get(key)
    if name is None:
        name = _zone_names[key] = _find_zone_name(local, language)
    return name


def _find_zone_name(local: datetime, language: str) -> str:
    locale = _forms(language).locale
    # CLDR knows WIB in Indonesian only, and gives en-GB "Eastern Standard Time"; what it does not name, the IANA database does.
    candidates = ["" if language == "en" else get_timezone_name(local, width="short", locale=locale), local.tzname() or ""]
    for name in candidates:
        if any(sign.isalpha() for sign in name):
            return name
    return str(get_timezone_gmt(local, width="long", locale=locale))


def _day_of(when: date, zone: ZoneInfo) -> date:
    return when.astimezone(zone).date() if isinstance(when, datetime) else when


def long(when: datetime, zone: ZoneInfo, language: str) -> str:
    """Day and hour of an aware moment in `zone`: `Kamis, 30 Desember 2021, 19.29 WIB`; `language` is a code that CLDR knows."""
    local = when.astimezone(zone)
    hour = f"{_shown_clock(local.hour, local.minute, language)} {_shown_zone(local, zone, language)}"
    return _forms(language).joined.replace("{1}", _shown_day(local.date(), language)).replace("{0}", hour)


def short(when: date, zone: ZoneInfo, language: str) -> str:
    """The day of an aware moment in `zone`, or a plain day: `30 Desember 2021`."""
    return _shown_short(_day_of(when, zone), language)


def day(when: date, zone: ZoneInfo, language: str) -> str:
    """The day of an aware moment in `zone`, or a plain day, with its weekday: `Kamis, 30 Desember 2021`."""
    return _shown_day(_day_of(when, zone), language)


def weekday(when: date, zone: ZoneInfo, language: str) -> str:
    """The day of an aware moment in `zone`, or a plain day, where the month is known: `Kamis, 30`."""
    forms = _forms(language)
    return forms.weekday.apply(_day_of(when, zone), forms.locale)


def day_month(when: date, zone: ZoneInfo, language: str) -> str:
    """The day of an aware moment in `zone`, or a plain day, where the year is known: `30 Desember`."""
    return _shown_day_month(_day_of(when, zone), language)


def month(when: date, zone: ZoneInfo, language: str) -> str:
    """The month of an aware moment in `zone`, or of a plain day: `Desember 2021`."""
    forms = _forms(language)
    return forms.month.apply(_day_of(when, zone), forms.locale)


def month_name(month: int, language: str, width: str = "wide") -> str:
    """The name of a month (1 to 12) standing alone: `Desember`; `abbreviated` `Des`, `narrow` `D` (Unicode TR 35, part 4)."""
    return str(_alone(language, "months")[width][month])


def weekdays(language: str) -> tuple[tuple[str, str], ...]:
    """The days of the week as a calendar of the language begins them, each abbreviated and whole: `Min`, `Minggu`.

    Where a language does not abbreviate its long names, as Arabic does not, those of its narrow form stand for them.
    """
    names = _alone(language, "days")
    brief, wide, narrow = ([names[width][day] for day in range(7)] for width in ("abbreviated", "wide", "narrow"))
    if brief == wide and max(map(len, wide)) > _BRIEF:
        brief = narrow
    return tuple((brief[day], wide[day]) for day in Calendar(_first_weekday(language)).iterweekdays())


@lru_cache(maxsize=64)
def _alone(language: str, what: Literal["days", "months"]) -> Mapping[str, Mapping[int, str]]:
    """The names of days or months, as they stand by themselves, by their width."""
    data = localedata.load(str(_forms(language).locale))
    # Babel 2.18 keeps what an alias leads to in data that other languages share, which then have these names.
    names: Mapping[str, Mapping[int, str]] = localedata.LocaleDataDict(deepcopy({what: data[what]}))[what]["stand-alone"]
    return names


def weeks(year: int, month: int, language: str) -> tuple[tuple[int, ...], ...]:
    """The weeks of a month as a calendar of the language has them: seven days each, 0 for one of another month."""
    return tuple(tuple(week) for week in Calendar(_first_weekday(language)).monthdayscalendar(year, month))


@lru_cache(maxsize=64)
def _first_weekday(language: str) -> int:
    own = Locale.parse(language, sep="-")
    land = territorial(language).partition("_")[2]
    # Where one lives decides it, not what one speaks; not every language has data of its own for its land.
    return (own if own.territory or not land else Locale.parse(f"und_{land}")).first_week_day


@lru_cache(maxsize=64)
def territorial(language: str) -> str:
    """A language with its land, as CLDR names them: `id_ID`; the likeliest one, if its code has none."""
    if language == "en":
        return "en_GB"  # as the house writes the dates of a plain "en"
    locale = Locale.parse(language, sep="-")
    known = get_global("likely_subtags")
    likely = known.get(str(locale)) or known.get(locale.language)
    territory = locale.territory or (parse_locale(likely)[1] if likely else None)
    return f"{locale.language}_{territory}" if territory else locale.language


def time(when: datetime, zone: ZoneInfo, language: str) -> str:
    """The hour of an aware moment in `zone`, with the zone's name, since the country has three: `19.29 WIB`."""
    local = when.astimezone(zone)
    return f"{_shown_clock(local.hour, local.minute, language)} {_shown_zone(local, zone, language)}"


_KEPT = "\u00a0"  # a space at which no line ends
_MAYBE_A_DAY = re.compile(r"\d ")


def together(shown: str) -> str:
    """A date that is shown, so that a line ends in it only after a comma, also an Arabic one."""
    return shown.replace(" ", _KEPT).replace(f",{_KEPT}", ", ").replace(f"،{_KEPT}", "، ")


def days_together(text: str, language: str) -> str:
    """A text in which no line ends between a day, its month and its year: `pada 30 Desember 2021`."""
    if not _MAYBE_A_DAY.search(text):
        return text
    for name, written in _months_written(language):
        if name in text:  # far cheaper than to look for all months at once
            text = written.sub(_day_together, text)
    return text


@lru_cache(maxsize=64)
def _months_written(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    names = [month_name(month, language) for month in range(1, 13)]
    return tuple((f" {name}", re.compile(rf" {re.escape(name)}\b(?: (?=\d{{4}}))?")) for name in names)


def _day_together(month: re.Match[str]) -> str:
    return month[0].replace(" ", _KEPT) if month.string[max(0, month.start() - 1)].isdigit() else month[0]


def iso(when: datetime) -> str:
    """A moment for machines, as in `<time datetime>`: `2021-12-30T19:29:00+07:00` (RFC 3339)."""
    return when.isoformat(timespec="seconds")
