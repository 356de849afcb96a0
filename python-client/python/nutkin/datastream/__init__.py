"""Stream programs, as far as table programs touch them. Mirrors ``pyflink.datastream``."""

from nutkin.datastream.stream_execution_environment import StreamExecutionEnvironment

__all__ = ["StreamExecutionEnvironment"]
