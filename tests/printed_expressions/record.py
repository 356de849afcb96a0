"""Records what Flink prints for the expressions in ``cases.json``, and the calls that this client makes of them.

Run it with the interpreter of an installed ``apache-flink`` to record the texts, and with one that has
``nutkin`` to record the calls::

    .venv-peers/bin/python tests/printed_expressions/record.py
    .venv/bin/python tests/printed_expressions/record.py

A case is Python text over the columns ``a`` to ``d``; ``text`` is what Flink prints. ``source`` says where the
text is from: ``flink`` is PyFlink itself, ``java`` is the same call of Flink's Java API, made past a defect of
PyFlink (:data:`JAVA` has these calls), and ``name`` a function that Java's API lacks, after the name that SQL
has for it. A case without a text is an error.
"""

from __future__ import annotations

import datetime
import decimal
import json
import sys
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases.json"


def java_calls(names: dict[str, Any]) -> dict[str, Any]:
    """The calls of Java for cases that PyFlink cannot express."""
    from pyflink.java_gateway import get_gateway
    from pyflink.util.java_utils import to_jarray

    java = get_gateway().jvm
    functions = java.Expressions
    on_null = java.org.apache.flink.table.api.JsonOnNull
    a, b, c = (names[name]._j_expr for name in "abc")

    def objects(*values: Any) -> Any:
        return to_jarray(java.Object, list(values))

    date = java.java.time.LocalDate.of(2020, 1, 2)
    return {
        "a==datetime.date(2020,1,2)": lambda: a.isEqual(date),
        "lit(datetime.date(2020,1,2))": lambda: functions.lit(date),
        "lit(datetime.datetime(2020,1,2))": lambda: functions.lit(
            java.java.time.LocalDateTime.of(2020, 1, 2, 0, 0)
        ),
        "lit(datetime.time(1,2))": lambda: functions.lit(java.java.time.LocalTime.of(1, 2)),
        "lit(datetime.timedelta(days=1))": lambda: functions.lit(java.java.time.Duration.ofDays(1)),
        "a.array_distinct()": lambda: a.arrayDistinct(),
        "a.array_reverse()": lambda: a.arrayReverse(),
        "a.array_slice(1)": lambda: a.arraySlice(1),
        "a.array_slice(1,2)": lambda: a.arraySlice(1, 2),
        "a.map_union(b)": lambda: a.mapUnion(objects(b)),
        "a.map_union(b,c)": lambda: a.mapUnion(objects(b, c)),
        "a.object_update('x',1)": lambda: a.objectUpdate(objects("x", 1)),
        "descriptor('x')": lambda: functions.descriptor(to_jarray(java.String, ["x"])),
        "descriptor('x','y')": lambda: functions.descriptor(to_jarray(java.String, ["x", "y"])),
        "E.object_of('com.example.A','x',1)": lambda: functions.objectOf("com.example.A", objects("x", 1)),
        "json_object(JsonOnNull.NULL)": lambda: functions.jsonObject(on_null.NULL, objects()),
        "json_object(JsonOnNull.ABSENT,'k',1)": lambda: functions.jsonObject(on_null.ABSENT, objects("k", 1)),
        "json_array(JsonOnNull.NULL,1,2)": lambda: functions.jsonArray(on_null.NULL, objects(1, 2)),
    }


def namespace(package: str) -> dict[str, Any]:
    """The names that cases use, of ``pyflink`` or of ``nutkin``."""
    import importlib

    functions = importlib.import_module(f"{package}.table.expressions")
    expression = importlib.import_module(f"{package}.table.expression")
    names: dict[str, Any] = {name: getattr(functions, name) for name in functions.__all__}
    names |= {name: getattr(expression, name) for name in dir(expression) if name[0].isupper()}
    names |= {name: functions.col(name) for name in "abcd"}
    names |= {
        "E": functions,
        "T": importlib.import_module(f"{package}.table").DataTypes,
        "datetime": datetime,
        "decimal": decimal,
    }
    return names


def record_texts(cases: list[dict[str, Any]]) -> None:
    """Asks Flink for the texts."""
    names = namespace("pyflink")
    java = java_calls(names)
    for case in cases:
        python = case["python"]
        if case.get("source") == "name":
            continue
        try:
            if python in java:
                case["text"], case["source"] = java[python]().asSummaryString(), "java"
            else:
                case["text"], case["source"] = str(eval(python, dict(names))), "flink"
        except Exception as error:
            case.pop("text", None)
            case["source"] = "flink"
            print(python, type(error).__name__, file=sys.stderr)


def record_calls(cases: list[dict[str, Any]]) -> None:
    """Notes the calls that this client makes."""
    from nutkin._gateway import get_gateway

    gateway = get_gateway()
    for case in cases:
        case.pop("calls", None)
        if "text" not in case:
            continue
        gateway._deferred.clear()
        expression = eval(case["python"], namespace("nutkin"))
        result = expression._j_expression.id
        case["result"] = result
        case["calls"] = [
            [target, method, [encoded(argument) for argument in arguments], made]
            for target, method, arguments, made in gateway._deferred
        ]
        renumber(case)


def encoded(value: Any) -> Any:
    """An argument in JSON: what JSON lacks is an object of one entry."""
    if hasattr(value, "class_name"):
        return {"object": value.id}
    if isinstance(value, decimal.Decimal):
        return {"decimal": str(value)}
    if isinstance(value, (bytes, bytearray)):
        return {"bytes": list(value)}
    if isinstance(value, datetime.datetime):
        return {"timestamp": value.isoformat()}
    if isinstance(value, datetime.date):
        return {"date": value.isoformat()}
    if isinstance(value, datetime.time):
        return {"time": value.isoformat()}
    if isinstance(value, datetime.timedelta):
        return {"seconds": int(value.total_seconds())}
    return value


def renumber(case: dict[str, Any]) -> None:
    """Counts ids from 1, whatever was made before, and leaves out what the result does not need."""
    calls = {call[3]: call for call in case["calls"]}
    needed: list[int] = []

    def need(identifier: int) -> None:
        if identifier in needed:
            return
        target, _, arguments, _ = calls[identifier]
        if isinstance(target, int):
            need(target)
        for argument in arguments:
            if isinstance(argument, dict) and "object" in argument:
                need(argument["object"])
        needed.append(identifier)

    need(case.pop("result"))
    new = {old: position for position, old in enumerate(needed, 1)}
    case["calls"] = [
        [
            new[target] if isinstance(target, int) else target,
            method,
            [{"object": new[a["object"]]} if isinstance(a, dict) and "object" in a else a for a in arguments],
            new[made],
        ]
        for target, method, arguments, made in (calls[identifier] for identifier in needed)
    ]


def main() -> None:
    """Records what this interpreter can."""
    cases = json.loads(CASES.read_text())
    try:
        import pyflink  # noqa: F401
    except ImportError:
        record_calls(cases)
    else:
        record_texts(cases)
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    CASES.write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
