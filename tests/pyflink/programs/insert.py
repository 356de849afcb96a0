"""Rows into tables: execute_insert, INSERT INTO and statement sets."""

from pyflink.table import EnvironmentSettings, TableEnvironment

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
t_env.execute_sql("CREATE TABLE a (x BIGINT) WITH ('connector' = 'blackhole')")
t_env.execute_sql("CREATE TABLE b (x BIGINT) WITH ('connector' = 'blackhole')")
table = t_env.from_elements([(1,), (2,)], ["x"])
result = table.execute_insert("a")
result.wait()
print(result.get_result_kind(), result.get_resolved_schema().get_column_names())
t_env.execute_sql("INSERT INTO a SELECT CAST(1 AS BIGINT)").wait()
statements = t_env.create_statement_set()
statements.add_insert("a", table)
statements.add_insert_sql("INSERT INTO b SELECT CAST(2 AS BIGINT)")
statements.execute().wait()
print("done")
