"""Lengths of time. Mirrors the interval classes of ``pyflink.table.types``."""

from __future__ import annotations

import datetime
from enum import Enum

from nutkin.table._types.base import AtomicType


class Resolution:
    """A unit of an interval with its precision: digits of years or days, or of parts of seconds."""

    class IntervalUnit(Enum):
        """The units."""

        SECOND = 0
        MINUTE = 1
        HOUR = 2
        DAY = 3
        MONTH = 4
        YEAR = 5

    def __init__(self, unit: Resolution.IntervalUnit, precision: int = -1) -> None:
        self._unit = unit
        self._precision = precision

    @property
    def unit(self) -> Resolution.IntervalUnit:
        """The unit."""
        return self._unit

    @property
    def precision(self) -> int:
        """The digits; -1 if the unit has none."""
        return self._precision

    def __str__(self) -> str:
        return f"{self._unit}({self._precision})"


class YearMonthIntervalType(AtomicType):
    """``INTERVAL YEAR(precision) TO MONTH`` and its parts; Python ``int``, months.

    >>> print(YearMonthIntervalType(YearMonthIntervalType.YearMonthResolution.YEAR_TO_MONTH))
    INTERVAL YEAR(2) TO MONTH
    """

    class YearMonthResolution:
        """From which unit to which."""

        YEAR = 1
        MONTH = 2
        YEAR_TO_MONTH = 3

    DEFAULT_PRECISION = 2

    def __init__(self, resolution: int, precision: int = DEFAULT_PRECISION, nullable: bool = True) -> None:
        if resolution not in (1, 2, 3):
            raise ValueError(f"{resolution!r} is no YearMonthResolution.")
        if not 1 <= precision <= 4:
            raise ValueError(f"Invalid INTERVAL YEAR({precision}): precision is 1 to 4.")
        if resolution == self.YearMonthResolution.MONTH and precision != self.DEFAULT_PRECISION:
            raise ValueError("INTERVAL MONTH has no precision.")
        super().__init__(nullable)
        self._resolution = resolution
        self._precision = precision

    @property
    def resolution(self) -> int:
        """From which unit to which."""
        return self._resolution

    @property
    def precision(self) -> int:
        """The digits of years."""
        return self._precision

    def _kind_string(self) -> str:
        year = f"YEAR({self._precision})"
        return f"INTERVAL {('', year, 'MONTH', f'{year} TO MONTH')[self._resolution]}"


class DayTimeIntervalType(AtomicType):
    """``INTERVAL DAY(p) TO SECOND(f)`` and its parts; Python ``datetime.timedelta``.

    >>> print(DayTimeIntervalType(DayTimeIntervalType.DayTimeResolution.HOUR_TO_SECOND, 2, 3))
    INTERVAL HOUR TO SECOND(3)
    """

    class DayTimeResolution(Enum):
        """From which unit to which."""

        DAY = 1
        DAY_TO_HOUR = 2
        DAY_TO_MINUTE = 3
        DAY_TO_SECOND = 4
        HOUR = 5
        HOUR_TO_MINUTE = 6
        HOUR_TO_SECOND = 7
        MINUTE = 8
        MINUTE_TO_SECOND = 9
        SECOND = 10

    DEFAULT_DAY_PRECISION = 2
    DEFAULT_FRACTIONAL_PRECISION = 6

    def __init__(
        self,
        resolution: DayTimeIntervalType.DayTimeResolution,
        day_precision: int = DEFAULT_DAY_PRECISION,
        fractional_precision: int = DEFAULT_FRACTIONAL_PRECISION,
        nullable: bool = True,
    ) -> None:
        if not 1 <= day_precision <= 6 or not 0 <= fractional_precision <= 9:
            raise ValueError(
                f"Invalid INTERVAL DAY({day_precision}) TO SECOND({fractional_precision}): "
                "the precision of days is 1 to 6, that of seconds 0 to 9."
            )
        if "DAY" not in resolution.name and day_precision != self.DEFAULT_DAY_PRECISION:
            raise ValueError(f"INTERVAL {resolution.name} has no precision of days.")
        if "SECOND" not in resolution.name and fractional_precision != self.DEFAULT_FRACTIONAL_PRECISION:
            raise ValueError(f"INTERVAL {resolution.name} has no precision of seconds.")
        super().__init__(nullable)
        self._resolution = resolution
        self._day_precision = day_precision
        self._fractional_precision = fractional_precision

    @property
    def resolution(self) -> DayTimeIntervalType.DayTimeResolution:
        """From which unit to which."""
        return self._resolution

    @property
    def day_precision(self) -> int:
        """The digits of days."""
        return self._day_precision

    @property
    def fractional_precision(self) -> int:
        """The digits of parts of seconds."""
        return self._fractional_precision

    def need_conversion(self) -> bool:
        """True."""
        return True

    def to_sql_type(self, timedelta: datetime.timedelta | None) -> int | None:
        """Microseconds."""
        return None if timedelta is None else timedelta // datetime.timedelta(microseconds=1)

    def from_sql_type(self, ts: int | None) -> datetime.timedelta | None:
        """The length of so many microseconds."""
        return None if ts is None else datetime.timedelta(microseconds=ts)

    def _kind_string(self) -> str:
        units = self._resolution.name.split("_TO_")
        texts = {"DAY": f"DAY({self._day_precision})", "SECOND": f"SECOND({self._fractional_precision})"}
        return "INTERVAL " + " TO ".join(texts.get(unit, unit) for unit in units)


def interval_type(upper: Resolution, lower: Resolution | None) -> YearMonthIntervalType | DayTimeIntervalType:
    """The type of ``DataTypes.INTERVAL``.

    :raises ValueError: if there is no interval from the one unit to the other.
    """
    units = upper.unit.name if lower is None else f"{upper.unit.name}_TO_{lower.unit.name}"
    months = YearMonthIntervalType.YearMonthResolution
    if units in ("YEAR", "YEAR_TO_MONTH"):
        return YearMonthIntervalType(getattr(months, units), upper.precision)
    if units == "MONTH":
        return YearMonthIntervalType(months.MONTH)
    if units not in DayTimeIntervalType.DayTimeResolution.__members__:
        raise ValueError(
            f"Unsupported interval definition '{upper} TO {lower}'. Please check the documentation for "
            "supported combinations for year-month and day-time intervals."
        )
    by_unit = {one.unit.name: one.precision for one in (upper, lower) if one is not None}
    return DayTimeIntervalType(
        DayTimeIntervalType.DayTimeResolution[units],
        by_unit.get("DAY", DayTimeIntervalType.DEFAULT_DAY_PRECISION),
        by_unit.get("SECOND", DayTimeIntervalType.DEFAULT_FRACTIONAL_PRECISION),
    )
