"""The job in the API of Flink 2.x."""

import os

from cdn_connector_ddl import sink_ddl, source_ddl
from cdn_udf import ip_to_province
from pyflink.table import EnvironmentSettings, TableEnvironment
from pyflink.table.expressions import col, lit

t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())

t_env.execute_sql(source_ddl)
t_env.execute_sql(sink_ddl)

t_env.add_python_file(os.path.join(os.path.dirname(os.path.abspath(__file__)), "cdn_udf.py"))

log = t_env.from_path("cdn_access_log").select(
    col("uuid"),
    ip_to_province(col("client_ip")).alias("province"),
    col("response_size"),
    col("request_time"),
)
statistic = log.group_by(col("province")).select(
    col("province"),
    col("uuid").count.alias("access_count"),
    col("response_size").sum.alias("total_download"),
    (col("response_size").sum * lit(1.0) / col("request_time").sum).alias("download_speed"),
)
statistic.execute_insert("cdn_access_statistic").wait()
