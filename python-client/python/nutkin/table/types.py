"""Data types of tables. Mirrors ``pyflink.table.types``.

Types are plain descriptions; they reach the gateway as Flink's type texts (``BIGINT NOT NULL``), and
:func:`parse_data_type` reads the texts that it answers with.
"""

from nutkin.common.types import Row, RowKind
from nutkin.table._types.arrow import create_arrow_schema, from_arrow_type, to_arrow_type
from nutkin.table._types.atomic import (
    BigIntType,
    BinaryType,
    BooleanType,
    CharType,
    DecimalType,
    DoubleType,
    FloatType,
    IntType,
    NullType,
    SmallIntType,
    TinyIntType,
    VarBinaryType,
    VarCharType,
)
from nutkin.table._types.base import (
    AtomicType,
    DataType,
    FractionalType,
    IntegralType,
    NumericType,
    to_type_string,
)
from nutkin.table._types.infer import infer_schema_from_data
from nutkin.table._types.interval import DayTimeIntervalType, Resolution, YearMonthIntervalType
from nutkin.table._types.names import DataTypes
from nutkin.table._types.nested import ArrayType, MapType, MultisetType, RowField, RowType
from nutkin.table._types.parse import parse_data_type
from nutkin.table._types.special import ListViewType, MapViewType, RawType, UserDefinedType
from nutkin.table._types.temporal import (
    DateType,
    LocalZonedTimestampType,
    TimestampType,
    TimeType,
    ZonedTimestampType,
)

__all__ = [
    "ArrayType",
    "AtomicType",
    "BigIntType",
    "BinaryType",
    "BooleanType",
    "CharType",
    "DataType",
    "DataTypes",
    "DateType",
    "DayTimeIntervalType",
    "DecimalType",
    "DoubleType",
    "FloatType",
    "FractionalType",
    "IntType",
    "IntegralType",
    "ListViewType",
    "LocalZonedTimestampType",
    "MapType",
    "MapViewType",
    "MultisetType",
    "NullType",
    "NumericType",
    "RawType",
    "Resolution",
    "Row",
    "RowField",
    "RowKind",
    "RowType",
    "SmallIntType",
    "TimeType",
    "TimestampType",
    "TinyIntType",
    "UserDefinedType",
    "VarBinaryType",
    "VarCharType",
    "YearMonthIntervalType",
    "ZonedTimestampType",
    "create_arrow_schema",
    "from_arrow_type",
    "infer_schema_from_data",
    "parse_data_type",
    "to_arrow_type",
    "to_type_string",
]
