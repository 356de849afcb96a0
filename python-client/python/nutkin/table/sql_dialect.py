"""Dialects of SQL. Mirrors ``pyflink.table.sql_dialect``."""

from __future__ import annotations

from enum import Enum


class SqlDialect(Enum):
    """Flink's own dialect, or Hive's, which is refused where it is set."""

    DEFAULT = 0
    HIVE = 1
