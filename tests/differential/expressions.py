"""Reads the cases of functions, and computes many of them in one job.

A file of cases has one expression a line. A line that begins with ``FROM`` gives rows to the expressions
below it, whose first column is ``id`` and orders them; an empty line ends that. A line ``SET 'key' =
'value'`` holds for the rest of the file. Lines that begin with ``--`` are for the reader.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CASES = HERE / "cases" / "functions"
RECORDED = HERE / "recorded" / "functions"
DIFFERENCES = HERE / "differences" / "functions"

#: How many expressions are columns of one query.
BATCH_SIZE = 25

Answer = dict[str, Any]


@dataclass(frozen=True)
class Context:
    """What expressions are computed in."""

    source: str = ""
    settings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Case:
    """An expression to compute."""

    expression: str
    context: Context

    @property
    def key(self) -> str:
        """The expression with its source and settings."""
        settings = "".join(f"[{key}={value}] " for key, value in self.context.settings)
        return f"{settings}{self.expression} {self.context.source}".rstrip()


def families() -> dict[str, list[Case]]:
    """The cases of each file, by its name."""
    return {path.stem: read_cases(path) for path in sorted(CASES.glob("*.sql"))}


def read_cases(path: Path) -> list[Case]:
    """The cases of a file, each one once."""
    found: dict[str, Case] = {}
    settings: dict[str, str] = {}
    source = ""
    for line in path.read_text().splitlines():
        text = line.strip()
        setting = re.fullmatch(r"SET '([^']*)' = '([^']*)'", text)
        if setting is not None:
            settings[setting.group(1)] = setting.group(2)
        elif not text:
            source = ""
        elif text.startswith("FROM "):
            source = text
        elif not text.startswith("--"):
            case = Case(text, Context(source, tuple(settings.items())))
            if case.key in found:
                raise ValueError(f"{path.name} has this case twice: {case.key}")
            found[case.key] = case
    return list(found.values())


@dataclass(frozen=True)
class Runner:
    """One of the two systems."""

    #: Plans a query and gives Flink's text of its schema and a function that runs it.
    plan: Callable[[str], tuple[str, Callable[[], list[list[Any]]]]]
    configure: Callable[[tuple[tuple[str, str], ...]], None]
    #: What an exception says.
    describe: Callable[[Exception, str], Answer]


def answers(runner: Runner, cases: Sequence[Case]) -> dict[str, Answer]:
    """The answer of each case: its type and values, or that there is an error."""
    groups: dict[Context, list[Case]] = {}
    for case in cases:
        groups.setdefault(case.context, []).append(case)
    found: dict[str, Answer] = {}
    for context, group in groups.items():
        runner.configure(context.settings)
        planned = []
        for case in group:
            try:
                runner.plan(query([case]))
                planned.append(case)
            except Exception as error:
                found[case.key] = runner.describe(error, "planning")
        for start in range(0, len(planned), BATCH_SIZE):
            found.update(run_batch(runner, planned[start : start + BATCH_SIZE]))
    return {case.key: found[case.key] for case in cases}


def run_batch(runner: Runner, batch: Sequence[Case]) -> dict[str, Answer]:
    """Computes cases together, and by halves when one of them fails."""
    try:
        schema, run = runner.plan(query(batch))
        rows = run()
    except Exception as error:
        if len(batch) == 1:
            return {batch[0].key: runner.describe(error, "running")}
        middle = len(batch) // 2
        return {**run_batch(runner, batch[:middle]), **run_batch(runner, batch[middle:])}
    types = column_types(schema)
    ordered = 1 if batch[0].context.source else 0
    if ordered:
        rows = sorted(rows, key=lambda row: row[0])
    return {
        case.key: {
            "type": types[ordered + position],
            "values": [printed(row[ordered + position], types[ordered + position]) for row in rows],
        }
        for position, case in enumerate(batch)
    }


def query(batch: Sequence[Case]) -> str:
    """One query for cases of one context."""
    columns = [f"{case.expression} AS c{position}" for position, case in enumerate(batch)]
    source = batch[0].context.source
    if source:
        columns.insert(0, "id")
    return f"SELECT {', '.join(columns)} {source}".rstrip()


def column_types(schema: str) -> list[str]:
    """The types of the columns in the text of a schema, one a line."""
    lines = [line.strip().removesuffix(",") for line in schema.splitlines()]
    return [line.split("` ", 1)[1] for line in lines if line.startswith("`")]


def printed(value: Any, type_text: str) -> str:
    """A value as text that tells types and NULL apart.

    FLOAT is compared by its nearest text, and a map in the order of its keys, which neither system
    promises.
    """
    if isinstance(value, float) and "FLOAT" in type_text:
        return f"{value:.8g}"
    if hasattr(value, "get_row_kind") or (isinstance(value, (list, tuple)) and not hasattr(value, "_fields")):
        return "[" + ", ".join(printed(item, type_text) for item in value) + "]"
    if isinstance(value, dict):
        entries = sorted(
            f"{printed(key, type_text)}: {printed(item, type_text)}" for key, item in value.items()
        )
        return "{" + ", ".join(entries) + "}"
    if isinstance(value, (bytes, bytearray)):
        return repr(bytes(value))
    if isinstance(value, datetime.datetime):
        return value.replace(tzinfo=None).isoformat(" ")
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return f"{value // datetime.timedelta(microseconds=1)} us"
    return repr(value)
