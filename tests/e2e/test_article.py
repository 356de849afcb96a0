"""The article's job: both programs, on files and SQLite and on real servers."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from generate_log import lines
from run_kafka_demo import PARTITIONS, TABLE, read_table, start_program, stop_program, wait_for_truth
from servers.kafka_broker import KafkaBroker
from servers.mariadb_server import MariaDbServer
from support import ROOT, Programs
from truth import Statistic, equal, truth

PROGRAMS = ("cdn_demo.py", "cdn_demo_table_api.py")
TABLE_SQL = (
    "CREATE TABLE access_statistic (province VARCHAR(64) PRIMARY KEY, access_count BIGINT, "
    "total_download BIGINT, download_speed DOUBLE)"
)


def copy_programs(folder: Path, imports: str = "pyflink") -> None:
    """The example's files in a directory of the test, importing one package or the other."""
    for source in (ROOT / "examples" / "cdn").glob("cdn_*.py"):
        (folder / source.name).write_text(source.read_text().replace("from pyflink.", f"from {imports}."))


def run_on_files(programs: Programs, program: str, log: str) -> dict[str, Statistic]:
    """Runs a program on log lines and SQLite; the table that it leaves."""
    (programs.folder / "log.csv").write_text(log)
    database = programs.folder / "result.db"
    with sqlite3.connect(database) as connection:
        connection.execute(TABLE_SQL)
    finished = programs.run(
        programs.folder / program,
        CDN_LOG=str(programs.folder / "log.csv"),
        CDN_JDBC_URL=f"jdbc:sqlite:{database}",
    )
    assert finished.code == 0, finished.stderr
    with sqlite3.connect(database) as connection:
        return {row[0]: Statistic(*row[1:]) for row in connection.execute("SELECT * FROM access_statistic")}


@pytest.mark.parametrize("program", PROGRAMS)
def test_fixture_with_its_answer(programs_everywhere: Programs, program: str) -> None:
    """Five rows whose answer was worked out by hand, embedded and remote."""
    copy_programs(programs_everywhere.folder)
    log = (
        "u1,27.128.178.5,200,1000,x\nu2,27.128.178.9,300,2000,x\nu3,1.8.110.7,128,512,x\n"
        "u4,9.9.9.9,64,640,x\nu5,27.128.178.1,500,3000,x\n"
    )
    assert run_on_files(programs_everywhere, program, log) == {
        "Hebei": Statistic(3, 6000, 6.0),
        "Beijing": Statistic(1, 512, 4.0),
        "UnKnow": Statistic(1, 640, 10.0),
    }


@pytest.mark.parametrize("program", PROGRAMS)
def test_twenty_thousand_rows(programs: Programs, program: str) -> None:
    """Many rows, against the same sums in plain Python."""
    copy_programs(programs.folder)
    log = list(lines(20_000, seed=11))
    assert equal(run_on_files(programs, program, "\n".join(log) + "\n"), truth(log))


@pytest.mark.parametrize("program", PROGRAMS)
def test_own_imports_without_nutkin_run(programs: Programs, program: str) -> None:
    """With ``from nutkin.table import ...`` plain ``python`` runs the programs."""
    import subprocess
    import sys

    copy_programs(programs.folder, "nutkin")
    shutil.copy(ROOT / "examples/cdn/data/access_log.csv", programs.folder / "log.csv")
    database = programs.folder / "result.db"
    with sqlite3.connect(database) as connection:
        connection.execute(TABLE_SQL)
    environment = {"CDN_LOG": str(programs.folder / "log.csv"), "CDN_JDBC_URL": f"jdbc:sqlite:{database}"}
    subprocess.run(
        [sys.executable, program],
        cwd=programs.folder,
        env={**programs.environment, **environment},
        check=True,
        timeout=60,
    )
    with sqlite3.connect(database) as connection:
        rows = {row[0]: Statistic(*row[1:]) for row in connection.execute("SELECT * FROM access_statistic")}
    assert equal(rows, truth((programs.folder / "log.csv").read_text().splitlines()))


@pytest.mark.parametrize("program", PROGRAMS)
def test_kafka_to_mariadb(kafka: KafkaBroker, mariadb: MariaDbServer, program: str) -> None:
    """50,000 records from a broker, until the MySQL table equals the truth."""
    topic = "access_log_" + program.removesuffix(".py")
    log = list(lines(50_000))
    kafka.create_topic(topic, PARTITIONS)
    kafka.produce(topic, log)
    mariadb.execute(TABLE)
    process = start_program(program, kafka, mariadb, topic)
    try:
        wait_for_truth(process, mariadb, truth(log), 60)
        assert stop_program(process) < 1.5
        assert process.returncode == 130
    finally:
        process.kill()
    assert equal(read_table(mariadb), truth(log))


@pytest.mark.parametrize("program", PROGRAMS)
def test_rows_that_come_later_update_the_table(
    kafka: KafkaBroker, mariadb: MariaDbServer, program: str
) -> None:
    """The table follows the topic while the job runs."""
    topic = "later_" + program.removesuffix(".py")
    first, second = list(lines(1_000, seed=1)), list(lines(1_000, seed=2))
    kafka.create_topic(topic, PARTITIONS)
    kafka.produce(topic, first)
    mariadb.execute(TABLE)
    process = start_program(program, kafka, mariadb, topic)
    try:
        wait_for_truth(process, mariadb, truth(first), 60)
        kafka.produce(topic, second)
        wait_for_truth(process, mariadb, truth(first + second), 60)
    finally:
        process.kill()
