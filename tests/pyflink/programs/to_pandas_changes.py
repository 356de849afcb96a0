"""The end of a stream of changes as a frame."""

from pyflink.table import EnvironmentSettings, TableEnvironment
from pyflink.table.expressions import col

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
table = t_env.from_elements([("a", 1), ("b", 2), ("a", 3)], ["k", "v"])
frame = table.group_by(col("k")).select(col("k"), col("v").sum.alias("s")).to_pandas()
print(frame.sort_values("k").to_dict("list"))
empty = table.filter(col("v") > 10).to_pandas()
print(list(empty.columns), len(empty))
