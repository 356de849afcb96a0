"""The command ``nutkin``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from nutkin import __version__
from nutkin._commands import doctor, java_home, run, serve, sql


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command with these arguments; returns its exit code."""
    parser = argparse.ArgumentParser(prog="nutkin", description="PyFlink programs without a JVM.")
    parser.add_argument("--version", action="version", version=f"nutkin {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in (run, sql, serve, doctor, java_home):
        command.register(commands)
    parsed = parser.parse_args(arguments)
    code: int = parsed.execute(parsed)
    return code


if __name__ == "__main__":
    sys.exit(main())
