"""Records what Flink says of the wrong programs in ``cases.json``: run it with the interpreter of an installed
``apache-flink``::

    .venv-peers/bin/python tests/wrong_programs/record.py

A case is Python text over ``t`` (a INT, b STRING, c BIGINT, ts TIMESTAMP(3)), ``r`` (d INT, e STRING, f BIGINT) and
``t_env``, in batch mode or, where ``mode`` says so, in streaming mode. ``class`` is the simple name of the
exception, ``message`` its message and those of its causes, a line each.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path
from typing import Any

CASES = Path(__file__).parent / "cases.json"


def namespace(package: str, mode: str) -> dict[str, Any]:
    """The names that cases use, of ``pyflink`` or of ``nutkin``."""
    table = importlib.import_module(f"{package}.table")
    functions = importlib.import_module(f"{package}.table.expressions")
    window = importlib.import_module(f"{package}.table.window")
    names: dict[str, Any] = {name: getattr(functions, name) for name in functions.__all__}
    names |= {name: getattr(window, name) for name in ("Tumble", "Slide", "Session", "Over")}
    settings = table.EnvironmentSettings
    t_env = table.TableEnvironment.create(
        settings.in_batch_mode() if mode == "batch" else settings.in_streaming_mode()
    )
    for name, columns in (
        ("t", "a INT, b STRING, c BIGINT, ts TIMESTAMP(3)"),
        ("r", "d INT, e STRING, f BIGINT"),
        ("sink", "x INT, y STRING"),
    ):
        connector = "blackhole" if name == "sink" else "datagen"
        t_env.execute_sql(f"CREATE TABLE {name} ({columns}) WITH ('connector' = '{connector}')")
    names |= {
        "t_env": t_env,
        "t": t_env.from_path("t"),
        "r": t_env.from_path("r"),
        "DataTypes": table.DataTypes,
        "lag": functions.lag,
    }
    return names


def chain(error: Any) -> tuple[str, str]:
    """The class of a Java exception, and its messages."""
    throwable = error.java_exception
    name = throwable.getClass().getSimpleName()
    messages = []
    while throwable is not None:
        message = throwable.getMessage()
        # A cause's text stands in the message of what wraps it.
        if message is not None and not any(message in other for other in messages):
            messages.append(message)
        throwable = throwable.getCause()
    return name, "\n".join(messages)


def main() -> None:
    """Records every case."""
    cases = json.loads(CASES.read_text())
    names = {mode: namespace("pyflink", mode) for mode in ("batch", "streaming")}
    for case in cases:
        case.pop("class", None)
        case.pop("message", None)
        try:
            eval(case["python"], dict(names[case.get("mode", "batch")]))
        except Exception as error:
            cause = getattr(error, "java_exception", None)
            if cause is None and error.__cause__ is not None:
                error = error.__cause__
            if hasattr(error, "java_exception"):
                case["class"], case["message"] = chain(error)
            else:
                print("no Java exception:", case["python"], repr(error)[:200], file=sys.stderr)
        else:
            print("not wrong:", case["python"], file=sys.stderr)
    lines = ",\n".join(json.dumps(case, ensure_ascii=False) for case in cases)
    CASES.write_text(f"[\n{lines}\n]\n")


if __name__ == "__main__":
    main()
