"""Runs both programs on an Apache Kafka broker and a MariaDB server, until their tables are right.

``run_kafka_demo.py --rows 1000000``. Each server gets a free port and a temporary directory. A program
runs in its own process, as a user would start it; it is stopped when the MySQL table equals the truth,
which plain Python computes from the same records.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "..", "tests"))

from generate_log import lines  # noqa: E402
from servers.kafka_broker import KafkaBroker  # noqa: E402
from servers.mariadb_server import MariaDbServer  # noqa: E402
from servers.process import ServerUnavailable  # noqa: E402
from truth import Statistic, equal, truth  # noqa: E402

PROGRAMS = ("cdn_demo.py", "cdn_demo_table_api.py")
TABLE = """
DROP TABLE IF EXISTS access_statistic;
CREATE TABLE access_statistic (
  province VARCHAR(64) PRIMARY KEY, access_count BIGINT, total_download BIGINT, download_speed DOUBLE
);"""
PARTITIONS = 4


def read_table(database: MariaDbServer) -> dict[str, Statistic]:
    """What the MySQL table holds now."""
    return {
        province: Statistic(int(count), int(size), float(speed))
        for province, count, size, speed in database.execute("SELECT * FROM access_statistic;")
    }


def start_program(
    program: str, broker: KafkaBroker, database: MariaDbServer, topic: str
) -> subprocess.Popen[bytes]:
    """Starts a program in its own process."""
    return subprocess.Popen(
        [sys.executable, "-m", "nutkin._cli", "run", "--quiet", os.path.join(HERE, program)],
        env={
            **os.environ,
            "CDN_KAFKA": broker.bootstrap_servers,
            "CDN_TOPIC": topic,
            "CDN_JDBC_URL": database.jdbc_url,
            "CDN_JDBC_USER": database.user,
            "CDN_JDBC_PASSWORD": database.password,
        },
    )


def wait_for_truth(
    process: subprocess.Popen[bytes],
    database: MariaDbServer,
    expected: dict[str, Statistic],
    timeout_seconds: float,
) -> float:
    """Waits until the table is right; how long that took.

    :raises SystemExit: if the program ends by itself, or the table is not right in time.
    """
    start = time.time()
    while not equal(read_table(database), expected):
        if process.poll() is not None:
            raise SystemExit(f"the program ended by itself with code {process.returncode}")
        if time.time() - start > timeout_seconds:
            process.kill()
            raise SystemExit(
                f"the table is not right after {timeout_seconds} s:\n{read_table(database)}\n{expected}"
            )
        time.sleep(0.05)
    return time.time() - start


def stop_program(process: subprocess.Popen[bytes]) -> float:
    """Interrupts a program as Ctrl-C does; how long it took to end."""
    start = time.time()
    process.send_signal(signal.SIGINT)
    process.wait(timeout=10)
    return time.time() - start


def run(rows: int, timeout_seconds: float = 120.0) -> None:
    """Loads the records, runs the programs, prints what was seen."""
    with KafkaBroker() as broker, MariaDbServer() as database:
        log = list(lines(rows))
        expected = truth(log)
        broker.create_topic("access_log", PARTITIONS)
        start = time.time()
        broker.produce("access_log", log)
        print(f"{rows:,} records in the topic after {time.time() - start:.1f} s", flush=True)
        for program in PROGRAMS:
            database.execute(TABLE)
            process = start_program(program, broker, database, "access_log")
            try:
                seconds = wait_for_truth(process, database, expected, timeout_seconds)
                stopped = stop_program(process)
            finally:
                process.kill()
            print(
                f"nutkin run {program}: the MySQL table equals the truth after {seconds:.2f} s "
                f"({rows / seconds:,.0f} rows/s from process start); ended {stopped:.2f} s after Ctrl-C",
                flush=True,
            )
        for province, statistic in sorted(read_table(database).items()):
            count, size, speed = statistic
            print(f"{province:<12}{count:>12,}{size:>18,}{speed:>12.2f}")


def main() -> int:
    """Reads the arguments and runs; returns the exit code."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    try:
        run(parser.parse_args().rows)
    except ServerUnavailable as missing:
        print(f"A server is missing: {missing}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
