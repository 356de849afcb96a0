"""Dates and times as the numbers that PyFlink's ``to_sql_type`` and ``to_internal_type`` give for them."""

from __future__ import annotations

import calendar
import datetime
import time

#: The ordinal of 1970-01-01.
DATE_EPOCH_ORDINAL = datetime.date(1970, 1, 1).toordinal()
#: Microseconds that the local clock was ahead of UTC at the beginning of 1970.
LOCAL_EPOCH_MICROS = calendar.timegm(time.localtime(0)) * 10**6


def date_to_days(value: datetime.date | None) -> int | None:
    """Days since 1970."""
    return None if value is None else value.toordinal() - DATE_EPOCH_ORDINAL


def days_to_date(days: int | None) -> datetime.date | None:
    """The date so many days after 1970."""
    return None if days is None else datetime.date.fromordinal(days + DATE_EPOCH_ORDINAL)


def time_to_micros(value: datetime.time | None) -> int | None:
    """Microseconds of the day, without the zone's offset."""
    if value is None:
        return None
    seconds = (value.hour * 60 + value.minute) * 60 + value.second
    offset_micros = LOCAL_EPOCH_MICROS
    if value.tzinfo is not None:
        offset_micros = (value.utcoffset() or datetime.timedelta()) // datetime.timedelta(microseconds=1)
    return seconds * 10**6 + value.microsecond - offset_micros


def micros_to_time(micros: int | None) -> datetime.time | None:
    """The time of day of so many microseconds."""
    if micros is None:
        return None
    seconds, microseconds = divmod(micros + LOCAL_EPOCH_MICROS, 10**6)
    minutes, seconds = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return datetime.time(hours, minutes, seconds, microseconds)


def datetime_to_micros(value: datetime.datetime | None) -> int | None:
    """Microseconds since 1970, by the value's zone or the local clock."""
    if value is None:
        return None
    seconds = calendar.timegm(value.utctimetuple()) if value.tzinfo else time.mktime(value.timetuple())
    return int(seconds) * 10**6 + value.microsecond


def micros_to_datetime(micros: int | None) -> datetime.datetime | None:
    """The local time so many microseconds after 1970."""
    if micros is None:
        return None
    return datetime.datetime.fromtimestamp(micros // 10**6).replace(microsecond=micros % 10**6)
