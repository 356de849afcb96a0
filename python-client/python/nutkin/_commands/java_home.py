"""``nutkin java-home``: a folder that can be ``JAVA_HOME``."""

from __future__ import annotations

import argparse
import hashlib
import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    _Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def register(commands: _Subparsers) -> None:
    """Adds the subcommand's arguments."""
    parser = commands.add_parser(
        "java-home", help="print a folder for JAVA_HOME with which PyFlink starts this gateway"
    )
    parser.set_defaults(execute=execute)


def execute(parsed: argparse.Namespace) -> int:
    """Prints the folder; returns the exit code."""
    try:
        print(make_java_home())
    except OSError as error:
        print(f"nutkin java-home: {error}", file=sys.stderr)
        return 1
    return 0


def make_java_home() -> Path:
    """A folder with ``bin/java``, which starts the gateway of this installation.

    It lies in the user's cache, for a wheel has no files that can be run and know their interpreter.
    """
    package = Path(__file__).resolve().parent.parent
    launcher = (
        "#!/bin/sh\n"
        "# Starts Nutkin's gateway in place of a Java virtual machine; written by `nutkin java-home`.\n"
        f'exec {shlex.quote(sys.executable)} {shlex.quote(str(package / "_by_path.py"))} nutkin._java "$@"\n'
    )
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    home = cache / "nutkin" / f"java-home-{hashlib.sha256(launcher.encode()).hexdigest()[:12]}"
    program = home / "bin" / "java"
    program.parent.mkdir(parents=True, exist_ok=True)
    new = program.with_name(f"java.{os.getpid()}")
    new.write_text(launcher)
    new.chmod(0o755)
    new.replace(program)
    return home
