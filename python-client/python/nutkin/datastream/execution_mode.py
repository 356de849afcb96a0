"""How programs run. Mirrors ``pyflink.datastream.execution_mode``."""

from __future__ import annotations

from enum import Enum


class RuntimeExecutionMode(Enum):
    """Continuously, or once over bounded tables."""

    STREAMING = 0
    BATCH = 1
    AUTOMATIC = 2
