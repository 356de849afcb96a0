"""Queries in batch mode against the columns and rows that Flink gave (``make differential`` records them)."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent.parent / "differential"
sys.path.insert(0, str(HERE))

import batch_queries  # noqa: E402
from expressions import Answer  # noqa: E402
from nutkin.table import EnvironmentSettings, TableEnvironment  # noqa: E402
from nutkin.util.exceptions import UnsupportedOperationException  # noqa: E402

TOPICS = batch_queries.topics()
CASES = [(name, query) for name, topic in TOPICS.items() for query in topic.queries]
DIFFERENCES: dict[str, str] = json.loads(batch_queries.DIFFERENCES.read_text())
_recorded: dict[str, dict[str, Answer]] = {
    path.stem: json.loads(path.read_text()) for path in batch_queries.RECORDED.glob("*.json")
}
_environments: dict[str, TableEnvironment] = {}


def environment(name: str) -> TableEnvironment:
    """The environment of a file, in which its head has run."""
    if name not in _environments:
        made = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
        made.get_config().set("parallelism.default", "1")
        for statement in TOPICS[name].head:
            made.execute_sql(statement)
        _environments[name] = made
    return _environments[name]


def answer(name: str, query: str) -> Answer:
    """What Nutkin gives."""
    table_environment = environment(name)

    def plan(text: str) -> tuple[str, Callable[[], list[list[Any]]]]:
        table = table_environment.sql_query(text)

        def run() -> list[list[Any]]:
            with table.execute().collect() as rows:
                return [list(row) for row in rows]

        return str(table.get_resolved_schema()), run

    return batch_queries.answer(query, plan, describe)


def describe(error: Exception, stage: str) -> Answer:
    """What Nutkin refuses by name is no error of the query."""
    if isinstance(error, UnsupportedOperationException):
        return {"refused": str(error)}
    return {"error": stage, "text": str(error)}


def comparable(found: Answer) -> Any:
    """What has to be equal: of an error, only that there is one."""
    return "error" if "error" in found else found


@pytest.mark.parametrize(("name", "query"), CASES, ids=[f"{name}: {query[:70]}" for name, query in CASES])
def test_same_as_flink(name: str, query: str) -> None:
    """The columns, their types and the rows; or an error."""
    expected = _recorded[name][query]
    found = answer(name, query)
    if query in DIFFERENCES:
        assert comparable(found) != comparable(expected), "the difference is gone: take it out of the list"
    else:
        assert comparable(found) == comparable(expected), f"Flink: {expected}\nNutkin: {found}"


def test_every_recorded_query_and_every_difference_is_still_one() -> None:
    """What is no query any more is no record either."""
    for name, recorded in _recorded.items():
        assert set(recorded) == set(TOPICS[name].queries), name
    assert set(DIFFERENCES) <= {query for _, query in CASES}
