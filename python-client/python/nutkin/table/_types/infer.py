"""The type of Python values, as ``from_elements`` finds it."""

from __future__ import annotations

import datetime
import decimal
from collections.abc import Iterable, Sequence
from typing import Any

from nutkin.table._types.atomic import (
    MAX_LENGTH,
    BigIntType,
    BooleanType,
    DecimalType,
    DoubleType,
    NullType,
    VarBinaryType,
    VarCharType,
)
from nutkin.table._types.base import DataType
from nutkin.table._types.interval import DayTimeIntervalType
from nutkin.table._types.nested import ArrayType, MapType, RowField, RowType
from nutkin.table._types.temporal import DateType, LocalZonedTimestampType, TimeType


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
    (str, VarCharType(MAX_LENGTH)),
    (bytes, VarBinaryType(MAX_LENGTH)),
    (bytearray, VarBinaryType(MAX_LENGTH)),
    (decimal.Decimal, DecimalType(38, 18)),
    (datetime.datetime, LocalZonedTimestampType(6)),
    (datetime.date, DateType()),
    (datetime.time, TimeType(0)),
    (datetime.timedelta, DayTimeIntervalType(DayTimeIntervalType.DayTimeResolution.DAY_TO_SECOND, 2, 3)),
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
