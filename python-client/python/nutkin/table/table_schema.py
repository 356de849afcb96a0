"""Names and types of columns, the class of 1.x. Mirrors ``pyflink.table.table_schema``."""

from __future__ import annotations

from collections.abc import Sequence

from nutkin.table.types import DataType, DataTypes, RowType


class TableSchema:
    """The names and types of columns.

    >>> from nutkin.table import DataTypes
    >>> schema = TableSchema.builder().field("a", DataTypes.INT()).field("b", DataTypes.STRING()).build()
    >>> print(schema)
    root
     |-- a: INT
     |-- b: STRING
    >>> schema.get_field_data_type("b") == schema.get_field_data_type(1)
    True
    """

    def __init__(
        self,
        field_names: Sequence[str] | None = None,
        data_types: Sequence[DataType] | None = None,
    ) -> None:
        names, types = list(field_names or ()), list(data_types or ())
        if len(names) != len(types):
            raise ValueError("Field names and field data types must have the same length.")
        self._names = names
        self._types = types

    def copy(self) -> TableSchema:
        """The same schema again."""
        return TableSchema(self._names, self._types)

    def get_field_data_types(self) -> list[DataType]:
        """The types of the columns."""
        return list(self._types)

    def get_field_data_type(self, field: int | str) -> DataType | None:
        """The type of a column by name or position; None if there is none.

        :raises TypeError: if ``field`` is neither.
        """
        if isinstance(field, str):
            return self._types[self._names.index(field)] if field in self._names else None
        if not isinstance(field, int):
            raise TypeError(f"Expected field index or field name, got {type(field)}")
        return self._types[field] if 0 <= field < len(self._types) else None

    def get_field_count(self) -> int:
        """How many columns there are."""
        return len(self._names)

    def get_field_names(self) -> list[str]:
        """The names of the columns."""
        return list(self._names)

    def get_field_name(self, field_index: int) -> str | None:
        """The name of a column by position; None if there is none."""
        return self._names[field_index] if 0 <= field_index < len(self._names) else None

    def to_row_data_type(self) -> RowType:
        """The ROW type of these fields."""
        pairs = zip(self._names, self._types, strict=True)
        return DataTypes.ROW([DataTypes.FIELD(name, data_type) for name, data_type in pairs])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TableSchema) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((tuple(self._names), tuple(self._types)))

    def __str__(self) -> str:
        pairs = zip(self._names, self._types, strict=True)
        return "\n".join(["root", *(f" |-- {name}: {data_type}" for name, data_type in pairs)])

    def __repr__(self) -> str:
        return str(self)

    @classmethod
    def builder(cls) -> TableSchema.Builder:
        """A builder."""
        return TableSchema.Builder()

    class Builder:
        """Collects columns."""

        def __init__(self) -> None:
            self._field_names: list[str] = []
            self._field_data_types: list[DataType] = []

        def field(self, name: str, data_type: DataType) -> TableSchema.Builder:
            """Adds a column; returns itself.

            :raises TypeError: if the name is no text, or the type no type.
            """
            if not isinstance(name, str) or not isinstance(data_type, DataType):
                raise TypeError(f"A column is a str and a DataType, not {name!r} and {data_type!r}.")
            self._field_names.append(name)
            self._field_data_types.append(data_type)
            return self

        def build(self) -> TableSchema:
            """The schema."""
            return TableSchema(self._field_names, self._field_data_types)
