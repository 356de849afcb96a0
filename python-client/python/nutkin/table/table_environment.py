"""The entry point of table programs. Mirrors ``pyflink.table.table_environment``."""

from __future__ import annotations

import importlib
import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn

from nutkin import _native
from nutkin._gateway import RemoteObject, get_gateway
from nutkin._legacy import warn_legacy
from nutkin._packaging import read_python_file
from nutkin.common.configuration import Configuration
from nutkin.table._environment_catalogs import CatalogMethods
from nutkin.table._environment_legacy import LegacyMethods
from nutkin.table.environment_settings import EnvironmentSettings
from nutkin.table.explain_detail import ExplainDetail
from nutkin.table.statement_set import StatementSet
from nutkin.table.table import Table
from nutkin.table.table_config import TableConfig
from nutkin.table.table_result import TableResult
from nutkin.table.types import DataType, RowField, RowType, infer_schema_from_data, parse_data_type
from nutkin.table.udf import UserDefinedFunctionWrapper

if TYPE_CHECKING:
    from nutkin.common.typeinfo import TypeInformation
    from nutkin.dataset import ExecutionEnvironment
    from nutkin.datastream import StreamExecutionEnvironment
    from nutkin.table.changelog_mode import ChangelogMode
    from nutkin.table.compiled_plan import CompiledPlan
    from nutkin.table.plan_reference import PlanReference
    from nutkin.table.schema import Schema
    from nutkin.table.table_pipeline import TablePipeline

_TABLE_ENVIRONMENT = "org.apache.flink.table.api.TableEnvironment"
_STREAM_TABLE_ENVIRONMENT = "org.apache.flink.table.api.bridge.java.StreamTableEnvironment"


class TableEnvironment(CatalogMethods, LegacyMethods):
    """Catalogs, configuration and execution of table programs.

    >>> t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    >>> t_env.execute_sql("CREATE TABLE t (a INT) WITH ('connector' = 'blackhole')").print()
    OK
    """

    def __init__(self, j_tenv: RemoteObject) -> None:
        self._j_tenv = j_tenv
        #: The pipelines that :meth:`execute` of 1.x starts, unless something else has started them.
        self._pipelines: list[TablePipeline] = []

    @staticmethod
    def create(
        environment_settings: EnvironmentSettings | Configuration | None = None,
    ) -> TableEnvironment:
        """Makes a table environment; in streaming mode unless settings say otherwise."""
        if isinstance(environment_settings, Configuration):
            builder = EnvironmentSettings.new_instance().with_configuration(environment_settings)
            environment_settings = builder.build()
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
        schema: DataType | str | Sequence[str] | None = None,
        verify_schema: bool = True,
    ) -> Table:
        """A table of Python values: tuples, lists, ``Row`` objects, dictionaries, or single values.

        >>> t_env = TableEnvironment.create()
        >>> t = t_env.from_elements([(1, 2.5)], ["a", "b"])
        >>> t.get_schema().get_field_data_types()
        [BigIntType(true), DoubleType(true)]

        :param schema: a ROW type or its text, the names of the columns, or None to name them ``_1``,
            ``_2``, ...
        :param verify_schema: whether values are checked against the type; they always are, for no
            value of a wrong type can be held.
        :raises TypeError: if a value does not fit its column.
        """
        rows = list(elements)
        if isinstance(schema, str):
            schema = parse_data_type(schema)
        if isinstance(schema, RowType):
            row_type = schema
        elif isinstance(schema, DataType):
            row_type = RowType().add("value", schema)
            rows = [(row,) for row in rows]
        else:
            row_type = infer_schema_from_data(rows, schema)
        encoded = _native.encode_rows([_as_tuple(row, row_type) for row in rows], row_type.to_type_string())
        return Table(self._j_tenv.call("fromArrow", encoded, row_type.to_type_string()), self)

    def from_arrow(self, data: Any, schema: RowType | Sequence[str] | None = None) -> Table:
        """A table of Arrow data: of ``pyarrow``, Polars, DuckDB, or whatever has ``__arrow_c_stream__``.

        :param schema: the type of the rows, or the names of the columns; those of the data if None.
        :raises TypeError: if there is no Arrow data, or a column is of a type that tables have not.
        :raises ModuleNotFoundError: if pyarrow is not installed.
        """
        from nutkin.table import _arrow_exchange

        encoded, row_type = _arrow_exchange.encode(data, schema)
        return Table(self._j_tenv.call("fromArrow", encoded, row_type.to_type_string()), self)

    def from_pandas(
        self,
        pdf: Any,
        schema: DataType | Sequence[str] | Sequence[DataType] | None = None,
        splits_num: int = 1,
    ) -> Table:
        """A table of a ``pandas.DataFrame``, without its index.

        >>> import pandas
        >>> t_env = TableEnvironment.create()
        >>> t_env.from_pandas(pandas.DataFrame({"a": [1, 2]})).get_schema().get_field_data_types()
        [BigIntType(true)]

        :param schema: a ROW type, or the names or the types of the columns.
        :param splits_num: how many parts Flink reads the rows in; here they are read at once.
        :raises ModuleNotFoundError: if pandas or pyarrow are not installed.
        """
        from nutkin.table import _arrow_exchange

        if schema is not None and not isinstance(schema, DataType) and isinstance(schema[0], DataType):
            pairs = zip(map(str, pdf.columns), schema, strict=True)
            schema = RowType([RowField(name, one) for name, one in pairs if isinstance(one, DataType)])
        table: Any = schema
        return self.from_arrow(_arrow_exchange.pandas_to_arrow_table(pdf), table)

    def from_polars(self, frame: Any, schema: RowType | Sequence[str] | None = None) -> Table:
        """A table of a ``polars.DataFrame``.

        :raises ModuleNotFoundError: if pyarrow is not installed.
        """
        return self.from_arrow(frame, schema)

    # Plans

    def load_plan(self, plan_reference: PlanReference) -> CompiledPlan:
        """A plan that was kept. Refused: plans are made anew."""
        self._refuse("load_plan")

    def compile_plan_sql(self, stmt: str) -> CompiledPlan:
        """The plan of a statement, to be kept. Refused: plans are made anew."""
        self._refuse("compile_plan_sql")

    def execute_plan(self, plan_reference: PlanReference) -> TableResult:
        """Runs a plan that was kept. Refused: plans are made anew."""
        self._refuse("execute_plan")

    def create_temporary_view(
        self, view_path: str, table_or_data_stream: Table, *fields_or_schema: Any
    ) -> None:
        """Gives a table a name.

        :param fields_or_schema: what a stream's fields are, which is refused: there are no streams.
        """
        if fields_or_schema or not isinstance(table_or_data_stream, Table):
            from nutkin._refusals import refusal

            raise refusal("table.table_environment.StreamTableEnvironment.from_data_stream")
        self._j_tenv.call("createTemporaryView", view_path, table_or_data_stream._j_table)

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

    def set_python_requirements(
        self, requirements_file_path: str, requirements_cache_dir: str | None = None
    ) -> NoReturn:
        """Refused: packages are those of the interpreter."""
        self._refuse("set_python_requirements")

    def add_python_archive(self, archive_path: str, target_dir: str | None = None) -> NoReturn:
        """Refused: archives are not unpacked."""
        self._refuse("add_python_archive")

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
        environment_settings: EnvironmentSettings | TableConfig | None = None,
        table_config: TableConfig | None = None,
    ) -> StreamTableEnvironment:
        """Makes a table environment that runs with a stream environment's parallelism and settings.

        :param table_config: the configuration to start with (1.9 to 1.14, where it came second).
        :raises ValueError: if both ``table_config`` and ``environment_settings`` are given.
        :raises nutkin.util.exceptions.UnsupportedOperationException: if a setting cannot be followed.
        """
        if isinstance(stream_execution_environment, EnvironmentSettings):
            stream_execution_environment, environment_settings = None, stream_execution_environment
        if isinstance(environment_settings, TableConfig):
            environment_settings, table_config = None, environment_settings
        if table_config is not None and environment_settings is not None:
            raise ValueError(
                "The param 'table_config' and 'environment_settings' cannot be used at the same time"
            )
        gateway = get_gateway()
        settings = environment_settings or EnvironmentSettings.in_streaming_mode()
        j_settings = settings._j_environment_settings
        if stream_execution_environment is None:
            return StreamTableEnvironment(gateway.call(_STREAM_TABLE_ENVIRONMENT, "create", j_settings))
        j_environment = stream_execution_environment._j_stream_execution_environment
        environment = StreamTableEnvironment(
            gateway.call(_STREAM_TABLE_ENVIRONMENT, "create", j_environment, j_settings)
        )
        for key, value in stream_execution_environment._configuration.to_dict().items():
            # The parallelism is asked of the stream environment, whenever a job starts.
            if key != "parallelism.default":
                environment.get_config().set(key, value)
        for path in stream_execution_environment._python_files:
            environment.add_python_file(path)
        return environment._configured(table_config)

    def from_data_stream(self, data_stream: Any, *fields_or_schema: Any) -> NoReturn:
        """Refused: there are no DataStream programs."""
        self._refuse_stream("from_data_stream")

    def from_changelog_stream(
        self, data_stream: Any, schema: Schema | None = None, changelog_mode: ChangelogMode | None = None
    ) -> NoReturn:
        """Refused: there are no DataStream programs."""
        self._refuse_stream("from_changelog_stream")

    def to_data_stream(self, table: Table) -> NoReturn:
        """Refused: there are no DataStream programs."""
        self._refuse_stream("to_data_stream")

    def to_changelog_stream(
        self,
        table: Table,
        target_schema: Schema | None = None,
        changelog_mode: ChangelogMode | None = None,
    ) -> NoReturn:
        """Refused: there are no DataStream programs."""
        self._refuse_stream("to_changelog_stream")

    def to_append_stream(self, table: Table, type_info: TypeInformation) -> NoReturn:
        """Refused: there are no DataStream programs."""
        self._refuse_stream("to_append_stream")

    def to_retract_stream(self, table: Table, type_info: TypeInformation) -> NoReturn:
        """Refused: there are no DataStream programs."""
        self._refuse_stream("to_retract_stream")

    def _refuse_stream(self, method: str) -> NoReturn:
        from nutkin._refusals import refusal

        raise refusal(f"table.table_environment.StreamTableEnvironment.{method}")

    def _configured(self, table_config: TableConfig | None) -> StreamTableEnvironment:
        if table_config is not None:
            for key, value in table_config.to_map().items():
                self.get_config().set(key, value)
        return self


class BatchTableEnvironment(TableEnvironment):
    """The environment of batch programs of 1.9 to 1.13."""

    @staticmethod
    def create(  # type: ignore[override]  # as in PyFlink
        execution_environment: ExecutionEnvironment | None = None,
        table_config: TableConfig | None = None,
        environment_settings: EnvironmentSettings | None = None,
    ) -> BatchTableEnvironment:
        """Makes a table environment in batch mode.

        :raises ValueError: if the settings are those of streaming mode.
        """
        warn_legacy(
            "BatchTableEnvironment.create(...)",
            "TableEnvironment.create(EnvironmentSettings.in_batch_mode())",
        )
        settings = environment_settings or EnvironmentSettings.in_batch_mode()
        if settings.is_streaming_mode():
            raise ValueError("The environment settings for BatchTableEnvironment must be set to batch mode.")
        environment = BatchTableEnvironment(
            get_gateway().call(_TABLE_ENVIRONMENT, "create", settings._j_environment_settings)
        )
        if execution_environment is not None and execution_environment.get_parallelism() > 0:
            parallelism = str(execution_environment.get_parallelism())
            environment.get_config().set("parallelism.default", parallelism)
        if table_config is not None:
            for key, value in table_config.to_map().items():
                environment.get_config().set(key, value)
        return environment
