"""Kafka -> Python function -> group by -> MariaDB, all on this machine: rows per second.

The time is from the start of the process to the moment the table is right, start-up and flush interval
included.
"""

import os
import sys
import time

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
sys.path[:0] = [os.path.join(ROOT, "examples", "cdn"), os.path.join(ROOT, "tests")]

from generate_log import lines  # noqa: E402
from run_kafka_demo import (  # noqa: E402
    PARTITIONS,
    TABLE,
    read_table,
    start_program,
    stop_program,
    wait_for_truth,
)
from servers.kafka_broker import KafkaBroker  # noqa: E402
from servers.mariadb_server import MariaDbServer  # noqa: E402
from servers.process import ServerUnavailable  # noqa: E402
from truth import truth  # noqa: E402


def kafka_to_mariadb(rows: int) -> None:
    """Prints the rate of both programs; says what is missing if a server is."""
    try:
        with KafkaBroker() as broker, MariaDbServer() as database:
            log = list(lines(rows))
            expected = truth(log)
            broker.create_topic("access_log", PARTITIONS)
            broker.produce("access_log", log)
            print(f"\nKafka -> row function -> group by -> MariaDB, {rows:,} rows")
            for program in ("cdn_demo.py", "cdn_demo_table_api.py"):
                best = min(one_run(program, broker, database, expected) for _ in range(3))
                print(f"{program:<34}{best:>8.2f} s from process start{rows / best:>12,.0f} rows/s")
    except ServerUnavailable as missing:
        print(f"\nKafka -> MariaDB not measured: {missing}")


def one_run(program, broker, database, expected) -> float:
    """Runs a program once; the seconds from its start until the table is right."""
    database.execute(TABLE)
    assert not read_table(database)
    start = time.time()
    process = start_program(program, broker, database, "access_log")
    try:
        wait_for_truth(process, database, expected, 120)
        seconds = time.time() - start
        stop_program(process)
    finally:
        process.kill()
    return seconds
