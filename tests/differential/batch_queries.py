"""Reads the cases of batch queries, and runs one on whatever table environment is given.

A file of ``cases/batch_queries`` has statements apart by empty lines. Those that begin with ``CREATE`` or ``SET``
are its head: they run first, for the whole file. All others are queries. Lines that begin with ``--`` are
for the reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from expressions import Answer, column_types, printed

HERE = Path(__file__).parent
CASES = HERE / "cases" / "batch_queries"
RECORDED = HERE / "recorded" / "batch_queries"
DIFFERENCES = HERE / "differences" / "batch_queries.json"

#: Plans a query and gives Flink's text of its schema and a function that runs it.
Plan = Callable[[str], tuple[str, Callable[[], Sequence[Sequence[Any]]]]]


@dataclass(frozen=True)
class Topic:
    """A file of queries."""

    #: Statements that run before the queries.
    head: list[str]
    queries: list[str]


def topics() -> dict[str, Topic]:
    """The statements of each file, by its name."""
    return {path.stem: read_topic(path) for path in sorted(CASES.glob("*.sql"))}


def read_topic(path: Path) -> Topic:
    """The statements of a file, each query once."""
    lines = [line for line in path.read_text().splitlines() if not line.startswith("--")]
    blocks = [" ".join(block.split()) for block in "\n".join(lines).split("\n\n") if block.strip()]
    head = [block for block in blocks if block.startswith(("CREATE ", "SET "))]
    queries = [block for block in blocks if block not in head]
    twice = {query for query in queries if queries.count(query) > 1}
    if twice:
        raise ValueError(f"{path.name} has these cases twice: {twice}")
    return Topic(head, queries)


def answer(query: str, plan: Plan, describe: Callable[[Exception, str], Answer]) -> Answer:
    """The columns and the rows of a query, or that there is an error.

    Rows are in their order where the query says one, else in that of their text.
    """
    stage = "planning"
    try:
        schema, run = plan(query)
        stage = "running"
        types = column_types(schema)
        rows = [
            [printed(value, type_text) for value, type_text in zip(row, types, strict=True)] for row in run()
        ]
    except Exception as error:
        return describe(error, stage)
    return {"columns": schema, "rows": rows if is_ordered(query) else sorted(rows)}


def is_ordered(query: str) -> bool:
    """Whether a query has an ORDER BY that is not inside parentheses."""
    outside = query
    while "(" in outside:
        shorter = re.sub(r"\([^()]*\)", "", outside)
        if shorter == outside:
            break
        outside = shorter
    return " ORDER BY " in outside
