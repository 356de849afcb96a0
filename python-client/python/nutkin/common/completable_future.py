"""Futures. Mirrors ``pyflink.common.completable_future``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class CompletableFuture(Generic[T]):
    """The outcome of something that may still be going on.

    :param get: waits for the outcome; raises what went wrong.
    :param is_done: whether the outcome is there.
    """

    def __init__(self, get: Callable[[], T], is_done: Callable[[], bool]) -> None:
        self._get = get
        self._is_done = is_done
        self._cancelled = False

    def cancel(self) -> bool:
        """Gives up on the outcome, if it is not there yet; whether that was so.

        What was started goes on: a job is ended by ``JobClient.cancel``.
        """
        if self.done():
            return False
        self._cancelled = True
        return True

    def cancelled(self) -> bool:
        """Whether the outcome was given up on."""
        return self._cancelled

    def done(self) -> bool:
        """Whether the outcome is there."""
        return self._cancelled or self._is_done()

    def result(self) -> T:
        """Waits for the outcome and returns it, or raises what went wrong.

        :raises concurrent.futures.CancelledError: if the outcome was given up on.
        """
        if self._cancelled:
            from concurrent.futures import CancelledError

            raise CancelledError
        return self._get()

    def exception(self) -> BaseException | None:
        """Waits, and returns what went wrong, or None."""
        try:
            self.result()
        except Exception as error:
            return error
        return None
