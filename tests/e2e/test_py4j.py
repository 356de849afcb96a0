"""Plain Py4J clients: collections, arrays, Java's everyday classes, errors and callbacks.

The truths are Python's own collections, and answers of OpenJDK 17 written down.
"""

from __future__ import annotations

import decimal
import gc
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from nutkin._py4j import door
from py4j.java_gateway import (
    CallbackServerParameters,
    GatewayParameters,
    JavaGateway,
    is_instance_of,
    java_import,
)
from py4j.protocol import Py4JError, Py4JJavaError


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with door() as opened:
        yield opened.port


@pytest.fixture(scope="module")
def gateway(port: int) -> Iterator[JavaGateway]:
    client = JavaGateway(gateway_parameters=GatewayParameters(port=port, auto_convert=True))
    yield client
    client.close()


@pytest.fixture(autouse=True)
def _collect_garbage() -> Iterator[None]:
    """Lets go of the client's objects at a quiet time: their finalizers send commands."""
    yield
    gc.collect()


def test_lists_are_lists(gateway: Any) -> None:
    java = gateway.jvm.java.util.ArrayList([3, 1, 2])
    python = [3, 1, 2]
    for change in (
        lambda one: one.append(7),
        lambda one: one.insert(1, 9),
        lambda one: one.extend([4, 4]),
        lambda one: one.reverse(),
        lambda one: one.sort(),
        lambda one: one.pop(),
        lambda one: one.pop(0),
        lambda one: one.remove(2),
        lambda one: one.__setitem__(0, 8),
        lambda one: one.__delitem__(slice(1, 2)),
        lambda one: one.__setitem__(slice(0, 1), [5, 6]),
    ):
        change(java)
        change(python)
        assert list(java) == python
    assert java[-1] == python[-1]
    assert list(java[0:2]) == python[0:2]
    assert (4 in java, 100 in java) == (True, False)
    assert java.index(6) == python.index(6)
    assert list(java + java) == python + python
    assert list(java * 2) == python * 2
    assert java == gateway.jvm.java.util.LinkedList(python)
    assert java.hashCode() == gateway.jvm.java.util.Arrays.asList(gateway_array(gateway, python)).hashCode()
    with pytest.raises(IndexError):
        java[100]


def gateway_array(gateway: Any, values: list[int]) -> Any:
    array = gateway.new_array(gateway.jvm.Object, len(values))
    for position, value in enumerate(values):
        array[position] = value
    return array


def test_maps_and_sets(gateway: Any) -> None:
    java = gateway.jvm.java.util.HashMap({"b": 1, "a": [1, 2]})
    assert dict(java)["b"] == 1
    assert list(java["a"]) == [1, 2]
    assert java["missing"] is None
    java["c"] = 3.5
    del java["b"]
    assert sorted(java) == ["a", "c"]
    assert {entry.getKey() for entry in java.entrySet()} == {"a", "c"}
    assert [*gateway.jvm.java.util.TreeMap({"z": 1, "m": 2, "a": 3})] == ["a", "m", "z"]
    linked = gateway.jvm.java.util.LinkedHashMap()
    for key in ("z", "y", "x"):
        linked[key] = 1
    assert [*linked] == ["z", "y", "x"]
    one = gateway.jvm.java.util.HashSet({1, 2, 3})
    assert 2 in one
    assert 9 not in one
    one.remove(2)
    assert set(one) == {1, 3}
    # The order of OpenJDK 17.
    words = gateway.jvm.java.util.HashSet()
    for word in ("banana", "apple", "cherry"):
        words.add(word)
    assert list(words) == ["banana", "apple", "cherry"]


def test_arrays(gateway: Any) -> None:
    numbers = gateway.new_array(gateway.jvm.int, 3)
    numbers[1] = 7
    assert list(numbers) == [0, 7, 0]
    assert list(numbers[1:3]) == [7, 0]
    grid = gateway.new_array(gateway.jvm.String, 2, 2)
    grid[0][1] = "x"
    assert [list(row) for row in grid] == [[None, "x"], [None, None]]
    with pytest.raises(Py4JError):
        numbers[0] = "no number"


def test_everyday_classes(gateway: Any) -> None:
    jvm = gateway.jvm
    assert jvm.Math.sqrt(4.0) == 2.0
    assert jvm.String.valueOf("abc") == "a"
    assert jvm.Integer.parseInt("-12") == -12
    assert jvm.Integer("5") == 5
    assert jvm.Long.MAX_VALUE == 2**63 - 1
    assert jvm.Double.toString(1e7) == "1.0E7"
    assert jvm.java.math.BigDecimal("1.50") == decimal.Decimal("1.50")
    assert jvm.java.math.BigInteger("12").multiply(jvm.java.math.BigInteger("3")).toString() == "36"
    assert [jvm.java.util.Random(42).nextInt(100) for _ in range(1)] == [30]
    assert jvm.java.util.UUID.fromString("1-2-3-4-5").toString() == "00000001-0002-0003-0004-000000000005"
    assert jvm.java.time.Duration.ofSeconds(90).toString() == "PT1M30S"
    assert jvm.java.time.LocalDate.of(2024, 2, 29).plusDays(1).toString() == "2024-03-01"
    assert jvm.java.time.Instant.ofEpochMilli(1500).toString() == "1970-01-01T00:00:01.500Z"
    assert jvm.java.io.File("/tmp//x/y.txt").getName() == "y.txt"
    assert jvm.java.nio.file.Paths.get("/a/b").resolve("c").toString() == "/a/b/c"
    builder = jvm.StringBuilder("ab")
    assert builder.append(1).append(True).append("ä").reverse().toString() == "äeurt1ba"
    assert jvm.System.getProperty("line.separator") == "\n"
    assert jvm.System.getProperty("no.such") is None
    assert abs(jvm.System.currentTimeMillis() / 1000 - __import__("time").time()) < 60


def test_names(gateway: Any) -> None:
    view = gateway.new_jvm_view("own")
    java_import(view, "java.util.*")
    assert len(view.ArrayList()) == 0
    with pytest.raises(TypeError):
        gateway.jvm.ArrayList()
    assert is_instance_of(gateway, view.ArrayList(), "java.util.List")
    assert not is_instance_of(gateway, view.ArrayList(), gateway.jvm.java.util.Map)
    assert "add" in dir(view.ArrayList())
    page = gateway.help(view.ArrayList(), display=False)
    assert page.startswith("Help on class ArrayList in package java.util:")


def test_errors_are_objects(gateway: Any) -> None:
    with pytest.raises(Py4JJavaError) as caught:
        gateway.jvm.Integer.valueOf("allo")
    error = caught.value.java_exception
    assert error.getClass().getName() == "java.lang.NumberFormatException"
    assert error.getMessage() == 'For input string: "allo"'
    assert error.getCause() is None
    assert len(error.getStackTrace()) >= 1
    assert is_instance_of(gateway, error, "java.lang.IllegalArgumentException")
    assert "java.lang.NumberFormatException: For input string" in str(caught.value)
    with pytest.raises(Py4JError, match="does not exist"):
        gateway.jvm.Math.sqrt(4)
    with pytest.raises(Py4JError):
        gateway.jvm.Math.no_such_method(1)


def test_texts_and_bytes_survive(gateway: Any) -> None:
    echo = gateway.jvm.java.util.Objects.toString
    for text in ("", "a\nb\r\\n", "ünï\u2028\u0085", "x" * 100_000):
        assert echo(text) == text
    content = bytes(range(256)) * 50
    assert bytes(gateway.jvm.java.util.Arrays.copyOf(content, len(content))) == content


class _Callbacks:
    class Java:
        implements = ["java.util.Comparator", "java.util.function.Consumer", "java.util.function.Function"]

    def __init__(self, gateway: Any) -> None:
        self.gateway = gateway
        self.seen: list[Any] = []

    def compare(self, left: int, right: int) -> int:
        return right - left

    def accept(self, value: Any) -> None:
        # Asks the gateway while it waits for the answer.
        self.seen.append(self.gateway.jvm.Math.abs(value))

    def apply(self, value: Any) -> Any:
        raise ValueError("boom")


def test_callbacks(port: int) -> None:
    client = JavaGateway(
        gateway_parameters=GatewayParameters(port=port, auto_convert=True),
        callback_server_parameters=CallbackServerParameters(
            port=0, daemonize=True, daemonize_connections=True
        ),
    )
    listening = client.get_callback_server().get_listening_port()
    address = client.jvm.java.net.InetAddress.getByName("127.0.0.1")
    client.java_gateway_server.resetCallbackClient(address, listening)
    numbers = client.jvm.java.util.ArrayList([-3, 1, 2])
    callbacks = _Callbacks(client)
    client.jvm.java.util.Collections.sort(numbers, callbacks)
    assert list(numbers) == [2, 1, -3]
    numbers.forEach(callbacks)
    assert callbacks.seen == [2, 1, 3]
    with pytest.raises(Py4JJavaError, match="boom"):
        client.jvm.java.util.HashMap().computeIfAbsent("k", callbacks)
    client.shutdown_callback_server()
    client.close()


def test_tokens() -> None:
    with door(token="secret") as opened:
        good = JavaGateway(gateway_parameters=GatewayParameters(port=opened.port, auth_token="secret"))
        assert good.jvm.Math.abs(-1) == 1
        good.close()
        for token in ("wrong", None):
            bad = JavaGateway(gateway_parameters=GatewayParameters(port=opened.port, auth_token=token))
            with pytest.raises(Py4JError):
                bad.jvm.Math.abs(-1)
            bad.close()


def test_objects_are_freed() -> None:
    with door() as opened:
        client = JavaGateway(gateway_parameters=GatewayParameters(port=opened.port))
        make = client.jvm.java.util.ArrayList
        for _ in range(100):
            make()
        gc.collect()
        assert opened.object_count < 20
        client.close()


def test_large_replies_do_not_wait(gateway: Any) -> None:
    """Stock servers take 44 ms for replies above 8 KB."""
    import time

    builder = gateway.jvm.StringBuilder("x" * 20_000)
    builder.toString()
    started = time.perf_counter()
    for _ in range(20):
        assert len(builder.toString()) == 20_000
    assert (time.perf_counter() - started) / 20 < 0.03


def test_garbage_closes_one_connection(port: int, gateway: Any) -> None:
    for garbage in (b"GET / HTTP/1.1\r\n\r\n", b"\xff\xfe\n", b"c\no1\n", b"q\ne\n", b"a\ng\nnone\ni0\ne\n"):
        with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:
            raw.sendall(garbage)
            raw.shutdown(socket.SHUT_WR)
            while raw.recv(4096):
                pass
    assert gateway.jvm.Math.abs(-1) == 1


def test_commands_of_one_write(port: int) -> None:
    """Pipelined commands are answered in order, also a method named like the line that ends commands."""
    command = b"c\nz:java.lang.Math\nabs\ni-5\ne\n"
    with socket.create_connection(("127.0.0.1", port), timeout=5) as raw:
        raw.sendall(command * 100 + b"r\nm\njava.lang.Math\nE\ne\n")
        read = raw.makefile("rb")
        assert {read.readline() for _ in range(100)} == {b"!yi5\n"}
        assert read.readline() == b"!yd2.718281828459045\n"


def test_threads(gateway: Any) -> None:
    results: list[int] = []

    def work(number: int) -> None:
        results.extend(gateway.jvm.Math.abs(-number) for _ in range(50))

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == sorted([number for number in range(4) for _ in range(50)])


def test_launch_gateway() -> None:
    """Py4J's own way to start a server, with nutkin's java."""
    from nutkin._commands.java_home import make_java_home

    program = (
        "from py4j.java_gateway import JavaGateway\n"
        f"gateway = JavaGateway.launch_gateway(java_path={str(make_java_home() / 'bin' / 'java')!r}, die_on_exit=True)\n"
        "print(gateway.jvm.Math.abs(-7))\n"
        "gateway.shutdown()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.stdout == "7\n", done.stderr
