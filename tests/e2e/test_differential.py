"""Statements on Nutkin against the answers that Flink gave (``make differential`` records them)."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent.parent / "differential"
sys.path.insert(0, str(HERE))

from nutkin.table import EnvironmentSettings, TableEnvironment  # noqa: E402
from statements import RECORDED, run, statements  # noqa: E402

DIFFERENCES: dict[str, str] = json.loads((HERE / "differences.json").read_text())
ANY_ORDER = {statement for statement in DIFFERENCES if " UNION ALL " in statement}
CASES = [(name, statement) for name, group in statements().items() for statement in group]
_answers = {path.stem: json.loads(path.read_text()) for path in RECORDED.glob("*.json")}


@pytest.fixture(scope="module")
def table_environment() -> TableEnvironment:
    """One environment for all cases: they only read."""
    environment = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    environment.get_config().set("parallelism.default", "1")
    return environment


@pytest.mark.parametrize(("name", "statement"), CASES, ids=[statement[:80] for _, statement in CASES])
def test_same_as_flink(table_environment: TableEnvironment, name: str, statement: str) -> None:
    """Columns, types, rows, kinds of changes and their order; or an error at the same stage."""
    expected = _answers[name][statement]
    found = run(table_environment, statement, lambda table: str(table.get_resolved_schema()))
    if statement in ANY_ORDER:
        assert sorted(found["rows"]) == sorted(expected["rows"])
        return
    if statement in DIFFERENCES:
        assert comparable(found) != comparable(expected), "the difference is gone: take it out of the list"
        return
    assert comparable(found) == comparable(expected), f"Flink: {expected}\nNutkin: {found}"


def comparable(answer: dict[str, Any]) -> Any:
    """What has to be equal: of an error, only that there is one."""
    return "error" if "error" in answer else answer


def test_messages_of_validation_are_those_of_flink(table_environment: TableEnvironment) -> None:
    """Where Flink's message says what is wrong at which column, so does ours."""
    compared = 0
    for name, statement in CASES:
        expected = _answers[name][statement]
        message = re.search(r"SQL validation failed\. [^\n]*", expected.get("text", ""))
        if message is None or statement in DIFFERENCES:
            continue
        found = run(table_environment, statement, lambda table: str(table.get_resolved_schema()))
        assert message.group(0) in found["text"], statement
        compared += 1
    assert compared >= 5
