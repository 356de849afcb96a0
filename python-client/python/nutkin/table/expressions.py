"""Functions that make expressions. Mirrors ``pyflink.table.expressions``."""

from __future__ import annotations

from typing import Any

from nutkin._gateway import get_gateway
from nutkin.table._expression.base import given
from nutkin.table.expression import (
    _EXPRESSIONS,
    Expression,
    JsonOnNull,
    TimePointUnit,
    lit_expression,
    to_argument,
)
from nutkin.table.types import DataType, to_type_string
from nutkin.table.udf import UserDefinedFunctionWrapper

__all__ = [
    "CURRENT_RANGE",
    "CURRENT_ROW",
    "UNBOUNDED_RANGE",
    "UNBOUNDED_ROW",
    "and_",
    "array",
    "atan2",
    "call",
    "call_sql",
    "coalesce",
    "col",
    "concat",
    "concat_ws",
    "convert_tz",
    "current_database",
    "current_date",
    "current_time",
    "current_timestamp",
    "current_watermark",
    "date_format",
    "descriptor",
    "e",
    "from_unixtime",
    "if_then_else",
    "json",
    "json_array",
    "json_array_agg",
    "json_object",
    "json_object_agg",
    "json_string",
    "lag",
    "lead",
    "lit",
    "local_time",
    "local_timestamp",
    "log",
    "map_",
    "map_from_arrays",
    "negative",
    "not_",
    "null_of",
    "object_of",
    "or_",
    "pi",
    "rand",
    "rand_integer",
    "range_",
    "row",
    "row_interval",
    "source_watermark",
    "temporal_overlaps",
    "timestamp_diff",
    "to_date",
    "to_timestamp",
    "to_timestamp_ltz",
    "unix_timestamp",
    "uuid",
    "with_all_columns",
    "with_columns",
    "without_columns",
]


def _static(method: str, *arguments: Any) -> Expression:
    return Expression(get_gateway().defer(_EXPRESSIONS, method, *arguments))


def _function(method: str, *arguments: Any) -> Expression:
    """Calls a function whose arguments are values or expressions."""
    return _static(method, *map(to_argument, arguments))


def col(name: str) -> Expression:
    """The column of this name.

    >>> print(col("x"))
    x
    """
    return _static("col", name)


def range_(start: str | int, end: str | int) -> Expression:
    """The columns from one to another, by name or by number from 1, for ``with_columns`` and
    ``without_columns``.

    >>> print(range_("a", "c"))
    rangeTo(a, c)
    """
    return _static("range", start, end)


def and_(predicate0: Any, predicate1: Any, *predicates: Any) -> Expression:
    """TRUE if all predicates are.

    >>> print(and_(col("a") > 1, col("b") > 1))
    and(greaterThan(a, 1), greaterThan(b, 1))
    """
    return _function("and", predicate0, predicate1, *predicates)


def or_(predicate0: Any, predicate1: Any, *predicates: Any) -> Expression:
    """TRUE if one of the predicates is.

    >>> print(or_(col("a") > 1, col("b") > 1))
    or(greaterThan(a, 1), greaterThan(b, 1))
    """
    return _function("or", predicate0, predicate1, *predicates)


def not_(expression: Any) -> Expression:
    """TRUE if the predicate is FALSE, FALSE if it is TRUE, NULL if it is NULL.

    >>> print(not_(col("a") > 1))
    not(greaterThan(a, 1))
    """
    return _function("not", expression)


def current_database() -> Expression:
    """The current database.

    >>> print(current_database())
    currentDatabase()
    """
    return _function("currentDatabase")


def current_date() -> Expression:
    """The date in the session's time zone.

    >>> print(current_date())
    currentDate()
    """
    return _function("currentDate")


def current_time() -> Expression:
    """The time in the session's time zone.

    >>> print(current_time())
    currentTime()
    """
    return _function("currentTime")


def current_timestamp() -> Expression:
    """The instant, a TIMESTAMP_LTZ(3).

    >>> print(current_timestamp())
    currentTimestamp()
    """
    return _function("currentTimestamp")


def current_watermark(rowtimeAttribute: Any) -> Expression:
    """The watermark of a time attribute; NULL before the first one.

    >>> print(current_watermark(col("a")))
    CURRENT_WATERMARK(a)
    """
    return _function("currentWatermark", rowtimeAttribute)


def local_time() -> Expression:
    """The time in the session's time zone.

    >>> print(local_time())
    localTime()
    """
    return _function("localTime")


def local_timestamp() -> Expression:
    """The date and time in the session's time zone, a TIMESTAMP(3).

    >>> print(local_timestamp())
    localTimestamp()
    """
    return _function("localTimestamp")


def to_date(date_str: Any, format: Any = None) -> Expression:
    """The date that a text holds, of the format ``yyyy-MM-dd`` unless another is given.

    >>> print(to_date("2020-01-01"))
    toDate('2020-01-01')
    """
    return _function("toDate", date_str, *given(format))


def to_timestamp(timestamp_str: Any, format: Any = None) -> Expression:
    """The time that a text holds, of the format ``yyyy-MM-dd HH:mm:ss`` unless another is given.

    >>> print(to_timestamp("2020-01-01"))
    toTimestamp('2020-01-01')
    """
    return _function("toTimestamp", timestamp_str, *given(format))


def temporal_overlaps(
    left_time_point: Any, left_temporal: Any, right_time_point: Any, right_temporal: Any
) -> Expression:
    """TRUE if two spans have an instant in common; each is a start, and an end or a length.

    >>> print(temporal_overlaps(col("a"), col("b"), col("c"), col("d")))
    temporalOverlaps(a, b, c, d)
    """
    return _function("temporalOverlaps", left_time_point, left_temporal, right_time_point, right_temporal)


def date_format(timestamp: Any, format: Any) -> Expression:
    """A time as text, in a format of Java's ``SimpleDateFormat``.

    >>> print(date_format(col("a"), "yyyy"))
    dateFormat(a, 'yyyy')
    """
    return _function("dateFormat", timestamp, format)


def timestamp_diff(time_point_unit: TimePointUnit, time_point1: Any, time_point2: Any) -> Expression:
    """How many whole units there are from the first time to the second.

    >>> print(timestamp_diff(TimePointUnit.DAY, col("a"), col("b")))
    timestampDiff(DAY, a, b)
    """
    return _function("timestampDiff", time_point_unit, time_point1, time_point2)


def convert_tz(date_str: Any, tz_from: Any, tz_to: Any) -> Expression:
    """A time of one zone, as text, in another zone.

    >>> print(convert_tz("x", "UTC", "Asia/Tokyo"))
    convertTz('x', 'UTC', 'Asia/Tokyo')
    """
    return _function("convertTz", date_str, tz_from, tz_to)


def from_unixtime(unixtime: Any, format: Any = None) -> Expression:
    """The text of a time given in seconds since 1970, in the session's time zone.

    >>> print(from_unixtime(1))
    fromUnixtime(1)
    """
    return _function("fromUnixtime", unixtime, *given(format))


def unix_timestamp(date_str: Any = None, format: Any = None) -> Expression:
    """The seconds since 1970 of a text in the session's time zone; of now without one.

    >>> print(unix_timestamp())
    unixTimestamp()
    """
    return _function("unixTimestamp", *given(date_str, format))


def array(head: Any, *tail: Any) -> Expression:
    """An ARRAY of values.

    >>> print(array(1, 2, 3))
    array(1, 2, 3)
    """
    return _function("array", head, *tail)


def row(head: Any, *tail: Any) -> Expression:
    """A ROW of values.

    >>> print(row(1, "a"))
    row(1, 'a')
    """
    return _function("row", head, *tail)


def map_(key: Any, value: Any, *tail: Any) -> Expression:
    """A MAP of keys and values in turn.

    >>> print(map_("a", 1))
    map('a', 1)
    """
    return _function("map", key, value, *tail)


def map_from_arrays(key: Any, value: Any) -> Expression:
    """A MAP of the elements of two arrays.

    >>> print(map_from_arrays(array("a"), array(1)))
    MAP_FROM_ARRAYS(array('a'), array(1))
    """
    return _function("mapFromArrays", key, value)


def row_interval(rows: int) -> Expression:
    """A number of rows, as the bound of a window.

    >>> print(row_interval(5))
    5
    """
    return _static("rowInterval", rows)


def pi() -> Expression:
    """The number pi.

    >>> print(pi())
    pi()
    """
    return _function("pi")


def e() -> Expression:
    """Euler's number.

    >>> print(e())
    e()
    """
    return _function("e")


def rand(seed: Any = None) -> Expression:
    """A random number from 0 to 1; the same ones for the same seed.

    >>> print(rand(1))
    rand(1)
    """
    return _function("rand", *given(seed))


def atan2(y: Any, x: Any) -> Expression:
    """The angle of a point, in radians.

    >>> print(atan2(1, 2))
    atan2(1, 2)
    """
    return _function("atan2", y, x)


def negative(v: Any) -> Expression:
    """The value with the opposite sign.

    >>> print(negative(col("a")))
    minusPrefix(a)
    """
    return _function("negative", v)


def concat(first: Any, *others: Any) -> Expression:
    """The texts one after another; NULL if one is.

    >>> print(concat("a", col("b")))
    concat('a', b)
    """
    return _function("concat", first, *others)


def concat_ws(separator: Any, first: Any, *others: Any) -> Expression:
    """The texts that are not NULL, with a separator between them.

    >>> print(concat_ws("-", col("a"), col("b")))
    concat_ws('-', a, b)
    """
    return _function("concatWs", separator, first, *others)


def uuid() -> Expression:
    """A new UUID for each row, as text.

    >>> print(uuid())
    uuid()
    """
    return _function("uuid")


def source_watermark() -> Expression:
    """The watermark that the source gives, for the schema of a table.

    >>> print(source_watermark())
    SOURCE_WATERMARK()
    """
    return _function("sourceWatermark")


def if_then_else(condition: Any, if_true: Any, if_false: Any) -> Expression:
    """``if_true`` where the condition is TRUE, else ``if_false``.

    >>> print(if_then_else(col("a") > 1, 1, 2))
    ifThenElse(greaterThan(a, 1), 1, 2)
    """
    return _function("ifThenElse", condition, if_true, if_false)


def coalesce(*args: Any) -> Expression:
    """The first value that is not NULL.

    >>> print(coalesce(col("a"), col("b")))
    COALESCE(a, b)
    """
    return _function("coalesce", *args)


def with_all_columns() -> Expression:
    """All columns.

    >>> print(with_all_columns())
    *
    """
    return _function("withAllColumns")


def with_columns(head: Any, *tails: Any) -> Expression:
    """These columns, of names and ranges.

    >>> print(with_columns(col("a"), range_("b", "d")))
    withColumns(a, rangeTo(b, d))
    """
    return _function("withColumns", head, *tails)


def without_columns(head: Any, *tails: Any) -> Expression:
    """All columns but these.

    >>> print(without_columns(col("a")))
    withoutColumns(a)
    """
    return _function("withoutColumns", head, *tails)


def json(value: Any) -> Expression:
    """A text that is JSON already, as a value of ``json_object`` or ``json_array``.

    >>> print(json("{}"))
    JSON('{}')
    """
    return _function("json", value)


def json_string(value: Any) -> Expression:
    """A value as JSON.

    >>> print(json_string(col("a")))
    JSON_STRING(a)
    """
    return _function("jsonString", value)


def json_object_agg(on_null: JsonOnNull, key_expr: Any, value_expr: Any) -> Expression:
    """A JSON object of the keys and values of all rows.

    >>> print(json_object_agg(JsonOnNull.NULL, "k", col("a")))
    JSON_OBJECTAGG_NULL_ON_NULL('k', a)
    """
    return _function("jsonObjectAgg", on_null, key_expr, value_expr)


def json_array_agg(on_null: JsonOnNull, item_expr: Any) -> Expression:
    """A JSON array of the values of all rows.

    >>> print(json_array_agg(JsonOnNull.NULL, col("a")))
    JSON_ARRAYAGG_NULL_ON_NULL(a)
    """
    return _function("jsonArrayAgg", on_null, item_expr)


def json_object(on_null: JsonOnNull = JsonOnNull.NULL, *args: Any) -> Expression:
    """A JSON object of keys and values in turn.

    >>> print(json_object(JsonOnNull.NULL, "k", 1))
    JSON_OBJECT(NULL, 'k', 1)
    """
    return _function("jsonObject", on_null, *args)


def json_array(on_null: JsonOnNull = JsonOnNull.ABSENT, *args: Any) -> Expression:
    """A JSON array of values.

    >>> print(json_array(JsonOnNull.ABSENT, 1, 2))
    JSON_ARRAY(ABSENT, 1, 2)
    """
    return _function("jsonArray", on_null, *args)


def lit(v: Any, data_type: DataType | str | None = None) -> Expression:
    """A constant, of the given type or of the type of the Python value.

    >>> print(lit(1), lit("x"), lit(None, "INT"))
    1 'x' null
    """
    return lit_expression(v, data_type)


def null_of(data_type: DataType | str) -> Expression:
    """NULL of a type.

    >>> print(null_of("INT"))
    null
    """
    return _static("nullOf", to_type_string(data_type))


def to_timestamp_ltz(*args: Any) -> Expression:
    """An instant: of a number and a precision (0 for seconds, 3 for milliseconds), or of a text, a format
    and a time zone.

    :raises ValueError: if there are no arguments, or more than three.

    >>> print(to_timestamp_ltz(100, 3))
    TO_TIMESTAMP_LTZ(100, 3)
    """
    if not 1 <= len(args) <= 3:
        raise ValueError("to_timestamp_ltz takes one to three arguments.")
    return _function("toTimestampLtz", *args)


def descriptor(*column_names: str) -> Expression:
    """Names of columns, as the argument of a table function.

    >>> print(descriptor("x", "y"))
    (`x`, `y`)
    """
    return _static("descriptor", *column_names)


def object_of(class_name: str, *args: Any) -> Expression:
    """A structured value: the name of its class, then field names and values in turn.

    >>> print(object_of("com.example.A", "x", 1))
    OBJECT_OF('com.example.A', 'x', 1)
    """
    return _static("objectOf", class_name, *map(to_argument, args))


def rand_integer(bound: Any, seed: Any = None) -> Expression:
    """A random whole number from 0 to below a bound; the same ones for the same seed.

    >>> print(rand_integer(10, 1))
    randInteger(1, 10)
    """
    return _function("randInteger", bound) if seed is None else _function("randInteger", seed, bound)


def log(v: Any, base: Any = None) -> Expression:
    """The logarithm to a base; the natural one without.

    >>> print(log(8, 2))
    log(2, 8)
    """
    return _function("log", v) if base is None else _function("log", base, v)


def lag(expr: Any, offset: Any = 1, default: Any = None) -> Expression:
    """The value so many rows before the current one, or the default where there is none.

    >>> print(lag(col("a"), 2, 0))
    lag(a, 2, 0)
    """
    return _function("lag", expr, offset, *given(default))


def lead(expr: Any, offset: Any = 1, default: Any = None) -> Expression:
    """The value so many rows after the current one, or the default where there is none.

    >>> print(lead(col("a"), 2, 0))
    lead(a, 2, 0)
    """
    return _function("lead", expr, offset, *given(default))


def call(f: str | UserDefinedFunctionWrapper, *args: Any) -> Expression:
    """A call of a function: one by name, or a Python function itself.

    >>> print(call("MY_F", col("a"), 1))
    MY_F(a, 1)
    """
    if isinstance(f, UserDefinedFunctionWrapper):
        return f(*args)
    return _static("call", f, *map(to_argument, args))


def call_sql(sql_expression: str) -> Expression:
    """What SQL spells so, over the columns of the table.

    >>> print(call_sql("a + 1"))
    [a + 1]
    """
    return _static("callSql", sql_expression)


class _Bound(Expression):
    """A bound of an over window, made in the gateway when it is used first: importing asks nothing of it."""

    __slots__ = ("_name",)

    def __init__(self, name: str) -> None:
        self._name = name

    @property
    def _j_expression(self) -> Any:
        return get_gateway().defer(_EXPRESSIONS, self._name)


#: The bound of an over window at the start of the partition, of windows by rows.
UNBOUNDED_ROW = _Bound("UNBOUNDED_ROW")
#: The bound of an over window at the start of the partition, of windows by time.
UNBOUNDED_RANGE = _Bound("UNBOUNDED_RANGE")
#: The bound of an over window at the current row.
CURRENT_ROW = _Bound("CURRENT_ROW")
#: The bound of an over window at the rows with the time of the current one.
CURRENT_RANGE = _Bound("CURRENT_RANGE")
