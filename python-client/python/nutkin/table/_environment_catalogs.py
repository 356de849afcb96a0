"""The methods of table environments that work on catalogs, tables, views, models and modules by objects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

from nutkin._gateway import RemoteObject

if TYPE_CHECKING:
    from nutkin.table.catalog import Catalog, CatalogDescriptor
    from nutkin.table.model_descriptor import ModelDescriptor
    from nutkin.table.module import Module, ModuleEntry
    from nutkin.table.table import Table
    from nutkin.table.table_descriptor import TableDescriptor
    from nutkin.table.table_environment import TableEnvironment
    from nutkin.table.table_result import TableResult


def _quote(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


class CatalogMethods:
    """What :class:`nutkin.table.TableEnvironment` has for catalogs and what they hold."""

    _j_tenv: RemoteObject

    if TYPE_CHECKING:

        def execute_sql(self, stmt: str) -> TableResult: ...

        def list_catalogs(self) -> list[str]: ...

    # Catalogs

    def create_catalog(self, catalog_name: str, catalog_descriptor: CatalogDescriptor) -> None:
        """Makes a catalog of its description.

        :raises nutkin.util.exceptions.CatalogException: if there is one of this name.
        """
        self.execute_sql(catalog_descriptor.statement(catalog_name))

    def register_catalog(self, catalog_name: str, catalog: Catalog) -> None:
        """Adds a catalog object, such as a ``JdbcCatalog``, under a name."""
        from nutkin.common.configuration import Configuration
        from nutkin.table.catalog import CatalogDescriptor

        configuration = Configuration.from_dict(catalog._catalog_properties)
        self.execute_sql(CatalogDescriptor.of(catalog_name, configuration).statement())
        catalog._name = catalog_name
        catalog._t_env = self._as_environment()

    def get_catalog(self, catalog_name: str) -> Catalog | None:
        """The catalog of this name; None if there is none."""
        from nutkin.table.catalog import Catalog

        if catalog_name not in self.list_catalogs():
            return None
        return Catalog(catalog_name, self._as_environment())

    # Tables and views

    def create_table(self, path: str, descriptor: TableDescriptor, ignoreIfExists: bool = False) -> bool:
        """Makes a table of its description; whether it did.

        >>> from nutkin.table import DataTypes, Schema, TableDescriptor, TableEnvironment
        >>> t_env = TableEnvironment.create()
        >>> schema = Schema.new_builder().column("id", DataTypes.BIGINT()).build()
        >>> t_env.create_table("sink", TableDescriptor.for_connector("blackhole").schema(schema).build())
        True
        >>> t_env.list_tables()
        ['sink']
        """
        made: bool = self._j_tenv.call("createTable", path, descriptor._j_table_descriptor, ignoreIfExists)
        return made

    def create_temporary_table(
        self, path: str, descriptor: TableDescriptor, ignoreIfExists: bool = False
    ) -> None:
        """Makes a temporary table of its description."""
        self._j_tenv.call("createTemporaryTable", path, descriptor._j_table_descriptor, ignoreIfExists)

    def from_descriptor(self, descriptor: TableDescriptor) -> Table:
        """The table that is described, without giving it a name."""
        from nutkin.table.table import Table

        return Table(self._j_tenv.call("from", descriptor._j_table_descriptor), self._as_environment())

    def drop_table(self, table_path: str, ignore_if_not_exists: bool = True) -> bool:
        """Drops a table; whether there was one."""
        dropped: bool = self._j_tenv.call("dropTable", table_path, ignore_if_not_exists)
        return dropped

    def create_view(self, view_path: str, table: Table, ignore_if_exists: bool = False) -> bool:
        """Gives a query a name in a catalog; whether it did."""
        made: bool = self._j_tenv.call("createView", view_path, table._j_table, ignore_if_exists)
        return made

    def drop_view(self, view_path: str, ignore_if_not_exists: bool = True) -> bool:
        """Drops a view; whether there was one."""
        dropped: bool = self._j_tenv.call("dropView", view_path, ignore_if_not_exists)
        return dropped

    def drop_function(self, path: str) -> bool:
        """Drops a function of a catalog; whether there was one."""
        dropped: bool = self._j_tenv.call("dropFunction", path)
        return dropped

    def list_materialized_tables(self) -> list[str]:
        """The names of the materialized tables: there are none."""
        return []

    # Functions in Java

    def create_java_temporary_system_function(self, name: str, function_class_name: str) -> NoReturn:
        """Refused: Java functions need a JVM."""
        self._refuse("create_java_temporary_system_function")

    def create_java_function(
        self, path: str, function_class_name: str, ignore_if_exists: bool | None = None
    ) -> NoReturn:
        """Refused: Java functions need a JVM."""
        self._refuse("create_java_function")

    def create_java_temporary_function(self, path: str, function_class_name: str) -> NoReturn:
        """Refused: Java functions need a JVM."""
        self._refuse("create_java_temporary_function")

    # Models

    def create_model(
        self, model_path: str, model_descriptor: ModelDescriptor, ignore_if_exists: bool = False
    ) -> None:
        """Makes a model of its description."""
        self._j_tenv.call("createModel", model_path, model_descriptor._j_model_descriptor, ignore_if_exists)

    def create_temporary_model(
        self, model_path: str, model_descriptor: ModelDescriptor, ignore_if_exists: bool = False
    ) -> None:
        """Makes a temporary model of its description."""
        j_descriptor = model_descriptor._j_model_descriptor
        self._j_tenv.call("createTemporaryModel", model_path, j_descriptor, ignore_if_exists)

    def drop_model(self, model_path: str, ignore_if_not_exists: bool = True) -> bool:
        """Drops a model; whether there was one."""
        existed = model_path.rpartition(".")[2].strip("`") in self.list_models()
        self.execute_sql(f"DROP MODEL {'IF EXISTS ' if ignore_if_not_exists else ''}{model_path}")
        return existed

    def drop_temporary_model(self, model_path: str) -> bool:
        """Drops a temporary model; whether there was one."""
        existed = model_path.rpartition(".")[2].strip("`") in self.list_temporary_models()
        self.execute_sql(f"DROP TEMPORARY MODEL IF EXISTS {model_path}")
        return existed

    def list_models(self) -> list[str]:
        """The names of the models in the current database."""
        return self._shown("SHOW MODELS")

    def list_temporary_models(self) -> list[str]:
        """The names of the temporary models in the current database: none, for they are not kept."""
        return []

    # Modules

    def load_module(self, module_name: str, module: Module) -> None:
        """Loads a module under its name."""
        options = ", ".join(f"'{key}' = '{value}'" for key, value in module._options.items())
        self.execute_sql(f"LOAD MODULE {_quote(module_name)}" + (f" WITH ({options})" if options else ""))

    def unload_module(self, module_name: str) -> None:
        """Unloads a module."""
        self.execute_sql(f"UNLOAD MODULE {_quote(module_name)}")

    def use_modules(self, *module_names: str) -> None:
        """Uses these modules, in this order, and no others."""
        self.execute_sql(f"USE MODULES {', '.join(map(_quote, module_names))}")

    def list_modules(self) -> list[str]:
        """The names of the modules in use."""
        return self._shown("SHOW MODULES")

    def list_full_modules(self) -> list[ModuleEntry]:
        """All loaded modules, and whether each is in use."""
        from nutkin.table.module import ModuleEntry

        with self.execute_sql("SHOW FULL MODULES").collect() as rows:
            return [ModuleEntry(row[0], row[1]) for row in rows]

    def _shown(self, statement: str) -> list[str]:
        with self.execute_sql(statement).collect() as rows:
            return [row[0] for row in rows]

    def _as_environment(self) -> TableEnvironment:
        environment: Any = self
        return environment  # type: ignore[no-any-return]  # table environments are the only subclasses

    def _refuse(self, method: str) -> NoReturn:
        from nutkin._refusals import refusal

        raise refusal(f"table.table_environment.TableEnvironment.{method}")
