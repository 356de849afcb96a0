"""How long a script of 200 lines takes to be parsed and planned: the tables and queries of TPC-H.

Every statement is executed as far as nothing is read: tables are made, and queries become operations that
have been checked. ``python tests/bench/planning.py``.
"""

from __future__ import annotations

import itertools
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tpch"))

import tpch
from nutkin.table import EnvironmentSettings, TableEnvironment

LINES = 200
ROUNDS = 20


def script() -> tuple[list[str], list[str], int]:
    """The statements that make tables, queries up to the number of lines, and how many lines there are."""
    tables = tpch.ddl("'connector'='filesystem','format'='parquet','path'='/nowhere/{table}.parquet'")
    lines = sum(len(statement.splitlines()) for statement in tables)
    queries = []
    for number in itertools.cycle(tpch.QUERIES):
        if lines >= LINES:
            break
        queries.append(tpch.query(number))
        lines += len(queries[-1].strip().splitlines())
    return tables, queries, lines


def main() -> None:
    """Prints the best and the middle of some rounds."""
    tables, queries, lines = script()
    seconds = []
    for _ in range(ROUNDS):
        environment = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
        start = time.perf_counter()
        for statement in tables:
            environment.execute_sql(statement)
        for query in queries:
            environment.sql_query(query).get_schema()
        seconds.append(time.perf_counter() - start)
    seconds.sort()
    print(
        f"parsing and planning {lines} lines, {len(tables) + len(queries)} statements: "
        f"best {seconds[0] * 1000:.1f} ms, middle {seconds[ROUNDS // 2] * 1000:.1f} ms"
    )


if __name__ == "__main__":
    main()
