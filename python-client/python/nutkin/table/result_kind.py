"""Kinds of results. Mirrors ``pyflink.table.result_kind``."""

from enum import Enum


class ResultKind(Enum):
    """What kind of result a statement has."""

    SUCCESS = 0
    SUCCESS_WITH_CONTENT = 1
