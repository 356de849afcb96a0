//! The tree of relational operations.

use std::sync::Arc;

use super::join::{Correlate, Join};
use super::match_recognize::MatchRecognize;
use super::over::OverCall;
use super::set_operation::SetKind;
use super::sort::SortKey;
use super::window::{WindowAggregate, WindowTableFunction};
use crate::catalog::{CatalogTable, Schema};
use crate::expression::ResolvedExpression;
use crate::function::BuiltInFunction;
use crate::types::LogicalType;

/// An expression with the name its value gets.
#[derive(Debug, Clone, PartialEq)]
pub struct NamedExpression {
    /// The name of the output column.
    pub name: String,
    /// The value.
    pub expression: ResolvedExpression,
}

/// A call of an aggregate function over a group.
#[derive(Debug, Clone, PartialEq)]
pub struct AggregateCall {
    /// The name of the output column, such as `EXPR$0`.
    pub name: String,
    /// The aggregate function.
    pub function: &'static BuiltInFunction,
    /// Arguments over the input's columns; empty for `COUNT(*)`.
    pub arguments: Vec<ResolvedExpression>,
    /// Whether equal arguments count once.
    pub distinct: bool,
    /// The condition of `FILTER (WHERE ...)`.
    pub filter: Option<ResolvedExpression>,
    /// The order in which arguments arrive, of `WITHIN GROUP (ORDER BY ...)`; empty if none is given.
    pub order_by: Vec<SortKey>,
    /// The type of the result.
    pub result_type: LogicalType,
}

/// A relational operation with its inputs.
#[derive(Debug, Clone)]
pub enum QueryOperation {
    /// Reads a table.
    Source {
        /// The table.
        table: Arc<CatalogTable>,
    },
    /// Rows that the query itself holds, in order.
    Values {
        /// The rows: constant expressions without Python calls, one a column, each of its column's type
        /// or of one whose values are values of that type.
        rows: Vec<Vec<ResolvedExpression>>,
        /// The output columns.
        schema: Schema,
    },
    /// Computes columns.
    Project {
        /// Where rows come from.
        input: Arc<QueryOperation>,
        /// The output columns.
        projections: Vec<NamedExpression>,
    },
    /// Keeps the rows for which the condition is true.
    Filter {
        /// Where rows come from.
        input: Arc<QueryOperation>,
        /// A BOOLEAN expression.
        condition: ResolvedExpression,
    },
    /// Groups rows; the output is the grouping columns, then one column an aggregate call.
    Aggregate {
        /// Where rows come from.
        input: Arc<QueryOperation>,
        /// What rows are grouped by; empty for one group over all rows.
        groupings: Vec<NamedExpression>,
        /// `GROUPING SETS`, `ROLLUP` and `CUBE`: the positions in `groupings` that each set groups by, in
        /// the order written; columns that a set leaves out are NULL in its rows. Empty for the one set of
        /// all groupings.
        grouping_sets: Vec<Vec<usize>>,
        /// The aggregate calls. `GROUPING` and `GROUPING_ID` are among them; their arguments are equal to
        /// groupings.
        aggregates: Vec<AggregateCall>,
    },
    /// `UNION ALL`: all rows of both inputs.
    UnionAll {
        /// The inputs, of equal column types.
        inputs: Vec<Arc<QueryOperation>>,
        /// The output columns.
        schema: Schema,
    },
    /// `UNION`, `INTERSECT [ALL]` and `EXCEPT [ALL]`. NULLs are equal here.
    SetOperation {
        /// Which rows are kept.
        kind: SetKind,
        /// Whether a row is kept as often as it occurs.
        all: bool,
        /// The first input.
        left: Arc<QueryOperation>,
        /// The second input, of equal column types.
        right: Arc<QueryOperation>,
        /// The output columns.
        schema: Schema,
    },
    /// Sorts and cuts. Without sort keys it only cuts.
    Sort {
        /// Where rows come from.
        input: Arc<QueryOperation>,
        /// What rows are sorted by; the first key goes first.
        keys: Vec<SortKey>,
        /// How many rows are left out at the start.
        offset: u64,
        /// How many rows are kept after those; `None` is all.
        fetch: Option<u64>,
    },
    /// Joins two inputs.
    Join(Join),
    /// Joins each row with what is computed from it: `LATERAL`, `UNNEST` and table functions.
    Correlate(Correlate),
    /// Adds columns computed over frames of rows: `OVER`.
    Over {
        /// Where rows come from.
        input: Arc<QueryOperation>,
        /// The calls; each may have a window of its own.
        calls: Vec<OverCall>,
        /// The input's columns, then one a call.
        schema: Schema,
    },
    /// `TUMBLE`, `HOP`, `CUMULATE` and `SESSION` as table functions.
    WindowTableFunction(WindowTableFunction),
    /// Groups by windows: `window(Tumble...)` of the Table API, `GROUP BY TUMBLE(...)` of SQL.
    WindowAggregate(WindowAggregate),
    /// `MATCH_RECOGNIZE`.
    MatchRecognize(MatchRecognize),
}
