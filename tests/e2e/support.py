"""What end-to-end tests share: running a program as a user would, and a gateway for it."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import textwrap
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent

NUTKIN = [sys.executable, "-m", "nutkin._cli"]


@dataclass
class Finished:
    """A program that has ended."""

    code: int
    stdout: str
    stderr: str
    seconds: float


class Programs:
    """Runs programs in a directory of their own."""

    def __init__(self, folder: Path, environment: dict[str, str] | None = None) -> None:
        self.folder = folder
        self.environment = {**os.environ, "NUTKIN_QUIET": "1", **(environment or {})}

    def write(self, code: str, name: str = "program.py") -> Path:
        """Writes a program into the directory."""
        path = self.folder / name
        path.write_text(textwrap.dedent(code))
        return path

    def start(self, code: str | Path, **environment: str) -> subprocess.Popen[str]:
        """Starts a program with ``nutkin run``."""
        path = code if isinstance(code, Path) else self.write(code)
        return subprocess.Popen(
            [*NUTKIN, "run", str(path)],
            cwd=self.folder,
            env={**self.environment, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def run(self, code: str | Path, timeout: float = 60, **environment: str) -> Finished:
        """Runs a program to its end."""
        start = time.monotonic()
        process = self.start(code, **environment)
        try:
            stdout, stderr = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            stdout, stderr = process.communicate()
            raise AssertionError(f"not ended after {timeout} s\n{stdout}\n{stderr}") from None
        return Finished(process.returncode, stdout, stderr, time.monotonic() - start)

    def interrupt(self, process: subprocess.Popen[str]) -> Finished:
        """Presses Ctrl-C and waits for the end."""
        start = time.monotonic()
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=20)
        return Finished(process.returncode, stdout, stderr, time.monotonic() - start)


class serving:  # reads as the verb it is
    """A gateway in another process, by ``nutkin serve``; gives what programs need to reach it."""

    def __init__(self, folder: Path, listener: str) -> None:
        where = ["--unix", str(folder / "gateway")] if listener == "unix" else ["--tcp", "127.0.0.1:0"]
        self.process = subprocess.Popen(
            [*NUTKIN, "serve", *where, "--token", "secret"],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> dict[str, str]:
        assert self.process.stdout is not None
        lines: list[str] = []
        for line in self.process.stdout:
            lines.append(line)
            if found := re.search(r"(tcp://\S+|unix:\S+)", line):
                return {"NUTKIN_GATEWAY": found.group(1), "NUTKIN_TOKEN": "secret"}
        raise AssertionError("the gateway did not say where it listens:\n" + "".join(lines))

    def __exit__(self, *error: object) -> None:
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(timeout=5) == 0
