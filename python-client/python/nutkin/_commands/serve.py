"""``nutkin serve``: a gateway for programs in other processes."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from nutkin import _native
from nutkin._gateway import TOKEN_VARIABLE
from nutkin._py4j import door

if TYPE_CHECKING:
    _Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def register(commands: _Subparsers) -> None:
    """Adds the subcommand's arguments."""
    parser = commands.add_parser("serve", help="start a gateway; programs reach it by NUTKIN_GATEWAY")
    parser.add_argument("--tcp", metavar="HOST:PORT", help="listen on TCP; port 0 takes a free one")
    parser.add_argument("--unix", metavar="PATH", help="listen on a Unix socket, for this user only")
    parser.add_argument(
        "--py4j",
        nargs="?",
        const="127.0.0.1:0",
        metavar="[HOST:]PORT",
        help="listen for Py4J clients (PYFLINK_GATEWAY_PORT), for one program; a token only if it is given",
    )
    parser.add_argument(
        "--pinned-threads",
        action="store_true",
        help="with --py4j: call the client over the connection that it calls by, as ClientServer wants it",
    )
    parser.add_argument(
        "--token", help=f"the token that TCP clients give (else ${TOKEN_VARIABLE}, else a new one)"
    )
    parser.set_defaults(execute=execute)


def execute(parsed: argparse.Namespace) -> int:
    """Serves until interrupted; returns the exit code."""
    if not parsed.tcp and not parsed.unix and not parsed.py4j:
        print("nutkin serve: give --tcp HOST:PORT, --unix PATH or --py4j", file=sys.stderr)
        return 2
    if parsed.py4j:
        if parsed.tcp or parsed.unix:
            print("nutkin serve: --py4j serves alone; start another one for --tcp or --unix", file=sys.stderr)
            return 2
        return _serve_py4j(parsed)
    try:
        _native.serve(
            {
                "tcp": parsed.tcp,
                "unix": parsed.unix,
                "token": parsed.token or os.environ.get(TOKEN_VARIABLE),
                "python_executable": sys.executable,
            }
        )
    except KeyboardInterrupt:
        return 0
    except (OSError, _native.GatewayError) as error:
        print(f"nutkin serve: {error}", file=sys.stderr)
        return 1
    return 0


def _serve_py4j(parsed: argparse.Namespace) -> int:
    address = parsed.py4j if ":" in parsed.py4j else f"127.0.0.1:{parsed.py4j}"
    try:
        with door(
            address,
            token=parsed.token,
            pinned_threads=parsed.pinned_threads,
            python_executable=sys.executable,
        ) as opened:
            host = address.rpartition(":")[0]
            print(f"listening for Py4J on {host}:{opened.port}", flush=True)
            while not opened.wait(3600.0):
                pass
    except KeyboardInterrupt:
        return 0
    except (OSError, ValueError, _native.GatewayError) as error:
        print(f"nutkin serve: {error}", file=sys.stderr)
        return 1
    return 0
