"""A gateway for the conformance tests."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))


@pytest.fixture
def gateway_socket(tmp_path: Path) -> Iterator[str]:
    """The path of the Unix socket of a gateway."""
    command = [sys.executable, "-m", "nutkin._cli", "serve", "--unix", str(tmp_path / "gateway")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if found := re.search(r"unix:(\S+)", line):
                break
        else:
            pytest.fail("the gateway did not say where it listens")
        yield found.group(1)
        process.send_signal(signal.SIGINT)
