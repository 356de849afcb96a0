"""What the descriptors of Flink 1.x have in common: properties under the keys of that time."""

from __future__ import annotations

from typing import TypeVar

Self = TypeVar("Self", bound="Descriptor")


class Descriptor:
    """A part of a table's description."""

    def __init__(self) -> None:
        self._properties: dict[str, str] = {}

    def to_properties(self) -> dict[str, str]:
        """The keys and values that the description means."""
        return dict(self._properties)

    def _set(self: Self, key: str, value: object) -> Self:
        self._properties[key] = str(value).lower() if isinstance(value, bool) else str(value)
        return self


class ConnectorDescriptor(Descriptor):
    """Where a table is."""

    def __init__(self, connector_type: str, version: int = 1) -> None:
        super().__init__()
        self._set("connector.type", connector_type)
        self._set("connector.property-version", version)


class FormatDescriptor(Descriptor):
    """How a table's rows are written."""

    def __init__(self, format_type: str, version: int = 1) -> None:
        super().__init__()
        self._set("format.type", format_type)
        self._set("format.property-version", version)
