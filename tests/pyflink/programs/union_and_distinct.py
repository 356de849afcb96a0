"""Tables put together."""

from pyflink.table import EnvironmentSettings, TableEnvironment

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
left = t_env.from_elements([(1,), (2,)], ["a"])
right = t_env.from_elements([(2,), (3,)], ["a"])
both = left.union_all(right)
print(sorted(row[0] for row in both.execute().collect()))
print(sorted(row[0] for row in both.distinct().execute().collect()))
