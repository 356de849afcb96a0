"""``nutkin run``: runs a PyFlink program unchanged."""

from __future__ import annotations

import argparse
import os
import runpy
import sys
import time
import traceback
from typing import TYPE_CHECKING, Any

from nutkin import _alias
from nutkin._gateway import GATEWAY_VARIABLE, TOKEN_VARIABLE
from nutkin._job import first_row_times
from nutkin._progress import QUIET_VARIABLE
from nutkin._pyflink import run_pyflink
from nutkin.util.exceptions import JavaException

if TYPE_CHECKING:
    _Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

_IMPORTED = time.time()


def register(commands: _Subparsers) -> None:
    """Adds the subcommand's arguments."""
    parser = commands.add_parser("run", help="run a PyFlink program; 'pyflink' means nutkin in it")
    parser.add_argument(
        "--gateway",
        metavar="ADDRESS",
        help=f"tcp://host:port or unix:/path (else ${GATEWAY_VARIABLE}, else embedded)",
    )
    parser.add_argument("--token", help=f"the gateway's token (else ${TOKEN_VARIABLE})")
    parser.add_argument(
        "--quiet", action="store_true", help="no progress line, no warnings of the API of 1.x"
    )
    parser.add_argument(
        "--timing", action="store_true", help="say how long after process start the first row was there"
    )
    parser.add_argument(
        "--pyflink",
        action="store_true",
        help="run it with the apache-flink package of its interpreter, and this gateway in place of Java",
    )
    parser.add_argument(
        "--python",
        metavar="INTERPRETER",
        help="with --pyflink: the interpreter (else the one of this command)",
    )
    parser.add_argument("script", help="the Python program")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="what the program gets")
    parser.set_defaults(execute=execute)


def execute(parsed: argparse.Namespace) -> int:
    """Runs the program as ``python script`` would; returns its exit code."""
    if not os.path.exists(parsed.script):
        print(f"nutkin: there is no program '{parsed.script}'", file=sys.stderr)
        return 2
    if parsed.pyflink or parsed.python:
        return run_pyflink(parsed.python or sys.executable, parsed.script, parsed.arguments)
    if parsed.gateway:
        os.environ[GATEWAY_VARIABLE] = parsed.gateway
    if parsed.token:
        os.environ[TOKEN_VARIABLE] = parsed.token
    if parsed.quiet:
        os.environ[QUIET_VARIABLE] = "1"
    _alias.install()
    sys.argv = [parsed.script, *parsed.arguments]
    sys.path[0] = os.path.dirname(os.path.abspath(parsed.script))
    _show_flink_errors_briefly(parsed.script)
    try:
        runpy.run_path(parsed.script, run_name="__main__")
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except JavaException as error:
        print(_brief(error, parsed.script), file=sys.stderr)
        return 1
    finally:
        if parsed.timing:
            _print_timing()
    return 0


def _print_timing() -> None:
    started = _process_start()
    for first_row in first_row_times:
        print(f"first row {(first_row - started) * 1000:.0f} ms after process start", file=sys.stderr)


def _process_start() -> float:
    """When this process began, as ``time.time()``: the kernel's word where there is one."""
    try:
        with open("/proc/self/stat") as stat, open("/proc/uptime") as uptime:
            start_ticks = int(stat.read().rpartition(")")[2].split()[19])
            age = float(uptime.read().split()[0]) - start_ticks / os.sysconf("SC_CLK_TCK")
        return time.time() - age
    except OSError:
        return _IMPORTED


def _show_flink_errors_briefly(script: str) -> None:
    """Formats uncaught errors of the gateway in the program's other threads like those in its main one."""
    import threading

    previous = threading.excepthook

    def hook(arguments: Any) -> None:
        if isinstance(arguments.exc_value, JavaException):
            print(_brief(arguments.exc_value, script), file=sys.stderr)
        else:
            previous(arguments)

    threading.excepthook = hook


def _brief(error: JavaException, script: str) -> str:
    """The error with where the program made the call, without the frames of this package."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    frames = [
        frame
        for frame in traceback.extract_tb(error.__traceback__)
        if not os.path.abspath(frame.filename).startswith(package + os.sep)
        and not frame.filename.startswith("<frozen")
        and os.path.basename(frame.filename) != "runpy.py"
    ]
    lines = ["Traceback (most recent call last):\n", *traceback.format_list(frames)] if frames else []
    lines.append(f"{type(error).__name__}: {error}")
    cause = error.__cause__
    while cause is not None:
        lines.append(f"\nCaused by: {type(cause).__name__}: {cause}")
        cause = cause.__cause__
    return "".join(lines)
