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
pub(super) const GROUP_WINDOW: &str = "org.apache.flink.table.api.GroupWindow";
pub(super) const GROUP_WINDOWED_TABLE: &str = "org.apache.flink.table.api.GroupWindowedTable";
pub(super) const OVER: &str = "org.apache.flink.table.api.Over";
pub(super) const OVER_WINDOW: &str = "org.apache.flink.table.api.OverWindow";
pub(super) const OVER_WINDOW_PARTITIONED: &str = "org.apache.flink.table.api.OverWindowPartitioned";
pub(super) const OVER_WINDOW_PARTITIONED_ORDERED: &str =
    "org.apache.flink.table.api.OverWindowPartitionedOrdered";
pub(super) const OVER_WINDOW_PARTITIONED_ORDERED_PRECEDING: &str =
    "org.apache.flink.table.api.OverWindowPartitionedOrderedPreceding";
pub(super) const OVER_WINDOWED_TABLE: &str = "org.apache.flink.table.api.OverWindowedTable";
pub(super) const SESSION: &str = "org.apache.flink.table.api.Session";
pub(super) const SESSION_WITH_GAP: &str = "org.apache.flink.table.api.SessionWithGap";
pub(super) const SESSION_WITH_GAP_ON_TIME: &str = "org.apache.flink.table.api.SessionWithGapOnTime";
pub(super) const SESSION_WITH_GAP_ON_TIME_WITH_ALIAS: &str =
    "org.apache.flink.table.api.SessionWithGapOnTimeWithAlias";
pub(super) const SLIDE: &str = "org.apache.flink.table.api.Slide";
pub(super) const SLIDE_WITH_SIZE: &str = "org.apache.flink.table.api.SlideWithSize";
pub(super) const SLIDE_WITH_SIZE_AND_SLIDE: &str = "org.apache.flink.table.api.SlideWithSizeAndSlide";
pub(super) const SLIDE_WITH_SIZE_AND_SLIDE_ON_TIME: &str =
    "org.apache.flink.table.api.SlideWithSizeAndSlideOnTime";
pub(super) const SLIDE_WITH_SIZE_AND_SLIDE_ON_TIME_WITH_ALIAS: &str =
    "org.apache.flink.table.api.SlideWithSizeAndSlideOnTimeWithAlias";
pub(super) const TUMBLE: &str = "org.apache.flink.table.api.Tumble";
pub(super) const TUMBLE_WITH_SIZE: &str = "org.apache.flink.table.api.TumbleWithSize";
pub(super) const TUMBLE_WITH_SIZE_ON_TIME: &str = "org.apache.flink.table.api.TumbleWithSizeOnTime";
pub(super) const TUMBLE_WITH_SIZE_ON_TIME_WITH_ALIAS: &str =
    "org.apache.flink.table.api.TumbleWithSizeOnTimeWithAlias";
pub(super) const WINDOW_GROUPED_TABLE: &str = "org.apache.flink.table.api.WindowGroupedTable";
pub(super) const FORMAT_DESCRIPTOR: &str = "org.apache.flink.table.api.FormatDescriptor";
pub(super) const FORMAT_DESCRIPTOR_BUILDER: &str = "org.apache.flink.table.api.FormatDescriptor$Builder";
pub(super) const MODEL_DESCRIPTOR: &str = "org.apache.flink.table.api.ModelDescriptor";
pub(super) const MODEL_DESCRIPTOR_BUILDER: &str = "org.apache.flink.table.api.ModelDescriptor$Builder";
pub(super) const SCHEMA: &str = "org.apache.flink.table.api.Schema";
pub(super) const SCHEMA_BUILDER: &str = "org.apache.flink.table.api.Schema$Builder";
pub(super) const TABLE_DESCRIPTOR: &str = "org.apache.flink.table.api.TableDescriptor";
pub(super) const TABLE_DESCRIPTOR_BUILDER: &str = "org.apache.flink.table.api.TableDescriptor$Builder";
pub(super) const PYTHON_AGGREGATE_FUNCTION: &str =
    "org.apache.flink.table.functions.python.PythonAggregateFunction";
pub(super) const PYTHON_ASYNC_SCALAR_FUNCTION: &str =
    "org.apache.flink.table.functions.python.PythonAsyncScalarFunction";
pub(super) const PYTHON_TABLE_FUNCTION: &str = "org.apache.flink.table.functions.python.PythonTableFunction";
pub(super) const PYTHON_TABLE_AGGREGATE_FUNCTION: &str =
    "org.apache.flink.table.functions.python.PythonTableAggregateFunction";
pub(super) const COMPILED_PLAN: &str = "org.apache.flink.table.api.CompiledPlan";
pub(super) const TABLE_PIPELINE: &str = "org.apache.flink.table.api.TablePipeline";
