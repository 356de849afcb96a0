"""Scripts of statements: reads the cases, and runs one on whatever table environment is given.

Each file of ``cases/statements`` is one script. It runs on a streaming environment of its own, or on one of
batch mode if its name begins with ``batch_``; a statement that fails does not end the script.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CASES = HERE / "cases" / "statements"
RECORDED = HERE / "recorded" / "statements"


def scripts() -> dict[str, list[str]]:
    """The statements of each script, by its name. Statements end with ``;`` at the end of a line."""
    found = {}
    for path in sorted(CASES.glob("*.sql")):
        lines = [line for line in path.read_text().splitlines() if not line.startswith("--")]
        parts = "\n".join(lines).split(";\n")
        found[path.stem] = [part.strip().removesuffix(";") for part in parts if part.strip(" ;\n")]
    return found


def answer(
    execute: Callable[[str], Any], describe: Callable[[Exception], dict[str, Any]], text: str
) -> dict[str, Any]:
    """What a statement answers: names and types of columns with the rows, or an error."""
    try:
        result = execute(text)
        names, types = columns(result)
        if names == ["result"] or text.upper().startswith(("SHOW", "DESC")):
            with result.collect() as rows:
                return {"columns": names, "types": types, "rows": [list(map(str, row)) for row in rows]}
        result.wait()
        return {"columns": names, "types": types, "rows": []}
    except Exception as error:
        return describe(error)


def columns(result: Any) -> tuple[list[str], list[str]]:
    """The names and types of a result's columns; of a type the name alone."""
    if hasattr(result, "get_table_schema"):
        schema = result.get_table_schema()
        return list(schema.get_field_names()), [plain(kind) for kind in schema.get_field_data_types()]
    schema = result.get_resolved_schema()
    return schema.get_column_names(), [plain(kind) for kind in schema.get_column_data_types()]


def plain(kind: Any) -> str:
    """The name of a type, without its nullability."""
    return str(kind).replace("STRING", "VARCHAR").split(" ")[0]


def record(names: list[str]) -> None:
    """Records the named scripts, or all, from Apache Flink."""
    from pyflink.table import EnvironmentSettings, TableEnvironment

    RECORDED.mkdir(parents=True, exist_ok=True)
    for name, statements in scripts().items():
        if names and name not in names:
            continue
        is_batch = name.startswith("batch_")
        settings = (
            EnvironmentSettings.in_batch_mode() if is_batch else EnvironmentSettings.in_streaming_mode()
        )
        environment = TableEnvironment.create(settings)
        recorded = [
            {"statement": statement, **answer(environment.execute_sql, flink_error, statement)}
            for statement in statements
        ]
        path = RECORDED / f"{name}.json"
        path.write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")
        print(path, len(recorded), flush=True)


def flink_error(error: Exception) -> dict[str, Any]:
    """The classes and messages of an error of Flink and of what caused it."""
    java = getattr(error, "java_exception", None) or getattr(error, "_exception", None)
    chain: list[dict[str, str]] = []
    while java is not None:
        chain.append({"class": java.getClass().getName(), "message": str(java.getMessage())})
        java = java.getCause()
    if not chain:
        chain.append({"class": type(error).__name__, "message": str(error).splitlines()[0]})
    return {"error": chain}


if __name__ == "__main__":
    record(sys.argv[1:])
