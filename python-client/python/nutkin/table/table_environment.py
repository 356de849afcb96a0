"""The entry point of table programs. Mirrors ``pyflink.table.table_environment``."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from nutkin import _native
from nutkin._gateway import RemoteObject, get_gateway
from nutkin._job import wait_for_job
from nutkin._legacy import warn_legacy
from nutkin._packaging import read_python_file
from nutkin.common.job_execution_result import JobExecutionResult
from nutkin.table.environment_settings import EnvironmentSettings
from nutkin.table.explain_detail import ExplainDetail
from nutkin.table.statement_set import StatementSet
from nutkin.table.table import Table
from nutkin.table.table_config import TableConfig
from nutkin.table.table_result import TableResult
from nutkin.table.types import DataType, RowType, infer_schema_from_data
from nutkin.table.udf import UserDefinedFunctionWrapper

if TYPE_CHECKING:
    from nutkin.datastream import StreamExecutionEnvironment

_TABLE_ENVIRONMENT = "org.apache.flink.table.api.TableEnvironment"
_STREAM_TABLE_ENVIRONMENT = "org.apache.flink.table.api.bridge.java.StreamTableEnvironment"


class TableEnvironment:
    """Catalogs, configuration and execution of table programs.

    >>> t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    >>> t_env.execute_sql("CREATE TABLE t (a INT) WITH ('connector' = 'blackhole')").print()
    OK
    """

    def __init__(self, j_tenv: RemoteObject) -> None:
        self._j_tenv = j_tenv

    @staticmethod
    def create(environment_settings: EnvironmentSettings | None = None) -> TableEnvironment:
        """Makes a table environment; in streaming mode unless settings say otherwise."""
        settings = environment_settings or EnvironmentSettings.in_streaming_mode()
        return TableEnvironment(
            get_gateway().call(_TABLE_ENVIRONMENT, "create", settings._j_environment_settings)
        )

    # Statements

    def execute_sql(self, stmt: str) -> TableResult:
        """Runs one statement: DDL and SHOW at once; INSERT and SELECT start a job.

        :raises nutkin.util.exceptions.SqlParserException: if the text cannot be parsed.
        :raises nutkin.util.exceptions.ValidationException: if it means nothing.
        """
        return TableResult(self._j_tenv.call("executeSql", stmt))

    def sql_query(self, query: str) -> Table:
        """The table that a SELECT describes."""
        return Table(self._j_tenv.call("sqlQuery", query), self)

    def explain_sql(self, stmt: str, *extra_details: ExplainDetail) -> str:
        """The plans of a SELECT or INSERT."""
        text: str = self._j_tenv.call("explainSql", stmt, *(detail.name for detail in extra_details))
        return text

    def create_statement_set(self) -> StatementSet:
        """Collects INSERTs that run as one job."""
        return StatementSet(self._j_tenv.call("createStatementSet"))

    # Tables

    def from_path(self, path: str) -> Table:
        """The table or view of this name.

        :raises nutkin.util.exceptions.ValidationException: if there is none.
        """
        return Table(self._j_tenv.call("from", path), self)

    def from_elements(
        self,
        elements: Iterable[Any],
        schema: DataType | Sequence[str] | None = None,
        verify_schema: bool = True,
    ) -> Table:
        """A table of Python values: tuples, lists, ``Row`` objects, dictionaries, or single values.

        >>> t_env = TableEnvironment.create()
        >>> t = t_env.from_elements([(1, 2.5)], ["a", "b"])
        >>> t.get_schema().get_column_data_types()
        ['BIGINT', 'DOUBLE']

        :param schema: a ROW type, the names of the columns, or None to name them ``_1``, ``_2``, ...
        :param verify_schema: whether values are checked against the type; they always are, for no
            value of a wrong type can be held.
        :raises TypeError: if a value does not fit its column.
        """
        rows = list(elements)
        if isinstance(schema, RowType):
            row_type = schema
        elif isinstance(schema, DataType):
            row_type = RowType().add("value", schema)
            rows = [(row,) for row in rows]
        else:
            row_type = infer_schema_from_data(rows, schema)
        encoded = _native.encode_rows([_as_tuple(row, row_type) for row in rows], row_type.to_type_string())
        return Table(self._j_tenv.call("fromArrow", encoded, row_type.to_type_string()), self)

    def create_temporary_view(self, view_path: str, table: Table) -> None:
        """Gives a table a name."""
        self._j_tenv.call("createTemporaryView", view_path, table._j_table)

    def drop_temporary_view(self, view_path: str) -> bool:
        """Forgets a temporary view; whether there was one."""
        dropped: bool = self._j_tenv.call("dropTemporaryView", view_path)
        return dropped

    def drop_temporary_table(self, table_path: str) -> bool:
        """Forgets a temporary table; whether there was one."""
        dropped: bool = self._j_tenv.call("dropTemporaryTable", table_path)
        return dropped

    # Functions

    def create_temporary_system_function(self, name: str, function: UserDefinedFunctionWrapper) -> None:
        """Registers a function under a name that holds in every catalog."""
        self._j_tenv.call("createTemporarySystemFunction", name, _function(function))

    def create_temporary_function(self, path: str, function: UserDefinedFunctionWrapper) -> None:
        """Registers a function in a catalog and database."""
        self._j_tenv.call("createTemporaryFunction", path, _function(function))

    def drop_temporary_system_function(self, name: str) -> bool:
        """Forgets a temporary system function; whether there was one."""
        dropped: bool = self._j_tenv.call("dropTemporarySystemFunction", name)
        return dropped

    def drop_temporary_function(self, path: str) -> bool:
        """Forgets a temporary function; whether there was one."""
        dropped: bool = self._j_tenv.call("dropTemporaryFunction", path)
        return dropped

    def add_python_file(self, file_path: str) -> None:
        """Makes a file, directory or archive importable where Python functions run.

        :raises FileNotFoundError: if it is not there.
        """
        if not os.path.exists(file_path):
            raise FileNotFoundError(f"The Python file '{file_path}' given to add_python_file does not exist.")
        if get_gateway().is_remote:
            self._j_tenv.call("addPythonFileContent", *read_python_file(file_path))
        else:
            self._j_tenv.call("addPythonFile", os.path.abspath(file_path))

    # Catalogs

    def list_catalogs(self) -> list[str]:
        """The names of all catalogs."""
        return self._names("listCatalogs")

    def list_databases(self) -> list[str]:
        """The names of the databases in the current catalog."""
        return self._names("listDatabases")

    def list_tables(self) -> list[str]:
        """The names of the tables and views in the current database."""
        return self._names("listTables")

    def list_views(self) -> list[str]:
        """The names of the views in the current database."""
        return self._names("listViews")

    def list_temporary_tables(self) -> list[str]:
        """The names of the temporary tables and views in the current database."""
        return self._names("listTemporaryTables")

    def list_temporary_views(self) -> list[str]:
        """The names of the temporary views in the current database."""
        return self._names("listTemporaryViews")

    def list_user_defined_functions(self) -> list[str]:
        """The names of the functions that were registered."""
        return self._names("listUserDefinedFunctions")

    def list_functions(self) -> list[str]:
        """The names of all functions, built-in ones included."""
        return self._names("listFunctions")

    def get_current_catalog(self) -> str:
        """The current catalog."""
        name: str = self._j_tenv.call("getCurrentCatalog")
        return name

    def use_catalog(self, catalog_name: str) -> None:
        """Makes a catalog the current one."""
        self._j_tenv.call("useCatalog", catalog_name)

    def get_current_database(self) -> str:
        """The current database."""
        name: str = self._j_tenv.call("getCurrentDatabase")
        return name

    def use_database(self, database_name: str) -> None:
        """Makes a database the current one."""
        self._j_tenv.call("useDatabase", database_name)

    def get_config(self) -> TableConfig:
        """The configuration, in force from the next statement on."""
        return TableConfig(self._j_tenv.call("getConfig"))

    # The API of 1.9 to 1.14

    def sql_update(self, stmt: str) -> None:
        """Runs DDL at once; notes an INSERT for :meth:`execute` (1.9 to 1.14)."""
        warn_legacy("TableEnvironment.sql_update(stmt)", "TableEnvironment.execute_sql(stmt)")
        self._j_tenv.call("sqlUpdate", stmt)

    def register_function(self, name: str, function: UserDefinedFunctionWrapper) -> None:
        """Registers a function (1.10 to 1.20)."""
        warn_legacy("TableEnvironment.register_function", "TableEnvironment.create_temporary_system_function")
        self._j_tenv.call("registerFunction", name, _function(function))

    def register_table(self, name: str, table: Table) -> None:
        """Gives a table a name (1.9 to 1.20)."""
        warn_legacy("TableEnvironment.register_table", "TableEnvironment.create_temporary_view")
        self.create_temporary_view(name, table)

    def scan(self, *table_path: str) -> Table:
        """The table of this name (1.9 to 1.20)."""
        warn_legacy("TableEnvironment.scan", "TableEnvironment.from_path")
        return Table(self._j_tenv.call("scan", *table_path), self)

    def insert_into(self, target_path: str, table: Table) -> None:
        """Adds a sink to the job that :meth:`execute` starts (1.10 to 1.14)."""
        warn_legacy("TableEnvironment.insert_into(path, table)", "Table.execute_insert(path)")
        self._j_tenv.call("insertInto", target_path, table._j_table)

    def execute(self, job_name: str) -> JobExecutionResult:
        """Runs one job of all noted INSERTs and waits for its end (1.9 to 1.14).

        :raises nutkin.util.exceptions.IllegalStateException: if none were noted.
        """
        warn_legacy("TableEnvironment.execute(name)", "Table.execute_insert(path).wait()")
        job_client: RemoteObject = self._j_tenv.call("execute", job_name)
        wait_for_job(job_client)
        metrics: dict[str, Any] = job_client.call("getMetrics")
        return JobExecutionResult(job_client.call("getJobID"), metrics["elapsed_micros"] // 1000)

    def explain(self, table: Table | None = None, extended: bool = False) -> str:
        """The plans of a table, or of all noted INSERTs (1.9 to 1.14)."""
        warn_legacy("TableEnvironment.explain(table)", "Table.explain()")
        details = (ExplainDetail.CHANGELOG_MODE,) if extended else ()
        if table is not None:
            return table.explain(*details)
        text: str = self._j_tenv.call("explain", *(detail.name for detail in details))
        return text

    def _names(self, method: str) -> list[str]:
        names: list[str] = self._j_tenv.call(method)
        return names


def function_of_path(path: str) -> RemoteObject:
    """The Python function of a path, ``module.object``, as the gateway knows it."""
    return _function(_import_function(path))


def _import_function(path: str) -> UserDefinedFunctionWrapper:
    module_name, _, object_name = path.rpartition(".")
    function = getattr(importlib.import_module(module_name), object_name, None)
    if not isinstance(function, UserDefinedFunctionWrapper):
        raise TypeError(f"'{path}' is no Python function for tables. Make it one with nutkin.table.udf.udf.")
    return function


def _function(function: UserDefinedFunctionWrapper) -> RemoteObject:
    if not isinstance(function, UserDefinedFunctionWrapper):
        raise TypeError(f"{function!r} is no function for tables. Make it one with nutkin.table.udf.udf.")
    return function._java_function()


def _as_tuple(row: Any, row_type: RowType) -> tuple[Any, ...]:
    if isinstance(row, dict):
        return tuple(row.get(name) for name in row_type.field_names())
    if hasattr(row, "__len__") and not isinstance(row, (str, bytes, bytearray)):
        return tuple(row)
    if hasattr(row, "__dict__"):
        return tuple(row.__dict__.get(name) for name in row_type.field_names())
    raise TypeError(f"A row has to be a tuple, list, Row, dict or object, not {type(row).__name__}: {row!r}")


class StreamTableEnvironment(TableEnvironment):
    """A table environment beside a stream environment. Mirrors ``StreamTableEnvironment``."""

    @staticmethod
    def create(  # type: ignore[override]  # as in PyFlink
        stream_execution_environment: StreamExecutionEnvironment | EnvironmentSettings | None = None,
        table_config: TableConfig | None = None,
        environment_settings: EnvironmentSettings | None = None,
    ) -> StreamTableEnvironment:
        """Makes a table environment that runs with a stream environment's parallelism.

        :param table_config: the configuration to start with (1.9 to 1.14).
        :raises ValueError: if both ``table_config`` and ``environment_settings`` are given.
        """
        if isinstance(stream_execution_environment, EnvironmentSettings):
            stream_execution_environment, environment_settings = None, stream_execution_environment
        if table_config is not None and environment_settings is not None:
            raise ValueError(
                "The param 'table_config' and 'environment_settings' cannot be used at the same time"
            )
        gateway = get_gateway()
        settings = environment_settings or EnvironmentSettings.in_streaming_mode()
        j_settings = settings._j_environment_settings
        if stream_execution_environment is None:
            j_tenv = gateway.call(_STREAM_TABLE_ENVIRONMENT, "create", j_settings)
        else:
            j_environment = stream_execution_environment._j_stream_execution_environment
            j_tenv = gateway.call(_STREAM_TABLE_ENVIRONMENT, "create", j_environment, j_settings)
        environment = StreamTableEnvironment(j_tenv)
        if table_config is not None:
            for key, value in table_config.to_map().items():
                environment.get_config().set(key, value)
        return environment
