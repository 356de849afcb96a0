"""Functions that make expressions. Mirrors ``pyflink.table.expressions``."""

from __future__ import annotations

from typing import Any

from nutkin._gateway import get_gateway
from nutkin.table.expression import _EXPRESSIONS, Expression, lit_expression, to_argument
from nutkin.table.types import DataType, to_type_string
from nutkin.table.udf import UserDefinedFunctionWrapper

__all__ = [
    "and_",
    "call",
    "coalesce",
    "col",
    "concat",
    "if_then_else",
    "lit",
    "negative",
    "not_",
    "null_of",
    "or_",
]


def _static(method: str, *arguments: Any) -> Expression:
    return Expression(get_gateway().defer(_EXPRESSIONS, method, *arguments))


def col(name: str) -> Expression:
    """The column of this name."""
    return _static("col", name)


def lit(v: Any, data_type: DataType | str | None = None) -> Expression:
    """A constant, of the given type or of the type of the Python value.

    >>> print(lit(1))
    1
    """
    return lit_expression(v, data_type)


def null_of(data_type: DataType | str) -> Expression:
    """NULL of a type."""
    return _static("nullOf", to_type_string(data_type))


def and_(predicate0: Any, predicate1: Any, *predicates: Any) -> Expression:
    """TRUE if all predicates are."""
    return _static("and", *map(to_argument, (predicate0, predicate1, *predicates)))


def or_(predicate0: Any, predicate1: Any, *predicates: Any) -> Expression:
    """TRUE if one of the predicates is."""
    return _static("or", *map(to_argument, (predicate0, predicate1, *predicates)))


def not_(expression: Any) -> Expression:
    """TRUE if the predicate is FALSE, and the other way round."""
    return _static("not", to_argument(expression))


def negative(v: Any) -> Expression:
    """The value with the opposite sign."""
    return _static("negative", to_argument(v))


def if_then_else(condition: Any, if_true: Any, if_false: Any) -> Expression:
    """``if_true`` where the condition is TRUE, else ``if_false``."""
    return _static("ifThenElse", *map(to_argument, (condition, if_true, if_false)))


def coalesce(*args: Any) -> Expression:
    """The first value that is not NULL."""
    return _static("coalesce", *map(to_argument, args))


def concat(first: Any, *others: Any) -> Expression:
    """The strings one after another; NULL if one is."""
    return _static("concat", *map(to_argument, (first, *others)))


def call(f: str | UserDefinedFunctionWrapper, *args: Any) -> Expression:
    """A call of a function: a registered one by name, or a Python function itself."""
    if isinstance(f, UserDefinedFunctionWrapper):
        return f(*args)
    return _static("call", f, *map(to_argument, args))
