"""A plan can be explained."""

from pyflink.table import EnvironmentSettings, ExplainDetail, TableEnvironment

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
query = "SELECT a + 1 FROM (VALUES (1), (2)) AS t (a) WHERE a > 1"
text = t_env.explain_sql(query, ExplainDetail.CHANGELOG_MODE)
print([line for line in text.splitlines() if line.startswith("==")])
print([line for line in t_env.sql_query(query).explain().splitlines() if line.startswith("==")])
