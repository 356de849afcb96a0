"""The environment of batch programs. Mirrors ``pyflink.dataset.execution_environment``."""

from __future__ import annotations

from nutkin._legacy import warn_legacy


class ExecutionEnvironment:
    """Where a batch program runs, and with what parallelism (1.9 to 1.13)."""

    def __init__(self) -> None:
        self._parallelism: int | None = None

    @staticmethod
    def get_execution_environment() -> ExecutionEnvironment:
        """The environment of this program."""
        warn_legacy(
            "ExecutionEnvironment.get_execution_environment()",
            "TableEnvironment.create(EnvironmentSettings.in_batch_mode())",
        )
        return ExecutionEnvironment()

    def get_parallelism(self) -> int:
        """How many instances of each operator run at once; -1 if that is not said."""
        return -1 if self._parallelism is None else self._parallelism

    def set_parallelism(self, parallelism: int) -> None:
        """Sets how many instances of each operator run at once.

        :raises ValueError: if there would be none.
        """
        if parallelism < 1:
            raise ValueError(f"The parallelism must be at least one, but is {parallelism}.")
        self._parallelism = parallelism
