"""Expressions. Mirrors ``pyflink.table.expression``.

An expression is built in the gateway, call by call, but nothing is sent until a table uses it.
"""

from __future__ import annotations

import datetime
import decimal
from typing import Any

from nutkin._gateway import RemoteObject, get_gateway
from nutkin.table.types import DataType, to_type_string

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


class Expression:
    """A computation over the columns of a table. Mirrors ``ApiExpression``.

    >>> from nutkin.table.expressions import col
    >>> print((col("a") + 1).alias("b"))
    as((a + 1), 'b')
    """

    __slots__ = ("_j_expression",)

    def __init__(self, j_expression: RemoteObject) -> None:
        self._j_expression = j_expression

    def _call(self, method: str, *arguments: Any) -> Expression:
        return Expression(self._j_expression.defer(method, *map(to_argument, arguments)))

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
        return self._reversed("times", other)

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
        return self._reversed("and", other)

    def __or__(self, other: Any) -> Expression:
        return self._call("or", other)

    def __ror__(self, other: Any) -> Expression:
        return self._reversed("or", other)

    def __invert__(self) -> Expression:
        return self._call("isNotTrue")

    def __bool__(self) -> bool:
        raise ValueError(
            "Cannot convert an expression to a boolean. "
            "Use '&', '|' and '~' in place of 'and', 'or' and 'not'."
        )

    @property
    def is_null(self) -> Expression:
        """TRUE if the value is NULL."""
        return self._call("isNull")

    @property
    def is_not_null(self) -> Expression:
        """TRUE if the value is not NULL."""
        return self._call("isNotNull")

    @property
    def is_true(self) -> Expression:
        """TRUE if the value is TRUE, else FALSE."""
        return self._call("isTrue")

    @property
    def is_false(self) -> Expression:
        """TRUE if the value is FALSE, else FALSE."""
        return self._call("isFalse")

    @property
    def is_not_true(self) -> Expression:
        """TRUE if the value is FALSE or NULL."""
        return self._call("isNotTrue")

    @property
    def is_not_false(self) -> Expression:
        """TRUE if the value is TRUE or NULL."""
        return self._call("isNotFalse")

    def between(self, lower_bound: Any, upper_bound: Any) -> Expression:
        """TRUE if the value is between both bounds, which are included."""
        return self._call("between", lower_bound, upper_bound)

    def not_between(self, lower_bound: Any, upper_bound: Any) -> Expression:
        """TRUE if the value is not between both bounds."""
        return self._call("notBetween", lower_bound, upper_bound)

    def in_(self, first_element: Any, *remaining_elements: Any) -> Expression:
        """TRUE if the value equals one of the elements."""
        return self._call("in", first_element, *remaining_elements)

    def then(self, if_true: Any, if_false: Any) -> Expression:
        """``if_true`` where this is TRUE, else ``if_false``."""
        return self._call("then", if_true, if_false)

    def if_null(self, null_replacement: Any) -> Expression:
        """The value, or the replacement where it is NULL."""
        return self._call("ifNull", null_replacement)

    # Names, order, types

    def alias(self, name: str, *extra_names: str) -> Expression:
        """Names the value."""
        return Expression(self._j_expression.defer("as", name, *extra_names))

    @property
    def asc(self) -> Expression:
        """Ascending order."""
        return self._call("asc")

    @property
    def desc(self) -> Expression:
        """Descending order."""
        return self._call("desc")

    def cast(self, data_type: DataType | str) -> Expression:
        """The value as another type; an error where it is none."""
        return Expression(self._j_expression.defer("cast", to_type_string(data_type)))

    def try_cast(self, data_type: DataType | str) -> Expression:
        """The value as another type; NULL where it is none."""
        return Expression(self._j_expression.defer("tryCast", to_type_string(data_type)))

    # Aggregates

    @property
    def count(self) -> Expression:
        """How many values are not NULL."""
        return self._call("count")

    @property
    def sum(self) -> Expression:
        """The sum of the values; NULL of none."""
        return self._call("sum")

    @property
    def sum0(self) -> Expression:
        """The sum of the values; 0 of none."""
        return self._call("sum0")

    @property
    def min(self) -> Expression:
        """The least value."""
        return self._call("min")

    @property
    def max(self) -> Expression:
        """The greatest value."""
        return self._call("max")

    @property
    def avg(self) -> Expression:
        """The mean of the values, of the type of the values."""
        return self._call("avg")

    @property
    def distinct(self) -> Expression:
        """The same aggregate, over distinct values."""
        return self._call("distinct")

    # Numbers

    @property
    def abs(self) -> Expression:
        """The absolute value."""
        return self._call("abs")

    @property
    def floor(self) -> Expression:
        """The greatest whole number that is not greater."""
        return self._call("floor")

    @property
    def ceil(self) -> Expression:
        """The least whole number that is not less."""
        return self._call("ceil")

    def round(self, places: Any) -> Expression:
        """The value rounded to some places after the point."""
        return self._call("round", places)

    @property
    def sqrt(self) -> Expression:
        """The square root."""
        return self._call("sqrt")

    @property
    def exp(self) -> Expression:
        """e to the power of the value."""
        return self._call("exp")

    @property
    def ln(self) -> Expression:
        """The natural logarithm."""
        return self._call("ln")

    @property
    def log10(self) -> Expression:
        """The logarithm of base 10."""
        return self._call("log10")

    def power(self, exponent: Any) -> Expression:
        """The value to the power of the exponent."""
        return self._call("power", exponent)

    @property
    def sign(self) -> Expression:
        """-1, 0 or 1 as the value is negative, zero or positive."""
        return self._call("sign")

    # Strings

    def substring(self, begin_index: Any, length: Any = None) -> Expression:
        """The part from ``begin_index``, which counts from 1, of ``length`` characters."""
        return (
            self._call("substring", begin_index)
            if length is None
            else self._call("substring", begin_index, length)
        )

    @property
    def lower_case(self) -> Expression:
        """The string in lower case."""
        return self._call("lowerCase")

    @property
    def upper_case(self) -> Expression:
        """The string in upper case."""
        return self._call("upperCase")

    @property
    def char_length(self) -> Expression:
        """How many characters the string has."""
        return self._call("charLength")

    def like(self, pattern: Any) -> Expression:
        """TRUE if the string matches a LIKE pattern."""
        return self._call("like", pattern)

    def replace(self, search: Any, replacement: Any) -> Expression:
        """The string with every ``search`` replaced."""
        return self._call("replace", search, replacement)

    def position(self, haystack: Any) -> Expression:
        """Where in ``haystack`` the string first is, from 1; 0 if nowhere."""
        return self._call("position", haystack)

    def __str__(self) -> str:
        text: str = self._j_expression.call("asSummaryString")
        return text

    def __repr__(self) -> str:
        return f"Expression<{self}>"


def to_argument(value: Any) -> Any:
    """What a call gets for an argument: the gateway's expression, or a literal of a Python value."""
    from nutkin.table.udf import UserDefinedFunctionWrapper

    if isinstance(value, Expression):
        return value._j_expression
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
