"""Columns added, replaced, renamed and dropped."""

from pyflink.table import EnvironmentSettings, TableEnvironment
from pyflink.table.expressions import col, concat

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
table = t_env.from_elements([(1, "a")], ["id", "name"])
print(table.add_columns(concat(col("name"), "!").alias("loud")).get_schema().get_field_names())
print(table.rename_columns(col("id").alias("number")).get_schema().get_field_names())
print(table.drop_columns(col("id")).get_schema().get_field_names())
print(table.alias("x", "y").get_schema().get_field_names())
print(table.add_or_replace_columns((col("id") + 1).alias("id")).get_resolved_schema())
