"""Dates, times and intervals. A part of :class:`nutkin.table.expression.Expression`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutkin.table._expression.base import ExpressionMethods

if TYPE_CHECKING:
    from nutkin.table.expression import Expression


class TemporalMethods(ExpressionMethods):
    """Dates, times and intervals."""

    __slots__ = ()

    @property
    def to_date(self) -> Expression:
        """The value as a DATE.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").to_date)
        cast(a, DATE)
        """
        return self._call("toDate")

    @property
    def to_time(self) -> Expression:
        """The value as a TIME(0).

        >>> from nutkin.table.expressions import col
        >>> print(col("a").to_time)
        cast(a, TIME(0))
        """
        return self._call("toTime")

    @property
    def to_timestamp(self) -> Expression:
        """The value as a TIMESTAMP(3).

        >>> from nutkin.table.expressions import col
        >>> print(col("a").to_timestamp)
        cast(a, TIMESTAMP(3))
        """
        return self._call("toTimestamp")

    @property
    def year(self) -> Expression:
        """An interval of so many years.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).year)
        24
        """
        return self._call("year")

    @property
    def years(self) -> Expression:
        """An interval of so many years.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).years)
        24
        """
        return self._call("years")

    @property
    def quarter(self) -> Expression:
        """An interval of so many quarters of a year.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).quarter)
        6
        """
        return self._call("quarter")

    @property
    def quarters(self) -> Expression:
        """An interval of so many quarters of a year.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).quarters)
        6
        """
        return self._call("quarters")

    @property
    def month(self) -> Expression:
        """An interval of so many months.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).month)
        2
        """
        return self._call("month")

    @property
    def months(self) -> Expression:
        """An interval of so many months.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).months)
        2
        """
        return self._call("months")

    @property
    def week(self) -> Expression:
        """An interval of so many weeks.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).week)
        1209600000
        """
        return self._call("week")

    @property
    def weeks(self) -> Expression:
        """An interval of so many weeks.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).weeks)
        1209600000
        """
        return self._call("weeks")

    @property
    def day(self) -> Expression:
        """An interval of so many days.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).day)
        172800000
        """
        return self._call("day")

    @property
    def days(self) -> Expression:
        """An interval of so many days.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).days)
        172800000
        """
        return self._call("days")

    @property
    def hour(self) -> Expression:
        """An interval of so many hours.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).hour)
        7200000
        """
        return self._call("hour")

    @property
    def hours(self) -> Expression:
        """An interval of so many hours.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).hours)
        7200000
        """
        return self._call("hours")

    @property
    def minute(self) -> Expression:
        """An interval of so many minutes.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).minute)
        120000
        """
        return self._call("minute")

    @property
    def minutes(self) -> Expression:
        """An interval of so many minutes.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).minutes)
        120000
        """
        return self._call("minutes")

    @property
    def second(self) -> Expression:
        """An interval of so many seconds.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).second)
        2000
        """
        return self._call("second")

    @property
    def seconds(self) -> Expression:
        """An interval of so many seconds.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).seconds)
        2000
        """
        return self._call("seconds")

    @property
    def milli(self) -> Expression:
        """An interval of so many milliseconds.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).milli)
        2
        """
        return self._call("milli")

    @property
    def millis(self) -> Expression:
        """An interval of so many milliseconds.

        >>> from nutkin.table.expressions import lit
        >>> print(lit(2).millis)
        2
        """
        return self._call("millis")
