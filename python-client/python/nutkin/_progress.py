"""The progress line of a running job: rows in and out, rate, lag.

It is drawn on standard error, and only if that is a terminal. ``nutkin run --quiet`` (or
``NUTKIN_QUIET=1``) silences it.
"""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from nutkin._gateway import RemoteObject

#: Set to anything but the empty string to have no progress line.
QUIET_VARIABLE = "NUTKIN_QUIET"

_REDRAW_SECONDS = 0.25


class ProgressLine:
    """One line that is redrawn while a job runs, and erased when it ends."""

    def __init__(self, job_client: RemoteObject) -> None:
        self._job_client = job_client
        self._enabled = sys.stderr is not None and sys.stderr.isatty() and not os.environ.get(QUIET_VARIABLE)
        self._drawn = False
        self._last_time = time.monotonic()
        self._last_rows = 0

    def __enter__(self) -> ProgressLine:
        return self

    def __exit__(
        self,
        error_type: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._drawn:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def update(self) -> None:
        """Redraws the line if it is time to."""
        now = time.monotonic()
        if not self._enabled or now - self._last_time < _REDRAW_SECONDS:
            return
        metrics: dict[str, Any] = self._job_client.call("getMetrics")
        rate = (metrics["rows_in"] - self._last_rows) / (now - self._last_time)
        self._last_time, self._last_rows = now, metrics["rows_in"]
        sys.stderr.write("\r\x1b[K" + format_progress(metrics, rate))
        sys.stderr.flush()
        self._drawn = True


def format_progress(metrics: dict[str, Any], rate: float) -> str:
    """The text of the line.

    >>> format_progress({"rows_in": 1200000, "rows_out": 34, "lag": 5000, "parse_errors": 0,
    ...                  "elapsed_micros": 2500000}, 480000.0)
    '2.5 s  in 1,200,000 rows (480,000/s)  out 34 rows  lag 5,000'
    """
    parts = [
        f"{metrics['elapsed_micros'] / 1e6:.1f} s",
        f"in {metrics['rows_in']:,} rows ({rate:,.0f}/s)",
        f"out {metrics['rows_out']:,} rows",
    ]
    if metrics.get("lag") is not None:
        parts.append(f"lag {metrics['lag']:,}")
    if metrics.get("parse_errors"):
        parts.append(f"skipped {metrics['parse_errors']:,}")
    return "  ".join(parts)
