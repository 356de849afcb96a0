"""Functions with their types: what ``udf()`` and its kin make."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Sequence
from typing import Any

from nutkin._batch_functions import AsyncFunction, PandasFunction
from nutkin._gateway import RemoteObject, get_gateway
from nutkin._packaging import dump_function
from nutkin.table._udf.bases import UserDefinedFunction
from nutkin.table.expression import Expression
from nutkin.table.types import DataType, MapType, RowType, to_type_string

_CLASSES = "org.apache.flink.table.functions.python."


class UserDefinedFunctionWrapper:
    """A function with its types. Calling it makes an expression."""

    def __init__(
        self,
        func: Any,
        input_types: Sequence[DataType | str] | DataType | str | None,
        func_type: str,
        deterministic: bool | None = None,
        name: str | None = None,
    ) -> None:
        if inspect.isclass(func) or not (callable(func) or isinstance(func, UserDefinedFunction)):
            kind = func if inspect.isclass(func) else type(func)
            if inspect.isclass(func) or not hasattr(func, "eval"):
                raise TypeError(
                    f"Invalid function: not a function or callable (__call__ is not defined): {kind}"
                )
        self._func = func
        self._func_type = func_type
        self._input_types = _type_strings(input_types)
        self._name = name or getattr(func, "__name__", None) or _partial_name(func) or type(func).__name__
        declared = func.is_deterministic() if isinstance(func, UserDefinedFunction) else None
        if deterministic is not None and declared is not None and deterministic != declared:
            raise ValueError(f"Inconsistent deterministic: {deterministic} and {declared}")
        self._deterministic = deterministic if deterministic is not None else declared in (None, True)
        self._alias_names: tuple[str, ...] = ()
        self._j_function: RemoteObject | None = None
        if callable(func):
            functools.update_wrapper(self, func, updated=())

    def __call__(self, *args: Any) -> Expression:
        """The expression that calls this function."""
        from nutkin.table.expression import to_argument

        arguments = [to_argument(argument) for argument in args]
        j_expressions = "org.apache.flink.table.api.Expressions"
        expression = Expression(get_gateway().defer(j_expressions, "call", self._java_function(), *arguments))
        return expression.alias(*self._alias_names) if self._alias_names else expression

    def alias(self, *alias_names: str) -> UserDefinedFunctionWrapper:
        """Names the columns of the result; returns itself."""
        self._alias_names = alias_names
        return self

    def _of_rows(self, names: Sequence[str]) -> UserDefinedFunctionWrapper:
        """The same function of all columns, which it is given as one ``Row``."""
        from nutkin._functions import RowFunction

        wrapper = object.__new__(type(self))
        wrapper.__dict__.update(self.__dict__)
        wrapper._func = RowFunction(self._func, list(names))
        wrapper._input_types = None
        wrapper._j_function = None
        return wrapper

    def _java_function(self) -> RemoteObject:
        if self._j_function is None:
            self._j_function = self._construct()
        return self._j_function

    def _construct(self) -> RemoteObject:
        raise NotImplementedError

    def _payload(self) -> bytes:
        return dump_function(self._func)


class UserDefinedScalarFunctionWrapper(UserDefinedFunctionWrapper):
    """A scalar function, on rows or on pandas series."""

    def __init__(
        self,
        func: Any,
        input_types: Sequence[DataType | str] | DataType | str | None,
        result_type: DataType | str,
        func_type: str,
        deterministic: bool | None,
        name: str | None,
    ) -> None:
        super().__init__(func, input_types, func_type, deterministic, name)
        self._result_type = _result_string(result_type)

    def _construct(self) -> RemoteObject:
        # A function on series runs as one on rows does: its wrapper takes a block of them at a time.
        return get_gateway().construct(
            _CLASSES + "PythonScalarFunction",
            self._name,
            self._payload(),
            self._input_types,
            self._result_type,
            self._deterministic,
        )

    def _payload(self) -> bytes:
        if self._func_type == "pandas":
            return dump_function(PandasFunction(self._func))
        return super()._payload()


class UserDefinedAsyncScalarFunctionWrapper(UserDefinedScalarFunctionWrapper):
    """A scalar function that is a coroutine."""

    def _payload(self) -> bytes:
        return dump_function(AsyncFunction(self._func))


class UserDefinedTableFunctionWrapper(UserDefinedFunctionWrapper):
    """A function that gives any number of rows for each row."""

    def __init__(
        self,
        func: Any,
        input_types: Sequence[DataType | str] | DataType | str | None,
        result_types: Sequence[DataType | str] | DataType | str,
        deterministic: bool | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(func, input_types, "general", deterministic, name)
        self._result_type = _rows_string(result_types)

    def _construct(self) -> RemoteObject:
        return get_gateway().construct(
            _CLASSES + "PythonTableFunction",
            self._name,
            self._payload(),
            self._input_types,
            self._result_type,
            "GENERAL",
            self._deterministic,
        )


class UserDefinedAggregateFunctionWrapper(UserDefinedFunctionWrapper):
    """A function that gives a value, or any number of rows, for a group of rows."""

    def __init__(
        self,
        func: Any,
        input_types: Sequence[DataType | str] | DataType | str | None,
        result_type: DataType | str | None,
        accumulator_type: DataType | str | None,
        func_type: str,
        deterministic: bool | None,
        name: str | None,
        is_table_aggregate: bool = False,
    ) -> None:
        super().__init__(func, input_types, func_type, deterministic, name)
        result = func.get_result_type() if result_type is None else result_type
        if func_type == "pandas":
            if isinstance(result, MapType):
                raise TypeError(
                    f"Invalid returnType: Pandas UDAF doesn't support DataType type {result} currently"
                )
            accumulator: DataType | str = f"ARRAY<{_result_string(result)}>"
        else:
            accumulator = func.get_accumulator_type() if accumulator_type is None else accumulator_type
        if not isinstance(accumulator, (DataType, str)):
            raise TypeError(
                f"Invalid accumulator_type: accumulator_type should be DataType or str but is {accumulator}"
            )
        self._result_type = _result_string(result)
        self._accumulator_type = to_type_string(accumulator)
        self._is_table_aggregate = is_table_aggregate

    def _construct(self) -> RemoteObject:
        class_name = "PythonTableAggregateFunction" if self._is_table_aggregate else "PythonAggregateFunction"
        return get_gateway().construct(
            _CLASSES + class_name,
            self._name,
            self._payload(),
            self._input_types,
            self._result_type,
            self._accumulator_type,
            self._func_type.upper(),
            self._deterministic,
        )


def _type_strings(types: Sequence[DataType | str] | DataType | str | None) -> list[str] | None:
    """The types of arguments as texts: the fields of a ROW, one type, or several."""
    if types is None:
        return None
    if isinstance(types, RowType):
        types = types.field_types()
    elif isinstance(types, (DataType, str)):
        types = [types]
    for item in types:
        if not isinstance(item, (DataType, str)):
            raise TypeError(f"Invalid input_type: input_type should be DataType or str but contains {item}")
    return [to_type_string(item) for item in types]


def _result_string(result_type: Any) -> str:
    if not isinstance(result_type, (DataType, str)):
        raise TypeError(f"Invalid returnType: returnType should be DataType or str but is {result_type}")
    return to_type_string(result_type)


def _rows_string(result_types: Any) -> str:
    """The ROW of a table function's result: a ROW as it is, one type, or several."""
    if isinstance(result_types, RowType):
        return to_type_string(result_types)
    if isinstance(result_types, str):
        is_row = result_types.strip().upper().startswith("ROW")
        return result_types if is_row else f"ROW<f0 {result_types}>"
    types = [result_types] if isinstance(result_types, DataType) else list(result_types or ())
    if not types or not all(isinstance(item, (DataType, str)) for item in types):
        raise TypeError(f"Invalid result_type: result_type should be DataType or str but contains {types}")
    return f"ROW<{', '.join(f'f{index} {to_type_string(item)}' for index, item in enumerate(types))}>"


def _partial_name(func: Any) -> str | None:
    return getattr(func.func, "__name__", None) if isinstance(func, functools.partial) else None
