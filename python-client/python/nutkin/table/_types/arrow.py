"""Data types and those of ``pyarrow``. Mirrors the functions of ``pyflink.table.types``."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from nutkin.table._types import atomic, nested, temporal
from nutkin.table._types.base import DataType

_UNITS = {"s": 0, "ms": 3, "us": 6, "ns": 9}


def create_arrow_schema(field_names: Sequence[str], field_types: Sequence[DataType]) -> Any:
    """The ``pyarrow.Schema`` of columns."""
    import pyarrow as pa

    return pa.schema(
        [
            pa.field(name, to_arrow_type(data_type), data_type._nullable)
            for name, data_type in zip(field_names, field_types, strict=True)
        ]
    )


def from_arrow_type(arrow_type: Any, nullable: bool = True) -> DataType:
    """The type of a column of an Arrow type.

    :raises TypeError: if no type holds its values.
    """
    from pyarrow import types

    for test, made in _FROM_ARROW:
        if getattr(types, test)(arrow_type):
            return made(arrow_type, nullable)
    raise TypeError(f"Unsupported Arrow type: {arrow_type}")


def _plain(kind: type[DataType]) -> Callable[[Any, bool], DataType]:
    return lambda _, nullable: kind(nullable)


def _with_precision(kind: Any) -> Callable[[Any, bool], DataType]:
    return lambda arrow_type, nullable: kind(_UNITS[arrow_type.unit], nullable)


def _timestamp(arrow_type: Any, nullable: bool) -> DataType:
    kind = temporal.TimestampType if arrow_type.tz is None else temporal.LocalZonedTimestampType
    return kind(_UNITS[arrow_type.unit], nullable)


def _list(arrow_type: Any, nullable: bool) -> DataType:
    element = arrow_type.value_field
    return nested.ArrayType(from_arrow_type(element.type, element.nullable), nullable)


def _map(arrow_type: Any, nullable: bool) -> DataType:
    item = arrow_type.item_field
    key = from_arrow_type(arrow_type.key_type, False)
    return nested.MapType(key, from_arrow_type(item.type, item.nullable), nullable)


def _struct(arrow_type: Any, nullable: bool) -> DataType:
    fields = [nested.RowField(one.name, from_arrow_type(one.type, one.nullable)) for one in arrow_type]
    return nested.RowType(fields, nullable)


#: The tests of ``pyarrow.types`` with what each one makes, in the order in which they are tried.
_FROM_ARROW: tuple[tuple[str, Callable[[Any, bool], DataType]], ...] = (
    ("is_boolean", _plain(atomic.BooleanType)),
    ("is_int8", _plain(atomic.TinyIntType)),
    ("is_int16", _plain(atomic.SmallIntType)),
    ("is_int32", _plain(atomic.IntType)),
    ("is_int64", _plain(atomic.BigIntType)),
    ("is_uint8", _plain(atomic.SmallIntType)),
    ("is_uint16", _plain(atomic.IntType)),
    ("is_uint32", _plain(atomic.BigIntType)),
    ("is_float16", _plain(atomic.FloatType)),
    ("is_float32", _plain(atomic.FloatType)),
    ("is_float64", _plain(atomic.DoubleType)),
    ("is_decimal", lambda one, nullable: atomic.DecimalType(one.precision, one.scale, nullable)),
    ("is_string", lambda _, nullable: atomic.VarCharType(atomic.MAX_LENGTH, nullable)),
    ("is_large_string", lambda _, nullable: atomic.VarCharType(atomic.MAX_LENGTH, nullable)),
    ("is_string_view", lambda _, nullable: atomic.VarCharType(atomic.MAX_LENGTH, nullable)),
    ("is_dictionary", lambda one, nullable: from_arrow_type(one.value_type, nullable)),
    ("is_fixed_size_binary", lambda one, nullable: atomic.BinaryType(one.byte_width, nullable)),
    ("is_binary", lambda _, nullable: atomic.VarBinaryType(atomic.MAX_LENGTH, nullable)),
    ("is_large_binary", lambda _, nullable: atomic.VarBinaryType(atomic.MAX_LENGTH, nullable)),
    ("is_date", _plain(temporal.DateType)),
    ("is_time", _with_precision(temporal.TimeType)),
    ("is_timestamp", _timestamp),
    ("is_map", _map),
    ("is_list", _list),
    ("is_large_list", _list),
    ("is_fixed_size_list", _list),
    ("is_struct", _struct),
    ("is_null", lambda *_: atomic.NullType()),
)


def to_arrow_type(data_type: DataType) -> Any:
    """The ``pyarrow.DataType`` that holds the values of a type.

    :raises ValueError: if none does.
    """
    import pyarrow as pa

    if isinstance(data_type, temporal.TimeType):
        unit = _unit(data_type.precision)
        return pa.time32(unit) if unit in ("s", "ms") else pa.time64(unit)
    if isinstance(data_type, (temporal.TimestampType, temporal.LocalZonedTimestampType)):
        return pa.timestamp(_unit(data_type.precision))
    if isinstance(data_type, atomic.DecimalType):
        return pa.decimal128(data_type.precision, data_type.scale)
    if isinstance(data_type, atomic.BinaryType):
        return pa.binary(data_type.length)
    if isinstance(data_type, nested.ArrayType):
        return pa.list_(_arrow_field("item", data_type.element_type))
    if isinstance(data_type, nested.MapType):
        return pa.map_(to_arrow_type(data_type.key_type), _arrow_field("value", data_type.value_type))
    if isinstance(data_type, nested.RowType):
        return pa.struct([_arrow_field(field.name, field.data_type) for field in data_type])
    name = _ARROW_NAMES.get(type(data_type))
    if name is None:
        raise ValueError(f"field_type {data_type!r} is not supported.")
    return getattr(pa, name)()


_ARROW_NAMES: dict[type[DataType], str] = {
    atomic.TinyIntType: "int8",
    atomic.SmallIntType: "int16",
    atomic.IntType: "int32",
    atomic.BigIntType: "int64",
    atomic.BooleanType: "bool_",
    atomic.FloatType: "float32",
    atomic.DoubleType: "float64",
    atomic.CharType: "utf8",
    atomic.VarCharType: "utf8",
    atomic.VarBinaryType: "binary",
    temporal.DateType: "date32",
    atomic.NullType: "null",
}


def _arrow_field(name: str, data_type: DataType) -> Any:
    import pyarrow as pa

    return pa.field(name, to_arrow_type(data_type), data_type._nullable)


def _unit(precision: int) -> str:
    return next(unit for unit, digits in _UNITS.items() if precision <= digits)
