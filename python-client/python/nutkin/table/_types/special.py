"""Types of accumulators and of the user's own. Mirrors their classes in ``pyflink.table.types``."""

from __future__ import annotations

import pickle
from typing import Any, NoReturn

from nutkin.table._types.base import DataType


class _ViewType(DataType):
    def to_sql_type(self, obj: Any) -> NoReturn:
        """Raises: views are in accumulators only."""
        raise TypeError(
            f"{type(self).__name__} can only be used in accumulator type declaration of AggregateFunction."
        )

    def from_sql_type(self, obj: Any) -> NoReturn:
        """Raises: views are in accumulators only."""
        self.to_sql_type(obj)


class ListViewType(_ViewType):
    """A :class:`nutkin.table.ListView` in an accumulator."""

    def __init__(self, element_type: DataType) -> None:
        super().__init__(False)
        self._element_type = element_type

    def _kind_string(self) -> str:
        return f"LIST_VIEW<{self._element_type.to_type_string()}>"

    def __repr__(self) -> str:
        return f"ListViewType({self._element_type!r})"


class MapViewType(_ViewType):
    """A :class:`nutkin.table.MapView` in an accumulator."""

    def __init__(self, key_type: DataType, value_type: DataType) -> None:
        super().__init__(False)
        self._key_type = key_type
        self._value_type = value_type

    def _kind_string(self) -> str:
        return f"MAP_VIEW<{self._key_type.to_type_string()}, {self._value_type.to_type_string()}>"

    def __repr__(self) -> str:
        return f"MapViewType({self._key_type!r}, {self._value_type!r})"


class RawType(DataType):
    """Any Python object, pickled."""

    _name = "BYTES"

    def from_sql_type(self, obj: Any) -> Any:
        """The object of its pickle."""
        return pickle.loads(obj)


class UserDefinedType(DataType):
    """The base of types of the user's own, whose values are held as another type.

    >>> from nutkin.table import DataTypes
    >>> class Celsius(UserDefinedType):
    ...     @classmethod
    ...     def sql_type(cls):
    ...         return DataTypes.DOUBLE()
    ...     def serialize(self, obj):
    ...         return obj.degrees
    >>> print(Celsius())
    DOUBLE
    """

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other)

    def __hash__(self) -> int:
        return hash(type(self))

    @classmethod
    def type_name(cls) -> str:
        """The name of the class in small letters."""
        return cls.__name__.lower()

    @classmethod
    def sql_type(cls) -> DataType:
        """The type that holds the values; subclasses say which."""
        raise NotImplementedError("UDT must implement sql_type().")

    @classmethod
    def module(cls) -> str:
        """The module of the class; subclasses say which."""
        raise NotImplementedError("UDT must implement module().")

    @classmethod
    def java_udt(cls) -> str:
        """The paired Java class; none unless a subclass says so."""
        return ""

    def need_conversion(self) -> bool:
        """True."""
        return True

    def to_sql_type(self, obj: Any) -> Any:
        """The value of the type that holds it."""
        return None if obj is None else self.sql_type().to_sql_type(self.serialize(obj))

    def from_sql_type(self, obj: Any) -> Any:
        """The object of such a value."""
        value = self.sql_type().from_sql_type(obj)
        return None if value is None else self.deserialize(value)

    def serialize(self, obj: Any) -> Any:
        """A value of :meth:`sql_type`, of an object; subclasses say which."""
        raise NotImplementedError("UDT must implement serialize().")

    def deserialize(self, datum: Any) -> Any:
        """The object of such a value; subclasses say which."""
        raise NotImplementedError("UDT must implement deserialize().")

    def _kind_string(self) -> str:
        return self.sql_type()._kind_string()
