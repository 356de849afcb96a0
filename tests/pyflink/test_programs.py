"""Programs of the unmodified apache-flink package, without a JVM: they print what they print with one.

``record.py`` wrote the answers with PyFlink 2.3.0 on OpenJDK 17. The package is installed once, below the
user's cache; ``NUTKIN_PYFLINK_PYTHON`` names an interpreter that has it already.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROGRAMS = sorted(path.stem for path in (HERE / "recorded").glob("*.txt"))
VERSION = "2.3.0"


@pytest.fixture(scope="session")
def interpreter() -> str:
    given = os.environ.get("NUTKIN_PYFLINK_PYTHON")
    if given:
        return given
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    folder = cache / "nutkin" / f"pyflink-{VERSION}-py{sys.version_info.major}.{sys.version_info.minor}"
    python = folder / "bin" / "python"
    if not (folder / "complete").exists():
        for command in (
            [sys.executable, "-m", "venv", "--clear", str(folder)],
            [
                str(python),
                "-m",
                "pip",
                "install",
                "-q",
                "--disable-pip-version-check",
                f"apache-flink=={VERSION}",
            ],
        ):
            if subprocess.run(command, timeout=1800).returncode != 0:
                pytest.skip(f"apache-flink=={VERSION} cannot be installed here")
        (folder / "complete").touch()
    return str(python)


@pytest.mark.parametrize("program", PROGRAMS)
def test_program(program: str, interpreter: str) -> None:
    command = [
        sys.executable, "-m", "nutkin._cli", "run", "--pyflink", "--python", interpreter,
        str(HERE / "programs" / f"{program}.py"),
    ]  # fmt: skip
    done = subprocess.run(command, capture_output=True, text=True, timeout=120)
    expected = (HERE / "recorded" / f"{program}.txt").read_text()
    assert (done.returncode, done.stdout) == (0, expected), done.stderr[-3000:]
