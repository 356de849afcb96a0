//! The nodes of a streaming plan.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::catalog::{CatalogTable, Schema};
use crate::expression::{LiteralValue, ResolvedExpression};
use crate::function::PythonFunction;
use crate::operation::{AggregateCall, NamedExpression};
use crate::types::LogicalType;

/// A job: the sinks that run together. Sub-plans shared by sinks are the same `Arc`.
#[derive(Debug, Clone)]
pub struct StreamPlan {
    /// The sinks, each with what feeds it.
    pub sinks: Vec<SinkNode>,
}

/// A sink at the end of a plan.
#[derive(Debug, Clone)]
pub struct SinkNode {
    /// Where rows come from.
    pub input: Arc<StreamNode>,
    /// Where rows go.
    pub target: ConnectorTable,
    /// Which changes arrive. By [`ChangelogMode::Upsert`] never -U; where a filter above an update may
    /// let only the old row through, or another sink wants all changes, it is [`ChangelogMode::All`],
    /// and to a sink with an `upsert_key` -U means the same as -D.
    pub changelog_mode: ChangelogMode,
    /// Positions of the columns that identify a row: the sink's primary key, else the query's key.
    pub upsert_key: Vec<usize>,
}

/// A table as a connector sees it.
#[derive(Debug, Clone)]
pub struct ConnectorTable {
    /// The table, with all its columns and options.
    pub table: Arc<CatalogTable>,
    /// Positions of the table's columns to produce or accept, in order.
    pub projection: Vec<usize>,
}

/// Which changes a stream carries. Mirrors the named modes of `ChangelogMode`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangelogMode {
    /// +I only: `[I]`.
    InsertOnly,
    /// +I, +U and -D, keyed: `[I,UA,D]`.
    Upsert,
    /// All four: `[I,UB,UA,D]`.
    All,
}

/// How an exchange chooses the subtask of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Distribution {
    /// By the key group of these columns.
    Hash(Vec<usize>),
    /// All rows to one subtask.
    Single,
}

/// An operator with its inputs.
#[derive(Debug, Clone)]
pub enum StreamNode {
    /// Reads some columns of a table.
    TableSourceScan {
        /// The table and the columns read.
        source: ConnectorTable,
        /// The columns read, as the output's schema.
        schema: Schema,
    },
    /// Makes rows out of constants, in order, in one subtask.
    Values {
        /// The rows: native expressions without columns, one a column of the output.
        rows: Vec<Vec<ResolvedExpression>>,
        /// The output's schema.
        schema: Schema,
    },
    /// Filters and computes columns natively.
    Calc {
        /// Where rows come from.
        input: Arc<StreamNode>,
        /// Keeps the rows for which this is true.
        condition: Option<ResolvedExpression>,
        /// The output columns, over the input's columns.
        projections: Vec<NamedExpression>,
        /// The output's schema.
        schema: Schema,
    },
    /// Calls Python functions: the output is `forwarded` columns of the input, then one column a call.
    PythonCalc {
        /// Where rows come from.
        input: Arc<StreamNode>,
        /// Positions of the input columns that pass through.
        forwarded: Vec<usize>,
        /// The calls, over the input's columns.
        calls: Vec<PythonCall>,
        /// The output's schema.
        schema: Schema,
    },
    /// Moves rows between subtasks.
    Exchange {
        /// Where rows come from.
        input: Arc<StreamNode>,
        /// How the subtask is chosen.
        distribution: Distribution,
    },
    /// Groups and aggregates continuously: the output is the grouping columns, then the aggregates.
    GroupAggregate {
        /// Where rows come from; already exchanged by the grouping columns.
        input: Arc<StreamNode>,
        /// Positions of the grouping columns in the input.
        grouping: Vec<usize>,
        /// The aggregate calls; arguments and filters are fields of the input.
        aggregates: Vec<AggregateCall>,
        /// The output's schema.
        schema: Schema,
        /// Whether -U rows are wanted by anyone downstream. Without them, the changes of one chunk
        /// fold into the last one of each key.
        emit_update_before: bool,
    },
    /// All rows of all inputs.
    Union {
        /// The inputs.
        inputs: Vec<Arc<StreamNode>>,
        /// The output's schema.
        schema: Schema,
    },
}

/// A call of a Python function in a [`StreamNode::PythonCalc`].
#[derive(Debug, Clone)]
pub struct PythonCall {
    /// The name of the output column.
    pub name: String,
    /// The function.
    pub function: Arc<PythonFunction>,
    /// Its arguments in order.
    pub arguments: Vec<PythonArgument>,
}

/// An argument of a [`PythonCall`].
#[derive(Debug, Clone)]
pub enum PythonArgument {
    /// A column of the operator's input.
    Column(usize),
    /// A constant.
    Constant {
        /// The constant.
        value: LiteralValue,
        /// Its type.
        literal_type: LogicalType,
    },
    /// The result of another Python call, made in the same pass without leaving Python.
    Call(Box<PythonCall>),
}

impl StreamNode {
    /// The columns that the node produces.
    #[must_use]
    pub fn schema(&self) -> &Schema {
        match self {
            Self::TableSourceScan { schema, .. }
            | Self::Values { schema, .. }
            | Self::Calc { schema, .. }
            | Self::PythonCalc { schema, .. }
            | Self::GroupAggregate { schema, .. }
            | Self::Union { schema, .. } => schema,
            Self::Exchange { input, .. } => input.schema(),
        }
    }
}

/// Options of a job that the planner and the engine read, such as `parallelism.default`.
pub type JobOptions = BTreeMap<String, String>;
