"""From pandas and back."""

import pandas as pd
from pyflink.table import EnvironmentSettings, TableEnvironment
from pyflink.table.expressions import col

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
frame = pd.DataFrame({"a": [1, 2, 3], "b": ["x", "y", None], "c": [0.5, 1.5, 2.5]})
table = t_env.from_pandas(frame)
table.print_schema()
back = table.filter(col("a") > 1).to_pandas()
print(back)
print(list(back.dtypes.astype(str)))
named = t_env.from_pandas(frame, ["i", "s", "d"], splits_num=2)
print(sorted(tuple(row) for row in named.select(col("i"), col("d")).execute().collect()))
