"""The extension module itself: values of calls, errors, and sessions."""

import datetime
import decimal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from nutkin import _native

LITERALS = "org.apache.flink.table.api.Expressions"


@pytest.fixture
def connection() -> Iterator[_native.Connection]:
    made = _native.connect()
    yield made
    made.close()


def printed_literal(connection: _native.Connection, value: Any) -> str:
    """How the gateway prints a value that was passed to ``Expressions.lit``."""
    connection.batch([(LITERALS, "lit", (value,), 1)], [])
    text: str = connection.batch([(1, "toString", (), 2)], [])
    return text


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        (5, "5"),
        (-(2**31), "-2147483648"),
        (2**40, "1099511627776"),
        (True, "true"),
        (1.5, "1.5"),
        ("it's", "'it''s'"),
        (decimal.Decimal("1.50"), "1.50"),
        (datetime.date(1969, 12, 31), "1969-12-31"),
        (datetime.time(1, 2, 3), "01:02:03"),
        (datetime.datetime(2024, 2, 29, 1, 2, 3), "2024-02-29"),
    ],
)
def test_values_arrive_as_they_were_sent(connection: _native.Connection, value: Any, printed: str) -> None:
    assert printed in printed_literal(connection, value)


def test_objects_come_as_references(connection: _native.Connection) -> None:
    reference = connection.batch([(LITERALS, "lit", (5,), 41)], [])
    assert isinstance(reference, _native.Reference)
    assert reference.id == 41
    assert reference.class_name.startswith("org.apache.flink.table.api.")


def test_an_error_says_which_call_and_why(connection: _native.Connection) -> None:
    with pytest.raises(_native.GatewayError) as caught:
        connection.batch([(LITERALS, "lit", (1,), 1), (1, "noSuchMethod", (), 2)], [])
    error = caught.value
    assert error.call_index == 1
    assert error.class_name == "java.lang.NoSuchMethodException"
    assert "noSuchMethod" in error.message
    assert str(error) == error.message
    assert error.python_traceback is None
    assert error.cause is None


def test_objects_are_gone_when_released(connection: _native.Connection) -> None:
    connection.batch([(LITERALS, "lit", (1,), 1)], [])
    with pytest.raises(_native.GatewayError):
        connection.batch([(1, "toString", (), 2)], [1])


def test_a_closed_session_answers_that_it_has_ended() -> None:
    made = _native.connect()
    made.close()
    with pytest.raises(_native.GatewayError) as caught:
        made.batch([(LITERALS, "lit", (1,), 1)], [])
    assert caught.value.class_name == "java.lang.IllegalStateException"


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (2**63, OverflowError, "64 bits"),
        (object(), TypeError, "object cannot be an argument"),
        ({1, 2}, TypeError, "set cannot be an argument"),
        (decimal.Decimal("NaN"), ValueError, "NaN"),
        ("\ud800", UnicodeEncodeError, "surrogates"),
    ],
)
def test_what_is_no_value_is_refused(
    connection: _native.Connection, value: Any, error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        connection.batch([(LITERALS, "lit", (value,), 1)], [])


def test_deep_values_are_refused_and_do_not_crash(connection: _native.Connection) -> None:
    value: Any = []
    for _ in range(10_000):
        value = [value]
    with pytest.raises(RecursionError, match="levels deep"):
        connection.batch([(LITERALS, "lit", (value,), 1)], [])


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("localhost:1", "'localhost:1' is not the address of a gateway"),
        ("tcp://127.0.0.1:1", "cannot connect to the gateway at tcp://127.0.0.1:1"),
        ("unix:/nowhere/socket", "cannot connect to the gateway at unix:/nowhere/socket"),
    ],
)
def test_gateways_that_are_not_there(address: str, message: str) -> None:
    with pytest.raises(_native.GatewayError, match=message) as caught:
        _native.connect(address)
    assert caught.value.hint


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, str, str]]:
    """A gateway in another process: its addresses and token."""
    command = [
        sys.executable,
        "-m",
        "nutkin._cli",
        "serve",
        "--tcp",
        "127.0.0.1:0",
        "--unix",
        str(tmp_path / "socket"),
    ]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = [process.stdout.readline().split() for _ in range(3)]
    yield lines[0][-1], lines[1][-1], lines[2][-1]
    process.terminate()
    process.wait(timeout=20)


def test_a_server_answers_over_tcp_and_unix(server: tuple[str, str, str]) -> None:
    tcp, unix, token = server
    for made in (_native.connect(tcp, token), _native.connect(unix)):
        assert made.is_remote
        assert "5" in printed_literal(made, 5)
        made.close()


def test_a_wrong_token_is_refused(server: tuple[str, str, str]) -> None:
    with pytest.raises(_native.GatewayError, match="token"):
        _native.connect(server[0], "wrong")


def test_calls_of_many_threads_do_not_mix(connection: _native.Connection) -> None:
    seen: dict[int, set[str]] = {}

    def work(number: int) -> None:
        texts = set()
        for turn in range(200):
            first = 1_000_000 * (number + 1) + 2 * turn
            connection.batch([(LITERALS, "lit", (number,), first)], [])
            texts.add(connection.batch([(first, "toString", (), first + 1)], []))
        seen[number] = texts

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {number: {str(number)} for number in range(4)}


def test_a_worker_ends_with_its_gateway(tmp_path: Path) -> None:
    program = tmp_path / "program.py"
    program.write_text(
        "import os\n"
        "from nutkin.table import TableEnvironment\n"
        "from nutkin.table.expressions import col\n"
        "from nutkin.table.udf import udf\n"
        "t_env = TableEnvironment.create()\n"
        "t_env.get_config().set('python.execution-mode', 'process')\n"
        "def loop(v):\n"
        "    print(os.getpid(), flush=True)\n"
        "    while True: pass\n"
        "t = t_env.from_elements([(1,)], ['v'])\n"
        "t.select(udf(loop, result_type='BIGINT')(col('v'))).execute().wait()\n"
    )
    process = subprocess.Popen([sys.executable, str(program)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    worker = int(process.stdout.readline())
    process.kill()
    process.wait()
    deadline = time.monotonic() + 10
    while Path(f"/proc/{worker}/stat").exists() and time.monotonic() < deadline:
        if Path(f"/proc/{worker}/stat").read_text().split()[2] == "Z":
            break
        time.sleep(0.05)
    assert time.monotonic() < deadline


def test_doctor_knows_what_is_built_in() -> None:
    found = _native.doctor()
    assert {"blackhole", "datagen", "filesystem", "print"} <= {item["name"] for item in found["connectors"]}
    assert {"csv", "json", "parquet"} <= {item["name"] for item in found["formats"]}
    assert found["libraries"]["arrow"].split(".")[0].isdigit()
    assert "version" in found["jvm"] or found["jvm"]["hint"]
