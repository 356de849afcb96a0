"""What happens when a job fails. Mirrors ``pyflink.common.restart_strategy``.

Flink 2 has only configuration keys for this, and its Python classes raise; here they still describe the keys.
A job without checkpoints does not restart: keys other than ``none`` are refused where they are set.
"""

from __future__ import annotations

import datetime


class RestartStrategyConfiguration:
    """The base of the descriptions."""

    def get_description(self) -> str:
        """The strategy in words."""
        raise NotImplementedError

    def to_configuration(self) -> dict[str, str]:
        """The configuration keys that mean the same."""
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))


class RestartStrategies:
    """Makes descriptions.

    >>> RestartStrategies.fixed_delay_restart(3, 1000).get_description()
    'Restart with fixed delay (1000 ms). #3 restart attempts.'
    """

    class NoRestartStrategyConfiguration(RestartStrategyConfiguration):
        """A job that fails stays so."""

        def get_description(self) -> str:
            """The strategy in words."""
            return "Restart deactivated."

        def to_configuration(self) -> dict[str, str]:
            """The configuration keys that mean the same."""
            return {"restart-strategy.type": "none"}

    class FixedDelayRestartStrategyConfiguration(RestartStrategyConfiguration):
        """So many restarts, each after a pause."""

        def __init__(self, restart_attempts: int, delay_millis: int) -> None:
            self._restart_attempts = restart_attempts
            self._delay_millis = delay_millis

        def get_restart_attempts(self) -> int:
            """How many restarts there are."""
            return self._restart_attempts

        def get_delay_between_attempts_interval(self) -> datetime.timedelta:
            """The pause before each."""
            return datetime.timedelta(milliseconds=self._delay_millis)

        def get_description(self) -> str:
            """The strategy in words."""
            return (
                f"Restart with fixed delay ({self._delay_millis} ms). "
                f"#{self._restart_attempts} restart attempts."
            )

        def to_configuration(self) -> dict[str, str]:
            """The configuration keys that mean the same."""
            return {
                "restart-strategy.type": "fixed-delay",
                "restart-strategy.fixed-delay.attempts": str(self._restart_attempts),
                "restart-strategy.fixed-delay.delay": f"{self._delay_millis} ms",
            }

    class FailureRateRestartStrategyConfiguration(RestartStrategyConfiguration):
        """Restarts as long as failures are few in a time."""

        def __init__(self, failure_rate: int, failure_interval_millis: int, delay_millis: int) -> None:
            self._failure_rate = failure_rate
            self._failure_interval_millis = failure_interval_millis
            self._delay_millis = delay_millis

        def get_max_failure_rate(self) -> int:
            """How many failures there may be in the interval."""
            return self._failure_rate

        def get_failure_interval(self) -> datetime.timedelta:
            """The interval in which failures count."""
            return datetime.timedelta(milliseconds=self._failure_interval_millis)

        def get_delay_between_attempts_interval(self) -> datetime.timedelta:
            """The pause before each restart."""
            return datetime.timedelta(milliseconds=self._delay_millis)

        def get_description(self) -> str:
            """The strategy in words."""
            return (
                f"Failure rate restart with maximum of {self._failure_rate} failures within interval "
                f"{self._failure_interval_millis} ms and fixed delay {self._delay_millis} ms."
            )

        def to_configuration(self) -> dict[str, str]:
            """The configuration keys that mean the same."""
            return {
                "restart-strategy.type": "failure-rate",
                "restart-strategy.failure-rate.max-failures-per-interval": str(self._failure_rate),
                "restart-strategy.failure-rate.failure-rate-interval": f"{self._failure_interval_millis} ms",
                "restart-strategy.failure-rate.delay": f"{self._delay_millis} ms",
            }

    class FallbackRestartStrategyConfiguration(RestartStrategyConfiguration):
        """What the cluster says."""

        def get_description(self) -> str:
            """The strategy in words."""
            return "Cluster level default restart strategy"

        def to_configuration(self) -> dict[str, str]:
            """No key at all."""
            return {}

    @staticmethod
    def no_restart() -> RestartStrategies.NoRestartStrategyConfiguration:
        """A job that fails stays so."""
        return RestartStrategies.NoRestartStrategyConfiguration()

    @staticmethod
    def fall_back_restart() -> RestartStrategies.FallbackRestartStrategyConfiguration:
        """What the cluster says."""
        return RestartStrategies.FallbackRestartStrategyConfiguration()

    @staticmethod
    def fixed_delay_restart(
        restart_attempts: int, delay_between_attempts: int
    ) -> RestartStrategies.FixedDelayRestartStrategyConfiguration:
        """So many restarts, each after a pause in milliseconds."""
        return RestartStrategies.FixedDelayRestartStrategyConfiguration(
            restart_attempts, delay_between_attempts
        )

    @staticmethod
    def failure_rate_restart(
        failure_rate: int, failure_interval: int, delay_interval: int
    ) -> RestartStrategies.FailureRateRestartStrategyConfiguration:
        """Restarts as long as there are few failures in an interval; times in milliseconds."""
        return RestartStrategies.FailureRateRestartStrategyConfiguration(
            failure_rate, failure_interval, delay_interval
        )
