"""The enumerations that expressions take. Mirrors those of ``pyflink.table.expression``."""

from __future__ import annotations

from enum import Enum

from nutkin._gateway import RemoteObject, get_gateway

_EXPRESSIONS_PACKAGE = "org.apache.flink.table.expressions"
_API_PACKAGE = "org.apache.flink.table.api"


class _JavaEnum(Enum):
    """An enumeration whose constants Java has by the same names."""

    def to_java(self) -> RemoteObject:
        """The constant in the gateway."""
        name = type(self).__name__
        package = _EXPRESSIONS_PACKAGE if name.startswith("Time") else _API_PACKAGE
        return get_gateway().defer(f"{package}.{name}", self.name)


class TimeIntervalUnit(_JavaEnum):
    """Units of intervals of time.

    >>> from nutkin.table.expressions import col
    >>> print(col("a").extract(TimeIntervalUnit.YEAR))
    extract(YEAR, a)
    """

    YEAR = 0
    YEAR_TO_MONTH = 1
    QUARTER = 2
    MONTH = 3
    WEEK = 4
    DAY = 5
    DAY_TO_HOUR = 6
    DAY_TO_MINUTE = 7
    DAY_TO_SECOND = 8
    HOUR = 9
    SECOND = 10
    HOUR_TO_MINUTE = 11
    HOUR_TO_SECOND = 12
    MINUTE = 13
    MINUTE_TO_SECOND = 14


class TimePointUnit(_JavaEnum):
    """Units of points in time.

    >>> from nutkin.table.expressions import col, timestamp_diff
    >>> print(timestamp_diff(TimePointUnit.DAY, col("a"), col("b")))
    timestampDiff(DAY, a, b)
    """

    YEAR = 0
    MONTH = 1
    DAY = 2
    HOUR = 3
    MINUTE = 4
    SECOND = 5
    QUARTER = 6
    WEEK = 7
    MILLISECOND = 8
    MICROSECOND = 9


class JsonType(_JavaEnum):
    """What a text of JSON holds.

    >>> [one.name for one in JsonType]
    ['VALUE', 'SCALAR', 'ARRAY', 'OBJECT']
    """

    VALUE = 0
    SCALAR = 1
    ARRAY = 2
    OBJECT = 3


class JsonExistsOnError(_JavaEnum):
    """What ``json_exists`` answers when it fails.

    >>> [one.name for one in JsonExistsOnError]
    ['TRUE', 'FALSE', 'UNKNOWN', 'ERROR']
    """

    TRUE = 0
    FALSE = 1
    UNKNOWN = 2
    ERROR = 3


class JsonValueOnEmptyOrError(_JavaEnum):
    """What ``json_value`` answers when nothing is found or it fails.

    >>> [one.name for one in JsonValueOnEmptyOrError]
    ['NULL', 'ERROR', 'DEFAULT']
    """

    NULL = 0
    ERROR = 1
    DEFAULT = 2


class JsonQueryWrapper(_JavaEnum):
    """Whether ``json_query`` puts its answer into an array.

    >>> [one.name for one in JsonQueryWrapper]
    ['WITHOUT_ARRAY', 'CONDITIONAL_ARRAY', 'UNCONDITIONAL_ARRAY']
    """

    WITHOUT_ARRAY = 0
    CONDITIONAL_ARRAY = 1
    UNCONDITIONAL_ARRAY = 2


class JsonQueryOnEmptyOrError(_JavaEnum):
    """What ``json_query`` answers when nothing is found or it fails.

    >>> [one.name for one in JsonQueryOnEmptyOrError]
    ['NULL', 'EMPTY_ARRAY', 'EMPTY_OBJECT', 'ERROR']
    """

    NULL = 0
    EMPTY_ARRAY = 1
    EMPTY_OBJECT = 2
    ERROR = 3


class JsonOnNull(_JavaEnum):
    """What becomes of NULL in JSON.

    >>> from nutkin.table.expressions import json_array
    >>> print(json_array(JsonOnNull.ABSENT, 1, 2))
    JSON_ARRAY(ABSENT, 1, 2)
    """

    NULL = 0
    ABSENT = 1
