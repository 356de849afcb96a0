"""The job on PyFlink: ``pyflink_job.py CSV {process|thread}``; needs apache-flink and a JRE."""

import sys
import time

from pyflink.table import DataTypes, EnvironmentSettings, TableEnvironment
from pyflink.table.udf import udf

PROVINCES = [f"p{i}" for i in range(34)]
t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
t_env.get_config().set("python.execution-mode", sys.argv[2])
t_env.get_config().set("parallelism.default", "2")
t_env.get_config().set("python.executable", sys.executable)


@udf(result_type=DataTypes.STRING())
def ip_to_province(ip):
    """One of 34 provinces, from the first number of the address."""
    return PROVINCES[(int(ip.split(".", 1)[0]) * 7) % 34]


t_env.create_temporary_function("ip_to_province", ip_to_province)
t_env.execute_sql(
    "CREATE TABLE access_log (uuid VARCHAR, client_ip VARCHAR, request_time BIGINT, response_size BIGINT) "
    f"WITH ('connector' = 'filesystem', 'path' = 'file://{sys.argv[1]}', 'format' = 'csv')"
)
t_env.execute_sql(
    "CREATE TABLE statistic (province VARCHAR, access_count BIGINT, total_download BIGINT, "
    "download_speed DOUBLE) WITH ('connector' = 'blackhole')"
)
start = time.time()
t_env.execute_sql(
    "INSERT INTO statistic SELECT province, count(uuid), sum(response_size), "
    "sum(response_size) * 1.0 / sum(request_time) FROM (SELECT uuid, ip_to_province(client_ip) AS province, "
    "response_size, request_time FROM access_log) GROUP BY province"
).wait()
print(f"run {time.time() - start:.3f} s")
