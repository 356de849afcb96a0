"""Cases of batch mode: which they are, and how one is run on whatever table environment is given."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from statements import HERE, printed

CASES = HERE / "cases" / "batch"
RECORDED = HERE / "recorded" / "batch"
DATA = HERE / "data"
TABLES = "tables"


def blocks(path: Path) -> list[str]:
    """The statements of a file, which empty lines separate."""
    return [" ".join(block.split()) for block in path.read_text().split("\n\n") if block.strip()]


def tables() -> list[str]:
    """The statements that make the tables that all cases read."""
    return [statement.replace("${data}", str(DATA)) for statement in blocks(CASES / f"{TABLES}.sql")]


def statements() -> dict[str, list[str]]:
    """The cases of each file, by its name."""
    return {path.stem: blocks(path) for path in sorted(CASES.glob("*.sql")) if path.stem != TABLES}


def run(table_environment: Any, statement: str, schema: Any) -> dict[str, Any]:
    """What a query gives: columns with types and rows, or an error.

    Rows without ORDER BY come in an order that nobody promises, so they are sorted.

    :param schema: gives Flink's text of a table's schema.
    """
    stage = "planning"
    try:
        table = table_environment.sql_query(statement)
        columns = schema(table)
        stage = "running"
        with table.execute().collect() as found:
            rows = [[str(row.get_row_kind()), *map(printed, row)] for row in found]
    except Exception as error:
        return {"error": stage, "text": str(error)[:2000]}
    # An ORDER BY inside a window or an aggregate orders nothing that leaves it.
    outside = re.sub(r"\([^()]*\)", "", re.sub(r"\([^()]*\)", "", statement))
    return {"columns": columns, "rows": rows if "ORDER BY" in outside else sorted(rows)}
