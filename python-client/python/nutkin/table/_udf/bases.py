"""The classes that functions of the user can derive from."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from nutkin.table._udf.context import FunctionContext
from nutkin.table.types import DataType


class UserDefinedFunction:
    """The base of functions that are classes."""

    def open(self, function_context: FunctionContext) -> None:
        """Called once before the first row, in every parallel instance."""

    def close(self) -> None:
        """Called once after the last row."""

    def is_deterministic(self) -> bool:
        """Whether equal arguments give equal results."""
        return True


class ScalarFunction(UserDefinedFunction):
    """A function from values to a value, as a class with state, ``open`` and ``close``.

    >>> from nutkin.table.udf import udf
    >>> class Add(ScalarFunction):
    ...     def eval(self, left, right):
    ...         return left + right
    >>> add = udf(Add(), result_type="BIGINT")
    """

    def eval(self, *args: Any) -> Any:
        """Computes the value for one row."""
        raise NotImplementedError(f"{type(self).__name__} has no method eval")


class AsyncScalarFunction(UserDefinedFunction):
    """A function from values to a value whose ``eval`` is a coroutine: several rows wait at once.

    >>> from nutkin.table.udf import udf
    >>> class Lookup(AsyncScalarFunction):
    ...     async def eval(self, key):
    ...         return key.upper()
    >>> lookup = udf(Lookup(), result_type="STRING")
    """

    async def eval(self, *args: Any) -> Any:
        """Computes the value for one row."""
        raise NotImplementedError(f"{type(self).__name__} has no method eval")


class TableFunction(UserDefinedFunction):
    """A function from values to any number of rows. A query that calls one is refused yet."""

    def eval(self, *args: Any) -> Any:
        """Gives the rows for one row: an iterable of values, tuples or ``Row`` objects."""
        raise NotImplementedError(f"{type(self).__name__} has no method eval")


class ImperativeAggregateFunction(UserDefinedFunction):
    """The base of functions over groups of rows, which keep what they know in an accumulator."""

    def create_accumulator(self) -> Any:
        """An accumulator of no rows."""
        raise NotImplementedError(f"{type(self).__name__} has no method create_accumulator")

    def accumulate(self, accumulator: Any, *args: Any) -> None:
        """Adds a row to an accumulator."""
        raise NotImplementedError(f"{type(self).__name__} has no method accumulate")

    def retract(self, accumulator: Any, *args: Any) -> None:
        """Takes a row out of an accumulator."""
        raise RuntimeError("Method retract is not implemented")

    def merge(self, accumulator: Any, accumulators: Iterable[Any]) -> None:
        """Adds accumulators to an accumulator."""
        raise RuntimeError("Method merge is not implemented")

    def get_result_type(self) -> DataType | str:
        """The type of the result."""
        raise RuntimeError("Method get_result_type is not implemented")

    def get_accumulator_type(self) -> DataType | str:
        """The type of accumulators."""
        raise RuntimeError("Method get_accumulator_type is not implemented")


class AggregateFunction(ImperativeAggregateFunction):
    """A function from a group of rows to a value. A query that calls one is refused yet."""

    def get_value(self, accumulator: Any) -> Any:
        """The value of an accumulator."""
        raise NotImplementedError(f"{type(self).__name__} has no method get_value")


class TableAggregateFunction(ImperativeAggregateFunction):
    """A function from a group of rows to any number of rows. A query that calls one is refused yet."""

    def emit_value(self, accumulator: Any) -> Iterable[Any]:
        """The rows of an accumulator."""
        raise NotImplementedError(f"{type(self).__name__} has no method emit_value")
