"""Columns, filters and aggregates of the Table API."""

from pyflink.table import EnvironmentSettings, TableEnvironment
from pyflink.table.expressions import col, lit

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
table = t_env.from_elements([(1, "a"), (2, "b"), (3, "a"), (4, "c")], ["id", "name"])
result = table.filter(col("id") > 1).select(
    col("id") * 10, col("name").upper_case.alias("upper"), (col("id") + lit(0.5)).alias("half")
)
print(sorted(tuple(row) for row in result.execute().collect()))
print(result.get_schema().get_field_names())
counted = table.group_by(col("name")).select(
    col("name"), col("id").sum.alias("total"), col("id").count.alias("n")
)
final = {}
for row in counted.execute().collect():
    kind = str(row.get_row_kind())
    if "DELETE" in kind or "BEFORE" in kind:
        continue
    final[row[0]] = (row[1], row[2])
print(sorted(final.items()))
