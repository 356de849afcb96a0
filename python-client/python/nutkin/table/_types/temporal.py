"""Dates, times and timestamps. Mirrors their classes in ``pyflink.table.types``."""

from __future__ import annotations

import datetime

from nutkin.common import _epoch
from nutkin.table._types.base import AtomicType


class DateType(AtomicType):
    """``DATE``; Python ``datetime.date``."""

    _name = "DATE"
    EPOCH_ORDINAL = _epoch.DATE_EPOCH_ORDINAL

    def need_conversion(self) -> bool:
        """True."""
        return True

    def to_sql_type(self, d: datetime.date | None) -> int | None:
        """Days since 1970."""
        return _epoch.date_to_days(d)

    def from_sql_type(self, v: int | None) -> datetime.date | None:
        """The date so many days after 1970."""
        return _epoch.days_to_date(v)


class _PrecisionType(AtomicType):
    def __init__(self, precision: int = 6, nullable: bool = True) -> None:
        if not 0 <= precision <= 9:
            raise ValueError(f"Invalid {self._name}({precision}): precision is 0 to 9.")
        super().__init__(nullable)
        self.precision = precision

    def need_conversion(self) -> bool:
        """True."""
        return True

    def _kind_string(self) -> str:
        return f"{self._name}({self.precision})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.precision}, {str(self._nullable).lower()})"


class TimeType(_PrecisionType):
    """``TIME(precision)``; Python ``datetime.time``."""

    _name = "TIME"
    EPOCH_ORDINAL = _epoch.LOCAL_EPOCH_MICROS

    def __init__(self, precision: int = 0, nullable: bool = True) -> None:
        super().__init__(precision, nullable)

    def to_sql_type(self, t: datetime.time | None) -> int | None:
        """Microseconds of the day."""
        return _epoch.time_to_micros(t)

    def from_sql_type(self, t: int | None) -> datetime.time | None:
        """The time of day of so many microseconds."""
        return _epoch.micros_to_time(t)


class TimestampType(_PrecisionType):
    """``TIMESTAMP(precision)`` without time zone; Python naive ``datetime.datetime``."""

    _name = "TIMESTAMP"

    def to_sql_type(self, dt: datetime.datetime | None) -> int | None:
        """Microseconds since 1970, by the local clock."""
        return _epoch.datetime_to_micros(dt)

    def from_sql_type(self, ts: int | None) -> datetime.datetime | None:
        """The local time so many microseconds after 1970."""
        return _epoch.micros_to_datetime(ts)


class LocalZonedTimestampType(_PrecisionType):
    """``TIMESTAMP_LTZ(precision)``, an instant; Python ``datetime.datetime``."""

    _name = "TIMESTAMP_LTZ"
    EPOCH_ORDINAL = _epoch.LOCAL_EPOCH_MICROS

    def to_sql_type(self, dt: datetime.datetime | None) -> int | None:
        """Microseconds since 1970, and what the local clock was ahead of UTC then."""
        micros = _epoch.datetime_to_micros(dt)
        return None if micros is None else micros + self.EPOCH_ORDINAL

    def from_sql_type(self, ts: int | None) -> datetime.datetime | None:
        """The time of :meth:`to_sql_type`."""
        return None if ts is None else _epoch.micros_to_datetime(ts - self.EPOCH_ORDINAL)


class ZonedTimestampType(_PrecisionType):
    """``TIMESTAMP(precision) WITH TIME ZONE``, which no expression has; Python ``datetime.datetime``."""

    _name = "TIMESTAMP"

    def _kind_string(self) -> str:
        return f"TIMESTAMP({self.precision}) WITH TIME ZONE"

    def to_sql_type(self, dt: datetime.datetime | None) -> tuple[int, int] | None:
        """Microseconds since 1970 by the zone's clock, and the zone's offset in seconds."""
        micros = _epoch.datetime_to_micros(dt)
        if dt is None or micros is None:
            return None
        offset = (dt if dt.tzinfo else dt.astimezone()).utcoffset() or datetime.timedelta()
        seconds = int(offset.total_seconds())
        return micros + seconds * 10**6, seconds

    def from_sql_type(self, zoned_ts: tuple[int, int] | None) -> datetime.datetime | None:
        """The time of :meth:`to_sql_type`, with a zone of that offset."""
        if zoned_ts is None:
            return None
        local_micros, offset_seconds = zoned_ts
        zone = datetime.timezone(datetime.timedelta(seconds=offset_seconds))
        epoch = datetime.datetime(1970, 1, 1, tzinfo=datetime.timezone.utc)
        instant = epoch + datetime.timedelta(microseconds=local_micros - offset_seconds * 10**6)
        return instant.astimezone(zone)
