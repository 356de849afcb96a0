"""Typed keys of configurations. Mirrors ``pyflink.common.config_options``."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class ConfigOption(Generic[T]):
    """A key with the type of its values, and a default if there is one."""

    def __init__(self, key: str, convert: Callable[[Any], str], default: T | None = None) -> None:
        self._key = key
        self._convert = convert
        self._default = default

    def key(self) -> str:
        """The key."""
        return self._key

    def default_value(self) -> T | None:
        """The value where none is set; None if there is none."""
        return self._default

    def to_text(self, value: T) -> str:
        """A value as configurations hold it.

        :raises TypeError: if the value is of another type.
        """
        return self._convert(value)

    def __repr__(self) -> str:
        return f"Key: '{self._key}' , default: {self._default}"


class ConfigOptions:
    """Makes options.

    >>> ConfigOptions.key("application.parallelism").int_type().default_value(100)
    Key: 'application.parallelism' , default: 100
    """

    @staticmethod
    def key(key: str) -> ConfigOptions.OptionBuilder:
        """Begins an option of this key."""
        return ConfigOptions.OptionBuilder(key)

    class OptionBuilder:
        """An option whose type is not said yet."""

        def __init__(self, key: str) -> None:
            self._key = key

        def boolean_type(self) -> ConfigOptions.TypedConfigOptionBuilder[bool]:
            """``true`` or ``false``."""
            return ConfigOptions.TypedConfigOptionBuilder(self._key, _boolean_text)

        def int_type(self) -> ConfigOptions.TypedConfigOptionBuilder[int]:
            """A whole number of 32 bits."""
            return ConfigOptions.TypedConfigOptionBuilder(self._key, _integer_text(32))

        def long_type(self) -> ConfigOptions.TypedConfigOptionBuilder[int]:
            """A whole number of 64 bits."""
            return ConfigOptions.TypedConfigOptionBuilder(self._key, _integer_text(64))

        def float_type(self) -> ConfigOptions.TypedConfigOptionBuilder[float]:
            """A number of single precision."""
            return ConfigOptions.TypedConfigOptionBuilder(self._key, _float_text)

        def double_type(self) -> ConfigOptions.TypedConfigOptionBuilder[float]:
            """A number of double precision."""
            return ConfigOptions.TypedConfigOptionBuilder(self._key, _float_text)

        def string_type(self) -> ConfigOptions.TypedConfigOptionBuilder[str]:
            """A text."""
            return ConfigOptions.TypedConfigOptionBuilder(self._key, _string_text)

    class TypedConfigOptionBuilder(Generic[T]):
        """An option whose default is not said yet."""

        def __init__(self, key: str, convert: Callable[[Any], str]) -> None:
            self._key = key
            self._convert = convert

        def default_value(self, value: T) -> ConfigOption[T]:
            """The option, with a value where none is set.

            :raises TypeError: if the value is of another type.
            """
            self._convert(value)
            return ConfigOption(self._key, self._convert, value)

        def no_default_value(self) -> ConfigOption[T]:
            """The option, without a default."""
            return ConfigOption(self._key, self._convert)


def _boolean_text(value: Any) -> str:
    if not isinstance(value, bool):
        raise TypeError(f"The option takes a bool, not {value!r}.")
    return "true" if value else "false"


def _integer_text(bits: int) -> Callable[[Any], str]:
    def convert(value: Any) -> str:
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or not -(2 ** (bits - 1)) <= value < 2 ** (bits - 1)
        ):
            raise TypeError(f"The option takes a whole number of {bits} bits, not {value!r}.")
        return str(value)

    return convert


def _float_text(value: Any) -> str:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        raise TypeError(f"The option takes a number, not {value!r}.")
    return repr(float(value))


def _string_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"The option takes a str, not {value!r}.")
    return value
