"""Printing the rows of a result.

``table``, ``csv`` and ``json`` show what a result comes to: updates and deletions are applied. The rows of
results that only insert are printed as they come, once there are many. ``changelog`` prints every change as
it comes, in Flink's frame.
"""

from __future__ import annotations

import csv
import datetime
import io
import json
import sys
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Protocol

from nutkin.common.types import Row, RowKind
from nutkin.table.table_result import TableResult
from nutkin.util.exceptions import TableException

OUTPUTS = ("table", "csv", "json", "changelog")

#: How many rows are held back, so that a table's columns are as wide as what is in them.
HELD_ROWS = 1000

_ADDS = (RowKind.INSERT, RowKind.UPDATE_AFTER)


class Printer(Protocol):
    """Prints rows in one form."""

    def rows(self, rows: Sequence[Sequence[Any]]) -> None:
        """Prints some rows, after the head if these are the first."""

    def end(self) -> None:
        """Prints what follows the last row."""


def print_result(result: TableResult, output: str) -> None:
    """Prints a result to standard output. Ctrl-C ends the query behind it, and is passed on.

    :param output: one of :data:`OUTPUTS`.
    """
    if output == "changelog":
        result.print()
        return
    names = result.get_resolved_schema().get_column_names()
    printer = make_printer(output, names)
    held: list[tuple[Any, ...]] | None = []
    with result.collect() as rows:
        try:
            for row in rows:
                held = take(held, row, printer)
        except KeyboardInterrupt:
            # What has come so far is what an endless query can show.
            printer.rows(held or [])
            printer.end()
            raise
    printer.rows(held or [])
    printer.end()


def take(held: list[tuple[Any, ...]] | None, row: Row, printer: Printer) -> list[tuple[Any, ...]] | None:
    """Takes a change; returns the rows that are held back, or None when rows are printed at once."""
    values = tuple(row)
    adds = row.get_row_kind() in _ADDS
    if held is None:
        if row.get_row_kind() != RowKind.INSERT:
            raise TableException(
                f"The query changes rows after {HELD_ROWS} were printed.",
                hint="print changes with --output changelog, or run the query in batch mode",
            )
        printer.rows([values])
        return None
    if not adds:
        if values in held:
            held.remove(values)
        return held
    held.append(values)
    if row.get_row_kind() == RowKind.INSERT and len(held) >= HELD_ROWS:
        printer.rows(held)
        return None
    return held


def make_printer(output: str, names: Sequence[str]) -> Printer:
    """The printer of a form."""
    if output == "csv":
        return CsvPrinter(names)
    if output == "json":
        return JsonPrinter(names)
    return TablePrinter(names)


class TablePrinter:
    """A frame around columns that are as wide as the first rows need."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names
        self._widths: list[int] = []
        self._count = 0

    def rows(self, rows: Sequence[Sequence[Any]]) -> None:
        """Prints some rows."""
        texts = [["<NULL>" if value is None else text_of(value) for value in row] for row in rows]
        lines = []
        if not self._widths and texts:
            columns = zip(self._names, *texts, strict=True)
            self._widths = [max(len(line) for text in column for line in [text]) for column in columns]
            lines += [self._border(), self._line(self._names), self._border()]
        lines += [self._line(row) for row in texts]
        self._count += len(texts)
        write(lines)

    def end(self) -> None:
        """Prints the foot."""
        if not self._count:
            write(["Empty set"])
            return
        write([self._border(), f"{self._count} {'row' if self._count == 1 else 'rows'} in set"])

    def _border(self) -> str:
        return "+" + "+".join("-" * (width + 2) for width in self._widths) + "+"

    def _line(self, values: Iterable[str]) -> str:
        cells = (f" {value.rjust(width)} " for value, width in zip(values, self._widths, strict=True))
        return "|" + "|".join(cells) + "|"


class CsvPrinter:
    """A line of names, then a line a row; NULL is nothing, quoted text is text."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names: Sequence[str] | None = names

    def rows(self, rows: Sequence[Sequence[Any]]) -> None:
        """Prints some rows."""
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        if self._names is not None:
            writer.writerow(self._names)
            self._names = None
        for row in rows:
            writer.writerow(["" if value is None else text_of(value) for value in row])
        sys.stdout.write(text.getvalue())
        sys.stdout.flush()

    def end(self) -> None:
        """Prints nothing."""


class JsonPrinter:
    """An object a row, each on a line of its own."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = names

    def rows(self, rows: Sequence[Sequence[Any]]) -> None:
        """Prints some rows."""
        write(
            json.dumps(
                dict(zip(self._names, map(json_of, row), strict=True)), ensure_ascii=False, allow_nan=True
            )
            for row in rows
        )

    def end(self) -> None:
        """Prints nothing."""


def text_of(value: Any) -> str:
    """A value as ``CAST(... AS STRING)`` gives it."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, (bytes, bytearray)):
        return "x'" + bytes(value).hex() + "'"
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime.datetime):
        return value.isoformat(sep=" ")
    if isinstance(value, (list, tuple)) and not isinstance(value, Row):
        return "[" + ", ".join(map(text_of, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{text_of(key)}={text_of(part)}" for key, part in value.items()) + "}"
    if isinstance(value, Row):
        return "(" + ", ".join(map(text_of, value)) + ")"
    return str(value)


def json_of(value: Any) -> Any:
    """A value as JSON has it; what JSON has no form for is text."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, Row):
        names = getattr(value, "_fields", None)
        parts = [json_of(part) for part in value]
        return dict(zip(names, parts, strict=True)) if names else parts
    if isinstance(value, (list, tuple)):
        return [json_of(part) for part in value]
    if isinstance(value, dict):
        return {text_of(key): json_of(part) for key, part in value.items()}
    return text_of(value)


def write(lines: Iterable[str]) -> None:
    """Writes lines and lets whoever reads have them."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()
