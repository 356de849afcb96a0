"""Table programs. Mirrors ``pyflink.table``."""

from nutkin.table.environment_settings import EnvironmentSettings
from nutkin.table.explain_detail import ExplainDetail
from nutkin.table.expression import Expression
from nutkin.table.resolved_schema import ResolvedSchema
from nutkin.table.result_kind import ResultKind
from nutkin.table.statement_set import StatementSet
from nutkin.table.table import (
    AggregatedTable,
    FlatAggregateTable,
    GroupedTable,
    GroupWindowedTable,
    OverWindowedTable,
    Table,
    WindowGroupedTable,
)
from nutkin.table.table_config import TableConfig
from nutkin.table.table_environment import StreamTableEnvironment, TableEnvironment
from nutkin.table.table_result import TableResult
from nutkin.table.types import DataTypes
from nutkin.table.udf import FunctionContext, ScalarFunction

__all__ = [
    "AggregatedTable",
    "DataTypes",
    "EnvironmentSettings",
    "ExplainDetail",
    "Expression",
    "FlatAggregateTable",
    "FunctionContext",
    "GroupWindowedTable",
    "GroupedTable",
    "OverWindowedTable",
    "ResolvedSchema",
    "ResultKind",
    "ScalarFunction",
    "StatementSet",
    "StreamTableEnvironment",
    "Table",
    "TableConfig",
    "TableEnvironment",
    "TableResult",
    "WindowGroupedTable",
]
