"""The names of jobs. Mirrors ``pyflink.common.job_id``."""

from __future__ import annotations


class JobID:
    """The name of a job: 32 hexadecimal digits."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"JobID({self._text})"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, JobID) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)
