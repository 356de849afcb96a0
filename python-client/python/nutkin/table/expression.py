"""Expressions. Mirrors ``pyflink.table.expression``.

An expression is built in the gateway, call by call, but nothing is sent until a table uses it. The methods
are in :mod:`nutkin.table._expression`, one family a module.
"""

from __future__ import annotations

import datetime
import decimal
from typing import TYPE_CHECKING, Any

from nutkin._gateway import RemoteObject, get_gateway
from nutkin.table._expression.aggregates import AggregateMethods
from nutkin.table._expression.arithmetic import ArithmeticMethods
from nutkin.table._expression.bitmaps import BitmapMethods
from nutkin.table._expression.collections import CollectionMethods
from nutkin.table._expression.json_values import JsonMethods
from nutkin.table._expression.logic import LogicMethods
from nutkin.table._expression.strings import StringMethods
from nutkin.table._expression.temporal import TemporalMethods
from nutkin.table._expression.units import (
    JsonExistsOnError,
    JsonOnNull,
    JsonQueryOnEmptyOrError,
    JsonQueryWrapper,
    JsonType,
    JsonValueOnEmptyOrError,
    TimeIntervalUnit,
    TimePointUnit,
)
from nutkin.table.types import DataType, to_type_string

if TYPE_CHECKING:
    from nutkin.table.table import Table

__all__ = [
    "Expression",
    "JsonExistsOnError",
    "JsonOnNull",
    "JsonQueryOnEmptyOrError",
    "JsonQueryWrapper",
    "JsonType",
    "JsonValueOnEmptyOrError",
    "TimeIntervalUnit",
    "TimePointUnit",
]

_EXPRESSIONS = "org.apache.flink.table.api.Expressions"
_LITERAL_TYPES = (
    bool,
    int,
    float,
    str,
    bytes,
    bytearray,
    decimal.Decimal,
    datetime.date,
    datetime.time,
    datetime.datetime,
    datetime.timedelta,
)


class Expression(
    ArithmeticMethods,
    LogicMethods,
    AggregateMethods,
    StringMethods,
    TemporalMethods,
    CollectionMethods,
    JsonMethods,
    BitmapMethods,
):
    """A computation over the columns of a table. Mirrors ``ApiExpression``.

    >>> from nutkin.table.expressions import col
    >>> print((col("a") + 1).alias("b"))
    as(plus(a, 1), 'b')
    """

    __slots__ = ("_j_expression",)

    def __init__(self, j_expression: RemoteObject) -> None:
        self._j_expression = j_expression  # type: ignore[misc]  # a slot here, a property for the families

    def _reversed(self, method: str, left: Any) -> Expression:
        return lit_expression(left)._call(method, self)

    # Arithmetic

    def __add__(self, other: Any) -> Expression:
        return self._call("plus", other)

    def __radd__(self, other: Any) -> Expression:
        return self._reversed("plus", other)

    def __sub__(self, other: Any) -> Expression:
        return self._call("minus", other)

    def __rsub__(self, other: Any) -> Expression:
        return self._reversed("minus", other)

    def __mul__(self, other: Any) -> Expression:
        return self._call("times", other)

    def __rmul__(self, other: Any) -> Expression:
        return self._call("times", other)

    def __truediv__(self, other: Any) -> Expression:
        return self._call("dividedBy", other)

    def __rtruediv__(self, other: Any) -> Expression:
        return self._reversed("dividedBy", other)

    def __mod__(self, other: Any) -> Expression:
        return self._call("mod", other)

    def __rmod__(self, other: Any) -> Expression:
        return self._reversed("mod", other)

    def __pow__(self, other: Any) -> Expression:
        return self._call("power", other)

    def __rpow__(self, other: Any) -> Expression:
        return self._reversed("power", other)

    def __neg__(self) -> Expression:
        return Expression(get_gateway().defer(_EXPRESSIONS, "negative", self._j_expression))

    def __abs__(self) -> Expression:
        return self.abs

    # Comparison

    def __eq__(self, other: object) -> Expression:  # type: ignore[override]  # as in PyFlink
        return self._call("isEqual", other)

    def __ne__(self, other: object) -> Expression:  # type: ignore[override]  # as in PyFlink
        return self._call("isNotEqual", other)

    def __lt__(self, other: Any) -> Expression:
        return self._call("isLess", other)

    def __gt__(self, other: Any) -> Expression:
        return self._call("isGreater", other)

    def __le__(self, other: Any) -> Expression:
        return self._call("isLessOrEqual", other)

    def __ge__(self, other: Any) -> Expression:
        return self._call("isGreaterOrEqual", other)

    __hash__ = None  # type: ignore[assignment]  # equality makes an expression

    # Logic

    def __and__(self, other: Any) -> Expression:
        return self._call("and", other)

    def __rand__(self, other: Any) -> Expression:
        return self._call("and", other)

    def __or__(self, other: Any) -> Expression:
        return self._call("or", other)

    def __ror__(self, other: Any) -> Expression:
        return self._call("or", other)

    def __invert__(self) -> Expression:
        return self._call("isNotTrue")

    def __bool__(self) -> bool:
        raise ValueError(
            "Cannot convert an expression to a boolean. "
            "Use '&', '|' and '~' in place of 'and', 'or' and 'not'."
        )

    def __getattr__(self, name: str) -> Expression:
        """A field of a ROW: ``col("a").f0``."""
        if name.startswith("_"):
            raise AttributeError(name)
        return self.get(name)

    def __getitem__(self, index: Any) -> Expression:
        return self.at(index)

    def __iter__(self) -> Any:
        raise TypeError("An expression has no elements to go through; at(...) and [...] read one of them.")

    def in_(self, first_element_or_table: Any, *remaining_elements: Any) -> Expression:
        """TRUE if the value equals one of the elements, or is in the only column of a table.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").in_(1, 2, 3))
        in(a, 1, 2, 3)
        """
        from nutkin.table.table import Table

        if isinstance(first_element_or_table, Table):
            if remaining_elements:
                raise ValueError("in_ takes one table, or elements.")
            return self._in_table(first_element_or_table)
        return self._call("in", first_element_or_table, *remaining_elements)

    def _in_table(self, table: Table) -> Expression:
        return Expression(self._j_expression.defer("in", table._j_table))

    # Names and types

    def alias(self, name: str, *extra_names: str) -> Expression:
        """Names the value; a value of several columns takes several names.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").alias("x"))
        as(a, 'x')
        """
        return Expression(self._j_expression.defer("as", name, *extra_names))

    def as_argument(self, name: str) -> Expression:
        """The value as the argument of this name.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").as_argument("p"))
        ASSIGNMENT('p', a)
        """
        return Expression(self._j_expression.defer("asArgument", name))

    def cast(self, data_type: DataType | str) -> Expression:
        """The value as another type; the job fails where it is none.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").cast("INT"))
        cast(a, INT)
        """
        return Expression(self._j_expression.defer("cast", to_type_string(data_type)))

    def try_cast(self, data_type: DataType | str) -> Expression:
        """The value as another type; NULL where it is none.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").try_cast("INT"))
        TRY_CAST(a, INT)
        """
        return Expression(self._j_expression.defer("tryCast", to_type_string(data_type)))

    # Units of time

    def extract(self, time_interval_unit: TimeIntervalUnit) -> Expression:
        """A part of a date, time or interval, as a number.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").extract(TimeIntervalUnit.YEAR))
        extract(YEAR, a)
        """
        return self._call("extract", time_interval_unit)

    def floor(self, time_interval_unit: TimeIntervalUnit | None = None) -> Expression:
        """The greatest whole number that is not greater; of a time, the start of its unit.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").floor(TimeIntervalUnit.HOUR))
        floor(a, HOUR)
        """
        return self._call("floor", *([] if time_interval_unit is None else [time_interval_unit]))

    def ceil(self, time_interval_unit: TimeIntervalUnit | None = None) -> Expression:
        """The least whole number that is not less; of a time, the start of the next unit.

        >>> from nutkin.table.expressions import col
        >>> print(col("a").ceil(TimeIntervalUnit.HOUR))
        ceil(a, HOUR)
        """
        return self._call("ceil", *([] if time_interval_unit is None else [time_interval_unit]))

    def __str__(self) -> str:
        text: str = self._j_expression.call("asSummaryString")
        return text

    def __repr__(self) -> str:
        return f"Expression<{self}>"


def to_argument(value: Any) -> Any:
    """What a call gets for an argument: the gateway's expression, or a literal of a Python value."""
    from nutkin.table._expression.units import _JavaEnum
    from nutkin.table.udf import UserDefinedFunctionWrapper

    if isinstance(value, Expression):
        return value._j_expression
    if isinstance(value, _JavaEnum):
        return value.to_java()
    if isinstance(value, UserDefinedFunctionWrapper):
        raise TypeError("A function is no value. Call it with its arguments, such as f(col('a')).")
    return lit_expression(value)._j_expression


def lit_expression(value: Any, data_type: DataType | str | None = None) -> Expression:
    """The literal of a Python value."""
    if isinstance(value, Expression):
        return value
    if value is not None and not isinstance(value, (*_LITERAL_TYPES, list, tuple, dict)):
        raise TypeError(f"Cannot make a literal of {value!r}, which is of type {type(value).__name__}.")
    arguments = (value,) if data_type is None else (value, to_type_string(data_type))
    return Expression(get_gateway().defer(_EXPRESSIONS, "lit", *arguments))
