"""Functions on Nutkin against the values that Flink gave (``make differential`` records them)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent.parent / "differential"
sys.path.insert(0, str(HERE))

from expressions import DIFFERENCES, RECORDED, Answer, Case, Runner, answers, families  # noqa: E402
from nutkin.table import EnvironmentSettings, TableEnvironment  # noqa: E402
from nutkin.util.exceptions import UnsupportedOperationException  # noqa: E402

FAMILIES = families()
CASES = [(name, case) for name, group in FAMILIES.items() for case in group]
_recorded: dict[str, dict[str, Answer]] = {
    path.stem: json.loads(path.read_text()) for path in RECORDED.glob("*.json")
}
_differences: dict[str, set[str]] = {
    path.stem: {key for item in json.loads(path.read_text()) for key in item["cases"]}
    for path in DIFFERENCES.glob("*.json")
}
_found: dict[str, dict[str, Answer]] = {}


def nutkin_runner() -> Runner:
    """Runs queries on Nutkin."""
    environments: dict[tuple[tuple[str, str], ...], TableEnvironment] = {}
    current: list[TableEnvironment] = []

    def configure(settings: tuple[tuple[str, str], ...]) -> None:
        if settings not in environments:
            environment = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
            environment.get_config().set("parallelism.default", "1")
            for key, value in settings:
                environment.get_config().set(key, value)
            environments[settings] = environment
        current[:] = [environments[settings]]

    def plan(query: str) -> tuple[str, Callable[[], list[list[Any]]]]:
        table = current[0].sql_query(query)

        def run() -> list[list[Any]]:
            with table.execute().collect() as rows:
                return [list(row) for row in rows]

        return str(table.get_resolved_schema()), run

    return Runner(plan, configure, describe)


def describe(error: Exception, stage: str) -> Answer:
    """What Nutkin refuses by name is no error of the expression."""
    if isinstance(error, UnsupportedOperationException):
        return {"refused": str(error)}
    return {"error": stage, "text": str(error)}


def comparable(answer: Answer) -> Any:
    """What has to be equal: of an error, only that there is one."""
    return "error" if "error" in answer else answer


def found_of(family: str) -> dict[str, Answer]:
    """Nutkin's answers to the cases of a file, computed together."""
    if family not in _found:
        _found[family] = answers(nutkin_runner(), FAMILIES[family])
    return _found[family]


@pytest.mark.parametrize(("family", "case"), CASES, ids=[f"{name}: {case.key}" for name, case in CASES])
def test_same_as_flink(family: str, case: Case) -> None:
    """The type and the values, or an error."""
    expected = _recorded[family][case.key]
    found = found_of(family)[case.key]
    if case.key in _differences.get(family, ()):
        assert comparable(found) != comparable(expected), "the difference is gone: take it out of the list"
    else:
        assert comparable(found) == comparable(expected), f"Flink: {expected}\nNutkin: {found}"


def test_every_recorded_case_and_every_difference_is_still_one() -> None:
    """What is no case any more is no record either."""
    for family, recorded in _recorded.items():
        keys = {case.key for case in FAMILIES[family]}
        assert set(recorded) == keys, family
        assert _differences.get(family, set()) <= keys, family
