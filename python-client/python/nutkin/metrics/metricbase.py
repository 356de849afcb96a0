"""Counters, gauges, meters and distributions. Mirrors ``pyflink.metrics.metricbase``.

The metrics of a function live in the process that runs it. :meth:`MetricGroup.values` reads them there.
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from typing import Any


class Metric:
    """The base of all metrics."""

    def value(self) -> Any:
        """What the metric says now."""
        raise NotImplementedError


class Counter(Metric):
    """A count that goes up and down.

    >>> counter = MetricGroup().counter("rows")
    >>> counter.inc(3)
    >>> counter.dec()
    >>> counter.get_count()
    2
    """

    def __init__(self) -> None:
        self._count = 0

    def inc(self, n: int = 1) -> None:
        """Adds ``n``."""
        self._count += n

    def dec(self, n: int = 1) -> None:
        """Takes ``n`` off."""
        self._count -= n

    def get_count(self) -> int:
        """The count."""
        return self._count

    def value(self) -> int:
        """The count."""
        return self._count


class Gauge(Metric):
    """A value that is asked for when the metric is read."""

    def __init__(self, obj: Callable[[], int]) -> None:
        self._obj = obj

    def value(self) -> int:
        """What the function given to :meth:`MetricGroup.gauge` returns now."""
        return self._obj()


class Meter(Metric):
    """Events, and how many a second there were lately.

    >>> meter = MetricGroup().meter("events")
    >>> meter.mark_event(2)
    >>> meter.get_count()
    2
    """

    def __init__(self, time_span_in_seconds: int = 60) -> None:
        self._count = 0
        self._time_span_seconds = time_span_in_seconds
        self._events: deque[tuple[float, int]] = deque()

    def mark_event(self, value: int = 1) -> None:
        """Counts ``value`` events."""
        now = time.monotonic()
        self._count += value
        self._events.append((now, value))
        self._forget(now)

    def get_count(self) -> int:
        """How many events there were in all."""
        return self._count

    def get_rate(self) -> float:
        """Events a second, over the time span of the meter."""
        self._forget(time.monotonic())
        return sum(value for _, value in self._events) / self._time_span_seconds

    def value(self) -> float:
        """Events a second, over the time span of the meter."""
        return self.get_rate()

    def _forget(self, now: float) -> None:
        while self._events and self._events[0][0] < now - self._time_span_seconds:
            self._events.popleft()


class Distribution(Metric):
    """Count, sum, smallest and largest of the values that were given.

    >>> distribution = MetricGroup().distribution("size")
    >>> for size in (3, 1, 2):
    ...     distribution.update(size)
    >>> distribution.value()
    {'count': 3, 'sum': 6, 'min': 1, 'max': 3}
    """

    def __init__(self) -> None:
        self._count = 0
        self._sum = 0
        self._min: int | None = None
        self._max: int | None = None

    def update(self, value: int) -> None:
        """Adds a value."""
        self._count += 1
        self._sum += value
        self._min = value if self._min is None else min(self._min, value)
        self._max = value if self._max is None else max(self._max, value)

    def value(self) -> dict[str, int | None]:
        """Count, sum, smallest and largest."""
        return {"count": self._count, "sum": self._sum, "min": self._min, "max": self._max}


class MetricGroup:
    """Metrics and groups of metrics by name.

    >>> group = MetricGroup()
    >>> group.add_group("stage", "parse").counter("errors").inc()
    >>> group.gauge("answer", lambda: 42)
    >>> group.values()
    {'stage.parse.errors': 1, 'answer': 42}
    """

    def __init__(self) -> None:
        self._groups: dict[str, MetricGroup] = {}
        self._metrics: dict[str, Metric] = {}

    def add_group(self, name: str, extra: str | None = None) -> MetricGroup:
        """The group of this name, made if there is none; with ``extra``, the group of that value in it."""
        group = self._groups.setdefault(name, MetricGroup())
        return group if extra is None else group.add_group(extra)

    def counter(self, name: str) -> Counter:
        """Makes a counter."""
        counter = Counter()
        self._metrics[name] = counter
        return counter

    def gauge(self, name: str, obj: Callable[[], int]) -> None:
        """Makes a value that is asked for when it is read."""
        self._metrics[name] = Gauge(obj)

    def meter(self, name: str, time_span_in_seconds: int = 60) -> Meter:
        """Makes a meter of events a second, over a time span in seconds."""
        meter = Meter(time_span_in_seconds)
        self._metrics[name] = meter
        return meter

    def distribution(self, name: str) -> Distribution:
        """Makes a distribution."""
        distribution = Distribution()
        self._metrics[name] = distribution
        return distribution

    def values(self) -> dict[str, Any]:
        """What all metrics of the group and its groups say now, by their names with dots."""
        found: dict[str, Any] = {}
        for name, group in self._groups.items():
            found.update({f"{name}.{key}": value for key, value in group.values().items()})
        found.update({name: metric.value() for name, metric in self._metrics.items()})
        return found
