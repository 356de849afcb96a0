"""Data types of tables. Mirrors ``pyflink.table.types``.

Types are plain descriptions; they reach the gateway as Flink's type texts (``BIGINT NOT NULL``).
"""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterable, Sequence
from typing import Any

_MAX_LENGTH = 2147483647


class DataType:
    """A type with its nullability.

    :ivar nullable_: whether NULL is among the values.
    """

    _name = ""

    def __init__(self, nullable: bool = True) -> None:
        self._nullable = nullable

    def nullable(self) -> DataType:
        """The same type, with NULL."""
        return self._with_nullable(True)

    def not_null(self) -> DataType:
        """The same type, without NULL."""
        return self._with_nullable(False)

    def to_type_string(self) -> str:
        """Flink's text of the type, as in DDL.

        >>> DataTypes.ROW([DataTypes.FIELD("a", DataTypes.INT(False))]).to_type_string()
        'ROW<`a` INT NOT NULL>'
        """
        return self._kind_string() + ("" if self._nullable else " NOT NULL")

    def _kind_string(self) -> str:
        return self._name

    def _with_nullable(self, nullable: bool) -> DataType:
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__)
        copy._nullable = nullable
        return copy

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(self.to_type_string())

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self._nullable).lower()})"


class NullType(DataType):
    """``NULL``."""

    _name = "NULL"


class BooleanType(DataType):
    """``BOOLEAN``; Python ``bool``."""

    _name = "BOOLEAN"


class TinyIntType(DataType):
    """``TINYINT``, 8 bits; Python ``int``."""

    _name = "TINYINT"


class SmallIntType(DataType):
    """``SMALLINT``, 16 bits; Python ``int``."""

    _name = "SMALLINT"


class IntType(DataType):
    """``INT``, 32 bits; Python ``int``."""

    _name = "INT"


class BigIntType(DataType):
    """``BIGINT``, 64 bits; Python ``int``."""

    _name = "BIGINT"


class FloatType(DataType):
    """``FLOAT``, 32 bits; Python ``float``."""

    _name = "FLOAT"


class DoubleType(DataType):
    """``DOUBLE``, 64 bits; Python ``float``."""

    _name = "DOUBLE"


class DateType(DataType):
    """``DATE``; Python ``datetime.date``."""

    _name = "DATE"


class _LengthType(DataType):
    def __init__(self, length: int, nullable: bool = True) -> None:
        super().__init__(nullable)
        self.length = length

    def _kind_string(self) -> str:
        return f"{self._name}({self.length})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.length}, {str(self._nullable).lower()})"


class CharType(_LengthType):
    """``CHAR(length)``; Python ``str``."""

    _name = "CHAR"


class VarCharType(_LengthType):
    """``VARCHAR(length)``, ``STRING`` at its longest; Python ``str``."""

    _name = "VARCHAR"

    def _kind_string(self) -> str:
        return "STRING" if self.length == _MAX_LENGTH else super()._kind_string()


class BinaryType(_LengthType):
    """``BINARY(length)``; Python ``bytes``."""

    _name = "BINARY"


class VarBinaryType(_LengthType):
    """``VARBINARY(length)``, ``BYTES`` at its longest; Python ``bytes``."""

    _name = "VARBINARY"

    def _kind_string(self) -> str:
        return "BYTES" if self.length == _MAX_LENGTH else super()._kind_string()


class DecimalType(DataType):
    """``DECIMAL(precision, scale)``; Python ``decimal.Decimal``."""

    def __init__(self, precision: int = 10, scale: int = 0, nullable: bool = True) -> None:
        if not 1 <= precision <= 38 or not 0 <= scale <= precision:
            raise ValueError(
                f"Invalid DECIMAL({precision}, {scale}): precision is 1 to 38, scale 0 to precision."
            )
        super().__init__(nullable)
        self.precision = precision
        self.scale = scale

    def _kind_string(self) -> str:
        return f"DECIMAL({self.precision}, {self.scale})"

    def __repr__(self) -> str:
        return f"DecimalType({self.precision}, {self.scale}, {str(self._nullable).lower()})"


class _FractionType(DataType):
    def __init__(self, precision: int, nullable: bool = True) -> None:
        if not 0 <= precision <= 9:
            raise ValueError(f"Invalid {self._name}({precision}): precision is 0 to 9.")
        super().__init__(nullable)
        self.precision = precision

    def _kind_string(self) -> str:
        return f"{self._name}({self.precision})"

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.precision}, {str(self._nullable).lower()})"


class TimeType(_FractionType):
    """``TIME(precision)``; Python ``datetime.time``."""

    _name = "TIME"


class TimestampType(_FractionType):
    """``TIMESTAMP(precision)`` without time zone; Python naive ``datetime.datetime``."""

    _name = "TIMESTAMP"


class LocalZonedTimestampType(_FractionType):
    """``TIMESTAMP_LTZ(precision)``, an instant; Python ``datetime.datetime``."""

    _name = "TIMESTAMP_LTZ"


class YearMonthIntervalType(DataType):
    """``INTERVAL YEAR TO MONTH``; Python ``int``, months."""

    _name = "INTERVAL YEAR TO MONTH"


class DayTimeIntervalType(DataType):
    """``INTERVAL DAY TO SECOND(3)``; Python ``datetime.timedelta``."""

    _name = "INTERVAL DAY TO SECOND(3)"


class ArrayType(DataType):
    """``ARRAY<element>``; Python ``list``."""

    def __init__(self, element_type: DataType, nullable: bool = True) -> None:
        super().__init__(nullable)
        self.element_type = element_type

    def _kind_string(self) -> str:
        return f"ARRAY<{self.element_type.to_type_string()}>"

    def __repr__(self) -> str:
        return f"ArrayType({self.element_type!r}, {str(self._nullable).lower()})"


class MultisetType(DataType):
    """``MULTISET<element>``; Python ``dict`` from element to count."""

    def __init__(self, element_type: DataType, nullable: bool = True) -> None:
        super().__init__(nullable)
        self.element_type = element_type

    def _kind_string(self) -> str:
        return f"MULTISET<{self.element_type.to_type_string()}>"

    def __repr__(self) -> str:
        return f"MultisetType({self.element_type!r}, {str(self._nullable).lower()})"


class MapType(DataType):
    """``MAP<key, value>``; Python ``dict``."""

    def __init__(self, key_type: DataType, value_type: DataType, nullable: bool = True) -> None:
        super().__init__(nullable)
        self.key_type = key_type
        self.value_type = value_type

    def _kind_string(self) -> str:
        return f"MAP<{self.key_type.to_type_string()}, {self.value_type.to_type_string()}>"

    def __repr__(self) -> str:
        return f"MapType({self.key_type!r}, {self.value_type!r}, {str(self._nullable).lower()})"


class RowField:
    """A field of a ROW type."""

    def __init__(self, name: str, data_type: DataType, description: str | None = None) -> None:
        self.name = name
        self.data_type = data_type
        self.description = description

    def __eq__(self, other: object) -> bool:
        return isinstance(other, RowField) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((self.name, self.data_type))

    def __repr__(self) -> str:
        return f"RowField({self.name}, {self.data_type!r})"


class RowType(DataType):
    """``ROW<name type, ...>``; Python ``Row``, tuple or list."""

    def __init__(self, fields: Sequence[RowField] = (), nullable: bool = True) -> None:
        super().__init__(nullable)
        self.fields = list(fields)

    def add(self, field: RowField | str, data_type: DataType | None = None) -> RowType:
        """Adds a field; returns itself."""
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

    def _kind_string(self) -> str:
        def text(field: RowField) -> str:
            name = field.name.replace("`", "``")
            comment = "" if field.description is None else " '" + field.description.replace("'", "''") + "'"
            return f"`{name}` {field.data_type.to_type_string()}{comment}"

        return f"ROW<{', '.join(map(text, self.fields))}>"

    def __repr__(self) -> str:
        return f"RowType({','.join(map(repr, self.fields))})"


class DataTypes:
    """Makes types.

    >>> DataTypes.DECIMAL(10, 2).to_type_string()
    'DECIMAL(10, 2)'
    """

    @staticmethod
    def NULL() -> NullType:
        """``NULL``."""
        return NullType()

    @staticmethod
    def CHAR(length: int, nullable: bool = True) -> CharType:
        """``CHAR(length)``."""
        return CharType(length, nullable)

    @staticmethod
    def VARCHAR(length: int, nullable: bool = True) -> VarCharType:
        """``VARCHAR(length)``."""
        return VarCharType(length, nullable)

    @staticmethod
    def STRING(nullable: bool = True) -> VarCharType:
        """``STRING``."""
        return VarCharType(_MAX_LENGTH, nullable)

    @staticmethod
    def BOOLEAN(nullable: bool = True) -> BooleanType:
        """``BOOLEAN``."""
        return BooleanType(nullable)

    @staticmethod
    def BINARY(length: int, nullable: bool = True) -> BinaryType:
        """``BINARY(length)``."""
        return BinaryType(length, nullable)

    @staticmethod
    def VARBINARY(length: int, nullable: bool = True) -> VarBinaryType:
        """``VARBINARY(length)``."""
        return VarBinaryType(length, nullable)

    @staticmethod
    def BYTES(nullable: bool = True) -> VarBinaryType:
        """``BYTES``."""
        return VarBinaryType(_MAX_LENGTH, nullable)

    @staticmethod
    def DECIMAL(precision: int, scale: int, nullable: bool = True) -> DecimalType:
        """``DECIMAL(precision, scale)``."""
        return DecimalType(precision, scale, nullable)

    @staticmethod
    def TINYINT(nullable: bool = True) -> TinyIntType:
        """``TINYINT``."""
        return TinyIntType(nullable)

    @staticmethod
    def SMALLINT(nullable: bool = True) -> SmallIntType:
        """``SMALLINT``."""
        return SmallIntType(nullable)

    @staticmethod
    def INT(nullable: bool = True) -> IntType:
        """``INT``."""
        return IntType(nullable)

    @staticmethod
    def BIGINT(nullable: bool = True) -> BigIntType:
        """``BIGINT``."""
        return BigIntType(nullable)

    @staticmethod
    def FLOAT(nullable: bool = True) -> FloatType:
        """``FLOAT``."""
        return FloatType(nullable)

    @staticmethod
    def DOUBLE(nullable: bool = True) -> DoubleType:
        """``DOUBLE``."""
        return DoubleType(nullable)

    @staticmethod
    def DATE(nullable: bool = True) -> DateType:
        """``DATE``."""
        return DateType(nullable)

    @staticmethod
    def TIME(precision: int = 0, nullable: bool = True) -> TimeType:
        """``TIME(precision)``."""
        return TimeType(precision, nullable)

    @staticmethod
    def TIMESTAMP(precision: int = 6, nullable: bool = True) -> TimestampType:
        """``TIMESTAMP(precision)``."""
        return TimestampType(precision, nullable)

    @staticmethod
    def TIMESTAMP_LTZ(precision: int = 6, nullable: bool = True) -> LocalZonedTimestampType:
        """``TIMESTAMP_LTZ(precision)``."""
        return LocalZonedTimestampType(precision, nullable)

    @staticmethod
    def TIMESTAMP_WITH_LOCAL_TIME_ZONE(precision: int = 6, nullable: bool = True) -> LocalZonedTimestampType:
        """``TIMESTAMP(precision) WITH LOCAL TIME ZONE``."""
        return LocalZonedTimestampType(precision, nullable)

    @staticmethod
    def ARRAY(element_type: DataType, nullable: bool = True) -> ArrayType:
        """``ARRAY<element>``."""
        return ArrayType(element_type, nullable)

    @staticmethod
    def MULTISET(element_type: DataType, nullable: bool = True) -> MultisetType:
        """``MULTISET<element>``."""
        return MultisetType(element_type, nullable)

    @staticmethod
    def MAP(key_type: DataType, value_type: DataType, nullable: bool = True) -> MapType:
        """``MAP<key, value>``."""
        return MapType(key_type, value_type, nullable)

    @staticmethod
    def ROW(row_fields: Sequence[RowField] = (), nullable: bool = True) -> RowType:
        """``ROW<...>`` of :meth:`FIELD` fields."""
        return RowType(row_fields, nullable)

    @staticmethod
    def FIELD(name: str, data_type: DataType, description: str | None = None) -> RowField:
        """A field of a :meth:`ROW`."""
        return RowField(name, data_type, description)


def to_type_string(data_type: DataType | str) -> str:
    """The text of a type that is given as an object or as text already."""
    return data_type if isinstance(data_type, str) else data_type.to_type_string()


def infer_schema_from_data(elements: Iterable[Any], names: Sequence[str] | None = None) -> RowType:
    """The type of rows, from all of them, as PyFlink's ``from_elements`` infers it.

    >>> infer_schema_from_data([(1, None), (2, "b")], ["a", "b"]).to_type_string()
    'ROW<`a` BIGINT, `b` STRING>'

    :raises ValueError: if there are no rows, or a column holds only NULL.
    :raises TypeError: if the values of a column have no common type.
    """
    row_type: DataType | None = None
    for element in elements:
        inferred = _infer_row(element, names)
        row_type = inferred if row_type is None else _merge(row_type, inferred)
    if not isinstance(row_type, RowType):
        raise ValueError("can not infer schema from empty data")
    if _has_null_type(row_type):
        raise ValueError("Some column types cannot be determined after inferring")
    return row_type


def _infer_row(element: Any, names: Sequence[str] | None) -> RowType:
    from nutkin.common.types import Row

    if isinstance(element, dict):
        items = sorted(element.items())
    elif isinstance(element, Row) and element._fields is not None:
        items = list(zip(element._fields, element, strict=True))
    elif isinstance(element, (tuple, list, Row)):
        given = list(names or [])
        given += [f"_{index + 1}" for index in range(len(given), len(element))]
        items = list(zip(given, element, strict=False))
    elif hasattr(element, "__dict__"):
        items = sorted(element.__dict__.items())
    else:
        raise TypeError(f"Can not infer schema for type: {type(element)}")
    if names is not None and len(names) == len(items):
        items = [(name, value) for name, (_, value) in zip(names, items, strict=True)]
    return RowType([RowField(name, _infer_type(value)) for name, value in items])


_INFERRED: tuple[tuple[type, DataType], ...] = (
    (bool, BooleanType()),
    (int, BigIntType()),
    (float, DoubleType()),
    (str, VarCharType(_MAX_LENGTH)),
    (bytes, VarBinaryType(_MAX_LENGTH)),
    (bytearray, VarBinaryType(_MAX_LENGTH)),
    (decimal.Decimal, DecimalType(38, 18)),
    (datetime.datetime, LocalZonedTimestampType(6)),
    (datetime.date, DateType()),
    (datetime.time, TimeType(0)),
    (datetime.timedelta, DayTimeIntervalType()),
)


def _infer_type(value: Any) -> DataType:
    if value is None:
        return NullType()
    for python_type, data_type in _INFERRED:
        if isinstance(value, python_type):
            return data_type
    if isinstance(value, dict):
        key_type: DataType = NullType()
        value_type: DataType = NullType()
        for key, item in value.items():
            key_type = _merge(key_type, _infer_type(key))
            value_type = _merge(value_type, _infer_type(item))
        return MapType(key_type.not_null(), value_type)
    if isinstance(value, list):
        element_type: DataType = NullType()
        for item in value:
            element_type = _merge(element_type, _infer_type(item))
        return ArrayType(element_type)
    return _infer_row(value, None)


def _merge(left: DataType, right: DataType) -> DataType:
    if isinstance(left, NullType):
        return right
    if isinstance(right, NullType):
        return left
    if type(left) is not type(right):
        raise TypeError(f"Can not merge type {left!r} and {right!r}")
    if isinstance(left, RowType) and isinstance(right, RowType):
        others = {field.name: field.data_type for field in right.fields}
        fields = [RowField(f.name, _merge(f.data_type, others.pop(f.name, NullType()))) for f in left.fields]
        fields += [RowField(name, data_type) for name, data_type in others.items()]
        return RowType(fields)
    if isinstance(left, ArrayType) and isinstance(right, ArrayType):
        return ArrayType(_merge(left.element_type, right.element_type))
    if isinstance(left, MapType) and isinstance(right, MapType):
        return MapType(_merge(left.key_type, right.key_type), _merge(left.value_type, right.value_type))
    return left


def _has_null_type(data_type: DataType) -> bool:
    if isinstance(data_type, RowType):
        return any(map(_has_null_type, data_type.field_types()))
    if isinstance(data_type, ArrayType):
        return _has_null_type(data_type.element_type)
    if isinstance(data_type, MapType):
        return _has_null_type(data_type.key_type) or _has_null_type(data_type.value_type)
    return isinstance(data_type, NullType)
