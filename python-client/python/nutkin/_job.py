"""Waiting for a job: interruptible, with a progress line in a terminal."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from nutkin._progress import ProgressLine

if TYPE_CHECKING:
    from nutkin._gateway import RemoteObject

#: When the first row of a job arrived at a sink, as ``time.time()``: what ``nutkin run --timing`` shows.
first_row_times: list[float] = []

#: How long one call to the gateway waits. Between calls Python handles signals and the line is redrawn.
_STEP_MILLIS = 100
#: How long the end of a cancelled job is waited for. It takes a second at the most.
_CANCEL_SECONDS = 5.0


def wait_for_job(job_client: RemoteObject, timeout_millis: int | None = None) -> bool:
    """Waits until the job behind a Java ``JobClient`` has ended; whether it has.

    Ctrl-C cancels the job, waits for its end, and goes on as ``KeyboardInterrupt``.

    :raises nutkin.util.exceptions.JavaException: what the job failed of.
    """
    deadline = None if timeout_millis is None else time.monotonic() + timeout_millis / 1000
    try:
        with ProgressLine(job_client) as progress:
            while True:
                step = _STEP_MILLIS
                if deadline is not None:
                    step = max(0, min(step, int((deadline - time.monotonic()) * 1000)))
                if job_client.call("awaitTermination", step):
                    _note_first_row(job_client)
                    return True
                if deadline is not None and time.monotonic() >= deadline:
                    return False
                progress.update()
    except KeyboardInterrupt:
        cancel_and_wait(job_client)
        raise


def _note_first_row(job_client: RemoteObject) -> None:
    metrics = job_client.call("getMetrics")
    if metrics["first_row_micros"] is not None:
        first_row_times.append(time.time() + (metrics["first_row_micros"] - metrics["elapsed_micros"]) / 1e6)


def cancel_and_wait(job_client: RemoteObject) -> None:
    """Cancels a job and waits for its end, for a few seconds at the most."""
    job_client.call("cancel")
    deadline = time.monotonic() + _CANCEL_SECONDS
    while job_client.call("getJobStatus") not in ("CANCELED", "FINISHED", "FAILED"):
        if time.monotonic() > deadline:
            return
        time.sleep(0.01)
