"""Apache Flink, as the side that answers are recorded from.

Values are taken from Flink's Java rows: PyFlink's own ``collect()`` loses digits of FLOAT and of
timestamps.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from typing import Any

from expressions import Answer, Runner
from pyflink.java_gateway import get_gateway
from pyflink.table import EnvironmentSettings, TableEnvironment


class JavaRow(tuple):  # type: ignore[type-arg]
    """A nested row."""

    def get_row_kind(self) -> str:
        """Marks the tuple as a row."""
        return "+I"


def environment() -> Any:
    """A streaming environment of parallelism 1."""
    table_environment = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    table_environment.get_config().set("parallelism.default", "1")
    return table_environment


def batch_environment() -> Any:
    """A batch environment of parallelism 1."""
    table_environment = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
    table_environment.get_config().set("parallelism.default", "1")
    return table_environment


def runner(table_environment: Any) -> Runner:
    """Runs queries on Flink."""
    configured: list[str] = []

    def plan(query: str) -> Any:
        table = table_environment.sql_query(query)._j_table
        return table.getResolvedSchema().toString(), lambda: rows(table)

    def configure(settings: tuple[tuple[str, str], ...]) -> None:
        configuration = table_environment.get_config().get_configuration()
        for key in configured:
            configuration.remove_config(key)
        configured.clear()
        for key, value in settings:
            table_environment.get_config().set(key, value)
            configured.append(key)

    return Runner(plan, configure, describe)


def rows(table: Any) -> list[list[Any]]:
    """All rows of a query that only inserts."""
    iterator = table.execute().collect()
    try:
        found = []
        while iterator.hasNext():
            row = iterator.next()
            if row.getKind().shortString() != "+I":
                raise ValueError("a case must not update rows")
            found.append([python_value(row.getField(index)) for index in range(row.getArity())])
        return found
    finally:
        iterator.close()


def python_value(value: Any) -> Any:
    """The Python value that stands for a Java value; Py4J has converted the simple ones."""
    if value is None or isinstance(value, (bool, int, float, str, bytes, bytearray, Decimal)):
        return value
    java_class = value.getClass()
    name = java_class.getName()
    if java_class.isArray():
        return [python_value(value[index]) for index in range(len(value))]
    if name == "org.apache.flink.types.Row":
        return JavaRow(python_value(value.getField(index)) for index in range(value.getArity()))
    if name in ("java.time.LocalDate", "java.time.LocalTime", "java.time.LocalDateTime", "java.time.Instant"):
        return date_or_time(name.removeprefix("java.time."), value.toString())
    if name == "java.time.Period":
        return value.toTotalMonths()
    if name == "java.time.Duration":
        return datetime.timedelta(seconds=value.getSeconds(), microseconds=value.getNano() // 1000)
    if get_gateway().jvm.java.util.Map._java_lang_class.isInstance(value):
        entries = value.entrySet().toArray()
        return {
            hashable(python_value(entry.getKey())): python_value(entry.getValue())
            for entry in (entries[index] for index in range(len(entries)))
        }
    return value.toString()


def hashable(value: Any) -> Any:
    """A value as the key of a dictionary."""
    return tuple(value) if isinstance(value, list) else value


def date_or_time(kind: str, text: str) -> Any:
    """Parses what ``toString`` of java.time writes; digits below a microsecond are cut."""
    match = re.fullmatch(r"(?:([+-]?\d+)-(\d\d)-(\d\d))?T?(?:(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?)?Z?", text)
    if match is None:
        return text
    year, month, day, hour, minute, second = (int(part or 0) for part in match.groups()[:6])
    micros = int((match.group(7) or "0").ljust(6, "0")[:6])
    if kind == "LocalTime":
        return datetime.time(hour, minute, second, micros)
    if not 1 <= year <= 9999:
        return text
    if kind == "LocalDate":
        return datetime.date(year, month, day)
    return datetime.datetime(year, month, day, hour, minute, second, micros)


def describe(error: Exception, stage: str) -> Answer:
    """The first and the last line of an error that name an exception, without the stack."""
    lines = [line.strip() for line in str(error).splitlines()]
    named = [line for line in lines if re.match(r"(: |Caused by: |org\.|java\.)\S*(Exception|Error)", line)]
    text = "\n".join(dict.fromkeys([*named[:1], *named[-1:]]))
    return {"error": stage, "text": text[:1000]}
