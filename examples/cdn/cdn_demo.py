"""The job in the API of Flink 1.10, as its article writes it."""

import os

from cdn_connector_ddl import kafka_source_ddl, mysql_sink_ddl
from cdn_udf import ip_to_province
from pyflink.datastream import StreamExecutionEnvironment
from pyflink.table import EnvironmentSettings, StreamTableEnvironment

env = StreamExecutionEnvironment.get_execution_environment()
t_env = StreamTableEnvironment.create(
    env, environment_settings=EnvironmentSettings.new_instance().use_blink_planner().build()
)

t_env.sql_update(kafka_source_ddl)
t_env.sql_update(mysql_sink_ddl)

t_env.register_function("ip_to_province", ip_to_province)

here = os.path.dirname(os.path.abspath(__file__))
t_env.add_python_file(here + "/cdn_udf.py")
t_env.add_python_file(here + "/cdn_connector_ddl.py")

t_env.from_path("cdn_access_log") \
    .select("uuid, "
            "ip_to_province(client_ip) as province, "
            "response_size, request_time") \
    .group_by("province") \
    .select("province, count(uuid) as access_count, "
            "sum(response_size) as total_download,  "
            "sum(response_size) * 1.0 / sum(request_time) as download_speed") \
    .insert_into("cdn_access_statistic")

t_env.execute("pyflink_parse_cdn_log")
