"""Settings of a table environment. Mirrors ``pyflink.table.environment_settings``."""

from __future__ import annotations

from nutkin._gateway import RemoteObject, get_gateway
from nutkin._legacy import warn_legacy
from nutkin.common.configuration import Configuration

_BUILDER = "org.apache.flink.table.api.EnvironmentSettings$Builder"


class EnvironmentSettings:
    """What a table environment is made with.

    >>> settings = EnvironmentSettings.in_streaming_mode()
    >>> settings.is_streaming_mode()
    True
    """

    class Builder:
        """Collects settings; every method returns the builder itself."""

        def __init__(self) -> None:
            self._j_builder: RemoteObject = get_gateway().construct(_BUILDER)

        def in_streaming_mode(self) -> EnvironmentSettings.Builder:
            """Runs queries continuously. The default."""
            self._j_builder.call("inStreamingMode")
            return self

        def in_batch_mode(self) -> EnvironmentSettings.Builder:
            """Runs queries once over bounded tables."""
            self._j_builder.call("inBatchMode")
            return self

        def use_blink_planner(self) -> EnvironmentSettings.Builder:
            """Chooses the planner that is the only one today (1.9 to 1.13)."""
            warn_legacy("EnvironmentSettings.Builder.use_blink_planner()", "to leave it out")
            return self

        def use_any_planner(self) -> EnvironmentSettings.Builder:
            """Leaves the planner open (1.9 to 1.13)."""
            warn_legacy("EnvironmentSettings.Builder.use_any_planner()", "to leave it out")
            return self

        def use_old_planner(self) -> EnvironmentSettings.Builder:
            """Chooses the planner that Flink removed in 1.14; its programs run on the present one."""
            warn_legacy("EnvironmentSettings.Builder.use_old_planner()", "to leave it out")
            return self

        def with_built_in_catalog_name(self, built_in_catalog_name: str) -> EnvironmentSettings.Builder:
            """Names the catalog that is there at first; ``default_catalog`` unless set."""
            self._j_builder.call("withBuiltInCatalogName", built_in_catalog_name)
            return self

        def with_built_in_database_name(self, built_in_database_name: str) -> EnvironmentSettings.Builder:
            """Names the database that is there at first; ``default_database`` unless set."""
            self._j_builder.call("withBuiltInDatabaseName", built_in_database_name)
            return self

        def with_configuration(self, config: Configuration) -> EnvironmentSettings.Builder:
            """Adds configuration."""
            self._j_builder.call("withConfiguration", config.to_dict())
            return self

        def build(self) -> EnvironmentSettings:
            """The settings."""
            return EnvironmentSettings(self._j_builder.call("build"))

    def __init__(self, j_environment_settings: RemoteObject) -> None:
        self._j_environment_settings = j_environment_settings

    def get_configuration(self) -> Configuration:
        """The configuration that was given."""
        return Configuration.from_dict(self._j_environment_settings.call("getConfiguration"))

    @staticmethod
    def new_instance() -> EnvironmentSettings.Builder:
        """A builder."""
        return EnvironmentSettings.Builder()

    @staticmethod
    def in_streaming_mode() -> EnvironmentSettings:
        """Settings of streaming mode."""
        return EnvironmentSettings.Builder().in_streaming_mode().build()

    @staticmethod
    def in_batch_mode() -> EnvironmentSettings:
        """Settings of batch mode."""
        return EnvironmentSettings.Builder().in_batch_mode().build()

    def is_streaming_mode(self) -> bool:
        """Whether queries run continuously."""
        streaming: bool = self._j_environment_settings.call("isStreamingMode")
        return streaming

    def get_built_in_catalog_name(self) -> str:
        """The catalog that is there at first."""
        name: str = self._j_environment_settings.call("getBuiltInCatalogName")
        return name

    def get_built_in_database_name(self) -> str:
        """The database that is there at first."""
        name: str = self._j_environment_settings.call("getBuiltInDatabaseName")
        return name
