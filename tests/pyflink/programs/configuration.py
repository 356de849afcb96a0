"""Options of the table configuration."""

from pyflink.common import Configuration
from pyflink.table import EnvironmentSettings, TableEnvironment

configuration = Configuration()
configuration.set_string("table.exec.resource.default-parallelism", "1")
configuration.set_integer("parallelism.default", 1)
print(configuration.get_string("table.exec.resource.default-parallelism", ""))
print(configuration.get_integer("parallelism.default", 5), configuration.get_boolean("none", True))
print(configuration.contains_key("none"), sorted(configuration.key_set()))
settings = EnvironmentSettings.new_instance().in_streaming_mode().with_configuration(configuration).build()
t_env = TableEnvironment.create(settings)
config = t_env.get_config()
print(config.get("table.exec.resource.default-parallelism", ""))
config.set("pipeline.name", "my job")
print(config.get("pipeline.name", ""), config.get("table.local-time-zone", "default"))
config.set_local_timezone("Asia/Tokyo")
print(config.get_local_timezone())
