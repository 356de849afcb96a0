"""What is known of jobs that have ended. Mirrors ``pyflink.common.job_execution_result``."""

from __future__ import annotations

from typing import Any

from nutkin.common.job_id import JobID


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

    def get_accumulator_result(self, accumulator_name: str) -> Any:
        """The accumulator of this name: None, for table programs have no accumulators."""
        return self.get_all_accumulator_results().get(accumulator_name)

    def get_all_accumulator_results(self) -> dict[str, Any]:
        """The accumulators by name: none, for table programs have no accumulators."""
        return {}

    def __str__(self) -> str:
        return (
            f"Program execution finished\nJob with JobID {self._job_id} has finished.\n"
            f"Job Runtime: {self._net_runtime_millis} ms\n"
        )
