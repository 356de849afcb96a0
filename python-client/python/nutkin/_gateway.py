"""The connection to the gateway: one for the process, made by the first call that needs it.

Every object of ``nutkin.table`` is a thin shell around a :class:`RemoteObject`. Calls that only build
something (expressions) are *deferred*: they wait, with ids chosen here, until a call whose outcome
matters is *made*; then all go in one batch. So an error of ``select(...)`` is raised at the user's
own ``select``, and an expression of ten calls costs one message.
"""

from __future__ import annotations

import itertools
import os
import threading
from collections import deque
from collections.abc import Callable
from typing import Any

from nutkin import _native
from nutkin.util.exceptions import convert_gateway_error

#: Names the gateway to use: ``tcp://host:port`` or ``unix:/path``. Unset, the gateway runs in this process.
GATEWAY_VARIABLE = "NUTKIN_GATEWAY"
#: The token of a gateway that listens on TCP.
TOKEN_VARIABLE = "NUTKIN_TOKEN"

CONSTRUCTOR = "<init>"


class RemoteObject:
    """An object that lives in the gateway. Letting go of it here frees it there."""

    __slots__ = ("_gateway", "class_name", "id")

    def __init__(self, gateway: Gateway, object_id: int, class_name: str = "") -> None:
        self._gateway = gateway
        self.id = object_id
        self.class_name = class_name

    def call(self, method: str, *arguments: Any) -> Any:
        """Calls a method now, after everything deferred, and returns its value."""
        return self._gateway.call(self, method, *arguments)

    def defer(self, method: str, *arguments: Any) -> RemoteObject:
        """Calls a method that returns an object, later; returns the object-to-be now."""
        return self._gateway.defer(self, method, *arguments)

    def rows(self) -> _native.RowStream | None:
        """The rows of a result as a remote gateway sends them; None in this process."""
        return self._gateway.rows(self)

    def __del__(self) -> None:
        self._gateway.release(self.id)

    def __repr__(self) -> str:
        return f"<{self.class_name or 'object'} {self.id}>"


class Gateway:
    """A session with a gateway, embedded or remote. Safe to use from several threads."""

    def __init__(self, address: str | None = None, token: str | None = None) -> None:
        try:
            self._connection = _native.connect(address, token)
        except _native.GatewayError as error:
            converted = convert_gateway_error(error)
            raise converted from converted.__cause__
        self._ids = itertools.count(1)
        # Callbacks of the gateway make calls on the thread that waits for the reply.
        self._lock = threading.RLock()
        self._callbacks: dict[str, Callable[..., Any]] = {}
        self._deferred: list[tuple[int | str, str, tuple[Any, ...], int]] = []
        # What deferred calls refer to has to live until they are sent.
        self._held: list[Any] = []
        self._released: deque[int] = deque()

    @property
    def is_remote(self) -> bool:
        """Whether the gateway is another process."""
        return self._connection.is_remote

    def call(self, target: RemoteObject | str, method: str, *arguments: Any) -> Any:
        """Calls a method of an object, or a static method of a Java class, and returns its value.

        :raises nutkin.util.exceptions.JavaException: or the subclass named as Flink's exception.
        """
        call = (_target(target), method, _encode(arguments), next(self._ids))
        with self._lock:
            deferred, held = self._deferred, self._held
            self._deferred, self._held = [], []
            released = self._take_released({earlier[3] for earlier in deferred})
            if deferred:
                # Another thread may already refer to what these calls make: its batch has to come later.
                value = self._send([*deferred, call], released)
                del held
                return self._decode(value)
        return self._decode(self._send([call], released))

    def _send(self, calls: list[tuple[int | str, str, tuple[Any, ...], int]], released: list[int]) -> Any:
        try:
            return self._connection.batch(calls, released, self._call_back)
        except _native.GatewayError as error:
            converted = convert_gateway_error(error)
            raise converted from converted.__cause__

    def register_callback(self, name: str, function: Callable[..., Any]) -> None:
        """Lets the gateway ask this program something: ``function`` gets the arguments of the callback.

        It runs on the thread whose call the gateway is working on, and may make calls itself.
        """
        self._callbacks[name] = function

    def _call_back(self, name: str, arguments: list[Any]) -> Any:
        function = self._callbacks.get(name)
        if function is None:
            raise NotImplementedError(f"This client does not answer the callback '{name}'.")
        answer = function(*(self._decode(argument) for argument in arguments))
        # The gateway goes on with what the answer refers to: its making must not wait any longer.
        self._flush()
        return _encode_value(answer)

    def _flush(self) -> None:
        """Makes all deferred calls."""
        with self._lock:
            deferred, held = self._deferred, self._held
            self._deferred, self._held = [], []
            if deferred:
                self._send(deferred, self._take_released({earlier[3] for earlier in deferred}))
                del held

    def rows(self, target: RemoteObject) -> _native.RowStream | None:
        """The rows of a result as the gateway sends them; None if the gateway is in this process."""
        if not self.is_remote:
            return None
        try:
            return self._connection.rows(target.id)
        except _native.GatewayError as error:
            converted = convert_gateway_error(error)
            raise converted from converted.__cause__

    def construct(self, class_name: str, *arguments: Any) -> RemoteObject:
        """Makes a new object of a Java class, later."""
        return self.defer(class_name, CONSTRUCTOR, *arguments)

    def defer(self, target: RemoteObject | str, method: str, *arguments: Any) -> RemoteObject:
        """Notes a call that returns an object; it is made with the next :meth:`call`."""
        result = next(self._ids)
        with self._lock:
            self._deferred.append((_target(target), method, _encode(arguments), result))
            self._held.append((target, arguments))
        return RemoteObject(self, result)

    def release(self, object_id: int) -> None:
        """Lets the gateway free an object, with the next batch. Runs in finalizers: it takes no lock."""
        self._released.append(object_id)

    def close(self) -> None:
        """Ends the session; everything that it made is freed."""
        self._connection.close()

    def _take_released(self, created: set[int]) -> list[int]:
        # Objects whose making is still deferred cannot be freed by the same batch: frees come first.
        taken: list[int] = []
        for _ in range(len(self._released)):
            object_id = self._released.popleft()
            if object_id in created:
                self._released.append(object_id)
            else:
                taken.append(object_id)
        return taken

    def _decode(self, value: Any) -> Any:
        if isinstance(value, _native.Reference):
            return RemoteObject(self, value.id, value.class_name)
        if isinstance(value, list):
            return [self._decode(item) for item in value]
        return value


def _target(target: RemoteObject | str) -> int | str:
    return target.id if isinstance(target, RemoteObject) else target


def _encode(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(_encode_value(argument) for argument in arguments)


def _encode_value(value: Any) -> Any:
    if isinstance(value, RemoteObject):
        return _native.Reference(value.id, value.class_name)
    if isinstance(value, (list, tuple)):
        return [_encode_value(item) for item in value]
    return value


def _python_function(path: str) -> RemoteObject:
    """The function that a statement names, as ``CREATE FUNCTION f AS 'module.f' LANGUAGE PYTHON``."""
    from nutkin.table.table_environment import function_of_path

    return function_of_path(path)


_gateway: Gateway | None = None
_gateway_lock = threading.Lock()


def get_gateway() -> Gateway:
    """The gateway of this process: the one ``NUTKIN_GATEWAY`` names, else one inside the process."""
    global _gateway
    if _gateway is None:
        with _gateway_lock:
            if _gateway is None:
                gateway = Gateway(os.environ.get(GATEWAY_VARIABLE) or None, os.environ.get(TOKEN_VARIABLE))
                gateway.register_callback("getPythonFunction", _python_function)
                _gateway = gateway
    return _gateway
