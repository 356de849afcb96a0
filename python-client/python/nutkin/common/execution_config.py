"""Settings of how jobs run. Mirrors ``pyflink.common.execution_config``.

Each setting is a configuration key. Table environments made with the stream environment take the keys over
and refuse those that cannot be followed, by name. Twelve methods of PyFlink 2.3.0 call methods that Flink 2
removed, and raise; here they say what is the case: there is no Java serialization at all.
"""

from __future__ import annotations

from typing import Any, NoReturn

from nutkin.common.configuration import Configuration


def _millis(value: str) -> int:
    return int(value.removesuffix("ms").strip())


class ExecutionConfig:
    """Settings of how jobs run.

    >>> config = ExecutionConfig().set_parallelism(2)
    >>> config.get_parallelism()
    2
    """

    PARALLELISM_DEFAULT: int = -1
    PARALLELISM_UNKNOWN: int = -2

    def __init__(self, configuration: Configuration | None = None) -> None:
        self._configuration = configuration if configuration is not None else Configuration()

    def _refuse(self, method: str) -> NoReturn:
        from nutkin._refusals import refusal

        raise refusal(f"common.execution_config.ExecutionConfig.{method}")

    def enable_closure_cleaner(self) -> ExecutionConfig:
        """Turns on the cleaning of Java closures, of which there are none; returns itself."""
        self._configuration.set_string("pipeline.closure-cleaner-level", "RECURSIVE")
        return self

    def disable_closure_cleaner(self) -> ExecutionConfig:
        """Turns off the cleaning of Java closures, of which there are none; returns itself."""
        self._configuration.set_string("pipeline.closure-cleaner-level", "NONE")
        return self

    def is_closure_cleaner_enabled(self) -> bool:
        """Whether Java closures would be cleaned."""
        return self._configuration.get_string("pipeline.closure-cleaner-level", "RECURSIVE") != "NONE"

    def set_auto_watermark_interval(self, interval: int) -> ExecutionConfig:
        """Sets how often watermarks are made, in milliseconds; returns itself."""
        self._configuration.set_string("pipeline.auto-watermark-interval", f"{interval} ms")
        return self

    def get_auto_watermark_interval(self) -> int:
        """How often watermarks are made, in milliseconds."""
        return _millis(self._configuration.get_string("pipeline.auto-watermark-interval", "200 ms"))

    def set_latency_tracking_interval(self, interval: int) -> ExecutionConfig:
        """Sets how often latency is measured, in milliseconds; returns itself."""
        self._configuration.set_string("metrics.latency.interval", f"{interval} ms")
        return self

    def get_latency_tracking_interval(self) -> int:
        """How often latency is measured, in milliseconds."""
        return _millis(self._configuration.get_string("metrics.latency.interval", "0 ms"))

    def get_parallelism(self) -> int:
        """How many instances each operator has; -1 if that is not said."""
        return self._configuration.get_integer("parallelism.default", self.PARALLELISM_DEFAULT)

    def set_parallelism(self, parallelism: int) -> ExecutionConfig:
        """Sets how many instances each operator has; returns itself."""
        self._configuration.set_integer("parallelism.default", parallelism)
        return self

    def get_max_parallelism(self) -> int:
        """Into how many groups keys are divided; -1 if that is not said."""
        return self._configuration.get_integer("pipeline.max-parallelism", -1)

    def set_max_parallelism(self, max_parallelism: int) -> ExecutionConfig:
        """Sets into how many groups keys are divided; returns itself."""
        self._configuration.set_integer("pipeline.max-parallelism", max_parallelism)
        return self

    def get_task_cancellation_interval(self) -> int:
        """How often a task that does not end is told again, in milliseconds."""
        return _millis(self._configuration.get_string("task.cancellation.interval", "30000 ms"))

    def set_task_cancellation_interval(self, interval: int) -> ExecutionConfig:
        """Sets how often a task that does not end is told again, in milliseconds; returns itself."""
        self._configuration.set_string("task.cancellation.interval", f"{interval} ms")
        return self

    def get_task_cancellation_timeout(self) -> int:
        """How long a task may take to end, in milliseconds."""
        return _millis(self._configuration.get_string("task.cancellation.timeout", "180000 ms"))

    def set_task_cancellation_timeout(self, timeout: int) -> ExecutionConfig:
        """Sets how long a task may take to end, in milliseconds; returns itself."""
        self._configuration.set_string("task.cancellation.timeout", f"{timeout} ms")
        return self

    def enable_force_kryo(self) -> NoReturn:
        """Refused: there is no Java serialization."""
        self._refuse("enable_force_kryo")

    def disable_force_kryo(self) -> ExecutionConfig:
        """Nothing is serialized by Kryo; returns itself."""
        return self

    def is_force_kryo_enabled(self) -> bool:
        """False: nothing is serialized by Kryo."""
        return False

    def enable_generic_types(self) -> NoReturn:
        """Refused: every value has a type of tables."""
        self._refuse("enable_generic_types")

    def disable_generic_types(self) -> ExecutionConfig:
        """Every value has a type of tables; returns itself."""
        return self

    def has_generic_types_disabled(self) -> bool:
        """True: every value has a type of tables."""
        return True

    def enable_auto_generated_uids(self) -> ExecutionConfig:
        """Turns on the making of ids for operators; returns itself."""
        self._configuration.set_boolean("pipeline.auto-generate-uids", True)
        return self

    def disable_auto_generated_uids(self) -> ExecutionConfig:
        """Turns off the making of ids for operators; returns itself."""
        self._configuration.set_boolean("pipeline.auto-generate-uids", False)
        return self

    def has_auto_generated_uids_enabled(self) -> bool:
        """Whether the making of ids for operators is on."""
        return self._configuration.get_boolean("pipeline.auto-generate-uids", True)

    def enable_force_avro(self) -> NoReturn:
        """Refused: there is no Java serialization."""
        self._refuse("enable_force_avro")

    def disable_force_avro(self) -> ExecutionConfig:
        """Nothing is serialized by Avro on its way; returns itself."""
        return self

    def is_force_avro_enabled(self) -> bool:
        """False: nothing is serialized by Avro on its way."""
        return False

    def enable_object_reuse(self) -> ExecutionConfig:
        """Turns on the reuse of Java objects, of which there are none,; returns itself."""
        self._configuration.set_boolean("pipeline.object-reuse", True)
        return self

    def disable_object_reuse(self) -> ExecutionConfig:
        """Turns off the reuse of Java objects, of which there are none,; returns itself."""
        self._configuration.set_boolean("pipeline.object-reuse", False)
        return self

    def is_object_reuse_enabled(self) -> bool:
        """Whether the reuse of Java objects, of which there are none, is on."""
        return self._configuration.get_boolean("pipeline.object-reuse", False)

    def get_global_job_parameters(self) -> dict[str, str]:
        """What functions read by ``FunctionContext.get_job_parameter``."""
        text = self._configuration.get_string("pipeline.global-job-parameters", "")
        pairs = (item.partition(":") for item in text.split(",") if item)
        return {key.strip(): value.strip() for key, _, value in pairs}

    def set_global_job_parameters(self, global_job_parameters_dict: dict[str, Any]) -> ExecutionConfig:
        """Sets what functions read by ``FunctionContext.get_job_parameter``; returns itself."""
        text = ",".join(f"{key}:{value}" for key, value in global_job_parameters_dict.items())
        self._configuration.set_string("pipeline.global-job-parameters", text)
        return self

    def get_default_kryo_serializer_classes(self) -> dict[str, str]:
        """None: nothing is serialized by Kryo."""
        return {}

    def get_registered_kryo_types(self) -> list[str]:
        """None: nothing is serialized by Kryo."""
        return []

    def get_registered_pojo_types(self) -> list[str]:
        """None: there are no Java objects."""
        return []

    def is_use_snapshot_compression(self) -> bool:
        """Whether snapshots would be compressed."""
        return self._configuration.get_boolean("execution.checkpointing.snapshot-compression", False)

    def set_use_snapshot_compression(self, use_snapshot_compression: bool) -> ExecutionConfig:
        """Sets whether snapshots would be compressed; returns itself."""
        self._configuration.set_boolean(
            "execution.checkpointing.snapshot-compression", use_snapshot_compression
        )
        return self
