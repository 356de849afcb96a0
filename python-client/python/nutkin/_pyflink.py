"""Runs a program with the unmodified ``apache-flink`` package, and a gateway of its own in place of Java."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence

from nutkin._py4j import door

_PORT = "PYFLINK_GATEWAY_PORT"


def run_pyflink(interpreter: str, script: str, arguments: Sequence[str]) -> int:
    """Runs the program to its end; returns its exit code, or 128 and the signal that ended it."""
    found = shutil.which(interpreter)
    if found is None:
        print(f"nutkin: there is no interpreter '{interpreter}'", file=sys.stderr)
        return 2
    # Not resolved: the link in a virtual environment is what makes it one.
    found = os.path.abspath(found)
    with door(python_executable=found) as opened:
        environment = {**os.environ, _PORT: str(opened.port)}
        program = subprocess.Popen([found, script, *arguments], env=environment)
        code = _wait(program)
    return code if code >= 0 else 128 - code


def _wait(program: subprocess.Popen[bytes]) -> int:
    """Waits for the program. Ctrl-C reaches it by itself; what ends this command ends it too."""

    def pass_on(number: int, _frame: object) -> None:
        program.send_signal(number)

    previous = signal.signal(signal.SIGTERM, pass_on)
    try:
        while True:
            try:
                return program.wait()
            except KeyboardInterrupt:
                continue
    finally:
        signal.signal(signal.SIGTERM, previous)
