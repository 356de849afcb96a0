"""The 22 queries of TPC-H in batch mode against DuckDB's answers."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import tpch
from nutkin.table import EnvironmentSettings, TableEnvironment

ANSWERS = json.loads((tpch.HERE / "answers.json").read_text())


def environment(scale: str) -> TableEnvironment:
    """An environment in batch mode with the tables at a scale."""
    try:
        directory = tpch.data(scale)
    except tpch.GeneratorMissing as missing:
        pytest.skip(str(missing))
    made = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
    for statement in tpch.parquet(directory):
        made.execute_sql(statement)
    return made


def answer(made: TableEnvironment, number: int) -> list[list[object]]:
    """The rows of a query."""
    with made.execute_sql(tpch.query(number)).collect() as rows:
        return tpch.comparable(list(rows))


@pytest.fixture(scope="module")
def small() -> TableEnvironment:
    """The tables at the scale of the recorded answers."""
    return environment("0.01")


@pytest.mark.parametrize("number", tpch.QUERIES)
def test_recorded_answers(small: TableEnvironment, number: int) -> None:
    """At scale 0.01, DuckDB's answers are in the repository."""
    assert tpch.difference(answer(small, number), ANSWERS[str(number)]) is None


def test_live_answers() -> None:
    """At scale 0.1, DuckDB answers now."""
    pytest.importorskip("duckdb")
    made = environment("0.1")
    expected = tpch.duckdb_answers(tpch.data("0.1"))
    for number in tpch.QUERIES:
        assert tpch.difference(answer(made, number), expected[number]) is None, f"query {number}"
