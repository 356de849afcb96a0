"""What checkpoints promise. Mirrors ``pyflink.datastream.checkpointing_mode``."""

from __future__ import annotations

from enum import Enum


class CheckpointingMode(Enum):
    """How often a row counts in state after a failure."""

    EXACTLY_ONCE = 0
    AT_LEAST_ONCE = 1
