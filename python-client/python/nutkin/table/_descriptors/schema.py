"""Columns and time attributes as Flink 1.x described them."""

from __future__ import annotations

from nutkin.table._descriptors.base import Descriptor
from nutkin.table.table_schema import TableSchema
from nutkin.table.types import DataType, to_type_string

#: Names of types in texts of 1.x that DDL has other names for.
_TYPES = {
    "BYTE": "TINYINT",
    "SHORT": "SMALLINT",
    "LONG": "BIGINT",
    "VARCHAR": "STRING",
    "DECIMAL": "DECIMAL(38, 18)",
    "SQL_DATE": "DATE",
    "SQL_TIME": "TIME",
    "SQL_TIMESTAMP": "TIMESTAMP(3)",
    "TIMESTAMP": "TIMESTAMP(3)",
}


def type_text(field_type: DataType | str) -> str:
    """A type as in DDL, of a type or a text of 1.x."""
    if isinstance(field_type, DataType):
        return to_type_string(field_type)
    return _TYPES.get(field_type.strip().upper(), field_type)


class Rowtime(Descriptor):
    """Where event times come from, and how late rows may be.

    >>> Rowtime().timestamps_from_field("ts").watermarks_periodic_bounded(5000).to_properties()
    ... # doctest: +NORMALIZE_WHITESPACE
    {'rowtime.timestamps.type': 'from-field', 'rowtime.timestamps.from': 'ts',
     'rowtime.watermarks.type': 'periodic-bounded', 'rowtime.watermarks.delay': '5000'}
    """

    def __init__(self) -> None:
        super().__init__()

    def timestamps_from_field(self, field_name: str) -> Rowtime:
        """Takes the times of a field."""
        self._set("rowtime.timestamps.type", "from-field")
        return self._set("rowtime.timestamps.from", field_name)

    def timestamps_from_source(self) -> Rowtime:
        """Takes the times that the source has; refused when the table is made."""
        return self._set("rowtime.timestamps.type", "from-source")

    def timestamps_from_extractor(self, extractor: str) -> Rowtime:
        """Takes the times of a Java class; refused when the table is made."""
        self._set("rowtime.timestamps.type", "custom")
        return self._set("rowtime.timestamps.class", extractor)

    def watermarks_periodic_ascending(self) -> Rowtime:
        """Rows come in the order of their times."""
        return self._set("rowtime.watermarks.type", "periodic-ascending")

    def watermarks_periodic_bounded(self, delay: int) -> Rowtime:
        """Rows may be late by so many milliseconds."""
        self._set("rowtime.watermarks.type", "periodic-bounded")
        return self._set("rowtime.watermarks.delay", delay)

    def watermarks_from_source(self) -> Rowtime:
        """Takes the watermarks of the source; refused when the table is made."""
        return self._set("rowtime.watermarks.type", "from-source")

    def watermarks_from_strategy(self, strategy: str) -> Rowtime:
        """Takes the watermarks of a Java class; refused when the table is made."""
        self._set("rowtime.watermarks.type", "custom")
        return self._set("rowtime.watermarks.class", strategy)


class Schema(Descriptor):
    """Columns and time attributes.

    >>> Schema().field("id", "LONG").field("name", "STRING").to_properties()
    ... # doctest: +NORMALIZE_WHITESPACE
    {'schema.0.name': 'id', 'schema.0.data-type': 'BIGINT',
     'schema.1.name': 'name', 'schema.1.data-type': 'STRING'}
    """

    def __init__(
        self,
        schema: TableSchema | None = None,
        fields: dict[str, DataType | str] | None = None,
        rowtime: Rowtime | None = None,
    ) -> None:
        super().__init__()
        self._fields: list[dict[str, str]] = []
        if schema is not None:
            self.schema(schema)
        if fields is not None:
            self.fields(fields)
        if rowtime is not None:
            self.rowtime(rowtime)

    def schema(self, table_schema: TableSchema) -> Schema:
        """Sets the columns."""
        self._fields = []
        pairs = zip(table_schema.get_field_names(), table_schema.get_field_data_types(), strict=True)
        for name, data_type in pairs:
            self.field(name, data_type)
        return self

    def field(self, field_name: str, field_type: DataType | str) -> Schema:
        """Adds a column."""
        self._fields.append({"name": field_name, "data-type": type_text(field_type)})
        return self

    def fields(self, fields: dict[str, DataType | str]) -> Schema:
        """Adds columns.

        :raises TypeError: if they are in no dictionary.
        """
        if not isinstance(fields, dict):
            raise TypeError("fields must be stored in a dict or OrderedDict")
        for name, field_type in fields.items():
            self.field(name, field_type)
        return self

    def from_origin_field(self, origin_field_name: str) -> Schema:
        """Says what the column before is called in the source."""
        return self._change("from", origin_field_name)

    def proctime(self) -> Schema:
        """Makes the column before the time at which a row is worked on."""
        return self._change("proctime", "true")

    def rowtime(self, rowtime: Rowtime) -> Schema:
        """Makes the column before the event time."""
        for key, value in rowtime.to_properties().items():
            self._change(key, value)
        return self

    def to_properties(self) -> dict[str, str]:
        """The keys and values that the description means."""
        return {
            f"schema.{index}.{key}": value
            for index, field in enumerate(self._fields)
            for key, value in field.items()
        }

    def _change(self, key: str, value: str) -> Schema:
        if not self._fields:
            from nutkin.util.exceptions import ValidationException

            raise ValidationException("No field previously defined. Use field() before.")
        self._fields[-1][key] = value
        return self
