"""Columns of tables and results. Mirrors ``pyflink.table.catalog.ResolvedSchema``."""

from __future__ import annotations

from nutkin._gateway import RemoteObject


class ResolvedSchema:
    """The columns of a table or result, with their types as Flink's texts."""

    def __init__(self, j_resolved_schema: RemoteObject) -> None:
        self._j_resolved_schema = j_resolved_schema

    def get_column_count(self) -> int:
        """How many columns there are."""
        return len(self.get_column_names())

    def get_column_names(self) -> list[str]:
        """The columns' names."""
        names: list[str] = self._j_resolved_schema.call("getColumnNames")
        return names

    def get_column_data_types(self) -> list[str]:
        """The columns' types, such as ``BIGINT NOT NULL``."""
        types: list[str] = self._j_resolved_schema.call("getColumnDataTypes")
        return types

    def get_primary_key(self) -> list[str]:
        """The columns of the primary key; none if there is no key."""
        columns: list[str] = self._j_resolved_schema.call("getPrimaryKey")
        return columns

    def __str__(self) -> str:
        text: str = self._j_resolved_schema.call("toString")
        return text

    def __repr__(self) -> str:
        return str(self)
