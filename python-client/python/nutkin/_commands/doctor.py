"""``nutkin doctor``: what is here, and what works."""

from __future__ import annotations

import argparse
import importlib.metadata
import platform
import sys
from typing import TYPE_CHECKING, Any

from nutkin import __version__, _native

if TYPE_CHECKING:
    _Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]

#: Packages that Nutkin uses when they are there.
_PACKAGES = ("cloudpickle", "pandas", "pyarrow", "polars", "apache-flink")


def register(commands: _Subparsers) -> None:
    """Adds the subcommand's arguments."""
    parser = commands.add_parser(
        "doctor", help="print versions, Python, connectors, formats and the JVM found"
    )
    parser.set_defaults(execute=execute)


def execute(parsed: argparse.Namespace) -> int:
    """Prints the report; returns the exit code."""
    print(report(_native.doctor()))
    return 0


def report(found: dict[str, Any]) -> str:
    """The report as text, one fact a line."""
    lines = [f"nutkin {__version__}", "", "Libraries"]
    lines += [f"  {name:<14}{version}" for name, version in found["libraries"].items()]
    lines += ["", "Python"]
    lines.append(f"  {'version':<14}{platform.python_version()} ({platform.python_implementation()})")
    lines.append(f"  {'executable':<14}{sys.executable}")
    lines.append(f"  {'environment':<14}{_environment()}")
    lines += [f"  {name:<14}{_installed(name)}" for name in _PACKAGES]
    lines += ["", "Connectors"]
    for connector in found["connectors"]:
        roles = " and ".join(role for role in ("source", "sink") if connector[role])
        lines.append(f"  {connector['name']:<14}{roles:<17}{connector['library']}")
    lines += ["", "Formats"]
    lines += [f"  {item['name']:<14}{item['library']}" for item in found["formats"]]
    lines += ["", "JVM"]
    jvm = found["jvm"]
    if jvm.get("version"):
        lines.append(f"  {'version':<14}{jvm['version']}")
        lines.append(f"  {'vendor':<14}{jvm['vendor']}")
        lines.append(f"  {'library':<14}{jvm['library']}")
    else:
        lines.append(f"  none: {jvm['reason']}")
        lines.append(f"  {jvm['hint']}")
    return "\n".join(lines)


def _environment() -> str:
    if sys.prefix != sys.base_prefix:
        return f"virtual environment {sys.prefix}"
    return f"no virtual environment ({sys.prefix})"


def _installed(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "not installed"
