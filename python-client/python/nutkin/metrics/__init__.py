"""Metrics of user-defined functions. Mirrors ``pyflink.metrics``."""

from nutkin.metrics.metricbase import Counter, Distribution, Meter, Metric, MetricGroup

__all__ = ["Counter", "Distribution", "Meter", "Metric", "MetricGroup"]
