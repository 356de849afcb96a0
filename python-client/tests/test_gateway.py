"""The order of batches, where several threads share what was deferred."""

import threading
from typing import Any

from nutkin._gateway import Gateway


class SlowConnection:
    """Notes when batches begin and end; the first one takes until the second caller had its chance."""

    is_remote = False

    def __init__(self) -> None:
        self.events: list[str] = []
        self.first_is_under_way = threading.Event()

    def batch(self, calls: list[Any], released: list[int], *_: object) -> None:
        """Takes a while if anything deferred is in the batch."""
        name = calls[-1][1]
        self.events.append(f"{name} begins")
        if len(calls) > 1:
            self.first_is_under_way.set()
            threading.Event().wait(0.3)
        self.events.append(f"{name} ends")

    def close(self) -> None:
        """Nothing to end."""


def test_a_batch_waits_for_the_one_that_makes_its_objects() -> None:
    """The second thread uses an object that the first thread's batch makes."""
    gateway = Gateway()
    connection = SlowConnection()
    gateway._connection = connection  # type: ignore[assignment]  # stands for a slow network
    shared = gateway.defer("some.Class", "make")
    first = threading.Thread(target=lambda: gateway.call("some.Class", "first"))
    first.start()
    assert connection.first_is_under_way.wait(5)
    gateway.call(shared, "second")
    first.join()
    assert connection.events == ["first begins", "first ends", "second begins", "second ends"]
