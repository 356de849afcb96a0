"""What stands in for ``java``: starts a gateway where PyFlink or Py4J would start a JVM.

``JAVA_HOME=$(nutkin java-home)`` is all that an unmodified program needs. PyFlink starts
``org.apache.flink.client.python.PythonGatewayServer`` and reads the port from a file; Py4J's
``launch_gateway`` starts ``py4j.GatewayServer`` and reads it from the output. Options of a JVM are
passed over: there is none. Any other main class is refused by name.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
from collections.abc import Sequence

from nutkin import _native
from nutkin._py4j import door, new_token

_FLINK_MAIN = "org.apache.flink.client.python.PythonGatewayServer"
_PY4J_MAIN = "py4j.GatewayServer"
_CONNECTION_FILE = "_PYFLINK_CONN_INFO_PATH"


def main(arguments: Sequence[str] | None = None) -> int:
    """Serves until the program that started this ends; returns the exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if "-version" in given or "--version" in given:
        print(f"nutkin {_native.__version__} (no Java virtual machine)", file=sys.stderr)
        return 0
    # Ctrl-C is for the program; its end is ours.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if _FLINK_MAIN in given:
        return _serve_pyflink()
    if _PY4J_MAIN in given:
        return _serve_py4j(given[given.index(_PY4J_MAIN) + 1 :])
    print(
        f"nutkin's java runs {_FLINK_MAIN} and {_PY4J_MAIN} only, but was asked for: {' '.join(given)}\n"
        "For other programs let JAVA_HOME and PATH name a Java installation.",
        file=sys.stderr,
    )
    return 1


def _serve_pyflink() -> int:
    path = os.environ.get(_CONNECTION_FILE)
    if not path:
        print(f"{_FLINK_MAIN} needs the variable {_CONNECTION_FILE}", file=sys.stderr)
        return 1
    with door(python_executable=_interpreter_of_parent(), ends_with_client=True) as opened:
        # The reader takes the file as soon as it is there: it must be whole by then.
        with open(f"{path}.new", "wb") as file:
            file.write(opened.port.to_bytes(4, "big") + (0).to_bytes(4, "big"))
        os.replace(f"{path}.new", path)
        while not opened.wait(1.0):
            if os.getppid() == 1:
                break
    return 0


def _serve_py4j(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog=_PY4J_MAIN)
    parser.add_argument("--die-on-broken-pipe", action="store_true")
    parser.add_argument("--enable-auth", action="store_true")
    parser.add_argument("port", type=int)
    parsed = parser.parse_args(arguments)
    token = new_token() if parsed.enable_auth else None
    with door(f"127.0.0.1:{parsed.port}", token=token) as opened:
        print(opened.port, flush=True)
        if token:
            print(token, flush=True)
        broken = threading.Event()
        if parsed.die_on_broken_pipe:
            threading.Thread(target=_wait_for_end_of_input, args=(broken,), daemon=True).start()
        while not opened.wait(0.1) and not broken.is_set():
            pass
    # What still runs behind the door is nobody's any more.
    sys.stdout.flush()
    os._exit(0)


def _wait_for_end_of_input(broken: threading.Event) -> None:
    sys.stdin.readline()
    broken.set()


def _interpreter_of_parent() -> str | None:
    """The interpreter of the program that started this, which its functions run in."""
    parent = os.getppid()
    try:
        with open(f"/proc/{parent}/cmdline", "rb") as file:
            program = os.fsdecode(file.read().split(b"\0")[0])
        with open(f"/proc/{parent}/environ", "rb") as file:
            variables = dict(entry.partition(b"=")[::2] for entry in file.read().split(b"\0"))
    except OSError:
        return None
    if os.sep in program:
        return (
            program if os.path.isabs(program) else os.path.join(os.readlink(f"/proc/{parent}/cwd"), program)
        )
    for folder in os.fsdecode(variables.get(b"PATH", b"")).split(os.pathsep):
        if os.access(os.path.join(folder, program), os.X_OK):
            return os.path.join(folder, program)
    return None


if __name__ == "__main__":
    sys.exit(main())
