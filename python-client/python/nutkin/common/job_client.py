"""Running jobs. Mirrors ``pyflink.common.job_client`` and its neighbours."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Any

from nutkin._job import cancel_and_wait, wait_for_job
from nutkin.common.completable_future import CompletableFuture

if TYPE_CHECKING:
    from nutkin._gateway import RemoteObject


class JobStatus(Enum):
    """What a job is doing."""

    CREATED = 0
    RUNNING = 1
    FAILING = 2
    FAILED = 3
    CANCELLING = 4
    CANCELED = 5
    FINISHED = 6
    RESTARTING = 7
    SUSPENDED = 8
    RECONCILING = 9
    INITIALIZING = 10

    def is_globally_terminal_state(self) -> bool:
        """Whether the job is over, everywhere and for good."""
        return self in (JobStatus.FAILED, JobStatus.CANCELED, JobStatus.FINISHED)

    def is_terminal_state(self) -> bool:
        """Whether the job is over."""
        return self.is_globally_terminal_state() or self is JobStatus.SUSPENDED


class JobID:
    """The name of a job: 32 hexadecimal digits."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, JobID) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)


class JobExecutionResult:
    """What is known of a job that has ended."""

    def __init__(self, job_id: str, net_runtime_millis: int) -> None:
        self._job_id = JobID(job_id)
        self._net_runtime_millis = net_runtime_millis

    def get_job_id(self) -> JobID:
        """The job."""
        return self._job_id

    def get_net_runtime(self) -> int:
        """How long the job ran, in milliseconds."""
        return self._net_runtime_millis


class JobClient:
    """A handle on a submitted job."""

    def __init__(self, j_job_client: RemoteObject) -> None:
        self._j_job_client = j_job_client

    def get_job_id(self) -> JobID:
        """The job's id."""
        return JobID(self._j_job_client.call("getJobID"))

    def get_job_status(self) -> CompletableFuture[JobStatus]:
        """What the job is doing now."""
        return CompletableFuture(lambda: JobStatus[self._j_job_client.call("getJobStatus")], lambda: True)

    def cancel(self) -> CompletableFuture[None]:
        """Ends the job; it is over within a second."""
        self._j_job_client.call("cancel")

        def wait() -> None:
            cancel_and_wait(self._j_job_client)

        return CompletableFuture(
            wait, lambda: JobStatus[self._j_job_client.call("getJobStatus")].is_terminal_state()
        )

    def get_job_execution_result(self) -> CompletableFuture[JobExecutionResult]:
        """The job's result, once it has ended.

        The future's ``result()`` raises the job's error if it failed.
        """

        def wait() -> JobExecutionResult:
            wait_for_job(self._j_job_client)
            metrics = self._metrics()
            return JobExecutionResult(str(self.get_job_id()), metrics["elapsed_micros"] // 1000)

        return CompletableFuture(
            wait, lambda: JobStatus[self._j_job_client.call("getJobStatus")].is_terminal_state()
        )

    def _metrics(self) -> dict[str, Any]:
        metrics: dict[str, Any] = self._j_job_client.call("getMetrics")
        return metrics
