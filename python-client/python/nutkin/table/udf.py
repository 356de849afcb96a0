"""User-defined functions. Mirrors ``pyflink.table.udf``."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from typing import Any, overload

from nutkin._gateway import RemoteObject, get_gateway
from nutkin._legacy import warn_legacy
from nutkin._packaging import dump_function
from nutkin.table.expression import Expression
from nutkin.table.types import DataType, to_type_string

_PYTHON_SCALAR_FUNCTION = "org.apache.flink.table.functions.python.PythonScalarFunction"


class FunctionContext:
    """What a function can ask of its surroundings, in :meth:`UserDefinedFunction.open`.

    :param job_parameters: the values of ``pipeline.global-job-parameters``.
    :param task_name: the name of the operator.
    :param subtask_index: which of the parallel instances this is, from 0.
    :param parallelism: how many parallel instances there are.
    """

    def __init__(
        self,
        job_parameters: dict[str, str] | None = None,
        task_name: str = "",
        subtask_index: int = 0,
        parallelism: int = 1,
    ) -> None:
        self._job_parameters = job_parameters or {}
        self._task_name = task_name
        self._subtask_index = subtask_index
        self._parallelism = parallelism

    def get_job_parameter(self, key: str, default_value: str) -> str:
        """The value of a global job parameter."""
        return self._job_parameters.get(key, default_value)

    def get_task_name(self) -> str:
        """The name of the operator."""
        return self._task_name

    def get_task_name_with_subtasks(self) -> str:
        """The name of the operator with the instance, such as ``Calc (1/2)``."""
        return f"{self._task_name} ({self._subtask_index + 1}/{self._parallelism})"

    def get_number_of_parallel_subtasks(self) -> int:
        """How many parallel instances there are."""
        return self._parallelism

    def get_index_of_this_subtask(self) -> int:
        """Which of the parallel instances this is, from 0."""
        return self._subtask_index


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

    >>> class Add(ScalarFunction):
    ...     def eval(self, left, right):
    ...         return left + right
    >>> add = udf(Add(), result_type="BIGINT")
    """

    def eval(self, *args: Any) -> Any:
        """Computes the value for one row."""
        raise NotImplementedError(f"{type(self).__name__} has no method eval")


class UserDefinedFunctionWrapper:
    """A function with its types: what :func:`udf` makes. Calling it makes an expression."""

    def __init__(
        self,
        func: Any,
        input_types: Sequence[DataType | str] | None,
        result_type: DataType | str,
        deterministic: bool | None,
        name: str | None,
    ) -> None:
        self._func = func
        self._input_types = None if input_types is None else [to_type_string(item) for item in input_types]
        self._result_type = to_type_string(result_type)
        self._name = name or getattr(func, "__name__", None) or _partial_name(func) or type(func).__name__
        declared = func.is_deterministic() if isinstance(func, UserDefinedFunction) else None
        if deterministic is not None and declared is not None and deterministic != declared:
            raise ValueError(f"Inconsistent deterministic: {deterministic} and {declared}")
        self._deterministic = deterministic if deterministic is not None else declared in (None, True)
        self._j_function: RemoteObject | None = None
        if callable(func):
            functools.update_wrapper(self, func, updated=())

    def __call__(self, *args: Any) -> Expression:
        """The expression that calls this function."""
        from nutkin.table.expression import to_argument

        arguments = [to_argument(argument) for argument in args]
        j_expressions = "org.apache.flink.table.api.Expressions"
        return Expression(get_gateway().defer(j_expressions, "call", self._java_function(), *arguments))

    def _of_rows(self, names: Sequence[str]) -> UserDefinedFunctionWrapper:
        """The same function of all columns, which it is given as one ``Row``."""
        from nutkin._functions import RowFunction

        function = RowFunction(self._func, list(names))
        return UserDefinedFunctionWrapper(function, None, self._result_type, self._deterministic, self._name)

    def _java_function(self) -> RemoteObject:
        if self._j_function is None:
            self._j_function = get_gateway().construct(
                _PYTHON_SCALAR_FUNCTION,
                self._name,
                dump_function(self._func),
                self._input_types,
                self._result_type,
                self._deterministic,
            )
        return self._j_function


def _partial_name(func: Any) -> str | None:
    return getattr(func.func, "__name__", None) if isinstance(func, functools.partial) else None


@overload
def udf(
    f: None = None,
    input_types: Sequence[DataType | str] | DataType | str | None = None,
    result_type: DataType | str | None = None,
    deterministic: bool | None = None,
    name: str | None = None,
    func_type: str = "general",
    udf_type: str | None = None,
) -> Callable[[Callable[..., Any]], UserDefinedFunctionWrapper]: ...


@overload
def udf(
    f: Callable[..., Any] | ScalarFunction,
    input_types: Sequence[DataType | str] | DataType | str | None = None,
    result_type: DataType | str | None = None,
    deterministic: bool | None = None,
    name: str | None = None,
    func_type: str = "general",
    udf_type: str | None = None,
) -> UserDefinedFunctionWrapper: ...


def udf(
    f: Any = None,
    input_types: Sequence[DataType | str] | DataType | str | None = None,
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

    :param f: a function, lambda, ``functools.partial``, object with ``__call__``, or ``ScalarFunction``.
    :param input_types: the types of the arguments, which are cast to them; any arguments if None.
    :param result_type: the type of the result.
    :param deterministic: whether equal arguments give equal results; true unless said otherwise.
    :param name: the name shown in plans.
    :param func_type: ``general``. ``pandas`` is refused until vectorised functions are there.
    :param udf_type: the name of ``func_type`` in 1.11.
    :raises TypeError: if ``f`` cannot be called, or a type is none.
    :raises ValueError: if ``deterministic`` contradicts ``f.is_deterministic()``.
    """
    if udf_type is not None:
        warn_legacy("udf(udf_type=...)", "udf(func_type=...)")
        func_type = udf_type
    if func_type not in ("general", "pandas"):
        raise ValueError(f"The func_type must be one of 'general, pandas', got {func_type}.")
    if func_type == "pandas":
        raise NotImplementedError(
            "udf(func_type='pandas') is not supported. Use func_type='general', which is called once a row."
        )
    if f is None:
        return functools.partial(
            udf,
            input_types=input_types,
            result_type=result_type,
            deterministic=deterministic,
            name=name,
        )
    if inspect.isclass(f) or not (callable(f) or hasattr(f, "eval")):
        kind = f if inspect.isclass(f) else type(f)
        raise TypeError(f"Invalid function: not a function or callable (__call__ is not defined): {kind}")
    if inspect.iscoroutinefunction(f):
        raise NotImplementedError("Async scalar functions are not supported. Use an ordinary function.")
    if result_type is None or not isinstance(result_type, (DataType, str)):
        raise TypeError(f"Invalid returnType: returnType should be DataType or str but is {result_type}")
    types: Sequence[DataType | str] | None
    types = [input_types] if isinstance(input_types, (DataType, str)) else input_types
    for input_type in types or []:
        if not isinstance(input_type, (DataType, str)):
            raise TypeError(
                f"Invalid input_type: input_type should be DataType or str but contains {input_type}"
            )
    return UserDefinedFunctionWrapper(f, types, result_type, deterministic, name)
