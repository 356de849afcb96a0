"""Configuration of a table environment. Mirrors ``pyflink.table.table_config``."""

from __future__ import annotations

from nutkin._gateway import RemoteObject
from nutkin.common.configuration import Configuration


class TableConfig:
    """The configuration of a table environment, in force from the next statement on."""

    def __init__(self, j_table_config: RemoteObject) -> None:
        self._j_table_config = j_table_config

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
