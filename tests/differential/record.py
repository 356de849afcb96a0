"""Runs all cases on Apache Flink and records its answers: ``make differential``."""

from __future__ import annotations

import json
import re

from pyflink.table import EnvironmentSettings, TableEnvironment
from statements import RECORDED, run, statements


def main() -> None:
    """Records every file."""
    table_environment = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    table_environment.get_config().set("parallelism.default", "1")
    RECORDED.mkdir(exist_ok=True)
    for name, cases in statements().items():
        recorded = {}
        for statement in cases:
            answer = run(
                table_environment, statement, lambda table: table._j_table.getResolvedSchema().toString()
            )
            if "error" in answer:
                answer["text"] = first_cause(answer["text"])
            recorded[statement] = answer
            print(statement, "=>", answer, flush=True)
        (RECORDED / f"{name}.json").write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")


def first_cause(text: str) -> str:
    """The lines of an error that name an exception, without the stack."""
    lines = [line.strip() for line in text.splitlines()]
    return "\n".join(
        line for line in lines if re.match(r"(: |Caused by: |org\.|java\.)\S*(Exception|Error)", line)
    )


if __name__ == "__main__":
    main()
