"""Batch mode: order, limit and aggregates."""

from pyflink.table import EnvironmentSettings, TableEnvironment

t_env = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
t_env.create_temporary_view("t", t_env.from_elements([(3, "c"), (1, "a"), (2, "b"), (5, "a")], ["i", "s"]))
print(
    [tuple(row) for row in t_env.sql_query("SELECT i, s FROM t ORDER BY i DESC LIMIT 2").execute().collect()]
)
print(
    [
        tuple(row)
        for row in t_env.sql_query("SELECT s, SUM(i) FROM t GROUP BY s ORDER BY s").execute().collect()
    ]
)
t_env.execute_sql("SELECT s, COUNT(*) AS n FROM t GROUP BY s ORDER BY s").print()
