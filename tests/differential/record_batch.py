"""Records what Apache Flink answers to the cases of batch mode (a part of ``make differential``)."""

from __future__ import annotations

import json
import sys

import batch
import flink
from pyflink.table import EnvironmentSettings, TableEnvironment


def main(names: list[str]) -> None:
    """Records the named files, or every file."""
    table_environment = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
    table_environment.get_config().set("parallelism.default", "1")
    for statement in batch.tables():
        table_environment.execute_sql(statement)
    batch.RECORDED.mkdir(parents=True, exist_ok=True)
    for name, cases in batch.statements().items():
        if names and name not in names:
            continue
        recorded = {}
        for statement in cases:
            answer = batch.run(
                table_environment, statement, lambda table: table._j_table.getResolvedSchema().toString()
            )
            if "error" in answer:
                answer = flink.describe(Exception(answer["text"]), answer["error"])
            recorded[statement] = answer
            print(statement, answer.get("text", ""), flush=True)
        path = batch.RECORDED / f"{name}.json"
        path.write_text(json.dumps(recorded, indent=1, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
