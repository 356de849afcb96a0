"""The Py4J door of this process, for the commands that open one."""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Iterator

from nutkin import _native
from nutkin._worker import PYFLINK_VARIABLE


@contextlib.contextmanager
def door(
    address: str = "127.0.0.1:0",
    *,
    token: str | None = None,
    python_executable: str | None = None,
    pinned_threads: bool = False,
    ends_with_client: bool = False,
) -> Iterator[_native.Py4JDoor]:
    """Opens a door for as long as the block runs."""
    # Worker processes inherit it.
    os.environ[PYFLINK_VARIABLE] = "1"
    opened = _native.open_py4j(
        {
            "address": address,
            "token": token,
            "pinned_threads": pinned_threads,
            "ends_with_client": ends_with_client,
            "python_executable": python_executable,
        }
    )
    try:
        yield opened
    finally:
        opened.close()


def new_token() -> str:
    """A secret for one door."""
    return secrets.token_urlsafe(32)
