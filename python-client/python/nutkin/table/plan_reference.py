"""Where compiled plans are. Mirrors ``pyflink.table.plan_reference``."""

from __future__ import annotations

import os
import pathlib


class PlanReference:
    """A compiled plan, in a file or in memory.

    >>> PlanReference.from_json_string("{}").get_content()
    '{}'
    """

    @staticmethod
    def from_file(path: str | pathlib.Path) -> FilePlanReference:
        """The plan in a file."""
        return FilePlanReference(os.fspath(path))

    @staticmethod
    def from_json_string(json_string: str) -> JsonContentPlanReference:
        """A plan as JSON."""
        return JsonContentPlanReference(json_string)

    @staticmethod
    def from_smile_bytes(smile_bytes: bytes) -> BytesContentPlanReference:
        """A plan as bytes, such as ``CompiledPlan.as_smile_bytes`` gives."""
        return BytesContentPlanReference(bytes(smile_bytes))

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((type(self), *self.__dict__.values()))


class FilePlanReference(PlanReference):
    """The plan in a file."""

    def __init__(self, path: str) -> None:
        self._path = path

    def get_file(self) -> pathlib.Path:
        """The file, without links and relative parts."""
        return pathlib.Path(self._path).resolve()


class JsonContentPlanReference(PlanReference):
    """A plan as JSON."""

    def __init__(self, content: str) -> None:
        self._content = content

    def get_content(self) -> str:
        """The JSON."""
        return self._content


class BytesContentPlanReference(PlanReference):
    """A plan as bytes."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def get_content(self) -> bytes:
        """The bytes."""
        return self._content
