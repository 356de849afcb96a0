"""Catalogs by objects: what Flink 2.3.0 answers to the same calls."""

from __future__ import annotations

from typing import Any

import pytest
from nutkin.table import DataTypes, TableEnvironment, TableSchema
from nutkin.table.catalog import (
    Catalog,
    CatalogBaseTable,
    CatalogDatabase,
    CatalogPartitionSpec,
    Column,
    ObjectIdentifier,
    ObjectPath,
)
from nutkin.util.exceptions import (
    DatabaseAlreadyExistException,
    DatabaseNotEmptyException,
    DatabaseNotExistException,
    TableAlreadyExistException,
    TableNotExistException,
)


@pytest.fixture
def catalog() -> Catalog:
    found = TableEnvironment.create().get_catalog("default_catalog")
    assert found is not None
    return found


def schema() -> TableSchema:
    return TableSchema.builder().field("a", DataTypes.INT()).field("p", DataTypes.STRING()).build()


def test_databases(catalog: Catalog) -> None:
    database = CatalogDatabase.create_instance({"k": "v"}, "comm")
    catalog.create_database("db1", database, False)
    catalog.create_database("db1", database, True)
    # Flink keeps them in the order in which they were made.
    assert sorted(catalog.list_databases()) == ["db1", "default_database"]
    assert catalog.get_default_database() == "default_database"
    read = catalog.get_database("db1")
    assert (read.get_properties(), read.get_comment(), read.get_description()) == ({"k": "v"}, "comm", "comm")
    with pytest.raises(DatabaseAlreadyExistException) as exists:
        catalog.create_database("db1", database, False)
    assert str(exists.value) == "Database db1 already exists in Catalog default_catalog."
    for call in (catalog.get_database, catalog.list_tables, lambda name: catalog.drop_database(name, False)):
        with pytest.raises(DatabaseNotExistException) as missing:
            call("nodb")
        assert str(missing.value) == "Database nodb does not exist in Catalog default_catalog."
    catalog.drop_database("nodb", True)


def test_tables_and_views(catalog: Catalog) -> None:
    options = {"connector": "filesystem", "path": "/tmp/x", "format": "csv"}
    path = ObjectPath("db1", "t")
    catalog.create_database("db1", CatalogDatabase.create_instance({}), False)
    table = CatalogBaseTable.create_table(schema(), ["p"], options, "tab")
    catalog.create_table(path, table, False)
    with pytest.raises(TableAlreadyExistException) as exists:
        catalog.create_table(path, table, False)
    assert str(exists.value) == "Table (or view) db1.t already exists in Catalog default_catalog."
    read = catalog.get_table(path)
    assert (read.get_options(), read.get_comment(), read.get_partition_keys()) == (options, "tab", ["p"])
    assert str(read.get_unresolved_schema()) == "(\n  `a` INT,\n  `p` STRING\n)"
    catalog.rename_table(path, "t9", False)
    assert (catalog.list_tables("db1"), catalog.table_exists(path)) == (["t9"], False)
    with pytest.raises(TableNotExistException) as missing:
        catalog.get_table(path)
    assert str(missing.value) == "Table (or view) db1.t does not exist in Catalog default_catalog."
    with pytest.raises(DatabaseNotEmptyException) as full:
        catalog.drop_database("db1", False)
    assert str(full.value) == "Database db1 in catalog default_catalog is not empty."
    view = CatalogBaseTable.create_view("select 1", "select 1", schema(), {}, "vv")
    catalog.create_table(ObjectPath("db1", "v"), view, False)
    assert (catalog.list_views("db1"), catalog.list_tables("db1")) == (["v"], ["t9", "v"])
    assert catalog.get_table(ObjectPath("db1", "v")).get_comment() == "vv"
    assert catalog.get_table_statistics(ObjectPath("db1", "t9")).get_row_count() == -1
    catalog.drop_table(ObjectPath("db1", "v"), False)
    catalog.drop_table(ObjectPath("db1", "t9"), False)
    catalog.drop_database("db1", False)


def test_functions(catalog: Catalog) -> None:
    assert catalog.list_functions("default_database") == []
    assert not catalog.function_exists(ObjectPath("default_database", "f"))


def test_names() -> None:
    name = ObjectIdentifier.of("c", "d", "o`x")
    assert (str(name), name.as_summary_string(), name.to_list()) == (
        "`c`.`d`.`o``x`",
        "c.d.o`x",
        ["c", "d", "o`x"],
    )
    assert str(name.to_object_path()) == "d.o`x"
    assert ObjectPath("a", "b").compare_to(ObjectPath("a", "c")) == -1
    with pytest.raises(ValueError, match="Cannot get split 'ab' to get databaseName and objectName"):
        ObjectPath.from_string("ab")
    assert str(CatalogPartitionSpec({"p": "x"})) == "CatalogPartitionSpec{{p=x}}"


@pytest.mark.parametrize(
    ("column", "text"),
    [
        (Column.physical("a", DataTypes.INT()), "`a` INT"),
        (Column.metadata("a", DataTypes.INT(), "k", True), "`a` INT METADATA FROM 'k' VIRTUAL"),
        (Column.metadata("a", DataTypes.INT(), None, False), "`a` INT METADATA"),
    ],
)
def test_columns(column: Any, text: str) -> None:
    assert str(column) == text
