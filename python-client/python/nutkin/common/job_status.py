"""What a job is doing. Mirrors ``pyflink.common.job_status``."""

from __future__ import annotations

from enum import Enum


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
