"""Expressions whose names and types are known. Mirrors ``pyflink.table.resolved_expression``."""

from __future__ import annotations

from nutkin._gateway import RemoteObject
from nutkin.table.expression import Expression
from nutkin.table.types import DataType


class ResolvedExpression(Expression):
    """An expression with the type of its values."""

    def __init__(
        self, j_expression: RemoteObject, output: DataType, children: list[ResolvedExpression] | None = None
    ) -> None:
        super().__init__(j_expression)
        self._output = output
        self._children = list(children or ())

    def get_output_data_type(self) -> DataType:
        """The type of the values."""
        return self._output

    def get_resolved_children(self) -> list[ResolvedExpression]:
        """What the expression is made of."""
        return list(self._children)

    def as_serializable_string(self) -> str:
        """The expression as text."""
        return self.as_summary_string()

    def as_summary_string(self) -> str:
        """The expression as Flink prints it."""
        return str(self)
