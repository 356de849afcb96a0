"""Environments of both modes, and their settings."""

from pyflink.datastream import StreamExecutionEnvironment
from pyflink.table import EnvironmentSettings, StreamTableEnvironment, TableEnvironment

streaming = EnvironmentSettings.in_streaming_mode()
batch = EnvironmentSettings.in_batch_mode()
print(streaming.is_streaming_mode(), batch.is_streaming_mode())
print(streaming.get_built_in_catalog_name(), streaming.get_built_in_database_name())
named = (
    EnvironmentSettings.new_instance()
    .with_built_in_catalog_name("c")
    .with_built_in_database_name("d")
    .build()
)
print(named.get_built_in_catalog_name(), named.get_built_in_database_name())
for settings in (streaming, batch):
    t_env = TableEnvironment.create(settings)
    print(t_env.get_current_catalog(), t_env.get_current_database(), t_env.list_tables())
env = StreamExecutionEnvironment.get_execution_environment()
t_env = StreamTableEnvironment.create(env)
print(t_env.list_databases())
