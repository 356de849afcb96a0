"""Sources of Flink 1.9 to 1.20. Mirrors ``pyflink.table.sources``."""

from __future__ import annotations

from collections.abc import Sequence

from nutkin.table._descriptors.schema import type_text
from nutkin.table.types import DataType
from nutkin.util.exceptions import UnsupportedOperationException


class TableSource:
    """A table that can be read."""

    def _statement(self, path: str) -> str:
        raise NotImplementedError


class CsvTableSource(TableSource):
    """A CSV file that can be read.

    >>> from nutkin.table import DataTypes
    >>> source = CsvTableSource("/tmp/in.csv", ["a"], [DataTypes.INT()])
    """

    def __init__(
        self,
        source_path: str,
        field_names: Sequence[str],
        field_types: Sequence[DataType | str],
        field_delim: str | None = None,
        line_delim: str | None = None,
        quote_character: str | None = None,
        ignore_first_line: bool | None = None,
        ignore_comments: str | None = None,
        lenient: bool | None = None,
        empty_column_as_null: bool | None = None,
    ) -> None:
        if ignore_first_line:
            raise _refused("ignore_first_line", "take the first line out of the file")
        if line_delim not in (None, "\n"):
            raise _refused("line_delim", "write one row a line")
        if ignore_comments not in (None, "#"):
            raise _refused("ignore_comments", "comments begin with '#'")
        options = {"connector": "filesystem", "path": source_path, "format": "csv"}
        options["csv.field-delimiter"] = field_delim or ","
        if quote_character is None:
            options["csv.disable-quote-character"] = "true"
        else:
            options["csv.quote-character"] = quote_character
        if ignore_comments:
            options["csv.allow-comments"] = "true"
        if lenient:
            options["csv.ignore-parse-errors"] = "true"
        if empty_column_as_null:
            options["csv.null-literal"] = ""
        self._columns = dict(zip(field_names, map(type_text, field_types), strict=True))
        self._options = options

    def _statement(self, path: str) -> str:
        return csv_statement(path, self._columns, self._options)


def csv_statement(path: str, columns: dict[str, str], options: dict[str, str]) -> str:
    """The statement that makes a table of CSV files."""

    def quote(name: str) -> str:
        return "`" + name.replace("`", "``") + "`"

    def text(value: str) -> str:
        return "'" + value.replace("'", "''") + "'"

    names = ", ".join(f"{quote(name)} {data_type}" for name, data_type in columns.items())
    pairs = ", ".join(f"{text(key)} = {text(value)}" for key, value in options.items())
    return f"CREATE TEMPORARY TABLE {path} ({names}) WITH ({pairs})"


def _refused(option: str, instead: str) -> UnsupportedOperationException:
    return UnsupportedOperationException(
        f"CsvTableSource({option}=...) is not supported.", "java.lang.UnsupportedOperationException", instead
    )
