"""Several sinks in one job. Mirrors ``pyflink.table.statement_set``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nutkin._gateway import RemoteObject
from nutkin.table.explain_detail import ExplainDetail
from nutkin.table.table_result import TableResult

if TYPE_CHECKING:
    from nutkin.table.table import Table


class StatementSet:
    """Collects INSERTs that run as one job; what they share is computed once."""

    def __init__(self, j_statement_set: RemoteObject) -> None:
        self._j_statement_set = j_statement_set

    def add_insert_sql(self, stmt: str) -> StatementSet:
        """Adds an INSERT statement; returns itself."""
        self._j_statement_set.call("addInsertSql", stmt)
        return self

    def add_insert(self, target_path: str, table: Table, overwrite: bool = False) -> StatementSet:
        """Adds the writing of a table; returns itself."""
        self._j_statement_set.call("addInsert", target_path, table._j_table, overwrite)
        return self

    def explain(self, *extra_details: ExplainDetail) -> str:
        """The plans of the job."""
        text: str = self._j_statement_set.call("explain", *(detail.name for detail in extra_details))
        return text

    def execute(self) -> TableResult:
        """Starts the job and empties the set."""
        return TableResult(self._j_statement_set.call("execute"))
