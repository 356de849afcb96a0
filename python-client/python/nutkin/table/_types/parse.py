"""Data types of Flink's texts, such as the gateway answers with."""

from __future__ import annotations

import re
from collections.abc import Callable

from nutkin.table._types import atomic, interval, nested, temporal
from nutkin.table._types.base import DataType

_TOKEN = re.compile(r"\s*(`(?:[^`]|``)*`|'(?:[^']|'')*'|[A-Za-z_]\w*|\d+|[<>(),*])")

_PLAIN: dict[str, type[DataType]] = {
    "BOOLEAN": atomic.BooleanType,
    "TINYINT": atomic.TinyIntType,
    "SMALLINT": atomic.SmallIntType,
    "INT": atomic.IntType,
    "INTEGER": atomic.IntType,
    "BIGINT": atomic.BigIntType,
    "FLOAT": atomic.FloatType,
    "DOUBLE": atomic.DoubleType,
    "DATE": temporal.DateType,
}
_WITH_LENGTH: dict[str, Callable[..., DataType]] = {
    "CHAR": atomic.CharType,
    "VARCHAR": atomic.VarCharType,
    "BINARY": atomic.BinaryType,
    "VARBINARY": atomic.VarBinaryType,
}
_DECIMAL: Callable[..., DataType] = atomic.DecimalType
_INSTANT: Callable[..., DataType] = temporal.LocalZonedTimestampType


def parse_data_type(text: str) -> DataType:
    """The type that a text of Flink describes.

    >>> parse_data_type("ROW<`a b` INT NOT NULL, c ARRAY<DECIMAL(10, 2)>>")["c"]
    RowField(c, ArrayType(DecimalType(10, 2, true), true))

    :raises ValueError: if it describes none.
    """
    parser = _Parser(text)
    data_type = parser.data_type()
    parser.end()
    return data_type


class _Parser:
    def __init__(self, text: str) -> None:
        self._text = text
        self._tokens = _TOKEN.findall(text)
        if _TOKEN.sub("", text).strip():
            raise self._error()
        self._position = 0

    def data_type(self) -> DataType:
        data_type = self._kind()
        if self._take("NOT"):
            self._expect("NULL")
            data_type = data_type.not_null()
        elif self._take("NULL"):
            data_type = data_type.nullable()
        if self._take("*"):
            self._skip_time_attribute()
        return data_type

    def end(self) -> None:
        if self._position < len(self._tokens):
            raise self._error()

    def _kind(self) -> DataType:
        name = self._next().upper()
        if name in _PLAIN:
            return _PLAIN[name]()
        if name in _WITH_LENGTH:
            return _WITH_LENGTH[name](*self._arguments())
        if name == "STRING":
            return atomic.VarCharType(atomic.MAX_LENGTH)
        if name == "BYTES":
            return atomic.VarBinaryType(atomic.MAX_LENGTH)
        if name in ("DECIMAL", "DEC", "NUMERIC"):
            return _DECIMAL(*self._arguments())
        if name == "NULL":
            return atomic.NullType()
        if name in ("TIME", "TIMESTAMP", "TIMESTAMP_LTZ"):
            return self._time(name)
        if name == "INTERVAL":
            return self._interval()
        if name in ("ARRAY", "MULTISET"):
            self._expect("<")
            element = self.data_type()
            self._expect(">")
            return nested.ArrayType(element) if name == "ARRAY" else nested.MultisetType(element)
        if name == "MAP":
            self._expect("<")
            key = self.data_type()
            self._expect(",")
            value = self.data_type()
            self._expect(">")
            return nested.MapType(key, value)
        if name == "ROW":
            return self._row()
        raise self._error()

    def _time(self, name: str) -> DataType:
        arguments = self._arguments()
        if name == "TIMESTAMP_LTZ":
            return _INSTANT(*arguments)
        kind: Callable[..., DataType] = temporal.TimeType if name == "TIME" else temporal.TimestampType
        if self._take("WITH"):
            kind = temporal.LocalZonedTimestampType if self._take("LOCAL") else temporal.ZonedTimestampType
            self._expect("TIME")
            self._expect("ZONE")
        elif self._take("WITHOUT"):
            self._expect("TIME")
            self._expect("ZONE")
        return kind(*arguments)

    def _interval(self) -> DataType:
        upper = self._resolution()
        lower = self._resolution() if self._take("TO") else None
        return interval.interval_type(upper, lower)

    def _resolution(self) -> interval.Resolution:
        unit = interval.Resolution.IntervalUnit[self._next().upper()]
        defaults = {"YEAR": 2, "DAY": 2, "SECOND": 6}
        return interval.Resolution(unit, *(self._arguments() or [defaults.get(unit.name, -1)]))

    def _row(self) -> DataType:
        closing = ">" if self._take("<") else ")"
        if closing == ")":
            self._expect("(")
        fields: list[nested.RowField] = []
        while not self._take(closing):
            if fields:
                self._expect(",")
            name = self._next()
            if name.startswith("`"):
                name = name[1:-1].replace("``", "`")
            data_type = self.data_type()
            comment = self._next()[1:-1].replace("''", "'") if self._peek().startswith("'") else None
            fields.append(nested.RowField(name, data_type, comment))
        return nested.RowType(fields)

    def _arguments(self) -> list[int]:
        if not self._take("("):
            return []
        numbers = [int(self._next())]
        while self._take(","):
            numbers.append(int(self._next()))
        self._expect(")")
        return numbers

    def _skip_time_attribute(self) -> None:
        # `TIMESTAMP(3) *ROWTIME*`: that a column is a time attribute is no part of its values' type.
        self._next()
        self._expect("*")

    def _peek(self) -> str:
        return self._tokens[self._position] if self._position < len(self._tokens) else ""

    def _next(self) -> str:
        if self._position >= len(self._tokens):
            raise self._error()
        self._position += 1
        token: str = self._tokens[self._position - 1]
        return token

    def _take(self, token: str) -> bool:
        if self._peek().upper() != token:
            return False
        self._position += 1
        return True

    def _expect(self, token: str) -> None:
        if not self._take(token):
            raise self._error()

    def _error(self) -> ValueError:
        return ValueError(f"Could not parse type '{self._text}'.")
