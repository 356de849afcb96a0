"""``TableEnvironment.connect`` of Flink 1.9 to 1.13: descriptors become ``CREATE TEMPORARY TABLE``."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from nutkin._legacy import warn_legacy
from nutkin.table._descriptors.base import ConnectorDescriptor, FormatDescriptor
from nutkin.table._descriptors.schema import Schema
from nutkin.util.exceptions import UnsupportedOperationException, ValidationException

if TYPE_CHECKING:
    from nutkin.table.table_environment import TableEnvironment

_UNSUPPORTED = "java.lang.UnsupportedOperationException"


def _quote(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


class ConnectTableDescriptor:
    """A table that is being described; every method returns the description itself."""

    def __init__(self, t_env: TableEnvironment, connector: ConnectorDescriptor) -> None:
        self._t_env = t_env
        self._connector = connector
        self._format: FormatDescriptor | None = None
        self._schema: Schema | None = None
        self._partition_keys: list[str] = []
        self._update_mode: str | None = None

    def with_format(self, format_descriptor: FormatDescriptor) -> ConnectTableDescriptor:
        """Sets how rows are written."""
        self._format = format_descriptor
        return self

    def with_schema(self, schema: Schema) -> ConnectTableDescriptor:
        """Sets the columns."""
        self._schema = schema
        return self

    def with_partition_keys(self, partition_keys: Iterable[str]) -> ConnectTableDescriptor:
        """Sets the columns that rows are partitioned by."""
        self._partition_keys = list(partition_keys)
        return self

    def create_temporary_table(self, path: str) -> None:
        """Makes the table.

        :raises nutkin.util.exceptions.ValidationException: if the columns or a property are missing.
        """
        self._t_env.execute_sql(self.statement(path))

    def register_table_source(self, name: str) -> None:
        """Makes the table, to be read (1.9 and 1.10)."""
        warn_legacy("ConnectTableDescriptor.register_table_source", "create_temporary_table")
        self.create_temporary_table(_quote(name))

    def register_table_sink(self, name: str) -> None:
        """Makes the table, to be written (1.9 and 1.10)."""
        warn_legacy("ConnectTableDescriptor.register_table_sink", "create_temporary_table")
        self.create_temporary_table(_quote(name))

    def register_table_source_and_sink(self, name: str) -> None:
        """Makes the table (1.9 and 1.10)."""
        warn_legacy("ConnectTableDescriptor.register_table_source_and_sink", "create_temporary_table")
        self.create_temporary_table(_quote(name))

    def to_properties(self) -> dict[str, str]:
        """The keys and values that the description means."""
        properties = self._connector.to_properties()
        for part in (self._format, self._schema):
            if part is not None:
                properties.update(part.to_properties())
        if self._update_mode is not None:
            properties["update-mode"] = self._update_mode
        return properties

    def statement(self, path: str) -> str:
        """The statement that makes the table."""
        if self._schema is None:
            raise ValidationException("Table schema must be explicitly defined.")
        lines = list(_columns(self._schema))
        options = {key: value for key, value in self.to_properties().items() if not key.startswith("schema.")}
        pairs = ", ".join(f"{_text(key)} = {_text(value)}" for key, value in options.items())
        keys = ", ".join(map(_quote, self._partition_keys))
        partitions = f" PARTITIONED BY ({keys})" if keys else ""
        return f"CREATE TEMPORARY TABLE {path} ({', '.join(lines)}){partitions} WITH ({pairs})"


class StreamTableDescriptor(ConnectTableDescriptor):
    """A table of a stream. Its mode of changes follows from query and connector, whatever is said here."""

    def in_append_mode(self) -> StreamTableDescriptor:
        """Rows are added."""
        self._update_mode = "append"
        return self

    def in_retract_mode(self) -> StreamTableDescriptor:
        """Rows are added and taken back."""
        self._update_mode = "retract"
        return self

    def in_upsert_mode(self) -> StreamTableDescriptor:
        """Rows are put in place of others by key."""
        self._update_mode = "upsert"
        return self


class BatchTableDescriptor(ConnectTableDescriptor):
    """A table of a batch program."""


def _columns(schema: Schema) -> Iterable[str]:
    for field in schema._fields:
        name = _quote(field["name"])
        if field.get("proctime") == "true":
            yield f"{name} AS PROCTIME()"
        elif "rowtime.timestamps.type" in field:
            yield from _event_time(name, field)
        elif field.get("from", field["name"]) != field["name"]:
            # The source has the column under another name: read it so, and give it this name.
            origin = _quote(field["from"])
            yield f"{origin} {field['data-type']}"
            yield f"{name} AS {origin}"
        else:
            yield f"{name} {field['data-type']}"


def _event_time(name: str, field: dict[str, str]) -> Iterable[str]:
    if field["rowtime.timestamps.type"] != "from-field":
        raise _refused(
            "Rowtime.timestamps_from_source and _from_extractor", "use timestamps_from_field(name)"
        )
    watermarks = field.get("rowtime.watermarks.type", "periodic-ascending")
    if watermarks not in ("periodic-ascending", "periodic-bounded"):
        raise _refused(
            "Rowtime.watermarks_from_source and _from_strategy", "use watermarks_periodic_bounded(millis)"
        )
    # Ascending rows are never late: the watermark is a millisecond behind the latest time.
    delay = int(field.get("rowtime.watermarks.delay", "1"))
    origin = field["rowtime.timestamps.from"]
    if origin == field["name"]:
        yield f"{name} {field['data-type']}"
    else:
        yield f"{_quote(origin)} {field['data-type']}"
        yield f"{name} AS {_quote(origin)}"
    yield f"WATERMARK FOR {name} AS {name} - INTERVAL '{delay // 1000}.{delay % 1000:03}' SECOND"


def _refused(what: str, instead: str) -> UnsupportedOperationException:
    return UnsupportedOperationException(f"{what} is not supported.", _UNSUPPORTED, instead)
