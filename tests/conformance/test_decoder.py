"""The decoder in plain Python agrees with the test vectors, and with what a gateway really sends."""

from __future__ import annotations

import json
import math
import socket
from pathlib import Path
from typing import Any

import pytest
from decoder import ProtocolError, decode, decode_frame

VECTORS = json.loads((Path(__file__).parent / "vectors.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "vector", VECTORS["messages"], ids=lambda vector: f"{vector['message']}: {vector['name']}"
)
def test_message(vector: dict[str, Any]) -> None:
    decoded = decode(vector["message"], bytes.fromhex(vector["bytes"]))
    assert decoded == vector["value"]
    if isinstance(decoded, dict) and decoded.get("Double") == 0:
        assert math.copysign(1, decoded["Double"]) == math.copysign(1, vector["value"]["Double"])


@pytest.mark.parametrize(
    "vector", VECTORS["messages"], ids=lambda vector: f"{vector['message']}: {vector['name']}"
)
def test_no_part_of_a_message_is_one(vector: dict[str, Any]) -> None:
    payload = bytes.fromhex(vector["bytes"])
    # Long texts are cut at their ends only.
    cuts = range(len(payload)) if len(payload) < 300 else [0, 1, 2, 5, len(payload) - 1]
    for cut in cuts:
        with pytest.raises(ProtocolError):
            decode(vector["message"], payload[:cut])


@pytest.mark.parametrize("vector", VECTORS["invalid"], ids=lambda vector: vector["name"])
def test_invalid(vector: dict[str, Any]) -> None:
    with pytest.raises(ProtocolError):
        decode(vector["message"], bytes.fromhex(vector["bytes"]))


@pytest.mark.parametrize("vector", VECTORS["nesting"], ids=lambda vector: str(vector["levels"]))
def test_nesting(vector: dict[str, Any]) -> None:
    try:
        decode("Value", bytes.fromhex(vector["bytes"]))
    except ProtocolError:
        assert not vector["accepted"]
    else:
        assert vector["accepted"]


@pytest.mark.parametrize("vector", VECTORS["frames"], ids=lambda vector: str(vector["kind"]))
def test_frame(vector: dict[str, Any]) -> None:
    kind, request_id, payload = decode_frame(bytes.fromhex(vector["bytes"]))
    assert kind is not None
    assert (request_id, payload.hex()) == (int(vector["request_id"]), vector["payload"])


def test_a_conversation_with_a_gateway(gateway_socket: str) -> None:
    """The document's example: hello, a batch of two calls, its reply, goodbye."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(20)
        connection.connect(gateway_socket)
        hello = b"\x01\x01\x01\x08identity\x04mine"
        connection.sendall(b"\x93NUTKIN\n" + frame(1, 0, hello))
        kind, _, payload = receive(connection)
        assert kind == "HelloAcknowledgement"
        acknowledgement = decode("HelloAcknowledgement", payload)
        assert acknowledgement["version"] == 1
        names = [name for name, _ in acknowledgement["properties"]]
        assert {"identity", "maximum-frame-bytes", "maximum-batches", "maximum-streams", "features"} <= set(
            names
        )
        # Expressions.lit(5) is object 1, whose toString the second call asks for.
        expressions = b"\x01\x26org.apache.flink.table.api.Expressions\x03lit\x01\x02\x0a\x01"
        connection.sendall(frame(3, 7, b"\x02" + expressions + b"\x00\x01\x08toString\x00\x02" + b"\x00\x00"))
        kind, request_id, payload = receive(connection)
        assert (kind, request_id) == ("Reply", 7)
        assert decode("Reply", payload) == {"Value": {"String": "5"}}
        connection.sendall(frame(6, 8, b"anything"))
        assert receive(connection) == ("Pong", 8, b"anything")
        # Object 3 does not exist; the call that asks is the first one.
        connection.sendall(frame(3, 9, b"\x01\x00\x03\x08toString\x00\x04" + b"\x00\x00"))
        _, _, payload = receive(connection)
        failure = decode("Reply", payload)["Error"]
        assert failure["call"] == 0
        assert failure["error"]["class"] == "java.util.NoSuchElementException"
        connection.sendall(frame(9, 0, b"\x00"))
        assert connection.recv(1) == b""


def frame(kind: int, request_id: int, payload: bytes) -> bytes:
    """A frame."""
    length = (9 + len(payload)).to_bytes(4, "little")
    return length + bytes([kind]) + request_id.to_bytes(8, "little") + payload


def receive(connection: socket.socket) -> tuple[str | None, int, bytes]:
    """The next frame."""
    header = receive_exactly(connection, 4)
    return decode_frame(header + receive_exactly(connection, int.from_bytes(header, "little")))


def receive_exactly(connection: socket.socket, count: int) -> bytes:
    """So many bytes."""
    received = b""
    while len(received) < count:
        received += connection.recv(count - len(received)) or pytest.fail("the gateway hung up")
    return received
