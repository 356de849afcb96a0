"""A worker process: calls the Python functions of one operator instance, for a job that runs elsewhere.

``python .../nutkin/_by_path.py nutkin._worker --socket PATH`` is started by the gateway. The work is done in
Rust (``nutkin-python``, ``process/worker.rs``).
"""

from __future__ import annotations

import argparse
import os
import signal

from nutkin import _alias, _native

PYFLINK_VARIABLE = "NUTKIN_UNMODIFIED_PYFLINK"
"""Set when the functions come from programs of the unmodified package ``pyflink``."""


def main() -> None:
    """Serves the socket until the job is done with it."""
    parser = argparse.ArgumentParser(prog="nutkin._worker", description=__doc__)
    parser.add_argument("--socket", required=True, help="the socket that the gateway listens on")
    arguments = parser.parse_args()
    # Ctrl-C is for the program that the job belongs to; it ends its workers.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # In the program that the functions come from, "pyflink" meant this package as well, unless it is one
    # of the unmodified package.
    if PYFLINK_VARIABLE not in os.environ:
        _alias.install()
    _native.run_worker(arguments.socket)


if __name__ == "__main__":
    main()
