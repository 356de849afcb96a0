"""Several sinks in one job. Mirrors ``pyflink.table.statement_set``."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn

from nutkin._gateway import RemoteObject
from nutkin.table.explain_detail import ExplainDetail
from nutkin.table.table_result import TableResult

if TYPE_CHECKING:
    from nutkin.table.compiled_plan import CompiledPlan
    from nutkin.table.table import Table
    from nutkin.table.table_descriptor import TableDescriptor
    from nutkin.table.table_pipeline import TablePipeline


class StatementSet:
    """Collects INSERTs that run as one job; what they share is computed once."""

    def __init__(self, j_statement_set: RemoteObject) -> None:
        self._j_statement_set = j_statement_set

    def add_insert_sql(self, stmt: str) -> StatementSet:
        """Adds an INSERT statement; returns itself."""
        self._j_statement_set.call("addInsertSql", stmt)
        return self

    def add_insert(
        self, target_path_or_descriptor: str | TableDescriptor, table: Table, overwrite: bool = False
    ) -> StatementSet:
        """Adds the writing of a table; returns itself."""
        target_path = table._target(target_path_or_descriptor)
        self._j_statement_set.call("addInsert", target_path, table._j_table, overwrite)
        return self

    def add(self, table_pipeline: TablePipeline) -> StatementSet:
        """Adds a pipeline; returns itself."""
        table_pipeline._used = True
        return self.add_insert(table_pipeline._path, table_pipeline._table, table_pipeline._overwrite)

    def attach_as_datastream(self) -> NoReturn:
        """Refused: there are no DataStream programs."""
        from nutkin._refusals import refusal

        raise refusal("table.statement_set.StatementSet.attach_as_datastream")

    def compile_plan(self) -> CompiledPlan:
        """The plan of the job, to be kept. Refused: plans are made anew."""
        from nutkin._refusals import refusal

        raise refusal("table.statement_set.StatementSet.compile_plan")

    def explain(self, *extra_details: ExplainDetail) -> str:
        """The plans of the job."""
        text: str = self._j_statement_set.call("explain", *(detail.name for detail in extra_details))
        return text

    def print_explain(self, *extra_details: ExplainDetail) -> None:
        """Prints the plans of the job."""
        print(self.explain(*extra_details))

    def execute(self) -> TableResult:
        """Starts the job and empties the set."""
        return TableResult(self._j_statement_set.call("execute"))
