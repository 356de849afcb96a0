"""Views of tables, and the tables that paths name."""

from pyflink.table import EnvironmentSettings, TableEnvironment
from pyflink.table.expressions import col

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
t_env.create_temporary_view("numbers", t_env.from_elements([(1,), (2,), (3,)], ["n"]))
print(sorted(row[0] for row in t_env.from_path("numbers").where(col("n") > 1).execute().collect()))
print(sorted(row[0] for row in t_env.sql_query("SELECT n * n FROM numbers").execute().collect()))
print(t_env.list_temporary_views(), t_env.drop_temporary_view("numbers"))
