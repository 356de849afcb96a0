"""Table programs. Mirrors ``pyflink.table``."""

from typing import TYPE_CHECKING

from nutkin._lazy import lazy_names

if TYPE_CHECKING:
    from nutkin.common.types import Row, RowKind
    from nutkin.table.catalog import ResolvedSchema
    from nutkin.table.changelog_mode import ChangelogMode
    from nutkin.table.compiled_plan import CompiledPlan
    from nutkin.table.data_view import DataView, ListView, MapView
    from nutkin.table.environment_settings import EnvironmentSettings
    from nutkin.table.explain_detail import ExplainDetail
    from nutkin.table.expression import Expression
    from nutkin.table.model_descriptor import ModelDescriptor
    from nutkin.table.module import Module, ModuleEntry
    from nutkin.table.plan_reference import PlanReference
    from nutkin.table.result_kind import ResultKind
    from nutkin.table.schema import Schema
    from nutkin.table.sql_dialect import SqlDialect
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
    from nutkin.table.table_descriptor import FormatDescriptor, TableDescriptor
    from nutkin.table.table_environment import (
        BatchTableEnvironment,
        StreamTableEnvironment,
        TableEnvironment,
    )
    from nutkin.table.table_pipeline import TablePipeline
    from nutkin.table.table_result import TableResult
    from nutkin.table.table_schema import TableSchema
    from nutkin.table.types import DataTypes, UserDefinedType
    from nutkin.table.udf import (
        AggregateFunction,
        AsyncScalarFunction,
        FunctionContext,
        ScalarFunction,
        TableAggregateFunction,
        TableFunction,
    )

__all__ = [
    "AggregateFunction",
    "AggregatedTable",
    "AsyncScalarFunction",
    "BatchTableEnvironment",
    "ChangelogMode",
    "CompiledPlan",
    "DataTypes",
    "DataView",
    "EnvironmentSettings",
    "ExplainDetail",
    "Expression",
    "FlatAggregateTable",
    "FormatDescriptor",
    "FunctionContext",
    "GroupWindowedTable",
    "GroupedTable",
    "ListView",
    "MapView",
    "ModelDescriptor",
    "Module",
    "ModuleEntry",
    "OverWindowedTable",
    "PlanReference",
    "ResolvedSchema",
    "ResultKind",
    "Row",
    "RowKind",
    "ScalarFunction",
    "Schema",
    "SqlDialect",
    "StatementSet",
    "StreamTableEnvironment",
    "Table",
    "TableAggregateFunction",
    "TableConfig",
    "TableDescriptor",
    "TableEnvironment",
    "TableFunction",
    "TablePipeline",
    "TableResult",
    "TableSchema",
    "UserDefinedType",
    "WindowGroupedTable",
]

__getattr__ = lazy_names(
    __name__,
    {
        "catalog": "ResolvedSchema",
        "changelog_mode": "ChangelogMode",
        "compiled_plan": "CompiledPlan",
        "data_view": "DataView ListView MapView",
        "environment_settings": "EnvironmentSettings",
        "explain_detail": "ExplainDetail",
        "expression": "Expression",
        "model_descriptor": "ModelDescriptor",
        "module": "Module ModuleEntry",
        "plan_reference": "PlanReference",
        "result_kind": "ResultKind",
        "schema": "Schema",
        "sql_dialect": "SqlDialect",
        "statement_set": "StatementSet",
        "table": "AggregatedTable FlatAggregateTable GroupedTable GroupWindowedTable OverWindowedTable Table "
        "WindowGroupedTable",
        "table_config": "TableConfig",
        "table_descriptor": "FormatDescriptor TableDescriptor",
        "table_environment": "BatchTableEnvironment StreamTableEnvironment TableEnvironment",
        "table_pipeline": "TablePipeline",
        "table_result": "TableResult",
        "table_schema": "TableSchema",
        "types": "Row RowKind DataTypes UserDefinedType",
        "udf": "AggregateFunction AsyncScalarFunction FunctionContext ScalarFunction TableAggregateFunction "
        "TableFunction",
    },
)
