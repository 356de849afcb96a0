"""Runs both programs on the sample file and SQLite, everything in one process each, and shows the result."""

import os
import sqlite3
import subprocess
import sys
import tempfile

from truth import Statistic, equal, truth

HERE = os.path.dirname(os.path.abspath(__file__))
LOG = os.path.join(HERE, "data", "access_log.csv")
TABLE = """
CREATE TABLE access_statistic (
  province VARCHAR(64) PRIMARY KEY, access_count BIGINT, total_download BIGINT, download_speed DOUBLE
)"""


def run(program: str, folder: str) -> bool:
    """Runs one program and prints its table; whether the table is right."""
    database = os.path.join(folder, program + ".db")
    with sqlite3.connect(database) as connection:
        connection.execute(TABLE)
    command = [sys.executable, "-m", "nutkin._cli", "run", "--quiet", "--timing", os.path.join(HERE, program)]
    print(f"$ nutkin run {program}", flush=True)
    subprocess.run(command, env={**os.environ, "CDN_JDBC_URL": f"jdbc:sqlite:{database}"}, check=True)
    with sqlite3.connect(database) as connection:
        rows = connection.execute("SELECT * FROM access_statistic ORDER BY province").fetchall()
    print(f"{'province':<12}{'access_count':>14}{'total_download':>16}{'download_speed':>16}")
    for province, count, download, speed in rows:
        print(f"{province:<12}{count:>14,}{download:>16,}{speed:>16.2f}")
    with open(LOG) as log:
        right = equal({row[0]: Statistic(*row[1:]) for row in rows}, truth(log))
    print(f"equal to the same sums in plain Python: {'yes' if right else 'NO'}\n", flush=True)
    return right


def main() -> int:
    """Runs both; returns the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        results = [run(program, folder) for program in ("cdn_demo.py", "cdn_demo_table_api.py")]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
