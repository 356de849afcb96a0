"""Types made of types. Mirrors their classes in ``pyflink.table.types``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, overload

from nutkin.table._types.base import DataType


class _ElementType(DataType):
    def __init__(self, element_type: DataType, nullable: bool = True) -> None:
        _check(element_type, "element_type")
        super().__init__(nullable)
        self.element_type = element_type

    def need_conversion(self) -> bool:
        """Whether elements differ."""
        return self.element_type.need_conversion()

    def _kind_string(self) -> str:
        return f"{self._name}<{self.element_type.to_type_string()}>"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.element_type!r}, {str(self._nullable).lower()})"


class ArrayType(_ElementType):
    """``ARRAY<element>``; Python ``list``."""

    _name = "ARRAY"

    def to_sql_type(self, obj: Any) -> Any:
        """The list with its elements converted."""
        return obj and [self.element_type.to_sql_type(item) for item in obj]

    def from_sql_type(self, obj: Any) -> Any:
        """The list with its elements converted back."""
        return obj and [self.element_type.from_sql_type(item) for item in obj]


class MultisetType(_ElementType):
    """``MULTISET<element>``; Python ``dict`` from element to count."""

    _name = "MULTISET"

    def to_sql_type(self, obj: Any) -> Any:
        """The elements converted."""
        return obj and [self.element_type.to_sql_type(item) for item in obj]

    def from_sql_type(self, obj: Any) -> Any:
        """The elements converted back."""
        return obj and [self.element_type.from_sql_type(item) for item in obj]


class MapType(DataType):
    """``MAP<key, value>``; Python ``dict``."""

    def __init__(self, key_type: DataType, value_type: DataType, nullable: bool = True) -> None:
        _check(key_type, "key_type")
        _check(value_type, "value_type")
        super().__init__(nullable)
        self.key_type = key_type
        self.value_type = value_type

    def need_conversion(self) -> bool:
        """Whether keys or values differ."""
        return self.key_type.need_conversion() or self.value_type.need_conversion()

    def to_sql_type(self, obj: Any) -> Any:
        """The dictionary with its keys and values converted."""
        return obj and {
            self.key_type.to_sql_type(key): self.value_type.to_sql_type(value) for key, value in obj.items()
        }

    def from_sql_type(self, obj: Any) -> Any:
        """The dictionary with its keys and values converted back."""
        return obj and {
            self.key_type.from_sql_type(key): self.value_type.from_sql_type(value)
            for key, value in obj.items()
        }

    def _kind_string(self) -> str:
        return f"MAP<{self.key_type.to_type_string()}, {self.value_type.to_type_string()}>"

    def __repr__(self) -> str:
        return f"MapType({self.key_type!r}, {self.value_type!r}, {str(self._nullable).lower()})"


class RowField:
    """A field of a ROW type."""

    def __init__(self, name: str, data_type: DataType, description: str | None = None) -> None:
        _check(data_type, "data_type")
        if not isinstance(name, str):
            raise TypeError(f"field name {name!r} should be string")
        self.name = name
        self.data_type = data_type
        self.description = description

    def need_conversion(self) -> bool:
        """Whether values differ."""
        return self.data_type.need_conversion()

    def to_sql_type(self, obj: Any) -> Any:
        """The value converted."""
        return self.data_type.to_sql_type(obj)

    def from_sql_type(self, obj: Any) -> Any:
        """The value converted back."""
        return self.data_type.from_sql_type(obj)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowField) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((self.name, self.data_type))

    def __repr__(self) -> str:
        return f"RowField({self.name}, {self.data_type!r})"


class RowType(DataType):
    """``ROW<name type, ...>``; Python ``Row``, tuple or list.

    >>> from nutkin.table.types import DataTypes
    >>> row_type = RowType().add("id", DataTypes.BIGINT()).add("name", DataTypes.STRING())
    >>> [field.name for field in row_type], row_type["id"]
    (['id', 'name'], RowField(id, BigIntType(true)))
    """

    def __init__(self, fields: Sequence[RowField] | None = None, nullable: bool = True) -> None:
        super().__init__(nullable)
        self.fields = list(fields or ())
        if not all(isinstance(field, RowField) for field in self.fields):
            raise TypeError("fields should be a list of RowField")

    @property
    def names(self) -> list[str]:
        """The names of the fields."""
        return self.field_names()

    def add(self, field: RowField | str, data_type: DataType | None = None) -> RowType:
        """Adds a field; returns itself.

        :raises ValueError: if a name is given without a type.
        """
        if isinstance(field, RowField):
            self.fields.append(field)
        elif data_type is None:
            raise ValueError("Must specify DataType if passing name of row_field to create.")
        else:
            self.fields.append(RowField(field, data_type))
        return self

    def field_names(self) -> list[str]:
        """The names of the fields."""
        return [field.name for field in self.fields]

    def field_types(self) -> list[DataType]:
        """The types of the fields."""
        return [field.data_type for field in self.fields]

    def need_conversion(self) -> bool:
        """True: rows are tuples with the kind of change before the values."""
        return True

    def to_sql_type(self, obj: Any) -> Any:
        """The kind of change and the values.

        :raises ValueError: if ``obj`` is nothing like a row.
        """
        from nutkin.common.types import Row, RowKind

        if obj is None:
            return None
        kind = obj.get_row_kind() if isinstance(obj, Row) else RowKind.INSERT
        if isinstance(obj, dict):
            values: Any = [obj.get(name) for name in self.field_names()]
        elif isinstance(obj, Row) and obj._fields is not None:
            values = [obj[name] for name in self.field_names()]
        elif isinstance(obj, (tuple, list, Row)):
            values = obj
        elif hasattr(obj, "__dict__"):
            values = [obj.__dict__.get(name) for name in self.field_names()]
        else:
            raise ValueError(f"Unexpected tuple {obj!r} with RowType")
        pairs = zip(self.fields, values, strict=False)
        return (kind.value, *(field.to_sql_type(value) for field, value in pairs))

    def from_sql_type(self, obj: Any) -> Any:
        """The row of values without the kind of change."""
        from nutkin.common.types import Row

        if obj is None or isinstance(obj, Row):
            return obj
        row = Row(*(field.from_sql_type(value) for field, value in zip(self.fields, obj, strict=False)))
        row.set_field_names(self.field_names())
        return row

    def __iter__(self) -> Iterator[RowField]:
        return iter(self.fields)

    def __len__(self) -> int:
        return len(self.fields)

    @overload
    def __getitem__(self, key: str | int) -> RowField: ...

    @overload
    def __getitem__(self, key: slice) -> RowType: ...

    def __getitem__(self, key: str | int | slice) -> RowField | RowType:
        if isinstance(key, slice):
            return RowType(self.fields[key])
        if isinstance(key, int):
            return self.fields[key]
        for field in self.fields:
            if field.name == key:
                return field
        raise KeyError(f"No RowField named {key}")

    def _kind_string(self) -> str:
        def text(field: RowField) -> str:
            name = field.name.replace("`", "``")
            comment = "" if field.description is None else " '" + field.description.replace("'", "''") + "'"
            return f"`{name}` {field.data_type.to_type_string()}{comment}"

        return f"ROW<{', '.join(map(text, self.fields))}>"

    def __repr__(self) -> str:
        return f"RowType({','.join(map(repr, self.fields))})"


def _check(data_type: object, name: str) -> None:
    if not isinstance(data_type, DataType):
        raise TypeError(f"{name} {data_type!r} should be an instance of {DataType}")
