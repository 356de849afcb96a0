"""What the servers have in common: free ports, a child process, and waiting until it answers."""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


class ServerUnavailable(Exception):
    """A server cannot be run on this machine; the message says what is missing."""


def free_port() -> int:
    """A loopback TCP port that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def find_program(names: Sequence[str], folders: Sequence[str], install: str) -> str:
    """The first of the programs that is on PATH or in one of the folders."""
    path = os.pathsep.join([os.environ.get("PATH", ""), *folders])
    for name in names:
        found = shutil.which(name, path=path)
        if found:
            return found
    raise ServerUnavailable(f"{names[0]} is not installed: {install}")


def unprivileged_user(preferred: str) -> str | None:
    """The account a server runs under when we are root; None when we are not root."""
    if os.geteuid() != 0:
        return None
    for name in (preferred, "nobody"):
        try:
            pwd.getpwnam(name)
        except KeyError:
            continue
        return name
    raise ServerUnavailable(f"running as root, and there is no account '{preferred}' to run the server under")


@contextmanager
def server_directory(prefix: str, owner: str | None) -> Iterator[Path]:
    """A temporary directory that belongs to `owner`, removed at the end."""
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    try:
        if owner is not None:
            shutil.chown(folder, owner)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_checked(command: Sequence[str], what: str, **options: object) -> str:
    """Runs a command to its end and returns what it printed; a failure raises with that text."""
    result = subprocess.run(
        list(command),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        **options,  # type: ignore[call-overload]
    )
    if result.returncode != 0:
        raise RuntimeError(f"{what} failed with status {result.returncode}:\n{tail(result.stdout)}")
    text: str = result.stdout
    return text


def tail(text: str, lines: int = 40) -> str:
    """The last lines of a text."""
    return "\n".join(text.splitlines()[-lines:])


class ServerProcess:
    """A child process that writes to a log file and is stopped by a signal."""

    def __init__(self, command: Sequence[str], log: Path, **options: object) -> None:
        """Starts the command in a process group of its own, so that Ctrl-C in a test does not reach it."""
        self._log = log
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                list(command),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                **options,  # type: ignore[call-overload]
            )

    def wait_until(self, ready: Callable[[], bool], seconds: float, what: str) -> None:
        """Waits until `ready` says so; the server's log is in the error if it does not."""
        deadline = time.monotonic() + seconds
        while not ready():
            status = self._process.poll()
            if status is not None:
                raise RuntimeError(f"{what} ended with status {status}:\n{self.log_tail()}")
            if time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"{what} was not ready after {seconds:.0f} s:\n{self.log_tail()}")
            time.sleep(0.05)

    def log_tail(self) -> str:
        """The end of the server's log."""
        return tail(self._log.read_text(errors="replace"))

    def stop(self, signal_number: int = signal.SIGTERM, seconds: float = 20) -> None:
        """Sends a signal and waits; kills the process if it does not end."""
        if self._process.poll() is not None:
            return
        self._process.send_signal(signal_number)
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """Ends the process at once, as a crash would."""
        self._process.kill()
        self._process.wait()


def port_answers(port: int) -> bool:
    """Whether something accepts connections at the loopback port."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=0.5):
            return True
    except OSError:
        return False
