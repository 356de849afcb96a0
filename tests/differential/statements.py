"""Reads the cases, and runs one on whatever table environment is given."""

from __future__ import annotations

from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CASES = HERE / "cases"
RECORDED = HERE / "recorded"


def statements() -> dict[str, list[str]]:
    """The statements of each file, by its name."""
    found = {}
    for path in sorted(CASES.glob("*.sql")):
        text = path.read_text()
        if path.stem == "expressions":
            found[path.stem] = [f"SELECT {line}" for line in text.splitlines() if line.strip()]
        else:
            found[path.stem] = [" ".join(block.split()) for block in text.split("\n\n") if block.strip()]
    return found


def run(table_environment: Any, statement: str, schema: Any) -> dict[str, Any]:
    """What a statement gives: columns with types and rows with kinds, or an error.

    :param schema: gives Flink's text of a table's schema.
    """
    stage = "planning"
    try:
        table = table_environment.sql_query(statement)
        columns = schema(table)
        stage = "running"
        with table.execute().collect() as rows:
            return {
                "columns": columns,
                "rows": [[str(row.get_row_kind()), *map(printed, row)] for row in rows],
            }
    except Exception as error:
        return {"error": stage, "text": str(error)[:2000]}


def printed(value: Any) -> str:
    """A value as text that tells types and NULL apart."""
    return repr(value)
