"""The base of the data types. Mirrors the first classes of ``pyflink.table.types``."""

from __future__ import annotations

from typing import Any


class DataType:
    """A type with its nullability.

    >>> from nutkin.table.types import DataTypes
    >>> DataTypes.INT().not_null()
    IntType(false)
    """

    _name = ""

    def __init__(self, nullable: bool = True) -> None:
        self._nullable = nullable
        self._conversion_cls = ""

    def nullable(self) -> DataType:
        """The same type, with NULL."""
        return self._with_nullable(True)

    def not_null(self) -> DataType:
        """The same type, without NULL."""
        return self._with_nullable(False)

    @classmethod
    def type_name(cls) -> str:
        """The name of the class without ``Type``, in capitals: ``VARCHAR``."""
        return cls.__name__[:-4].upper()

    def bridged_to(self, conversion_cls: str) -> DataType:
        """Notes the Java class that would hold the values in a JVM; returns itself.

        Values in Python are the same whatever it is.
        """
        self._conversion_cls = conversion_cls
        return self

    def need_conversion(self) -> bool:
        """Whether :meth:`to_sql_type` and :meth:`from_sql_type` change anything."""
        return False

    def to_sql_type(self, obj: Any) -> Any:
        """The value as PyFlink's workers hold it, of a Python value."""
        return obj

    def from_sql_type(self, obj: Any) -> Any:
        """The Python value, of one as PyFlink's workers hold it."""
        return obj

    def to_type_string(self) -> str:
        """Flink's text of the type, as in DDL.

        >>> from nutkin.table.types import DataTypes
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

    def __str__(self) -> str:
        return self.to_type_string()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({str(self._nullable).lower()})"


class AtomicType(DataType):
    """A type whose values have no parts."""


class NumericType(AtomicType):
    """A type of numbers."""


class IntegralType(NumericType):
    """A type of whole numbers."""


class FractionalType(NumericType):
    """A type of numbers with fractions."""


def to_type_string(data_type: DataType | str) -> str:
    """The text of a type that is given as an object or as text already."""
    return data_type if isinstance(data_type, str) else data_type.to_type_string()
