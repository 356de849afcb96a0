"""Tables and formats as programs describe them. Mirrors ``pyflink.table.table_descriptor``."""

from __future__ import annotations

from typing import Any

from nutkin._gateway import RemoteObject, get_gateway
from nutkin.common.config_options import ConfigOption
from nutkin.table.schema import Schema

_TABLE_DESCRIPTOR = "org.apache.flink.table.api.TableDescriptor"
_FORMAT_DESCRIPTOR = "org.apache.flink.table.api.FormatDescriptor"


class TableDescriptor:
    """A connector with options, and what is in its table: ``CREATE TABLE`` without SQL.

    >>> descriptor = TableDescriptor.for_connector("datagen").option("number-of-rows", "3").build()
    >>> descriptor.get_options()
    {'connector': 'datagen', 'number-of-rows': '3'}
    """

    def __init__(self, j_table_descriptor: RemoteObject) -> None:
        self._j_table_descriptor = j_table_descriptor

    @staticmethod
    def for_connector(connector: str) -> TableDescriptor.Builder:
        """A builder for a table of this connector."""
        return TableDescriptor.Builder(get_gateway().call(_TABLE_DESCRIPTOR, "forConnector", connector))

    def get_schema(self) -> Schema | None:
        """The columns; None if they were not described."""
        j_schema = self._j_table_descriptor.call("getSchema")
        return None if j_schema is None else Schema(j_schema)

    def get_options(self) -> dict[str, str]:
        """All options, the connector among them."""
        options: dict[str, str] = self._j_table_descriptor.call("getOptions")
        return options

    def get_partition_keys(self) -> list[str]:
        """The columns that rows are partitioned by."""
        keys: list[str] = self._j_table_descriptor.call("getPartitionKeys")
        return keys

    def get_comment(self) -> str | None:
        """What the table is about."""
        comment: str | None = self._j_table_descriptor.call("getComment")
        return comment

    def __str__(self) -> str:
        text: str = self._j_table_descriptor.call("toString")
        return text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, TableDescriptor) and bool(
            self._j_table_descriptor.call("equals", other._j_table_descriptor)
        )

    def __hash__(self) -> int:
        return hash(str(self))

    class Builder:
        """Collects what describes a table; every method returns the builder itself."""

        def __init__(self, j_builder: RemoteObject) -> None:
            self._j_builder = j_builder

        def schema(self, schema: Schema) -> TableDescriptor.Builder:
            """Sets the columns."""
            self._j_builder.call("schema", schema._j_schema)
            return self

        def option(self, key: str | ConfigOption[Any], value: Any) -> TableDescriptor.Builder:
            """Sets an option, as in ``WITH``."""
            self._j_builder.call("option", *_option(key, value))
            return self

        def format(
            self, format: str | FormatDescriptor, format_option: ConfigOption[str] | str | None = None
        ) -> TableDescriptor.Builder:
            """Sets the format, by name or with options.

            :param format_option: the option that names it, where that is not ``format``.
            """
            described = format if isinstance(format, str) else format._j_format_descriptor
            if format_option is None:
                self._j_builder.call("format", described)
            else:
                key = format_option if isinstance(format_option, str) else format_option.key()
                self._j_builder.call("format", key, described)
            return self

        def partitioned_by(self, *partition_keys: str) -> TableDescriptor.Builder:
            """Sets the columns that rows are partitioned by."""
            self._j_builder.call("partitionedBy", *partition_keys)
            return self

        def comment(self, comment: str) -> TableDescriptor.Builder:
            """Says what the table is about."""
            self._j_builder.call("comment", comment)
            return self

        def build(self) -> TableDescriptor:
            """The descriptor."""
            return TableDescriptor(self._j_builder.call("build"))


class FormatDescriptor:
    """A format with its options, whose keys have no prefix.

    >>> print(FormatDescriptor.for_format("json").option("ignore-parse-errors", "true").build())
    json[{ignore-parse-errors=true}]
    """

    def __init__(self, j_format_descriptor: RemoteObject) -> None:
        self._j_format_descriptor = j_format_descriptor

    @staticmethod
    def for_format(format: str) -> FormatDescriptor.Builder:
        """A builder for a format."""
        return FormatDescriptor.Builder(get_gateway().call(_FORMAT_DESCRIPTOR, "forFormat", format))

    def get_format(self) -> str:
        """The name of the format."""
        name: str = self._j_format_descriptor.call("getFormat")
        return name

    def get_options(self) -> dict[str, str]:
        """The options."""
        options: dict[str, str] = self._j_format_descriptor.call("getOptions")
        return options

    def __str__(self) -> str:
        text: str = self._j_format_descriptor.call("toString")
        return text

    def __eq__(self, other: object) -> bool:
        return isinstance(other, FormatDescriptor) and bool(
            self._j_format_descriptor.call("equals", other._j_format_descriptor)
        )

    def __hash__(self) -> int:
        return hash(str(self))

    class Builder:
        """Collects options; every method returns the builder itself."""

        def __init__(self, j_builder: RemoteObject) -> None:
            self._j_builder = j_builder

        def option(self, key: str | ConfigOption[Any], value: Any) -> FormatDescriptor.Builder:
            """Sets an option."""
            self._j_builder.call("option", *_option(key, value))
            return self

        def build(self) -> FormatDescriptor:
            """The descriptor."""
            return FormatDescriptor(self._j_builder.call("build"))


def _option(key: str | ConfigOption[Any], value: Any) -> tuple[str, str]:
    """The key and value of an option as texts."""
    if isinstance(key, ConfigOption):
        return key.key(), key.to_text(value)
    return key, value
