"""What print() shows of a query."""

from pyflink.table import EnvironmentSettings, TableEnvironment

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
t_env.execute_sql(
    "SELECT * FROM (VALUES (1, 'a', TRUE), (2, CAST(NULL AS STRING), FALSE)) AS t (i, s, b)"
).print()
t_env.execute_sql("SHOW DATABASES").print()
