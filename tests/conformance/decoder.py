"""A decoder of the native protocol, version 1, in plain Python: written from ``docs/protocol.md`` alone.

It shows what a client in another language needs, and keeps the document honest: the test vectors beside it
pass here and in the Rust codec. Messages become what JSON can say of them, as the vectors write them.
"""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

#: How deep lists, maps, rows and causes may nest.
MAXIMUM_NESTING = 64

FRAME_KINDS = {
    1: "Hello",
    2: "HelloAcknowledgement",
    3: "Batch",
    4: "Reply",
    5: "Release",
    6: "Ping",
    7: "Pong",
    8: "Cancel",
    9: "Goodbye",
    10: "Open",
    11: "Data",
    12: "End",
    13: "Credit",
    14: "Callback",
    15: "CallbackReply",
}


class ProtocolError(ValueError):
    """Bytes that are no message."""


class Reader:
    """Reads values one after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.position = 0
        self.depth = 0

    def take(self, count: int) -> bytes:
        """So many bytes."""
        end = self.position + count
        if end > len(self.data):
            raise ProtocolError("the message ends too early")
        taken = self.data[self.position : end]
        self.position = end
        return taken

    def byte(self) -> int:
        """One byte, as it is."""
        return self.take(1)[0]

    def unsigned(self, bits: int) -> int:
        """An integer without sign: one byte, or a mark and 2, 4 or 8 bytes."""
        first = self.byte()
        if first < 251:
            number = first
        elif first == 251:
            number = int.from_bytes(self.take(2), "little")
        elif first == 252 and bits >= 32:
            number = int.from_bytes(self.take(4), "little")
        elif first == 253 and bits >= 64:
            number = int.from_bytes(self.take(8), "little")
        else:
            raise ProtocolError(f"an integer of {bits} bits starts with {first}")
        return number

    def signed(self, bits: int) -> int:
        """An integer with sign, in zigzag."""
        number = self.unsigned(bits)
        return (number >> 1) ^ -(number & 1)

    def double(self) -> float:
        """Eight bytes."""
        return float(struct.unpack("<d", self.take(8))[0])

    def float(self) -> float:
        """Four bytes."""
        return float(struct.unpack("<f", self.take(4))[0])

    def boolean(self) -> bool:
        """One byte, 0 or 1."""
        byte = self.byte()
        if byte > 1:
            raise ProtocolError(f"a boolean is 0 or 1, not {byte}")
        return byte == 1

    def bytes(self) -> list[int]:
        """A length and as many bytes."""
        return list(self.take(self.unsigned(64)))

    def text(self) -> str:
        """A length and as many bytes of UTF-8."""
        try:
            return self.take(self.unsigned(64)).decode("utf-8")
        except UnicodeDecodeError as error:
            raise ProtocolError(str(error)) from None

    def option(self, read: Callable[[], Any]) -> Any:
        """0, or 1 and the value."""
        return read() if self.boolean() else None

    def list(self, read: Callable[[], Any]) -> list[Any]:
        """A length and as many values."""
        return [read() for _ in range(self.unsigned(64))]

    def nested(self, read: Callable[[], Any]) -> Any:
        """A value one level deeper."""
        if self.depth >= MAXIMUM_NESTING:
            raise ProtocolError("values nest too deep")
        self.depth += 1
        try:
            return read()
        finally:
            self.depth -= 1

    def end(self) -> None:
        """Nothing may follow."""
        if self.position != len(self.data):
            raise ProtocolError(f"{len(self.data) - self.position} bytes follow the message")


def value(reader: Reader) -> Any:
    """A value of a call."""
    variant = reader.unsigned(32)
    if variant == 0:
        return "Null"
    plain: dict[int, tuple[str, Callable[[], Any]]] = {
        1: ("Boolean", reader.boolean),
        2: ("Int", lambda: reader.signed(32)),
        3: ("Long", lambda: reader.signed(64)),
        4: ("Double", reader.double),
        5: ("Decimal", reader.text),
        6: ("String", reader.text),
        7: ("Bytes", reader.bytes),
        8: ("Date", lambda: reader.signed(32)),
        9: ("Time", lambda: reader.signed(64)),
        10: ("Timestamp", lambda: elapsed(reader)),
        11: ("Instant", lambda: elapsed(reader)),
        12: ("Duration", lambda: elapsed(reader)),
        13: ("List", lambda: reader.nested(lambda: reader.list(lambda: value(reader)))),
        14: ("Map", lambda: reader.nested(lambda: reader.list(lambda: [value(reader), value(reader)]))),
        15: ("Object", lambda: {"id": reader.unsigned(64), "class": reader.text()}),
        16: ("Arrow", reader.bytes),
        # A byte is not in zigzag: it is the byte.
        17: ("Byte", lambda: int.from_bytes(reader.take(1), "little", signed=True)),
        18: ("Short", lambda: reader.signed(16)),
        19: ("Float", reader.float),
        20: ("Period", lambda: reader.signed(32)),
        21: ("Row", lambda: row(reader)),
    }
    if variant not in plain:
        raise ProtocolError(f"there is no value {variant}")
    name, read = plain[variant]
    return {name: read()}


def elapsed(reader: Reader) -> dict[str, int]:
    """Seconds and nanoseconds."""
    return {"seconds": reader.signed(64), "nanoseconds": reader.unsigned(32)}


def row(reader: Reader) -> dict[str, Any]:
    """A row."""
    return {
        "kind": reader.byte(),
        "names": reader.option(lambda: reader.list(reader.text)),
        "fields": reader.nested(lambda: reader.list(lambda: value(reader))),
    }


def error(reader: Reader) -> dict[str, Any]:
    """An error."""
    return {
        "class": reader.text(),
        "message": reader.text(),
        "hint": reader.option(reader.text),
        "python_traceback": reader.option(reader.text),
        "cause": reader.nested(lambda: reader.option(lambda: error(reader))),
    }


def properties(reader: Reader) -> list[list[str]]:
    """Pairs of texts."""
    return reader.list(lambda: [reader.text(), reader.text()])


def call(reader: Reader) -> dict[str, Any]:
    """A call."""
    target = reader.unsigned(32)
    if target > 1:
        raise ProtocolError(f"there is no target {target}")
    return {
        "target": {"Object": reader.unsigned(64)} if target == 0 else {"Class": reader.text()},
        "method": reader.text(),
        "arguments": reader.list(lambda: value(reader)),
        "result": reader.unsigned(64),
    }


def reply(reader: Reader) -> dict[str, Any]:
    """A reply."""
    variant = reader.unsigned(32)
    if variant == 0:
        return {"Value": value(reader)}
    if variant == 1:
        return {"Error": {"call": reader.unsigned(32), "error": error(reader)}}
    raise ProtocolError(f"there is no reply {variant}")


MESSAGES: dict[str, Callable[[Reader], Any]] = {
    "Value": value,
    "Hello": lambda reader: {
        "oldest_version": reader.unsigned(16),
        "newest_version": reader.unsigned(16),
        "properties": properties(reader),
    },
    "HelloAcknowledgement": lambda reader: {
        "version": reader.unsigned(16),
        "session": reader.unsigned(64),
        "properties": properties(reader),
    },
    "Batch": lambda reader: {
        "calls": reader.list(lambda: call(reader)),
        "released": reader.list(lambda: reader.unsigned(64)),
        "deadline_millis": reader.unsigned(64),
    },
    "Reply": reply,
    "Release": lambda reader: reader.list(lambda: reader.unsigned(64)),
    "Goodbye": lambda reader: reader.option(lambda: error(reader)),
    "Open": lambda reader: {"object": reader.unsigned(64), "credit_bytes": reader.unsigned(64)},
    "End": lambda reader: reader.option(lambda: error(reader)),
    "Credit": lambda reader: {"bytes": reader.unsigned(64)},
    "Callback": lambda reader: {
        "batch": reader.unsigned(64),
        "function": reader.text(),
        "arguments": reader.list(lambda: value(reader)),
    },
    "CallbackReply": reply,
}


def decode(message: str, payload: bytes) -> Any:
    """The message of a payload.

    :param message: its name, as in :data:`FRAME_KINDS`; ``Value`` for a value alone.
    :raises ProtocolError: if the bytes are something else.
    """
    reader = Reader(payload)
    decoded = MESSAGES[message](reader)
    reader.end()
    return decoded


def decode_frame(data: bytes) -> tuple[str | None, int, bytes]:
    """The kind, request id and payload of a frame; no kind if it is one of a later version.

    :raises ProtocolError: if the bytes are not one whole frame.
    """
    if len(data) < 4:
        raise ProtocolError("the frame ends too early")
    length = int.from_bytes(data[:4], "little")
    if length < 9:
        raise ProtocolError("a frame counts its kind and request id")
    if len(data) != 4 + length:
        raise ProtocolError("the frame has another length than it says")
    return FRAME_KINDS.get(data[4]), int.from_bytes(data[5:13], "little"), data[13:]
