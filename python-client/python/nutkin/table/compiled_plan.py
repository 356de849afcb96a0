"""Plans that are kept. Mirrors ``pyflink.table.compiled_plan``.

Nothing makes one: what would is refused by name, and so is everything of a plan.
"""

from __future__ import annotations

import pathlib
from typing import NoReturn

from nutkin.table.explain_detail import ExplainDetail


class CompiledPlan:
    """A plan that is kept, which is refused: plans are made anew each time."""

    def as_json_string(self) -> NoReturn:
        """Refused."""
        _refuse("as_json_string")

    def as_smile_bytes(self) -> NoReturn:
        """Refused."""
        _refuse("as_smile_bytes")

    def write_to_file(self, file: str | pathlib.Path, ignore_if_exists: bool = False) -> NoReturn:
        """Refused."""
        _refuse("write_to_file")

    def get_flink_version(self) -> NoReturn:
        """Refused."""
        _refuse("get_flink_version")

    def print_json_string(self) -> NoReturn:
        """Refused."""
        _refuse("print_json_string")

    def execute(self) -> NoReturn:
        """Refused."""
        _refuse("execute")

    def explain(self, *extra_details: ExplainDetail) -> NoReturn:
        """Refused."""
        _refuse("explain")

    def print_explain(self, *extra_details: ExplainDetail) -> NoReturn:
        """Refused."""
        _refuse("print_explain")


def _refuse(method: str) -> NoReturn:
    from nutkin._refusals import refusal

    raise refusal(f"table.compiled_plan.CompiledPlan.{method}")
