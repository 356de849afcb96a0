"""From process start to the first row of a Python function, for ``nutkin run --timing``."""

from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.expressions import col
from pyflink.table.udf import udf


@udf(result_type=DataTypes.BIGINT())
def add_one(value):
    """One more."""
    return value + 1


t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
t_env.execute_sql("CREATE TABLE result (a BIGINT) WITH ('connector' = 'blackhole')")
table = t_env.from_elements([(1,), (2,)], ["a"])
table.select(add_one(col("a"))).execute_insert("result").wait()
