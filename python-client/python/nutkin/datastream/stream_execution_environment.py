"""The environment of streams. Mirrors ``pyflink.datastream.stream_execution_environment``.

Its settings are configuration keys, which table environments made with it take over; keys that cannot be
followed are refused there by name. What makes or runs DataStream programs is refused here.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any, NoReturn

from nutkin._gateway import RemoteObject, get_gateway
from nutkin.common.configuration import Configuration
from nutkin.common.execution_config import ExecutionConfig

if TYPE_CHECKING:
    from nutkin.common.typeinfo import TypeInformation
    from nutkin.datastream.checkpointing_mode import CheckpointingMode
    from nutkin.datastream.execution_mode import RuntimeExecutionMode

_ENVIRONMENT = "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment"


class StreamExecutionEnvironment:
    """Where a stream program runs, and with what parallelism.

    >>> env = StreamExecutionEnvironment.get_execution_environment().set_parallelism(2)
    >>> env.get_parallelism()
    2
    """

    def __init__(self, j_stream_execution_environment: RemoteObject) -> None:
        self._j_stream_execution_environment = j_stream_execution_environment
        self._configuration = Configuration()
        self._python_files: list[str] = []

    @staticmethod
    def get_execution_environment(configuration: Configuration | None = None) -> StreamExecutionEnvironment:
        """The environment of this program."""
        environment = StreamExecutionEnvironment(get_gateway().call(_ENVIRONMENT, "getExecutionEnvironment"))
        if configuration is not None:
            environment.configure(configuration)
        return environment

    def get_config(self) -> ExecutionConfig:
        """The settings of how jobs run; what is set there is set here."""
        return ExecutionConfig(self._configuration)

    def configure(self, configuration: Configuration) -> None:
        """Takes over all keys of a configuration."""
        parallelism = configuration.get_integer("parallelism.default", 0)
        if parallelism:
            self.set_parallelism(parallelism)
        self._configuration.add_all(configuration)

    def get_parallelism(self) -> int:
        """How many instances of each operator run at once."""
        parallelism: int = self._j_stream_execution_environment.call("getParallelism")
        return parallelism

    def set_parallelism(self, parallelism: int) -> StreamExecutionEnvironment:
        """Sets how many instances of each operator run at once; returns itself."""
        self._j_stream_execution_environment.call("setParallelism", parallelism)
        self._configuration.set_integer("parallelism.default", parallelism)
        return self

    def get_max_parallelism(self) -> int:
        """Into how many groups keys are divided; -1 if that is not said."""
        return self._configuration.get_integer("pipeline.max-parallelism", -1)

    def set_max_parallelism(self, max_parallelism: int) -> StreamExecutionEnvironment:
        """Sets into how many groups keys are divided; returns itself."""
        self._configuration.set_integer("pipeline.max-parallelism", max_parallelism)
        return self

    def set_runtime_mode(self, execution_mode: RuntimeExecutionMode) -> StreamExecutionEnvironment:
        """Sets whether queries run continuously or once over bounded tables; returns itself."""
        self._configuration.set_string("execution.runtime-mode", execution_mode.name)
        return self

    def set_buffer_timeout(self, timeout_millis: int) -> StreamExecutionEnvironment:
        """Sets how long rows may wait for others before they travel, in milliseconds; returns itself."""
        if timeout_millis < -1:
            raise ValueError(f"The timeout of buffers is -1 or more, but is {timeout_millis}.")
        self._configuration.set_string("execution.buffer-timeout.interval", f"{timeout_millis} ms")
        return self

    def get_buffer_timeout(self) -> int:
        """How long rows may wait for others before they travel, in milliseconds."""
        text = self._configuration.get_string("execution.buffer-timeout.interval", "100 ms")
        return int(text.removesuffix("ms"))

    def disable_operator_chaining(self) -> StreamExecutionEnvironment:
        """Lets every operator run in a thread of its own; returns itself."""
        self._configuration.set_boolean("pipeline.operator-chaining.enabled", False)
        return self

    def is_chaining_enabled(self) -> bool:
        """Whether operators share threads."""
        return self._configuration.get_boolean("pipeline.operator-chaining.enabled", True)

    def is_chaining_of_operators_with_different_max_parallelism_enabled(self) -> bool:
        """Whether operators of different maximum parallelism share threads."""
        key = "pipeline.operator-chaining.chain-operators-with-different-max-parallelism"
        return self._configuration.get_boolean(key, True)

    def get_checkpoint_interval(self) -> int:
        """How often checkpoints are made, in milliseconds: -1, for there are none."""
        return -1

    def get_checkpointing_mode(self) -> CheckpointingMode:
        """What checkpoints would promise."""
        from nutkin.datastream.checkpointing_mode import CheckpointingMode

        return CheckpointingMode.EXACTLY_ONCE

    def get_checkpointing_consistency_mode(self) -> CheckpointingMode:
        """What checkpoints would promise."""
        return self.get_checkpointing_mode()

    def is_changelog_state_backend_enabled(self) -> bool | None:
        """None: that is not said."""
        return None

    def set_default_savepoint_directory(self, directory: str) -> StreamExecutionEnvironment:
        """Notes where savepoints would go; returns itself."""
        self._configuration.set_string("execution.checkpointing.savepoint-dir", directory)
        return self

    def get_default_savepoint_directory(self) -> str | None:
        """Where savepoints would go; None if that is not said."""
        return self._configuration.to_dict().get("execution.checkpointing.savepoint-dir")

    def add_python_file(self, file_path: str) -> None:
        """Makes a file, directory or archive importable where Python functions run.

        :raises FileNotFoundError: if it is not there.
        """
        if not os.path.exists(file_path):
            raise FileNotFoundError(f"The Python file '{file_path}' given to add_python_file does not exist.")
        self._python_files.append(os.path.abspath(file_path))

    def set_python_executable(self, python_exec: str) -> None:
        """Sets the interpreter that runs Python functions in worker processes."""
        self._configuration.set_string("python.executable", python_exec)

    def add_jars(self, *jars_path: str) -> None:
        """Notes files of Java classes, which nothing here needs: connectors are built in."""
        self._add_to_list("pipeline.jars", jars_path)

    def add_classpaths(self, *classpaths: str) -> None:
        """Notes places of Java classes, which nothing here needs: connectors are built in."""
        self._add_to_list("pipeline.classpaths", classpaths)

    def get_default_local_parallelism(self) -> int:
        """How many instances of each operator run at once where nothing is said: the number of cores."""
        return self._configuration.get_integer("nutkin-client.default-parallelism", os.cpu_count() or 1)

    def set_default_local_parallelism(self, parallelism: int) -> None:
        """Sets how many instances of each operator run at once."""
        self._configuration.set_integer("nutkin-client.default-parallelism", parallelism)
        self.set_parallelism(parallelism)

    def is_unaligned_checkpoints_enabled(self) -> bool:
        """False: there are no checkpoints."""
        return False

    def is_force_unaligned_checkpoints(self) -> bool:
        """False: there are no checkpoints."""
        return False

    def close(self) -> None:
        """Does nothing: a stream environment holds nothing that runs."""

    def _add_to_list(self, key: str, values: tuple[str, ...]) -> None:
        known = self._configuration.get_string(key, "")
        self._configuration.set_string(key, ";".join([*filter(None, [known]), *values]))

    def _refuse(self, method: str) -> NoReturn:
        from nutkin._refusals import refusal

        raise refusal(f"datastream.stream_execution_environment.StreamExecutionEnvironment.{method}")

    def get_checkpoint_config(self) -> NoReturn:
        """Refused: there are no checkpoints."""
        self._refuse("get_checkpoint_config")

    def enable_checkpointing(self, interval: int, mode: CheckpointingMode | None = None) -> NoReturn:
        """Refused: there are no checkpoints."""
        self._refuse("enable_checkpointing")

    def enable_changelog_state_backend(self, enabled: bool) -> NoReturn:
        """Refused: state is in memory."""
        self._refuse("enable_changelog_state_backend")

    def register_slot_sharing_group(self, slot_sharing_group: Any) -> NoReturn:
        """Refused: there are no slots."""
        self._refuse("register_slot_sharing_group")

    def set_python_requirements(
        self, requirements_file_path: str, requirements_cache_dir: str | None = None
    ) -> NoReturn:
        """Refused: packages are those of the interpreter."""
        self._refuse("set_python_requirements")

    def add_python_archive(self, archive_path: str, target_dir: str | None = None) -> NoReturn:
        """Refused: archives are not unpacked."""
        self._refuse("add_python_archive")

    def execute(self, job_name: str | None = None) -> NoReturn:
        """Refused: there are no DataStream programs."""
        self._refuse("execute")

    def execute_async(self, job_name: str = "Flink Streaming Job") -> NoReturn:
        """Refused: there are no DataStream programs."""
        self._refuse("execute_async")

    def get_execution_plan(self) -> NoReturn:
        """Refused: there are no DataStream programs."""
        self._refuse("get_execution_plan")

    def register_cached_file(self, file_path: str, name: str, executable: bool = False) -> NoReturn:
        """Refused: functions read files by their paths."""
        self._refuse("register_cached_file")

    def create_input(self, input_format: Any, type_info: TypeInformation | None = None) -> NoReturn:
        """Refused: there are no DataStream programs."""
        self._refuse("create_input")

    def add_source(
        self, source_func: Any, source_name: str = "Custom Source", type_info: TypeInformation | None = None
    ) -> NoReturn:
        """Refused: there are no DataStream programs."""
        self._refuse("add_source")

    def from_source(
        self, source: Any, watermark_strategy: Any, source_name: str, type_info: TypeInformation | None = None
    ) -> NoReturn:
        """Refused: there are no DataStream programs."""
        self._refuse("from_source")

    def from_collection(self, collection: list[Any], type_info: TypeInformation | None = None) -> NoReturn:
        """Refused: there are no DataStream programs."""
        self._refuse("from_collection")
