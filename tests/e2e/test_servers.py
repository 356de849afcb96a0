"""Brokers and databases that are down, refuse, or are lost in the middle: clear errors, nothing lost."""

from __future__ import annotations

import time

import pytest
from generate_log import lines
from run_kafka_demo import PARTITIONS, TABLE, read_table, start_program, wait_for_truth
from servers.kafka_broker import KafkaBroker
from servers.mariadb_server import MariaDbServer
from servers.postgres_server import PostgresServer
from servers.process import free_port
from support import Programs
from test_bad_input import failing, source
from truth import equal, truth

INSERT = "t_env.from_elements([('x', 1), ('y', 2), ('x', 3)], ['a', 'b']).execute_insert('s').wait()\n"


def kafka_options(servers: str, topic: str, more: str = "") -> str:
    """The options of a Kafka table."""
    return (
        f"'connector'='kafka','topic'='{topic}','properties.bootstrap.servers'='{servers}',"
        f"'scan.startup.mode'='earliest-offset','scan.bounded.mode'='latest-offset','format'='csv'{more}"
    )


def jdbc_options(url: str, user: str, password: str, table: str = "visits") -> str:
    """The options of a JDBC table."""
    return (
        f"'connector'='jdbc','url'='{url}','table-name'='{table}','username'='{user}','password'='{password}'"
    )


def test_broker_that_is_down_at_start(programs: Programs) -> None:
    """The servers are named, within a bounded time."""
    servers = f"127.0.0.1:{free_port()}"
    code = source(kafka_options(servers, "t", ",'properties.default.api.timeout.ms'='3000'"))
    start = time.monotonic()
    failing(programs, code + "t_env.from_path('s').execute().print()\n", servers)
    assert time.monotonic() - start < 15


def test_topic_that_is_not_there(programs: Programs, kafka: KafkaBroker) -> None:
    """The topic is named, and the one that is nearly called so."""
    kafka.create_topic("access_records")
    code = source(kafka_options(kafka.bootstrap_servers, "access_record"))
    failing(programs, code + "t_env.from_path('s').execute().print()\n", "access_record", "access_records")


def test_malformed_record_of_a_topic(programs: Programs, kafka: KafkaBroker) -> None:
    """Topic, partition, offset and the line; or skipped and counted."""
    kafka.create_topic("malformed")
    kafka.produce("malformed", ["x,1", "y,2", "z,three"])
    code = source(kafka_options(kafka.bootstrap_servers, "malformed"))
    run = "t_env.from_path('s').execute().print()\n"
    failing(programs, code + run, "malformed", "partition 0", "offset 2", "z,three")
    json_code = code.replace("'format'='csv'", "'format'='json','json.ignore-parse-errors'='true'")
    programs.write(
        "from pyflink.table import *\nt_env = TableEnvironment.create()\n"
        + json_code
        + "result = t_env.from_path('s').execute()\n"
        + "print(list(result.collect()), result.get_job_client()._metrics()['parse_errors'])\n"
    )
    finished = programs.run(programs.folder / "program.py")
    assert finished.code == 0, finished.stderr
    assert finished.stdout == "[] 3\n"


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("'scan.startup.mode'='earliest-offset'", ["0", "1", "2", "3"]),
        (
            "'scan.startup.mode'='specific-offsets','scan.startup.specific-offsets'='partition:0,offset:2'",
            ["2", "3"],
        ),
        ("'scan.startup.mode'='timestamp','scan.startup.timestamp-millis'='0'", ["0", "1", "2", "3"]),
        (
            "'scan.startup.mode'='group-offsets','properties.group.id'='nobody','properties.auto.offset.reset'='earliest'",
            ["0", "1", "2", "3"],
        ),
        ("'scan.startup.mode'='latest-offset'", []),
    ],
)
def test_startup_modes(programs: Programs, kafka: KafkaBroker, mode: str, expected: list[str]) -> None:
    """Where reading begins."""
    topic = f"startup{abs(hash(mode))}"
    kafka.create_topic(topic)
    kafka.produce(topic, ["r0,0", "r1,1", "r2,2", "r3,3"])
    options = kafka_options(kafka.bootstrap_servers, topic).replace(
        "'scan.startup.mode'='earliest-offset'", mode
    )
    programs.write(
        "from pyflink.table import *\nt_env = TableEnvironment.create()\n"
        + source(options)
        + "print([row[1] for row in t_env.from_path('s').execute().collect()])\n"
    )
    finished = programs.run(programs.folder / "program.py")
    assert finished.code == 0, finished.stderr
    assert finished.stdout.strip() == str([int(value) for value in expected])


def test_database_that_is_down_at_start(programs: Programs) -> None:
    """Host and port are named."""
    port = free_port()
    code = source(
        jdbc_options(f"jdbc:mysql://127.0.0.1:{port}/nutkin", "u", "p")
        + ",'connection.max-retry-timeout'='2s'"
    )
    failing(programs, code + INSERT, f"127.0.0.1:{port}")


@pytest.mark.parametrize("kind", ["mariadb", "postgres"])
def test_database_that_refuses(programs: Programs, kind: str, request: pytest.FixtureRequest) -> None:
    """A wrong password names the user and not the password; missing tables and columns are named."""
    database: MariaDbServer | PostgresServer = request.getfixturevalue(kind)
    text = failing(
        programs, source(jdbc_options(database.jdbc_url, database.user, "wrong word")) + INSERT, database.user
    )
    assert "wrong word" not in text.replace("'password'='wrong word'", "")
    database.execute("DROP TABLE IF EXISTS visits; CREATE TABLE visits (a VARCHAR(20), c BIGINT);")
    right = jdbc_options(database.jdbc_url, database.user, database.password)
    failing(programs, source(right.replace("visits", "visit")) + INSERT, "visit", "visits")
    failing(programs, source(right) + INSERT, "'b'", "visits")


@pytest.mark.parametrize("kind", ["mariadb", "postgres"])
def test_upsert_and_append(programs: Programs, kind: str, request: pytest.FixtureRequest) -> None:
    """With a key the last change wins; without one every row is there. The database itself is asked."""
    database: MariaDbServer | PostgresServer = request.getfixturevalue(kind)
    database.execute(
        "DROP TABLE IF EXISTS keyed; CREATE TABLE keyed (a VARCHAR(20) PRIMARY KEY, b BIGINT);"
        "DROP TABLE IF EXISTS unkeyed; CREATE TABLE unkeyed (a VARCHAR(20), b BIGINT);"
    )
    options = jdbc_options(database.jdbc_url, database.user, database.password, "keyed")
    keyed = source(options, "a STRING, b BIGINT, PRIMARY KEY (a) NOT ENFORCED")
    unkeyed = source(options.replace("keyed", "unkeyed")).replace("TABLE s", "TABLE u")
    programs.write(
        "from pyflink.table import *\nt_env = TableEnvironment.create()\n"
        + keyed
        + unkeyed
        + INSERT
        + INSERT.replace("'s'", "'u'")
        + "print(sorted((row[0], row[1]) for row in t_env.from_path('u').execute().collect()))\n"
    )
    finished = programs.run(programs.folder / "program.py")
    assert finished.code == 0, finished.stderr
    assert sorted(map(tuple, database.execute("SELECT a, b FROM keyed;"))) == [("x", "3"), ("y", "2")]
    assert sorted(map(tuple, database.execute("SELECT a, b FROM unkeyed;"))) == [
        ("x", "1"),
        ("x", "3"),
        ("y", "2"),
    ]
    assert finished.stdout.strip() == "[('x', 1), ('x', 3), ('y', 2)]"


def test_database_lost_in_the_middle(kafka: KafkaBroker, mariadb: MariaDbServer) -> None:
    """The database is killed and comes back while rows flow: the table ends right."""
    first, second = list(lines(2_000, seed=3)), list(lines(2_000, seed=4))
    kafka.create_topic("lost_database", PARTITIONS)
    kafka.produce("lost_database", first)
    mariadb.execute(TABLE)
    process = start_program("cdn_demo_table_api.py", kafka, mariadb, "lost_database")
    try:
        wait_for_truth(process, mariadb, truth(first), 60)
        mariadb.kill_server()
        kafka.produce("lost_database", second)
        time.sleep(2)
        assert process.poll() is None
        mariadb.restart()
        wait_for_truth(process, mariadb, truth(first + second), 60)
    finally:
        process.kill()
    assert equal(read_table(mariadb), truth(first + second))


def test_broker_lost_in_the_middle(mariadb: MariaDbServer) -> None:
    """The broker is killed and comes back with more records: none is lost, none counted twice."""
    first, second = list(lines(2_000, seed=5)), list(lines(2_000, seed=6))
    with KafkaBroker() as broker:
        broker.create_topic("lost_broker", PARTITIONS)
        broker.produce("lost_broker", first)
        mariadb.execute(TABLE)
        process = start_program("cdn_demo.py", broker, mariadb, "lost_broker")
        try:
            wait_for_truth(process, mariadb, truth(first), 60)
            broker.stop_server()
            time.sleep(2)
            assert process.poll() is None
            broker.restart()
            broker.produce("lost_broker", second)
            wait_for_truth(process, mariadb, truth(first + second), 60)
        finally:
            process.kill()
    assert equal(read_table(mariadb), truth(first + second))
