"""Stream programs, as far as table programs touch them. Mirrors ``pyflink.datastream``."""

from nutkin.datastream.checkpointing_mode import CheckpointingMode
from nutkin.datastream.execution_mode import RuntimeExecutionMode
from nutkin.datastream.stream_execution_environment import StreamExecutionEnvironment

__all__ = ["CheckpointingMode", "RuntimeExecutionMode", "StreamExecutionEnvironment"]
