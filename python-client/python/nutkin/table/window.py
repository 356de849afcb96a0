"""Windows, described step by step. Mirrors ``pyflink.table.window``.

Windows of groups (:class:`Tumble`, :class:`Slide`, :class:`Session`) are for ``Table.window``, windows of
calls (:class:`Over`) for ``Table.over_window``.
"""

from __future__ import annotations

from typing import Any

from nutkin._gateway import RemoteObject, get_gateway
from nutkin.table.expression import Expression, to_argument

__all__ = [
    "GroupWindow",
    "Over",
    "OverWindow",
    "OverWindowPartitioned",
    "OverWindowPartitionedOrdered",
    "OverWindowPartitionedOrderedPreceding",
    "Session",
    "SessionWithGap",
    "SessionWithGapOnTime",
    "Slide",
    "SlideWithSize",
    "SlideWithSizeAndSlide",
    "SlideWithSizeAndSlideOnTime",
    "Tumble",
    "TumbleWithSize",
    "TumbleWithSizeOnTime",
]

_PACKAGE = "org.apache.flink.table.api"


def _begin(class_name: str, method: str, *arguments: Expression | str) -> RemoteObject:
    return get_gateway().defer(f"{_PACKAGE}.{class_name}", method, *map(_expression, arguments))


def _expression(value: Any) -> Any:
    """An expression, or a string in the expression language of 1.9 to 1.15."""
    return value if isinstance(value, str) else to_argument(value)


class _Step:
    """A window in the gateway, with what was said of it so far."""

    __slots__ = ("_j_window",)

    def __init__(self, j_window: RemoteObject) -> None:
        self._j_window = j_window

    def _next(self, method: str, *arguments: Expression | str) -> RemoteObject:
        return self._j_window.defer(method, *map(_expression, arguments))


class GroupWindow(_Step):
    """A window of time by which rows are grouped.

    >>> from nutkin.table.expressions import col, lit
    >>> isinstance(Tumble.over(lit(10).minutes).on(col("ts")).alias("w"), GroupWindow)
    True
    """


class Tumble:
    """Windows one after the other.

    >>> from nutkin.table import EnvironmentSettings, TableEnvironment
    >>> from nutkin.table.expressions import col, lit
    >>> import datetime
    >>> t_env = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
    >>> t = t_env.from_elements([(1, datetime.datetime(2020, 1, 1))], ["v", "ts"])
    >>> window = Tumble.over(lit(10).minutes).on(col("ts")).alias("w")
    >>> result = t.window(window).group_by(col("w")).select(col("w").start.alias("s"), col("v").sum)
    >>> result.get_resolved_schema().get_column_names()
    ['s', 'EXPR$1']
    """

    @classmethod
    def over(cls, size: Expression | str) -> TumbleWithSize:
        """Windows of this length, an interval of time."""
        return TumbleWithSize(_begin("Tumble", "over", size))


class TumbleWithSize(_Step):
    """A tumbling window with its length."""

    def on(self, time_field: Expression | str) -> TumbleWithSizeOnTime:
        """The time of a row: a TIMESTAMP or TIMESTAMP_LTZ column."""
        return TumbleWithSizeOnTime(self._next("on", time_field))


class TumbleWithSizeOnTime(_Step):
    """A tumbling window with its length and time."""

    def alias(self, alias: str) -> GroupWindow:
        """The name by which ``group_by`` and ``select`` refer to the window."""
        return GroupWindow(self._next("as", alias))


class Session:
    """Windows that end where nothing happens for a while.

    >>> from nutkin.table.expressions import col, lit
    >>> isinstance(Session.with_gap(lit(5).minutes).on(col("ts")).alias("w"), GroupWindow)
    True
    """

    @classmethod
    def with_gap(cls, gap: Expression | str) -> SessionWithGap:
        """The pause that ends a window, an interval of time."""
        return SessionWithGap(_begin("Session", "withGap", gap))


class SessionWithGap(_Step):
    """A session window with its pause."""

    def on(self, time_field: Expression | str) -> SessionWithGapOnTime:
        """The time of a row: a TIMESTAMP or TIMESTAMP_LTZ column."""
        return SessionWithGapOnTime(self._next("on", time_field))


class SessionWithGapOnTime(_Step):
    """A session window with its pause and time."""

    def alias(self, alias: str) -> GroupWindow:
        """The name by which ``group_by`` and ``select`` refer to the window."""
        return GroupWindow(self._next("as", alias))


class Slide:
    """Windows that overlap.

    >>> from nutkin.table.expressions import col, lit
    >>> window = Slide.over(lit(10).minutes).every(lit(5).minutes).on(col("ts")).alias("w")
    >>> isinstance(window, GroupWindow)
    True
    """

    @classmethod
    def over(cls, size: Expression | str) -> SlideWithSize:
        """Windows of this length, an interval of time."""
        return SlideWithSize(_begin("Slide", "over", size))


class SlideWithSize(_Step):
    """A sliding window with its length."""

    def every(self, slide: Expression | str) -> SlideWithSizeAndSlide:
        """The time from the start of one window to the start of the next."""
        return SlideWithSizeAndSlide(self._next("every", slide))


class SlideWithSizeAndSlide(_Step):
    """A sliding window with its length and slide."""

    def on(self, time_field: Expression | str) -> SlideWithSizeAndSlideOnTime:
        """The time of a row: a TIMESTAMP or TIMESTAMP_LTZ column."""
        return SlideWithSizeAndSlideOnTime(self._next("on", time_field))


class SlideWithSizeAndSlideOnTime(_Step):
    """A sliding window with its length, slide and time."""

    def alias(self, alias: str) -> GroupWindow:
        """The name by which ``group_by`` and ``select`` refer to the window."""
        return GroupWindow(self._next("as", alias))


class OverWindow(_Step):
    """The rows around a row that a call sees."""


class Over:
    """Windows of calls: for every row, the rows before it.

    >>> from nutkin.table import EnvironmentSettings, TableEnvironment
    >>> from nutkin.table.expressions import UNBOUNDED_RANGE, col
    >>> import datetime
    >>> t_env = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
    >>> days = [datetime.datetime(2020, 1, day) for day in (1, 2)]
    >>> t = t_env.from_elements([(1, days[0]), (2, days[1])], ["v", "ts"])
    >>> window = Over.order_by(col("ts")).preceding(UNBOUNDED_RANGE).alias("w")
    >>> result = t.over_window(window).select(col("v").sum.over(col("w")))
    >>> sorted(row[0] for row in result.execute().collect())
    [1, 3]
    """

    @classmethod
    def order_by(cls, order_by: Expression | str) -> OverWindowPartitionedOrdered:
        """The time by which rows are ordered."""
        return OverWindowPartitionedOrdered(_begin("Over", "orderBy", order_by))

    @classmethod
    def partition_by(cls, *partition_by: Expression | str) -> OverWindowPartitioned:
        """Rows with equal values are one partition."""
        return OverWindowPartitioned(_begin("Over", "partitionBy", *partition_by))


class OverWindowPartitioned(_Step):
    """An over window with partitions."""

    def order_by(self, order_by: Expression | str) -> OverWindowPartitionedOrdered:
        """The time by which rows of a partition are ordered."""
        return OverWindowPartitionedOrdered(self._next("orderBy", order_by))


class OverWindowPartitionedOrdered(_Step):
    """An over window with an order."""

    def alias(self, alias: str) -> OverWindow:
        """The name by which calls refer to the window."""
        return OverWindow(self._next("as", alias))

    def preceding(self, preceding: Expression | str) -> OverWindowPartitionedOrderedPreceding:
        """The first row: an interval of time or ``row_interval(n)`` before the current row, or
        ``UNBOUNDED_RANGE`` or ``UNBOUNDED_ROW``."""
        return OverWindowPartitionedOrderedPreceding(self._next("preceding", preceding))


class OverWindowPartitionedOrderedPreceding(_Step):
    """An over window with its first row."""

    def alias(self, alias: str) -> OverWindow:
        """The name by which calls refer to the window."""
        return OverWindow(self._next("as", alias))

    def following(self, following: Expression | str) -> OverWindowPartitionedOrderedPreceding:
        """The last row: ``CURRENT_ROW``, ``CURRENT_RANGE``, or so much after the current row."""
        return OverWindowPartitionedOrderedPreceding(self._next("following", following))
