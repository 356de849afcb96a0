"""Kinds of changes that rows can be. Mirrors ``pyflink.table.changelog_mode``."""

from __future__ import annotations

from collections.abc import Iterable

from nutkin.common.types import RowKind


class ChangelogMode:
    """The kinds of changes in a changelog.

    >>> print(ChangelogMode.upsert())
    [INSERT, UPDATE_AFTER, ~DELETE]
    """

    def __init__(self, kinds: Iterable[RowKind], key_only_deletes: bool = False) -> None:
        self._kinds = frozenset(kinds)
        self._key_only_deletes = key_only_deletes

    @staticmethod
    def insert_only() -> ChangelogMode:
        """Rows are added."""
        return ChangelogMode([RowKind.INSERT])

    @staticmethod
    def upsert() -> ChangelogMode:
        """Rows are added or replaced by key, and deleted by key alone."""
        return ChangelogMode([RowKind.INSERT, RowKind.UPDATE_AFTER, RowKind.DELETE], key_only_deletes=True)

    @staticmethod
    def all() -> ChangelogMode:
        """Every kind of change."""
        return ChangelogMode(RowKind)

    def contains(self, row_kind: RowKind) -> bool:
        """Whether a kind is among them."""
        return row_kind in self._kinds

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ChangelogMode) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((self._kinds, self._key_only_deletes))

    def __str__(self) -> str:
        def name(kind: RowKind) -> str:
            return "~DELETE" if kind is RowKind.DELETE and self._key_only_deletes else kind.name

        return f"[{', '.join(name(kind) for kind in RowKind if kind in self._kinds)}]"
