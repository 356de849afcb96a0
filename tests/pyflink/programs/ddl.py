"""Tables and views that come and go."""

from pyflink.table import EnvironmentSettings, TableEnvironment

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
t_env.execute_sql("CREATE TABLE a (x INT, y STRING) WITH ('connector' = 'blackhole')").print()
t_env.execute_sql("CREATE TEMPORARY VIEW v AS SELECT 1 AS a1, 'two' AS a2")
print(t_env.list_tables(), t_env.list_views(), t_env.list_temporary_views())
t_env.execute_sql("CREATE DATABASE d")
t_env.use_database("d")
print(t_env.get_current_database(), t_env.list_tables(), t_env.list_databases())
t_env.use_database("default_database")
t_env.execute_sql("SHOW TABLES").print()
t_env.execute_sql("DESCRIBE a").print()
print(t_env.drop_temporary_view("v"), t_env.drop_temporary_view("v"))
t_env.execute_sql("DROP TABLE a")
print(t_env.list_tables())
