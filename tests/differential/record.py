"""Runs cases on Apache Flink and records its answers.

``make differential`` records all files; ``record.py functions/strings batch_queries/joins queries`` only the named
ones.
"""

from __future__ import annotations

import json
import sys
from typing import Any

import batch_queries
import flink
from expressions import RECORDED as FUNCTIONS_RECORDED
from expressions import answers, families
from statements import RECORDED, run, statements


def main(names: list[str]) -> None:
    """Records the named files, or every file and the list of Flink's functions."""
    table_environment = flink.environment()
    FUNCTIONS_RECORDED.mkdir(parents=True, exist_ok=True)
    for name, cases in statements().items():
        if not names or name in names:
            write(RECORDED / f"{name}.json", record_statements(table_environment, cases))
    for name, family in families().items():
        if not names or f"functions/{name}" in names:
            write(FUNCTIONS_RECORDED / f"{name}.json", answers(flink.runner(table_environment), family))
    for name, topic in batch_queries.topics().items():
        if not names or f"batch_queries/{name}" in names:
            batch_queries.RECORDED.mkdir(parents=True, exist_ok=True)
            write(batch_queries.RECORDED / f"{name}.json", record_topic(topic))
    if not names or "show_functions" in names:
        listed = table_environment.execute_sql("SHOW FUNCTIONS").collect()
        write(RECORDED / "show_functions.json", sorted(row[0] for row in listed))


def record_statements(table_environment: Any, cases: list[str]) -> dict[str, Any]:
    """What Flink answers to statements."""
    recorded = {}
    for statement in cases:
        answer = run(
            table_environment, statement, lambda table: table._j_table.getResolvedSchema().toString()
        )
        if "error" in answer:
            answer = flink.describe(Exception(answer["text"]), answer["error"])
        recorded[statement] = answer
    return recorded


def record_topic(topic: batch_queries.Topic) -> dict[str, Any]:
    """What Flink answers to the queries of a file, in batch mode."""
    table_environment = flink.batch_environment()
    for statement in topic.head:
        table_environment.execute_sql(statement)
    plan = flink.runner(table_environment).plan
    return {query: batch_queries.answer(query, plan, flink.describe) for query in topic.queries}


def write(path: Any, answer: Any) -> None:
    """Writes one file, and says so."""
    path.write_text(json.dumps(answer, indent=1, ensure_ascii=False) + "\n")
    print(path, len(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
