"""What table and stream programs share. Mirrors ``pyflink.common``."""

from typing import TYPE_CHECKING

from nutkin._lazy import lazy_names

if TYPE_CHECKING:
    from nutkin.common.completable_future import CompletableFuture
    from nutkin.common.config_options import ConfigOption, ConfigOptions
    from nutkin.common.configuration import Configuration
    from nutkin.common.execution_config import ExecutionConfig
    from nutkin.common.job_client import JobClient
    from nutkin.common.job_execution_result import JobExecutionResult
    from nutkin.common.job_id import JobID
    from nutkin.common.job_status import JobStatus
    from nutkin.common.restart_strategy import RestartStrategies, RestartStrategyConfiguration
    from nutkin.common.time import Duration, Instant, Time
    from nutkin.common.typeinfo import TypeInformation, Types
    from nutkin.common.types import Row, RowKind

__all__ = [
    "CompletableFuture",
    "ConfigOption",
    "ConfigOptions",
    "Configuration",
    "Duration",
    "ExecutionConfig",
    "Instant",
    "JobClient",
    "JobExecutionResult",
    "JobID",
    "JobStatus",
    "RestartStrategies",
    "RestartStrategyConfiguration",
    "Row",
    "RowKind",
    "Time",
    "TypeInformation",
    "Types",
]

__getattr__ = lazy_names(
    __name__,
    {
        "completable_future": "CompletableFuture",
        "config_options": "ConfigOption ConfigOptions",
        "configuration": "Configuration",
        "execution_config": "ExecutionConfig",
        "job_client": "JobClient",
        "job_execution_result": "JobExecutionResult",
        "job_id": "JobID",
        "job_status": "JobStatus",
        "restart_strategy": "RestartStrategies RestartStrategyConfiguration",
        "time": "Duration Instant Time",
        "typeinfo": "TypeInformation Types",
        "types": "Row RowKind",
    },
)
