"""Writes ``docs/functions.md``, and fails if a function of Flink is missing in it.

Flink's functions are those of its ``SHOW FUNCTIONS`` and the operators and forms of its documentation,
both recorded in ``tests/differential/recorded``. ``UPDATE_README=1`` with pytest writes the file anew.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
HERE = ROOT / "tests" / "differential"
DOCUMENT = ROOT / "docs" / "functions.md"
sys.path.insert(0, str(HERE))

from expressions import DIFFERENCES, families  # noqa: E402
from nutkin.table import EnvironmentSettings, TableEnvironment  # noqa: E402
from nutkin.util.exceptions import UnsupportedOperationException  # noqa: E402

FORMS: dict[str, list[tuple[str, str | None, str]]] = json.loads(
    (HERE / "recorded" / "documented_forms.json").read_text()
)
NAMES: list[str] = json.loads((HERE / "recorded" / "show_functions.json").read_text())

#: Names of SHOW FUNCTIONS that SQL spells otherwise than by their words in capitals.
SPELLED = {
    "initCap": "INITCAP",
    "listAgg": "LISTAGG",
    "uuid": "UUID",
    "log2": "LOG2",
    "log10": "LOG10",
    "atan2": "ATAN2",
    "fromUnixtime": "FROM_UNIXTIME",
    "timestampDiff": "TIMESTAMPDIFF",
    "dateFormat": "DATE_FORMAT",
    "localTime": "LOCALTIME",
    "localTimestamp": "LOCALTIMESTAMP",
    "TRANSLATE3": "TRANSLATE",
    "lowerCase": "LOWER",
    "upperCase": "UPPER",
    "JSON_ARRAYAGG_NULL_ON_NULL": "JSON_ARRAYAGG",
    "JSON_ARRAYAGG_ABSENT_ON_NULL": "JSON_ARRAYAGG",
    "JSON_OBJECTAGG_NULL_ON_NULL": "JSON_OBJECTAGG",
    "JSON_OBJECTAGG_ABSENT_ON_NULL": "JSON_OBJECTAGG",
    "now": "NOW",
}

#: What SHOW FUNCTIONS lists and no expression of SQL calls by that name.
NOT_CALLED = {
    "AGG_DECIMAL_MINUS": "Flink's planner makes it of others.",
    "AGG_DECIMAL_PLUS": "Flink's planner makes it of others.",
    "HIVE_AGG_DECIMAL_PLUS": "Flink's planner makes it of others.",
    "ASSIGNMENT": "The `=>` of a named argument.",
    "DEFAULT": "The default of an argument.",
    "FROM_CHANGELOG": "Refused: a table function; changes come from the format of a table.",
    "TO_CHANGELOG": "Refused: a table function; changes are written by the format of a table.",
    "ML_PREDICT": "Refused: a Python function can call a model.",
    "as": "Works: the `AS` of a select list.",
    "asc": "Works: the `ASC` of ORDER BY.",
    "desc": "Works: the `DESC` of ORDER BY.",
    "distinct": "Works: the `DISTINCT` in an aggregate call.",
    "sum0": "Works: the sum that is 0 over no rows, in the Table API.",
    "over": "Works: the `OVER` of an aggregate call.",
    "rangeTo": "A range of columns in the Table API.",
    "withColumns": "Columns in the Table API.",
    "withoutColumns": "Columns in the Table API.",
    "flatten": "Fields of a ROW in the Table API.",
    "reinterpretCast": "Flink's planner uses it.",
    "start": "The start of a group window in the Table API; `TUMBLE_START` in SQL.",
    "end": "The end of a group window in the Table API; `TUMBLE_END` in SQL.",
    "proctime": "The processing time of a window in the Table API; `PROCTIME()` in SQL.",
    "rowtime": "The event time of a window in the Table API; `TUMBLE_ROWTIME` in SQL.",
    "streamRecordTimestamp": "The timestamp of a DataStream record.",
    "SOURCE_WATERMARK": "In the WATERMARK clause of a table.",
}


def sql_name(name: str) -> str:
    """A name of SHOW FUNCTIONS as SQL spells it."""
    if name in SPELLED:
        return SPELLED[name]
    if name.isupper():
        return name
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).upper()


def family(name: str) -> str:
    """The heading of a function that no form stands for."""
    patterns = {
        "Bitmaps": r"BITMAP",
        "JSON": r"JSON",
        "Session": r"CURRENT_DATABASE",
        "Collections and fields": r"^ARRAY(?!_AGG)|^MAP|^CARDINALITY|^ELEMENT|^OBJECT",
        "Strings": r"REGEXP|ASCII|BTRIM|LTRIM|RTRIM|TRIM|CHAR|CHR|CONCAT|ELT|WITH$|INSTR|LOCATE|LEFT|RIGHT|PAD"
        r"|LOWER|UPPER|INITCAP|PRINTF|REPEAT|REPLACE|REVERSE|SPLIT|STR_TO_MAP|SUBSTR|TRANSLATE",
        "Hashes and encodings": r"MD5|^SHA|BASE64|CODE$|URL|INET|HEX|^BIN$|UUID",
        "Aggregates": r"^(AVG|COUNT|SUM|MIN|MAX|STDDEV.*|VAR_.*|COLLECT|FIRST_VALUE|LAST_VALUE|LAG|LEAD"
        r"|LISTAGG|ARRAY_AGG|PERCENTILE)$",
        "Dates and times": r"DATE|TIME|CONVERT_TZ|NOW|WATERMARK",
        "Conditions": r"COALESCE|IFNULL|GREATEST|LEAST|TYPEOF",
    }
    for heading, pattern in patterns.items():
        if re.search(pattern, name):
            return heading
    return "Arithmetic"


@pytest.fixture(scope="module")
def table_environment() -> TableEnvironment:
    """An environment that only plans."""
    return TableEnvironment.create(EnvironmentSettings.in_streaming_mode())


def refusal(environment: TableEnvironment, expression: str) -> str | None:
    """Why an expression is not planned, if Nutkin refuses it by name."""
    try:
        environment.sql_query(f"SELECT {expression}")
    except UnsupportedOperationException as error:
        hint = re.search(r"Hint: (.*)", str(error), re.DOTALL)
        return " ".join(hint.group(1).split()) if hint else "no hint"
    return None


def refusal_by_name(environment: TableEnvironment, name: str) -> str | None:
    """Why a function is not planned, whatever its arguments are."""
    try:
        return refusal(environment, f"{name}()")
    except Exception:
        return None


def is_known(environment: TableEnvironment, name: str) -> bool:
    """Whether SQL has a function of this name, whatever its arguments."""
    try:
        environment.sql_query(f"SELECT {name}()")
    except UnsupportedOperationException:
        return True
    except Exception as error:
        return "No match found" not in str(error)
    return True


def all_cases() -> str:
    """The text of all differential cases, one a line."""
    lines = [case.key for group in families().values() for case in group]
    for path in sorted((HERE / "cases").glob("*.sql")):
        lines += path.read_text().split("\n\n" if "\n\n" in path.read_text() else "\n")
    return "\n".join(" ".join(line.split()) for line in lines)


def differences() -> dict[str, list[str]]:
    """The reasons of known differences, by function."""
    found: dict[str, list[str]] = {}
    for path in sorted(DIFFERENCES.glob("*.json")):
        for item in json.loads(path.read_text()):
            found.setdefault(item["function"], []).append(item["reason"])
    return found


def rows(environment: TableEnvironment) -> Iterator[tuple[str, str, str, str]]:
    """Heading, syntax, status and the name under which differences are listed."""
    cases = all_cases()
    named = set()
    for heading, forms in FORMS.items():
        for form, function, example in forms:
            reason = refusal(environment, example)
            named.add(function)
            yield heading, form, "works" if reason is None else f"refused: {reason}", form.split("(")[0]
    for name in NAMES:
        spelled = sql_name(name)
        if name in named:
            continue
        if name in NOT_CALLED:
            yield "Of the planner and the Table API", name, NOT_CALLED[name], name
            continue
        assert is_known(environment, spelled), f"{name} is not in the table"
        reason = refusal_by_name(environment, spelled)
        is_compared = re.search(rf"(?<![A-Z_]){re.escape(spelled)}\b", cases) is not None
        proof = "works, compared with Flink" if is_compared else "works"
        yield family(spelled), f"{spelled}(...)", proof if reason is None else f"refused: {reason}", spelled


def document(environment: TableEnvironment) -> str:
    """The whole text."""
    reasons = differences()
    headings: dict[str, dict[str, str]] = {}
    for heading, syntax, status, name in rows(environment):
        cell = " ".join(dict.fromkeys(reasons.pop(name, [])))
        cells = (f"`{syntax}`", status, cell)
        line = "| " + " | ".join(text.replace("|", "\\|") for text in cells) + " |"
        headings.setdefault(heading, {})[syntax] = line
    text = [
        "# Functions of Flink 2.3",
        "",
        "Each function that `SHOW FUNCTIONS` of Flink lists, and each operator and form of its documentation.",
        "What works is compared with values that Flink gave (`tests/differential`). What is refused is refused",
        "by name when a query is planned, with what works instead. The last column has known differences.",
        "",
        "This file is generated: `UPDATE_README=1 pytest tests/e2e/test_functions_documentation.py`.",
    ]
    for heading, lines in headings.items():
        text += ["", f"## {heading}", "", "| function | status | differences |", "| --- | --- | --- |"]
        text += list(lines.values())
    if reasons:
        text += ["", "## Further differences", "", "| where | reason |", "| --- | --- |"]
        for name, found in sorted(reasons.items()):
            text.append(f"| {name} | {' '.join(dict.fromkeys(found))} |".replace("||", "\\|\\|"))
    return "\n".join(text) + "\n"


def test_the_document_is_up_to_date(table_environment: TableEnvironment) -> None:
    """Every function of Flink has a row, and what the rows say is so."""
    text = document(table_environment)
    if os.environ.get("UPDATE_README"):
        DOCUMENT.write_text(text)
    assert DOCUMENT.read_text() == text, "run UPDATE_README=1 pytest " + str(Path(__file__).name)


def test_every_listed_name_of_flink_is_mentioned() -> None:
    """A new function of Flink cannot be forgotten."""
    text = DOCUMENT.read_text()
    forms = {function for group in FORMS.values() for _, function, _ in group}
    for name in NAMES:
        mentioned = name in forms or name in NOT_CALLED or f"`{sql_name(name)}(" in text
        assert mentioned, name
