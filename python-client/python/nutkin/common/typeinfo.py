"""Types as stream programs name them. Mirrors ``pyflink.common.typeinfo``.

Table programs name types with :class:`nutkin.table.DataTypes`; ``to_data_type`` says which is meant.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, NoReturn

from nutkin.common import _epoch
from nutkin.common.time import Instant

if TYPE_CHECKING:
    from nutkin.table.types import DataType


class TypeInformation:
    """The base of the types."""

    def __init__(self) -> None:
        self._parts: tuple[Any, ...] = ()

    def get_java_type_info(self) -> NoReturn:
        """The object of a JVM, which is refused: there is none."""
        from nutkin._refusals import refusal

        raise refusal("common.typeinfo.TypeInformation.get_java_type_info")

    def need_conversion(self) -> bool:
        """Whether Python values and the values that travel differ."""
        return False

    def to_internal_type(self, obj: Any) -> Any:
        """The value that travels, of a Python value."""
        return obj

    def from_internal_type(self, obj: Any) -> Any:
        """The Python value, of one that travelled."""
        return obj

    def to_data_type(self) -> DataType:
        """The type of tables that holds the same values.

        >>> Types.MAP(Types.STRING(), Types.INT()).to_data_type().to_type_string()
        'MAP<STRING, INT>'
        """
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        return (
            type(self) is type(other) and isinstance(other, TypeInformation) and self._parts == other._parts
        )

    def __hash__(self) -> int:
        return hash((type(self), str(self)))

    def __repr__(self) -> str:
        return type(self).__name__


class BasicType(Enum):
    """The basic types by the names of their Java classes."""

    STRING = "String"
    BYTE = "Byte"
    BOOLEAN = "Boolean"
    SHORT = "Short"
    INT = "Integer"
    LONG = "Long"
    FLOAT = "Float"
    DOUBLE = "Double"
    CHAR = "Char"
    BIG_INT = "BigInteger"
    BIG_DEC = "BigDecimal"
    INSTANT = "Instant"


_BASIC_TYPES = {
    BasicType.STRING: "STRING",
    BasicType.BYTE: "TINYINT",
    BasicType.BOOLEAN: "BOOLEAN",
    BasicType.SHORT: "SMALLINT",
    BasicType.INT: "INT",
    BasicType.LONG: "BIGINT",
    BasicType.FLOAT: "FLOAT",
    BasicType.DOUBLE: "DOUBLE",
}


class BasicTypeInfo(TypeInformation):
    """Numbers, booleans, texts."""

    def __init__(self, basic_type: BasicType) -> None:
        super().__init__()
        self._basic_type = basic_type
        self._parts = (basic_type,)

    def to_data_type(self) -> DataType:
        """The type of tables that holds the same values."""
        from nutkin.table.types import DataTypes

        if self._basic_type in _BASIC_TYPES:
            data_type: DataType = getattr(DataTypes, _BASIC_TYPES[self._basic_type])()
            return data_type
        if self._basic_type is BasicType.CHAR:
            return DataTypes.CHAR(1)
        if self._basic_type is BasicType.BIG_INT:
            return DataTypes.DECIMAL(38, 0)
        if self._basic_type is BasicType.BIG_DEC:
            return DataTypes.DECIMAL(38, 18)
        return DataTypes.TIMESTAMP_LTZ(9)

    def __repr__(self) -> str:
        return self._basic_type.value

    @staticmethod
    def STRING_TYPE_INFO() -> BasicTypeInfo:
        """Texts."""
        return BasicTypeInfo(BasicType.STRING)

    @staticmethod
    def BOOLEAN_TYPE_INFO() -> BasicTypeInfo:
        """Booleans."""
        return BasicTypeInfo(BasicType.BOOLEAN)

    @staticmethod
    def BYTE_TYPE_INFO() -> BasicTypeInfo:
        """Whole numbers of 8 bits."""
        return BasicTypeInfo(BasicType.BYTE)

    @staticmethod
    def SHORT_TYPE_INFO() -> BasicTypeInfo:
        """Whole numbers of 16 bits."""
        return BasicTypeInfo(BasicType.SHORT)

    @staticmethod
    def INT_TYPE_INFO() -> BasicTypeInfo:
        """Whole numbers of 32 bits."""
        return BasicTypeInfo(BasicType.INT)

    @staticmethod
    def LONG_TYPE_INFO() -> BasicTypeInfo:
        """Whole numbers of 64 bits."""
        return BasicTypeInfo(BasicType.LONG)

    @staticmethod
    def FLOAT_TYPE_INFO() -> BasicTypeInfo:
        """Numbers of single precision."""
        return BasicTypeInfo(BasicType.FLOAT)

    @staticmethod
    def DOUBLE_TYPE_INFO() -> BasicTypeInfo:
        """Numbers of double precision."""
        return BasicTypeInfo(BasicType.DOUBLE)

    @staticmethod
    def CHAR_TYPE_INFO() -> BasicTypeInfo:
        """Single characters."""
        return BasicTypeInfo(BasicType.CHAR)

    @staticmethod
    def BIG_INT_TYPE_INFO() -> BasicTypeInfo:
        """Whole numbers of any size; 38 digits in tables."""
        return BasicTypeInfo(BasicType.BIG_INT)

    @staticmethod
    def BIG_DEC_TYPE_INFO() -> BasicTypeInfo:
        """Decimals of any size; ``DECIMAL(38, 18)`` in tables."""
        return BasicTypeInfo(BasicType.BIG_DEC)

    @staticmethod
    def INSTANT_TYPE_INFO() -> BasicTypeInfo:
        """Points of time."""
        return InstantTypeInfo(BasicType.INSTANT)


class InstantTypeInfo(BasicTypeInfo):
    """Points of time; they travel as microseconds since 1970."""

    def __init__(self, basic_type: BasicType) -> None:
        super().__init__(basic_type)

    def need_conversion(self) -> bool:
        """True."""
        return True

    def to_internal_type(self, obj: Instant) -> int:
        """Microseconds since 1970."""
        return obj.to_epoch_milli() * 1000

    def from_internal_type(self, obj: int) -> Instant:
        """The instant so many microseconds after 1970."""
        return Instant.of_epoch_milli(obj // 1000)


class SqlTimeTypeInfo(TypeInformation):
    """Makes the types of ``java.sql``."""

    @staticmethod
    def DATE() -> TypeInformation:
        """Dates."""
        return DateTypeInfo()

    @staticmethod
    def TIME() -> TypeInformation:
        """Times of day."""
        return TimeTypeInfo()

    @staticmethod
    def TIMESTAMP() -> TypeInformation:
        """Dates with times of day."""
        return TimestampTypeInfo()


class _ElementTypeInfo(TypeInformation):
    def __init__(self, element_type: TypeInformation) -> None:
        super().__init__()
        self._element_type = element_type
        self._parts = (element_type,)

    def to_data_type(self) -> DataType:
        """``ARRAY`` of the elements' type."""
        from nutkin.table.types import DataTypes

        return DataTypes.ARRAY(self._element_type.to_data_type())

    def __repr__(self) -> str:
        return f"{type(self).__name__}<{self._element_type}>"


class PrimitiveArrayTypeInfo(_ElementTypeInfo):
    """Arrays of numbers or booleans, none of them NULL."""

    def to_data_type(self) -> DataType:
        """``ARRAY`` of the elements' type, without NULL; ``BYTES`` for bytes."""
        from nutkin.table.types import DataTypes

        if self._element_type == Types.BYTE():
            return DataTypes.BYTES()
        return DataTypes.ARRAY(self._element_type.to_data_type().not_null())


class BasicArrayTypeInfo(_ElementTypeInfo):
    """Arrays of numbers, booleans or texts."""


class ObjectArrayTypeInfo(_ElementTypeInfo):
    """Arrays of anything."""


class ListTypeInfo(_ElementTypeInfo):
    """Lists."""


class PickledBytesTypeInfo(TypeInformation):
    """Any Python object, pickled; bytes in tables."""

    def to_data_type(self) -> DataType:
        """``BYTES``."""
        from nutkin.table.types import DataTypes

        return DataTypes.BYTES()

    def __repr__(self) -> str:
        return "PickledByteArrayTypeInfo"


class _FieldsTypeInfo(TypeInformation):
    def __init__(self, field_types: Sequence[TypeInformation]) -> None:
        super().__init__()
        self._field_types = list(field_types)
        self._parts = tuple(field_types)

    def get_field_types(self) -> list[TypeInformation]:
        """The types of the fields."""
        return self._field_types

    def need_conversion(self) -> bool:
        """True."""
        return True

    def _convert(self, values: Any) -> tuple[Any, ...]:
        return tuple(
            one.to_internal_type(value) for one, value in zip(self._field_types, values, strict=True)
        )

    def from_internal_type(self, obj: Any) -> Any:
        """The values of a row that travelled, which are Python values already."""
        return obj

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(map(str, self._field_types))})"


class RowTypeInfo(_FieldsTypeInfo):
    """Rows.

    >>> Types.ROW_NAMED(["id", "name"], [Types.LONG(), Types.STRING()])
    RowTypeInfo(id: Long, name: String)
    """

    def __init__(
        self, field_types: Sequence[TypeInformation], field_names: Sequence[str] | None = None
    ) -> None:
        super().__init__(field_types)
        self._field_names = None if field_names is None else list(field_names)

    def get_field_names(self) -> list[str]:
        """The names of the fields; ``f0``, ``f1``, ... if none were given."""
        return self._field_names or [f"f{index}" for index in range(len(self._field_types))]

    def get_field_index(self, field_name: str) -> int:
        """Where the field of this name is; -1 if fields have no names."""
        return self._field_names.index(field_name) if self._field_names else -1

    def to_internal_type(self, obj: Any) -> Any:
        """The kind of change and the values.

        :raises ValueError: if ``obj`` is nothing like a row.
        """
        from nutkin.common.types import Row, RowKind

        if obj is None:
            return None
        kind = obj.get_row_kind() if isinstance(obj, Row) else RowKind.INSERT
        if isinstance(obj, dict):
            values: Any = [obj.get(name) for name in self.get_field_names()]
        elif isinstance(obj, Row) and obj._fields is not None:
            values = [obj[name] for name in self.get_field_names()]
        elif isinstance(obj, (tuple, list, Row)):
            values = obj
        elif hasattr(obj, "__dict__"):
            values = [obj.__dict__.get(name) for name in self.get_field_names()]
        else:
            raise ValueError(f"Unexpected tuple {obj!r} with RowTypeInfo")
        return (kind.value, *self._convert(values))

    def to_data_type(self) -> DataType:
        """``ROW`` of the fields."""
        from nutkin.table.types import DataTypes

        pairs = zip(self.get_field_names(), self._field_types, strict=True)
        return DataTypes.ROW([DataTypes.FIELD(name, one.to_data_type()) for name, one in pairs])

    def __repr__(self) -> str:
        if self._field_names is None:
            return super().__repr__()
        pairs = zip(self._field_names, self._field_types, strict=True)
        return f"RowTypeInfo({', '.join(f'{name}: {one}' for name, one in pairs)})"


class TupleTypeInfo(_FieldsTypeInfo):
    """Tuples."""

    def to_internal_type(self, obj: Any) -> Any:
        """The values.

        :raises ValueError: if ``obj`` is nothing like a tuple.
        """
        from nutkin.common.types import Row

        if obj is None:
            return None
        if not isinstance(obj, (tuple, list, Row)):
            raise ValueError(f"Unexpected tuple {obj!r} with TupleTypeInfo")
        return self._convert(obj)

    def to_data_type(self) -> DataType:
        """``ROW`` of fields named ``f0``, ``f1``, ..."""
        return RowTypeInfo(self._field_types).to_data_type()


class DateTypeInfo(TypeInformation):
    """Dates; they travel as days since 1970."""

    EPOCH_ORDINAL = _epoch.DATE_EPOCH_ORDINAL

    def __init__(self) -> None:
        super().__init__()

    def need_conversion(self) -> bool:
        """True."""
        return True

    def to_internal_type(self, d: datetime.date | None) -> int | None:
        """Days since 1970."""
        return _epoch.date_to_days(d)

    def from_internal_type(self, v: int | None) -> datetime.date | None:
        """The date so many days after 1970."""
        return _epoch.days_to_date(v)

    def to_data_type(self) -> DataType:
        """``DATE``."""
        from nutkin.table.types import DataTypes

        return DataTypes.DATE()


class TimeTypeInfo(TypeInformation):
    """Times of day; they travel as microseconds."""

    EPOCH_ORDINAL = _epoch.LOCAL_EPOCH_MICROS

    def need_conversion(self) -> bool:
        """True."""
        return True

    def to_internal_type(self, t: datetime.time | None) -> int | None:
        """Microseconds."""
        return _epoch.time_to_micros(t)

    def from_internal_type(self, t: int | None) -> datetime.time | None:
        """The time of day of so many microseconds."""
        return _epoch.micros_to_time(t)

    def to_data_type(self) -> DataType:
        """``TIME(0)``."""
        from nutkin.table.types import DataTypes

        return DataTypes.TIME()


class TimestampTypeInfo(TypeInformation):
    """Dates with times of day; they travel as microseconds since 1970, by the local clock."""

    def need_conversion(self) -> bool:
        """True."""
        return True

    def to_internal_type(self, dt: datetime.datetime | None) -> int | None:
        """Microseconds since 1970."""
        return _epoch.datetime_to_micros(dt)

    def from_internal_type(self, ts: int | None) -> datetime.datetime | None:
        """The local time so many microseconds after 1970."""
        return _epoch.micros_to_datetime(ts)

    def to_data_type(self) -> DataType:
        """``TIMESTAMP(3)``."""
        from nutkin.table.types import DataTypes

        return DataTypes.TIMESTAMP(3)


class MapTypeInfo(TypeInformation):
    """Maps."""

    def __init__(self, key_type_info: TypeInformation, value_type_info: TypeInformation) -> None:
        super().__init__()
        self._key_type_info = key_type_info
        self._value_type_info = value_type_info
        self._parts = (key_type_info, value_type_info)

    def to_data_type(self) -> DataType:
        """``MAP`` of the same."""
        from nutkin.table.types import DataTypes

        return DataTypes.MAP(self._key_type_info.to_data_type(), self._value_type_info.to_data_type())

    def __repr__(self) -> str:
        return f"MapTypeInfo<{self._key_type_info}, {self._value_type_info}>"


class LocalTimeTypeInfo(TypeInformation):
    """Dates and times of ``java.time``."""

    class TimeType(Enum):
        """Which."""

        LOCAL_DATE = 0
        LOCAL_TIME = 1
        LOCAL_DATE_TIME = 2

    def __init__(self, time_type: LocalTimeTypeInfo.TimeType) -> None:
        super().__init__()
        self._time_type = time_type
        self._parts = (time_type,)

    def to_data_type(self) -> DataType:
        """``DATE``, ``TIME(0)`` or ``TIMESTAMP(3)``."""
        from nutkin.table.types import DataTypes

        made: dict[LocalTimeTypeInfo.TimeType, DataType] = {
            self.TimeType.LOCAL_DATE: DataTypes.DATE(),
            self.TimeType.LOCAL_TIME: DataTypes.TIME(),
            self.TimeType.LOCAL_DATE_TIME: DataTypes.TIMESTAMP(3),
        }
        return made[self._time_type]

    def __repr__(self) -> str:
        return f"LocalTimeTypeInfo({self._time_type.name})"


class ExternalTypeInfo(TypeInformation):
    """Another type, as tables hold its values."""

    def __init__(self, type_info: TypeInformation) -> None:
        super().__init__()
        self._type_info = type_info
        self._parts = (type_info,)

    def to_data_type(self) -> DataType:
        """The type that the other one means."""
        return self._type_info.to_data_type()

    def __repr__(self) -> str:
        return f"ExternalTypeInfo<{self._type_info}>"


class Types:
    """Makes types.

    >>> Types.LIST(Types.STRING())
    ListTypeInfo<String>
    """

    STRING = staticmethod(BasicTypeInfo.STRING_TYPE_INFO)
    BYTE = staticmethod(BasicTypeInfo.BYTE_TYPE_INFO)
    BOOLEAN = staticmethod(BasicTypeInfo.BOOLEAN_TYPE_INFO)
    SHORT = staticmethod(BasicTypeInfo.SHORT_TYPE_INFO)
    INT = staticmethod(BasicTypeInfo.INT_TYPE_INFO)
    LONG = staticmethod(BasicTypeInfo.LONG_TYPE_INFO)
    FLOAT = staticmethod(BasicTypeInfo.FLOAT_TYPE_INFO)
    DOUBLE = staticmethod(BasicTypeInfo.DOUBLE_TYPE_INFO)
    CHAR = staticmethod(BasicTypeInfo.CHAR_TYPE_INFO)
    BIG_INT = staticmethod(BasicTypeInfo.BIG_INT_TYPE_INFO)
    BIG_DEC = staticmethod(BasicTypeInfo.BIG_DEC_TYPE_INFO)
    INSTANT = staticmethod(BasicTypeInfo.INSTANT_TYPE_INFO)
    SQL_DATE = staticmethod(SqlTimeTypeInfo.DATE)
    SQL_TIME = staticmethod(SqlTimeTypeInfo.TIME)
    SQL_TIMESTAMP = staticmethod(SqlTimeTypeInfo.TIMESTAMP)

    @staticmethod
    def PICKLED_BYTE_ARRAY() -> PickledBytesTypeInfo:
        """Any Python object, pickled."""
        return PickledBytesTypeInfo()

    @staticmethod
    def ROW(field_types: Sequence[TypeInformation]) -> RowTypeInfo:
        """Rows of fields named ``f0``, ``f1``, ..."""
        return RowTypeInfo(field_types)

    @staticmethod
    def ROW_NAMED(field_names: Sequence[str], field_types: Sequence[TypeInformation]) -> RowTypeInfo:
        """Rows of named fields."""
        return RowTypeInfo(field_types, field_names)

    @staticmethod
    def TUPLE(field_types: Sequence[TypeInformation]) -> TupleTypeInfo:
        """Tuples."""
        return TupleTypeInfo(field_types)

    @staticmethod
    def PRIMITIVE_ARRAY(element_type: TypeInformation) -> TypeInformation:
        """Arrays of numbers or booleans, none of them NULL."""
        return PrimitiveArrayTypeInfo(element_type)

    @staticmethod
    def BASIC_ARRAY(element_type: TypeInformation) -> TypeInformation:
        """Arrays of numbers, booleans or texts."""
        return BasicArrayTypeInfo(element_type)

    @staticmethod
    def OBJECT_ARRAY(element_type: TypeInformation) -> TypeInformation:
        """Arrays of anything."""
        return ObjectArrayTypeInfo(element_type)

    @staticmethod
    def MAP(key_type_info: TypeInformation, value_type_info: TypeInformation) -> TypeInformation:
        """Maps."""
        return MapTypeInfo(key_type_info, value_type_info)

    @staticmethod
    def LIST(element_type_info: TypeInformation) -> TypeInformation:
        """Lists."""
        return ListTypeInfo(element_type_info)
