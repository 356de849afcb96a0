"""The methods of table environments that Flink had in 1.9 to 1.20. Each warns once with its present form."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any, NoReturn

from nutkin._gateway import RemoteObject
from nutkin._job import wait_for_job
from nutkin._legacy import warn_legacy
from nutkin._refusals import refusal
from nutkin.common.job_execution_result import JobExecutionResult
from nutkin.table.explain_detail import ExplainDetail

if TYPE_CHECKING:
    from nutkin.table.descriptors import ConnectorDescriptor, ConnectTableDescriptor
    from nutkin.table.sinks import TableSink
    from nutkin.table.sources import TableSource
    from nutkin.table.table import Table
    from nutkin.table.table_environment import TableEnvironment
    from nutkin.table.table_pipeline import TablePipeline
    from nutkin.table.table_result import TableResult
    from nutkin.table.udf import UserDefinedFunctionWrapper

_source_numbers = itertools.count()


class LegacyMethods:
    """What :class:`nutkin.table.TableEnvironment` has for programs of 1.9 to 1.20."""

    _j_tenv: RemoteObject
    _pipelines: list[TablePipeline]

    if TYPE_CHECKING:

        def execute_sql(self, stmt: str) -> TableResult: ...

        def _as_environment(self) -> TableEnvironment: ...

    def sql_update(self, stmt: str) -> None:
        """Runs DDL at once; notes an INSERT for :meth:`execute` (1.9 to 1.14)."""
        warn_legacy("TableEnvironment.sql_update(stmt)", "TableEnvironment.execute_sql(stmt)")
        self._j_tenv.call("sqlUpdate", stmt)

    def register_function(self, name: str, function: UserDefinedFunctionWrapper) -> None:
        """Registers a function (1.10 to 1.20)."""
        warn_legacy("TableEnvironment.register_function", "TableEnvironment.create_temporary_system_function")
        self._j_tenv.call("registerFunction", name, function._java_function())

    def register_table(self, name: str, table: Table) -> None:
        """Gives a table a name, in place of one that had it (1.9 to 1.20)."""
        warn_legacy("TableEnvironment.register_table", "TableEnvironment.create_temporary_view")
        self._j_tenv.call("registerTable", name, table._j_table)

    def register_java_function(self, name: str, function_class_name: str) -> NoReturn:
        """Refused: Java functions need a JVM (1.9 to 1.20)."""
        raise refusal("table.table_environment.TableEnvironment.create_java_temporary_system_function")

    def connect(self, connector_descriptor: ConnectorDescriptor) -> ConnectTableDescriptor:
        """Begins the description of a table (1.9 to 1.13).

        >>> from nutkin.table import StreamTableEnvironment
        >>> from nutkin.table.descriptors import FileSystem, OldCsv, Schema
        >>> t_env = StreamTableEnvironment.create()
        >>> table = t_env.connect(FileSystem().path("/tmp/in")).with_format(OldCsv())
        >>> table.with_schema(Schema().field("id", "LONG")).create_temporary_table("numbers")
        >>> t_env.list_tables()
        ['numbers']
        """
        from nutkin.table.descriptors import StreamTableDescriptor

        warn_legacy("TableEnvironment.connect(...)", "TableEnvironment.create_temporary_table(...)")
        return StreamTableDescriptor(self._as_environment(), connector_descriptor)

    def register_table_source(self, name: str, table_source: TableSource) -> None:
        """Gives a table that can be read a name (1.9 to 1.20)."""
        warn_legacy("TableEnvironment.register_table_source", "CREATE TABLE in execute_sql(...)")
        self.execute_sql(table_source._statement(_quote(name)))

    def register_table_sink(self, name: str, table_sink: TableSink) -> None:
        """Gives a table that can be written a name (1.9 to 1.20)."""
        warn_legacy("TableEnvironment.register_table_sink", "CREATE TABLE in execute_sql(...)")
        self.execute_sql(table_sink._statement(_quote(name)))

    def from_table_source(self, table_source: TableSource) -> Table:
        """The table of a source (1.9 to 1.20)."""
        warn_legacy("TableEnvironment.from_table_source", "TableEnvironment.from_descriptor(...)")
        name = _quote(f"Unregistered_TableSource_{next(_source_numbers)}")
        self.execute_sql(table_source._statement(name))
        return self._as_environment().from_path(name)

    def scan(self, *table_path: str) -> Table:
        """The table of this name (1.9 to 1.20)."""
        warn_legacy("TableEnvironment.scan", "TableEnvironment.from_path")
        return _table(self._j_tenv.call("scan", *table_path), self._as_environment())

    def insert_into(self, target_path: str | Table, table: Table | str, *table_path_continued: str) -> None:
        """Adds a sink to the job that :meth:`execute` starts: path and table (1.10 to 1.14), or, as in 1.9,
        the table and the parts of the path.
        """
        warn_legacy("TableEnvironment.insert_into(path, table)", "Table.execute_insert(path)")
        if not isinstance(target_path, str) and isinstance(table, str):
            path = ".".join(map(_quote, (table, *table_path_continued)))
            self._j_tenv.call("insertInto", path, target_path._j_table)
        elif isinstance(target_path, str) and not isinstance(table, str):
            self._j_tenv.call("insertInto", target_path, table._j_table)
        else:
            raise TypeError("insert_into takes the path of a table and a Table.")

    def execute(self, job_name: str) -> JobExecutionResult:
        """Runs one job of all noted INSERTs and waits for its end (1.9 to 1.14).

        :raises nutkin.util.exceptions.IllegalStateException: if none were noted.
        """
        warn_legacy("TableEnvironment.execute(name)", "Table.execute_insert(path).wait()")
        self._note_pipelines()
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
        self._note_pipelines()
        text: str = self._j_tenv.call("explain", *(detail.name for detail in details))
        return text

    def _note_pipelines(self) -> None:
        """Notes what ``Table.insert_into`` has made and nothing has started."""
        pipelines, self._pipelines = self._pipelines, []
        for pipeline in pipelines:
            if not pipeline._used:
                self._j_tenv.call("insertInto", pipeline._path, pipeline._table._j_table)


def _quote(name: str) -> str:
    return "`" + name.replace("`", "``") + "`"


def _table(j_table: RemoteObject, environment: TableEnvironment) -> Table:
    from nutkin.table.table import Table

    return Table(j_table, environment)
