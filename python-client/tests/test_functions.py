"""What the function runtime leaves to Python."""

import datetime
import pickle
from typing import Any

import cloudpickle
import pytest
from nutkin import _functions


class DelegatingScalarFunction:
    """As PyFlink wraps plain functions."""

    def __init__(self, func: Any) -> None:
        self.func = func

    def eval(self, *args: Any) -> Any:
        raise AssertionError("the wrapper is looked through")


class Counting:
    """A function with a life of its own."""

    def __init__(self) -> None:
        self.events: list[str] = []

    def open(self, context: Any) -> None:
        parameter = context.get_job_parameter("k", "?")
        self.events.append(f"open {parameter} {context.get_task_name_with_subtasks()}")

    def eval(self, value: int) -> int:
        return value + 1

    def close(self) -> None:
        self.events.append("close")


def dump(function: Any) -> bytes:
    """By value: this module cannot be imported where functions are loaded."""
    import sys

    module = sys.modules[__name__]
    cloudpickle.register_pickle_by_value(module)
    try:
        payload: bytes = cloudpickle.dumps(function)
    finally:
        cloudpickle.unregister_pickle_by_value(module)
    return payload


def test_callables_are_called_as_they_are() -> None:
    loaded, called = _functions.load_function(dump(lambda value: value * 2))
    assert called is loaded
    assert called(4) == 8


def test_wrappers_of_pyflink_are_looked_through() -> None:
    _, called = _functions.load_function(dump(DelegatingScalarFunction(abs)))
    assert called is abs


def test_objects_are_called_by_eval_and_opened_and_closed() -> None:
    function, called = _functions.load_function(dump(Counting()))
    _functions.open_function(function, {"k": "v"}, "Calc", 1, 4)
    assert called(1) == 2
    _functions.close_function(function)
    assert function.events == ["open v Calc (2/4)", "close"]


def test_what_cannot_be_called_is_refused() -> None:
    with pytest.raises(TypeError, match="int has no method 'eval' and cannot be called"):
        _functions.load_function(pickle.dumps(5))


@pytest.mark.parametrize(
    ("constants", "iterables", "expected"),
    [
        ([None], [iter([1, 2])], [(1,), (2,)]),
        ([None, None], [iter([1, 2]), [3, 4]], [(1, 3), (2, 4)]),
        ([None, ("c",), None], [iter([1]), [2]], [(1, "c", 2)]),
        ([(None,), None], [iter([1])], [(None, 1)]),
        ([(5,)], [iter(range(2))], [(5,), (5,)]),
        ([], [iter(range(3))], [(), (), ()]),
    ],
)
def test_block_callers_place_constants(constants: Any, iterables: Any, expected: Any) -> None:
    caller = _functions.make_block_caller(lambda *args: args, constants)
    assert caller(*iterables) == expected


def test_tracebacks_start_at_the_users_function() -> None:
    def fails(value: int) -> float:
        return 1 / value

    with pytest.raises(ZeroDivisionError) as caught:
        _functions.make_block_caller(fails, [None])(iter([1, 0]))
    own_frame = caught.value.__traceback__
    assert own_frame is not None
    frames = _functions.user_frames(own_frame.tb_next)
    assert frames is not None
    assert frames.tb_frame.f_code.co_name == "fails"
    assert frames.tb_next is None


@pytest.mark.parametrize(
    ("name", "hours"),
    [("GMT+08:00", 8), ("+0530", 5.5), ("UTC-3", -3), ("Asia/Shanghai", 8)],
)
def test_time_zones(name: str, hours: float) -> None:
    moment = datetime.datetime(2024, 1, 1, tzinfo=_functions.time_zone(name))
    assert moment.utcoffset() == datetime.timedelta(hours=hours)


def test_an_unknown_time_zone_is_an_error() -> None:
    with pytest.raises(KeyError):
        _functions.time_zone("Mars/Base")
