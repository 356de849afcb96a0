"""Batch mode, end to end."""

from __future__ import annotations

from support import Programs

HEAD = """
from nutkin.table import EnvironmentSettings, TableEnvironment

t_env = TableEnvironment.create(EnvironmentSettings.in_batch_mode())


def rows(statement):
    with t_env.execute_sql(statement).collect() as result:
        return [tuple(row) for row in result]
"""


def printed(programs: Programs, code: str) -> list[str]:
    """The lines that a program in batch mode prints."""
    finished = programs.run(HEAD + code)
    assert finished.code == 0, finished.stderr
    return finished.stdout.splitlines()


def test_rows_are_final(programs: Programs) -> None:
    """An aggregate has one row a group, and no changes."""
    code = """
table = t_env.from_elements([(1, "x"), (2, "y"), (4, "x")], ["a", "b"])
t_env.create_temporary_view("t", table)
result = t_env.execute_sql("SELECT b, COUNT(*), SUM(a), AVG(a) FROM t GROUP BY b")
with result.collect() as collected:
    print(sorted((str(row.get_row_kind()), *row) for row in collected))
"""
    assert printed(programs, code) == ["[('+I', 'x', 2, 5, 2), ('+I', 'y', 1, 2, 2)]"]
