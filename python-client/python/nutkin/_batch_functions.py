"""Functions that take more than a row at a time: on pandas series, and as coroutines.

A wrapper of one of these is what travels. The runtime asks it for the caller of a block of rows, which for
ordinary functions is a comprehension (:func:`nutkin._functions.make_block_caller`).
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

#: How many coroutines of one function run at once, as ``table.exec.async-scalar.max-concurrent-operations``.
_CONCURRENT_COROUTINES = 10


class BatchFunction:
    """A function in a wrapper; ``open`` and ``close`` are the function's own."""

    def __init__(self, function: Any) -> None:
        self.function = function

    def make_block_caller(self, constants: Sequence[tuple[Any] | None]) -> Callable[..., list[Any]]:
        """What calls the function for a block of rows; see :mod:`nutkin._functions`."""
        raise NotImplementedError

    def eval(self, *args: Any) -> Any:
        """The result for one row."""
        return self.make_block_caller([None] * len(args))(*([argument] for argument in args))[0]

    def open(self, function_context: Any) -> None:
        """Opens the function, if it is one with a life of its own."""
        if callable(getattr(self.function, "eval", None)) and hasattr(self.function, "open"):
            self.function.open(function_context)

    def close(self) -> None:
        """Closes the function, if it is one with a life of its own."""
        if callable(getattr(self.function, "eval", None)) and hasattr(self.function, "close"):
            self.function.close()

    def _callable(self) -> Callable[..., Any]:
        evaluate: Callable[..., Any] = getattr(self.function, "eval", None) or self.function
        return evaluate

    def __getstate__(self) -> dict[str, Any]:
        return {"function": self.function}


class PandasFunction(BatchFunction):
    """A function from pandas series to a series of the same length."""

    def make_block_caller(self, constants: Sequence[tuple[Any] | None]) -> Callable[..., list[Any]]:
        """What calls the function once for a block of rows."""
        function = self._callable()

        def call(*iterables: Any) -> list[Any]:
            import pandas

            columns = [list(iterable) for iterable in iterables]
            rows = len(columns[0])
            series = (pandas.Series(column) for column in columns)
            arguments = [next(series) if one is None else one[0] for one in constants]
            result = function(*arguments)
            if len(result) != rows:
                raise ValueError(
                    f"A pandas function has to return as many values as it got, {rows}, but it returned "
                    f"{len(result)}."
                )
            return [_python_value(value) for value in result]

        return call


def _python_value(value: Any) -> Any:
    """A value of a series as Python has it: NULL for what pandas puts in its place."""
    if value is None or isinstance(value, (list, dict, str, bytes)):
        return value
    if hasattr(value, "tolist"):  # A scalar or an array of NumPy.
        value = value.tolist()
    if hasattr(value, "to_pydatetime"):
        import pandas

        return None if value is pandas.NaT else value.to_pydatetime()
    # NaN is what pandas has for NULL, in columns of numbers too.
    return None if value != value else value


class AsyncFunction(BatchFunction):
    """A coroutine function; several rows wait at once, and results keep the rows' order."""

    def make_block_caller(self, constants: Sequence[tuple[Any] | None]) -> Callable[..., list[Any]]:
        """What runs the coroutines of a block of rows."""
        function = self._callable()

        def call(*iterables: Any) -> list[Any]:
            import asyncio

            async def run() -> list[Any]:
                turn = asyncio.Semaphore(_CONCURRENT_COROUTINES)

                async def in_turn(coroutine: Coroutine[Any, Any, Any]) -> Any:
                    async with turn:
                        return await coroutine

                rows = zip(*iterables, strict=False)
                coroutines = [function(*_arguments(row, constants)) for row in rows]
                return list(await asyncio.gather(*map(in_turn, coroutines)))

            return asyncio.run(run())

        return call


def _arguments(row: Sequence[Any], constants: Sequence[tuple[Any] | None]) -> list[Any]:
    values = iter(row)
    return [next(values) if constant is None else constant[0] for constant in constants]
