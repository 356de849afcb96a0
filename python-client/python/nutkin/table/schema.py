"""Columns, watermarks and keys as programs describe them. Mirrors ``pyflink.table.schema``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from nutkin._gateway import RemoteObject, get_gateway
from nutkin.table.types import DataType, to_type_string

if TYPE_CHECKING:
    from nutkin.table.catalog import ResolvedSchema
    from nutkin.table.expression import Expression

_SCHEMA = "org.apache.flink.table.api.Schema"


class Schema:
    """The columns, watermarks and primary key of a :class:`TableDescriptor`.

    >>> from nutkin.table import DataTypes
    >>> schema = Schema.new_builder().column("id", DataTypes.BIGINT().not_null()).primary_key("id").build()
    >>> print(schema)
    (
      `id` BIGINT NOT NULL,
      CONSTRAINT `PK_id` PRIMARY KEY (`id`) NOT ENFORCED
    )
    """

    def __init__(self, j_schema: RemoteObject) -> None:
        self._j_schema = j_schema

    @staticmethod
    def new_builder() -> Schema.Builder:
        """A builder."""
        return Schema.Builder(get_gateway().call(_SCHEMA, "newBuilder"))

    def __str__(self) -> str:
        text: str = self._j_schema.call("toString")
        return text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Schema) and bool(self._j_schema.call("equals", other._j_schema))

    def __hash__(self) -> int:
        return hash(str(self))

    class Builder:
        """Collects columns; every method returns the builder itself."""

        def __init__(self, j_builder: RemoteObject) -> None:
            self._j_builder = j_builder

        def from_schema(self, unresolved_schema: Schema) -> Schema.Builder:
            """Adds everything of another schema."""
            self._j_builder.call("fromSchema", unresolved_schema._j_schema)
            return self

        def from_resolved_schema(self, resolved_schema: ResolvedSchema) -> Schema.Builder:
            """Adds everything of the schema of a table."""
            for column in resolved_schema.get_columns():
                column._add_to(self)
            for watermark in resolved_schema.get_watermark_specs():
                self.watermark(watermark.get_rowtime_attribute(), str(watermark.get_watermark_expression()))
            key = resolved_schema.get_primary_key()
            if key is not None:
                self.primary_key_named(key.get_name(), *key.get_columns())
            return self

        def from_row_data_type(self, data_type: DataType) -> Schema.Builder:
            """Adds a column for each field of a ROW type.

            :raises nutkin.util.exceptions.ValidationException: if the type is no ROW.
            """
            self._j_builder.call("fromRowDataType", to_type_string(data_type))
            return self

        def from_fields(
            self, field_names: Sequence[str], field_data_types: Sequence[DataType | str]
        ) -> Schema.Builder:
            """Adds columns of these names and types."""
            self._j_builder.call("fromFields", list(field_names), list(map(to_type_string, field_data_types)))
            return self

        def column(self, column_name: str, data_type: str | DataType) -> Schema.Builder:
            """Adds a column that is stored.

            :raises nutkin.util.exceptions.ValidationException: if the text is no type.
            """
            method = "column" if isinstance(data_type, str) else "columnOfType"
            self._j_builder.call(method, column_name, to_type_string(data_type))
            return self

        def column_by_expression(self, column_name: str, expr: str | Expression) -> Schema.Builder:
            """Adds a column that is computed, by SQL text or an expression."""
            self._j_builder.call("columnByExpression", column_name, _expression(expr))
            return self

        def column_by_metadata(
            self,
            column_name: str,
            data_type: DataType | str,
            metadata_key: str | None = None,
            is_virtual: bool = False,
        ) -> Schema.Builder:
            """Adds a column of the connector's metadata; a virtual one is not written.

            :param metadata_key: the name that the connector has for it, if it is not the column's.
            """
            method = "columnByMetadata" if isinstance(data_type, str) else "columnOfTypeByMetadata"
            self._j_builder.call(method, column_name, to_type_string(data_type), metadata_key, is_virtual)
            return self

        def watermark(self, column_name: str, watermark_expr: str | Expression) -> Schema.Builder:
            """Says how late the rows of an event-time column may be."""
            self._j_builder.call("watermark", column_name, _expression(watermark_expr))
            return self

        def primary_key(self, *column_names: str) -> Schema.Builder:
            """Makes columns the primary key, which is not enforced."""
            self._j_builder.call("primaryKey", *column_names)
            return self

        def primary_key_named(self, constraint_name: str, *column_names: str) -> Schema.Builder:
            """Makes columns the primary key, which is not enforced, and names it."""
            self._j_builder.call("primaryKeyNamed", constraint_name, *column_names)
            return self

        def build(self) -> Schema:
            """The schema."""
            return Schema(self._j_builder.call("build"))


def _expression(expr: str | Expression) -> str | RemoteObject:
    return expr if isinstance(expr, str) else expr._j_expression
