"""Ten thousand sessions come and go, however they go, and leave nothing in the gateway."""

from __future__ import annotations

import os
import socket
import struct
import sys
import threading
import time
from pathlib import Path

import pytest
from support import serving

sys.path.insert(0, str(Path(__file__).parent.parent / "conformance"))

from decoder import decode, decode_frame

SESSIONS = 10_000
CLIENTS = 4

PREFACE = b"\x93NUTKIN\n"
EXPRESSIONS = b"org.apache.flink.table.api.Expressions"
GATEWAY = b"nutkin.Gateway"


def frame(kind: int, request_id: int, payload: bytes) -> bytes:
    length = (9 + len(payload)).to_bytes(4, "little")
    return length + bytes([kind]) + request_id.to_bytes(8, "little") + payload


def static_call(java_class: bytes, method: bytes, arguments: bytes, result: int) -> bytes:
    texts = b"\x01" + bytes([len(java_class)]) + java_class + bytes([len(method)]) + method
    return texts + arguments + bytes([result])


HELLO = PREFACE + frame(1, 0, b"\x01\x01\x00")
#: Three literals, objects 1 to 3.
LITERALS = b"".join(static_call(EXPRESSIONS, b"lit", b"\x01\x02\x0a", result) for result in (1, 2, 3))
MAKE_OBJECTS = frame(3, 1, b"\x03" + LITERALS + b"\x00\x00")


def receive(connection: socket.socket) -> bytes:
    header = receive_exactly(connection, 4)
    _, _, payload = decode_frame(header + receive_exactly(connection, int.from_bytes(header, "little")))
    return payload


def receive_exactly(connection: socket.socket, count: int) -> bytes:
    received = b""
    while len(received) < count:
        received += connection.recv(count - len(received)) or pytest.fail("the gateway hung up")
    return received


def connect(path: str) -> socket.socket:
    connection = socket.socket(socket.AF_UNIX)
    connection.settimeout(30)
    connection.connect(path)
    return connection


def come_and_go(path: str, count: int, failures: list[BaseException]) -> None:
    """Sessions that end by a goodbye, by closing, by a reset, in mid call, and in the middle of a frame."""
    try:
        for number in range(count):
            with connect(path) as connection:
                connection.sendall(HELLO + MAKE_OBJECTS)
                way = number % 5
                if way == 3:
                    continue  # the reply is under way
                receive(connection)
                assert "Value" in decode("Reply", receive(connection))
                if way == 0:
                    connection.sendall(frame(9, 0, b"\x00"))
                elif way == 1:
                    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                elif way == 2:
                    connection.sendall(MAKE_OBJECTS[:20])
    except BaseException as failure:
        failures.append(failure)


def counts(process: int, path: str) -> tuple[int, int, int, int]:
    """Open files and threads of the gateway; its sessions, and the objects in them, without this one."""
    with connect(path) as connection:
        connection.sendall(HELLO)
        receive(connection)
        numbers = []
        for request_id, method in enumerate((b"getSessionCount", b"getObjectCount"), start=1):
            call = static_call(GATEWAY, method, b"\x00", request_id)
            connection.sendall(frame(3, request_id, b"\x01" + call + b"\x00\x00"))
            numbers.append(decode("Reply", receive(connection))["Value"]["Long"])
        files = len(os.listdir(f"/proc/{process}/fd")) - 1
        threads = len(os.listdir(f"/proc/{process}/task"))
    return files, threads, numbers[0] - 1, numbers[1]


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="counts files and threads in /proc")
def test_ten_thousand_sessions_leave_nothing(tmp_path: Path) -> None:
    server = serving(tmp_path, "unix")
    with server as environment:
        path = environment["NUTKIN_GATEWAY"].removeprefix("unix:")
        failures: list[BaseException] = []
        # The first few make the threads that the gateway keeps.
        come_and_go(path, 100, failures)
        files, _, _, _ = settled(server.process.pid, path)
        threads = [
            threading.Thread(target=come_and_go, args=(path, SESSIONS // CLIENTS, failures))
            for _ in range(CLIENTS)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert not failures, failures
        after = settled(server.process.pid, path)
        assert after[0] == files
        assert after[2:] == (0, 0)
        # Idle threads stay for ten seconds: as many as worked at once, whatever the number of sessions.
        assert after[1] <= 48


def settled(process: int, path: str) -> tuple[int, int, int, int]:
    """The counts, once all sessions have ended."""
    deadline = time.monotonic() + 20
    while (found := counts(process, path))[2] and time.monotonic() < deadline:
        time.sleep(0.1)
    return found
