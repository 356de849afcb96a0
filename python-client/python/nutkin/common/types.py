"""Rows. Mirrors ``pyflink.common.types``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import Enum
from typing import Any, NoReturn


class RowKind(Enum):
    """What kind of change a row is.

    >>> RowKind.UPDATE_AFTER
    RowKind.UPDATE_AFTER
    >>> str(RowKind.DELETE)
    '-D'
    """

    INSERT = 0
    UPDATE_BEFORE = 1
    UPDATE_AFTER = 2
    DELETE = 3

    def to_j_row_kind(self) -> NoReturn:
        """The object of a JVM, which is refused: there is none."""
        from nutkin._refusals import refusal

        raise refusal("common.types.RowKind.to_j_row_kind")

    def __repr__(self) -> str:
        return f"RowKind.{self.name}"

    def __str__(self) -> str:
        return _SHORT_STRINGS[self.value]


_SHORT_STRINGS = ("+I", "-U", "+U", "-D")


class Row:
    """A row: values in order, optionally with names, and the kind of change it is.

    Fields given by keyword keep their order. A ``Row`` of names only is a factory of rows.

    >>> Row("Alice", 11)
    Row('Alice', 11)
    >>> Person = Row("name", "age")
    >>> Person("Alice", 11)
    Row(name='Alice', age=11)
    >>> Row(name="Alice", age=11).age
    11
    """

    __slots__ = ("_fields", "_row_kind", "_values")
    _fields: list[str] | None
    _row_kind: RowKind
    _values: list[Any]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if args and kwargs:
            raise ValueError("Can not use both args and kwargs to create Row")
        object.__setattr__(self, "_row_kind", RowKind.INSERT)
        if kwargs:
            object.__setattr__(self, "_fields", list(kwargs))
            object.__setattr__(self, "_values", list(kwargs.values()))
        else:
            object.__setattr__(self, "_fields", None)
            object.__setattr__(self, "_values", list(args))

    @staticmethod
    def of_kind(row_kind: RowKind, *args: Any, **kwargs: Any) -> Row:
        """A row of the given kind."""
        row = Row(*args, **kwargs)
        row.set_row_kind(row_kind)
        return row

    def as_dict(self, recursive: bool = False) -> dict[str, Any]:
        """The row as a dictionary; with ``recursive``, rows within it too.

        :raises TypeError: if the row's fields have no names.
        """
        if self._fields is None:
            raise TypeError("Cannot convert a Row without field names into a dict")

        def convert(value: Any) -> Any:
            if isinstance(value, Row):
                return value.as_dict(True)
            if isinstance(value, list):
                return [convert(item) for item in value]
            if isinstance(value, dict):
                return {key: convert(item) for key, item in value.items()}
            return value

        values = map(convert, self._values) if recursive else iter(self._values)
        return dict(zip(self._fields, values, strict=True))

    def get_row_kind(self) -> RowKind:
        """What kind of change the row is."""
        return self._row_kind

    def set_row_kind(self, row_kind: RowKind) -> None:
        """Sets what kind of change the row is."""
        object.__setattr__(self, "_row_kind", row_kind)

    def set_field_names(self, field_names: Sequence[str]) -> None:
        """Names the fields."""
        object.__setattr__(self, "_fields", list(field_names))

    def get_fields_by_names(self, names: Sequence[str]) -> Row:
        """A row of some of the fields.

        :raises ValueError: if there is no field of one of the names.
        """
        known = self._fields or []
        missing = set(names) - set(known)
        if missing:
            raise ValueError(f"Given fields {missing} are not in the Row with field names {known}")
        return Row(**{name: self._values[known.index(name)] for name in names})

    def __call__(self, *args: Any) -> Row:
        """A new row whose field names are this row's values."""
        if len(args) > len(self._values):
            raise ValueError(
                f"Can not create Row with fields {self._values}, "
                f"expected {len(self._values)} values but got {args}"
            )
        row = Row(*args)
        row.set_field_names([str(name) for name in self._values])
        return row

    def __contains__(self, item: object) -> bool:
        return item in self._values

    def __getitem__(self, item: int | slice | str) -> Any:
        if isinstance(item, (int, slice)):
            return self._values[item]
        try:
            return self._values[(self._fields or []).index(item)]
        except ValueError:
            raise KeyError(item) from None

    def __setitem__(self, item: int | str, value: Any) -> None:
        if isinstance(item, int):
            self._values[item] = value
            return
        try:
            self._values[(self._fields or []).index(item)] = value
        except ValueError:
            raise KeyError(item) from None

    def __getattr__(self, item: str) -> Any:
        if item.startswith("__"):
            raise AttributeError(item)
        try:
            return self._values[(self._fields or []).index(item)]
        except ValueError:
            raise AttributeError(item) from None

    def __setattr__(self, key: str, value: Any) -> None:
        if self._fields is not None and key in self._fields:
            self._values[self._fields.index(key)] = value
        else:
            raise AttributeError(f"Row has no field {key!r}")

    def __reduce__(self) -> tuple[Callable[..., Row], tuple[Any, ...]]:
        return _restore_row, (self._fields, self._values, self._row_kind.value)

    def __hash__(self) -> int:
        return hash(tuple(self._values))

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Row):
            return NotImplemented
        return (
            self._fields == other._fields
            and self._values == other._values
            and self._row_kind == other._row_kind
        )

    def __iter__(self) -> Iterator[Any]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        if self._fields is not None:
            inner = ", ".join(
                f"{name}={value!r}" for name, value in zip(self._fields, self._values, strict=False)
            )
        else:
            inner = ", ".join(repr(value) for value in self._values)
        return f"Row({inner})"


def _restore_row(fields: list[str] | None, values: list[Any], row_kind: int) -> Row:
    row = Row(*values)
    if fields is not None:
        row.set_field_names(fields)
    row.set_row_kind(RowKind(row_kind))
    return row
