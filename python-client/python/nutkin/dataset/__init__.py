"""Batch programs of Flink 1.9 to 1.13, as far as table programs touch them. Mirrors ``pyflink.dataset``."""

from nutkin.dataset.execution_environment import ExecutionEnvironment

__all__ = ["ExecutionEnvironment"]
