"""Names of what is in catalogs."""

from __future__ import annotations


def _quote(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


class ObjectPath:
    """The name of a table, view or function in a catalog: database and object.

    >>> path = ObjectPath("db", "t")
    >>> print(path, path == ObjectPath.from_string("db.t"))
    db.t True
    """

    def __init__(self, database_name: str, object_name: str) -> None:
        if not database_name or not object_name:
            raise ValueError("The names of the database and of the object cannot be empty.")
        self._database_name = database_name
        self._object_name = object_name

    @staticmethod
    def from_string(full_name: str) -> ObjectPath:
        """The path of ``database.object``.

        :raises ValueError: if the text has not two parts.
        """
        parts = full_name.split(".")
        if len(parts) != 2:
            raise ValueError(f"Cannot get split '{full_name}' to get databaseName and objectName")
        return ObjectPath(*parts)

    def get_database_name(self) -> str:
        """The database."""
        return self._database_name

    def get_object_name(self) -> str:
        """The object."""
        return self._object_name

    def get_full_name(self) -> str:
        """``database.object``."""
        return f"{self._database_name}.{self._object_name}"

    def compare_to(self, other: ObjectPath) -> int:
        """Less than 0, 0 or more than 0 as this path goes before the other, is equal, or goes after."""
        left, right = self.get_full_name(), other.get_full_name()
        return (left > right) - (left < right)

    def __str__(self) -> str:
        return self.get_full_name()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ObjectPath) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash((self._database_name, self._object_name))


class ObjectIdentifier:
    """The whole name of a table, view or function: catalog, database and object.

    >>> print(ObjectIdentifier.of("c", "d", "odd`name"))
    `c`.`d`.`odd``name`
    """

    def __init__(self, catalog_name: str, database_name: str, object_name: str) -> None:
        self._parts = (catalog_name, database_name, object_name)

    @staticmethod
    def of(catalog_name: str, database_name: str, object_name: str) -> ObjectIdentifier:
        """The name of these parts."""
        return ObjectIdentifier(catalog_name, database_name, object_name)

    def get_catalog_name(self) -> str:
        """The catalog."""
        return self._parts[0]

    def get_database_name(self) -> str:
        """The database."""
        return self._parts[1]

    def get_object_name(self) -> str:
        """The object."""
        return self._parts[2]

    def to_object_path(self) -> ObjectPath:
        """Database and object."""
        return ObjectPath(self._parts[1], self._parts[2])

    def to_list(self) -> list[str]:
        """The three parts."""
        return list(self._parts)

    def as_serializable_string(self) -> str:
        """The parts in back-ticks, as SQL reads them."""
        return ".".join(map(_quote, self._parts))

    def as_summary_string(self) -> str:
        """The parts with dots between them."""
        return ".".join(self._parts)

    def __str__(self) -> str:
        return self.as_serializable_string()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ObjectIdentifier) and self._parts == other._parts

    def __hash__(self) -> int:
        return hash(self._parts)


class CatalogPartitionSpec:
    """Values of partition columns, which name a partition.

    >>> print(CatalogPartitionSpec({"day": "2020-01-01"}))
    CatalogPartitionSpec{{day=2020-01-01}}
    """

    def __init__(self, partition_spec: dict[str, str]) -> None:
        self._partition_spec = dict(partition_spec)

    def get_partition_spec(self) -> dict[str, str]:
        """The values by column."""
        return dict(self._partition_spec)

    def __str__(self) -> str:
        values = ", ".join(f"{key}={value}" for key, value in self._partition_spec.items())
        return f"CatalogPartitionSpec{{{{{values}}}}}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, CatalogPartitionSpec) and self.__dict__ == other.__dict__

    def __hash__(self) -> int:
        return hash(frozenset(self._partition_spec.items()))
