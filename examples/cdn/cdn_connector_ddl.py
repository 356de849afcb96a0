"""The tables of the job, in the DDL of Flink 1.10 and of Flink 2.x."""

import os

HERE = os.path.dirname(os.path.abspath(__file__))

KAFKA = os.environ.get("CDN_KAFKA")
TOPIC = os.environ.get("CDN_TOPIC", "access_log")
LOG = os.environ.get("CDN_LOG", os.path.join(HERE, "data", "access_log.csv"))
JDBC_URL = os.environ.get("CDN_JDBC_URL", "jdbc:sqlite:access_statistic.db")
JDBC_USER = os.environ.get("CDN_JDBC_USER")
JDBC_PASSWORD = os.environ.get("CDN_JDBC_PASSWORD")

SOURCE_COLUMNS = """
  uuid VARCHAR,
  client_ip VARCHAR,
  request_time BIGINT,
  response_size BIGINT,
  uri VARCHAR
"""

SINK_COLUMNS = """
  province VARCHAR,
  access_count BIGINT,
  total_download BIGINT,
  download_speed DOUBLE
"""


def options(**entries):
    """The entries that are set, as the options of a WITH clause."""
    return ",\n  ".join(
        f"'{key.replace('__', '-').replace('_', '.')}' = '{value}'" for key, value in entries.items() if value
    )


# Flink 1.10

if KAFKA:
    legacy_source = options(
        connector_type="kafka",
        connector_version="universal",
        connector_topic=TOPIC,
        connector_startup__mode="earliest-offset",
        connector_properties_bootstrap_servers=KAFKA,
        connector_properties_group_id="cdn_demo",
    )
else:
    legacy_source = options(connector_type="filesystem", connector_path=LOG)

kafka_source_ddl = f"""
CREATE TABLE cdn_access_log ({SOURCE_COLUMNS}) WITH (
  {legacy_source},
  'format.type' = 'csv',
  'format.ignore-parse-errors' = 'true'
)"""

legacy_sink = options(
    connector_type="jdbc",
    connector_url=JDBC_URL,
    connector_table="access_statistic",
    connector_username=JDBC_USER,
    connector_password=JDBC_PASSWORD,
    connector_write_flush_interval="1s",
)
mysql_sink_ddl = f"CREATE TABLE cdn_access_statistic ({SINK_COLUMNS}) WITH (\n  {legacy_sink}\n)"

# Flink 2.x

if KAFKA:
    source = options(
        connector="kafka",
        topic=TOPIC,
        properties_bootstrap_servers=KAFKA,
        properties_group_id="cdn_demo_table_api",
        scan_startup_mode="earliest-offset",
    )
else:
    source = options(connector="filesystem", path=LOG)

source_ddl = f"""
CREATE TABLE cdn_access_log ({SOURCE_COLUMNS}) WITH (
  {source},
  'format' = 'csv',
  'csv.ignore-parse-errors' = 'true'
)"""

sink = options(
    connector="jdbc",
    url=JDBC_URL,
    table__name="access_statistic",
    username=JDBC_USER,
    password=JDBC_PASSWORD,
)
sink_ddl = f"""
CREATE TABLE cdn_access_statistic ({SINK_COLUMNS},
  PRIMARY KEY (province) NOT ENFORCED
) WITH (
  {sink}
)"""
