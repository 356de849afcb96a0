"""Configuration of a table environment. Mirrors ``pyflink.table.table_config``."""

from __future__ import annotations

import datetime

from nutkin._gateway import RemoteObject, get_gateway
from nutkin._legacy import warn_legacy
from nutkin.common.configuration import Configuration
from nutkin.table.sql_dialect import SqlDialect
from nutkin.util.exceptions import UnsupportedOperationException

_TABLE_ENVIRONMENT = "org.apache.flink.table.api.TableEnvironment"


class TableConfig:
    """The configuration of a table environment, in force from the next statement on."""

    def __init__(self, j_table_config: RemoteObject | None = None) -> None:
        if j_table_config is None:
            # A configuration of no environment: it is that of one that nobody else has.
            j_tenv = get_gateway().call(_TABLE_ENVIRONMENT, "create", _default_settings())
            j_table_config = j_tenv.call("getConfig")
        self._j_table_config = j_table_config

    @staticmethod
    def get_default() -> TableConfig:
        """A configuration in which nothing is set."""
        return TableConfig()

    def get(self, key: str, default_value: str) -> str:
        """The value of a key."""
        value: str | None = self._j_table_config.call("get", key)
        return default_value if value is None else value

    def set(self, key: str, value: str) -> TableConfig:
        """Sets a key; returns itself.

        :raises nutkin.util.exceptions.ValidationException: if the key or its value means nothing here.
        """
        self._j_table_config.call("set", key, value)
        return self

    def add_configuration(self, configuration: Configuration) -> None:
        """Sets all keys of a configuration."""
        for key, value in configuration.to_dict().items():
            self.set(key, value)

    def to_map(self) -> dict[str, str]:
        """All keys that have been set."""
        values: dict[str, str] = self._j_table_config.call("toMap")
        return values

    def get_configuration(self) -> TableConfigConfiguration:
        """The configuration behind it; what is set there is set here."""
        return TableConfigConfiguration(self)

    # Single keys

    def get_local_timezone(self) -> str:
        """The zone that instants are shown in, such as ``Europe/Berlin``; UTC unless set."""
        return self.get("table.local-time-zone", "UTC")

    def set_local_timezone(self, timezone_id: str) -> None:
        """Sets the zone that instants are shown in.

        :raises TypeError: if it is no text.
        """
        if not isinstance(timezone_id, str):
            raise TypeError("TableConfig.timezone should be a string!")
        self.set("table.local-time-zone", timezone_id)

    def get_max_generated_code_length(self) -> int:
        """Where Flink splits the Java code that it generates, of which there is none here."""
        return int(self.get("table.generated-code.max-length", "4000"))

    def set_max_generated_code_length(self, max_generated_code_length: int) -> None:
        """Sets where Flink splits the Java code that it generates, of which there is none here."""
        if not isinstance(max_generated_code_length, int):
            raise TypeError("TableConfig.max_generated_code_length should be a int value!")
        self.set("table.generated-code.max-length", str(max_generated_code_length))

    def get_idle_state_retention(self) -> datetime.timedelta:
        """How long state that nothing changes is kept; no time means for good."""
        text = self.get("table.exec.state.ttl", "0 ms")
        return datetime.timedelta(milliseconds=int(text.removesuffix("ms").strip()))

    def set_idle_state_retention(self, duration: datetime.timedelta) -> None:
        """Sets how long state that nothing changes is kept; no time means for good.

        :raises nutkin.util.exceptions.UnsupportedOperationException: if that cannot be followed.
        """
        self.set("table.exec.state.ttl", f"{duration // datetime.timedelta(milliseconds=1)} ms")

    def get_sql_dialect(self) -> SqlDialect:
        """The dialect of SQL."""
        return SqlDialect[self.get("table.sql-dialect", "default").upper()]

    def set_sql_dialect(self, sql_dialect: SqlDialect) -> None:
        """Sets the dialect of SQL.

        :raises nutkin.util.exceptions.UnsupportedOperationException: for Hive's.
        """
        self.set("table.sql-dialect", sql_dialect.name.lower())

    def get_python_executable(self) -> str | None:
        """The interpreter that runs Python functions in worker processes; None if that is not said."""
        value: str | None = self._j_table_config.call("get", "python.executable")
        return value

    def set_python_executable(self, python_exec: str) -> None:
        """Sets the interpreter that runs Python functions in worker processes."""
        self.set("python.executable", python_exec)

    # The API of 1.9 to 1.20

    def set_idle_state_retention_time(
        self, min_time: datetime.timedelta, max_time: datetime.timedelta
    ) -> None:
        """Sets between which times state that nothing changes is let go (1.9 to 1.20)."""
        warn_legacy("TableConfig.set_idle_state_retention_time", "TableConfig.set_idle_state_retention")
        self.set_idle_state_retention(min_time)

    def get_null_check(self) -> bool:
        """True: values are checked for NULL (1.9 to 1.15)."""
        warn_legacy("TableConfig.get_null_check()", "to leave it out")
        return True

    def set_null_check(self, null_check: bool) -> None:
        """Says that values are checked for NULL, as they always are (1.9 to 1.15).

        :raises nutkin.util.exceptions.UnsupportedOperationException: if they are not to be checked.
        """
        warn_legacy("TableConfig.set_null_check(...)", "to leave it out")
        if not null_check:
            raise UnsupportedOperationException(
                "TableConfig.set_null_check(False) is not supported.",
                "java.lang.UnsupportedOperationException",
                "leave it out: values are always checked for NULL",
            )

    def get_decimal_context(self) -> tuple[int, str]:
        """The precision and rounding of decimals: 34 digits, half up (1.9 to 1.15)."""
        warn_legacy("TableConfig.get_decimal_context()", "to leave it out")
        return 34, "HALF_UP"

    def set_decimal_context(self, precision: int, rounding_mode: str) -> None:
        """Sets the precision and rounding of decimals, which only the old planner followed (1.9 to 1.15).

        :raises nutkin.util.exceptions.UnsupportedOperationException: if they are not 34 and ``HALF_UP``.
        """
        warn_legacy("TableConfig.set_decimal_context(...)", "to leave it out")
        if (precision, rounding_mode) != (34, "HALF_UP"):
            raise UnsupportedOperationException(
                f"TableConfig.set_decimal_context({precision}, {rounding_mode!r}) is not supported.",
                "java.lang.UnsupportedOperationException",
                "leave it out: decimals keep the precision of their types",
            )


def _default_settings() -> RemoteObject:
    from nutkin.table.environment_settings import EnvironmentSettings

    return EnvironmentSettings.in_streaming_mode()._j_environment_settings


class TableConfigConfiguration(Configuration):
    """A configuration whose changes go to a :class:`TableConfig`."""

    def __init__(self, table_config: TableConfig) -> None:
        super().__init__(Configuration.from_dict(table_config.to_map()))
        self._table_config = table_config

    def set_string(self, key: str, value: str) -> Configuration:
        """Sets a key here and in the table environment; returns itself."""
        self._table_config.set(key, value)
        return super().set_string(key, value)

    def remove_config(self, key: str) -> bool:
        """Removes a key here and in the table environment; whether it had a value."""
        self._table_config._j_table_config.call("remove", key)
        return super().remove_config(key)
