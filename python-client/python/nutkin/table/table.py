"""Tables. Mirrors ``pyflink.table.table``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nutkin._gateway import RemoteObject
from nutkin._legacy import warn_legacy
from nutkin.table.explain_detail import ExplainDetail
from nutkin.table.expression import Expression, to_argument
from nutkin.table.resolved_schema import ResolvedSchema
from nutkin.table.table_result import TableResult

if TYPE_CHECKING:
    from nutkin.table.table_environment import TableEnvironment


class Table:
    """A query: where rows come from and what is done to them. Nothing runs until it is executed.

    Every method takes expressions, or one string in the expression language of 1.9 to 1.15.

    >>> from nutkin.table import EnvironmentSettings, TableEnvironment
    >>> from nutkin.table.expressions import col
    >>> t_env = TableEnvironment.create(EnvironmentSettings.in_streaming_mode())
    >>> t = t_env.from_elements([(1, "a"), (2, "b")], ["id", "name"])
    >>> [row[0] for row in t.filter(col("id") > 1).select(col("name")).execute().collect()]
    ['b']
    """

    def __init__(self, j_table: RemoteObject, t_env: TableEnvironment) -> None:
        self._j_table = j_table
        self._t_env = t_env

    def select(self, *fields: Expression | str) -> Table:
        """Computes columns; with aggregates among them, one row over all rows.

        :raises nutkin.util.exceptions.ValidationException: if a name or a type does not fit.
        """
        return self._table("select", fields)

    def alias(self, field: str, *fields: str) -> Table:
        """Renames all columns, in order."""
        if not fields and "," in field:
            warn_legacy('Table.alias("a, b")', 'Table.alias("a", "b")')
            fields = tuple(name.strip() for name in field.split(","))
            return Table(self._j_table.call("as", *fields), self._t_env)
        return Table(self._j_table.call("as", field, *fields), self._t_env)

    def filter(self, predicate: Expression | str) -> Table:
        """Keeps the rows for which the predicate is TRUE."""
        return self._table("filter", (predicate,))

    def where(self, predicate: Expression | str) -> Table:
        """Keeps the rows for which the predicate is TRUE."""
        return self._table("where", (predicate,))

    def group_by(self, *fields: Expression | str) -> GroupedTable:
        """Groups rows; ``select`` of the result aggregates the groups."""
        return GroupedTable(self._j_table.call("groupBy", *_arguments("group_by", fields)), self._t_env)

    def distinct(self) -> Table:
        """Every different row once."""
        return self._table("distinct", ())

    def union_all(self, right: Table) -> Table:
        """The rows of both tables."""
        return Table(self._j_table.call("unionAll", right._j_table), self._t_env)

    def add_columns(self, *fields: Expression | str) -> Table:
        """Adds columns; their names must be new."""
        return self._table("addColumns", fields)

    def add_or_replace_columns(self, *fields: Expression | str) -> Table:
        """Adds columns, in place of those of the same name."""
        return self._table("addOrReplaceColumns", fields)

    def rename_columns(self, *fields: Expression | str) -> Table:
        """Renames columns: ``col("a").alias("b")``."""
        return self._table("renameColumns", fields)

    def drop_columns(self, *fields: Expression | str) -> Table:
        """Leaves columns out."""
        return self._table("dropColumns", fields)

    def insert_into(self, table_path: str) -> None:
        """Adds a sink to the job that ``TableEnvironment.execute`` starts (1.9 to 1.14)."""
        warn_legacy("Table.insert_into(path)", "Table.execute_insert(path)")
        self._j_table.call("insertInto", table_path)

    def execute_insert(self, table_path: str, overwrite: bool = False) -> TableResult:
        """Starts a job that writes the rows to a table.

        :raises nutkin.util.exceptions.ValidationException: if columns and types do not fit the table's.
        """
        return TableResult(self._j_table.call("executeInsert", table_path, overwrite))

    def execute(self) -> TableResult:
        """Starts the query; the result gives its rows."""
        return TableResult(self._j_table.call("execute"))

    def explain(self, *extra_details: ExplainDetail) -> str:
        """The plans of the query."""
        text: str = self._j_table.call("explain", *(detail.name for detail in extra_details))
        return text

    def print_explain(self, *extra_details: ExplainDetail) -> None:
        """Prints the plans of the query."""
        print(self.explain(*extra_details))

    def get_resolved_schema(self) -> ResolvedSchema:
        """The columns of the query."""
        return ResolvedSchema(self._j_table.call("getResolvedSchema"))

    def get_schema(self) -> ResolvedSchema:
        """The columns of the query."""
        return self.get_resolved_schema()

    def print_schema(self) -> None:
        """Prints the columns of the query."""
        print(self.get_resolved_schema())

    def _table(self, method: str, fields: tuple[Any, ...]) -> Table:
        return Table(self._j_table.call(method, *_arguments(method, fields)), self._t_env)


class GroupedTable:
    """A table with its rows grouped. Mirrors ``GroupedTable``."""

    def __init__(self, j_table: RemoteObject, t_env: TableEnvironment) -> None:
        self._j_table = j_table
        self._t_env = t_env

    def select(self, *fields: Expression | str) -> Table:
        """Computes columns of grouping columns and aggregates."""
        return Table(self._j_table.call("select", *_arguments("select", fields)), self._t_env)


def _arguments(method: str, fields: tuple[Any, ...]) -> list[Any]:
    if len(fields) == 1 and isinstance(fields[0], str):
        warn_legacy(f'Table.{method}("...") with a string', f'Table.{method}(col("..."), ...)')
        return [fields[0]]
    return [to_argument(field) for field in fields]
