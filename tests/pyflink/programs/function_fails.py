"""A Python function that raises."""

from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.expressions import col
from pyflink.table.udf import udf

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())


@udf(result_type=DataTypes.BIGINT())
def fails(number):
    raise ValueError("boom")


try:
    list(t_env.from_elements([(1,)], ["a"]).select(fails(col("a"))).execute().collect())
except Exception as error:
    print(type(error).__name__, "boom" in str(error), "Failed to fetch next result" in str(error))
