"""What ``explain`` shows beside the plans. Mirrors ``pyflink.table.explain_detail``."""

from enum import Enum


class ExplainDetail(Enum):
    """A detail of a plan."""

    ESTIMATED_COST = 0
    CHANGELOG_MODE = 1
    JSON_EXECUTION_PLAN = 2
    PLAN_ADVICE = 3
