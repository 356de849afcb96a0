"""Records DuckDB's answers at the scale that every test run compares with."""

from __future__ import annotations

import json

import tpch

SCALE = "0.01"


def main() -> None:
    """Writes ``answers.json``, one row a line."""
    answers = tpch.duckdb_answers(tpch.data(SCALE))
    parts = []
    for number, rows in answers.items():
        lines = ",\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        parts.append(f'"{number}": [\n{lines}\n]')
    (tpch.HERE / "answers.json").write_text("{\n" + ",\n".join(parts) + "\n}\n")


if __name__ == "__main__":
    main()
