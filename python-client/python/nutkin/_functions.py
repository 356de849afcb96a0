"""What the function runtime, which is written in Rust, leaves to Python: loading functions, and the
objects that functions see.

Runs in the program's process (thread mode) and in worker processes.
"""

from __future__ import annotations

import datetime
import pickle
import re
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import Any

#: The file name of the code made by :func:`make_block_caller`, as tracebacks know it.
_BLOCK_CODE = "<nutkin block>"

_OFFSET = re.compile(r"(?:GMT|UTC)?([+-])(\d{1,2})(?::?(\d{2}))?")


class JobCancelled(BaseException):
    """Raised inside of functions that still run when their job is cancelled."""


def load_function(payload: bytes) -> tuple[Any, Any]:
    """The object that was pickled, and what is called for a row.

    The object is a ``ScalarFunction`` of this package or of PyFlink, or anything that can be called. The
    wrappers that PyFlink puts around plain functions are looked through: that saves a call a row.
    """
    function = _unpickle(payload)
    if type(function).__name__ == "DelegatingScalarFunction" and callable(getattr(function, "func", None)):
        return function, function.func
    evaluate = getattr(function, "eval", None)
    if callable(evaluate):
        return function, evaluate
    if callable(function):
        return function, function
    raise TypeError(f"{type(function).__name__} has no method 'eval' and cannot be called")


def _unpickle(payload: bytes) -> Any:
    try:
        return pickle.loads(payload)
    except ModuleNotFoundError as error:
        # A client with PyFlink itself has pickled its classes by the name of that package.
        if (error.name or "").partition(".")[0] != "pyflink":
            raise
    from nutkin import _alias

    _alias.install()
    return pickle.loads(payload)


class RowFunction:
    """A function of a whole row, called with its columns: what ``Table.map`` makes of a function."""

    def __init__(self, function: Any, names: list[str]) -> None:
        self._function = function
        self._names = names

    def open(self, context: Any) -> None:
        """Opens the function, if it has a life of its own."""
        if _has_life(self._function, "open"):
            self._function.open(context)

    def close(self) -> None:
        """Closes the function, if it has a life of its own."""
        close_function(self._function)

    def eval(self, *values: Any) -> Any:
        """Calls the function with the columns as a row."""
        evaluate = getattr(self._function, "eval", None) or self._function
        return evaluate(make_row(0, self._names, values))


def open_function(
    function: Any,
    job_parameters: dict[str, str],
    task_name: str,
    subtask_index: int,
    parallelism: int,
) -> None:
    """Calls the function's ``open``, if it is one with a life of its own."""
    if not _has_life(function, "open"):
        return
    from nutkin.table.udf import FunctionContext

    function.open(FunctionContext(job_parameters, task_name, subtask_index, parallelism))


def close_function(function: Any) -> None:
    """Calls the function's ``close``, if it is one with a life of its own."""
    if _has_life(function, "close"):
        function.close()


def make_block_caller(function: Any, constants: Sequence[tuple[Any] | None]) -> Callable[..., list[Any]]:
    """What calls a function for a block of rows, and gives the list of results.

    ``constants`` has one item an argument of the function: the constant in a tuple, or None for an argument
    that comes from a row. The caller takes one iterable for each of the latter, the first an iterator;
    without any, it takes an iterator that counts the rows.

    The comprehension is compiled for the arguments that there are, because calls with a fixed number of
    arguments are the ones that CPython makes without leaving its loop.
    """
    maker = getattr(getattr(function, "__self__", None), "make_block_caller", None)
    if maker is not None:  # A function that takes more than a row at a time.
        block_caller: Callable[..., list[Any]] = maker(constants)
        return block_caller
    names = [f"a{position}" for position in range(len(constants))]
    rows = [name for name, constant in zip(names, constants, strict=True) if constant is None]
    kept = {
        name: constant[0] for name, constant in zip(names, constants, strict=True) if constant is not None
    }
    lists = [f"{name}s" for name in rows] or ["rows"]
    source = lists[0] if len(lists) == 1 else f"zip({', '.join(lists)})"
    targets = ", ".join(rows) or "_"
    code = f"lambda {', '.join(lists)}: [function({', '.join(names)}) for {targets} in {source}]"
    caller: Callable[..., list[Any]] = eval(
        compile(code, _BLOCK_CODE, "eval"), {"function": function, **kept}
    )
    return caller


def user_frames(traceback: TracebackType | None) -> TracebackType | None:
    """The traceback without the frames at its start that are not the user's."""
    while traceback is not None and traceback.tb_frame.f_code.co_filename == _BLOCK_CODE:
        traceback = traceback.tb_next
    return traceback


def _has_life(function: Any, method: str) -> bool:
    # A plain callable may have an ``open`` that means something else: only objects with ``eval`` are asked.
    return callable(getattr(function, "eval", None)) and callable(getattr(function, method, None))


def make_row(kind: int, names: list[str], values: tuple[Any, ...]) -> Any:
    """The ``Row`` of a ROW value."""
    from nutkin.common.types import Row, RowKind

    row = Row(*values)
    row.set_field_names(names)
    if kind:
        row.set_row_kind(RowKind(kind))
    return row


def time_zone(name: str) -> datetime.tzinfo:
    """The time zone of a name as Flink takes it: a region, or an offset such as ``GMT+08:00``.

    :raises KeyError: if there is no such zone.
    """
    offset = _OFFSET.fullmatch(name)
    if offset is None:
        import zoneinfo

        return zoneinfo.ZoneInfo(name)
    sign, hours, minutes = offset.groups()
    delta = datetime.timedelta(hours=int(hours), minutes=int(minutes or 0))
    return datetime.timezone(delta if sign == "+" else -delta)
