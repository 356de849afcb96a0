//! The full names of the classes.

pub(super) const API_EXPRESSION: &str = "org.apache.flink.table.api.ApiExpression";
pub(super) const ENVIRONMENT_SETTINGS: &str = "org.apache.flink.table.api.EnvironmentSettings";
pub(super) const ENVIRONMENT_SETTINGS_BUILDER: &str =
    "org.apache.flink.table.api.EnvironmentSettings$Builder";
pub(super) const EXPRESSIONS: &str = "org.apache.flink.table.api.Expressions";
pub(super) const GATEWAY: &str = "nutkin.Gateway";
pub(super) const GROUPED_TABLE: &str = "org.apache.flink.table.api.GroupedTable";
pub(super) const JOB_CLIENT: &str = "org.apache.flink.core.execution.JobClient";
pub(super) const PYTHON_SCALAR_FUNCTION: &str =
    "org.apache.flink.table.functions.python.PythonScalarFunction";
pub(super) const RESOLVED_SCHEMA: &str = "org.apache.flink.table.catalog.ResolvedSchema";
pub(super) const STATEMENT_SET: &str = "org.apache.flink.table.api.StatementSet";
pub(super) const STREAM_EXECUTION_ENVIRONMENT: &str =
    "org.apache.flink.streaming.api.environment.StreamExecutionEnvironment";
pub(super) const STREAM_TABLE_ENVIRONMENT: &str =
    "org.apache.flink.table.api.bridge.java.StreamTableEnvironment";
pub(super) const TABLE: &str = "org.apache.flink.table.api.Table";
pub(super) const TABLE_CONFIG: &str = "org.apache.flink.table.api.TableConfig";
pub(super) const TABLE_ENVIRONMENT: &str = "org.apache.flink.table.api.TableEnvironment";
pub(super) const TABLE_RESULT: &str = "org.apache.flink.table.api.TableResult";
