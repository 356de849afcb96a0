"""Booleans, numbers, texts and bytes. Mirrors their classes in ``pyflink.table.types``."""

from __future__ import annotations

from nutkin.table._types.base import AtomicType, FractionalType, IntegralType

#: The length of ``STRING`` and ``BYTES``.
MAX_LENGTH = 2147483647


class NullType(AtomicType):
    """``NULL``."""

    _name = "NULL"

    def __init__(self) -> None:
        super().__init__(True)


class BooleanType(AtomicType):
    """``BOOLEAN``; Python ``bool``."""

    _name = "BOOLEAN"


class TinyIntType(IntegralType):
    """``TINYINT``, 8 bits; Python ``int``."""

    _name = "TINYINT"


class SmallIntType(IntegralType):
    """``SMALLINT``, 16 bits; Python ``int``."""

    _name = "SMALLINT"


class IntType(IntegralType):
    """``INT``, 32 bits; Python ``int``."""

    _name = "INT"


class BigIntType(IntegralType):
    """``BIGINT``, 64 bits; Python ``int``."""

    _name = "BIGINT"


class FloatType(FractionalType):
    """``FLOAT``, 32 bits; Python ``float``."""

    _name = "FLOAT"


class DoubleType(FractionalType):
    """``DOUBLE``, 64 bits; Python ``float``."""

    _name = "DOUBLE"


class _LengthType(AtomicType):
    def __init__(self, length: int = 1, nullable: bool = True) -> None:
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
        return "STRING" if self.length == MAX_LENGTH else super()._kind_string()


class BinaryType(_LengthType):
    """``BINARY(length)``; Python ``bytes``."""

    _name = "BINARY"


class VarBinaryType(_LengthType):
    """``VARBINARY(length)``, ``BYTES`` at its longest; Python ``bytes``."""

    _name = "VARBINARY"

    def _kind_string(self) -> str:
        return "BYTES" if self.length == MAX_LENGTH else super()._kind_string()


class DecimalType(FractionalType):
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
