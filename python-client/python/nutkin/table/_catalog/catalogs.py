"""Catalogs: what reads and changes them. Each method is the statement that means the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from nutkin.common.configuration import Configuration
from nutkin.table._catalog.objects import (
    CatalogBaseTable,
    CatalogColumnStatistics,
    CatalogDatabase,
    CatalogFunction,
    CatalogModel,
    CatalogPartition,
    CatalogTableStatistics,
    Procedure,
)
from nutkin.table._catalog.paths import CatalogPartitionSpec, ObjectPath, _quote
from nutkin.table.schema import Schema
from nutkin.util import exceptions

if TYPE_CHECKING:
    from nutkin.table.table_environment import TableEnvironment


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _options(properties: dict[str, str]) -> str:
    return ", ".join(f"{_text(key)} = {_text(value)}" for key, value in properties.items())


class CatalogDescriptor:
    """A catalog that is to be made.

    >>> CatalogDescriptor.of("mine", Configuration.from_dict({"type": "generic_in_memory"})).statement()
    "CREATE CATALOG `mine` WITH ('type' = 'generic_in_memory')"
    """

    def __init__(self, catalog_name: str, configuration: Configuration, comment: str | None = None) -> None:
        self._catalog_name = catalog_name
        self._configuration = configuration
        self._comment = comment

    @staticmethod
    def of(catalog_name: str, configuration: Configuration, comment: str | None = None) -> CatalogDescriptor:
        """A catalog of this name and these options."""
        return CatalogDescriptor(catalog_name, configuration, comment)

    def statement(self, catalog_name: str | None = None) -> str:
        """The statement that makes it, under another name if one is given."""
        comment = "" if self._comment is None else f" COMMENT {_text(self._comment)}"
        name = _quote(catalog_name or self._catalog_name)
        return f"CREATE CATALOG {name}{comment} WITH ({_options(self._configuration.to_dict())})"


class Catalog:
    """A catalog of a table environment.

    >>> from nutkin.table import TableEnvironment
    >>> t_env = TableEnvironment.create()
    >>> catalog = t_env.get_catalog("default_catalog")
    >>> catalog.create_database("raw", CatalogDatabase.create_instance({}), False)
    >>> catalog.list_databases(), catalog.database_exists("raw")
    (['default_database', 'raw'], True)
    """

    def __init__(self, name: str, t_env: TableEnvironment | None = None, properties: Any = None) -> None:
        self._name = name
        self._t_env = t_env
        self._catalog_properties: dict[str, str] = dict(properties or {})

    # Databases

    def get_default_database(self) -> str:
        """The database that is the current one when nothing else is said."""
        environment = self._environment()
        before = environment.get_current_catalog(), environment.get_current_database()
        # Using a catalog makes its default database the current one.
        environment.use_catalog(self._name)
        found = environment.get_current_database()
        environment.use_catalog(before[0])
        environment.use_database(before[1])
        return found

    def list_databases(self) -> list[str]:
        """The names of the databases."""
        environment = self._environment()
        if environment.get_current_catalog() == self._name:
            return environment.list_databases()
        return self._names(f"SHOW DATABASES FROM {_quote(self._name)}")

    def get_database(self, database_name: str) -> CatalogDatabase:
        """A database.

        :raises nutkin.util.exceptions.DatabaseNotExistException: if there is none of this name.
        """
        self._check_database(database_name)
        described: dict[str, Any] = self._environment()._j_tenv.call(
            "describeDatabase", self._name, database_name
        )
        return CatalogDatabase(described["properties"], described["comment"])

    def database_exists(self, database_name: str) -> bool:
        """Whether there is a database of this name."""
        return database_name in self.list_databases()

    def create_database(self, name: str, database: CatalogDatabase, ignore_if_exists: bool) -> None:
        """Makes a database.

        :raises nutkin.util.exceptions.DatabaseAlreadyExistException: if there is one of this name.
        """
        if not ignore_if_exists and self.database_exists(name):
            raise exceptions.DatabaseAlreadyExistException(
                f"Database {name} already exists in Catalog {self._name}."
            )
        comment = database.get_comment()
        properties = database.get_properties()
        self._run(
            f"CREATE DATABASE IF NOT EXISTS {self._database(name)}"
            + ("" if comment is None else f" COMMENT {_text(comment)}")
            + (f" WITH ({_options(properties)})" if properties else "")
        )

    def drop_database(self, name: str, ignore_if_exists: bool) -> None:
        """Drops an empty database.

        :raises nutkin.util.exceptions.DatabaseNotExistException: if there is none of this name.
        :raises nutkin.util.exceptions.DatabaseNotEmptyException: if something is in it.
        """
        if not self.database_exists(name):
            if ignore_if_exists:
                return
            self._check_database(name)
        if self.list_tables(name) or self.list_functions(name):
            raise exceptions.DatabaseNotEmptyException(
                f"Database {name} in catalog {self._name} is not empty."
            )
        self._run(f"DROP DATABASE {self._database(name)}")

    def alter_database(self, name: str, new_database: CatalogDatabase, ignore_if_not_exists: bool) -> None:
        """Sets the properties of a database.

        :raises nutkin.util.exceptions.DatabaseNotExistException: if there is none of this name.
        """
        if self.database_exists(name):
            self._run(
                f"ALTER DATABASE {self._database(name)} SET ({_options(new_database.get_properties())})"
            )
        elif not ignore_if_not_exists:
            self._check_database(name)

    # Tables and views

    def list_tables(self, database_name: str) -> list[str]:
        """The names of the tables and views of a database.

        :raises nutkin.util.exceptions.DatabaseNotExistException: if there is no such database.
        """
        self._check_database(database_name)
        described: list[str] = self._environment()._j_tenv.call(
            "listPermanentTables", self._name, database_name
        )
        return described

    def list_views(self, database_name: str) -> list[str]:
        """The names of the views of a database.

        :raises nutkin.util.exceptions.DatabaseNotExistException: if there is no such database.
        """
        paths = (ObjectPath(database_name, name) for name in self.list_tables(database_name))
        return [path.get_object_name() for path in paths if self.get_table(path).is_view()]

    def list_materialized_tables(self, database_name: str) -> list[str]:
        """None: there are no materialized tables.

        :raises nutkin.util.exceptions.DatabaseNotExistException: if there is no such database.
        """
        self._check_database(database_name)
        return []

    def get_table(self, table_path: ObjectPath) -> CatalogBaseTable:
        """A table or view.

        :raises nutkin.util.exceptions.TableNotExistException: if there is none of this name.
        """
        self._check_table(table_path)
        described: dict[str, Any] = self._environment()._j_tenv.call("describeTable", self._path(table_path))
        schema = Schema.new_builder().from_fields(described["names"], described["types"])
        if described["primaryKey"]:
            schema.primary_key(*described["primaryKey"])
        return CatalogBaseTable(
            schema.build(),
            described["options"],
            described["comment"],
            described["partitionKeys"],
            described["query"],
        )

    def table_exists(self, table_path: ObjectPath) -> bool:
        """Whether there is a table or view of this name."""
        database = table_path.get_database_name()
        return self.database_exists(database) and table_path.get_object_name() in self.list_tables(database)

    def drop_table(self, table_path: ObjectPath, ignore_if_not_exists: bool) -> None:
        """Drops a table or view.

        :raises nutkin.util.exceptions.TableNotExistException: if there is none of this name.
        """
        if not self.table_exists(table_path):
            if ignore_if_not_exists:
                return
            self._check_table(table_path)
        kind = "VIEW" if self.get_table(table_path).is_view() else "TABLE"
        self._run(f"DROP {kind} {self._path(table_path)}")

    def rename_table(self, table_path: ObjectPath, new_table_name: str, ignore_if_not_exists: bool) -> None:
        """Renames a table or view.

        :raises nutkin.util.exceptions.TableNotExistException: if there is none of this name.
        """
        if not self.table_exists(table_path):
            if ignore_if_not_exists:
                return
            self._check_table(table_path)
        kind = "VIEW" if self.get_table(table_path).is_view() else "TABLE"
        self._run(f"ALTER {kind} {self._path(table_path)} RENAME TO {_quote(new_table_name)}")

    def create_table(self, table_path: ObjectPath, table: CatalogBaseTable, ignore_if_exists: bool) -> None:
        """Makes a table or view.

        :raises nutkin.util.exceptions.TableAlreadyExistException: if there is one of this name.
        :raises nutkin.util.exceptions.DatabaseNotExistException: if there is no such database.
        """
        self._check_database(table_path.get_database_name())
        if self.table_exists(table_path):
            if ignore_if_exists:
                return
            raise exceptions.TableAlreadyExistException(
                f"Table (or view) {table_path} already exists in Catalog {self._name}."
            )
        path = self._path(table_path)
        if table.is_view():
            comment = table.get_comment()
            suffix = "" if comment is None else f" COMMENT {_text(comment)}"
            self._run(f"CREATE VIEW {path}{suffix} AS {table.get_query()}")
        else:
            self._environment()._j_tenv.call("createTable", path, _descriptor(table)._j_table_descriptor)

    def alter_table(
        self, table_path: ObjectPath, new_table: CatalogBaseTable, ignore_if_not_exists: bool
    ) -> None:
        """Puts a table or view in place of one.

        :raises nutkin.util.exceptions.TableNotExistException: if there is none of this name.
        """
        if not self.table_exists(table_path):
            if ignore_if_not_exists:
                return
            self._check_table(table_path)
        self.drop_table(table_path, False)
        self.create_table(table_path, new_table, False)

    # Partitions

    def list_partitions(
        self, table_path: ObjectPath, partition_spec: CatalogPartitionSpec | None = None
    ) -> list[CatalogPartitionSpec]:
        """The partitions of a table, or those with some values."""
        self._check_table(table_path)
        suffix = "" if partition_spec is None else f" {_partition(partition_spec)}"
        rows = self._names(f"SHOW PARTITIONS {self._path(table_path)}{suffix}")
        pairs = ([part.partition("=") for part in row.split("/")] for row in rows)
        return [CatalogPartitionSpec({key: value for key, _, value in row}) for row in pairs]

    def get_partition(self, table_path: ObjectPath, partition_spec: CatalogPartitionSpec) -> CatalogPartition:
        """A partition.

        :raises nutkin.util.exceptions.PartitionNotExistException: if there is none of these values.
        """
        if not self.partition_exists(table_path, partition_spec):
            raise exceptions.PartitionNotExistException(
                f"Partition {partition_spec} of table {table_path} in catalog {self._name} does not exist."
            )
        return CatalogPartition.create_instance({})

    def partition_exists(self, table_path: ObjectPath, partition_spec: CatalogPartitionSpec) -> bool:
        """Whether there is a partition of these values."""
        return partition_spec in self.list_partitions(table_path)

    def create_partition(
        self,
        table_path: ObjectPath,
        partition_spec: CatalogPartitionSpec,
        partition: CatalogPartition,
        ignore_if_exists: bool,
    ) -> None:
        """Makes a partition, if the table's connector can."""
        condition = "IF NOT EXISTS " if ignore_if_exists else ""
        properties = partition.get_properties()
        suffix = f" WITH ({_options(properties)})" if properties else ""
        self._run(f"ALTER TABLE {self._path(table_path)} ADD {condition}{_partition(partition_spec)}{suffix}")

    def drop_partition(
        self, table_path: ObjectPath, partition_spec: CatalogPartitionSpec, ignore_if_not_exists: bool
    ) -> None:
        """Drops a partition, if the table's connector can."""
        condition = "IF EXISTS " if ignore_if_not_exists else ""
        self._run(f"ALTER TABLE {self._path(table_path)} DROP {condition}{_partition(partition_spec)}")

    def alter_partition(
        self,
        table_path: ObjectPath,
        partition_spec: CatalogPartitionSpec,
        new_partition: CatalogPartition,
        ignore_if_not_exists: bool,
    ) -> NoReturn:
        """Refused: partitions have no properties."""
        self._refuse("alter_partition")

    # Functions and procedures

    def list_functions(self, database_name: str) -> list[str]:
        """The names of the functions of a database.

        :raises nutkin.util.exceptions.DatabaseNotExistException: if there is no such database.
        """
        self._check_database(database_name)
        return self._names(f"SHOW USER FUNCTIONS FROM {self._database(database_name)}")

    def list_procedures(self, database_name: str) -> list[str]:
        """None: there are no procedures.

        :raises nutkin.util.exceptions.DatabaseNotExistException: if there is no such database.
        """
        self._check_database(database_name)
        return []

    def get_function(self, function_path: ObjectPath) -> CatalogFunction:
        """Refused: of a function only its pickled body is kept."""
        self._refuse("get_function")

    def get_procedure(self, procedure_path: ObjectPath) -> Procedure:
        """Refused: there are no procedures."""
        self._refuse("get_procedure")

    def function_exists(self, function_path: ObjectPath) -> bool:
        """Whether there is a function of this name; names of functions have no case."""
        database = function_path.get_database_name()
        name = function_path.get_object_name().lower()
        return self.database_exists(database) and name in self.list_functions(database)

    def create_function(
        self, function_path: ObjectPath, function: CatalogFunction, ignore_if_exists: bool
    ) -> None:
        """Makes a function of its module and object, which are imported now.

        :raises nutkin.util.exceptions.FunctionAlreadyExistException: if there is one of this name.
        """
        self._check_database(function_path.get_database_name())
        if self.function_exists(function_path):
            if ignore_if_exists:
                return
            raise exceptions.FunctionAlreadyExistException(
                f"Function {function_path} already exists in Catalog {self._name}."
            )
        self._run(
            f"CREATE FUNCTION {self._path(function_path)} AS {_text(function.get_class_name())} "
            f"LANGUAGE {function.get_function_language()}"
        )

    def alter_function(
        self, function_path: ObjectPath, new_function: CatalogFunction, ignore_if_not_exists: bool
    ) -> None:
        """Puts a function in place of one.

        :raises nutkin.util.exceptions.FunctionNotExistException: if there is none of this name.
        """
        if not self.function_exists(function_path):
            if ignore_if_not_exists:
                return
            self._check_function(function_path)
        self.drop_function(function_path, False)
        self.create_function(function_path, new_function, False)

    def drop_function(self, function_path: ObjectPath, ignore_if_not_exists: bool) -> None:
        """Drops a function.

        :raises nutkin.util.exceptions.FunctionNotExistException: if there is none of this name.
        """
        if not self.function_exists(function_path):
            if ignore_if_not_exists:
                return
            self._check_function(function_path)
        self._run(f"DROP FUNCTION {self._path(function_path)}")

    # Models

    def list_models(self, database_name: str) -> list[str]:
        """The names of the models of a database.

        :raises nutkin.util.exceptions.DatabaseNotExistException: if there is no such database.
        """
        self._check_database(database_name)
        return self._names(f"SHOW MODELS FROM {self._database(database_name)}")

    def get_model(self, model_path: ObjectPath) -> NoReturn:
        """Refused: models cannot be read back."""
        self._refuse("get_model")

    def model_exists(self, model_path: ObjectPath) -> bool:
        """Whether there is a model of this name."""
        return model_path.get_object_name() in self.list_models(model_path.get_database_name())

    def drop_model(self, model_path: ObjectPath, ignore_if_not_exists: bool) -> None:
        """Drops a model."""
        condition = "IF EXISTS " if ignore_if_not_exists else ""
        self._run(f"DROP MODEL {condition}{self._path(model_path)}")

    def rename_model(self, model_path: ObjectPath, new_model_name: str, ignore_if_not_exists: bool) -> None:
        """Renames a model."""
        condition = "IF EXISTS " if ignore_if_not_exists else ""
        self._run(f"ALTER MODEL {condition}{self._path(model_path)} RENAME TO {_quote(new_model_name)}")

    def create_model(self, model_path: ObjectPath, model: CatalogModel, ignore_if_exists: bool) -> None:
        """Makes a model."""
        self._environment()._j_tenv.call(
            "createModel",
            self._path(model_path),
            model._descriptor()._j_model_descriptor,
            ignore_if_exists,
        )

    def alter_model(
        self, model_path: ObjectPath, new_model: CatalogModel, ignore_if_not_exists: bool
    ) -> None:
        """Sets the options of a model."""
        condition = "IF EXISTS " if ignore_if_not_exists else ""
        options = _options(new_model.get_options())
        self._run(f"ALTER MODEL {condition}{self._path(model_path)} SET ({options})")

    # Statistics

    def get_table_statistics(self, table_path: ObjectPath) -> CatalogTableStatistics:
        """How large a table is: not known.

        :raises nutkin.util.exceptions.TableNotExistException: if there is none of this name.
        """
        self._check_table(table_path)
        return CatalogTableStatistics()

    def get_table_column_statistics(self, table_path: ObjectPath) -> CatalogColumnStatistics:
        """What is known of the values of columns: nothing.

        :raises nutkin.util.exceptions.TableNotExistException: if there is none of this name.
        """
        self._check_table(table_path)
        return CatalogColumnStatistics({})

    def get_partition_statistics(
        self, table_path: ObjectPath, partition_spec: CatalogPartitionSpec
    ) -> CatalogTableStatistics:
        """How large a partition is: not known."""
        self.get_partition(table_path, partition_spec)
        return CatalogTableStatistics()

    def bulk_get_partition_statistics(
        self, table_path: ObjectPath, partition_specs: Sequence[CatalogPartitionSpec]
    ) -> list[CatalogTableStatistics]:
        """How large partitions are: not known."""
        return [self.get_partition_statistics(table_path, spec) for spec in partition_specs]

    def get_partition_column_statistics(
        self, table_path: ObjectPath, partition_spec: CatalogPartitionSpec
    ) -> CatalogColumnStatistics:
        """What is known of the values of columns in a partition: nothing."""
        self.get_partition(table_path, partition_spec)
        return CatalogColumnStatistics({})

    def bulk_get_partition_column_statistics(
        self, table_path: ObjectPath, partition_specs: Sequence[CatalogPartitionSpec]
    ) -> list[CatalogColumnStatistics]:
        """What is known of the values of columns in partitions: nothing."""
        return [self.get_partition_column_statistics(table_path, spec) for spec in partition_specs]

    def alter_table_statistics(
        self, table_path: ObjectPath, table_statistics: CatalogTableStatistics, ignore_if_not_exists: bool
    ) -> NoReturn:
        """Refused: catalogs keep no statistics that programs set."""
        self._refuse("alter_table_statistics")

    def alter_table_column_statistics(
        self, table_path: ObjectPath, column_statistics: CatalogColumnStatistics, ignore_if_not_exists: bool
    ) -> NoReturn:
        """Refused: catalogs keep no statistics that programs set."""
        self._refuse("alter_table_column_statistics")

    def alter_partition_statistics(
        self,
        table_path: ObjectPath,
        partition_spec: CatalogPartitionSpec,
        partition_statistics: CatalogTableStatistics,
        ignore_if_not_exists: bool,
    ) -> NoReturn:
        """Refused: catalogs keep no statistics that programs set."""
        self._refuse("alter_partition_statistics")

    def alter_partition_column_statistics(
        self,
        table_path: ObjectPath,
        partition_spec: CatalogPartitionSpec,
        column_statistics: CatalogColumnStatistics,
        ignore_if_not_exists: bool,
    ) -> NoReturn:
        """Refused: catalogs keep no statistics that programs set."""
        self._refuse("alter_partition_column_statistics")

    # What the methods share

    def _environment(self) -> TableEnvironment:
        if self._t_env is None:
            raise exceptions.CatalogException(
                f"The catalog '{self._name}' is in no table environment yet: register_catalog(...) adds it."
            )
        return self._t_env

    def _run(self, statement: str) -> None:
        self._environment().execute_sql(statement)

    def _names(self, statement: str) -> list[str]:
        with self._environment().execute_sql(statement).collect() as rows:
            return [row[0] for row in rows]

    def _database(self, name: str) -> str:
        return f"{_quote(self._name)}.{_quote(name)}"

    def _path(self, path: ObjectPath) -> str:
        return f"{self._database(path.get_database_name())}.{_quote(path.get_object_name())}"

    def _check_database(self, name: str) -> None:
        if not self.database_exists(name):
            raise exceptions.DatabaseNotExistException(
                f"Database {name} does not exist in Catalog {self._name}."
            )

    def _check_table(self, path: ObjectPath) -> None:
        self._check(self.table_exists, path, exceptions.TableNotExistException, "Table (or view)")

    def _check_function(self, path: ObjectPath) -> None:
        self._check(self.function_exists, path, exceptions.FunctionNotExistException, "Function")

    def _check(
        self,
        exists: Callable[[ObjectPath], bool],
        path: ObjectPath,
        error: type[exceptions.JavaException],
        kind: str,
    ) -> None:
        if not exists(path):
            raise error(f"{kind} {path} does not exist in Catalog {self._name}.")

    def _refuse(self, method: str) -> NoReturn:
        from nutkin._refusals import refusal

        raise refusal(f"table.catalog.Catalog.{method}")


class HiveCatalog(Catalog):
    """Hive's catalog, which is refused: it speaks with Hive in Java."""

    def __init__(
        self,
        catalog_name: str,
        default_database: str | None = None,
        hive_conf_dir: str | None = None,
        hadoop_conf_dir: str | None = None,
        hive_version: str | None = None,
    ) -> None:
        from nutkin._refusals import refusal

        raise refusal("table.catalog.HiveCatalog.__init__")


class JdbcCatalog(Catalog):
    """The tables of a database server; ``TableEnvironment.register_catalog`` adds it."""

    def __init__(
        self, catalog_name: str, default_database: str, username: str, pwd: str, base_url: str
    ) -> None:
        super().__init__(
            catalog_name,
            None,
            {
                "type": "jdbc",
                "default-database": default_database,
                "username": username,
                "password": pwd,
                "base-url": base_url,
            },
        )


def _partition(spec: CatalogPartitionSpec) -> str:
    pairs = spec.get_partition_spec().items()
    return f"PARTITION ({', '.join(f'{_quote(key)} = {_text(value)}' for key, value in pairs)})"


def _descriptor(table: CatalogBaseTable) -> Any:
    from nutkin.table.table_descriptor import TableDescriptor

    options = table.get_options()
    # Options of the old spelling name the connector otherwise; they say so themselves.
    builder = TableDescriptor.for_connector(options.get("connector", options.get("connector.type", "")))
    for key, value in options.items():
        builder.option(key, value)
    comment = table.get_comment()
    if comment is not None:
        builder.comment(comment)
    return builder.schema(table.get_unresolved_schema()).partitioned_by(*table.get_partition_keys()).build()
