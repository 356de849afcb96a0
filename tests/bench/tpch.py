"""TPC-H from Parquet files, all 22 queries: Nutkin, plain DataFusion, DuckDB and Flink, one after another.

Each system runs in a process of its own on the same files and two cores, and tells its seconds for each
query, taken from the text of the query to the last row. ``python tests/bench/tpch.py [SYSTEM...]``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tpch"))

import tpch  # noqa: E402

SCALE = "1"
CORES = 2
SYSTEMS = ("nutkin", "datafusion", "duckdb", "flink")
PEERS = HERE.parent.parent / ".venv-peers" / "bin" / "python"


def nutkin() -> Callable[[str], int]:
    """Nutkin in batch mode."""
    from nutkin.table import EnvironmentSettings, TableEnvironment

    environment = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
    environment.get_config().set("parallelism.default", str(CORES))
    for statement in tpch.parquet(tpch.data(SCALE)):
        environment.execute_sql(statement)

    def run(query: str) -> int:
        with environment.execute_sql(query).collect() as rows:
            return sum(1 for _ in rows)

    return run


def datafusion() -> Callable[[str], int]:
    """DataFusion as its own wheel has it."""
    from datafusion import SessionConfig, SessionContext

    context = SessionContext(SessionConfig().with_target_partitions(CORES))
    for table in tpch.TABLES:
        context.register_parquet(table, str(tpch.data(SCALE) / f"{table}.parquet"))
    return lambda query: sum(batch.num_rows for batch in context.sql(query).collect())


def duckdb() -> Callable[[str], int]:
    """DuckDB, for information."""
    import duckdb as library

    connection = library.connect()
    connection.execute(f"SET threads = {CORES}")
    for table in tpch.TABLES:
        connection.execute(f"CREATE VIEW {table} AS SELECT * FROM '{tpch.data(SCALE)}/{table}.parquet'")
    return lambda query: len(connection.execute(query).fetchall())


def flink() -> Callable[[str], int]:
    """Flink's local batch run. Its wheel reads no Parquet without jars, so it reads the same rows as CSV."""
    from pyflink.table import EnvironmentSettings, TableEnvironment

    environment = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
    environment.get_config().set("parallelism.default", str(CORES))
    directory = csv()
    for statement in tpch.ddl(f"'connector'='filesystem','format'='csv','path'='{directory}/{{table}}.csv'"):
        environment.execute_sql(statement)

    def run(query: str) -> int:
        rows = environment.execute_sql(query)._j_table_result.collect()
        count = 0
        while rows.hasNext():
            rows.next()
            count += 1
        return count

    return run


def csv() -> Path:
    """The tables as CSV files without a header, made of the Parquet files once."""
    directory = tpch.data(SCALE)
    for table in tpch.TABLES:
        target = directory / f"{table}.csv"
        if not target.exists():
            # Flink's own interpreter finds the files made.
            import duckdb as library

            library.sql(f"COPY (SELECT * FROM '{directory}/{table}.parquet') TO '{target}' (HEADER false)")
    return directory


def measure(system: str) -> None:
    """Runs all queries on one system and prints their seconds as JSON."""
    run = {"nutkin": nutkin, "datafusion": datafusion, "duckdb": duckdb, "flink": flink}[system]()
    run("SELECT COUNT(*) FROM region")
    seconds = {}
    for number in tpch.QUERIES:
        query = tpch.query(number)
        start = time.perf_counter()
        run(query)
        seconds[number] = time.perf_counter() - start
        print(system, number, f"{seconds[number]:.2f}", file=sys.stderr, flush=True)
    print(json.dumps(seconds))


def main(systems: list[str]) -> None:
    """Measures the systems and prints a table."""
    tpch.data(SCALE)
    found: dict[str, dict[str, float]] = {}
    for system in systems or SYSTEMS:
        if system == "flink":
            csv()
        python = str(PEERS) if system == "flink" and PEERS.exists() else sys.executable
        process = subprocess.run(
            [python, __file__, "--measure", system], stdout=subprocess.PIPE, text=True, check=False
        )
        if process.returncode == 0:
            found[system] = json.loads(process.stdout.splitlines()[-1])
        else:
            print(f"{system} could not be measured", file=sys.stderr)
    print(f"TPC-H, scale {SCALE}, {CORES} cores, seconds\n")
    print("query " + "".join(f"{system:>12}" for system in found))
    for number in tpch.QUERIES:
        print(f"{number:5} " + "".join(f"{seconds[str(number)]:12.2f}" for seconds in found.values()))
    totals = {system: sum(seconds.values()) for system, seconds in found.items()}
    print("total " + "".join(f"{total:12.2f}" for total in totals.values()))
    for other, total in totals.items():
        if "nutkin" in totals and other != "nutkin":
            print(f"Nutkin takes {totals['nutkin'] / total:.2f} of the time of {other}.")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--measure"]:
        measure(sys.argv[2])
    else:
        main(sys.argv[1:])
