"""The environment of streams. Mirrors ``pyflink.datastream.stream_execution_environment``."""

from __future__ import annotations

from nutkin._gateway import RemoteObject, get_gateway

_ENVIRONMENT = "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment"


class StreamExecutionEnvironment:
    """Where a stream program runs, and with what parallelism."""

    def __init__(self, j_stream_execution_environment: RemoteObject) -> None:
        self._j_stream_execution_environment = j_stream_execution_environment

    @staticmethod
    def get_execution_environment() -> StreamExecutionEnvironment:
        """The environment of this program."""
        return StreamExecutionEnvironment(get_gateway().call(_ENVIRONMENT, "getExecutionEnvironment"))

    def get_parallelism(self) -> int:
        """How many instances of each operator run at once."""
        parallelism: int = self._j_stream_execution_environment.call("getParallelism")
        return parallelism

    def set_parallelism(self, parallelism: int) -> StreamExecutionEnvironment:
        """Sets how many instances of each operator run at once; returns itself."""
        self._j_stream_execution_environment.call("setParallelism", parallelism)
        return self
