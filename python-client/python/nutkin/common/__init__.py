"""What table and stream programs share. Mirrors ``pyflink.common``."""

from nutkin.common.completable_future import CompletableFuture
from nutkin.common.configuration import Configuration
from nutkin.common.job_client import JobClient, JobExecutionResult, JobID, JobStatus
from nutkin.common.types import Row, RowKind

__all__ = [
    "CompletableFuture",
    "Configuration",
    "JobClient",
    "JobExecutionResult",
    "JobID",
    "JobStatus",
    "Row",
    "RowKind",
]
