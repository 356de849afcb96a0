"""What functions can ask of their surroundings."""

from __future__ import annotations

from nutkin.metrics import MetricGroup


class FunctionContext:
    """What a function can ask of its surroundings, in :meth:`UserDefinedFunction.open`.

    :param job_parameters: the values of ``pipeline.global-job-parameters``.
    :param task_name: the name of the operator.
    :param subtask_index: which of the parallel instances this is, from 0.
    :param parallelism: how many parallel instances there are.

    >>> context = FunctionContext({"key": "value"}, "Calc", 1, 2)
    >>> context.get_task_name_with_subtasks(), context.get_job_parameter("key", "")
    ('Calc (2/2)', 'value')
    """

    def __init__(
        self,
        job_parameters: dict[str, str] | None = None,
        task_name: str = "",
        subtask_index: int = 0,
        parallelism: int = 1,
    ) -> None:
        self._job_parameters = job_parameters or {}
        self._task_name = task_name
        self._subtask_index = subtask_index
        self._parallelism = parallelism
        self._metric_group = MetricGroup()

    def get_metric_group(self) -> MetricGroup:
        """The metrics of the function; they live in the process that runs it."""
        return self._metric_group

    def get_job_parameter(self, key: str, default_value: str) -> str:
        """The value of a global job parameter."""
        return self._job_parameters.get(key, default_value)

    def get_task_name(self) -> str:
        """The name of the operator."""
        return self._task_name

    def get_task_name_with_subtasks(self) -> str:
        """The name of the operator with the instance, such as ``Calc (1/2)``."""
        return f"{self._task_name} ({self._subtask_index + 1}/{self._parallelism})"

    def get_number_of_parallel_subtasks(self) -> int:
        """How many parallel instances there are."""
        return self._parallelism

    def get_index_of_this_subtask(self) -> int:
        """Which of the parallel instances this is, from 0."""
        return self._subtask_index

    def get_max_number_of_parallel_subtasks(self) -> int:
        """Into how many groups keys are divided, which bounds the parallel instances."""
        return max(128, self._parallelism)

    def get_attempt_number(self) -> int:
        """How often the job was started before: 0, for a job that fails ends."""
        return 0
