"""Dates: what front matter may write, and how readers see it."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta, timezone
from time import process_time
from zoneinfo import ZoneInfo

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssg import dates

JAKARTA = dates.zone("Asia/Jakarta")
NEW_YORK = dates.zone("America/New_York")
CALL = datetime(2021, 12, 30, 12, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021-12-30", "2021-12-30T00:00:00+07:00"),
        ("  2021-12-30 ", "2021-12-30T00:00:00+07:00"),
        ("2021-1-5", "2021-01-05T00:00:00+07:00"),
        ("2021-12-30 19:29", "2021-12-30T19:29:00+07:00"),
        ("2021-12-30 19.29", "2021-12-30T19:29:00+07:00"),
        ("2021-12-30T19:29:05", "2021-12-30T19:29:05+07:00"),
        ("2021-12-30t19:29:05.987", "2021-12-30T19:29:05+07:00"),
        ("2021-12-30   1:00:19", "2021-12-30T01:00:19+07:00"),
        ("2021-12-30 19:29 WIB", "2021-12-30T19:29:00+07:00"),
        ("2021-12-30 19.29 wita", "2021-12-30T18:29:00+07:00"),
        ("2021-12-30 19:29 WIT", "2021-12-30T17:29:00+07:00"),
        ("2021-12-30T12:29:00Z", "2021-12-30T19:29:00+07:00"),
        ("2021-12-30 12:29 UTC", "2021-12-30T19:29:00+07:00"),
        ("2021-12-30 12:29 GMT", "2021-12-30T19:29:00+07:00"),
        ("2021-12-30T19:29:00+07:00", "2021-12-30T19:29:00+07:00"),
        ("2021-12-30T19:29:00+0700", "2021-12-30T19:29:00+07:00"),
        ("2021-12-30 19:29+07", "2021-12-30T19:29:00+07:00"),
        ("2021-12-30 19:29 -5", "2021-12-31T07:29:00+07:00"),
        ("2019-03-05 12:00:00 -0500", "2019-03-06T00:00:00+07:00"),
        ("2019-03-05 9:00:00 +0530", "2019-03-05T10:30:00+07:00"),
    ],
)
def test_every_form_that_archives_use_is_read(text: str, expected: str) -> None:
    """Each written form means one moment, and stands in the zone of the site."""
    assert dates.iso(dates.parse(text, JAKARTA)) == expected


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "form"),
        ("30/12/2021", "form"),
        ("30 Desember 2021", "form"),
        ("2021-12-30 19", "form"),
        ("2021-12-30 19:29:", "form"),
        ("2021-12-30T", "form"),
        ("2021-12-30 WIB", "form"),
        ("2021-12-30 19:29 -500", "form"),
        ("2021-12-30 19:29 and more", "form"),
        ("٢٠٢١-١٢-٣٠", "form"),
        ("2021-13-30", "the month is 13; it must be from 1 to 12"),
        ("2021-02-29", "the month 2021-02 has no day 29"),
        ("2021-02-32", "the day is 32"),
        ("2021-12-30 24:00", "the hour is 24"),
        ("2021-12-30 19:60", "the minute is 60"),
        ("2021-12-30 19:29:60", "the second is 60"),
        ("0000-01-01", "the year is 0"),
        ("0001-01-01", "outside the years"),
        ("9999-12-31 23:00 -02:00", "outside the years"),
        ("2021-12-30 19:29 EST", 'the zone "EST" is not certain'),
        ("2021-12-30 19:29 +24:00", "is not an offset"),
        ("2021-12-30 19:29 +07:60", "is not an offset"),
    ],
)
def test_a_date_that_cannot_be_meant_is_refused_in_plain_words(text: str, reason: str) -> None:
    """Nothing is guessed: the message says which part is wrong."""
    with pytest.raises(ValueError, match=reason):
        dates.parse(text, JAKARTA)


@given(st.text(alphabet="0123456789-:. TZWIBAUC+", max_size=30))
def test_any_text_is_a_date_or_a_value_error(text: str) -> None:
    """No text brings down the reader of dates."""
    try:
        moment = dates.parse(text, NEW_YORK)
    except ValueError:
        return
    assert moment.microsecond == 0


@given(
    st.datetimes(datetime(1930, 1, 1), datetime(2090, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.sampled_from(["Asia/Jakarta", "America/New_York", "Europe/Berlin", "Asia/Kolkata"]),
)
def test_a_date_survives_being_written_kept_and_read_again(moment: datetime, name: str) -> None:
    """What `iso` writes reads back the same, and msgspec gives back an equal value with the same offset."""
    zone = dates.zone(name)
    read = dates.parse(moment.isoformat(" "), zone)
    assert dates.parse(dates.iso(read), zone) == read
    kept = msgspec.json.decode(msgspec.json.encode(read), type=datetime)
    assert kept == read
    assert kept.utcoffset() == read.utcoffset()


def test_the_offset_is_fixed_so_that_a_date_compares_and_keeps() -> None:
    """The answer carries no rules of a zone, only its offset."""
    assert type(dates.parse("2021-07-01 10:00", NEW_YORK).tzinfo) is timezone
    assert dates.parse("2021-07-01 10:00", NEW_YORK).utcoffset() == timedelta(hours=-4)


def test_an_hour_that_the_clocks_skip_is_moved_forward() -> None:
    """2:30 on the morning of 14 March 2021 was never on a clock in New York."""
    assert dates.iso(dates.parse("2021-03-14 02:30", NEW_YORK)) == "2021-03-14T03:30:00-04:00"


def test_of_an_hour_that_comes_twice_the_first_is_meant() -> None:
    """1:30 on 7 November 2021 came in summer time, then again."""
    moment = dates.parse("2021-11-07 01:30", NEW_YORK)
    assert dates.iso(moment) == "2021-11-07T01:30:00-04:00"
    assert (
        dates.parse("2021-11-07 01:30 -05:00", NEW_YORK).fold == 0
    )  # the second, with its offset, leaves no trace of the rule


def test_a_day_before_standard_time_stays_that_day() -> None:
    """Local mean time has seconds, which no feed can write; midnight must not fall into the day before."""
    moment = dates.parse("1910-05-20", JAKARTA)
    assert moment.date() == date(1910, 5, 20)
    assert dates.short(moment, JAKARTA, "id") == "20 Mei 1910"
    assert msgspec.json.decode(msgspec.json.encode(moment), type=datetime) == moment


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2021-12-30-putin-biden.md", "2021-12-30"),
        ("2021-12-30.md", "2021-12-30"),
        ("2021-12-301.md", ""),
        ("2021-99-99-serial.md", ""),
        ("laporan-2021-12-30.md", ""),
        ("putin.md", ""),
    ],
)
def test_a_file_name_may_begin_with_its_date(name: str, expected: str) -> None:
    """Only a real date at the very beginning counts."""
    assert dates.from_filename(name) == expected


@pytest.mark.parametrize(
    ("zone", "language", "expected"),
    [
        ("Asia/Jakarta", "id", "Kamis, 30 Desember 2021, 19.29 WIB"),
        ("Asia/Makassar", "id", "Kamis, 30 Desember 2021, 20.29 WITA"),
        ("Asia/Jayapura", "id", "Kamis, 30 Desember 2021, 21.29 WIT"),
        ("Asia/Jakarta", "en", "Thursday, 30 December 2021, 19:29 WIB"),
        ("America/New_York", "en", "Thursday, 30 December 2021, 07:29 EST"),
        ("America/Sao_Paulo", "en", "Thursday, 30 December 2021, 09:29 GMT-03:00"),
        ("Europe/Berlin", "de", "Donnerstag, 30. Dezember 2021, 13:29 MEZ"),
        ("Asia/Jakarta", "jv", "Kamis, 30 Desember 2021 19:29 WIB"),
        ("Asia/Jakarta", "ar", "الخميس، 30 ديسمبر 2021، 7:29 م WIB"),
    ],
)
def test_day_and_hour_are_shown_as_the_language_writes_them(zone: str, language: str, expected: str) -> None:
    """Weekday, month, order, hour and the zone's name are those of the reader's language."""
    shown = dates.long(CALL, dates.zone(zone), language)
    assert shown.replace("\u202f", " ") == expected  # some releases of CLDR set a narrow blank before AM and PM


def test_a_british_order_is_for_plain_english_only() -> None:
    """`en-US` keeps what CLDR knows of it."""
    assert dates.short(CALL, JAKARTA, "en") == "30 December 2021"
    assert dates.short(CALL, JAKARTA, "en-US") == "December 30, 2021"


def test_the_shorter_forms_leave_out_what_their_name_says() -> None:
    """Day, month and hour alone, for lists, archives and blocks."""
    assert dates.short(CALL, JAKARTA, "id") == "30 Desember 2021"
    assert dates.day(CALL, JAKARTA, "id") == "Kamis, 30 Desember 2021"
    assert dates.weekday(CALL, JAKARTA, "id") == "Kamis, 30"
    assert dates.month(CALL, JAKARTA, "id") == "Desember 2021"
    assert dates.time(CALL, JAKARTA, "id") == "19.29 WIB"
    assert dates.day(datetime(2021, 12, 5, tzinfo=UTC), JAKARTA, "id") == "Minggu, 5 Desember 2021"


def test_a_plain_day_is_shown_as_it_is() -> None:
    """The page of a day or month has no hour, and belongs to no zone."""
    assert dates.day(date(2021, 12, 30), NEW_YORK, "id") == "Kamis, 30 Desember 2021"
    assert dates.month(date(2021, 12, 1), NEW_YORK, "en") == "December 2021"


def test_a_moment_belongs_to_the_day_of_the_zone_that_shows_it() -> None:
    """19 o'clock UTC is the next morning in Jakarta."""
    late = datetime(2021, 12, 30, 19, 0, tzinfo=UTC)
    assert dates.short(late, JAKARTA, "id") == "31 Desember 2021"
    assert dates.short(late, NEW_YORK, "id") == "30 Desember 2021"


def test_summer_and_winter_have_names_of_their_own() -> None:
    """A zone's name is found for the moment, not once for the zone."""
    assert dates.time(datetime(2021, 7, 1, 12, tzinfo=UTC), NEW_YORK, "en") == "08:00 EDT"
    assert dates.time(datetime(2021, 1, 1, 12, tzinfo=UTC), NEW_YORK, "en") == "07:00 EST"


@pytest.mark.parametrize(
    ("language", "first", "week"),
    [
        ("id", ("Min", "Minggu"), (0, 1, 2, 3, 4, 5, 6)),
        ("en", ("Mon", "Monday"), (1, 2, 3, 4, 5, 6, 7)),
        ("en-US", ("Sun", "Sunday"), (0, 1, 2, 3, 4, 5, 6)),
        ("ar", ("س", "السبت"), (0, 0, 1, 2, 3, 4, 5)),
    ],
)
def test_a_week_begins_as_a_calendar_of_the_language_has_it(
    language: str, first: tuple[str, str], week: tuple[int, ...]
) -> None:
    """By the land that the language is of, if it names none."""
    assert dates.weekdays(language)[0] == first
    assert dates.weeks(2021, 2, language)[0] == week


def test_no_language_has_the_names_of_another() -> None:
    """Whichever was asked first: Swahili and Indonesian both leave some of theirs to what all languages share."""
    dates.weekdays("sw")
    dates.month_name(12, "sw")
    assert dates.weekdays("id")[0] == ("Min", "Minggu")
    assert dates.weekdays("sw")[6] == ("S", "Jumapili")
    assert dates.month_name(12, "id") == "Desember"


def test_the_last_month_of_all_has_its_weeks() -> None:
    """No calendar goes beyond the year 9999."""
    assert dates.weeks(9999, 12, "id")[-1] == (26, 27, 28, 29, 30, 31, 0)
    assert [dates.weekdays(code)[0][0] for code in ("jv", "no", "az-Arab-TR")] == ["Ahad", "man.", "Mon"]


def test_an_unknown_zone_is_refused_and_no_path_is_followed() -> None:
    """Zones are names of the database, not files of this machine."""
    for name in ("Asia/Jakata", "localtime", "../../etc/passwd", "Asia", ""):
        with pytest.raises(ValueError, match="not a time zone"):
            dates.zone(name)
    assert isinstance(dates.zone("US/Eastern"), ZoneInfo)


def test_neither_zone_nor_language_of_the_machine_shows() -> None:
    """TZ, LC_ALL and a PYTHONTZPATH without zones change nothing."""
    code = (
        "from ssg import dates; z = dates.zone('Asia/Jakarta'); "
        "print(ascii(dates.long(dates.parse('2021-12-30 19.29', z), z, 'id')))"
    )
    shown = set()
    for environment in ({"TZ": "UTC"}, {"TZ": "America/New_York", "LC_ALL": "de_DE.UTF-8", "PYTHONTZPATH": "/nonexistent"}):
        answer = subprocess.run(
            [sys.executable, "-c", code], env={**os.environ, **environment}, capture_output=True, check=True
        )
        shown.add(answer.stdout.strip())
    assert shown == {b"'Kamis, 30 Desember 2021, 19.29 WIB'"}


def test_a_line_ends_in_a_date_only_after_a_comma() -> None:
    """A day stays with its month and its year, an hour with its zone, whether we wrote the date or somebody's sentence did."""
    assert dates.together("Kamis, 30 Desember 2021, 19.29 WIB") == "Kamis, 30\u00a0Desember\u00a02021, 19.29\u00a0WIB"
    assert dates.together("الخميس، 30 ديسمبر 2021") == "الخميس، 30\u00a0ديسمبر\u00a02021"
    written = "Pada 30 Desember 2021 dan 1 Mei, bulan Mei, Mei 2020, 5 Meiji."
    kept = "Pada 30\u00a0Desember\u00a02021 dan 1\u00a0Mei, bulan Mei, Mei 2020, 5 Meiji."
    assert dates.days_together(written, "id") == kept
    assert dates.days_together(" Mei 2020", "id") == " Mei 2020"
    assert dates.days_together("On 30 December 2021.", "en") == "On 30\u00a0December\u00a02021."


def test_twenty_thousand_dates_take_well_under_a_second() -> None:
    """A build shows every article's date several times (bound: five times what was measured)."""
    moments = [CALL - timedelta(hours=7.3 * number) for number in range(20_000)]
    start = process_time()
    for moment in moments:
        dates.long(moment, JAKARTA, "id")
    assert process_time() - start < 1.5
