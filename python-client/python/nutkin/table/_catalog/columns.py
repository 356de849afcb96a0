"""Columns of resolved schemas, and the constraints and watermarks on them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any

from nutkin.table._catalog.paths import _quote
from nutkin.table.types import DataType, to_type_string

if TYPE_CHECKING:
    from nutkin.table.expression import Expression
    from nutkin.table.schema import Schema


class Column:
    """A column of a :class:`ResolvedSchema`.

    >>> from nutkin.table import DataTypes
    >>> print(Column.metadata("m", DataTypes.BIGINT(), "key", True))
    `m` BIGINT METADATA FROM 'key' VIRTUAL
    >>> print(Column.physical("a", DataTypes.INT()).rename("b").with_comment("it's"))
    `b` INT COMMENT 'it''s'
    """

    def __init__(self, name: str, data_type: DataType, comment: str | None = None) -> None:
        self._name = name
        self._data_type = data_type
        self._comment = comment

    @staticmethod
    def physical(name: str, data_type: DataType) -> PhysicalColumn:
        """A column that is stored."""
        return PhysicalColumn(name, data_type)

    @staticmethod
    def computed(name: str, resolved_expression: Expression | str) -> ComputedColumn:
        """A column that is computed; its type is NULL where only a text of SQL is known."""
        from nutkin.table.types import DataTypes

        output = getattr(resolved_expression, "get_output_data_type", None)
        return ComputedColumn(name, DataTypes.NULL() if output is None else output(), resolved_expression)

    @staticmethod
    def metadata(
        name: str, data_type: DataType, metadata_key: str | None, is_virtual: bool
    ) -> MetadataColumn:
        """A column of the connector's metadata; a virtual one is not written."""
        return MetadataColumn(name, data_type, metadata_key, is_virtual)

    def with_comment(self, comment: str | None) -> Column:
        """The same column with a comment."""
        return self._changed(_comment=comment)

    def is_physical(self) -> bool:
        """Whether the column is stored."""
        raise NotImplementedError

    def is_persisted(self) -> bool:
        """Whether the column is written to sinks."""
        raise NotImplementedError

    def get_data_type(self) -> DataType:
        """The type."""
        return self._data_type

    def get_name(self) -> str:
        """The name."""
        return self._name

    def get_comment(self) -> str | None:
        """The comment."""
        return self._comment

    def as_summary_string(self) -> str:
        """The column as in ``CREATE TABLE``."""
        extras = self.explain_extras()
        text = f"{_quote(self._name)} {to_type_string(self._data_type)}"
        text = text if extras is None else f"{text} {extras}"
        if self._comment is None:
            return text
        return f"{text} COMMENT '{self._comment.replace(chr(39), chr(39) * 2)}'"

    def explain_extras(self) -> str | None:
        """What comes after the type; None if nothing does."""
        return None

    def copy(self, new_type: DataType) -> Column:
        """The same column of another type."""
        return self._changed(_data_type=new_type)

    def rename(self, new_name: str) -> Column:
        """The same column of another name."""
        return self._changed(_name=new_name)

    def _changed(self, **attributes: Any) -> Column:
        copy = object.__new__(type(self))
        copy.__dict__.update(self.__dict__)
        copy.__dict__.update(attributes)
        return copy

    def _add_to(self, builder: Schema.Builder) -> None:
        builder.column(self._name, self._data_type)

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(self.as_summary_string())

    def __str__(self) -> str:
        return self.as_summary_string()

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.as_summary_string()})"


class PhysicalColumn(Column):
    """A column that is stored."""

    def is_physical(self) -> bool:
        """True."""
        return True

    def is_persisted(self) -> bool:
        """True."""
        return True

    def copy(self, new_data_type: DataType) -> Column:
        """The same column of another type."""
        return super().copy(new_data_type)


class ComputedColumn(Column):
    """A column that is computed."""

    def __init__(
        self, name: str, data_type: DataType, expression: Expression | str, comment: str | None = None
    ) -> None:
        super().__init__(name, data_type, comment)
        self._expression = expression

    def is_physical(self) -> bool:
        """False."""
        return False

    def is_persisted(self) -> bool:
        """False."""
        return False

    def get_expression(self) -> Expression | str:
        """What computes it."""
        return self._expression

    def explain_extras(self) -> str | None:
        """``AS`` the expression."""
        return f"AS {self._expression}"

    def copy(self, new_data_type: DataType) -> Column:
        """The same column of another type."""
        return super().copy(new_data_type)

    def _add_to(self, builder: Schema.Builder) -> None:
        builder.column_by_expression(self._name, self._expression)


class MetadataColumn(Column):
    """A column of the connector's metadata."""

    def __init__(
        self,
        name: str,
        data_type: DataType,
        metadata_key: str | None,
        is_virtual: bool,
        comment: str | None = None,
    ) -> None:
        super().__init__(name, data_type, comment)
        self._metadata_key = metadata_key
        self._is_virtual = is_virtual

    def is_virtual(self) -> bool:
        """Whether it is not written."""
        return self._is_virtual

    def get_metadata_key(self) -> str | None:
        """The connector's name for it; None if that is the column's."""
        return self._metadata_key

    def is_physical(self) -> bool:
        """False."""
        return False

    def is_persisted(self) -> bool:
        """Whether it is written."""
        return not self._is_virtual

    def explain_extras(self) -> str | None:
        """``METADATA`` with key and ``VIRTUAL``."""
        key = "" if self._metadata_key is None else f" FROM '{self._metadata_key}'"
        return f"METADATA{key}{' VIRTUAL' if self._is_virtual else ''}"

    def copy(self, new_data_type: DataType) -> Column:
        """The same column of another type."""
        return super().copy(new_data_type)

    def _add_to(self, builder: Schema.Builder) -> None:
        builder.column_by_metadata(self._name, self._data_type, self._metadata_key, self._is_virtual)


class WatermarkSpec:
    """How late the rows of an event-time column may be."""

    def __init__(self, rowtime_attribute: str, watermark_expression: Expression | str) -> None:
        self._rowtime_attribute = rowtime_attribute
        self._watermark_expression = watermark_expression

    @staticmethod
    def of(rowtime_attribute: str, watermark_expression: Expression | str) -> WatermarkSpec:
        """The watermark of a column."""
        return WatermarkSpec(rowtime_attribute, watermark_expression)

    def get_rowtime_attribute(self) -> str:
        """The column."""
        return self._rowtime_attribute

    def get_watermark_expression(self) -> Expression | str:
        """The earliest time that rows to come may have."""
        return self._watermark_expression

    def as_summary_string(self) -> str:
        """The watermark as in ``CREATE TABLE``."""
        return f"WATERMARK FOR {_quote(self._rowtime_attribute)} AS {self._watermark_expression}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, WatermarkSpec) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(self.as_summary_string())

    def __str__(self) -> str:
        return self.as_summary_string()


class Constraint:
    """A promise about the rows of a table, which is not enforced."""

    class ConstraintType(Enum):
        """What is promised."""

        PRIMARY_KEY = 0
        UNIQUE_KEY = 1

    def __init__(self, name: str, constraint_type: Constraint.ConstraintType) -> None:
        self._name = name
        self._constraint_type = constraint_type

    def get_name(self) -> str:
        """The name."""
        return self._name

    def is_enforced(self) -> bool:
        """False: nothing is checked when rows are written."""
        return False

    def get_type(self) -> Constraint.ConstraintType:
        """What is promised."""
        return self._constraint_type

    def as_summary_string(self) -> str:
        """The constraint as in ``CREATE TABLE``."""
        raise NotImplementedError

    def __str__(self) -> str:
        return self.as_summary_string()

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(self.as_summary_string())


class UniqueConstraint(Constraint):
    """Columns whose values are different in every row.

    >>> print(UniqueConstraint.primary_key("pk", ["a", "b"]))
    CONSTRAINT `pk` PRIMARY KEY (`a`, `b`) NOT ENFORCED
    """

    def __init__(self, name: str, columns: Sequence[str]) -> None:
        super().__init__(name, Constraint.ConstraintType.PRIMARY_KEY)
        self._columns = list(columns)

    @staticmethod
    def primary_key(name: str, columns: Sequence[str]) -> UniqueConstraint:
        """The primary key of these columns."""
        return UniqueConstraint(name, columns)

    def get_columns(self) -> list[str]:
        """The columns."""
        return list(self._columns)

    def get_type_string(self) -> str:
        """``PRIMARY KEY``."""
        return "PRIMARY KEY"

    def as_summary_string(self) -> str:
        """The constraint as in ``CREATE TABLE``."""
        columns = ", ".join(map(_quote, self._columns))
        return f"CONSTRAINT {_quote(self._name)} {self.get_type_string()} ({columns}) NOT ENFORCED"
