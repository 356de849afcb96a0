"""``make bench``: one table of times and memory; with ``PEERS=1``, of other systems in the same run.

Every case is its own process. Times are the best of the repetitions. Memory is the highest resident set of
the process or of one child that it waited for.
"""

import glob
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
ROWS = int(os.environ.get("ROWS", "1000000"))
PEERS = os.environ.get("PEERS") == "1"
PEERS_ENVIRONMENT = os.path.join(ROOT, ".venv-peers")
PEERS_PACKAGES = ("apache-flink==2.3.0", "polars==2.1.0", "bytewax==0.21.1", "setuptools")


@dataclass
class Measured:
    """One row of the table."""

    name: str
    seconds: float
    whole_seconds: float
    peak_megabytes: float


def write_log(path: str) -> None:
    """The access log: ``uuid,client_ip,request_time,response_size``."""
    generator = random.Random(7)
    with open(path, "w") as out:
        for i in range(ROWS):
            ip = ".".join(str(generator.randint(1, 223)) for _ in range(4))
            out.write(f"u{i},{ip},{generator.randint(1, 5000)},{generator.randint(100, 5000000)}\n")


def measure(
    name: str, command: list[str], repetitions: int = 3, pattern: str = r"run ([\d.]+) s"
) -> Measured:
    """Runs a command some times; the seconds it prints, its whole time and its memory with children."""
    best = whole = float("inf")
    peak = 0.0
    for _ in range(repetitions):
        start = time.time()
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        _, status, usage = os.wait4(process.pid, 0)
        assert process.stdout is not None
        output = process.stdout.read()
        found = re.search(pattern, output)
        if status or not found:
            raise SystemExit(f"{name} failed:\n{output}")
        best = min(best, float(found.group(1)))
        whole = min(whole, time.time() - start)
        peak = max(peak, usage.ru_maxrss / 1024)
    return Measured(name, best, whole, peak)


def peers_python() -> str:
    """The interpreter of the peers, installed on first use."""
    python = os.path.join(PEERS_ENVIRONMENT, "bin", "python")
    if not os.path.exists(python):
        print(f"installing {', '.join(PEERS_PACKAGES)} ...", flush=True)
        subprocess.run([sys.executable, "-m", "venv", PEERS_ENVIRONMENT], check=True)
        subprocess.run([python, "-m", "pip", "install", "-q", *PEERS_PACKAGES], check=True)
    return python


def print_table(rows: list[Measured], base: Measured) -> None:
    """The rows, with ratios to the first one of ours."""
    print(f"{'':<34}{'run':>10}{'ratio':>9}{'process':>10}{'peak':>10}")
    for row in rows:
        print(
            f"{row.name:<34}{row.seconds:>8.3f} s{row.seconds / base.seconds:>8.2f}x"
            f"{row.whole_seconds:>8.2f} s{row.peak_megabytes:>7.0f} MB"
        )


def job_table(path: str) -> None:
    """The job on a CSV file, on everything that is asked for."""
    job = [sys.executable, os.path.join(HERE, "cdn_job.py"), path]
    rows = [
        measure("nutkin, thread mode", [*job, "thread"]),
        measure("nutkin, process mode", [*job, "process"]),
        measure(
            "bare Python loop (function only)", [sys.executable, os.path.join(HERE, "python_loop.py"), path]
        ),
    ]
    if PEERS:
        python = peers_python()
        rows.append(measure("Polars", [python, os.path.join(HERE, "polars_job.py"), path]))
        rows.append(measure("Bytewax", [python, os.path.join(HERE, "bytewax_job.py"), path]))
        flink = [python, os.path.join(HERE, "pyflink_job.py"), path]
        rows.append(measure("PyFlink, process mode", [*flink, "process"], 1))
    print(f"\nCSV -> row function -> group by -> blackhole, {ROWS:,} rows")
    print_table(rows, rows[0])


def first_row() -> None:
    """From process start to the first row at the sink."""
    command = [
        sys.executable,
        "-m",
        "nutkin._cli",
        "run",
        "--quiet",
        "--timing",
        os.path.join(HERE, "first_row.py"),
    ]
    measured = measure("first row", command, 10, r"first row ([\d.]+) ms")
    print(f"\nprocess start to first row of a Python function: {measured.seconds:.0f} ms (best of 10)")


def wheel() -> None:
    """How big the wheel is."""
    folder = os.path.join(os.environ.get("CARGO_TARGET_DIR", os.path.join(ROOT, "target")), "wheels")
    for path in glob.glob(os.path.join(folder, "nutkin-*.whl")):
        print(f"\nwheel: {os.path.getsize(path) / 1e6:.1f} MB")


def main() -> None:
    """Runs everything."""
    machine = f"{platform.machine()}, {os.cpu_count()} cores"
    print(f"{machine}, Python {platform.python_version()}, {time.strftime('%Y-%m-%d')}")
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "access_log.csv")
        write_log(path)
        job_table(path)
    first_row()
    wheel()
    if os.environ.get("KAFKA", "1") == "1":
        from kafka_to_mariadb import kafka_to_mariadb

        kafka_to_mariadb(ROWS)


if __name__ == "__main__":
    main()
