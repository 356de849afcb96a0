"""Types of the extension module, which is written in Rust (the crate ``python-client``)."""

from collections.abc import Callable, Sequence
from typing import Any

__version__: str

class GatewayError(Exception):
    """An error that the gateway answered with; :mod:`nutkin.util.exceptions` makes it a Flink exception."""

    class_name: str
    message: str
    hint: str | None
    python_traceback: str | None
    cause: GatewayError | None
    call_index: int

class Reference:
    """An object of the session, as the gateway names it."""

    id: int
    class_name: str
    def __init__(self, id: int, class_name: str = "") -> None: ...

class Connection:
    """A session with a gateway."""

    @property
    def is_remote(self) -> bool: ...
    def batch(
        self,
        calls: Sequence[tuple[int | str, str, tuple[Any, ...], int]],
        released: Sequence[int],
        call_back: Callable[[str, list[Any]], Any] | None = None,
        deadline_millis: int = 0,
    ) -> Any: ...
    def rows(self, object: int) -> RowStream: ...
    def close(self) -> None: ...

class RowStream:
    """The rows of a remote result, sent ahead of what is taken."""

    def next(self) -> bytes | None: ...

def connect(address: str | None = None, token: str | None = None) -> Connection: ...
def decode_rows(ipc: bytes, make_row: Callable[[int, list[str], tuple[Any, ...]], Any]) -> list[Any]: ...
def encode_rows(rows: Sequence[tuple[Any, ...]], row_type: str) -> bytes: ...
def doctor() -> dict[str, Any]: ...
def serve(options: dict[str, Any]) -> None: ...
def open_py4j(options: dict[str, Any]) -> Py4JDoor: ...
def run_worker(socket_path: str) -> None: ...

class Py4JDoor:
    @property
    def port(self) -> int: ...
    @property
    def object_count(self) -> int: ...
    def wait(self, seconds: float) -> bool: ...
    def close(self) -> None: ...
