"""Tables. Mirrors ``pyflink.table.table``."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from nutkin._gateway import RemoteObject
from nutkin._legacy import warn_legacy
from nutkin.table.explain_detail import ExplainDetail
from nutkin.table.expression import Expression, to_argument
from nutkin.table.table_result import TableResult

if TYPE_CHECKING:
    from nutkin.table.catalog import ResolvedSchema
    from nutkin.table.table_descriptor import TableDescriptor
    from nutkin.table.table_environment import TableEnvironment
    from nutkin.table.table_pipeline import TablePipeline
    from nutkin.table.table_schema import TableSchema
    from nutkin.table.udf import UserDefinedFunctionWrapper
    from nutkin.table.window import GroupWindow, OverWindow


_anonymous_sinks = itertools.count()


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

    def join(self, right: Table, join_predicate: Expression | str | None = None) -> Table:
        """Pairs of rows of both tables for which the predicate is TRUE; all pairs without one.

        >>> from nutkin.table import EnvironmentSettings, TableEnvironment
        >>> from nutkin.table.expressions import col
        >>> t_env = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
        >>> left = t_env.from_elements([(1, "a"), (2, "b")], ["id", "name"])
        >>> right = t_env.from_elements([(2, 20)], ["key", "value"])
        >>> [tuple(row) for row in left.join(right, col("id") == col("key")).execute().collect()]
        [(2, 'b', 2, 20)]

        :raises nutkin.util.exceptions.ValidationException: if the tables have columns of one name.
        """
        return self._join("join", right, join_predicate)

    def left_outer_join(self, right: Table, join_predicate: Expression | str | None = None) -> Table:
        """As :meth:`join`, and the left rows without a partner, whose right columns are NULL."""
        return self._join("leftOuterJoin", right, join_predicate)

    def right_outer_join(self, right: Table, join_predicate: Expression | str) -> Table:
        """As :meth:`join`, and the right rows without a partner, whose left columns are NULL."""
        return self._join("rightOuterJoin", right, join_predicate)

    def full_outer_join(self, right: Table, join_predicate: Expression | str) -> Table:
        """As :meth:`join`, and the rows of both sides without a partner."""
        return self._join("fullOuterJoin", right, join_predicate)

    def join_lateral(
        self,
        table_function_call: Expression | UserDefinedFunctionWrapper,
        join_predicate: Expression | None = None,
    ) -> Table:
        """Each row with the rows of a table function.

        :raises nutkin.util.exceptions.UnsupportedOperationException: table functions do not run yet.
        """
        return self._lateral("joinLateral", table_function_call, join_predicate)

    def left_outer_join_lateral(
        self,
        table_function_call: Expression | UserDefinedFunctionWrapper,
        join_predicate: Expression | None = None,
    ) -> Table:
        """As :meth:`join_lateral`, and the rows for which the function gives none.

        :raises nutkin.util.exceptions.UnsupportedOperationException: table functions do not run yet.
        """
        return self._lateral("leftOuterJoinLateral", table_function_call, join_predicate)

    def union(self, right: Table) -> Table:
        """The rows of both tables, every different one once."""
        return self._with("union", right)

    def union_all(self, right: Table) -> Table:
        """The rows of both tables."""
        return self._with("unionAll", right)

    def intersect(self, right: Table) -> Table:
        """The rows that are in both tables, every different one once."""
        return self._with("intersect", right)

    def intersect_all(self, right: Table) -> Table:
        """The rows that are in both tables, as often as in the one that has them less often."""
        return self._with("intersectAll", right)

    def minus(self, right: Table) -> Table:
        """The rows that are not in the other table, every different one once.

        >>> from nutkin.table import EnvironmentSettings, TableEnvironment
        >>> t_env = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
        >>> left = t_env.from_elements([(1,), (2,), (2,)], ["id"])
        >>> right = t_env.from_elements([(1,)], ["id"])
        >>> [row[0] for row in left.minus(right).execute().collect()]
        [2]
        """
        return self._with("minus", right)

    def minus_all(self, right: Table) -> Table:
        """The rows of this table, each as often less as it is in the other table."""
        return self._with("minusAll", right)

    def order_by(self, *fields: Expression | str) -> Table:
        """Sorts the rows; ``col("a").desc`` puts large values first.

        >>> from nutkin.table import EnvironmentSettings, TableEnvironment
        >>> from nutkin.table.expressions import col
        >>> t_env = TableEnvironment.create(EnvironmentSettings.in_batch_mode())
        >>> t = t_env.from_elements([(1,), (3,), (2,)], ["id"])
        >>> [row[0] for row in t.order_by(col("id").desc).fetch(2).execute().collect()]
        [3, 2]
        """
        return self._table("orderBy", fields)

    def offset(self, offset: int) -> Table:
        """Leaves out so many rows at the start."""
        return Table(self._j_table.call("offset", offset), self._t_env)

    def fetch(self, fetch: int) -> Table:
        """Keeps so many rows."""
        return Table(self._j_table.call("fetch", fetch), self._t_env)

    def limit(self, fetch: int, offset: int = 0) -> Table:
        """Keeps so many rows after leaving out others."""
        return Table(self._j_table.call("limit", offset, fetch), self._t_env)

    def window(self, window: GroupWindow) -> GroupWindowedTable:
        """Windows of time to group by: see :class:`nutkin.table.window.Tumble` and its kin."""
        return GroupWindowedTable(self._j_table.call("window", window._j_window), self._t_env)

    def over_window(self, *over_windows: OverWindow) -> OverWindowedTable:
        """A window for calls in ``select``: see :class:`nutkin.table.window.Over`."""
        windows = [window._j_window for window in over_windows]
        return OverWindowedTable(self._j_table.call("window", *windows), self._t_env)

    def map(self, func: Expression | UserDefinedFunctionWrapper) -> Table:
        """A row for each row: the fields of the ROW that a scalar function gives.

        :param func: a call of a function, or a function of a :class:`~nutkin.common.Row` of all columns.
        """
        return Table(self._j_table.call("map", self._row_call(func)), self._t_env)

    def flat_map(self, func: Expression | UserDefinedFunctionWrapper) -> Table:
        """Rows for each row, of a table function.

        :raises nutkin.util.exceptions.UnsupportedOperationException: table functions do not run yet.
        """
        return Table(self._j_table.call("flatMap", self._row_call(func)), self._t_env)

    def aggregate(self, func: Expression | UserDefinedFunctionWrapper) -> AggregatedTable:
        """One row for all rows, of an aggregate function.

        :raises nutkin.util.exceptions.UnsupportedOperationException: aggregate functions of Python do not
            run yet.
        """
        return AggregatedTable(self._j_table.call("aggregate", self._row_call(func)), self._t_env)

    def flat_aggregate(self, func: Expression | UserDefinedFunctionWrapper) -> FlatAggregateTable:
        """Rows for all rows, of a table aggregate function.

        :raises nutkin.util.exceptions.UnsupportedOperationException: table aggregate functions do not run
            yet.
        """
        return FlatAggregateTable(self._j_table.call("flatAggregate", self._row_call(func)), self._t_env)

    def to_changelog(self, *arguments: Expression) -> Table:
        """Changes as rows.

        :raises nutkin.util.exceptions.UnsupportedOperationException: ``collect()`` gives the changes.
        """
        return Table(self._j_table.call("toChangelog", *map(to_argument, arguments)), self._t_env)

    def from_changelog(self, *arguments: Expression) -> Table:
        """Rows as changes.

        :raises nutkin.util.exceptions.UnsupportedOperationException: connectors read changes.
        """
        return Table(self._j_table.call("fromChangelog", *map(to_argument, arguments)), self._t_env)

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

    def insert_into(
        self, table_path_or_descriptor: str | TableDescriptor, overwrite: bool = False
    ) -> TablePipeline:
        """The query with the table that it is to be written to; nothing runs yet.

        ``TablePipeline.execute`` starts it, or, in programs of 1.9 to 1.14, ``TableEnvironment.execute``.

        :raises nutkin.util.exceptions.ValidationException: if columns and types do not fit the table's.
        """
        from nutkin.table.table_pipeline import TablePipeline

        path = self._target(table_path_or_descriptor)
        j_statement_set: RemoteObject = self._t_env._j_tenv.call("createStatementSet")
        j_statement_set.call("addInsert", path, self._j_table, overwrite)
        pipeline = TablePipeline(j_statement_set, self, path, overwrite)
        self._t_env._pipelines.append(pipeline)
        return pipeline

    def execute_insert(
        self, table_path_or_descriptor: str | TableDescriptor, overwrite: bool = False
    ) -> TableResult:
        """Starts a job that writes the rows to a table.

        :raises nutkin.util.exceptions.ValidationException: if columns and types do not fit the table's.
        """
        path = self._target(table_path_or_descriptor)
        return TableResult(self._j_table.call("executeInsert", path, overwrite))

    # Other libraries

    def to_pandas(self) -> Any:
        """The rows as a ``pandas.DataFrame``, when the query has ended.

        >>> from nutkin.table import TableEnvironment
        >>> t_env = TableEnvironment.create()
        >>> t_env.from_elements([(1, "a"), (2, "b")], ["id", "name"]).to_pandas()["name"].tolist()
        ['a', 'b']

        :raises ModuleNotFoundError: if pandas or pyarrow are not installed.
        """
        from nutkin.table import _arrow_exchange

        return _arrow_exchange.to_pandas(self.execute())

    def to_arrow(self) -> Any:
        """The rows as a ``pyarrow.Table``, when the query has ended.

        :raises ModuleNotFoundError: if pyarrow is not installed.
        """
        from nutkin.table import _arrow_exchange

        return _arrow_exchange.to_arrow(self.execute())

    def to_arrow_reader(self) -> Any:
        """The rows as a ``pyarrow.RecordBatchReader``, which reads them as they come.

        :raises ModuleNotFoundError: if pyarrow is not installed.
        """
        from nutkin.table import _arrow_exchange

        return _arrow_exchange.to_arrow_reader(self.execute())

    def to_polars(self) -> Any:
        """The rows as a ``polars.DataFrame``, when the query has ended.

        :raises ModuleNotFoundError: if Polars is not installed.
        """
        from nutkin.table import _arrow_exchange

        return _arrow_exchange.to_polars(self.execute())

    def __arrow_c_stream__(self, requested_schema: Any = None) -> Any:
        """The rows for whatever takes Arrow data: ``polars.DataFrame(table)``, ``duckdb.sql(...)``."""
        return self.to_arrow().__arrow_c_stream__(requested_schema)

    def _repr_html_(self) -> str:
        """What Jupyter shows: the columns, and the first rows if the table holds them itself."""
        from nutkin.table._preview import html

        return html(self)

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
        from nutkin.table.catalog import ResolvedSchema

        return ResolvedSchema._of_remote(self._j_table.call("getResolvedSchema"))

    def get_schema(self) -> TableSchema:
        """The names and types of the columns."""
        from nutkin.table.table_schema import TableSchema

        schema = self.get_resolved_schema()
        return TableSchema(schema.get_column_names(), schema.get_column_data_types())

    def print_schema(self) -> None:
        """Prints the columns of the query."""
        print(self.get_resolved_schema())

    def __str__(self) -> str:
        """The name of a temporary view of the table, for SQL: ``f"SELECT * FROM {table}"``."""
        name: str = self._j_table.call("toString")
        return name

    def _table(self, method: str, fields: tuple[Any, ...]) -> Table:
        return Table(self._j_table.call(method, *_arguments(method, fields)), self._t_env)

    def _target(self, table_path_or_descriptor: str | TableDescriptor) -> str:
        """The path of a table to write, made first if it is described only."""
        if isinstance(table_path_or_descriptor, str):
            return table_path_or_descriptor
        path = f"`*anonymous_sink${next(_anonymous_sinks)}*`"
        self._t_env.create_temporary_table(path, table_path_or_descriptor)
        return path

    def _with(self, method: str, right: Table) -> Table:
        return Table(self._j_table.call(method, right._j_table), self._t_env)

    def _join(self, method: str, right: Table, predicate: Expression | str | None) -> Table:
        if predicate is None:
            return self._with(method, right)
        argument = predicate if isinstance(predicate, str) else to_argument(predicate)
        return Table(self._j_table.call(method, right._j_table, argument), self._t_env)

    def _lateral(
        self, method: str, call: Expression | UserDefinedFunctionWrapper, predicate: Expression | None
    ) -> Table:
        arguments = [self._row_call(call), *([] if predicate is None else [to_argument(predicate)])]
        return Table(self._j_table.call(method, *arguments), self._t_env)

    def _row_call(self, func: Expression | UserDefinedFunctionWrapper) -> RemoteObject:
        """A call as it is, or a call of a function of a whole row."""
        if isinstance(func, Expression):
            return func._j_expression
        from nutkin.table.expressions import with_all_columns

        row_function = func._of_rows(self.get_resolved_schema().get_column_names())
        return row_function(with_all_columns())._j_expression


class _Selectable:
    """A table with groups or windows, of which columns can be computed."""

    def __init__(self, j_table: RemoteObject, t_env: TableEnvironment) -> None:
        self._j_table = j_table
        self._t_env = t_env

    def select(self, *fields: Expression | str) -> Table:
        """Computes columns of grouping columns and aggregates."""
        return Table(self._j_table.call("select", *_arguments("select", fields)), self._t_env)


class GroupedTable(_Selectable):
    """A table with its rows grouped. Mirrors ``GroupedTable``."""

    def aggregate(self, func: Expression | UserDefinedFunctionWrapper) -> AggregatedTable:
        """One row a group, of an aggregate function.

        :raises nutkin.util.exceptions.UnsupportedOperationException: aggregate functions of Python do not
            run yet.
        """
        return AggregatedTable(self._j_table.call("aggregate", *_function(func)), self._t_env)

    def flat_aggregate(self, func: Expression | UserDefinedFunctionWrapper) -> FlatAggregateTable:
        """Rows for each group, of a table aggregate function.

        :raises nutkin.util.exceptions.UnsupportedOperationException: table aggregate functions do not run
            yet.
        """
        return FlatAggregateTable(self._j_table.call("flatAggregate", *_function(func)), self._t_env)


class GroupWindowedTable:
    """A table with a window of time. Mirrors ``GroupWindowedTable``."""

    def __init__(self, j_table: RemoteObject, t_env: TableEnvironment) -> None:
        self._j_table = j_table
        self._t_env = t_env

    def group_by(self, *fields: Expression | str) -> WindowGroupedTable:
        """Groups rows by the window, which is referred to by its alias, and maybe columns.

        :raises nutkin.util.exceptions.ValidationException: if the window is not among the fields.
        """
        return WindowGroupedTable(self._j_table.call("groupBy", *_arguments("group_by", fields)), self._t_env)


class WindowGroupedTable(_Selectable):
    """A table with its rows grouped by a window. Mirrors ``WindowGroupedTable``."""

    def aggregate(self, func: Expression | UserDefinedFunctionWrapper) -> AggregatedTable:
        """One row a group, of an aggregate function.

        :raises nutkin.util.exceptions.UnsupportedOperationException: aggregate functions of Python do not
            run yet.
        """
        return AggregatedTable(self._j_table.call("aggregate", *_function(func)), self._t_env)


class OverWindowedTable(_Selectable):
    """A table with a window for calls. Mirrors ``OverWindowedTable``."""


class AggregatedTable(_Selectable):
    """A table whose groups an aggregate function has met. Mirrors ``AggregatedTable``."""


class FlatAggregateTable(_Selectable):
    """A table whose groups a table aggregate function has met. Mirrors ``FlatAggregateTable``."""


def _function(func: Expression | UserDefinedFunctionWrapper) -> list[Any]:
    return [func._j_expression] if isinstance(func, Expression) else []


def _arguments(method: str, fields: tuple[Any, ...]) -> list[Any]:
    if len(fields) == 1 and isinstance(fields[0], str):
        warn_legacy(f'Table.{method}("...") with a string', f'Table.{method}(col("..."), ...)')
        return [fields[0]]
    return [to_argument(field) for field in fields]
