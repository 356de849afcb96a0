"""Sinks of Flink 1.9 to 1.20. Mirrors ``pyflink.table.sinks``."""

from __future__ import annotations

from collections.abc import Sequence

from nutkin.table._descriptors.schema import type_text
from nutkin.table.sources import csv_statement
from nutkin.table.types import DataType
from nutkin.util.exceptions import UnsupportedOperationException


class WriteMode:
    """What happens to files that are there already."""

    NO_OVERWRITE = 0
    OVERWRITE = 1


class TableSink:
    """A table that can be written."""

    def _statement(self, path: str) -> str:
        raise NotImplementedError


class CsvTableSink(TableSink):
    """CSV files that can be written.

    >>> from nutkin.table import DataTypes
    >>> sink = CsvTableSink(["a"], [DataTypes.INT()], "/tmp/out")
    """

    def __init__(
        self,
        field_names: Sequence[str],
        field_types: Sequence[DataType | str],
        path: str,
        field_delimiter: str = ",",
        num_files: int = -1,
        write_mode: int | None = None,
    ) -> None:
        if write_mode == WriteMode.OVERWRITE:
            raise UnsupportedOperationException(
                "CsvTableSink(write_mode=WriteMode.OVERWRITE) is not supported.",
                "java.lang.UnsupportedOperationException",
                "use INSERT OVERWRITE into a table of the filesystem connector",
            )
        self._columns = dict(zip(field_names, map(type_text, field_types), strict=True))
        self._options = {
            "connector": "filesystem",
            "path": path,
            "format": "csv",
            "csv.field-delimiter": field_delimiter,
            "csv.disable-quote-character": "true",
        }
        if num_files > 0:
            self._options["sink.parallelism"] = str(num_files)

    def _statement(self, path: str) -> str:
        return csv_statement(path, self._columns, self._options)
