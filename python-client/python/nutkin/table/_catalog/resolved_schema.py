"""The columns of tables and results, with their types known."""

from __future__ import annotations

from collections.abc import Sequence

from nutkin._gateway import RemoteObject
from nutkin.table._catalog.columns import Column, UniqueConstraint, WatermarkSpec
from nutkin.table.types import DataType, DataTypes, RowType, parse_data_type


class ResolvedSchema:
    """Columns, watermarks and primary key.

    >>> from nutkin.table import DataTypes
    >>> schema = ResolvedSchema.physical(["id", "name"], [DataTypes.INT(), DataTypes.STRING()])
    >>> print(schema)
    (
      `id` INT,
      `name` STRING
    )
    >>> schema.get_column("name").get_data_type()
    VarCharType(2147483647, true)
    """

    def __init__(
        self,
        columns: Sequence[Column],
        watermark_specs: Sequence[WatermarkSpec] = (),
        primary_key: UniqueConstraint | None = None,
    ) -> None:
        self._columns = list(columns)
        self._watermark_specs = list(watermark_specs)
        self._primary_key = primary_key

    @staticmethod
    def of(columns: Sequence[Column]) -> ResolvedSchema:
        """A schema of columns alone."""
        return ResolvedSchema(columns)

    @staticmethod
    def physical(column_names: Sequence[str], column_data_types: Sequence[DataType]) -> ResolvedSchema:
        """A schema of stored columns.

        :raises ValueError: if there are not as many types as names.
        """
        pairs = zip(column_names, column_data_types, strict=True)
        return ResolvedSchema([Column.physical(name, data_type) for name, data_type in pairs])

    @staticmethod
    def _of_remote(j_resolved_schema: RemoteObject) -> ResolvedSchema:
        """The schema that the gateway holds."""
        types = map(parse_data_type, j_resolved_schema.call("getColumnDataTypes"))
        names: list[str] = j_resolved_schema.call("getColumnNames")
        key: list[str] = j_resolved_schema.call("getPrimaryKey")
        schema = ResolvedSchema.physical(names, list(types))
        if key:
            schema._primary_key = UniqueConstraint.primary_key(f"PK_{'_'.join(key)}", key)
        return schema

    def get_column_count(self) -> int:
        """How many columns there are."""
        return len(self._columns)

    def get_columns(self) -> list[Column]:
        """The columns."""
        return list(self._columns)

    def get_column_names(self) -> list[str]:
        """The names of the columns."""
        return [column.get_name() for column in self._columns]

    def get_column_data_types(self) -> list[DataType]:
        """The types of the columns."""
        return [column.get_data_type() for column in self._columns]

    def get_column(self, column_index_or_name: int | str) -> Column | None:
        """A column by position or name; None if there is none."""
        if isinstance(column_index_or_name, int):
            inside = 0 <= column_index_or_name < len(self._columns)
            return self._columns[column_index_or_name] if inside else None
        return next((one for one in self._columns if one.get_name() == column_index_or_name), None)

    def get_watermark_specs(self) -> list[WatermarkSpec]:
        """The watermarks."""
        return list(self._watermark_specs)

    def get_primary_key(self) -> UniqueConstraint | None:
        """The primary key; None if there is none."""
        return self._primary_key

    def get_primary_key_indexes(self) -> list[int]:
        """The positions of the columns of the primary key; none if there is no key."""
        names = self.get_column_names()
        return [] if self._primary_key is None else list(map(names.index, self._primary_key.get_columns()))

    def to_source_row_data_type(self) -> RowType:
        """The ROW of all columns, as a query reads them."""
        return _row(self._columns)

    def to_physical_row_data_type(self) -> RowType:
        """The ROW of the stored columns."""
        return _row([column for column in self._columns if column.is_physical()])

    def to_sink_row_data_type(self) -> RowType:
        """The ROW of the columns that are written."""
        return _row([column for column in self._columns if column.is_persisted()])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ResolvedSchema) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(str(self))

    def __str__(self) -> str:
        lines = [*self._columns, *self._watermark_specs]
        texts = [str(line) for line in lines] + ([str(self._primary_key)] if self._primary_key else [])
        return "(\n" + ",\n".join(f"  {text}" for text in texts) + "\n)"

    def __repr__(self) -> str:
        return str(self)


def _row(columns: Sequence[Column]) -> RowType:
    fields = [DataTypes.FIELD(column.get_name(), column.get_data_type()) for column in columns]
    return DataTypes.ROW(fields, False)
