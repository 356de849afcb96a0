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


def test_python_functions(programs: Programs) -> None:
    """Python functions in projections and filters; one that raises names itself and its row."""
    code = """
from nutkin.table.udf import udf

t_env.create_temporary_function("twice", udf(lambda x: None if x is None else 2 * x, result_type="BIGINT"))


def refuse(x):
    raise ValueError("no")


t_env.create_temporary_function("refuse", udf(refuse, result_type="BIGINT"))
numbers = "(VALUES (CAST(1 AS BIGINT)), (CAST(5 AS BIGINT)), (CAST(NULL AS BIGINT))) AS t(a)"
print(rows(f"SELECT a, twice(a), twice(twice(a)) + 1 FROM {numbers} WHERE twice(a) > 3"))
try:
    rows(f"SELECT refuse(a) FROM {numbers}")
except Exception as error:
    print(type(error).__name__, "Python function 'refuse' failed for row (f0=1): ValueError: no" in str(error))
"""
    assert printed(programs, code) == ["[(5, 10, 21)]", "JobExecutionException True"]


def test_files_and_partitions(programs: Programs) -> None:
    """What one job writes another reads; only the partitions and columns that are needed, says EXPLAIN."""
    code = """
import tempfile

folder = tempfile.mkdtemp()
for form in ("csv", "json", "parquet"):
    t_env.execute_sql(
        f"CREATE TABLE {form}_files (id BIGINT, name STRING, dt STRING) PARTITIONED BY (dt)"
        f" WITH ('connector'='filesystem', 'format'='{form}', 'path'='{folder}/{form}')"
    )
    t_env.execute_sql(
        f"INSERT INTO {form}_files SELECT * FROM (VALUES (CAST(1 AS BIGINT), 'a', '2020-01-01'),"
        " (CAST(2 AS BIGINT), 'b', '2020-01-02'), (CAST(3 AS BIGINT), 'c', '2020-01-02')) AS v(a, b, c)"
    ).wait()
    query = f"SELECT name FROM {form}_files WHERE dt = '2020-01-02' AND id > 2"
    print(rows(query), rows(f"SELECT dt, COUNT(*) FROM {form}_files GROUP BY dt ORDER BY dt"))
    plan = t_env.explain_sql(query)
    titles = [line for line in plan.splitlines() if line.startswith("==")]
    assert titles == ["== Abstract Syntax Tree ==", "== Optimized Physical Plan ==", "== Optimized Execution Plan =="]
    if form == "parquet":
        assert "dt=2020-01-01" not in plan and "dt=2020-01-02" in plan, plan
        assert "projection=[id, name]" in plan and "predicate=id@0 > 2" in plan, plan
    else:
        assert "files=1 of 2, columns=[id, name]" in plan, plan
"""
    counted = "[('2020-01-01', 1), ('2020-01-02', 2)]"
    assert printed(programs, code) == [f"[('c',)] {counted}"] * 3


def test_several_sinks_are_one_job(programs: Programs) -> None:
    """A statement set writes all its tables."""
    code = """
import tempfile

folder = tempfile.mkdtemp()
statements = t_env.create_statement_set()
for name in ("one", "two"):
    t_env.execute_sql(
        f"CREATE TABLE {name} (a INT) WITH ('connector'='filesystem', 'format'='csv', 'path'='{folder}/{name}')"
    )
    statements.add_insert_sql(f"INSERT INTO {name} SELECT a FROM (VALUES (1), (2)) AS v(a)")
result = statements.execute()
result.wait()
print(result.get_job_client().get_job_status().result().name)
print(sorted(rows("SELECT * FROM one")), sorted(rows("SELECT * FROM two")))
"""
    assert printed(programs, code) == ["FINISHED", "[(1,), (2,)] [(1,), (2,)]"]


def test_unbounded_tables_are_refused(programs: Programs) -> None:
    """A table that never ends cannot be queried, in Flink's words."""
    code = """
t_env.execute_sql("CREATE TABLE g (a INT) WITH ('connector'='datagen')")
try:
    rows("SELECT * FROM g")
except Exception as error:
    print(type(error).__name__, error)
"""
    message = (
        "Querying an unbounded table 'default_catalog.default_database.g' in batch mode is not allowed. "
        "The table source is unbounded."
    )
    assert printed(programs, code)[0] == f"ValidationException {message}"


LARGE = """
t_env.get_config().set("parallelism.default", "1")
t_env.execute_sql(
    "CREATE TABLE g (a BIGINT, b STRING) WITH ('connector'='datagen', 'rows-per-second'='100000000',"
    " 'number-of-rows'='200000', 'fields.a.kind'='sequence', 'fields.a.start'='1', 'fields.a.end'='200000')"
)


def limited(memory, statement):
    t_env.get_config().set("nutkin.batch.memory", memory)
    try:
        return rows(statement)
    except Exception as error:
        return f"{type(error).__name__} {error}"
"""


def test_more_than_memory_spills(programs: Programs) -> None:
    """200,000 strings of 100 characters are sorted and grouped in less memory than they need; joins can be sorted."""
    code = """
found = limited("12 mb", "SELECT a, b FROM g ORDER BY b")
print(len(found), sum(a for a, _ in found), all(x[1] <= y[1] for x, y in zip(found, found[1:])))
print(limited("12 mb", "SELECT COUNT(*), SUM(c), SUM(a) FROM (SELECT b, COUNT(*) AS c, MAX(a) AS a FROM g GROUP BY b)"))
t_env.get_config().set("table.exec.disabled-operators", "HashJoin")
join = "SELECT COUNT(*), SUM(x.a) FROM g x JOIN g y ON x.a = y.a"
print("SortMergeJoin" in t_env.explain_sql(join), limited("12 mb", join))
"""
    total = 200_000 * 200_001 // 2
    assert printed(programs, LARGE + code) == [
        f"200000 {total} True",
        f"[(200000, 200000, {total})]",
        f"True [(200000, {total})]",
    ]


def test_too_little_memory_names_the_key(programs: Programs) -> None:
    """A query that does not fit fails with the keys that give it more; the process goes on."""
    code = """
message = limited("16 kb", "SELECT a, b FROM g ORDER BY b")
print("JobExecutionException" in message, "'nutkin.batch.memory'" in message)
message = limited("1 mb", "SELECT x.a FROM g x JOIN g y ON x.b = y.b")
print("JobExecutionException" in message, "'table.exec.disabled-operators'" in message)
print(limited("1 gb", "SELECT COUNT(*) FROM g"))
"""
    assert printed(programs, LARGE + code) == ["True True", "True True", "[(200000,)]"]


def test_cancel_within_a_second(programs: Programs) -> None:
    """A query that computes for minutes ends when it is told to."""
    code = """
import time

result = t_env.execute_sql("SELECT COUNT(*) FROM g x, g y WHERE x.a + y.a < 0")
client = result.get_job_client()
time.sleep(1)
start = time.monotonic()
client.cancel().result()
try:
    result.wait()
except Exception as error:
    print(type(error).__name__, time.monotonic() - start < 1)
print(client.get_job_status().result().name)
"""
    assert printed(programs, LARGE + code) == ["JobCancellationException True", "CANCELED"]
