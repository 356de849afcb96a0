"""The tables and queries of TPC-H: data from a generator, kept outside of the repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
TABLES = ("region", "nation", "supplier", "customer", "part", "partsupp", "orders", "lineitem")
QUERIES = range(1, 23)
GENERATOR = "tpchgen-cli"
#: Digits after the point that values are compared by: DuckDB's AVG and quotients are doubles.
DIGITS = 4


class GeneratorMissing(Exception):
    """The generator of data is not installed."""


def data(scale: str) -> Path:
    """The directory with one Parquet file a table at a scale, generated when it is first asked for.

    :raises GeneratorMissing: if there is no generator and no data.
    """
    root = Path(os.environ.get("NUTKIN_CACHE", Path.home() / ".cache" / "nutkin")) / "tpch"
    target = root / f"sf{scale}"
    if target.is_dir():
        return target
    generator = shutil.which(GENERATOR, path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if generator is None:
        raise GeneratorMissing(f"{GENERATOR} is not installed (tests/requirements.txt)")
    unfinished = root / f".sf{scale}.{os.getpid()}"
    subprocess.run(
        [generator, "parquet", "-s", scale, "-o", str(unfinished)], check=True, capture_output=True
    )
    try:
        unfinished.rename(target)
    except OSError:
        # Another run was faster.
        shutil.rmtree(unfinished)
    return target


def ddl(options: str) -> list[str]:
    """Flink's statements that make the tables.

    :param options: the options of each table, with ``{table}`` in the place of its name.
    """
    text = re.sub(r"^--.*$", "", (HERE / "schema.sql").read_text(), flags=re.MULTILINE)
    filled = re.sub(r"\$\{(\w+)\}", lambda marker: options.format(table=marker[1]), text)
    return [statement.strip() for statement in filled.split(";") if statement.strip()]


def parquet(directory: Path) -> list[str]:
    """Flink's statements that make tables of Parquet files."""
    return ddl(f"'connector'='filesystem','format'='parquet','path'='{directory}/{{table}}.parquet'")


def query(number: int) -> str:
    """A query as Flink takes it; DuckDB and DataFusion take it too."""
    return (HERE / "queries" / f"q{number:02}.sql").read_text()


def comparable(rows: list[Any]) -> list[list[Any]]:
    """Rows as JSON holds them: numbers with a fraction rounded, dates as text."""
    return [[_value(value) for value in row] for row in rows]


def _value(value: Any) -> Any:
    if isinstance(value, (Decimal, float)):
        return round(float(value), DIGITS)
    if value is None or isinstance(value, (int, str)):
        return value
    return str(value)


def difference(found: list[list[Any]], expected: list[list[Any]]) -> str | None:
    """What is different, or nothing. Of numbers a ten-thousandth, or its like for large ones, is nothing."""
    if len(found) != len(expected):
        return f"{len(found)} rows instead of {len(expected)}"
    for number, (row, wanted) in enumerate(zip(found, expected, strict=True)):
        same = len(row) == len(wanted) and all(map(_equal, row, wanted))
        if not same:
            return f"row {number}: {row} instead of {wanted}"
    return None


def _equal(left: Any, right: Any) -> bool:
    if isinstance(left, (int, float)) and isinstance(right, (int, float)):
        return abs(left - right) <= 2 * 10**-DIGITS * max(1.0, abs(right) / 1_000_000)
    return bool(left == right)


def duckdb_answers(directory: Path) -> dict[int, list[list[Any]]]:
    """What DuckDB answers to all queries."""
    import duckdb

    connection = duckdb.connect()
    for table in TABLES:
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM '{directory}/{table}.parquet'")
    return {number: comparable(connection.execute(query(number)).fetchall()) for number in QUERIES}
