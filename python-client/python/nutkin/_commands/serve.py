"""``nutkin serve``: a gateway for programs in other processes."""

from __future__ import annotations

import argparse
import os
import sys
from typing import TYPE_CHECKING

from nutkin import _native
from nutkin._gateway import TOKEN_VARIABLE

if TYPE_CHECKING:
    _Subparsers = argparse._SubParsersAction[argparse.ArgumentParser]


def register(commands: _Subparsers) -> None:
    """Adds the subcommand's arguments."""
    parser = commands.add_parser("serve", help="start a gateway; programs reach it by NUTKIN_GATEWAY")
    parser.add_argument("--tcp", metavar="HOST:PORT", help="listen on TCP; port 0 takes a free one")
    parser.add_argument("--unix", metavar="PATH", help="listen on a Unix socket, for this user only")
    parser.add_argument(
        "--token", help=f"the token that TCP clients give (else ${TOKEN_VARIABLE}, else a new one)"
    )
    parser.set_defaults(execute=execute)


def execute(parsed: argparse.Namespace) -> int:
    """Serves until interrupted; returns the exit code."""
    if not parsed.tcp and not parsed.unix:
        print("nutkin serve: give --tcp HOST:PORT or --unix PATH", file=sys.stderr)
        return 2
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
