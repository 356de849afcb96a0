"""Running jobs. Mirrors ``pyflink.common.job_client``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from nutkin._job import cancel_and_wait, wait_for_job
from nutkin.common.completable_future import CompletableFuture
from nutkin.common.job_execution_result import JobExecutionResult
from nutkin.common.job_id import JobID
from nutkin.common.job_status import JobStatus

if TYPE_CHECKING:
    from nutkin._gateway import RemoteObject


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

    def get_accumulators(self) -> CompletableFuture[dict[str, Any]]:
        """The job's accumulators: none, for table programs have no accumulators."""
        return CompletableFuture(dict, lambda: True)

    def stop_with_savepoint(
        self, advance_to_end_of_event_time: bool, savepoint_directory: str | None = None
    ) -> NoReturn:
        """Refused: there are no savepoints."""
        from nutkin._refusals import refusal

        raise refusal("common.job_client.JobClient.stop_with_savepoint")

    def trigger_savepoint(self, savepoint_directory: str | None = None) -> NoReturn:
        """Refused: there are no savepoints."""
        from nutkin._refusals import refusal

        raise refusal("common.job_client.JobClient.trigger_savepoint")

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
