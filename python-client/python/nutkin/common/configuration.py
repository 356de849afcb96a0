"""Configuration. Mirrors ``pyflink.common.configuration``."""

from __future__ import annotations


class Configuration:
    """Keys and values, both strings.

    >>> configuration = Configuration().set_string("parallelism.default", "2")
    >>> configuration.get_integer("parallelism.default", 1)
    2
    """

    def __init__(self, other: Configuration | None = None) -> None:
        self._values: dict[str, str] = dict(other._values) if other is not None else {}

    @classmethod
    def from_dict(cls, map: dict[str, str]) -> Configuration:
        """A configuration of these keys and values."""
        configuration = cls()
        configuration._values.update(map)
        return configuration

    def get_string(self, key: str, default_value: str) -> str:
        """The value of a key as it is."""
        return self._values.get(key, default_value)

    def set_string(self, key: str, value: str) -> Configuration:
        """Sets the value of a key; returns itself."""
        self._values[key] = value
        return self

    def get_integer(self, key: str, default_value: int) -> int:
        """The value of a key as a whole number.

        :raises ValueError: if it is none.
        """
        return int(self._values[key]) if key in self._values else default_value

    def set_integer(self, key: str, value: int) -> Configuration:
        """Sets a key to a whole number; returns itself."""
        return self.set_string(key, str(value))

    def get_boolean(self, key: str, default_value: bool) -> bool:
        """The value of a key as a boolean.

        :raises ValueError: if it is neither ``true`` nor ``false``.
        """
        if key not in self._values:
            return default_value
        text = self._values[key].lower()
        if text not in ("true", "false"):
            raise ValueError(f"Could not parse value '{self._values[key]}' for key '{key}'.")
        return text == "true"

    def set_boolean(self, key: str, value: bool) -> Configuration:
        """Sets a key to a boolean; returns itself."""
        return self.set_string(key, "true" if value else "false")

    def get_float(self, key: str, default_value: float) -> float:
        """The value of a key as a floating-point number.

        :raises ValueError: if it is none.
        """
        return float(self._values[key]) if key in self._values else default_value

    def set_float(self, key: str, value: float) -> Configuration:
        """Sets a key to a floating-point number; returns itself."""
        return self.set_string(key, repr(value))

    def get_bytearray(self, key: str, default_value: bytearray) -> bytearray:
        """The value of a key as bytes, which the configuration holds as hexadecimal digits.

        >>> Configuration().set_bytearray("k", bytearray(b"ab")).get_bytearray("k", bytearray())
        bytearray(b'ab')

        :raises ValueError: if the value is no hexadecimal digits.
        """
        return bytearray.fromhex(self._values[key]) if key in self._values else default_value

    def set_bytearray(self, key: str, value: bytearray) -> Configuration:
        """Sets a key to bytes; returns itself."""
        return self.set_string(key, bytes(value).hex())

    @staticmethod
    def parse_list_value(value: str) -> list[str]:
        """The items of a value that is a list: of YAML, or with semicolons between them.

        >>> Configuration.parse_list_value("[a.jar, 'b.jar']")
        ['a.jar', 'b.jar']
        >>> Configuration.parse_list_value("a.jar;b.jar")
        ['a.jar', 'b.jar']
        """
        text = value.strip()
        if not text:
            return []
        if text.startswith("[") and text.endswith("]"):
            items = [item.strip() for item in text[1:-1].split(",")]
        elif text.startswith("- "):
            items = [line.strip()[2:].strip() for line in text.splitlines() if line.strip()]
        else:
            return value.split(";")
        return [item.strip("'\"") for item in items if item]

    def key_set(self) -> set[str]:
        """All keys."""
        return set(self._values)

    def contains_key(self, key: str) -> bool:
        """Whether a key has a value."""
        return key in self._values

    def remove_config(self, key: str) -> bool:
        """Removes a key; whether it had a value."""
        return self._values.pop(key, None) is not None

    def add_all_to_dict(self, target_dict: dict[str, str]) -> None:
        """Puts all keys and values into a dictionary."""
        target_dict.update(self._values)

    def add_all(self, other: Configuration, prefix: str | None = None) -> Configuration:
        """Adds all keys of another configuration, each behind ``prefix``; returns itself."""
        for key, value in other._values.items():
            self._values[(prefix or "") + key] = value
        return self

    def to_dict(self) -> dict[str, str]:
        """All keys and values."""
        return dict(self._values)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Configuration) and self._values == other._values

    def __hash__(self) -> int:
        return hash(frozenset(self._values.items()))

    def __str__(self) -> str:
        return str(self._values)
