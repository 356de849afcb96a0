"""User-defined functions. Mirrors ``pyflink.table.udf``."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any, overload

from nutkin._legacy import warn_legacy
from nutkin.table._udf.bases import (
    AggregateFunction,
    AsyncScalarFunction,
    ImperativeAggregateFunction,
    ScalarFunction,
    TableAggregateFunction,
    TableFunction,
    UserDefinedFunction,
)
from nutkin.table._udf.context import FunctionContext
from nutkin.table._udf.wrappers import (
    UserDefinedAggregateFunctionWrapper,
    UserDefinedAsyncScalarFunctionWrapper,
    UserDefinedFunctionWrapper,
    UserDefinedScalarFunctionWrapper,
    UserDefinedTableFunctionWrapper,
)
from nutkin.table.types import DataType

__all__ = [
    "AggregateFunction",
    "AsyncScalarFunction",
    "FunctionContext",
    "ImperativeAggregateFunction",
    "ScalarFunction",
    "TableAggregateFunction",
    "TableFunction",
    "UserDefinedAggregateFunctionWrapper",
    "UserDefinedAsyncScalarFunctionWrapper",
    "UserDefinedFunction",
    "UserDefinedFunctionWrapper",
    "UserDefinedScalarFunctionWrapper",
    "UserDefinedTableFunctionWrapper",
    "udaf",
    "udf",
    "udtaf",
    "udtf",
]

#: What the types of arguments can be given as.
InputTypes = Sequence[DataType | str] | DataType | str | None


@overload
def udf(
    f: None = None,
    input_types: InputTypes = None,
    result_type: DataType | str | None = None,
    deterministic: bool | None = None,
    name: str | None = None,
    func_type: str = "general",
    udf_type: str | None = None,
) -> Callable[[Callable[..., Any]], UserDefinedScalarFunctionWrapper]: ...


@overload
def udf(
    f: Callable[..., Any] | ScalarFunction | AsyncScalarFunction,
    input_types: InputTypes = None,
    result_type: DataType | str | None = None,
    deterministic: bool | None = None,
    name: str | None = None,
    func_type: str = "general",
    udf_type: str | None = None,
) -> UserDefinedScalarFunctionWrapper: ...


def udf(
    f: Any = None,
    input_types: InputTypes = None,
    result_type: DataType | str | None = None,
    deterministic: bool | None = None,
    name: str | None = None,
    func_type: str = "general",
    udf_type: str | None = None,
) -> Any:
    """Makes a scalar function, as a call or as a decorator. Mirrors ``pyflink.table.udf.udf``.

    >>> add_one = udf(lambda i: i + 1, result_type="BIGINT")
    >>> @udf(result_type="BIGINT")
    ... def twice(i):
    ...     return 2 * i
    >>> @udf(result_type="BIGINT", func_type="pandas")
    ... def total(left, right):  # two pandas.Series
    ...     return left + right

    :param f: a function, lambda, ``functools.partial``, object with ``__call__``, ``ScalarFunction``, or
        a coroutine function or ``AsyncScalarFunction``, of which several rows wait at once.
    :param input_types: the types of the arguments, which are cast to them; any arguments if None.
    :param result_type: the type of the result.
    :param deterministic: whether equal arguments give equal results; true unless said otherwise.
    :param name: the name shown in plans.
    :param func_type: ``general``, called once a row, or ``pandas``, called with series.
    :param udf_type: the name of ``func_type`` in 1.11.
    :raises TypeError: if ``f`` cannot be called, or a type is none.
    :raises ValueError: if ``deterministic`` contradicts ``f.is_deterministic()``.
    """
    if udf_type is not None:
        warn_legacy("udf(udf_type=...)", "udf(func_type=...)")
        func_type = udf_type
    _check_kind(func_type)
    if f is None:
        return functools.partial(
            udf,
            input_types=input_types,
            result_type=result_type,
            deterministic=deterministic,
            name=name,
            func_type=func_type,
        )
    coroutine = inspect.iscoroutinefunction(f) or inspect.iscoroutinefunction(getattr(f, "eval", None))
    if coroutine or isinstance(f, AsyncScalarFunction):
        if func_type == "pandas":
            raise TypeError("A coroutine is called once a row: use func_type='general'.")
        return UserDefinedAsyncScalarFunctionWrapper(
            f, input_types, _needed(result_type), func_type, deterministic, name
        )
    return UserDefinedScalarFunctionWrapper(
        f, input_types, _needed(result_type), func_type, deterministic, name
    )


def udtf(
    f: Any = None,
    input_types: InputTypes = None,
    result_types: InputTypes = None,
    deterministic: bool | None = None,
    name: str | None = None,
) -> Any:
    """Makes a table function, as a call or as a decorator. Mirrors ``pyflink.table.udf.udtf``.

    A query that calls one is refused yet.

    >>> @udtf(result_types=["BIGINT", "STRING"])
    ... def split(line):
    ...     for number, word in enumerate(line.split()):
    ...         yield number, word

    :param f: a function or ``TableFunction`` that gives an iterable of values, tuples or rows.
    :param input_types: the types of the arguments, which are cast to them; any arguments if None.
    :param result_types: the types of the columns of the result, or one ROW.
    :raises TypeError: if ``f`` cannot be called, or a type is none.
    """
    if f is None:
        return functools.partial(
            udtf, input_types=input_types, result_types=result_types, deterministic=deterministic, name=name
        )
    return UserDefinedTableFunctionWrapper(f, input_types, _needed(result_types), deterministic, name)


def udaf(
    f: Any = None,
    input_types: InputTypes = None,
    result_type: DataType | str | None = None,
    accumulator_type: DataType | str | None = None,
    deterministic: bool | None = None,
    name: str | None = None,
    func_type: str = "general",
) -> Any:
    """Makes an aggregate function, as a call or as a decorator. Mirrors ``pyflink.table.udf.udaf``.

    A query that calls one is refused yet.

    >>> @udaf(result_type="DOUBLE", func_type="pandas")
    ... def mean(values):
    ...     return values.mean()

    :param f: an ``AggregateFunction``; with ``func_type='pandas'`` a function from series to a value too.
    :param result_type: the type of the result; ``f.get_result_type()`` if None.
    :param accumulator_type: the type of accumulators; ``f.get_accumulator_type()`` if None.
    :param func_type: ``general`` or ``pandas``.
    :raises TypeError: if ``f`` is no aggregate function, or a type is none.
    """
    return _aggregate(
        udaf, f, input_types, result_type, accumulator_type, deterministic, name, func_type, AggregateFunction
    )


def udtaf(
    f: Any = None,
    input_types: InputTypes = None,
    result_type: DataType | str | None = None,
    accumulator_type: DataType | str | None = None,
    deterministic: bool | None = None,
    name: str | None = None,
    func_type: str = "general",
) -> Any:
    """Makes a table aggregate function, as a call or as a decorator. Mirrors ``pyflink.table.udf.udtaf``.

    A query that calls one is refused yet.

    :param f: a ``TableAggregateFunction``.
    :param result_type: the type of the result; ``f.get_result_type()`` if None.
    :param accumulator_type: the type of accumulators; ``f.get_accumulator_type()`` if None.
    :param func_type: ``general``.
    :raises TypeError: if ``f`` is no table aggregate function, or a type is none.
    """
    if func_type != "general":
        raise ValueError(f"The func_type must be 'general', got {func_type}.")
    return _aggregate(
        udtaf,
        f,
        input_types,
        result_type,
        accumulator_type,
        deterministic,
        name,
        func_type,
        TableAggregateFunction,
    )


def _aggregate(
    maker: Callable[..., Any],
    f: Any,
    input_types: InputTypes,
    result_type: DataType | str | None,
    accumulator_type: DataType | str | None,
    deterministic: bool | None,
    name: str | None,
    func_type: str,
    base: type[ImperativeAggregateFunction],
) -> Any:
    _check_kind(func_type)
    if f is None:
        return functools.partial(
            maker,
            input_types=input_types,
            result_type=result_type,
            accumulator_type=accumulator_type,
            deterministic=deterministic,
            name=name,
            func_type=func_type,
        )
    if func_type == "general" and not isinstance(f, base):
        raise TypeError(f"Invalid function: not an object of {base.__name__}: {type(f)}")
    if func_type == "pandas" and result_type is None and not isinstance(f, base):
        raise TypeError("Invalid returnType: returnType should be DataType or str but is None")
    return UserDefinedAggregateFunctionWrapper(
        f,
        input_types,
        result_type,
        accumulator_type,
        func_type,
        deterministic,
        name,
        base is TableAggregateFunction,
    )


def _check_kind(func_type: str) -> None:
    if func_type not in ("general", "pandas"):
        raise ValueError(f"The func_type must be one of 'general, pandas', got {func_type}.")


def _needed(result_type: Any) -> Any:
    if result_type is None:
        raise TypeError("Invalid returnType: returnType should be DataType or str but is None")
    return result_type
