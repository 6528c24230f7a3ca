"""Moments as feeds and sitemaps write them: in English and in their own offset, whatever the process's locale and zone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

_MINUTE = timedelta(minutes=1)


def rfc822(moment: datetime) -> str:
    """An aware `moment` as RSS writes it: `Thu, 30 Dec 2021 19:29:00 +0700` (RFC 822, with the year of RFC 2822)."""
    return format_datetime(writable(moment))


def w3c(moment: datetime) -> str:
    """An aware `moment` as sitemaps write it: `2021-12-30T19:29:00+07:00` (W3C note on date and time formats)."""
    return writable(moment).isoformat(timespec="seconds")


def writable(moment: datetime) -> datetime:
    """The same moment, in UTC where its own offset has seconds: no format here can write Jakarta's +07:07:12 of 1920."""
    offset = moment.utcoffset()
    return moment.astimezone(UTC) if offset and offset % _MINUTE else moment
