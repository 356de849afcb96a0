"""Modules of functions. Mirrors ``pyflink.table.module``."""

from __future__ import annotations

from typing import NoReturn


class Module:
    """A set of functions that a table environment can load by name."""

    def __init__(self, name: str, options: dict[str, str] | None = None) -> None:
        self._name = name
        self._options = dict(options or {})


class HiveModule(Module):
    """Hive's functions, which are refused: they are written in Java."""

    def __init__(self, hive_version: str | None = None) -> NoReturn:
        from nutkin._refusals import refusal

        raise refusal("table.module.HiveModule.__init__")


class ModuleEntry:
    """A loaded module, and whether its functions are used.

    >>> ModuleEntry("core", True)
    ModuleEntry{name='core', used=true}
    """

    def __init__(self, name: str, used: bool) -> None:
        self._name = name
        self._used = used

    def name(self) -> str:
        """The module's name."""
        return self._name

    def used(self) -> bool:
        """Whether its functions are used."""
        return self._used

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ModuleEntry) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((self._name, self._used))

    def __repr__(self) -> str:
        return f"ModuleEntry{{name='{self._name}', used={str(self._used).lower()}}}"
