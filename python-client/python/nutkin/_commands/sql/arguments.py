"""The arguments of ``nutkin sql``, and what they lead to."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from nutkin._commands.sql.client import SqlClient, SqlFailure
from nutkin._commands.sql.output import OUTPUTS
from nutkin._gateway import GATEWAY_VARIABLE, TOKEN_VARIABLE
from nutkin._progress import QUIET_VARIABLE
from nutkin.util.exceptions import JavaException

if TYPE_CHECKING:
    _Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def register(commands: _Subparsers) -> None:
    """Adds the subcommand's arguments."""
    parser = commands.add_parser("sql", help="a SQL client: interactive, for scripts and for pipes")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("-f", "--file", metavar="SCRIPT", help="run the statements of a file and end")
    source.add_argument(
        "-e", "--execute", dest="statements", metavar="SQL", action="append", help="run statements and end"
    )
    parser.add_argument("-i", "--init", metavar="SCRIPT", help="run the statements of this file first")
    parser.add_argument("--output", choices=OUTPUTS, default="table", help="how rows are printed")
    parser.add_argument(
        "-pyfs",
        "--pyFiles",
        dest="python_files",
        metavar="PATHS",
        help="files, directories and archives that Python functions import from, joined by commas",
    )
    parser.add_argument(
        "--gateway",
        metavar="ADDRESS",
        help=f"tcp://host:port or unix:/path (else ${GATEWAY_VARIABLE}, else embedded)",
    )
    parser.add_argument("--token", help=f"the gateway's token (else ${TOKEN_VARIABLE})")
    parser.add_argument("--batch", action="store_true", help="queries run in batch mode")
    parser.set_defaults(execute=execute)


def execute(parsed: argparse.Namespace) -> int:
    """Runs the client; returns its exit code: 0, 1 for a statement that failed, 2 for wrong arguments."""
    if parsed.gateway:
        os.environ[GATEWAY_VARIABLE] = parsed.gateway
    if parsed.token:
        os.environ[TOKEN_VARIABLE] = parsed.token
    os.environ.setdefault(QUIET_VARIABLE, "1")
    try:
        scripts = [(path, read_script(path)) for path in (parsed.init, parsed.file) if path]
        client = SqlClient(output=parsed.output, batch=parsed.batch)
        if parsed.python_files:
            client.add_python_files(parsed.python_files.split(","))
        return run(client, parsed, dict(scripts))
    except OSError as error:
        print(f"nutkin: {error}", file=sys.stderr)
        return 2
    except JavaException as error:
        print(f"nutkin: {error}", file=sys.stderr)
        return 1
    except SqlFailure:
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read the output has enough, as `head` has.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def run(client: SqlClient, parsed: argparse.Namespace, scripts: dict[str, str]) -> int:
    """Runs what the arguments name: the file of ``-i``, then a script, statements, a pipe or a terminal."""
    if parsed.init:
        client.run_script(scripts[parsed.init], echo=False)
    if parsed.file:
        client.run_script(scripts[parsed.file], echo=True)
    elif parsed.statements:
        for text in parsed.statements:
            client.run_script(text, echo=False)
    elif not sys.stdin.isatty():
        client.run_script(sys.stdin.read(), echo=False)
    else:
        from nutkin._commands.sql.prompt import interact

        return interact(client)
    client.wait_for_jobs()
    return 0


def read_script(path: str) -> str:
    """The text of a file."""
    return Path(path).read_text(encoding="utf-8")
