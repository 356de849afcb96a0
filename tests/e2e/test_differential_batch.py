"""Queries in batch mode against the answers that Flink gave (``make differential`` records them)."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent.parent / "differential"
sys.path.insert(0, str(HERE))

import batch  # noqa: E402
from nutkin.table import EnvironmentSettings, TableEnvironment  # noqa: E402

DIFFERENCES: dict[str, str] = json.loads((HERE / "differences_batch.json").read_text())
CASES = [(name, statement) for name, group in batch.statements().items() for statement in group]
_answers = {path.stem: json.loads(path.read_text()) for path in batch.RECORDED.glob("*.json")}


@pytest.fixture(scope="module")
def table_environment() -> TableEnvironment:
    """One environment for all cases: they only read."""
    environment = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
    for statement in batch.tables():
        environment.execute_sql(statement)
    return environment


@pytest.mark.parametrize(("name", "statement"), CASES, ids=[statement[:80] for _, statement in CASES])
def test_same_as_flink(table_environment: TableEnvironment, name: str, statement: str) -> None:
    """Columns, types and rows; or an error at the same stage."""
    expected = _answers[name][statement]
    found = batch.run(table_environment, statement, lambda table: str(table.get_resolved_schema()))
    if statement in DIFFERENCES:
        assert comparable(found) != comparable(expected), "the difference is gone: take it out of the list"
        return
    assert comparable(found) == comparable(expected), f"Flink: {expected}\nNutkin: {found}"


def comparable(answer: dict[str, Any]) -> Any:
    """What has to be equal: of an error, only that there is one."""
    return "error" if "error" in answer else answer
